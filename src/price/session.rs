//! Which lines a reduction compares with each other.

use super::draft::Draft;
use super::outcome::{ByReport, Outcome, Unpriced};

/// The lines that are `subject` to a rule, those of one session together. Lines whose session or company is not known are
/// settled as not priced, and left out.
pub(super) fn sessions(
    drafts: &mut [Draft<'_>],
    subject: impl Fn(&Draft<'_>) -> bool,
    may_be_subject: impl Fn(&Draft<'_>) -> bool,
    together: impl Fn(&Draft<'_>, &Draft<'_>) -> bool,
) -> Vec<Vec<usize>> {
    let unknown: Vec<_> = (0..drafts.len())
        .filter(|&at| {
            drafts
                .get(at)
                .is_some_and(|draft| has_unknown_amount(draft) && may_be_subject(draft))
        })
        .collect();
    let subjects: Vec<_> = (0..drafts.len())
        .filter(|&at| drafts.get(at).is_some_and(&subject))
        .collect();
    let meet = |drafts: &[Draft<'_>], one: usize, other: usize| {
        let pair = drafts.get(one).zip(drafts.get(other));
        one != other && pair.is_some_and(|(one, other)| together(one, other))
    };
    let number = |drafts: &[Draft<'_>], at: usize| drafts.get(at).map(|draft| draft.line.number);
    let mut known = Vec::new();
    for &at in &subjects {
        let over_days = |other: usize| {
            [at, other]
                .iter()
                .any(|&at| drafts.get(at).is_some_and(Draft::spans_days))
        };
        let unknown = unknown.iter().filter(|&&other| meet(drafts, at, other));
        let why = if let Some(line) = unknown.filter_map(|&other| number(drafts, other)).min() {
            Some(Unpriced::OtherLine { line })
        } else if subjects
            .iter()
            .any(|&other| meet(drafts, at, other) && over_days(other))
        {
            Some(Unpriced::SeveralDays)
        } else {
            None
        };
        match (why, drafts.get_mut(at)) {
            (Some(why), Some(draft)) => draft.settle(Outcome::NotPriced(why)),
            _ => known.push(at),
        }
    }
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for at in known {
        let group = groups
            .iter_mut()
            .find(|group| group.first().is_some_and(|&first| meet(drafts, at, first)));
        match group {
            Some(group) => group.push(at),
            None => groups.push(vec![at]),
        }
    }
    groups
}

/// Whether the line may be worth any amount, so that the lines beside it cannot be ranked.
fn has_unknown_amount(draft: &Draft<'_>) -> bool {
    match draft.outcome() {
        Some(Outcome::NotPriced(why)) => !matches!(why, Unpriced::NotListed(_)),
        Some(Outcome::ByReport(why)) => matches!(why, ByReport::ContractorPriced | ByReport::Team),
        _ => false,
    }
}
