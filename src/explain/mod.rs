//! Words for an evaluation, made when asked for: messages, citations, evidence, remedies.

mod evidence;

use std::fmt;

use crate::claim::Claim;
use crate::engine::grounds;
use crate::engine::{Evaluator, Session};
use crate::evaluation::{Applicability, Disposition, Finding, write_source};
use crate::evaluation::{Evaluation, NotEvaluated, Reason, Verdict};
use crate::facts::{Buffers, Called, Dispatch, Line, LineInClaim, Resolved};
use crate::model::{Modifier, Money, PayerName};
use crate::policy::{Asked, Policy, Views};
use crate::price::ClaimPrice;
pub(crate) use crate::reference::MissingRelease;
use crate::repair::Repair;
use crate::rule::{Raised, Rule};

pub use self::evidence::Evidence;

/// An evaluation in words.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// The claim's id.
    pub claim: Box<str>,
    /// The answer in one word.
    pub verdict: Verdict,
    /// The findings, by line and rule.
    pub findings: Vec<ExplainedFinding>,
    /// What was not evaluated, by line and rule.
    pub not_evaluated: Vec<ExplainedGap>,
    /// Changes that would remove findings; only after [`with_repairs`](Explanation::with_repairs).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub repairs: Vec<Repair>,
}

/// A finding in words.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct ExplainedFinding {
    /// The rule's id.
    pub rule: &'static str,
    /// The rule's name.
    pub name: &'static str,
    /// The line's number; `None` for a finding on the whole claim.
    pub line: Option<u32>,
    /// The other line's number, where the rule is about two.
    pub other_line: Option<u32>,
    /// What happens to the line or claim if it is sent unchanged.
    pub disposition: Disposition,
    /// The I/OCE edit number.
    pub edit: Option<u16>,
    /// The claim adjustment reason code that a payer would give.
    pub carc: Option<&'static str>,
    /// What is wrong, in plain words.
    pub message: String,
    /// The rule's sources, then the releases that were read.
    pub citation: Vec<CitedSource>,
    /// What to do, all remedies in one text.
    pub remedy: Option<String>,
    /// What to do, one by one, with the grounds each needs.
    pub remedies: Vec<RemedyText>,
    /// The rows that the rule read.
    pub evidence: Vec<Evidence>,
    /// What is at stake on the line: its price, of a finding that stops it; only after
    /// [`with_amounts`](Explanation::with_amounts).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_stake: Option<Money>,
}

/// A source of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[non_exhaustive]
pub struct CitedSource {
    /// The document.
    pub source: String,
    /// The section of the document.
    pub section: String,
    /// The release, for a table.
    pub release: Option<String>,
    /// Whether its text was read for this rule.
    pub verified: bool,
}

impl fmt::Display for CitedSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_source(f, &self.source, &self.section, self.verified)
    }
}

impl ExplainedFinding {
    /// The documents among its sources: those that are no rows of tables, which [`evidence`](Self::evidence) holds.
    pub fn documents(&self) -> impl Iterator<Item = &CitedSource> {
        self.citation.iter().filter(|source| source.release.is_none())
    }
}

/// A remedy of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[non_exhaustive]
pub struct RemedyText {
    /// The advice.
    pub text: &'static str,
    /// On what grounds.
    pub applicability: Applicability,
}

/// What was not evaluated, in words.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[non_exhaustive]
pub struct ExplainedGap {
    /// The rule's id; `None` if no rule was evaluated at all.
    pub rule: Option<&'static str>,
    /// The line's number; `None` for the whole claim.
    pub line: Option<u32>,
    /// Why.
    pub reason: String,
    /// The published file with which it can be evaluated, if a table does not answer for the line's date or code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<MissingRelease>,
}

