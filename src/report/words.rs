//! How reports name what they have in common: a line, a finding's numbers, a count.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{Claim, ServiceLine};
use crate::evaluation::Applicability;
use crate::explain::{ExplainedFinding, ExplainedGap, RemedyText};

use super::shown;

/// A claim's id as it may be shown.
pub(super) fn name(id: &str) -> Cow<'_, str> {
    if id.is_empty() {
        Cow::Borrowed("(no id)")
    } else {
        shown(id)
    }
}

/// The other line of a finding on two.
pub(super) fn beside(finding: &ExplainedFinding) -> String {
    let other = finding.other_line;
    other.map_or_else(String::new, |other| format!(", beside line {other}"))
}

/// A remedy with the grounds that it needs.
pub(super) fn advice(remedy: &RemedyText) -> String {
    let grounds = match remedy.applicability {
        Applicability::NeedsDocumentation => " (needs documentation)",
        Applicability::Safe | Applicability::DisplayOnly => "",
    };
    format!("{}{grounds}", remedy.text)
}

/// A line, as a claim has it.
pub(super) fn heading(line: &ServiceLine) -> String {
    let mut text = format!("line {}: ", line.number);
    match (line.code, line.revenue_code) {
        (Some(code), _) => text.push_str(&code.to_string()),
        (None, Some(revenue)) => text.push_str(&format!("revenue code {revenue}")),
        (None, None) => text.push_str("no code"),
    }
    for modifier in line.all_modifiers() {
        text.push('-');
        text.push_str(modifier.as_str());
    }
    text.push_str(&format!(" x {} on {}", line.units, line.dates));
    if let Some(site) = line.site {
        text.push_str(&format!(" at {site} ({})", site.name()));
    }
    text
}

/// What a finding is about: a line by its number, or the claim.
pub(super) fn subject(claim: &Claim, number: Option<u32>) -> String {
    let line = claim.lines().iter().find(|line| Some(line.number) == number);
    line.map_or_else(|| "the whole claim".to_owned(), heading)
}

/// The edit and the reason code that go with a finding.
pub(super) fn numbers(finding: &ExplainedFinding) -> impl Iterator<Item = String> {
    let edit = finding.edit.map(|edit| format!("I/OCE edit {edit}"));
    let carc = finding.carc.map(|carc| format!("CARC {carc}"));
    edit.into_iter().chain(carc)
}

/// A count with a word, which is given in the singular.
pub(super) fn counted(count: u64, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
}

/// A row for each reason and the lines it is about: the rules that it kept from being evaluated. `all` are those that could
/// have been, where that is known: most of them are told by those that are not among them.
pub(super) fn not_checked(gaps: &[ExplainedGap], all: &[&str]) -> Vec<String> {
    let mut lines: BTreeMap<(&str, Option<&str>), BTreeSet<u32>> = BTreeMap::new();
    for gap in gaps {
        lines.entry((&gap.reason, gap.rule)).or_default().extend(gap.line);
    }
    let rows = lines.into_iter().map(|((reason, rule), lines)| ((reason, lines), rule));
    let row = |((reason, lines), rules): ((&str, BTreeSet<u32>), Vec<Option<&str>>)| {
        let rules: Vec<&str> = rules.into_iter().flatten().collect();
        let rules = if rules.is_empty() {
            "anything".to_owned()
        } else {
            most_of(&rules, all).unwrap_or_else(|| ranges(&rules))
        };
        let numbers: Vec<String> = lines.iter().map(u32::to_string).collect();
        let lines = match &*numbers {
            [] => String::new(),
            [line] => format!(" on line {line}"),
            lines => format!(" on lines {}", lines.join(" ")),
        };
        format!("{rules}{lines}: {reason}")
    };
    grouped(rows).into_iter().map(row).collect()
}

/// For each line and reason the rules that were not evaluated, in the order of the lines.
pub(super) fn not_checked_by_line(gaps: &[ExplainedGap]) -> Vec<(Option<u32>, &str, String)> {
    let mut rules: BTreeMap<(Option<u32>, &str), BTreeSet<&str>> = BTreeMap::new();
    for gap in gaps {
        rules.entry((gap.line, &gap.reason)).or_default().extend(gap.rule);
    }
    let row = |((line, reason), rules): ((Option<u32>, _), BTreeSet<&str>)| {
        let rules: Vec<&str> = rules.into_iter().collect();
        (line, reason, ranges(&rules))
    };
    rules.into_iter().map(row).collect()
}

