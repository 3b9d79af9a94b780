use std::cmp::Reverse;
use std::fmt;

use crate::claim::Claim;
use crate::evaluation::Disposition;
use crate::evaluation::Verdict;
use crate::explain::{ExplainedFinding, Explanation};
use crate::model::Location;

use super::shown;
use super::words::{advice, beside, grouped, name, not_checked, numbers, subject};

/// The answer to one claim for a person: line by line what is wrong, the source, what to do, and what was not
/// checked.
///
/// # Example
/// ```
/// use cleanclaim::{Claim, Evaluator, report};
///
/// let evaluator = Evaluator::starter();
/// let claim = Claim::from_shorthand("#A1 2024-08-06 @11: 64632-50")?;
/// let explanation = evaluator.check(&claim);
/// assert_eq!(report::Text::new(&claim, &explanation).to_string(), "claim A1: clean\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Text<'a> {
    claim: &'a Claim,
    explanation: &'a Explanation,
    location: Option<Location>,
    notes: &'a [String],
    rules: &'a [&'a str],
    is_coloured: bool,
}

impl<'a> Text<'a> {
    /// The report of a claim and its explanation.
    #[must_use]
    pub fn new(claim: &'a Claim, explanation: &'a Explanation) -> Self {
        Self {
            claim,
            explanation,
            location: None,
            notes: &[],
            rules: &[],
            is_coloured: false,
        }
    }

    /// Adds where the claim was found.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator, report};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("#A1 2024-08-06 @11: 64632-50")?;
    /// let explanation = evaluator.check(&claim);
    /// let notes = ["payer not recognised".to_owned()];
    /// let text = report::Text::new(&claim, &explanation).at("monday.837").with_notes(&notes);
    /// assert_eq!(text.to_string(), "claim A1: clean\n  at monday.837\n  note: payer not recognised\n");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn at(self, location: impl Into<Location>) -> Self {
        Self {
            location: Some(location.into()),
            ..self
        }
    }

    /// Adds the notes of the claim's reader.
    #[must_use]
    pub fn with_notes(self, notes: &'a [String]) -> Self {
        Self { notes, ..self }
    }

    /// Gives the ids, in order, of all rules about claims of this form. If most of them were not evaluated, the text says
    /// "all but" the others.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator, report};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("other/Unknown 2024-08-06 @11: 64632")?;
    /// let explanation = evaluator.check(&claim);
    /// let rules = evaluator.rules().iter().filter(|rule| rule.form == claim.form().kind());
    /// let ids: Vec<&str> = rules.map(|rule| rule.id).collect();
    /// let text = report::Text::new(&claim, &explanation).among(&ids).to_string();
    /// assert!(text.contains(" rules but "), "{text}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn among(self, rules: &'a [&'a str]) -> Self {
        Self { rules, ..self }
    }

    /// The same for a terminal: verdicts and dispositions in colour, by ANSI's escape sequences.
    #[must_use]
    pub fn with_colour(self) -> Self {
        Self {
            is_coloured: true,
            ..self
        }
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = self.explanation.verdict;
        let name = name(self.claim.id());
        writeln!(f, "claim {name}: {}", self.coloured(of_verdict(verdict), verdict))?;
        if let Some(location) = &self.location {
            writeln!(f, "  at {}", shown(&location.to_string()))?;
        }
        for (line, findings) in self.by_line() {
            writeln!(f, "  {}", shown(&subject(self.claim, line)))?;
            findings
                .into_iter()
                .try_for_each(|finding| self.write_finding(f, finding))?;
        }
        let not_checked = not_checked(&self.explanation.not_evaluated, self.rules);
        if !not_checked.is_empty() {
            writeln!(f, "  not checked")?;
        }
        not_checked
            .iter()
            .try_for_each(|row| writeln!(f, "    {}", shown(row)))?;
        self.write_repairs(f)?;
        self.notes
            .iter()
            .try_for_each(|note| writeln!(f, "  note: {}", shown(note)))
    }
}

impl<'a> Text<'a> {
    fn write_repairs(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.explanation.repairs.is_empty() {
            writeln!(f, "  repairs, each by itself")?;
        }
        for repair in &self.explanation.repairs {
            writeln!(f, "    {}", shown(&repair.to_string()))?;
            for record in &repair.record {
                writeln!(f, "      the record must show for {}", shown(record))?;
            }
        }
        Ok(())
    }

    /// The findings by line, those of the whole claim (no line) among them: the worst lines and findings first.
    fn by_line(&self) -> Vec<(Option<u32>, Vec<&'a ExplainedFinding>)> {
        let mut findings: Vec<&ExplainedFinding> = self.explanation.findings.iter().collect();
        findings.sort_by_key(|finding| Reverse(finding.disposition));
        grouped(findings.into_iter().map(|finding| (finding.line, finding)))
    }

    fn coloured(&self, colour: &str, words: impl fmt::Display) -> String {
        if self.is_coloured {
            format!("{colour}{words}{PLAIN}")
        } else {
            words.to_string()
        }
    }
}

const PLAIN: &str = "\x1b[0m";
const RED: &str = "\x1b[31m";
const GREEN: &str = "\x1b[32m";
const YELLOW: &str = "\x1b[33m";
const CYAN: &str = "\x1b[36m";

const fn of_verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Clean => GREEN,
        Verdict::Incomplete => YELLOW,
        Verdict::Findings => RED,
    }
}

const fn of_disposition(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Advisory => CYAN,
        Disposition::Suspension => YELLOW,
        _ => RED,
    }
}

impl Text<'_> {
    fn write_finding(&self, f: &mut fmt::Formatter<'_>, finding: &ExplainedFinding) -> fmt::Result {
        write!(
            f,
            "    {} {} ({}",
            finding.rule,
            finding.name,
            self.coloured(of_disposition(finding.disposition), finding.disposition.words())
        )?;
        numbers(finding).try_for_each(|number| write!(f, ", {number}"))?;
        writeln!(f, "){}", beside(finding))?;
        writeln!(f, "      {}", shown(&finding.message))?;
        if let Some(amount) = finding.at_stake {
            writeln!(f, "      stake:  {amount}")?;
        }
        for evidence in &finding.evidence {
            writeln!(f, "      read:   {}", shown(&evidence.to_string()))?;
        }
        for source in finding.documents() {
            writeln!(f, "      source: {}", shown(&source.to_string()))?;
        }
        for remedy in &finding.remedies {
            writeln!(f, "      do:     {}", advice(remedy))?;
        }
        Ok(())
    }
}
