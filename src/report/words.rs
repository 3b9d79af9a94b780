//! How reports name what they have in common: a line, a finding's numbers, a count.

use crate::claim::{Claim, ServiceLine};
use crate::explain::ExplainedFinding;

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

/// So many of what the word says in the singular.
pub(super) fn counted(count: u64, word: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {word}{plural}")
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
