use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::evaluation::Disposition;
use crate::evaluation::Verdict;
use crate::explain::{ExplainedFinding, Explanation, MissingRelease};

use super::shown;
use super::words::counted;

/// The summary of many answers: claims by verdict, findings by rule, what was not evaluated and why, and the
/// worst claims. Its memory is bounded, however many claims there are.
///
/// # Example
/// ```
/// use cleanclaim::{Claim, Evaluator, report};
///
/// let evaluator = Evaluator::starter();
/// let mut summary = report::Summary::default();
/// for text in ["#A1 2024-08-06 @11: 64632-50", "#A2 2024-08-06 @11: 64632-26"] {
///     let claim = Claim::from_shorthand(text)?;
///     summary.add("monday", &evaluator.check(&claim));
/// }
/// let text = summary.to_string();
/// assert!(text.starts_with("2 claims: 1 clean, 1 with findings, 0 incomplete\n"), "{text}");
/// assert!(text.contains("M010 component-not-applicable"), "{text}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Summary {
    /// The claims read, by verdict.
    pub clean: u64,
    /// Those with a finding that is not an advisory.
    pub findings: u64,
    /// Those on which something was not evaluated, and which have no such finding.
    pub incomplete: u64,
    /// The claims that could not be read.
    pub not_read: u64,
    /// By id, the rules that raised something.
    pub rules: BTreeMap<&'static str, RuleCount>,
    /// By reason, on how many claims something was not evaluated for it: the first hundred reasons met.
    pub not_evaluated: BTreeMap<String, u64>,
    /// On how many claims something was not evaluated for reasons met after those.
    pub not_evaluated_otherwise: u64,
    /// The published files without which something was not evaluated, each with its number of claims: the first hundred.
    pub missing: BTreeMap<MissingRelease, u64>,
    /// The notes of the claims' readers, each with its number of claims: the first hundred notes met.
    pub notes: BTreeMap<String, u64>,
    /// How many notes were met after those.
    pub notes_otherwise: u64,
    /// The worst claims, the worst first; at most [`Summary::MOST_CLAIMS`].
    pub worst: Vec<WorstClaim>,
    /// Which rules ran, in words such as `only N ran`, where not all of them did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selection: Option<String>,
    /// Whether the input was not read to its end, so that there may be more than this.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_partial: bool,
}

/// How often a rule raised something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct RuleCount {
    /// The rule's name.
    pub name: &'static str,
    /// The worst that it raised.
    pub disposition: Disposition,
    /// How many findings.
    pub findings: u64,
    /// On how many claims.
    pub claims: u64,
}

/// One of the worst claims.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct WorstClaim {
    /// The worst disposition on it.
    pub disposition: Disposition,
    /// How many findings are not advisories.
    pub findings: u64,
    /// Its id.
    pub claim: Box<str>,
    /// Where it is, in the caller's words.
    pub position: Box<str>,
}

impl Summary {
    /// How many of the worst claims are kept.
    pub const MOST_CLAIMS: usize = 20;
    const MOST_REASONS: usize = 100;
    const MOST_FILES: usize = 100;
    const MOST_NOTES: usize = 100;

    /// Counts a claim. The position says where it is, in the caller's words.
    pub fn add(&mut self, position: &str, explanation: &Explanation) {
        match explanation.verdict {
            Verdict::Clean => self.clean += 1,
            Verdict::Findings => self.findings += 1,
            Verdict::Incomplete => self.incomplete += 1,
        }
        self.count_rules(&explanation.findings);
        self.count_reasons(explanation);
        self.count_missing(explanation);
        self.keep_if_worse(position, explanation);
    }

    /// Counts a claim that could not be read.
    pub fn add_not_read(&mut self) {
        self.not_read += 1;
    }

    /// Counts a note of a claim's reader.
    pub fn add_note(&mut self, note: &str) {
        let has_room = self.notes.len() < Self::MOST_NOTES;
        match self.notes.get_mut(note) {
            Some(count) => *count += 1,
            None if has_room => {
                self.notes.insert(note.to_owned(), 1);
            }
            None => self.notes_otherwise += 1,
        }
    }

    /// How many claims there were, those that could not be read among them.
    #[must_use]
    pub fn claims(&self) -> u64 {
        self.clean + self.findings + self.incomplete + self.not_read
    }