impl Explanation {
    /// Adds the amount at stake to each finding that stops a line: the line's price, if it is known.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::price::{Terms, price};
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632; 64455")?;
    /// let prices = price(&claim, evaluator.reference(), &Terms::national());
    /// let explanation = evaluator.check(&claim).with_amounts(&prices);
    /// assert_eq!(explanation.findings[0].rule, "N002");
    /// assert_eq!(explanation.findings[0].at_stake, prices.lines[1].amount());
    /// assert!(explanation.findings[0].at_stake.is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_amounts(mut self, prices: &ClaimPrice) -> Self {
        for finding in self.findings.iter_mut().filter(|finding| finding.disposition.stops()) {
            let line = finding.line.and_then(|line| prices.line(line));
            finding.at_stake = line.and_then(|line| line.amount());
        }
        self
    }

    /// Adds the changes that would remove findings.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator, report};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-26")?;
    /// let explanation = evaluator.check(&claim).with_repairs(evaluator.repairs(&claim));
    /// let text = report::Text::new(&claim, &explanation).to_string();
    /// assert!(text.contains("line 1: remove modifier 26 (needs-documentation): resolves M010 on line 1"), "{text}");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_repairs(mut self, repairs: Vec<Repair>) -> Self {
        self.repairs = repairs;
        self
    }
}

/// An evaluation was to be explained by other rules than those that made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the evaluation was made by other rules than this evaluator's: explain it with the evaluator that made it")]
#[non_exhaustive]
pub struct OtherRules;

impl Evaluator {
    /// Checks a claim and says in words what was found: [`evaluate`](Self::evaluate), then [`explain`](Self::explain).
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-26")?;
    /// let answer = Evaluator::starter().check(&claim);
    /// assert_eq!(answer.findings[0].rule, "M010");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn check(&self, claim: &Claim) -> Explanation {
        self.put_in_words(claim, &self.evaluate(claim))
    }

    /// Puts an evaluation of `claim` in words. A caller who does not need the evaluation as values calls
    /// [`check`](Self::check).
    ///
    /// # Errors
    /// An evaluation by other rules than this evaluator's: its findings number their rules by their place in the
    /// evaluator that made them, and would be taken for others.
    pub fn explain(&self, claim: &Claim, evaluation: &Evaluation) -> Result<Explanation, OtherRules> {
        if evaluation.rule_set != self.rule_set() {
            return Err(OtherRules);
        }
        Ok(self.put_in_words(claim, evaluation))
    }

    pub(crate) fn put_in_words(&self, claim: &Claim, evaluation: &Evaluation) -> Explanation {
        let mut buffers = Buffers::new(self.reference(), self.modifiers(), self.stale());
        let calls_nothing = Dispatch::none();
        let resolved = buffers.resolve(claim, Called::for_words(&calls_nothing));
        let mut views = self.views();
        if claim.payer().name != PayerName::Medicare {
            views.resolve(claim);
        }
        Explanation {
            claim: claim.id().into(),
            verdict: evaluation.verdict(),
            findings: evaluation
                .findings()
                .iter()
                .filter_map(|finding| explain_finding(self, &resolved, &views, *finding))
                .collect(),
            not_evaluated: evaluation
                .not_evaluated()
                .iter()
                .map(|gap| explain_gap(self, claim, *gap))
                .collect(),
            repairs: Vec::new(),
        }
    }
}

impl Session<'_> {
    /// Checks a claim and says in words what was found, with the session's buffers.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator, Verdict};
    ///
    /// let evaluator = Evaluator::starter();
    /// let mut session = evaluator.session();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-26")?;
    /// assert_eq!(session.check(&claim).verdict, Verdict::Findings);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn check(&mut self, claim: &Claim) -> Explanation {
        self.evaluate(claim);
        self.evaluator().put_in_words(claim, self.answer())
    }
}

