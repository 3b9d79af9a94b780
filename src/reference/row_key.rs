//! The subject of a row of any table, and its values in words.

use std::fmt;

use super::{Addendum, Component, Locality};
use crate::model::{Modifier, ProcedureCode};

/// What a row is about.
///
/// ```
/// use cleanclaim::code;
/// use cleanclaim::compare::RowKey;
///
/// let pair = RowKey::Pair(code!("20550"), code!("64632"));
/// assert_eq!(pair.to_string(), "20550 and 64632");
/// assert!(pair.names(code!("64632")));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RowKey {
    /// All codes of the table.
    AllCodes,
    /// A code.
    Code(ProcedureCode),
    /// A code's row of a component.
    Component(ProcedureCode, Component),
    /// A code with the modifiers of its row, of a schedule that prices it by them.
    WithModifiers(ProcedureCode, [Option<Modifier>; 2]),
    /// A code in an ASC addendum.
    InAddendum(ProcedureCode, Addendum),
    /// An add-on code and its primary; `None` if the contractor decides.
    AddOn(ProcedureCode, Option<ProcedureCode>),
    /// Two codes, whichever of them is in column 1.
    Pair(ProcedureCode, ProcedureCode),
    /// A modifier.
    Modifier(Modifier),
    /// Two modifiers.
    Modifiers(Modifier, Modifier),
    /// A payment locality.
    Locality(Locality),
    /// A number that the table gives, such as that of an edit, and what it is a number of.
    Number(&'static str, u16),
}

impl RowKey {
    /// Whether it names a code.
    #[must_use]
    pub fn names(self, code: ProcedureCode) -> bool {
        match self {
            Self::Code(of) | Self::Component(of, _) | Self::WithModifiers(of, _) | Self::InAddendum(of, _) => {
                of == code
            }
            Self::AddOn(add_on, primary) => add_on == code || primary == Some(code),
            Self::Pair(one, other) => one == code || other == code,
            Self::AllCodes | Self::Modifier(_) | Self::Modifiers(..) | Self::Locality(_) | Self::Number(..) => false,
        }
    }
}

impl fmt::Display for RowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AllCodes => f.write_str("all codes"),
            Self::Code(code) | Self::Component(code, Component::Global) => write!(f, "{code}"),
            Self::Component(code, component) => write!(f, "{code} {component}"),
            Self::WithModifiers(code, modifiers) => {
                write!(f, "{code}")?;
                modifiers
                    .iter()
                    .flatten()
                    .try_for_each(|modifier| write!(f, " {modifier}"))
            }
            Self::InAddendum(code, addendum) => write!(f, "{code} in {addendum}"),
            Self::AddOn(code, None) => write!(f, "{code} by contractor"),
            Self::AddOn(code, Some(primary)) => write!(f, "{code} with {primary}"),
            Self::Pair(one, other) => write!(f, "{one} and {other}"),
            Self::Modifier(modifier) => write!(f, "{modifier}"),
            Self::Modifiers(one, other) => write!(f, "{one} with {other}"),
            Self::Locality(locality) => write!(f, "{locality}"),
            Self::Number(what, number) => write!(f, "{what} {number}"),
        }
    }
}

/// What a row says: the names of its fields with their values, in the order of the published file.
pub(crate) type Fields = Vec<(&'static str, String)>;

pub(crate) fn or_none(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "none".to_owned(), |value| value.to_string())
}

pub(crate) fn as_published(value: &[u8]) -> String {
    String::from_utf8_lossy(value).trim().to_owned()
}

pub(crate) fn yes_or_no(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
}

/// The names of those of a closed set that are chosen.
pub(crate) fn names<F: Copy + Into<&'static str>>(all: &[F], chosen: impl Fn(F) -> bool) -> String {
    let names: Vec<&str> = all
        .iter()
        .filter(|&&flag| chosen(flag))
        .map(|&flag| flag.into())
        .collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(" and ")
    }
}
