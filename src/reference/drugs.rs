//! Lists of drugs: those in containers for a single dose, which modifiers JW and JZ are about, and those with a payment
//! limit under Part B. The limits themselves are not kept.
//!
//! Sources: CMS, list of billing and payment codes for single-dose containers (JW and JZ); CMS, Medicare Part B drug average
//! sales price files, one release a quarter.

use crate::model::{ProcedureCode, ServiceDate};

use super::builder::Numbers;
use super::bytes::{Reader, Writer};
use super::codes::CodeId;
use super::indicator::indicator;
use super::records::{CodeRows, Record};
use super::release::{Lookup, Stale};
use super::row_key::{Fields, RowKey};
#[cfg(feature = "starter")]
use super::starter::{RowError, TextRow};
use super::table::{PublishedRow, Told};
use super::{InRelease, Reference};

/// A drug in containers for a single dose: what is left of one is discarded, and reported with JW; where nothing is left, JZ
/// says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SingleDoseRow {
    /// The drug.
    pub code: ProcedureCode,
}

/// A row of a packed file. Its presence is all that it says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PackedSingleDose;

impl Record for PackedSingleDose {
    const VERSION: u16 = 1;
    const SIZE: usize = 1;

    fn encode(&self, out: &mut Writer) {
        out.u8(0);
    }

    fn decode(_bytes: &[u8]) -> Option<Self> {
        Some(Self)
    }
}

impl PublishedRow for SingleDoseRow {
    type Record = PackedSingleDose;

    const IS_UNIQUE: bool = true;

    fn label(&self) -> String {
        self.code.to_string()
    }

    fn codes(&self) -> impl Iterator<Item = ProcedureCode> {
        std::iter::once(self.code)
    }

    fn key(&self, numbers: &Numbers<'_>) -> CodeId {
        numbers.id(self.code)
    }

    fn record(&self, _numbers: &Numbers<'_>) -> Option<PackedSingleDose> {
        Some(PackedSingleDose)
    }

    #[cfg(feature = "starter")]
    fn read(row: &TextRow<'_>) -> Result<Self, RowError> {
        Ok(Self {
            code: row.value("code")?,
        })
    }
}

impl Told for PackedSingleDose {
    fn told(&self, code: Option<ProcedureCode>, _reference: &Reference) -> Option<(RowKey, Fields)> {
        Some((RowKey::Code(code?), vec![("single dose", "listed".to_owned())]))
    }
}

indicator! {
    what: "the Part B group";
    /// What a code with a payment limit under Part B is.
    pub enum PartBDrug {
        /// A drug or a biological.
        Drug = "drug or biological",
        /// A vaccine.
        Vaccine = "vaccine",
    }
}

/// A code with a payment limit under Part B.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartBDrugRow {
    /// The drug or vaccine.
    pub code: ProcedureCode,
    /// Which of the two it is.
    pub group: PartBDrug,
}

impl Record for PartBDrug {
    const VERSION: u16 = 1;
    const SIZE: usize = 1;

    fn encode(&self, out: &mut Writer) {
        out.u8(*self as u8);
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        Self::from_repr(Reader::new(bytes).u8()?)
    }
}

impl PublishedRow for PartBDrugRow {
    type Record = PartBDrug;

    const IS_UNIQUE: bool = true;

    fn label(&self) -> String {
        self.code.to_string()
    }

    fn codes(&self) -> impl Iterator<Item = ProcedureCode> {
        std::iter::once(self.code)
    }

    fn key(&self, numbers: &Numbers<'_>) -> CodeId {
        numbers.id(self.code)
    }

    fn record(&self, _numbers: &Numbers<'_>) -> Option<PartBDrug> {
        Some(self.group)
    }

    #[cfg(feature = "starter")]
    fn read(row: &TextRow<'_>) -> Result<Self, RowError> {
        Ok(Self {
            code: row.value("code")?,
            group: PartBDrug::parse(row.text("group")?)?,
        })
    }
}

impl Told for PartBDrug {
    fn told(&self, code: Option<ProcedureCode>, _reference: &Reference) -> Option<(RowKey, Fields)> {
        Some((RowKey::Code(code?), vec![("group", self.to_string())]))
    }
}

impl Reference {
    /// Whether CMS's list of single-dose containers has a drug: found where it does.
    ///
    /// ```
    /// use cleanclaim::reference::{Lookup, ReferenceBuilder, Release, Rows, SingleDoseRow, Stale, Table};
    /// use cleanclaim::{code, date};
    ///
    /// let release = Release::new(Table::SingleDoseDrugs, "2025-06-20", "2025-06-20..2026-06-30".parse()?, "an example");
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(release, Rows::SingleDoseDrugs(vec![SingleDoseRow { code: code!("J0172") }]))?;
    /// let reference = builder.build()?;
    /// let listed = |code| reference.single_dose_drug(code, date!(2026, 4, 1), Stale::Refuse);
    /// assert!(listed(code!("J0172")).found().is_some());
    /// assert_eq!(listed(code!("J1885")), Lookup::NotListed);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn single_dose_drug(&self, code: ProcedureCode, date: ServiceDate, stale: Stale) -> Lookup<InRelease<()>> {
        self.of_code(&self.tables.single_dose_drugs, code, date, stale, |table, id| {
            table.has(id).then_some(())
        })
    }

    /// Whether Part B has a payment limit for a code, and whether it is a drug or a vaccine.
    ///
    /// ```
    /// use cleanclaim::reference::{PartBDrug, PartBDrugRow, ReferenceBuilder, Release, Rows, Stale, Table};
    /// use cleanclaim::{code, date};
    ///
    /// let release = Release::new(Table::PartBDrugs, "2026-07-01", "2026-07-01..2026-09-30".parse()?, "an example");
    /// let row = PartBDrugRow { code: code!("90632"), group: PartBDrug::Vaccine };
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(release, Rows::PartBDrugs(vec![row]))?;
    /// let found = builder.build()?.part_b_drug(code!("90632"), date!(2026, 7, 1), Stale::Refuse).found();
    /// assert_eq!(found.map(|found| found.row), Some(PartBDrug::Vaccine));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn part_b_drug(&self, code: ProcedureCode, date: ServiceDate, stale: Stale) -> Lookup<InRelease<PartBDrug>> {
        self.of_code(&self.tables.part_b_drugs, code, date, stale, CodeRows::first)
    }
}