    fn count_rules(&mut self, findings: &[ExplainedFinding]) {
        for (at, finding) in findings.iter().enumerate() {
            let is_first = findings.iter().take(at).all(|before| before.rule != finding.rule);
            let count = self.rules.entry(finding.rule).or_insert(RuleCount {
                name: finding.name,
                disposition: finding.disposition,
                findings: 0,
                claims: 0,
            });
            count.disposition = count.disposition.max(finding.disposition);
            count.findings += 1;
            count.claims += u64::from(is_first);
        }
    }

    fn count_reasons(&mut self, explanation: &Explanation) {
        let gaps = &explanation.not_evaluated;
        let mut otherwise = false;
        for (at, gap) in gaps.iter().enumerate() {
            if gaps.iter().take(at).any(|before| before.reason == gap.reason) {
                continue;
            }
            let has_room = self.not_evaluated.len() < Self::MOST_REASONS;
            match self.not_evaluated.get_mut(&gap.reason) {
                Some(count) => *count += 1,
                None if has_room => {
                    self.not_evaluated.insert(gap.reason.clone(), 1);
                }
                None => otherwise = true,
            }
        }
        self.not_evaluated_otherwise += u64::from(otherwise);
    }

    fn count_missing(&mut self, explanation: &Explanation) {
        let missing: BTreeSet<_> = explanation.not_evaluated.iter().filter_map(|gap| gap.missing).collect();
        for file in missing {
            let has_room = self.missing.len() < Self::MOST_FILES;
            match self.missing.get_mut(&file) {
                Some(count) => *count += 1,
                None if has_room => {
                    self.missing.insert(file, 1);
                }
                None => {}
            }
        }
    }

    fn keep_if_worse(&mut self, position: &str, explanation: &Explanation) {
        let stopping = || {
            explanation
                .findings
                .iter()
                .filter(|finding| finding.disposition.stops())
        };
        let Some(disposition) = stopping().map(|finding| finding.disposition).max() else {
            return;
        };
        let findings = stopping().count() as u64;
        let worse = |kept: &WorstClaim| (kept.disposition, kept.findings) >= (disposition, findings);
        let place = self.worst.partition_point(worse);
        if place >= Self::MOST_CLAIMS {
            return;
        }
        self.worst.truncate(Self::MOST_CLAIMS - 1);
        let claim = WorstClaim {
            disposition,
            findings,
            claim: explanation.claim.clone(),
            position: position.into(),
        };
        self.worst.insert(place, claim);
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, true)
    }
}

/// A summary whose notes are shown elsewhere.
pub(super) struct WithoutNotes<'a>(&'a Summary);

impl fmt::Display for WithoutNotes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(f, false)
    }
}

