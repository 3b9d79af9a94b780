//! The vocabulary of a claim: procedure codes, modifiers, sites, payers, units, dates, money.
//!
//! Every type here is read once, where the claim comes in, and is then right by construction. Each of them
//! - is read with [`FromStr`](std::str::FromStr), whose error is a [`ParseError`] that names the text and what would do;
//! - prints with [`Display`](std::fmt::Display) the text it can be read from again;
//! - has serde's `Serialize` and `Deserialize` as that text;
//! - is ordered, hashed and cheap to copy (but [`Payer`], which may own a text).
//!
//! This module depends on no other module of the library.
//!
//! ```
//! use cleanclaim::model::{CodeSystem, Modifiers, ProcedureCode, SiteOfService, SiteRate};
//!
//! let code: ProcedureCode = "64632".parse()?;
//! assert_eq!(code.system(), Some(CodeSystem::CptCategoryI));
//! let modifiers: Modifiers = "59-RT".parse()?;
//! assert!(modifiers.contains(cleanclaim::modifier!("RT")));
//! let site: SiteOfService = "22".parse()?;
//! assert_eq!(site.rate(), Some(SiteRate::Facility));
//! # Ok::<(), cleanclaim::model::ParseError>(())
//! ```

mod closed_set;
mod condition_code;
mod date;
mod diagnosis_code;
mod diagnosis_pointers;
mod diagnosis_side;
mod error;
pub(crate) mod fixed;
mod frequency;
mod location;
mod measure;
mod modifier;
mod modifier_column;
pub mod modifier_groups;
mod money;
mod npi;
mod patient;
mod payer;
mod percent;
mod procedure_code;
mod revenue_code;
mod site_of_service;
mod state;
pub(crate) mod text;
mod type_of_bill;
mod units;

pub use condition_code::ConditionCode;
pub use date::{DateRange, ServiceDate};
pub use diagnosis_code::DiagnosisCode;
pub use diagnosis_pointers::DiagnosisPointers;
pub use diagnosis_side::DiagnosisSide;
pub use error::ParseError;
pub use frequency::Frequency;
pub use location::Location;
pub use measure::Measure;
pub use modifier::{Modifier, Modifiers, ModifiersIter};
pub use modifier_column::ModifierColumn;
pub use money::Money;
pub use npi::Npi;
pub use patient::{PatientStatus, Sex};
pub use payer::{LineOfBusiness, Payer, PayerName};
pub use percent::Percent;
pub use procedure_code::{CodeSystem, ProcedureCode};
pub use revenue_code::RevenueCode;
pub use site_of_service::{SiteKind, SiteOfService, SiteRate, UnassignedSite};
pub use state::State;
pub use type_of_bill::TypeOfBill;
pub use units::Units;

pub(crate) use closed_set::closed_set;
pub(crate) use text::serde_as_text;
