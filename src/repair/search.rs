//! Which changes are tried, and what the evaluation says of each.

use std::collections::BTreeSet;

use crate::claim::{Claim, ServiceLine};
use crate::engine::{Evaluator, Session};
use crate::evaluation::{Applicability, Evaluation, Finding};
use crate::model::modifier_groups::{BOTH_SIDES, LEFT, RIGHT, VISITS};
use crate::model::{Modifier, Units};
use crate::rule::Check;

use super::{Edit, FindingRef, Repair};

const MOST_FINDINGS: usize = 64;
const MOST_EDITS: usize = 1_024;
/// A line is compared with at most so many others of its day.
const MOST_OTHERS: usize = 16;

pub(super) fn repairs(evaluator: &Evaluator, claim: &Claim) -> Vec<Repair> {
    let mut session = evaluator.session();
    let before = Answer::of(evaluator, claim, session.evaluate(claim));
    let mut found = Vec::new();
    for edit in edits(evaluator, claim, &before) {
        if let Some(repair) = try_edit(evaluator, &mut session, claim, &before, edit) {
            take(&mut found, repair);
        }
    }
    for repair in found
        .iter_mut()
        .filter(|repair| repair.applicability != Applicability::Safe)
    {
        repair.record = record(evaluator, &repair.edit);
    }
    let is_bypass = |repair: &Repair| {
        let adds = matches!(repair.edit, Edit::AddModifier { .. } | Edit::MoveModifier { .. });
        adds && repair.resolves.iter().any(|finding| is_about_pairs(evaluator, finding))
    };
    found.sort_by_key(|repair| (is_bypass(repair), order(repair)));
    // A modifier that sets a pair aside is never the first thing to do.
    if found.first().is_some_and(is_bypass) {
        found.clear();
    }
    found
}

/// A claim's findings and what was not evaluated on it.
struct Answer {
    /// The findings that stop, in the evaluation's order.
    stopping: Vec<Finding>,
    stops: BTreeSet<FindingRef>,
    advisories: BTreeSet<FindingRef>,
    open: BTreeSet<(Option<usize>, Option<u32>)>,
}

impl Answer {
    fn of(evaluator: &Evaluator, claim: &Claim, evaluation: &Evaluation) -> Self {
        let number = |at: Option<usize>| Some(claim.lines().get(at?)?.number);
        let (stopping, others): (Vec<Finding>, Vec<Finding>) = evaluation
            .findings()
            .iter()
            .partition(|finding| finding.disposition().stops());
        let refs = |findings: &[Finding]| {
            let of = |finding: &Finding| {
                Some(FindingRef {
                    rule: evaluator.rules().get(finding.rule())?.id,
                    line: number(finding.line()),
                    other_line: number(finding.other_line()),
                })
            };
            findings.iter().filter_map(of).collect::<BTreeSet<_>>()
        };
        let gaps = evaluation.not_evaluated().iter();
        Self {
            stops: refs(&stopping),
            advisories: refs(&others),
            open: gaps.map(|gap| (gap.rule(), number(gap.line()))).collect(),
            stopping,
        }
    }
}

/// The changes that are tried: for each finding that stops, those of its lines' modifiers and units, and what its rule's
/// remedies would add.
fn edits(evaluator: &Evaluator, claim: &Claim, before: &Answer) -> Vec<Edit> {
    let mut seen = BTreeSet::new();
    let mut edits = Vec::new();
    for finding in before.stopping.iter().take(MOST_FINDINGS) {
        let at = |line: Option<usize>| claim.lines().get(line?);
        let (line, other) = (at(finding.line()), at(finding.other_line()));
        let mut tried = Vec::new();
        for line in line.into_iter().chain(other) {
            of_line(claim, line, &mut tried);
            of_remedies(evaluator, claim, finding, line, &mut tried);
        }
        let is_pair = evaluator
            .rules()
            .get(finding.rule())
            .is_some_and(|rule| matches!(rule.check, Check::Pair(_)));
        let is_same = line.zip(other).is_some_and(|(line, other)| line.code == other.code);
        if let Some(line) = line.filter(|_| is_pair || is_same || other.is_some()) {
            tried.push(Edit::RemoveLine { line: line.number });
        }
        edits.extend(tried.into_iter().filter(|edit| seen.insert(edit.clone())));
    }
    edits.truncate(MOST_EDITS);
    edits
}

/// Other lines of the same day.
fn others<'a>(claim: &'a Claim, line: &'a ServiceLine) -> impl Iterator<Item = &'a ServiceLine> {
    let same_day = |one: &&ServiceLine| one.number != line.number && one.dates == line.dates;
    claim.lines().iter().filter(same_day).take(MOST_OTHERS)
}

