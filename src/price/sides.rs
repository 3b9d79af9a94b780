//! Both sides of a code on two lines, RT on one and LT on the other, are one bilateral procedure: the lower of both charges
//! together and of 150 percent of one side (bilateral indicator 1), or of one side alone (0 and 2). With 3 each side is paid
//! separately.
//!
//! Source: CMS, PFS Relative Value File documentation, bilateral surgery indicator: "reported with modifiers RT and LT".

use crate::model::modifier_groups::{BOTH_SIDES, RETURN, one_side};
use crate::model::{Modifier, Money, Percent, Units};
use crate::reference::Bilateral;

use super::cents::{less, plus};
use super::draft::Draft;
use super::order::by_amount;
use super::outcome::{Outcome, Unpriced};
use super::step::StepKind;

/// Two lines that are the sides of one procedure, by their positions.
#[derive(Clone, Copy)]
pub(super) struct Sides {
    pub(super) first: usize,
    pub(super) second: usize,
}

/// Finds the lines that are two sides of one procedure, and pays the second its share.
pub(super) fn join(drafts: &mut [Draft<'_>]) -> Vec<Sides> {
    let mut left: Vec<usize> = (0..drafts.len())
        .filter(|&at| drafts.get(at).is_some_and(is_one_side))
        .collect();
    left.sort_by_cached_key(|&at| drafts.get(at).map(|draft| by_amount(draft, draft.unit)));
    let mut joined = Vec::new();
    while let Some(first) = (!left.is_empty()).then(|| left.remove(0)) {
        let opposite = left.iter().position(|&other| {
            let pair = drafts.get(first).zip(drafts.get(other));
            pair.is_some_and(|(one, other)| are_two_sides(one, other))
        });
        let Some(opposite) = opposite else { continue };
        let sides = Sides {
            first,
            second: left.remove(opposite),
        };
        if sides.settle_unknown_day(drafts) {
            continue;
        }
        sides.reduce_second(drafts);
        joined.push(sides);
    }
    joined
}

/// The share that the second side is paid; `None` if each side is paid separately.
fn share_of_second(bilateral: Bilateral) -> Option<Percent> {
    match bilateral {
        Bilateral::Conditional => Some(Percent::HALF),
        Bilateral::NotAppropriate | Bilateral::Inherent => Some(Percent::whole(0)),
        Bilateral::Independent | Bilateral::NotApplicable => None,
    }
}

fn share(draft: &Draft<'_>) -> Option<Percent> {
    share_of_second(draft.policy?.bilateral)
}

fn is_one_side(draft: &Draft<'_>) -> bool {
    let single = draft.line.units == Units::ONE && !draft.has(BOTH_SIDES);
    single && draft.keeps_place() && !draft.has(RETURN) && side(draft).is_some() && share(draft).is_some()
}

fn are_two_sides(one: &Draft<'_>, other: &Draft<'_>) -> bool {
    let component = |draft: &Draft<'_>| draft.policy.map(|policy| policy.component);
    one.line.code == other.line.code
        && component(one) == component(other)
        && one.care == other.care
        && one.shares_session(other)
        && side(one) != side(other)
}

fn side(draft: &Draft<'_>) -> Option<Modifier> {
    one_side(draft.line.modifiers)
}

impl Sides {
    /// Lines of several days may be sides of different procedures.
    fn settle_unknown_day(self, drafts: &mut [Draft<'_>]) -> bool {
        let both = [self.first, self.second];
        let unknown = both.iter().any(|&at| drafts.get(at).is_some_and(Draft::spans_days));
        if unknown {
            for at in both {
                if let Some(draft) = drafts.get_mut(at) {
                    draft.settle(Outcome::NotPriced(Unpriced::SeveralDays));
                }
            }
        }
        unknown
    }

    fn reduce_second(self, drafts: &mut [Draft<'_>]) {
        let line = drafts.get(self.first).map_or(0, |draft| draft.line.number);
        let Some(draft) = drafts.get_mut(self.second) else {
            return;
        };
        let Some(share) = share(draft) else { return };
        draft.sides = share;
        draft.unit = share.of(draft.unit);
        if draft.is_open() {
            draft.step(StepKind::SecondSide { line, share }, share.of(draft.amount));
        }
    }

    /// What one side's amount is above its charge is paid with the other's, as far as that one's charge goes: then no line
    /// is paid more than its charge, and both together the lower of both charges and both amounts. `above` says for each
    /// line what its amount was above its charge.
    pub(super) fn share_charges(self, drafts: &mut [Draft<'_>], above: &[Money]) {
        for (from, to) in [(self.first, self.second), (self.second, self.first)] {
            let given = drafts.get(from).filter(|draft| draft.is_open());
            let (Some(line), Some(&over)) = (given.map(|draft| draft.line.number), above.get(from)) else {
                continue;
            };
            let Some(draft) = drafts.get_mut(to).filter(|draft| draft.is_open()) else {
                continue;
            };
            let room = draft
                .line
                .charge
                .map_or(Money::ZERO, |charge| less(charge, draft.amount));
            let more = over.min(room);
            if more > Money::ZERO {
                draft.step(StepKind::RestOfOtherSide { line, more }, plus(draft.amount, more));
            }
        }
    }
}
