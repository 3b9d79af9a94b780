//! The catalogue: one file a rule, under its id and name.
//!
//! Written by `cargo test` from the files of this folder; do not edit.

mod m010_component_not_applicable;
mod mue_units;
mod n002_pair_needs_modifier;
mod u001_units_above_mue_line;
mod u002_units_above_mue_day_policy;
mod u003_units_above_mue_day_clinical;

pub use self::m010_component_not_applicable::M010;
pub use self::n002_pair_needs_modifier::N002;
pub use self::u001_units_above_mue_line::U001;
pub use self::u002_units_above_mue_day_policy::U002;
pub use self::u003_units_above_mue_day_clinical::U003;

use crate::rule::Rule;

/// Every rule, by id.
#[rustfmt::skip]
pub static ALL: &[&Rule] = &[
    &M010,
    &N002,
    &U001,
    &U002,
    &U003,
];
