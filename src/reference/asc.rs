//! The addenda of the ambulatory surgical centre (ASC) payment system: AA covered procedures, BB covered ancillary
//! services, EE excluded procedures.
//!
//! Source: CMS, ASC Approved HCPCS Codes and Payment Rates, quarterly addenda.

use crate::model::{Money, ProcedureCode, ServiceDate, fixed};

use super::builder::Numbers;
use super::bytes::{Reader, Writer};
use super::codes::CodeId;
use super::indicator::indicator;
use super::look_up::some;
use super::records::Record;
use super::release::{Lookup, Stale};
use super::row_key::{Fields, RowKey, as_published, or_none};
#[cfg(feature = "starter")]
use super::starter::{RowError, TextRow};
use super::table::{PublishedRow, Told};
use super::{InRelease, Reference};

indicator! {
    what: "the ASC addendum";
    /// Which addendum lists the code.
    pub enum Addendum {
        /// Covered surgical procedures.
        Aa = "AA",
        /// Covered ancillary services.
        Bb = "BB",
        /// Procedures excluded from payment.
        Ee = "EE",
    }
}

/// A code's row in an addendum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AscEntry {
    /// The addendum.
    pub addendum: Addendum,
    /// Whether payment is discounted beside another procedure; stated in addendum AA only.
    pub multiple_procedure_discount: Option<bool>,
    /// The payment indicator, such as `P3`; blank in addendum EE.
    pub payment_indicator: [u8; 2],
    /// The relative payment weight, ten-thousandths; `None` if none is published.
    pub weight: Option<u32>,
    /// The national payment rate; `None` if none is published.
    pub rate: Option<Money>,
}

impl AscEntry {
    /// An entry of an addendum with nothing else stated.
    #[must_use]
    pub fn new(addendum: Addendum) -> Self {
        Self {
            addendum,
            multiple_procedure_discount: None,
            payment_indicator: *b"  ",
            weight: None,
            rate: None,
        }
    }
}

/// One row of an addendum as published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AscRow {
    /// The procedure or service.
    pub code: ProcedureCode,
    /// What the addendum says.
    pub entry: AscEntry,
}

const NONE: u32 = u32::MAX;

impl Record for AscEntry {
    const VERSION: u16 = 1;
    const SIZE: usize = 16;

    fn encode(&self, out: &mut Writer) {
        out.u32(self.weight.unwrap_or(NONE));
        out.u64(self.rate.map_or(u64::MAX, |rate| rate.cents().unsigned_abs()));
        out.bytes(&self.payment_indicator);
        out.u8(self.addendum as u8);
        out.u8(match self.multiple_procedure_discount {
            None => 0,
            Some(false) => 1,
            Some(true) => 2,
        });
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let weight = from.u32().filter(|&weight| weight != NONE);
        let cents = from.u64()?;
        let payment_indicator = from.array()?;
        let addendum = Addendum::from_repr(from.u8()?)?;
        Some(Self {
            addendum,
            multiple_procedure_discount: match from.u8()? {
                0 => None,
                1 => Some(false),
                2 => Some(true),
                _ => return None,
            },
            payment_indicator,
            weight,
            rate: i64::try_from(cents).ok().and_then(Money::from_cents),
        })
    }
}

impl PublishedRow for AscRow {
    type Record = AscEntry;

    const IS_UNIQUE: bool = true;

    fn label(&self) -> String {
        format!("{} {}", self.code, self.entry.addendum)
    }

    fn codes(&self) -> impl Iterator<Item = ProcedureCode> {
        std::iter::once(self.code)
    }

    fn key(&self, numbers: &Numbers<'_>) -> CodeId {
        numbers.id(self.code)
    }

    fn record(&self, _numbers: &Numbers<'_>) -> Option<AscEntry> {
        Some(self.entry)
    }

    #[cfg(feature = "starter")]
    fn read(row: &TextRow<'_>) -> Result<Self, RowError> {
        let mut entry = AscEntry::new(Addendum::parse(row.text("addendum")?)?);
        entry.multiple_procedure_discount = match row.text("discount")? {
            "Y" => Some(true),
            "N" => Some(false),
            _ => None,
        };
        entry.payment_indicator = row.pair_of_bytes("indicator")?;
        entry.weight = match row.text("weight")? {
            "" => None,
            _ => Some(row.decimal("weight", 4)?),
        };
        entry.rate = row.optional::<Money>("rate")?;
        let code = row.value("code")?;
        Ok(Self { code, entry })
    }
}

impl Told for AscEntry {
    fn told(&self, code: Option<ProcedureCode>, _reference: &Reference) -> Option<(RowKey, Fields)> {
        let fields = vec![
            ("payment indicator", as_published(&self.payment_indicator)),
            ("discounted beside others", or_none(self.multiple_procedure_discount)),
            ("weight", or_none(self.weight.map(|weight| fixed::text(weight, 4)))),
            ("rate", or_none(self.rate)),
        ];
        Some((RowKey::InAddendum(code?, self.addendum), fields))
    }
}

impl Reference {
    /// A code's rows in the ASC addenda, addendum by addendum.
    #[must_use]
    pub fn asc(&self, code: ProcedureCode, date: ServiceDate, stale: Stale) -> Lookup<InRelease<Vec<AscEntry>>> {
        self.of_code(&self.tables.asc, code, date, stale, |table, id| some(table.rows(id)))
    }
}
