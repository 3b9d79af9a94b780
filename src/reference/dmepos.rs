//! The fee schedule of durable medical equipment, prosthetics, orthotics and supplies (DMEPOS): who pays for an item, of
//! which kind it is, and with which modifiers it is priced. The amounts, which differ by state, are not kept.
//!
//! Source: CMS, DMEPOS fee schedule, one release a quarter.

use crate::model::{Modifier, ProcedureCode, ServiceDate};

use super::builder::Numbers;
use super::bytes::{Reader, Writer};
use super::codes::CodeId;
use super::indicator::indicator;
use super::look_up::some;
use super::records::Record;
use super::release::{Lookup, Stale};
use super::row_key::{Fields, RowKey};
#[cfg(feature = "starter")]
use super::starter::{RowError, TextRow};
use super::table::{PublishedRow, Told};
use super::{InRelease, Reference};

indicator! {
    what: "the DMEPOS jurisdiction";
    /// Whose claims an item is for.
    pub enum DmeposJurisdiction {
        /// The contractors for durable medical equipment (DME MAC).
        Equipment = "D",
        /// The contractors for Part B.
        PartB = "L",
        /// Either, by circumstances.
        Joint = "J",
    }
}

indicator! {
    what: "the DMEPOS category";
    /// The payment category of an item.
    pub enum DmeposCategory {
        /// Inexpensive and other routinely purchased items.
        Inexpensive = "IN",
        /// Frequently serviced items.
        FrequentlyServiced = "FS",
        /// Capped rental items.
        CappedRental = "CR",
        /// Oxygen and oxygen equipment.
        Oxygen = "OX",
        /// Ostomy, tracheostomy and urological items.
        Ostomy = "OS",
        /// Surgical dressings.
        Dressings = "SD",
        /// Prosthetics and orthotics.
        ProstheticsOrthotics = "PO",
        /// Supplies.
        Supplies = "SU",
        /// Transcutaneous electrical nerve stimulators.
        NerveStimulators = "TE",
        /// Therapeutic shoes.
        TherapeuticShoes = "TS",
        /// Intraocular lenses.
        IntraocularLenses = "IL",
        /// Splints and casts.
        SplintsCasts = "SC",
        /// Lymphoedema compression treatment items.
        LymphedemaCompression = "LC",
        /// Labour rates.
        Labor = "LT",
    }
}

/// One row of the DMEPOS fee schedule as published, without its amounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DmeposRow {
    /// The item.
    pub code: ProcedureCode,
    /// How it is priced.
    pub entry: DmeposEntry,
}

/// How an item is priced with some modifiers, or with none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DmeposEntry {
    /// The first modifier of the row; `None` if the item is priced without one. NU is new, UE used, RR rented.
    pub modifier: Option<Modifier>,
    /// The second modifier of the row.
    pub second_modifier: Option<Modifier>,
    /// Whose claims the item is for.
    pub jurisdiction: DmeposJurisdiction,
    /// The payment category.
    pub category: DmeposCategory,
}

/// No modifier has this number.
const NONE: u16 = u16::MAX;

impl Record for DmeposEntry {
    const VERSION: u16 = 1;
    const SIZE: usize = 6;

    fn encode(&self, out: &mut Writer) {
        for modifier in [self.modifier, self.second_modifier] {
            out.u16(modifier.map_or(NONE, |modifier| modifier.index() as u16));
        }
        out.u8(self.jurisdiction as u8);
        out.u8(self.category as u8);
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let mut modifier = || match from.u16()? {
            NONE => Some(None),
            number => Modifier::from_index(usize::from(number)).map(Some),
        };
        let (modifier, second_modifier) = (modifier()?, modifier()?);
        Some(Self {
            modifier,
            second_modifier,
            jurisdiction: DmeposJurisdiction::from_repr(from.u8()?)?,
            category: DmeposCategory::from_repr(from.u8()?)?,
        })
    }
}

impl PublishedRow for DmeposRow {
    type Record = DmeposEntry;

    const IS_UNIQUE: bool = true;

    fn label(&self) -> String {
        let modifiers = [self.entry.modifier, self.entry.second_modifier].into_iter().flatten();
        modifiers.fold(self.code.to_string(), |label, modifier| format!("{label} {modifier}"))
    }

    fn codes(&self) -> impl Iterator<Item = ProcedureCode> {
        std::iter::once(self.code)
    }

    fn key(&self, numbers: &Numbers<'_>) -> CodeId {
        numbers.id(self.code)
    }

    fn record(&self, _numbers: &Numbers<'_>) -> Option<DmeposEntry> {
        Some(self.entry)
    }

    #[cfg(feature = "starter")]
    fn read(row: &TextRow<'_>) -> Result<Self, RowError> {
        Ok(Self {
            code: row.value("code")?,
            entry: DmeposEntry {
                modifier: row.optional("mod")?,
                second_modifier: row.optional("mod2")?,
                jurisdiction: DmeposJurisdiction::parse(row.text("jurisdiction")?)?,
                category: DmeposCategory::parse(row.text("category")?)?,
            },
        })
    }
}

impl Told for DmeposEntry {
    fn told(&self, code: Option<ProcedureCode>, _reference: &Reference) -> Option<(RowKey, Fields)> {
        let fields = vec![
            ("jurisdiction", self.jurisdiction.to_string()),
            ("category", self.category.to_string()),
        ];
        let modifiers = [self.modifier, self.second_modifier];
        Some((RowKey::WithModifiers(code?, modifiers), fields))
    }
}

impl Reference {
    /// The rows of an item in the DMEPOS fee schedule, one for each way in which it is priced.
    ///
    /// ```
    /// use cleanclaim::reference::{
    ///     DmeposCategory, DmeposEntry, DmeposJurisdiction, DmeposRow, ReferenceBuilder, Release, Rows, Stale, Table,
    /// };
    /// use cleanclaim::{code, date, modifier};
    ///
    /// let entry = DmeposEntry {
    ///     modifier: Some(modifier!("RR")),
    ///     second_modifier: None,
    ///     jurisdiction: DmeposJurisdiction::Equipment,
    ///     category: DmeposCategory::CappedRental,
    /// };
    /// let release = Release::new(Table::Dmepos, "2026-07-01", "2026-07-01..2026-09-30".parse()?, "an example");
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(release, Rows::Dmepos(vec![DmeposRow { code: code!("E0601"), entry }]))?;
    /// let found = builder.build()?.dmepos(code!("E0601"), date!(2026, 7, 1), Stale::Refuse).found();
    /// assert_eq!(found.map(|found| found.row), Some(vec![entry]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn dmepos(&self, code: ProcedureCode, date: ServiceDate, stale: Stale) -> Lookup<InRelease<Vec<DmeposEntry>>> {
        self.of_code(&self.tables.dmepos, code, date, stale, |table, id| some(table.rows(id)))
    }
}
