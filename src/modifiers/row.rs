//! One row of the table: what is known of a modifier.

use crate::kinds::{ServiceKind, ServiceKinds, days};
use crate::model::{DateRange, Modifier, Percent, closed_set};
use crate::rows::{Row, RowProblem};

use super::words_of;

/// The kinds of service that a modifier may stand on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StandsOn {
    /// Any service.
    Any,
    /// Services of one of these kinds.
    Kinds(ServiceKinds),
}

/// Another modifier of the line, and how firmly it is known that it must or must not stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Companion {
    /// The other modifier.
    pub modifier: Modifier,
    /// Whether it is Medicare's way; else it follows from what the modifiers say, whoever pays.
    pub is_medicares: bool,
    /// Whether a source says what the payer does; else it is known from the field only, and advises.
    pub stops: bool,
}

closed_set! {
    what: "a form of claim";
    /// The claims that a modifier is for.
    #[strum(serialize_all = "kebab-case")]
    #[non_exhaustive]
    pub enum ModifierForm {
        /// Professional claims.
        Professional,
        /// Institutional claims.
        Institutional,
        /// Both.
        Both,
    }
}

closed_set! {
    what: "a place";
    /// A modifier's rank among others on a line: those that set the price come first.
    ///
    /// Source: Medicare's contractors, order of modifiers (UNVERIFIED).
    #[strum(serialize_all = "kebab-case")]
    #[non_exhaustive]
    pub enum Place {
        /// It sets the price.
        Pricing,
        /// It decides whether the line is paid.
        Payment,
        /// It says where or how.
        Detail,
        /// It informs.
        Information,
    }
}

closed_set! {
    what: "a refusal";
    /// What a payer does with the modifier where it does not belong.
    #[strum(serialize_all = "kebab-case")]
    #[non_exhaustive]
    pub enum Refusal {
        /// The line comes back to be corrected.
        Returned,
        /// The line is denied.
        Denied,
    }
}

/// On which services a source says that the payer refuses the modifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StopsOn {
    /// No source says so of any: the row advises.
    None,
    /// Every service that it is not for.
    Others,
    /// Services of one of these kinds.
    Kinds(ServiceKinds),
    /// Claims of the other form.
    Form,
}

closed_set! {
    what: "a use by Medicare";
    /// What Medicare does with a modifier.
    #[strum(serialize_all = "kebab-case")]
    #[non_exhaustive]
    pub enum MedicareUse {
        /// It reads it.
        Used,
        /// It takes it and pays no heed.
        Ignored,
        /// Others made it, or its use is over.
        NotUsed,
    }
}

closed_set! {
    what: "a confidence";
    /// How a row is known.
    #[strum(serialize_all = "kebab-case")]
    #[non_exhaustive]
    pub enum RowConfidence {
        /// From a published table.
        Table,
        /// From CMS's own text.
        Cms,
        /// From a contractor's page.
        Contractor,
        /// From another payer's page.
        Payer,
        /// From someone who tells what these say.
        Secondary,
        /// From knowledge of the field: it advises and never stops a claim.
        Knowledge,
    }
}

/// What is known of a modifier.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ModifierEntry {
    /// The modifier.
    pub modifier: Modifier,
    /// What it says, in our own words.
    pub meaning: Box<str>,
    /// The kinds of service that it may stand on.
    pub stands_on: StandsOn,
    /// Modifiers, one of which the line must carry; empty if it needs none.
    pub needs: Vec<Companion>,
    /// Modifiers that do not go with it on a line.
    pub excludes: Vec<Companion>,
    /// The days on which it has its use.
    pub in_force: DateRange,
    /// The claims that it is for.
    pub form: ModifierForm,
    /// Its rank among others.
    pub place: Place,
    /// The rule that says by the fee schedule's indicators, or by the form, whether it may stand.
    pub judged_by: Option<Box<str>>,
    /// On which services a source says that the payer refuses it.
    pub stops_on: StopsOn,
    /// What the payer then does.
    pub refusal: Option<Refusal>,
    /// What Medicare does with it.
    pub medicare: MedicareUse,
    /// The share of the payment, in percent, where a source states one.
    pub percent: Option<Percent>,
    /// What it does to the payment, in words.
    pub effect: Box<str>,
    /// On which facts it is used.
    pub when: Box<str>,
    /// What must be so of the code, where no table says whether it is; empty where nothing is.
    pub condition: Box<str>,
    /// What the record must show.
    pub record: Box<str>,
    /// Who says so.
    pub source: Box<str>,
    /// How the row is known.
    pub confidence: RowConfidence,
}

