//! The two questions that embedders ask most, answered by the same rules as whole claims: a claim of one line is made
//! and evaluated.

use crate::claim::{Biller, Claim, ClaimError, ServiceLine};
use crate::engine::Evaluator;
use crate::explain::{ExplainedFinding, ExplainedGap, Explanation};
use crate::model::{Modifier, Payer, ProcedureCode, ServiceDate, SiteOfService};

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
    /// Whether a modifier may stand on a code at a site, for a payer, on a date: what the rules say of a line with the
    /// modifier that they do not say of the same line without it.
    ///
    /// # Errors
    /// None with values of these types; a claim that could not be made would be one.
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
    /// assert_eq!(ask(modifier!("50"))?.judgement, Judgement::Holds);
    /// assert_eq!(ask(modifier!("26"))?.findings[0].rule, "M010");
    /// # Ok::<(), cleanclaim::claim::ClaimError>(())
    /// ```
    pub fn modifier_usage(
        &self,
        code: ProcedureCode,
        modifier: Modifier,
        site: SiteOfService,
        payer: &Payer,
        date: ServiceDate,
    ) -> Result<Answer, ClaimError> {
        let line = ServiceLine::new(1, date, code).at_site(site);
        let biller = Biller::Practitioner;
        let without = self.ask(payer.clone(), biller, line.clone())?;
        let with = self.ask(payer.clone(), biller, line.with_modifiers([modifier]))?;
        let findings = with
            .findings
            .into_iter()
            .filter(|finding| !without.findings.iter().any(|before| is_same(before, finding)))
            .collect();
        // What was open without the modifier is not the modifier's doing, unless the rule is about modifiers.
        let open = with
            .not_evaluated
            .into_iter()
            .filter(|gap| is_of_family(gap, 'M') || !without.not_evaluated.contains(gap))
            .collect();
        Ok(Answer::new(findings, open))
    }

    /// Whether a code may be billed at a site by a biller on a date, under Medicare: what the rules of sites say of a
    /// plain line, and those that say whether the code is known and paid at all.
    ///
    /// # Errors
    /// None with values of these types; a claim that could not be made would be one.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::claim::Biller;
    /// use cleanclaim::model::SiteOfService;
    /// use cleanclaim::{Evaluator, Judgement, code, date};
    ///
    /// let evaluator = Evaluator::starter();
    /// let centre = SiteOfService::AmbulatorySurgicalCenter;
    /// let ask = |code| evaluator.site_eligibility(code, centre, Biller::Asc, date!(2024, 8, 6));
    /// assert_eq!(ask(code!("64632"))?.judgement, Judgement::Holds);
    /// assert_eq!(ask(code!("64999"))?.findings[0].rule, "S010");
    /// # Ok::<(), cleanclaim::claim::ClaimError>(())
    /// ```
    pub fn site_eligibility(
        &self,
        code: ProcedureCode,
        site: SiteOfService,
        biller: Biller,
        date: ServiceDate,
    ) -> Result<Answer, ClaimError> {
        let line = ServiceLine::new(1, date, code).at_site(site);
        let whole = self.ask(Payer::medicare(), biller, line)?;
        let bears = |rule: &str| rule.starts_with('S') || rule.starts_with('C');
        Ok(Answer::new(
            whole
                .findings
                .into_iter()
                .filter(|finding| bears(finding.rule))
                .collect(),
            whole
                .not_evaluated
                .into_iter()
                .filter(|gap| gap.rule.is_none_or(bears))
                .collect(),
        ))
    }

    fn ask(&self, payer: Payer, biller: Biller, line: ServiceLine) -> Result<Explanation, ClaimError> {
        let claim = Claim::professional("question")
            .payer(payer)
            .biller(biller)
            .line(line)
            .build()?;
        Ok(self.check(&claim))
    }
}

/// Whether a line is told the same. A rule may only advise without the modifier, and stop the line with it.
fn is_same(one: &ExplainedFinding, other: &ExplainedFinding) -> bool {
    (one.rule, one.disposition.stops()) == (other.rule, other.disposition.stops())
}

fn is_of_family(gap: &ExplainedGap, family: char) -> bool {
    gap.rule.is_some_and(|rule| rule.starts_with(family))
}
