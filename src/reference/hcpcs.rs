//! HCPCS Level II: for each code, by which method Medicare prices it, how it is covered, and its days. The descriptions are
//! not kept.
//!
//! Source: CMS, HCPCS quarterly update, record layout of the alpha-numeric file.

use crate::model::{DateRange, ProcedureCode, ServiceDate};

use super::builder::Numbers;
use super::bytes::{Reader, Writer};
use super::codes::CodeId;
use super::indicator::indicator;
use super::records::{CodeRows, Record};
use super::release::{Lookup, Stale};
use super::row_key::{Fields, RowKey, or_none};
#[cfg(feature = "starter")]
use super::starter::{RowError, TextRow};
use super::table::{PublishedRow, Told};
use super::{InRelease, Reference};

indicator! {
    what: "the pricing indicator code";
    /// By which method a code is priced: the pricing indicator code.
    pub enum HcpcsPricing {
        /// Not priced separately by Part B: packaged, not covered, or paid elsewhere.
        NotSeparately = "00",
        /// By the relative values of the physician fee schedule.
        PhysicianFeeSchedule = "11",
        /// By anaesthesia base units.
        AnesthesiaBaseUnits = "12",
        /// By the contractor, under the physician fee schedule.
        ByContractor = "13",
        /// By the national limit of the clinical laboratory fee schedule.
        LaboratoryNationalLimit = "21",
        /// By the contractor, under the clinical laboratory fee schedule; the national limit does not apply.
        LaboratoryByContractor = "22",
        /// Frequently serviced equipment.
        FrequentlyServiced = "31",
        /// Inexpensive and other routinely purchased equipment.
        Inexpensive = "32",
        /// Oxygen and oxygen equipment.
        Oxygen = "33",
        /// Supplies for equipment.
        Supplies = "34",
        /// Surgical dressings.
        Dressings = "35",
        /// Capped rental equipment.
        CappedRental = "36",
        /// Ostomy, tracheostomy and urological supplies.
        Ostomy = "37",
        /// Orthotics, prosthetics and their devices.
        ProstheticsOrthotics = "38",
        /// Parenteral and enteral nutrition.
        Nutrition = "39",
        /// Lymphoedema compression items.
        LymphedemaCompression = "40",
        /// Customised equipment.
        Customized = "45",
        /// Equipment priced by the contractor.
        EquipmentByContractor = "46",
        /// Drugs.
        Drugs = "51",
        /// Reasonable charge.
        ReasonableCharge = "52",
        /// Statute.
        Statute = "53",
        /// Vaccinations.
        Vaccinations = "54",
        /// Splints and casts.
        SplintsCasts = "55",
        /// Intraocular lenses inserted in a physician's office.
        IntraocularLenses = "56",
        /// Others, priced by the contractor.
        OtherByContractor = "57",
        /// No value is established.
        NotEstablished = "99",
    }
}

indicator! {
    what: "the coverage code";
    /// How a code is covered.
    pub enum HcpcsCoverage {
        /// The contractor judges.
        ContractorJudges = "C",
        /// Special instructions apply.
        SpecialInstructions = "D",
        /// Not payable by Medicare.
        NotPayable = "I",
        /// Not covered by Medicare.
        NotCovered = "M",
        /// Not covered by statute.
        NotCoveredByStatute = "S",
    }
}

/// One code of HCPCS Level II as published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HcpcsRow {
    /// The code.
    pub code: ProcedureCode,
    /// Its row in the file.
    pub entry: HcpcsEntry,
}

/// A code's row in HCPCS Level II.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HcpcsEntry {
    /// By which method it is priced.
    pub pricing: HcpcsPricing,
    /// A second method, where the file has one.
    pub second_pricing: Option<HcpcsPricing>,
    /// How it is covered.
    pub coverage: HcpcsCoverage,
    /// The first day of the code.
    pub added: ServiceDate,
    /// The last day of the code, where it has ended.
    pub terminated: Option<ServiceDate>,
}

