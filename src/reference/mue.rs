//! Medically Unlikely Edits (MUE): the most units of a code that one patient plausibly receives from one provider.
//!
//! Source: CMS, NCCI Medically Unlikely Edits, quarterly tables by setting. A code that the table does not list has no
//! published value; some values are confidential.

use crate::model::ProcedureCode;

use super::bytes::{Reader, Writer};
use super::codes::CodeId;
use super::indicator::indicator;
use super::records::{Limits, Record};

indicator! {
    /// The MUE adjudication indicator (MAI): what the value is compared with.
    Mai("the MUE adjudication indicator") {
        /// Each line's units.
        Line = "1",
        /// The units of the day, absolutely: by statute, anatomy or the code's own meaning.
        DayPolicy = "2",
        /// The units of the day, as a clinical benchmark that a review may pass.
        DayClinical = "3",
    }
}

/// One row of an MUE table as published.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MueRow {
    /// The procedure.
    pub code: ProcedureCode,
    /// The most units.
    pub value: u32,
    /// What the value is compared with.
    pub mai: Mai,
    /// Why CMS chose the value, in its words.
    pub rationale: Box<str>,
}

/// The value of a code on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Mue {
    /// The most units.
    pub value: u32,
    /// What the value is compared with.
    pub mai: Mai,
    pub(crate) rationale: u16,
}

impl Mue {
    pub(crate) fn new(value: u32, mai: Mai, rationale: u16) -> Self {
        Self { value, mai, rationale }
    }
}

impl Record for Mue {
    const VERSION: u16 = 1;
    const SIZE: usize = 8;

    fn encode(&self, out: &mut Writer) {
        out.u32(self.value);
        out.u16(self.rationale);
        out.u8(self.mai as u8);
        out.u8(0);
    }

    #[inline]
    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let (value, rationale) = (from.u32()?, from.u16()?);
        let mai = Mai::from_repr(from.u8()?)?;
        Some(Self { value, mai, rationale })
    }

    fn is_sound(&self, _key: CodeId, limits: Limits) -> bool {
        limits.has_words(&[self.rationale])
    }
}