/// Most of all rules, by the few that are not among them.
fn most_of(rules: &[&str], all: &[&str]) -> Option<String> {
    /// Fewer are told one by one.
    const MANY: usize = 8;
    let others: Vec<&str> = all.iter().copied().filter(|rule| !rules.contains(rule)).collect();
    let is_of_these = others.len() + rules.len() == all.len();
    let is_shorter = rules.len() >= MANY && others.len() * 3 <= rules.len();
    (is_of_these && is_shorter).then(|| match &*others {
        [] => format!("all {} rules", rules.len()),
        others => format!("all {} rules but {}", all.len(), ranges(others)),
    })
}

/// Rules by their ids, in order: three and more that follow each other as `N001-N003`.
fn ranges(ids: &[&str]) -> String {
    let runs = ids.chunk_by(|one, next| follows(one, next));
    let words = runs.flat_map(|run| match run {
        [first, _, .., last] => vec![format!("{first}-{last}")],
        few => few.iter().map(|id| (*id).to_owned()).collect(),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Whether the number of an id is the next in its family.
fn follows(one: &str, next: &str) -> bool {
    let number = |id: &str| {
        let (family, number) = id.split_at_checked(id.find(|letter: char| letter.is_ascii_digit())?)?;
        Some((family.to_owned(), number.parse::<u32>().ok()?))
    };
    match (number(one), number(next)) {
        (Some((family, number)), Some((other, next))) => family == other && number.checked_add(1) == Some(next),
        _ => false,
    }
}

/// Values by what they share, in the order in which it first comes.
pub(super) fn grouped<K: PartialEq, V>(pairs: impl IntoIterator<Item = (K, V)>) -> Vec<(K, Vec<V>)> {
    let mut groups: Vec<(K, Vec<V>)> = Vec::new();
    for (key, value) in pairs {
        match groups.iter_mut().find(|(of, _)| *of == key) {
            Some((_, values)) => values.push(value),
            None => groups.push((key, vec![value])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_told_with_the_lines_that_it_was_not_evaluated_on() {
        let gap = |rule, line| ExplainedGap {
            rule: Some(rule),
            line,
            reason: "a reason".to_owned(),
            missing: None,
        };
        let gaps = [
            gap("N003", Some(2)),
            gap("N001", Some(1)),
            gap("N002", Some(2)),
            gap("N001", Some(2)),
            gap("U001", None),
        ];
        assert_eq!(
            not_checked(&gaps, &["N001", "N002", "N003", "U001"]),
            [
                "N001 on lines 1 2: a reason",
                "N002 N003 on line 2: a reason",
                "U001: a reason"
            ]
        );
    }

    #[test]
    fn most_rules_are_told_by_the_others() {
        let all = [
            "C106", "C109", "C113", "C128", "C150", "C161", "C162", "C172", "M001", "M002", "M003",
        ];
        let gaps = |rules: &[&'static str]| -> Vec<ExplainedGap> {
            let gap = |&rule: &&'static str| ExplainedGap {
                rule: Some(rule),
                line: None,
                reason: "a reason".to_owned(),
                missing: None,
            };
            rules.iter().map(gap).collect()
        };
        assert_eq!(not_checked(&gaps(&all), &all), ["all 11 rules: a reason"]);
        assert_eq!(not_checked(&gaps(&all[1..]), &all), ["all 11 rules but C106: a reason"]);
        let few = not_checked(&gaps(&all[..7]), &all);
        assert_eq!(few, ["C106 C109 C113 C128 C150 C161 C162: a reason"]);
        // A rule that is not among them: what all are is not known.
        assert_eq!(not_checked(&gaps(&all), &all[..10]).len(), 1);
        assert!(not_checked(&gaps(&all), &all[..10])[0].starts_with("C106 C109"));
    }

    #[test]
    fn rules_that_follow_each_other_are_a_range() {
        assert_eq!(ranges(&[]), "");
        assert_eq!(ranges(&["A001", "A002", "M010"]), "A001 A002 M010");
        assert_eq!(
            ranges(&[
                "A001", "A002", "A003", "C004", "M009", "M010", "M011", "X", "Y9", "own-rule"
            ]),
            "A001-A003 C004 M009-M011 X Y9 own-rule"
        );
    }
}
