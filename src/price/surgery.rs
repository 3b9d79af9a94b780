//! Several procedures in one session: endoscopies of one family, and the ranking.
//!
//! Source: CMS, PFS Relative Value File documentation, multiple procedure indicators 1, 2 and 3.

use std::cmp::Reverse;
use std::iter::repeat;

use crate::model::modifier_groups::RETURN;
use crate::model::{Money, Percent, ProcedureCode};
use crate::reference::{Component, MultipleProcedure, Reference};

use super::cents::{less, plus};
use super::draft::{CARE, Draft};
use super::fee::Schedule;
use super::order::Precedence;
use super::outcome::{ByReport, Condition, NotPaid, Outcome, Unpriced};
use super::session::sessions;
use super::sides::Sides;
use super::step::StepKind;
use super::terms::Terms;

/// Reduces the procedures of each session. The lines of both sides of a code are one procedure.
pub(super) fn rank(drafts: &mut [Draft<'_>], both_sides: &[Sides], reference: &Reference, terms: &Terms) {
    for session in sessions(drafts, is_ranked, may_be_ranked, |one, other| one.shares_session(other)) {
        note_units(drafts, &session);
        let procedures = procedures(&session, both_sides);
        let procedures = join_families(drafts, procedures, reference, terms);
        if procedures.len() > 1 {
            apply_ranks(drafts, procedures);
        }
    }
}

fn is_ranked(draft: &Draft<'_>) -> bool {
    draft.multiple().is_some_and(ranks) && !is_return(draft) && draft.keeps_place()
}

fn may_be_ranked(draft: &Draft<'_>) -> bool {
    draft.multiple().is_none_or(ranks) && !is_return(draft)
}

/// A return to the operating room is not ranked. Beside another modifier of the care it is not known whether it is one.
fn is_return(draft: &Draft<'_>) -> bool {
    draft.has(RETURN) && draft.two_of(&CARE).is_none()
}

fn ranks(multiple: MultipleProcedure) -> bool {
    matches!(
        multiple,
        MultipleProcedure::Before1995 | MultipleProcedure::Standard | MultipleProcedure::Endoscopy
    )
}

fn note_units(drafts: &mut [Draft<'_>], session: &[usize]) {
    for &at in session {
        if let Some(draft) = drafts.get_mut(at).filter(|draft| draft.units.exceeds(1)) {
            draft.on_condition(Condition::UnitsNotRanked);
        }
    }
}

/// The lines that count as one procedure in the ranking, the highest first.
struct Procedure {
    members: Vec<usize>,
}

impl Procedure {
    fn lines<'a, 'c>(&'a self, drafts: &'a [Draft<'c>]) -> impl Iterator<Item = &'a Draft<'c>> {
        self.members.iter().filter_map(|&at| drafts.get(at))
    }

    /// The number of the highest line.
    fn line(&self, drafts: &[Draft<'_>]) -> u32 {
        self.lines(drafts).next().map_or(0, |draft| draft.line.number)
    }

    /// By this the highest procedure comes first: by the amounts of one unit of each line, then as lines do.
    fn order(&self, drafts: &[Draft<'_>]) -> (Reverse<Money>, Vec<Precedence>, u32) {
        let value = self.lines(drafts).map(|draft| draft.unit).fold(Money::ZERO, plus);
        let precedence = self.lines(drafts).map(Precedence::of).collect();
        (Reverse(value), precedence, self.line(drafts))
    }

    /// An endoscopy beside a higher one of its family is paid above the family's base.
    fn reduce_by_base(&self, drafts: &mut [Draft<'_>], base: ProcedureCode, reference: &Reference, terms: &Terms) {
        for &at in &self.members {
            let Some(draft) = drafts.get_mut(at).filter(|draft| draft.is_open()) else {
                continue;
            };
            match base_amount(draft, base, reference, terms) {
                Ok(amount) => {
                    draft.unit = less(draft.unit, amount);
                    let after = less(draft.amount, draft.for_units(amount));
                    draft.step(StepKind::LessEndoscopyBase { base, amount }, after);
                }
                Err(outcome) => draft.settle(outcome),
            }
        }
    }
}

/// Each line a procedure, but the two sides of a code together, the first side first.
fn procedures(session: &[usize], both_sides: &[Sides]) -> Vec<Procedure> {
    let holds = |at: &usize| session.contains(at);
    let second_of = |at: usize| {
        both_sides
            .iter()
            .find(|sides| sides.first == at)
            .map(|sides| sides.second)
    };
    let is_second = |at: usize| both_sides.iter().any(|sides| sides.second == at && holds(&sides.first));
    let alone = session.iter().copied().filter(|&at| !is_second(at));
    alone
        .map(|at| {
            let mut members = vec![at];
            members.extend(second_of(at).filter(holds));
            Procedure { members }
        })
        .collect()
}

/// Makes one procedure of each endoscopy family: the highest in full, every other less the family's base, the base itself
/// not paid beside another.
fn join_families(
    drafts: &mut [Draft<'_>],
    procedures: Vec<Procedure>,
    reference: &Reference,
    terms: &Terms,
) -> Vec<Procedure> {
    let members = procedures.iter().flat_map(|procedure| procedure.lines(drafts));
    let mut bases: Vec<ProcedureCode> = members.filter_map(base_of).collect();
    bases.sort_unstable();
    bases.dedup();
    let mut rest = procedures;
    let mut joined = Vec::new();
    for base in bases {
        let is_based = |procedure: &Procedure| procedure.lines(drafts).any(|draft| base_of(draft) == Some(base));
        let is_base = |procedure: &Procedure| procedure.lines(drafts).any(|draft| draft.line.code == Some(base));
        let (mut family, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(is_based);
        let (included, others): (Vec<_>, Vec<_>) = others.into_iter().partition(is_base);
        rest = others;
        family.sort_by_cached_key(|procedure| procedure.order(drafts));
        include_bases(drafts, &family, included);
        for procedure in family.iter().skip(1) {
            procedure.reduce_by_base(drafts, base, reference, terms);
        }
        let members = family.into_iter().flat_map(|procedure| procedure.members);
        joined.push(Procedure {
            members: members.collect(),
        });
    }
    joined.append(&mut rest);
    joined
}

fn base_of(draft: &Draft<'_>) -> Option<ProcedureCode> {
    let endoscopy = draft.multiple() == Some(MultipleProcedure::Endoscopy);
    draft.fees.filter(|_| endoscopy)?.row.values.endoscopic_base
}

/// The base is part of each other endoscopy of its family.
fn include_bases(drafts: &mut [Draft<'_>], family: &[Procedure], bases: Vec<Procedure>) {
    let line = family.first().map_or(0, |highest| highest.line(drafts));
    for at in bases.into_iter().flat_map(|base| base.members) {
        if let Some(draft) = drafts.get_mut(at) {
            draft.settle(Outcome::NotPaid(NotPaid::IncludedInEndoscopy { line }));
        }
    }
}

/// The amount of a family's base at the line's site, for as many sides.
fn base_amount(draft: &Draft<'_>, base: ProcedureCode, reference: &Reference, terms: &Terms) -> Result<Money, Outcome> {
    let rate = draft.fees.map(|fees| fees.terms.rate);
    let schedule = Schedule {
        reference,
        terms,
        date: draft.line.date(),
        rate: rate.ok_or(Outcome::NotPriced(Unpriced::NoCode))?,
    };
    let row = schedule.row(base, Component::Global).map_err(Outcome::NotPriced)?;
    let row = row.filter(|found| found.row.indicators.status.is_priced());
    let row = row.ok_or(Outcome::ByReport(ByReport::ContractorPriced))?;
    let fees = schedule.fees(row).map_err(Outcome::NotPriced)?;
    Ok(draft.sides.of(fees.amount))
}

fn apply_ranks(drafts: &mut [Draft<'_>], mut procedures: Vec<Procedure>) {
    procedures.sort_by_cached_key(|procedure| procedure.order(drafts));
    // There may be more procedures than ranks; all after the fifth are alike.
    let ranks = (1..u8::MAX).chain(repeat(u8::MAX));
    for (rank, procedure) in ranks.zip(procedures) {
        for at in procedure.members {
            let Some(draft) = drafts.get_mut(at).filter(|draft| draft.is_open()) else {
                continue;
            };
            match share(draft.multiple(), rank) {
                Some(share) => draft.step(StepKind::Rank { rank, share }, share.of(draft.amount)),
                None => draft.settle(Outcome::ByReport(ByReport::AfterFifthProcedure)),
            }
        }
    }
}

/// The share that a procedure of this rank is paid; `None` if the contractor sets it.
fn share(multiple: Option<MultipleProcedure>, rank: u8) -> Option<Percent> {
    match (multiple, rank) {
        (_, 1) => Some(Percent::ALL),
        (Some(MultipleProcedure::Before1995), 3..=5) => Some(Percent::whole(25)),
        (_, 2..=5) => Some(Percent::HALF),
        _ => None,
    }
}