fn explain_finding(
    evaluator: &Evaluator,
    resolved: &Resolved<'_>,
    views: &Views<'_>,
    finding: Finding,
) -> Option<ExplainedFinding> {
    let rule = evaluator.rules().get(finding.rule())?;
    let line = finding
        .line()
        .and_then(|line| resolved.line(line))
        .map(LineInClaim::new);
    let raised = Raised {
        finding,
        line,
        other: finding.other_line().and_then(|line| resolved.line(line)),
        policy: line.and_then(|line| policy_behind(rule, &line, views, finding)),
        payer: resolved.claim().payer(),
    };
    let evidence = rows_read(rule, &raised);
    let remedies: Vec<RemedyText> = rule
        .remedies
        .iter()
        .filter(|remedy| (rule.fits)(&raised, remedy))
        .map(|remedy| RemedyText {
            text: remedy.text,
            applicability: remedy.applicability,
        })
        .collect();
    Some(ExplainedFinding {
        rule: rule.id,
        name: rule.name,
        line: raised.line().map(|line| line.given().number),
        other_line: raised.other().map(|line| line.given().number),
        disposition: finding.disposition(),
        edit: rule.edit,
        carc: rule.carc,
        message: match raised.policy().and_then(Policy::caveat) {
            Some(caveat) => format!("{} (by a policy {caveat})", (rule.message)(&raised)),
            None => (rule.message)(&raised),
        },
        citation: citations(rule, raised.policy(), &evidence),
        remedy: (!remedies.is_empty()).then(|| {
            let texts: Vec<_> = remedies.iter().map(|remedy| remedy.text).collect();
            texts.join(" ")
        }),
        remedies,
        evidence,
        at_stake: None,
    })
}

/// The payer's policy that a finding follows from.
fn policy_behind<'a>(rule: &Rule, line: &Line<'_>, views: &Views<'a>, finding: Finding) -> Option<&'a Policy> {
    let topic = rule.payers.topic()?;
    let asked = match topic.modifiers() {
        Some(_) => Asked::of_modifier(line.code(), Modifier::from_index(finding.detail() as usize)?),
        None => line.code().map(Asked::of_code).unwrap_or_default(),
    };
    let setting = views.of(line.position())?.on(topic, asked);
    let mut grounds = grounds(setting);
    grounds.find_map(|(ground, policy)| (ground == finding.ground()).then_some(policy))
}

fn citations(rule: &Rule, policy: Option<&Policy>, evidence: &[Evidence]) -> Vec<CitedSource> {
    let written = rule.sources.iter().map(|source| CitedSource {
        source: source.source.to_owned(),
        section: source.section.to_owned(),
        release: None,
        verified: source.verified,
    });
    let read = evidence.iter().map(|evidence| CitedSource {
        source: evidence.table.to_owned(),
        section: evidence.row.clone(),
        release: Some(evidence.release.clone()),
        verified: true,
    });
    let said = policy.map(|policy| CitedSource {
        source: policy.plan.as_deref().unwrap_or(policy.payer.title()).to_owned(),
        section: policy.source.to_string(),
        release: None,
        verified: policy.decides(),
    });
    said.into_iter().chain(written).chain(read).collect()
}

fn rows_read(rule: &Rule, raised: &Raised<'_>) -> Vec<Evidence> {
    let Some(line) = raised.line() else {
        return Vec::new();
    };
    rule.needs
        .iter()
        .filter_map(|&table| evidence::of(line, table, raised.other()))
        .collect()
}

fn explain_gap(evaluator: &Evaluator, claim: &Claim, gap: NotEvaluated) -> ExplainedGap {
    let rule = gap.rule().and_then(|rule| evaluator.rules().get(rule));
    let line = gap.line().and_then(|line| claim.lines().get(line));
    ExplainedGap {
        rule: rule.map(|rule| rule.id),
        line: line.map(|line| line.number),
        reason: gap.reason().text(evaluator.reference()),
        missing: match (gap.reason(), line) {
            (Reason::Table(gap) | Reason::OtherLine(gap), Some(line)) => {
                evaluator.reference().to_fill(gap, line.date())
            }
            _ => None,
        },
    }
}
