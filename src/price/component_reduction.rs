//! Diagnostic services beside others of their kind: the technical component of all but the highest is reduced, and of
//! imaging the professional component too.
//!
//! Source: CMS, PFS Relative Value File documentation, multiple procedure indicators 4, 6 and 7.

use std::cmp::Reverse;

use crate::date;
use crate::model::{Money, Percent, ServiceDate};
use crate::reference::MultipleProcedure;

use super::cents::less;
use super::draft::Draft;
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

/// Reduces the diagnostic services of each session.
pub(super) fn reduce(drafts: &mut [Draft<'_>]) {
    for kind in &KINDS {
        let subject = |draft: &Draft<'_>| draft.is_open() && draft.multiple() == Some(kind.multiple);
        let may_be = |draft: &Draft<'_>| draft.multiple().is_none_or(|multiple| multiple == kind.multiple);
        for session in sessions(drafts, subject, may_be, |one, other| one.shares_session(other)) {
            if session.len() > 1 {
                kind.reduce(drafts, &session);
            } else {
                note_units(drafts, &session);
            }
        }
    }
}

fn note_units(drafts: &mut [Draft<'_>], session: &[usize]) {
    for &at in session {
        if let Some(draft) = drafts.get_mut(at).filter(|draft| draft.line.units.exceeds(1)) {
            draft.on_condition(Condition::UnitsNotRanked);
        }
    }
}

impl Kind {
    fn reduce(&self, drafts: &mut [Draft<'_>], session: &[usize]) {
        if self.settle_unknown(drafts, session) {
            return;
        }
        note_units(drafts, session);
        let technical = |draft: &Draft<'_>| draft.fees?.technical.map(|part| draft.sides.of(part.amount));
        for at in after_highest(drafts, session, technical) {
            let Some(draft) = drafts.get_mut(at) else { continue };
            let Some(part) = technical(draft) else { continue };
            let (share, paid) = (self.technical, self.technical.of(part));
            draft.technical = Some(paid);
            let off = draft.for_units(less(part, paid));
            draft.take_off(off, |less| StepKind::TechnicalReduction { share, less });
        }
        let professional = |draft: &Draft<'_>| draft.fees?.professional.map(|part| draft.sides.of(part));
        for at in after_highest(drafts, session, professional) {
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

    /// Where a line's technical share is unknown, none that has such a component can be ranked.
    fn settle_unknown(&self, drafts: &mut [Draft<'_>], session: &[usize]) -> bool {
        let is_unknown = |draft: &Draft<'_>| {
            let fees = draft.fees;
            fees.is_some_and(|fees| fees.technical.is_none() && fees.professional.is_none())
        };
        let unknown = session
            .iter()
            .filter_map(|&at| drafts.get(at))
            .filter(|draft| is_unknown(draft));
        let Some(line) = unknown.map(|draft| draft.line.number).min() else {
            return false;
        };
        for &at in session {
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

/// The lines that have the part, without the one where it is highest.
fn after_highest(drafts: &[Draft<'_>], session: &[usize], part: impl Fn(&Draft<'_>) -> Option<Money>) -> Vec<usize> {
    let mut with: Vec<_> = session
        .iter()
        .filter_map(|&at| {
            let draft = drafts.get(at)?;
            Some((Reverse(part(draft)?), draft.line.code, draft.line.number, at))
        })
        .collect();
    with.sort_unstable();
    with.into_iter().skip(1).map(|(_, _, _, at)| at).collect()
}
