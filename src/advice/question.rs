//! The two questions that embedders ask most, answered by the same rules as whole claims: a claim of one line is made
//! and evaluated.

use std::collections::BTreeSet;

use crate::claim::{Biller, Claim, ClaimForm, ServiceLine};
use crate::engine::Evaluator;
use crate::explain::{ExplainedFinding, ExplainedGap, Explanation};
use crate::model::{Modifier, Payer, ProcedureCode, ServiceDate, SiteOfService};
use crate::rule::Payers;

/// The answer in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, strum::Display)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
#[non_exhaustive]
pub enum Judgement {
    /// Nothing speaks against it, and everything applicable was evaluated.
    Holds,
    /// Nothing stops it, but something should be known or documented.
    WithAdvice,
    /// Something speaks against it.
    DoesNotHold,
    /// Nothing found speaks against it, but something was not evaluated.
    NotKnown,
}

/// Whether something holds, and why.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Answer {
    /// The answer in one word.
    pub judgement: Judgement,
    /// What the rules found that bears on the question.
    pub findings: Vec<ExplainedFinding>,
    /// The rules bearing on the question that were not evaluated.
    pub not_evaluated: Vec<ExplainedGap>,
}

impl Answer {
    pub(crate) fn new(findings: Vec<ExplainedFinding>, not_evaluated: Vec<ExplainedGap>) -> Self {
        let judgement = if findings.iter().any(|finding| finding.disposition.stops()) {
            Judgement::DoesNotHold
        } else if !not_evaluated.is_empty() {
            Judgement::NotKnown
        } else if findings.is_empty() {
            Judgement::Holds
        } else {
            Judgement::WithAdvice
        };
        Self {
            judgement,
            findings,
            not_evaluated,
        }
    }
}

impl Evaluator {
    /// Whether a modifier may be used on a code at a site, for a payer, on a date: the findings on a line with the modifier
    /// that the same line without it does not have.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::model::{Payer, PayerName, SiteOfService};
    /// use cleanclaim::{Evaluator, Judgement, code, date, modifier};
    ///
    /// let evaluator = Evaluator::starter();
    /// let medicare = Payer::medicare();
    /// let ask = |modifier| {
    ///     evaluator.modifier_usage(code!("64632"), modifier, SiteOfService::Office, &medicare, date!(2024, 8, 6))
    /// };
    /// assert_eq!(ask(modifier!("50")).judgement, Judgement::Holds);
    /// assert_eq!(ask(modifier!("26")).findings[0].rule, "M010");
    /// ```
    #[must_use]
    pub fn modifier_usage(
        &self,
        code: ProcedureCode,
        modifier: Modifier,
        site: SiteOfService,
        payer: &Payer,
        date: ServiceDate,
    ) -> Answer {
        let line = ServiceLine::new(1, date, code).at_site(site);
        let biller = Biller::Practitioner;
        let without = self.ask(payer.clone(), biller, line.clone());
        let with = self.ask(payer.clone(), biller, line.with_modifiers([modifier]));
        let findings = with
            .findings
            .into_iter()
            .filter(|finding| !without.findings.iter().any(|before| is_same(before, finding)))
            .collect();
        // What was open without the modifier is not the modifier's doing, unless the rule is about modifiers.
        let open = with
            .not_evaluated
            .into_iter()
            .filter(|gap| self.asks_about(modifier, gap) || !without.not_evaluated.contains(gap))
            .collect();
        Answer::new(findings, open)
    }

    /// Whether a code may be billed at a site, by a biller, to a payer, on a date: the findings of the
    /// [rules about sites](crate::rule::Rule::is_about_site) on a plain line, own rules included.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::claim::Biller;
    /// use cleanclaim::model::{Payer, SiteOfService};
    /// use cleanclaim::{Evaluator, Judgement, code, date};
    ///
    /// let evaluator = Evaluator::starter();
    /// let (centre, medicare) = (SiteOfService::AmbulatorySurgicalCenter, Payer::medicare());
    /// let ask = |code| evaluator.site_eligibility(code, centre, Biller::Asc, &medicare, date!(2024, 8, 6));
    /// assert_eq!(ask(code!("64632")).judgement, Judgement::Holds);
    /// assert_eq!(ask(code!("64999")).findings[0].rule, "S010");
    /// ```
    #[must_use]
    pub fn site_eligibility(
        &self,
        code: ProcedureCode,
        site: SiteOfService,
        biller: Biller,
        payer: &Payer,
        date: ServiceDate,
    ) -> Answer {
        let line = ServiceLine::new(1, date, code).at_site(site);
        self.ask(payer.clone(), biller, line).about_sites(self)
    }

    /// Whether a rule that was not evaluated judges this modifier by edits of CMS or by the code sets.
    fn asks_about(&self, modifier: Modifier, gap: &ExplainedGap) -> bool {
        let mut rules = self.rules().iter();
        let rule = rules.find(|rule| Some(rule.id) == gap.rule);
        rule.is_some_and(|rule| rule.is_called_by(modifier) && !matches!(rule.payers, Payers::Policy(_)))
    }

    fn ask(&self, payer: Payer, biller: Biller, line: ServiceLine) -> Explanation {
        self.check(&Claim::of_line(ClaimForm::Professional { biller }, payer, line))
    }
}

impl Explanation {
    /// The part of the rules about sites.
    pub(crate) fn about_sites(self, evaluator: &Evaluator) -> Answer {
        let rules = evaluator.rules().iter().filter(|rule| rule.is_about_site());
        let about_sites: BTreeSet<&str> = rules.map(|rule| rule.id).collect();
        let findings = self.findings.into_iter();
        let gaps = self.not_evaluated.into_iter();
        Answer::new(
            findings.filter(|finding| about_sites.contains(finding.rule)).collect(),
            gaps.filter(|gap| gap.rule.is_none_or(|rule| about_sites.contains(rule)))
                .collect(),
        )
    }
}

/// Whether two findings say the same. A rule may only advise without the modifier and stop the line with it, or stop it for
/// another reason.
fn is_same(one: &ExplainedFinding, other: &ExplainedFinding) -> bool {
    (one.rule, one.disposition.stops(), &one.message) == (other.rule, other.disposition.stops(), &other.message)
}
