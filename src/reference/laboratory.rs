//! The Clinical Laboratory Fee Schedule (CLFS): what Medicare pays for a laboratory test, and which tests a laboratory with
//! a certificate of waiver bills with modifier QW.
//!
//! Source: CMS, Clinical Laboratory Fee Schedule public use files, one release a quarter.

use crate::model::{Money, ProcedureCode, ServiceDate};
use crate::modifier;

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

indicator! {
    what: "the CLFS indicator";
    /// Who sets the rate of a laboratory test.
    pub enum LaboratoryRateBasis {
        /// One rate for the nation.
        National = "N",
        /// The contractor.
        Local = "L",
    }
}

/// One row of the Clinical Laboratory Fee Schedule as published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LaboratoryRow {
    /// The test.
    pub code: ProcedureCode,
    /// Whether the row is that of the test with modifier QW.
    pub qw: bool,
    /// What is paid.
    pub fee: LaboratoryFee,
}

/// What the Clinical Laboratory Fee Schedule pays for a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LaboratoryFee {
    /// The first day of the rate.
    pub effective: ServiceDate,
    /// The rate.
    pub rate: Money,
    /// Who sets it.
    pub basis: LaboratoryRateBasis,
}

/// The rows of a test in the Clinical Laboratory Fee Schedule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct LaboratoryFees {
    /// The fee of the test without modifier QW.
    pub plain: Option<LaboratoryFee>,
    /// The fee of the test with modifier QW: a laboratory with a certificate of waiver may do it, and bills it so.
    pub qw: Option<LaboratoryFee>,
}

/// A row of a packed file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PackedLaboratory {
    qw: bool,
    fee: LaboratoryFee,
}

impl CodeRows<PackedLaboratory> {
    /// The rows of a test; empty if the schedule does not list it.
    pub(crate) fn fees(&self, code: CodeId) -> Option<LaboratoryFees> {
        let mut fees = LaboratoryFees::default();
        for row in self.rows(code) {
            *(if row.qw { &mut fees.qw } else { &mut fees.plain }) = Some(row.fee);
        }
        (fees != LaboratoryFees::default()).then_some(fees)
    }
}

impl Record for PackedLaboratory {
    const VERSION: u16 = 1;
    const SIZE: usize = 12;

    fn encode(&self, out: &mut Writer) {
        out.u64(self.fee.rate.cents().unsigned_abs());
        out.u16(self.fee.effective.day_number());
        out.u8(self.fee.basis as u8);
        out.u8(u8::from(self.qw));
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let rate = Money::from_cents(i64::try_from(from.u64()?).ok()?)?;
        let effective = ServiceDate::from_day_number(from.u16()?);
        let basis = LaboratoryRateBasis::from_repr(from.u8()?)?;
        let qw = match from.u8()? {
            0 => false,
            1 => true,
            _ => return None,
        };
        let fee = LaboratoryFee { effective, rate, basis };
        Some(Self { qw, fee })
    }
}

impl PublishedRow for LaboratoryRow {
    type Record = PackedLaboratory;

    const IS_UNIQUE: bool = true;

    fn label(&self) -> String {
        format!("{}{}", self.code, if self.qw { " QW" } else { "" })
    }

    fn codes(&self) -> impl Iterator<Item = ProcedureCode> {
        std::iter::once(self.code)
    }

    fn key(&self, numbers: &Numbers<'_>) -> CodeId {
        numbers.id(self.code)
    }

    fn record(&self, _numbers: &Numbers<'_>) -> Option<PackedLaboratory> {
        Some(PackedLaboratory {
            qw: self.qw,
            fee: self.fee,
        })
    }

    #[cfg(feature = "starter")]
    fn read(row: &TextRow<'_>) -> Result<Self, RowError> {
        Ok(Self {
            code: row.value("code")?,
            qw: row.text("mod")? == "QW",
            fee: LaboratoryFee {
                effective: row.value("effective")?,
                rate: row.value("rate")?,
                basis: LaboratoryRateBasis::parse(row.text("basis")?)?,
            },
        })
    }
}

impl Told for PackedLaboratory {
    fn told(&self, code: Option<ProcedureCode>, _reference: &Reference) -> Option<(RowKey, Fields)> {
        let fields = vec![
            ("rate", self.fee.rate.to_string()),
            ("set by", self.fee.basis.to_string()),
            ("since", self.fee.effective.to_string()),
        ];
        let modifier = self.qw.then_some(modifier!("QW"));
        Some((RowKey::WithModifiers(code?, [modifier, None]), fields))
    }
}

impl Reference {
    /// A test's rows in the Clinical Laboratory Fee Schedule.
    ///
    /// ```
    /// use cleanclaim::reference::{
    ///     LaboratoryFee, LaboratoryRateBasis, LaboratoryRow, ReferenceBuilder, Release, Rows, Stale, Table,
    /// };
    /// use cleanclaim::{code, date};
    ///
    /// let fee = LaboratoryFee {
    ///     effective: date!(2026, 1, 1),
    ///     rate: "8.57".parse()?,
    ///     basis: LaboratoryRateBasis::National,
    /// };
    /// let row = LaboratoryRow { code: code!("83036"), qw: true, fee };
    /// let release = Release::new(Table::Laboratory, "2026Q2", "2026-04-01..2026-06-30".parse()?, "an example");
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(release, Rows::Laboratory(vec![row, LaboratoryRow { qw: false, ..row }]))?;
    /// let fees = builder.build()?.laboratory(code!("83036"), date!(2026, 4, 1), Stale::Refuse).found();
    /// assert_eq!(fees.and_then(|found| found.row.qw), Some(fee));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn laboratory(
        &self,
        code: ProcedureCode,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<LaboratoryFees>> {
        self.of_code(&self.tables.laboratory, code, date, stale, CodeRows::fees)
    }
}
