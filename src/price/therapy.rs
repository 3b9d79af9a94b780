//! Therapy: the practice expense of every unit of the day but the highest is paid at half.
//!
//! Source: CMS, PFS Relative Value File documentation, multiple procedure indicator 5. The units of all disciplines and
//! providers of the claim count together.

use crate::model::{Percent, Units};
use crate::reference::MultipleProcedure;

use super::cents::{less, times};
use super::draft::Draft;
use super::order::by_amount;
use super::session::sessions;
use super::step::StepKind;

/// Reduces the therapy of each day.
pub(super) fn reduce(drafts: &mut [Draft<'_>]) {
    let subject = |draft: &Draft<'_>| draft.keeps_place() && draft.multiple() == Some(MultipleProcedure::Therapy);
    let may_be = |draft: &Draft<'_>| {
        draft
            .multiple()
            .is_none_or(|multiple| multiple == MultipleProcedure::Therapy)
    };
    for day in sessions(drafts, subject, may_be, |one, other| one.shares_day(other)) {
        let key = |at: &usize| {
            let draft = drafts.get(*at)?;
            Some(by_amount(draft, draft.sides.of(draft.fees?.practice_expense)))
        };
        let highest = day.iter().copied().min_by_key(key);
        for at in day {
            let in_full = if Some(at) == highest {
                Units::ONE.thousandths()
            } else {
                0
            };
            if let Some(draft) = drafts.get_mut(at).filter(|draft| draft.is_open()) {
                reduce_line(draft, in_full);
            }
        }
    }
}

fn reduce_line(draft: &mut Draft<'_>, in_full: u64) {
    let reduced = draft.units.thousandths().saturating_sub(in_full);
    let Some((fees, units)) = draft.fees.zip(Units::from_thousandths(reduced)) else {
        return;
    };
    let expense = draft.sides.of(fees.practice_expense);
    let off = times(less(expense, Percent::HALF.of(expense)), units);
    draft.take_off(off, |less| StepKind::TherapyReduction { less });
}
