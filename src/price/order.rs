//! Which of the lines that a reduction compares is the highest.
//!
//! Ties between equal amounts are broken by the lines' own values, never by their order on the claim, so that the order
//! changes no total. Source of the order by charge: Medicare Claims Processing Manual, chapter 12, section 40.6
//! (unverified): procedures of equal value are ranked by their charges.

use std::cmp::Reverse;

use crate::model::{Money, Npi, Percent, ProcedureCode, SiteOfService, Units};

use super::draft::Draft;
use super::outcome::Outcome;

/// Tie-breakers for equal amounts, most significant first. They cover everything that can change a total, or who is paid
/// it: two lines with equal tie-breakers can be exchanged.
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

/// The sort key of a line by one of its amounts.
pub(super) fn by_amount(draft: &Draft<'_>, amount: Money) -> Order {
    (Reverse(amount), Precedence::of(draft), draft.line.number)
}