impl HcpcsEntry {
    /// The days of the code; `None` for one that ended before it began.
    #[must_use]
    pub fn in_use(&self) -> Option<DateRange> {
        DateRange::new(self.added, self.terminated.unwrap_or(ServiceDate::MAX))
    }
}

const NO_PRICING: u8 = u8::MAX;

impl Record for HcpcsEntry {
    const VERSION: u16 = 1;
    const SIZE: usize = 8;

    fn encode(&self, out: &mut Writer) {
        out.u16(self.added.day_number());
        out.u16(self.terminated.unwrap_or(ServiceDate::MAX).day_number());
        out.u8(self.pricing as u8);
        out.u8(self.second_pricing.map_or(NO_PRICING, |pricing| pricing as u8));
        out.u8(self.coverage as u8);
        out.u8(0);
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let added = ServiceDate::from_day_number(from.u16()?);
        let terminated = ServiceDate::from_day_number(from.u16()?);
        Some(Self {
            added,
            terminated: (terminated != ServiceDate::MAX).then_some(terminated),
            pricing: HcpcsPricing::from_repr(from.u8()?)?,
            second_pricing: match from.u8()? {
                NO_PRICING => None,
                number => Some(HcpcsPricing::from_repr(number)?),
            },
            coverage: HcpcsCoverage::from_repr(from.u8()?)?,
        })
    }
}

impl PublishedRow for HcpcsRow {
    type Record = HcpcsEntry;

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

    fn record(&self, _numbers: &Numbers<'_>) -> Option<HcpcsEntry> {
        Some(self.entry)
    }

    #[cfg(feature = "starter")]
    fn read(row: &TextRow<'_>) -> Result<Self, RowError> {
        let second = row.text("second_pricing")?;
        Ok(Self {
            code: row.value("code")?,
            entry: HcpcsEntry {
                pricing: HcpcsPricing::parse(row.text("pricing")?)?,
                second_pricing: (!second.is_empty()).then(|| HcpcsPricing::parse(second)).transpose()?,
                coverage: HcpcsCoverage::parse(row.text("coverage")?)?,
                added: row.value("added")?,
                terminated: row.optional("terminated")?,
            },
        })
    }
}

impl Told for HcpcsEntry {
    fn told(&self, code: Option<ProcedureCode>, _reference: &Reference) -> Option<(RowKey, Fields)> {
        let fields = vec![
            ("pricing", self.pricing.to_string()),
            ("second pricing", or_none(self.second_pricing)),
            ("coverage", self.coverage.to_string()),
            ("added", self.added.to_string()),
            ("terminated", or_none(self.terminated)),
        ];
        Some((RowKey::Code(code?), fields))
    }
}

impl Reference {
    /// A code's row in HCPCS Level II, whether it is in use on the date or ended before: see [`HcpcsEntry::in_use`].
    ///
    /// ```
    /// use cleanclaim::reference::{
    ///     HcpcsCoverage, HcpcsEntry, HcpcsPricing, HcpcsRow, ReferenceBuilder, Release, Rows, Stale, Table,
    /// };
    /// use cleanclaim::{code, date};
    ///
    /// let entry = HcpcsEntry {
    ///     pricing: HcpcsPricing::CappedRental,
    ///     second_pricing: None,
    ///     coverage: HcpcsCoverage::SpecialInstructions,
    ///     added: date!(1993, 1, 1),
    ///     terminated: None,
    /// };
    /// let release = Release::new(Table::HcpcsLevel2, "2024-07-01", "2024-07-01..2024-09-30".parse()?, "an example");
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(release, Rows::HcpcsLevel2(vec![HcpcsRow { code: code!("E0601"), entry }]))?;
    /// let found = builder.build()?.hcpcs(code!("E0601"), date!(2024, 8, 6), Stale::Refuse).found();
    /// assert_eq!(found.map(|found| found.row), Some(entry));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn hcpcs(&self, code: ProcedureCode, date: ServiceDate, stale: Stale) -> Lookup<InRelease<HcpcsEntry>> {
        self.of_code(&self.tables.hcpcs_level2, code, date, stale, CodeRows::first)
    }
}
