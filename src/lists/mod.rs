//! Dated lists of codes that sources other than CMS's tables give, each in a file of `data/lists` with its source.
//!
//! A list is read once. What is wrong with a row is said of it; a test holds that the library's own lists have no such
//! row.

use std::fmt;

use once_cell::sync::Lazy;

use crate::model::{DateRange, Modifier, ProcedureCode, ServiceDate, SiteOfService};
use crate::rows::{Row, RowProblem, read_rows};

const COLUMNS: [&str; 4] = ["codes", "from", "to", "value"];

/// Ranges of codes, each with a source's statement about them on some days.
#[derive(Debug)]
pub(crate) struct CodeList<T> {
    rows: Vec<ListRow<T>>,
    #[cfg(test)]
    problems: Vec<RowProblem>,
}

#[derive(Debug)]
struct ListRow<T> {
    /// The first and the last code, by their numbers among those of one shape.
    codes: (u32, u32),
    in_force: DateRange,
    value: T,
}

/// Reads the value of a row, or says what would be valid.
type ReadValue<T> = fn(&str) -> Result<T, String>;

impl<T> CodeList<T> {
    fn read(file: &str, text: &str, value: ReadValue<T>) -> Self {
        let (rows, _problems) = read_rows(file, text, &COLUMNS, |row| read_row(row, value));
        Self {
            rows,
            #[cfg(test)]
            problems: _problems,
        }
    }

    /// The list's row for a code on a date; `None` if it does not have the code.
    pub(crate) fn of(&self, code: ProcedureCode, date: ServiceDate) -> Option<&T> {
        let number = code.index()?;
        let holds = |row: &&ListRow<T>| (row.codes.0..=row.codes.1).contains(&number) && row.in_force.contains(date);
        self.rows.iter().find(holds).map(|row| &row.value)
    }
}

fn read_row<T>(row: &Row<'_>, value: ReadValue<T>) -> Result<ListRow<T>, RowProblem> {
    let day = |text: &str| match text {
        "" => Ok(None),
        day => day
            .parse()
            .map(Some)
            .map_err(|_| "a day, such as `2024-08-06`, or nothing".to_owned()),
    };
    let first = row.value("from", day)?.unwrap_or(ServiceDate::MIN);
    let last = row.value("to", day)?.unwrap_or(ServiceDate::MAX);
    let in_force = DateRange::new(first, last);
    Ok(ListRow {
        codes: row.value("codes", codes)?,
        in_force: in_force.ok_or_else(|| row.problem("to", row.text("to"), "a day on or after `from`"))?,
        value: row.value("value", value)?,
    })
}

/// A code, or two with `-` between them.
fn codes(text: &str) -> Result<(u32, u32), String> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.parse::<ProcedureCode>().ok().and_then(ProcedureCode::index);
    let both = number(first).zip(number(last)).filter(|(first, last)| first <= last);
    both.ok_or_else(|| "a code, or a range of codes such as `99304-99310`".to_owned())
}

/// The sites of service at which a code is right.
#[derive(Debug)]
pub(crate) enum Sites {
    /// At these.
    At(Vec<SiteOfService>),
    /// At every other than these.
    NotAt(Vec<SiteOfService>),
}

impl Sites {
    pub(crate) fn has(&self, site: SiteOfService) -> bool {
        match self {
            Self::At(sites) => sites.contains(&site),
            Self::NotAt(sites) => !sites.contains(&site),
        }
    }
}

impl fmt::Display for Sites {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, sites) = match self {
            Self::At(sites) => ("", sites),
            Self::NotAt(sites) => ("every place other than ", sites),
        };
        let codes: Vec<&str> = sites.iter().map(|site| site.code()).collect();
        write!(f, "{before}{}", codes.join(", "))
    }
}

fn sites(text: &str) -> Result<Sites, String> {
    let list = |text: &str| words(text, "places of service of two digits");
    match text.strip_prefix("not ") {
        Some(text) => list(text).map(Sites::NotAt),
        None => list(text).map(Sites::At),
    }
}

fn modifier(text: &str) -> Result<Modifier, String> {
    text.parse().map_err(|_| "a modifier".to_owned())
}

fn code(text: &str) -> Result<ProcedureCode, String> {
    text.parse().map_err(|_| "a procedure code".to_owned())
}

fn words<T: std::str::FromStr>(text: &str, expected: &str) -> Result<Vec<T>, String> {
    text.split_whitespace()
        .map(|word| word.parse().map_err(|_| expected.to_owned()))
        .collect()
}

/// A list under its name, from its file.
macro_rules! lists {
    ($( $(#[$doc:meta])* $name:ident: $value:ty = $file:literal, $read:expr; )+) => {
        $(
            $(#[$doc])*
            pub(crate) static $name: Lazy<CodeList<$value>> = Lazy::new(|| {
                CodeList::read($file, include_str!(concat!("../../data/lists/", $file)), $read)
            });
        )+

        #[cfg(test)]
        fn every_problem() -> Vec<String> {
            let mut all = Vec::new();
            $( all.extend($name.problems.iter().map(ToString::to_string)); )+
            all
        }
    };
}

lists! {
    /// Therapy codes that are tied to one discipline, with its modifier.
    THERAPY_TIED: Modifier = "therapy-tied.csv", modifier;
    /// Visits, with the places at which they are right.
    VISIT_SITES: Sites = "visit-sites.csv", sites;
    /// Prolonged services, with the visits to which they may be added.
    PROLONGED_BASES: Vec<ProcedureCode> = "prolonged-bases.csv", |text| words(text, "procedure codes");
    /// Vaccines that Part B covers, with the code of their administration.
    PART_B_VACCINES: ProcedureCode = "part-b-vaccines.csv", code;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{code, date, modifier};

    #[test]
    fn every_row_can_be_read() {
        assert_eq!(every_problem(), Vec::<String>::new());
    }

    #[test]
    fn a_row_holds_on_its_days() {
        let sites = |date| VISIT_SITES.of(code!("99349"), date).unwrap();
        assert!(!sites(date!(2022, 12, 31)).has(SiteOfService::AssistedLiving));
        assert!(sites(date!(2023, 1, 1)).has(SiteOfService::AssistedLiving));
        assert!(PROLONGED_BASES.of(code!("G0316"), date!(2022, 12, 31)).is_none());
        assert_eq!(
            THERAPY_TIED.of(code!("97165"), date!(2024, 8, 6)),
            Some(&modifier!("GO"))
        );
        assert!(THERAPY_TIED.of(code!("97110"), date!(2024, 8, 6)).is_none());
    }

    #[test]
    fn a_bad_row_is_named_and_the_others_are_read() {
        let list = CodeList::read(
            "l.csv",
            "codes,from,to,value\n99999-99213,,,GP\n97110,,,GPP\n97110,x,,GP\n97110,,,GP\n",
            modifier,
        );
        assert_eq!(list.of(code!("97110"), date!(2024, 8, 6)), Some(&modifier!("GP")));
        let problems: Vec<String> = list.problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            problems,
            [
                "l.csv, line 2, codes: `99999-99213` is not valid: expected a code, or a range of codes such as `99304-99310`",
                "l.csv, line 3, value: `GPP` is not valid: expected a modifier",
                "l.csv, line 4, from: `x` is not valid: expected a day, such as `2024-08-06`, or nothing",
            ]
        );
    }
}
