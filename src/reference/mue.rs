//! Medically Unlikely Edits (MUE): the most units of a code that one patient plausibly receives from one provider.
//!
//! Source: CMS, NCCI Medically Unlikely Edits, quarterly tables by setting. A code that the table does not list has no
//! published value; some values are confidential.

use crate::model::{ProcedureCode, ServiceDate};

use super::builder::Numbers;
use super::bytes::{Reader, Writer};
use super::codes::CodeId;
use super::indicator::indicator;
use super::records::{CodeRows, Limits, Record};
use super::release::{Lookup, Releases, Stale};
use super::row_key::{Fields, RowKey};
#[cfg(feature = "starter")]
use super::starter::{RowError, TextRow};
use super::table::{PublishedRow, Told};
use super::{InRelease, Reference, Setting};

indicator! {
    what: "the MUE adjudication indicator";
    /// The MUE adjudication indicator (MAI): what the value is compared with.
    pub enum Mai {
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

impl PublishedRow for MueRow {
    type Record = Mue;

    const IS_UNIQUE: bool = true;

    fn label(&self) -> String {
        self.code.to_string()
    }

    fn codes(&self) -> impl Iterator<Item = ProcedureCode> {
        std::iter::once(self.code)
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.rationale.as_ref())
    }

    fn key(&self, numbers: &Numbers<'_>) -> CodeId {
        numbers.id(self.code)
    }

    fn record(&self, numbers: &Numbers<'_>) -> Option<Mue> {
        Some(Mue {
            value: self.value,
            mai: self.mai,
            rationale: numbers.word(&self.rationale),
        })
    }

    #[cfg(feature = "starter")]
    fn read(row: &TextRow<'_>) -> Result<Self, RowError> {
        Ok(Self {
            code: row.value("code")?,
            value: row.number("value")?,
            mai: Mai::parse(row.text("mai")?)?,
            rationale: row.text("rationale")?.into(),
        })
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

/// The MUE of one setting, by code.
pub(crate) type MueTable = CodeRows<Mue>;

impl Told for Mue {
    fn told(&self, code: Option<ProcedureCode>, _reference: &Reference) -> Option<(RowKey, Fields)> {
        let fields = vec![
            ("units", self.value.to_string()),
            ("adjudication indicator", self.mai.to_string()),
        ];
        Some((RowKey::Code(code?), fields))
    }
}

impl Reference {
    /// The MUE of a code in one setting's table.
    #[must_use]
    pub fn mue(
        &self,
        setting: Setting,
        code: ProcedureCode,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<Mue>> {
        self.of_code(self.mue_table(setting), code, date, stale, CodeRows::first)
    }

    pub(crate) fn mue_table(&self, setting: Setting) -> &Releases<MueTable> {
        match setting {
            Setting::Practitioner => &self.tables.practitioner_mue,
            Setting::OutpatientHospital => &self.tables.hospital_mue,
            Setting::DmeSupplier => &self.tables.dme_mue,
        }
    }

    /// Why CMS chose an MUE, in its words.
    #[must_use]
    pub fn mue_rationale(&self, mue: Mue) -> &str {
        self.word(mue.rationale)
    }
}