impl ModifierEntry {
    /// Whether the modifier is for services of these kinds.
    #[must_use]
    pub fn fits(&self, kinds: ServiceKinds) -> bool {
        match self.stands_on {
            StandsOn::Any => true,
            StandsOn::Kinds(own) => own.has_any_of(kinds),
        }
    }

    /// What the modifier is for, in a sentence: `anaesthesia`, `visits and procedures`.
    #[must_use]
    pub fn stands_on_words(&self) -> String {
        match self.stands_on {
            StandsOn::Any => "any service".to_owned(),
            StandsOn::Kinds(kinds) => words_of(kinds),
        }
    }
}

pub(super) fn read_row(row: &Row<'_>) -> Result<ModifierEntry, RowProblem> {
    let confidence = choice(
        row,
        "confidence",
        "table, cms, contractor, payer, secondary or knowledge",
    )?;
    let stops_on = row.value("stops_on", |text| stops_on(text, confidence))?;
    let refusal = row.value("disposition", |text| match (text, stops_on) {
        ("", StopsOn::None) => Ok(None),
        (text, StopsOn::None) => Err(format!("nothing, since `stops_on` is empty, and not `{text}`")),
        (text, _) => text.parse().map(Some).map_err(|_| "returned or denied".to_owned()),
    })?;
    Ok(ModifierEntry {
        modifier: row.value("modifier", modifier)?,
        meaning: said(row, "meaning")?,
        stands_on: row.value("kinds", stands_on)?,
        needs: row.words("needs", companion)?,
        excludes: row.words("excludes", companion)?,
        in_force: days(row)?,
        form: choice(row, "form", "professional, institutional or both")?,
        place: choice(row, "place", "pricing, payment, detail or information")?,
        judged_by: row.value("judged_by", |text| Ok((!text.is_empty()).then(|| text.into())))?,
        stops_on,
        refusal,
        medicare: choice(row, "medicare", "used, ignored or not-used")?,
        percent: row.value("percent", |text| match text {
            "" => Ok(None),
            text => text
                .parse()
                .map(Some)
                .map_err(|_| "a percentage such as `62.5`, or nothing".to_owned()),
        })?,
        effect: row.text("effect").into(),
        when: said(row, "when")?,
        condition: row.text("condition").into(),
        record: said(row, "record")?,
        source: said(row, "source")?,
        confidence,
    })
}

fn modifier(text: &str) -> Result<Modifier, String> {
    text.parse().map_err(|_| "two ASCII letters or digits".to_owned())
}

fn choice<T: std::str::FromStr>(row: &Row<'_>, column: &str, expected: &str) -> Result<T, RowProblem> {
    row.value(column, |text| text.parse().map_err(|_| expected.to_owned()))
}

fn said(row: &Row<'_>, column: &str) -> Result<Box<str>, RowProblem> {
    row.value(column, |text| {
        let missing = || "some words".to_owned();
        (!text.is_empty()).then(|| text.into()).ok_or_else(missing)
    })
}

fn kinds(text: &str) -> Result<ServiceKinds, String> {
    text.split_whitespace().map(ServiceKind::read).collect()
}

fn stands_on(text: &str) -> Result<StandsOn, String> {
    match text {
        "" => Err("`any`, or kinds of service separated by blanks".to_owned()),
        "any" => Ok(StandsOn::Any),
        text => kinds(text).map(StandsOn::Kinds),
    }
}

fn stops_on(text: &str, confidence: RowConfidence) -> Result<StopsOn, String> {
    match text {
        "" => Ok(StopsOn::None),
        _ if confidence == RowConfidence::Knowledge => Err("nothing: a row on knowledge alone advises".to_owned()),
        "others" => Ok(StopsOn::Others),
        "form" => Ok(StopsOn::Form),
        text => kinds(text).map(StopsOn::Kinds),
    }
}

/// A modifier, `@m` behind it where it is Medicare's way, `?` at the end where it is known from the field only.
fn companion(word: &str) -> Result<Companion, String> {
    let expected =
        || "a modifier, with `@m` behind it for Medicare's way and `?` at the end for knowledge only".to_owned();
    let (word, stops) = word.strip_suffix('?').map_or((word, true), |word| (word, false));
    let (word, is_medicares) = word.strip_suffix("@m").map_or((word, false), |word| (word, true));
    Ok(Companion {
        modifier: modifier(word).map_err(|_| expected())?,
        is_medicares,
        stops,
    })
}
