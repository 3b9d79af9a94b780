//! Diagnostic services beside others of their kind: the technical component of all but the highest is reduced, and of
//! imaging the professional component too. Services of all physicians of a group meet, and a claim is one group's.
//!
//! Sources: CMS, PFS Relative Value File documentation, multiple procedure indicators 4, 6 and 7; for groups, CMS,
//! transmittal 1104, and the rule of the fee schedule for 2013 (both unverified).

use crate::date;
use crate::model::{Money, Percent, ServiceDate};
use crate::reference::MultipleProcedure;

use super::cents::less;
use super::draft::Draft;
use super::order::by_amount;
use super::outcome::{Condition, Outcome, Unpriced};
use super::session::sessions;
use super::step::StepKind;

/// What is paid of the components after the highest.
struct Kind {
    multiple: MultipleProcedure,
    technical: Percent,
}

const KINDS: [Kind; 3] = [
    Kind {
        multiple: MultipleProcedure::Imaging,
        technical: Percent::HALF,
    },
    Kind {
        multiple: MultipleProcedure::Cardiovascular,
        technical: Percent::whole(75),
    },
    Kind {
        multiple: MultipleProcedure::Ophthalmology,
        technical: Percent::whole(80),
    },
];

/// Since when the professional component of imaging is reduced, and since when by less.
const PROFESSIONAL_SINCE: ServiceDate = date!(2012, 1, 1);
const PROFESSIONAL_LESS_SINCE: ServiceDate = date!(2017, 1, 1);

/// Reduces the diagnostic services of each day.
pub(super) fn reduce(drafts: &mut [Draft<'_>]) {
    for kind in &KINDS {
        let subject = |draft: &Draft<'_>| draft.keeps_place() && draft.multiple() == Some(kind.multiple);
        let may_be = |draft: &Draft<'_>| draft.multiple().is_none_or(|multiple| multiple == kind.multiple);
        for day in sessions(drafts, subject, may_be, |one, other| one.shares_day(other)) {
            if day.len() > 1 {
                kind.reduce(drafts, &day);
            } else {
                note_units(drafts, &day);
            }
        }
    }
}

/// Sides that are each paid in full.
const TWO_IN_FULL: Percent = Percent::whole(200);

fn note_units(drafts: &mut [Draft<'_>], day: &[usize]) {
    let is_several = |draft: &Draft<'_>| draft.units.exceeds(1) || draft.sides == TWO_IN_FULL;
    for &at in day {
        if let Some(draft) = drafts.get_mut(at).filter(|draft| is_several(draft)) {
            draft.on_condition(Condition::UnitsNotRanked);
        }
    }
}

impl Kind {
    fn reduce(&self, drafts: &mut [Draft<'_>], day: &[usize]) {
        if self.settle_unknown(drafts, day) {
            return;
        }
        note_units(drafts, day);
        let technical = |draft: &Draft<'_>| draft.fees?.technical.map(|part| draft.sides.of(part.amount));
        for at in after_highest(drafts, day, technical) {
            let Some(draft) = drafts.get_mut(at) else { continue };
            let Some(part) = technical(draft) else { continue };
            let (share, paid) = (self.technical, self.technical.of(part));
            draft.technical = Some(paid);
            let off = draft.for_units(less(part, paid));
            draft.take_off(off, |less| StepKind::TechnicalReduction { share, less });
        }
        let professional = |draft: &Draft<'_>| draft.fees?.professional.map(|part| draft.sides.of(part));
        for at in after_highest(drafts, day, professional) {
            let Some(draft) = drafts.get_mut(at) else { continue };
            let Some(share) = self.professional(draft.line.date()) else {
                continue;
            };
            let Some(part) = professional(draft) else { continue };
            let off = draft.for_units(less(part, share.of(part)));
            draft.take_off(off, |less| StepKind::ProfessionalReduction { share, less });
        }
    }

    fn professional(&self, date: ServiceDate) -> Option<Percent> {
        let reduced = self.multiple == MultipleProcedure::Imaging && date >= PROFESSIONAL_SINCE;
        reduced.then_some(if date >= PROFESSIONAL_LESS_SINCE {
            Percent::whole(95)
        } else {
            Percent::whole(75)
        })
    }

    /// If one line's technical share is unknown, no line with such a component can be ranked.
    fn settle_unknown(&self, drafts: &mut [Draft<'_>], day: &[usize]) -> bool {
        let is_unknown = |draft: &Draft<'_>| {
            let fees = draft.fees;
            fees.is_some_and(|fees| fees.technical.is_none() && fees.professional.is_none())
        };
        let unknown = day
            .iter()
            .filter_map(|&at| drafts.get(at))
            .filter(|draft| is_unknown(draft));
        let Some(line) = unknown.map(|draft| draft.line.number).min() else {
            return false;
        };
        for &at in day {
            let Some(draft) = drafts.get_mut(at) else { continue };
            if is_unknown(draft) {
                draft.settle(Outcome::NotPriced(Unpriced::ComponentUnknown));
            } else if draft.fees.is_some_and(|fees| fees.technical.is_some()) {
                draft.settle(Outcome::NotPriced(Unpriced::OtherLine { line }));
            }
        }
        true
    }
}

/// The lines that have the part and are open, without the one where it is highest.
fn after_highest(drafts: &[Draft<'_>], day: &[usize], part: impl Fn(&Draft<'_>) -> Option<Money>) -> Vec<usize> {
    let mut with: Vec<_> = day
        .iter()
        .filter_map(|&at| {
            let draft = drafts.get(at)?;
            Some((by_amount(draft, part(draft)?), at))
        })
        .collect();
    with.sort_unstable();
    let others = with.into_iter().skip(1).map(|(_, at)| at);
    others
        .filter(|&at| drafts.get(at).is_some_and(Draft::is_open))
        .collect()
}
