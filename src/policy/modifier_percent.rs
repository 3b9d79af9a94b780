use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::model::{Modifier, ModifierColumn, Percent, ProcedureCode};

/// What a payer pays for a line with a modifier, of its amount without: the same whatever the code, or by the code and what
/// the fee schedule says of it.
///
/// In a policy file a number, `52 = 50`, or a table, `50 = { 1 = 150, 3 = 200, 69210 = 100 }`: of codes of bilateral
/// indicator 1 the one, of indicator 3 the other, of 69210 its own; of every other code the policy says nothing.
///
/// ```
/// use cleanclaim::code;
/// use cleanclaim::policy::ModifierPercent;
///
/// let both_sides: ModifierPercent = serde_json::from_str(r#"{ "1": 150, "3": 200, "69210": 100 }"#)?;
/// let of = |code, indicator: Option<&str>| both_sides.of(code, indicator).map(|percent| percent.to_string());
/// assert_eq!(of(code!("64632"), Some("1")).as_deref(), Some("150"));
/// assert_eq!(of(code!("64620"), Some("0")), None);
/// assert_eq!(of(code!("69210"), None).as_deref(), Some("100"));
/// assert!(both_sides.asks_column(code!("64632")));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum ModifierPercent {
    /// The same whatever the code.
    Flat(Percent),
    /// By the code, or by what the fee schedule prints for it in the [column](ModifierColumn) that goes with the modifier.
    By(BTreeMap<Box<str>, Percent>),
}

impl ModifierPercent {
    /// The percentage for a code whose column in the fee schedule has `printed`; `None` if the policy does not cover such a
    /// code.
    #[must_use]
    pub fn of(&self, code: ProcedureCode, printed: Option<&str>) -> Option<Percent> {
        match self {
            Self::Flat(percent) => Some(*percent),
            Self::By(percents) => percents.get(code.as_str()).or_else(|| percents.get(printed?)).copied(),
        }
    }

    /// Whether the percentage for a code depends on its row in the fee schedule.
    #[must_use]
    pub fn asks_column(&self, code: ProcedureCode) -> bool {
        matches!(self, Self::By(percents) if !percents.contains_key(code.as_str()))
    }

    /// A word by which a percentage is given that is neither a code nor a value of the modifier's column; empty for a table
    /// that holds none.
    pub(super) fn misplaced(&self, modifier: Modifier) -> Option<&str> {
        let Self::By(percents) = self else {
            return None;
        };
        if percents.is_empty() {
            return Some("");
        }
        let values = ModifierColumn::of(modifier).map_or(&[][..], ModifierColumn::values);
        let fits = |word: &str| values.contains(&word) || word.parse::<ProcedureCode>().is_ok();
        percents.keys().map(AsRef::as_ref).find(|word| !fits(word))
    }
}

impl<'de> Deserialize<'de> for ModifierPercent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberOrTable)
    }
}

/// Reads a percentage, or a table of them, so that an error is told in the words of the one that was meant.
struct NumberOrTable;

impl NumberOrTable {
    fn flat<'de, E: Error>(number: impl IntoDeserializer<'de, E>) -> Result<ModifierPercent, E> {
        Percent::deserialize(number.into_deserializer()).map(ModifierPercent::Flat)
    }
}

impl<'de> Visitor<'de> for NumberOrTable {
    type Value = ModifierPercent;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a percentage, or a table of percentages by indicator or code")
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<ModifierPercent, E> {
        Self::flat(number)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<ModifierPercent, E> {
        Self::flat(number)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<ModifierPercent, E> {
        Self::flat(number)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<ModifierPercent, E> {
        Self::flat(text)
    }

    fn visit_map<A: MapAccess<'de>>(self, table: A) -> Result<ModifierPercent, A::Error> {
        BTreeMap::deserialize(MapAccessDeserializer::new(table)).map(ModifierPercent::By)
    }
}
