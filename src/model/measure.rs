use super::{ParseError, serde_as_text};

/// What the quantity of a line counts.
///
/// Source: ASC X12 837, SV103 and SV204: `UN`, `MJ`, `DA` and `F2`.
///
/// ```
/// use cleanclaim::model::Measure;
///
/// assert_eq!("minutes".parse::<Measure>()?, Measure::Minutes);
/// assert_eq!(Measure::default(), Measure::Units);
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
    strum::VariantNames,
    strum::IntoStaticStr,
)]
#[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
#[strum(parse_err_ty = ParseError, parse_err_fn = unknown_measure)]
#[non_exhaustive]
pub enum Measure {
    /// Units of the service.
    #[default]
    Units,
    /// Minutes, of anaesthesia.
    Minutes,
    /// Days.
    Days,
    /// International units, of a drug.
    InternationalUnits,
}

fn unknown_measure(text: &str) -> ParseError {
    ParseError::not_one_of("a measure", text, <Measure as strum::VariantNames>::VARIANTS)
}

serde_as_text!(Measure);
