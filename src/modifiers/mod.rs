//! The table of modifiers: every one in use, what it says, what it may stand on, what it needs and excludes, what it does.
//!
//! Rules, advice, prices and pages take what they say about a modifier from it alone. The library's own is `data/modifiers.csv`;
//! rows of your own take the place of those of the same modifier ([`ModifierTable::with_rows`], and
//! [`EvaluatorBuilder::modifiers`](crate::EvaluatorBuilder::modifiers)). Its columns:
//!
//! - `modifier`, and `meaning`: what it says, in our own words;
//! - `kinds`: the [kinds of service](crate::kinds) that it may stand on, or `any`;
//! - `needs`: modifiers, one of which the line must carry; `excludes`: those that do not fit with it. `@m` behind one: Medicare's
//!   way; `?` at the end: known from the field only, so that it advises;
//! - `from`, `to`: the days on which it has its use, both included; empty is no limit;
//! - `form`: `professional`, `institutional` or `both`; `place`: `pricing`, `payment`, `detail` or `information`, the order on
//!   a line;
//! - `judged_by`: the rule that says by the fee schedule's indicators, or by the form, whether it may stand;
//! - `stops_on`: where a source says that the payer refuses it: kinds, `others` (all that it is not for) or `form`; and
//!   `disposition`, what the payer then does: `returned` or `denied`;
//! - `medicare`: `used`, `ignored` or `not-used`; `percent`: the share of the payment, where a source states one; `effect`: the
//!   same in words;
//! - `when`: on which facts it is used; `condition`: what must be so of the code where no table says; `record`: what the
//!   record must show;
//! - `source`, and `confidence`: `table`, `cms`, `contractor`, `payer`, `secondary` or `knowledge`. A row on knowledge alone
//!   advises and never stops a claim.
//!
//! ```
//! use cleanclaim::kinds::{ServiceKind, ServiceKinds};
//! use cleanclaim::modifier;
//! use cleanclaim::modifiers::ModifierTable;
//!
//! let row = ModifierTable::seed().row(modifier!("AA")).unwrap();
//! assert!(row.fits(ServiceKinds::of(&[ServiceKind::Anaesthesia])));
//! assert!(!row.fits(ServiceKinds::of(&[ServiceKind::Procedure])));
//! ```

mod ambulance;
mod row;

use once_cell::sync::Lazy;

use crate::kinds::{ServiceKind, ServiceKinds, boundaries, period};
use crate::model::{DateRange, Modifier, ServiceDate};
use crate::rows::{RowProblem, read_rows};

pub use self::ambulance::{ambulance_pair_words, is_ambulance_pair};
pub use self::row::{
    Companion, MedicareUse, ModifierEntry, ModifierForm, Place, Refusal, RowConfidence, StandsOn, StopsOn,
};

use self::row::read_row;

const FILE: &str = "modifiers.csv";
const TEXT: &str = include_str!("../../data/modifiers.csv");
const COLUMNS: [&str; 20] = [
    "modifier",
    "meaning",
    "kinds",
    "needs",
    "excludes",
    "from",
    "to",
    "form",
    "place",
    "judged_by",
    "stops_on",
    "disposition",
    "medicare",
    "percent",
    "effect",
    "when",
    "condition",
    "record",
    "source",
    "confidence",
];

static SEED: Lazy<ModifierTable> = Lazy::new(|| ModifierTable::read(FILE, TEXT).0);

/// The rows of all modifiers, one each.
#[derive(Clone, Debug)]
pub struct ModifierTable {
    /// In the order of the modifiers.
    rows: Vec<ModifierEntry>,
    /// For each modifier by its number, one more than the place of its row; 0 where there is none.
    places: Vec<u16>,
    /// The days on which a row begins, or has just ended, in order.
    boundaries: Vec<ServiceDate>,
}