/// What a line itself allows: a modifier less or on another line, both sides on one line or on two, one unit beside 50.
fn of_line(claim: &Claim, line: &ServiceLine, edits: &mut Vec<Edit>) {
    let number = line.number;
    let has = |modifier: Modifier| line.all_modifiers().any(|one| one == modifier);
    edits.extend(
        line.all_modifiers()
            .map(|modifier| Edit::RemoveModifier { line: number, modifier }),
    );
    for modifier in VISITS.into_iter().filter(|&modifier| has(modifier)) {
        edits.extend(others(claim, line).map(|to| Edit::MoveModifier {
            modifier,
            from: number,
            to: to.number,
        }));
    }
    if has(BOTH_SIDES) {
        edits.push(Edit::SetUnits {
            line: number,
            units: Units::ONE,
        });
    } else if has(RIGHT) && has(LEFT) {
        edits.push(Edit::LineForEachSide { line: number });
    } else if has(RIGHT) || has(LEFT) {
        let same = others(claim, line).filter(|other| other.code == line.code);
        edits.extend(same.map(|other| Edit::OneLineForBothSides {
            line: number.min(other.number),
            other: Some(number.max(other.number)),
        }));
    } else {
        edits.push(Edit::OneLineForBothSides {
            line: number,
            other: None,
        });
    }
}

/// What the remedies of a finding's rule would add to a line, from another line that has it or anew.
fn of_remedies(evaluator: &Evaluator, claim: &Claim, finding: &Finding, line: &ServiceLine, edits: &mut Vec<Edit>) {
    let remedies = evaluator
        .rules()
        .get(finding.rule())
        .map_or(&[][..], |rule| rule.remedies);
    for &modifier in remedies.iter().flat_map(|remedy| remedy.adds) {
        if line.all_modifiers().any(|one| one == modifier) {
            continue;
        }
        let has = |other: &&ServiceLine| other.all_modifiers().any(|one| one == modifier);
        let from = others(claim, line).filter(has);
        edits.extend(from.map(|from| Edit::MoveModifier {
            modifier,
            from: from.number,
            to: line.number,
        }));
        edits.push(Edit::AddModifier {
            line: line.number,
            one_of: vec![modifier],
        });
    }
}

/// The repair that a change is, by an evaluation of the claim after it; `None` if it resolves nothing, brings a finding that
/// stops, or leaves something open that was not.
fn try_edit(
    evaluator: &Evaluator,
    session: &mut Session<'_>,
    claim: &Claim,
    before: &Answer,
    edit: Edit,
) -> Option<Repair> {
    let repaired = edit.apply(claim)?;
    let after = Answer::of(evaluator, &repaired, session.evaluate(&repaired));
    let resolves: Vec<_> = before.stops.difference(&after.stops).copied().collect();
    let is_worse = !after.stops.is_subset(&before.stops) || !after.open.is_subset(&before.open);
    if resolves.is_empty() || is_worse {
        return None;
    }
    let adds: Vec<_> = after.advisories.difference(&before.advisories).copied().collect();
    let applicability = match edit.applicability(claim) {
        Applicability::Safe if !adds.is_empty() => Applicability::DisplayOnly,
        applicability => applicability,
    };
    Some(Repair {
        edit,
        applicability,
        record: Vec::new(),
        resolves,
        leaves: after.stops.into_iter().collect(),
        adds,
    })
}

/// Modifiers that do the same on one line are one repair, which names them all.
fn take(found: &mut Vec<Repair>, repair: Repair) {
    if let Edit::AddModifier { line, one_of } = &repair.edit {
        for other in found.iter_mut() {
            let is_same =
                (&other.resolves, &other.leaves, &other.adds) == (&repair.resolves, &repair.leaves, &repair.adds);
            match &mut other.edit {
                Edit::AddModifier { line: at, one_of: all } if at == line && is_same => {
                    all.extend(one_of);
                    return;
                }
                _ => {}
            }
        }
    }
    found.push(repair);
}

/// What the record must show for each modifier that a change adds or takes away.
fn record(evaluator: &Evaluator, edit: &Edit) -> Vec<String> {
    let row = |modifier: Modifier| Some((modifier, evaluator.modifiers().row(modifier)?));
    let added = edit.added().iter().copied().filter_map(row);
    let removed = edit.removed().and_then(row);
    let added = added.map(|(modifier, row)| format!("{modifier}: {}", row.record));
    let removed = removed.map(|(modifier, row)| format!("{modifier} to go: that it was not so ({})", row.meaning));
    added.chain(removed).collect()
}

fn is_about_pairs(evaluator: &Evaluator, finding: &FindingRef) -> bool {
    let mut rules = evaluator.rules().iter();
    rules.any(|rule| rule.id == finding.rule && matches!(rule.check, Check::Pair(_)))
}

/// Matters of format first, then what the record must support, and last that a service is not billed.
fn order(repair: &Repair) -> u8 {
    match repair.edit {
        Edit::RemoveLine { .. } => 2,
        _ if repair.applicability == Applicability::Safe => 0,
        _ => 1,
    }
}
