//! Procedure-to-procedure edits (PTP): pairs of codes of which the second is not paid beside the first.
//!
//! Source: CMS, NCCI PTP coding edits, one table for practitioners and one for outpatient hospitals.

mod index;
mod write;

use crate::model::{DateRange, ProcedureCode, ServiceDate};

use super::bytes::{Reader, Writer};
use super::indicator::indicator;

pub(crate) use self::index::{PairCode, PairIndex};
pub(super) use self::write::Histories;

indicator! {
    /// Whether a modifier may set the edit aside: the correct coding modifier indicator (CCMI).
    PairIndicator("the modifier indicator") {
        /// No modifier sets it aside.
        NotAllowed = "0",
        /// An NCCI-associated modifier may, where the record supports it.
        Allowed = "1",
        /// The pair was never in force.
        NotApplicable = "9",
    }
}

/// One row of a PTP table as published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PairRow {
    /// The code that is paid.
    pub column1: ProcedureCode,
    /// The code that is not.
    pub column2: ProcedureCode,
    /// The first day of the edit.
    pub effective: ServiceDate,
    /// The last day of the edit, if it has one.
    pub deletion: Option<ServiceDate>,
    /// Whether a modifier may set it aside.
    pub indicator: PairIndicator,
    /// Why CMS made the pair: a place in the list of rationales that goes with the rows.
    pub rationale: u16,
}

impl PairRow {
    /// The days on which the edit is in force; none for the rows of indicator 9, which never were.
    #[must_use]
    pub fn in_force(&self) -> Option<DateRange> {
        if self.indicator == PairIndicator::NotApplicable {
            return None;
        }
        DateRange::new(self.effective, self.deletion.unwrap_or(ServiceDate::MAX))
    }
}

/// One interval of an edit between two codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct PairEdit {
    /// When it is in force.
    pub in_force: DateRange,
    /// Whether a modifier may set it aside.
    pub indicator: PairIndicator,
    /// Whether the second code asked for, and not the first, stands in column 1.
    pub reversed: bool,
    pub(crate) rationale: u16,
}

impl PairEdit {
    const SIZE: usize = 8;

    pub(crate) fn new(in_force: DateRange, indicator: PairIndicator, reversed: bool, rationale: u16) -> Self {
        Self {
            in_force,
            indicator,
            reversed,
            rationale,
        }
    }

    fn encode(&self, out: &mut Writer) {
        out.u16(self.in_force.first().day_number());
        out.u16(self.in_force.last().day_number());
        out.u16(self.rationale);
        out.u8(self.indicator as u8);
        out.u8(u8::from(self.reversed));
    }

    #[inline]
    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let first = ServiceDate::from_day_number(from.u16()?);
        let last = ServiceDate::from_day_number(from.u16()?);
        let rationale = from.u16()?;
        Some(Self {
            in_force: DateRange::new(first, last)?,
            indicator: PairIndicator::from_repr(from.u8()?)?,
            reversed: from.u8()? != 0,
            rationale,
        })
    }
}