impl ModifierTable {
    /// The table that comes with the library.
    #[must_use]
    pub fn seed() -> &'static Self {
        &SEED
    }

    /// Reads a file of rows, with the columns of the [module's documentation](self). What is wrong with a row is said of it,
    /// and the others are read. Of two rows of one modifier the first is taken.
    #[must_use]
    pub fn read(file: &str, text: &str) -> (Self, Vec<RowProblem>) {
        let mut seen = vec![false; Modifier::COUNT];
        let (rows, problems) = read_rows(file, text, &COLUMNS, |row| {
            let read = read_row(row)?;
            match seen.get_mut(read.modifier.index()) {
                Some(true) => Err(row.problem("modifier", read.modifier.as_str(), "a modifier that no row before has")),
                Some(new) => {
                    *new = true;
                    Ok(read)
                }
                None => Ok(read),
            }
        });
        (Self::of(rows), problems)
    }

    /// This table with the rows of a file, which take the place of those of the same modifiers; and what is wrong with rows
    /// of the file.
    ///
    /// ```
    /// use cleanclaim::modifier;
    /// use cleanclaim::modifiers::ModifierTable;
    ///
    /// let text = "modifier,meaning,kinds,needs,excludes,from,to,form,place,judged_by,stops_on,disposition,medicare,percent,effect,\
    ///             when,condition,record,source,confidence\n\
    ///             U1,level one of our state,visit,,,,,professional,pricing,,,,not-used,,the rate of level one,\
    ///             the state's programme pays by level,,the level,our state's manual,payer\n\
    ///             U2,level two,vist,,,,,professional,pricing,,,,not-used,,,when,,record,source,payer\n";
    /// let (table, problems) = ModifierTable::seed().with_rows("state.csv", text);
    /// assert_eq!(&*table.row(modifier!("U1")).unwrap().meaning, "level one of our state");
    /// assert!(problems[0].to_string().starts_with("state.csv, line 3, kinds: `vist` is not valid: expected one of visit"));
    /// ```
    #[must_use]
    pub fn with_rows(&self, file: &str, text: &str) -> (Self, Vec<RowProblem>) {
        let (added, problems) = Self::read(file, text);
        let kept = self.rows.iter().filter(|row| added.row(row.modifier).is_none());
        let rows = kept.chain(&added.rows).cloned().collect();
        (Self::of(rows), problems)
    }

    fn of(mut rows: Vec<ModifierEntry>) -> Self {
        rows.sort_by_key(|row| row.modifier);
        let mut places = vec![0; Modifier::COUNT];
        for (row, number) in rows.iter().zip(1..) {
            if let Some(place) = places.get_mut(row.modifier.index()) {
                *place = number;
            }
        }
        Self {
            boundaries: boundaries(rows.iter().map(|row| row.in_force)),
            rows,
            places,
        }
    }

    /// The row of a modifier, whatever its dates.
    #[must_use]
    pub fn row(&self, modifier: Modifier) -> Option<&ModifierEntry> {
        let place = self.places.get(modifier.index()).copied()?;
        self.rows.get(usize::from(place).checked_sub(1)?)
    }

    /// Every row, in the order of the modifiers.
    pub fn rows(&self) -> impl Iterator<Item = &ModifierEntry> {
        self.rows.iter()
    }

    /// The days round a date on which the same rows hold.
    pub(crate) fn period(&self, date: ServiceDate) -> DateRange {
        period(&self.boundaries, date)
    }
}

impl Default for ModifierTable {
    fn default() -> Self {
        Self::seed().clone()
    }
}

/// Kinds in a sentence: `anaesthesia`, `visit or procedure`. Of many, the first stand for all.
fn words_of(kinds: ServiceKinds) -> String {
    const SAID: usize = 4;
    let mut words: Vec<String> = kinds.iter().map(ServiceKind::words).collect();
    if words.len() > SAID {
        words.truncate(SAID);
        words.push("the like".to_owned());
    }
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => words.concat(),
    }
}
