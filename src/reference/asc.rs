//! The addenda of the ambulatory surgical centre (ASC) payment system: AA covered procedures, BB covered ancillary
//! services, EE excluded procedures.
//!
//! Source: CMS, ASC Approved HCPCS Codes and Payment Rates, quarterly addenda.

use crate::model::{Money, ProcedureCode};

use super::bytes::{Reader, Writer};
use super::indicator::indicator;
use super::records::Record;

indicator! {
    /// Which addendum lists the code.
    Addendum("the ASC addendum") {
        /// Covered surgical procedures.
        Aa = "AA",
        /// Covered ancillary services.
        Bb = "BB",
        /// Procedures excluded from payment.
        Ee = "EE",
    }
}

/// What an addendum says of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AscEntry {
    /// The addendum.
    pub addendum: Addendum,
    /// Whether payment is discounted beside another procedure; stated in addendum AA only.
    pub multiple_procedure_discount: Option<bool>,
    /// The payment indicator, such as `P3`; blank in addendum EE.
    pub payment_indicator: [u8; 2],
    /// The relative payment weight, ten-thousandths; none where none is published.
    pub weight: Option<u32>,
    /// The national payment rate; none where none is published.
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
