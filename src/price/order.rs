//! Which of the lines that a reduction compares is the highest.
//!
//! Lines of equal amounts are told apart by what stands on them, never by their order on the claim, so that the order
//! changes no total. Source of the order by charge: Medicare Claims Processing Manual, chapter 12, section 40.6
//! (unverified): procedures of equal value are ranked by what is billed for them.

use std::cmp::Reverse;

use crate::model::{Money, Npi, Percent, ProcedureCode, SiteOfService, Units};

use super::draft::Draft;
use super::outcome::Outcome;

/// What of a line decides where the compared amounts are equal, the first first. It holds whatever can change a total, or
/// who is paid it, so that lines of which it is the same may change places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Precedence {
    /// What was reduced or stopped is worth less than the whole.
    by_report: bool,
    /// So is a part of the surgical care.
    care: Reverse<Percent>,
    /// The more units, the more it is worth in all.
    units: Reverse<Units>,
    /// What has no charge is limited by none.
    charge: Reverse<Money>,
    // No source says more. The rest gives the same order whatever that of the lines, or of the modifiers on them.
    code: Option<ProcedureCode>,
    /// The fewest first; of two sides the right one.
    modifiers: (usize, Reverse<[u16; 4]>),
    site: Option<SiteOfService>,
    provider: Option<Npi>,
}

impl Precedence {
    pub(super) fn of(draft: &Draft<'_>) -> Self {
        let mut modifiers = draft.line.modifiers.places();
        modifiers.sort_unstable();
        Self {
            by_report: matches!(draft.outcome(), Some(Outcome::ByReport(_))),
            care: Reverse(draft.care.map_or(Percent::ALL, |(_, share)| share)),
            units: Reverse(draft.units),
            charge: Reverse(draft.line.charge.unwrap_or(Money::MAX)),
            code: draft.line.code,
            modifiers: (draft.line.modifiers.len(), Reverse(modifiers)),
            site: draft.line.site,
            provider: draft.line.provider,
        }
    }
}

/// By this the highest line comes first. The number is only left to lines that are alike.
pub(super) type Order = (Reverse<Money>, Precedence, u32);

/// The place of a line by an amount of it.
pub(super) fn by_amount(draft: &Draft<'_>, amount: Money) -> Order {
    (Reverse(amount), Precedence::of(draft), draft.line.number)
}
