//! Several procedures in one session: both sides on two lines, endoscopies of one family, and the ranking.
//!
//! Source: CMS, PFS Relative Value File documentation, multiple procedure indicators 1, 2 and 3, bilateral indicator 1.

use std::cmp::Reverse;

use crate::model::{Modifier, Money, Percent, ProcedureCode, Units};
use crate::modifier;
use crate::reference::{Bilateral, Component, MultipleProcedure, Reference};

use super::cents::{less, plus};
use super::draft::Draft;
use super::fee::Schedule;
use super::outcome::{ByReport, Condition, NotPaid, Outcome, Unpriced};
use super::session::sessions;
use super::step::StepKind;
use super::terms::Terms;

/// Reduces the procedures of each session.
pub(super) fn rank(drafts: &mut [Draft<'_>], reference: &Reference, terms: &Terms) {
    for session in sessions(drafts, is_ranked, may_be_ranked, |one, other| one.shares_session(other)) {
        note_units(drafts, &session);
        let procedures = procedures(drafts, &session);
        for procedure in &procedures {
            procedure.reduce_second_side(drafts);
        }
        let procedures = join_families(drafts, procedures, reference, terms);
        if procedures.len() > 1 {
            apply_ranks(drafts, procedures);
        }
    }
}

/// A return to the operating room (78) is not ranked. A line that is priced by report keeps its place.
fn is_ranked(draft: &Draft<'_>) -> bool {
    let reduced = matches!(
        draft.outcome(),
        Some(Outcome::ByReport(ByReport::Reduced | ByReport::Stopped))
    );
    draft.multiple().is_some_and(ranks) && !draft.has(modifier!("78")) && (draft.is_open() || reduced)
}

fn may_be_ranked(draft: &Draft<'_>) -> bool {
    draft.multiple().is_none_or(ranks)
}

fn ranks(multiple: MultipleProcedure) -> bool {
    matches!(
        multiple,
        MultipleProcedure::Before1995 | MultipleProcedure::Standard | MultipleProcedure::Endoscopy
    )
}

fn note_units(drafts: &mut [Draft<'_>], session: &[usize]) {
    for &at in session {
        let Some(draft) = drafts.get_mut(at) else { continue };
        if !draft.line.units.exceeds(1) {
            continue;
        }
        draft.on_condition(Condition::UnitsNotRanked);
        let bilateral = draft
            .policy
            .is_some_and(|policy| policy.bilateral == Bilateral::Conditional);
        let sided = draft.first_of(&[RIGHT, LEFT, modifier!("50")]).is_some();
        if bilateral && !sided && Some(draft.line.units) == Units::whole(2) {
            draft.on_condition(Condition::MayBeBothSides);
        }
    }
}

const RIGHT: Modifier = modifier!("RT");
const LEFT: Modifier = modifier!("LT");

/// The lines that count as one procedure in the ranking.
struct Procedure {
    members: Vec<usize>,
}

impl Procedure {
    /// The amount of one unit of each.
    fn value(&self, drafts: &[Draft<'_>]) -> Money {
        let units = self
            .members
            .iter()
            .filter_map(|&at| drafts.get(at))
            .map(|draft| draft.unit);
        units.fold(Money::ZERO, plus)
    }

    /// The order of procedures of the same value, whatever the order of the lines.
    fn key(&self, drafts: &[Draft<'_>]) -> (Reverse<Money>, Option<ProcedureCode>, u32) {
        let first = self
            .members
            .iter()
            .filter_map(|&at| drafts.get(at))
            .map(|draft| (draft.line.code, draft.line.number));
        let (code, number) = first.min().unwrap_or_default();
        (Reverse(self.value(drafts)), code, number)
    }

    /// Both sides on two lines are paid 150 percent of one: the second at half.
    fn reduce_second_side(&self, drafts: &mut [Draft<'_>]) {
        let &[one, other] = self.members.as_slice() else { return };
        let number = |at: usize| drafts.get(at).map_or(0, |draft| draft.line.number);
        let (first, second) = if number(one) < number(other) {
            (one, other)
        } else {
            (other, one)
        };
        let line = number(first);
        if let Some(draft) = drafts.get_mut(second).filter(|draft| draft.is_open()) {
            let share = Percent::HALF;
            draft.unit = share.of(draft.unit);
            draft.step(StepKind::SecondSide { line, share }, share.of(draft.amount));
        }
    }
}

/// Each line a procedure, but the two sides of a code together.
fn procedures(drafts: &[Draft<'_>], session: &[usize]) -> Vec<Procedure> {
    let mut left: Vec<usize> = session.to_vec();
    left.sort_by_key(|&at| drafts.get(at).map(|draft| draft.line.number));
    let mut found = Vec::new();
    while let Some(at) = (!left.is_empty()).then(|| left.remove(0)) {
        let opposite = left.iter().position(|&other| {
            let pair = drafts.get(at).zip(drafts.get(other));
            pair.is_some_and(|(one, other)| are_two_sides(one, other))
        });
        let mut members = vec![at];
        members.extend(opposite.map(|opposite| left.remove(opposite)));
        found.push(Procedure { members });
    }
    found
}

fn are_two_sides(one: &Draft<'_>, other: &Draft<'_>) -> bool {
    let conditional = |draft: &Draft<'_>| {
        draft
            .policy
            .is_some_and(|policy| policy.bilateral == Bilateral::Conditional)
    };
    let single = |draft: &Draft<'_>| draft.line.units == Units::ONE && !draft.has(modifier!("50"));
    let sides = side(one).zip(side(other));
    one.line.code == other.line.code
        && conditional(one)
        && single(one)
        && single(other)
        && sides.is_some_and(|(one, other)| one != other)
}

fn side(draft: &Draft<'_>) -> Option<Modifier> {
    match (draft.has(RIGHT), draft.has(LEFT)) {
        (true, false) => Some(RIGHT),
        (false, true) => Some(LEFT),
        _ => None,
    }
}

/// Makes one procedure of each endoscopy family: the highest in full, every other less the family's base, the base itself
/// not paid beside another.
fn join_families(
    drafts: &mut [Draft<'_>],
    procedures: Vec<Procedure>,
    reference: &Reference,
    terms: &Terms,
) -> Vec<Procedure> {
    let mut bases: Vec<ProcedureCode> = drafts_of(drafts, &procedures).filter_map(base_of).collect();
    bases.sort_unstable();
    bases.dedup();
    let mut rest = procedures;
    let mut joined = Vec::new();
    for base in bases {
        let in_family = |procedure: &Procedure| {
            let mut members = procedure.members.iter().filter_map(|&at| drafts.get(at));
            members.any(|draft| base_of(draft) == Some(base) || draft.line.code == Some(base))
        };
        let (family, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(in_family);
        rest = others;
        let members: Vec<usize> = family.into_iter().flat_map(|procedure| procedure.members).collect();
        let paid = reduce_family(drafts, base, &members, reference, terms);
        joined.push(Procedure { members: paid });
    }
    joined.append(&mut rest);
    joined
}

fn drafts_of<'a, 'c>(drafts: &'a [Draft<'c>], procedures: &'a [Procedure]) -> impl Iterator<Item = &'a Draft<'c>> {
    let members = procedures.iter().flat_map(|procedure| &procedure.members);
    members.filter_map(|&at| drafts.get(at))
}

fn base_of(draft: &Draft<'_>) -> Option<ProcedureCode> {
    let endoscopy = draft.multiple() == Some(MultipleProcedure::Endoscopy);
    draft.fees.filter(|_| endoscopy)?.row.values.endoscopic_base
}

/// Reduces the members of a family; those that are paid.
fn reduce_family(
    drafts: &mut [Draft<'_>],
    base: ProcedureCode,
    members: &[usize],
    reference: &Reference,
    terms: &Terms,
) -> Vec<usize> {
    let endoscopies = members
        .iter()
        .copied()
        .filter(|&at| drafts.get(at).and_then(base_of) == Some(base));
    let key = |at: &usize| {
        drafts
            .get(*at)
            .map(|draft| (Reverse(draft.unit), draft.line.code, draft.line.number))
    };
    let mut paid: Vec<usize> = endoscopies.collect();
    paid.sort_by_key(key);
    let highest = paid
        .first()
        .and_then(|&at| drafts.get(at))
        .map_or(0, |draft| draft.line.number);
    for at in members.iter().filter(|at| !paid.contains(at)) {
        if let Some(draft) = drafts.get_mut(*at) {
            draft.settle(Outcome::NotPaid(NotPaid::IncludedInEndoscopy { line: highest }));
        }
    }
    for &at in paid.iter().skip(1) {
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
    paid
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
    procedures.sort_by_key(|procedure| procedure.key(drafts));
    for (rank, procedure) in (1..).zip(procedures) {
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

/// What a procedure is paid at its place; none where the contractor says.
fn share(multiple: Option<MultipleProcedure>, rank: u8) -> Option<Percent> {
    match (multiple, rank) {
        (_, 1) => Some(Percent::ALL),
        (Some(MultipleProcedure::Before1995), 3..=5) => Some(Percent::whole(25)),
        (_, 2..=5) => Some(Percent::HALF),
        _ => None,
    }
}