impl Summary {
    pub(super) fn without_notes(&self) -> WithoutNotes<'_> {
        WithoutNotes(self)
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, with_notes: bool) -> fmt::Result {
        write!(
            f,
            "{}: {} clean, {} with findings, {} incomplete",
            counted(self.claims(), "claim"),
            self.clean,
            self.findings,
            self.incomplete,
        )?;
        if self.not_read > 0 {
            write!(f, ", {} not read", self.not_read)?;
        }
        if let Some(selection) = &self.selection {
            write!(f, "; {}", shown(selection))?;
        }
        writeln!(f)?;
        if self.is_partial {
            writeln!(f, "interrupted: the input was not read to its end")?;
        }
        self.write_rules(f)?;
        self.write_reasons(f)?;
        if with_notes {
            self.write_notes(f)?;
        }
        self.write_worst(f)?;
        self.write_missing(f)
    }

    /// The files to fetch, those that most claims wait for first.
    fn write_missing(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut missing: Vec<(&MissingRelease, &u64)> = self.missing.iter().collect();
        missing.sort_by_key(|(file, count)| (Reverse(**count), **file));
        if !missing.is_empty() {
            writeln!(f, "published files that would make more complete")?;
        }
        for (file, count) in missing {
            writeln!(
                f,
                "  {count:>7} {}: {file}",
                if *count == 1 { "claim" } else { "claims" }
            )?;
        }
        Ok(())
    }

    /// The worst rules first, among those the most frequent.
    fn write_rules(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rules: Vec<(&&str, &RuleCount)> = self.rules.iter().collect();
        rules.sort_by_key(|(id, count)| (Reverse(count.disposition), Reverse(count.findings), **id));
        for (id, count) in rules {
            writeln!(
                f,
                "  {:>7} {id} {}, {} on {}",
                count.findings,
                count.name,
                count.disposition.words(),
                counted(count.claims, "claim"),
            )?;
        }
        Ok(())
    }

    fn write_reasons(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut reasons: Vec<(&String, &u64)> = self.not_evaluated.iter().collect();
        reasons.sort_by_key(|(reason, count)| (Reverse(**count), *reason));
        if !reasons.is_empty() {
            writeln!(f, "not checked on")?;
        }
        let otherwise = (
            "other reasons, which each claim's answer says",
            self.not_evaluated_otherwise,
        );
        let reasons = reasons.into_iter().map(|(reason, &count)| (reason.as_str(), count));
        for (reason, count) in reasons.chain([otherwise]).filter(|(_, count)| *count > 0) {
            let claims = if count == 1 { "claim" } else { "claims" };
            writeln!(f, "  {count:>7} {claims}: {}", shown(reason))?;
        }
        Ok(())
    }

    fn write_notes(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.notes.is_empty() {
            writeln!(f, "notes")?;
        }
        for (note, count) in self.notes_by_count() {
            writeln!(f, "  {count:>7} {note}")?;
        }
        Ok(())
    }

    /// The notes and how often they were met, the most frequent first.
    pub(super) fn notes_by_count(&self) -> Vec<(Cow<'_, str>, u64)> {
        let mut notes: Vec<_> = self.notes.iter().map(|(note, &count)| (shown(note), count)).collect();
        notes.sort_by_key(|(_, count)| Reverse(*count));
        if self.notes_otherwise > 0 {
            notes.push((
                Cow::Borrowed("other notes, which each claim's answer says"),
                self.notes_otherwise,
            ));
        }
        notes
    }

    /// Of a single claim nothing: its report says it all.
    fn write_worst(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.claims() < 2 || self.worst.is_empty() {
            return Ok(());
        }
        writeln!(f, "the worst claims")?;
        for worst in &self.worst {
            writeln!(
                f,
                "  {} ({}): {}, {}",
                shown(&worst.claim),
                shown(&worst.position),
                worst.disposition.words(),
                counted(worst.findings, "finding"),
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
#[cfg(feature = "starter")]
mod tests {
    use super::*;
    use crate::{Claim, Evaluator};

    fn explained(evaluator: &Evaluator, text: &str) -> Explanation {
        let claim = Claim::from_shorthand(text).unwrap();
        evaluator.check(&claim)
    }

    #[test]
    fn the_worst_claims_are_kept_and_no_more() {
        let evaluator = Evaluator::starter();
        let mild = explained(&evaluator, "#mild 2024-08-06 @11: 64632-26");
        let bad = explained(&evaluator, "#bad 2024-08-06 @11: 64632-26; 64632-26 x2");
        let mut summary = Summary::default();
        for at in 0..50 {
            let explanation = if at % 5 == 0 { &bad } else { &mild };
            summary.add(&at.to_string(), explanation);
        }
        summary.add_not_read();
        assert_eq!((summary.findings, summary.claims()), (50, 51));
        assert_eq!(summary.worst.len(), Summary::MOST_CLAIMS);
        let kept: Vec<&str> = summary.worst.iter().map(|worst| &*worst.position).collect();
        assert_eq!(
            kept[..12],
            ["0", "5", "10", "15", "20", "25", "30", "35", "40", "45", "1", "2"]
        );
        let m010 = summary.rules["M010"];
        assert_eq!((m010.findings, m010.claims), (60, 50));
    }

    #[test]
    fn what_was_left_out_is_said_beside_the_counts() {
        let mut summary = Summary {
            selection: Some("only N ran".to_owned()),
            is_partial: true,
            ..Summary::default()
        };
        for number in 0..=Summary::MOST_NOTES {
            summary.add_note(&format!("note {number}"));
        }
        summary.add_note("note 7");
        let text = summary.to_string();
        assert!(text.starts_with(
            "0 claims: 0 clean, 0 with findings, 0 incomplete; only N ran\ninterrupted: the input was not read to its end\n\
             notes\n        2 note 7\n"
        ), "{text}");
        assert!(
            text.ends_with("        1 other notes, which each claim's answer says\n"),
            "{text}"
        );
    }

    #[test]
    fn reasons_that_are_not_kept_are_counted() {
        let evaluator = Evaluator::starter();
        let mut incomplete = explained(&evaluator, "2019-01-01 @11: 64632");
        let mut summary = Summary::default();
        for number in 0..=Summary::MOST_REASONS {
            for gap in &mut incomplete.not_evaluated {
                gap.reason = format!("reason {number}");
            }
            summary.add("monday", &incomplete);
        }
        assert_eq!(summary.not_evaluated.len(), Summary::MOST_REASONS);
        assert_eq!(summary.not_evaluated_otherwise, 1);
        assert!(summary.to_string().contains("1 claim: other reasons"), "{summary}");
    }
}
