use std::collections::BTreeMap;
use std::fmt;

use crate::claim::{Claim, ServiceLine};
use crate::explain::{ExplainedFinding, Explanation};
use crate::finding::Applicability;

/// The answer to one claim as a person reads it: line by line what is wrong, the source, what to do, and what was not
/// checked.
///
/// # Example
/// ```
/// use cleanclaim::{Claim, Evaluator, report};
///
/// let evaluator = Evaluator::starter();
/// let claim = Claim::from_shorthand("#A1 2024-08-06 @11: 64632-50")?;
/// let explanation = evaluator.explain(&claim, &evaluator.evaluate(&claim));
/// assert_eq!(report::Text::new(&claim, &explanation).to_string(), "claim A1: clean\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    claim: &'a Claim,
    explanation: &'a Explanation,
}

impl<'a> Text<'a> {
    /// The report of a claim and its explanation.
    #[must_use]
    pub fn new(claim: &'a Claim, explanation: &'a Explanation) -> Self {
        Self { claim, explanation }
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = if self.claim.id().is_empty() {
            "(no id)"
        } else {
            self.claim.id()
        };
        writeln!(f, "claim {name}: {}", self.explanation.verdict)?;
        for line in self.claim.lines() {
            let mut raised = self
                .explanation
                .findings
                .iter()
                .filter(|finding| finding.line == Some(line.number))
                .peekable();
            if raised.peek().is_some() {
                writeln!(f, "  {}", heading(line))?;
            }
            raised.try_for_each(|finding| write_finding(f, finding))?;
        }
        for finding in self
            .explanation
            .findings
            .iter()
            .filter(|finding| finding.line.is_none())
        {
            writeln!(f, "  the whole claim")?;
            write_finding(f, finding)?;
        }
        self.write_not_checked(f)
    }
}

impl Text<'_> {
    fn write_not_checked(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // One row a reason: the rules and lines it kept from being evaluated.
        let mut reasons: BTreeMap<&str, (Vec<&str>, Vec<u32>)> = BTreeMap::new();
        for gap in &self.explanation.not_evaluated {
            let (rules, lines) = reasons.entry(&gap.reason).or_default();
            rules.extend(gap.rule.filter(|rule| !rules.contains(rule)));
            lines.extend(gap.line.filter(|line| !lines.contains(line)));
        }
        if !reasons.is_empty() {
            writeln!(f, "  not checked")?;
        }
        for (reason, (mut rules, mut lines)) in reasons {
            rules.sort_unstable();
            lines.sort_unstable();
            write!(
                f,
                "    {}",
                if rules.is_empty() {
                    "anything".to_owned()
                } else {
                    rules.join(" ")
                }
            )?;
            match lines.as_slice() {
                [] => {}
                [line] => write!(f, " on line {line}")?,
                lines => write!(f, " on lines {}", list(lines))?,
            }
            writeln!(f, ": {reason}")?;
        }
        Ok(())
    }
}

fn list(lines: &[u32]) -> String {
    let lines: Vec<_> = lines.iter().map(u32::to_string).collect();
    lines.join(" ")
}

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

fn write_finding(f: &mut fmt::Formatter<'_>, finding: &ExplainedFinding) -> fmt::Result {
    write!(
        f,
        "    {} {} ({}",
        finding.rule,
        finding.name,
        finding.disposition.words()
    )?;
    if let Some(edit) = finding.edit {
        write!(f, ", I/OCE edit {edit}")?;
    }
    if let Some(carc) = finding.carc {
        write!(f, ", CARC {carc}")?;
    }
    match finding.other_line {
        None => writeln!(f, ")")?,
        Some(other) => writeln!(f, "), beside line {other}")?,
    }
    writeln!(f, "      {}", finding.message)?;
    if let Some(amount) = finding.at_stake {
        writeln!(f, "      stake:  {amount}")?;
    }
    for evidence in &finding.evidence {
        let stale = if evidence.stale { ", STALE" } else { "" };
        writeln!(
            f,
            "      read:   {} {} ({}{stale}): {}",
            evidence.table, evidence.release, evidence.in_force, evidence.row
        )?;
    }
    for source in finding.citation.iter().filter(|source| source.release.is_none()) {
        let unverified = if source.verified { "" } else { " (UNVERIFIED)" };
        writeln!(f, "      source: {}, {}{unverified}", source.source, source.section)?;
    }
    for remedy in &finding.remedies {
        let grounds = match remedy.applicability {
            Applicability::NeedsDocumentation => " (needs documentation)",
            Applicability::Safe | Applicability::DisplayOnly => "",
        };
        writeln!(f, "      do:     {}{grounds}", remedy.text)?;
    }
    Ok(())
}
