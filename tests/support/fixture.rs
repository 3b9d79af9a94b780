//! A rule's fixture: `tests/rules/ID.md`. Under the title may stand prose, a `data` block and a `policies` block for all
//! scenarios; each `##` heading is a scenario with a `data` block of its own if it needs one, payers' policies of its own
//! in a `policies` block (without any, the seed's hold), a `claim` in the shorthand, and the expected `report`.

use std::fmt::Write as _;

use cleanclaim::policy::PolicySet;
use cleanclaim::{Claim, Evaluator, Rule};

use super::tables::Tables;

/// What a scenario shows, by the words that its heading begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Fires,
    Passes,
    OutOfScope,
    NotEvaluated,
}

impl Kind {
    fn of(heading: &str) -> Option<Self> {
        [
            ("fires", Self::Fires),
            ("passes", Self::Passes),
            ("out of scope", Self::OutOfScope),
            ("not evaluated", Self::NotEvaluated),
        ]
        .into_iter()
        .find_map(|(words, kind)| heading.starts_with(words).then_some(kind))
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Scenario {
    pub(crate) heading: String,
    pub(crate) kind: Kind,
    shared: String,
    data: String,
    policies: Option<String>,
    pub(crate) claim: String,
    pub(crate) report: String,
}

/// The scenarios of a fixture's text.
pub(crate) fn scenarios(text: &str) -> Result<Vec<Scenario>, String> {
    let mut parts = text.split("\n## ");
    let head = parts.next().unwrap_or_default();
    let shared = block(head, "data").unwrap_or_default();
    let policies = block(head, "policies");
    parts
        .map(|part| {
            let heading = part.lines().next().unwrap_or_default().trim().to_owned();
            let kind = Kind::of(&heading).ok_or_else(|| {
                format!("`{heading}`: a scenario begins with fires, passes, out of scope or not evaluated")
            })?;
            Ok(Scenario {
                kind,
                shared: shared.clone(),
                data: block(part, "data").unwrap_or_default(),
                policies: block(part, "policies").or_else(|| policies.clone()),
                claim: block(part, "claim").ok_or_else(|| format!("`{heading}` has no claim"))?,
                report: block(part, "report").unwrap_or_default(),
                heading,
            })
        })
        .collect()
}

fn block(text: &str, name: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("```{name}\n"))?;
    Some(rest.split("```").next()?.to_owned())
}

impl Scenario {
    /// The claim of the scenario.
    pub(crate) fn parse_claim(&self) -> Claim {
        Claim::from_shorthand(self.claim.trim()).unwrap_or_else(|error| panic!("`{}`: {error}", self.heading))
    }

    /// What the rule says, and whether it is what the heading promises.
    pub(crate) fn run(&self, rule: &'static Rule) -> Result<String, String> {
        let mut tables = Tables::new();
        tables.read(&self.shared);
        tables.read(&self.data);
        let policies = match &self.policies {
            None => PolicySet::seed().clone(),
            Some(text) => PolicySet::empty()
                .with_files([("fixture", text.as_str())])
                .map_err(|error| error.to_string())?,
        };
        let evaluator = Evaluator::builder(tables.build())
            .policies(policies)
            .only([rule.id])
            .and_then(|builder| builder.build())
            .map_err(|error| error.to_string())?;
        let claim = self.parse_claim();
        let evaluation = evaluator.evaluate(&claim);
        let explained = evaluator.explain(&claim, &evaluation).unwrap();
        let (fired, gaps) = (!explained.findings.is_empty(), !explained.not_evaluated.is_empty());
        let holds = match self.kind {
            Kind::Fires => fired,
            Kind::Passes => !fired && !gaps,
            Kind::OutOfScope => !fired,
            Kind::NotEvaluated => !fired && gaps,
        };
        let mut report = format!("{}\n", explained.verdict);
        for finding in &explained.findings {
            let beside = finding
                .other_line
                .map_or(String::new(), |line| format!(" (beside line {line})"));
            let line = finding.line.map_or("claim".to_owned(), |line| format!("line {line}"));
            let _ = writeln!(report, "{line}{beside}: {}: {}", finding.disposition, finding.message);
        }
        for gap in &explained.not_evaluated {
            let line = gap.line.map_or("claim".to_owned(), |line| format!("line {line}"));
            let _ = writeln!(report, "{line}: not evaluated: {}", gap.reason);
        }
        if holds {
            Ok(report)
        } else {
            Err(format!(
                "`{}` does not do what its heading says:\n{report}",
                self.heading
            ))
        }
    }
}

/// The fixture's text with every report as the rules have it now.
pub(crate) fn rewrite(text: &str, reports: &[String]) -> String {
    let mut parts = text.split("\n## ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (part, report) in parts.zip(reports) {
        out.push_str("\n## ");
        match part.split_once("```report\n") {
            None => {
                let _ = write!(out, "{}\n\n```report\n{report}```\n", part.trim_end());
            }
            Some((before, after)) => {
                let rest = after.split_once("```").map_or("", |(_, rest)| rest);
                let _ = write!(out, "{before}```report\n{report}```{rest}");
            }
        }
    }
    out
}
