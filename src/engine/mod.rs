//! The evaluator: every rule whose form, scope and tables fit, over every line, pair and day of a claim.

#[cfg(feature = "rayon")]
mod batch;
mod binding;
mod builder;
mod coverage;
mod plan;
mod run;

use crate::claim::{Claim, FormKind};
use crate::evaluation::{Evaluation, Reason, RuleSetId};
use crate::facts::{Buffers, RuleSet};
use crate::model::PayerName;
use crate::modifiers::ModifierTable;
use crate::policy::{PolicySet, Views};
use crate::reference::{Reference, Stale};
use crate::rule::Rule;
use crate::rules;

pub(crate) use self::binding::grounds;
pub use self::builder::{EvaluatorBuilder, SetupError};
pub use self::coverage::{Coverage, CoverageTable};
use self::plan::{ClaimKind, Plan};
use self::run::Run;

/// Rules over a reference. It never changes, and any number of threads may share it.
///
/// # Example
/// ```
/// use cleanclaim::{Claim, Evaluator, Verdict};
///
/// let evaluator = Evaluator::starter();
/// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-50")?;
/// assert_eq!(evaluator.evaluate(&claim).verdict(), Verdict::Clean);
///
/// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-26")?;
/// let evaluation = evaluator.evaluate(&claim);
/// let why = evaluator.explain(&claim, &evaluation)?;
/// assert_eq!(why.findings[0].rule, "M010");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Evaluator {
    reference: Reference,
    stale: Stale,
    /// None is the seed.
    policies: Option<PolicySet>,
    /// None is the library's own.
    modifiers: Option<ModifierTable>,
    rules: Vec<&'static Rule>,
    rule_set: RuleSetId,
    plans: [Vec<Plan>; ClaimKind::ALL.len()],
}

impl Evaluator {
    /// The whole catalogue over a reference, stale tables refused.
    #[must_use]
    pub fn new(reference: Reference) -> Self {
        // The catalogue's ids are distinct and its rules fit: a test holds both, so `build` has nothing to refuse.
        Self::builder(reference).assemble()
    }

    /// The whole catalogue over the embedded starter reference.
    #[cfg(feature = "starter")]
    #[must_use]
    pub fn starter() -> Self {
        Self::new(Reference::starter().clone())
    }

    /// Chooses rules and options; begins with the whole catalogue, stale tables refused.
    #[must_use]
    pub fn builder(reference: Reference) -> EvaluatorBuilder {
        EvaluatorBuilder {
            reference,
            stale: Stale::Refuse,
            policies: None,
            modifiers: None,
            rules: rules::ALL.to_vec(),
        }
    }

    /// The rules, in the order that findings count them.
    #[must_use]
    pub fn rules(&self) -> &[&'static Rule] {
        &self.rules
    }

    /// The reference.
    #[must_use]
    pub fn reference(&self) -> &Reference {
        &self.reference
    }

    /// Whether stale tables are used.
    #[must_use]
    pub fn stale(&self) -> Stale {
        self.stale
    }

    /// The payers' policies.
    #[must_use]
    pub fn policies(&self) -> &PolicySet {
        self.policies.as_ref().unwrap_or_else(|| PolicySet::seed())
    }

    /// The table of modifiers.
    #[must_use]
    pub fn modifiers(&self) -> &ModifierTable {
        self.modifiers.as_ref().unwrap_or_else(|| ModifierTable::seed())
    }

    /// The policies in force for the lines of claims; the seed is not read before a claim needs it.
    pub(crate) fn views(&self) -> Views<'_> {
        Views::new(self.policies.as_ref())
    }

    /// Evaluates one claim. For many, a [`session`](Self::session) reuses its buffers.
    #[must_use]
    pub fn evaluate(&self, claim: &Claim) -> Evaluation {
        let mut session = self.session();
        session.evaluate(claim);
        session.evaluation
    }

    /// Buffers for evaluating many claims, one after another, without allocating for each.
    #[must_use]
    pub fn session(&self) -> Session<'_> {
        Session {
            evaluator: self,
            buffers: Buffers::new(&self.reference, self.modifiers(), self.stale),
            views: self.views(),
            evaluation: Evaluation::of(self.rule_set),
        }
    }

    /// Which rules these are.
    pub(crate) fn rule_set(&self) -> RuleSetId {
        self.rule_set
    }

    /// The plans for claims of this kind; at least one.
    pub(crate) fn plans(&self, claim: &Claim) -> &[Plan] {
        let [practitioner, asc, supplier, hospital_outpatient, other_institutional] = &self.plans;
        match ClaimKind::of(claim.form()) {
            ClaimKind::Practitioner => practitioner,
            ClaimKind::Asc => asc,
            ClaimKind::Supplier => supplier,
            ClaimKind::HospitalOutpatient => hospital_outpatient,
            ClaimKind::OtherInstitutional => other_institutional,
        }
    }
}

/// An evaluator's buffers: evaluates claim after claim without allocating once they have grown.
#[derive(Debug)]
pub struct Session<'e> {
    evaluator: &'e Evaluator,
    buffers: Buffers<'e>,
    views: Views<'e>,
    evaluation: Evaluation,
}

impl Session<'_> {
    /// Evaluates one claim. The answer is kept until the next.
    pub fn evaluate(&mut self, claim: &Claim) -> &Evaluation {
        self.evaluation.clear();
        if claim.frequency().is_void() {
            self.evaluation.refuse(Reason::Void);
            return &self.evaluation;
        }
        if !claim.unread_lines().is_empty() {
            self.evaluation.refuse(Reason::LineNotRead);
        }
        let medicare = claim.payer().name == PayerName::Medicare;
        if medicare && claim.frequency().is_replacement() && claim.form().kind() == FormKind::Professional {
            self.evaluation.refuse(Reason::Replacement);
        }
        if !medicare {
            self.views.resolve(claim);
        }
        let plans = self.evaluator.plans(claim);
        for plan in plans {
            let resolved = self.buffers.resolve(claim, plan.called());
            let run = Run::new(self.evaluator, plan, &resolved, (!medicare).then_some(&self.views));
            run.claim(&mut self.evaluation);
        }
        if plans.iter().all(|plan| plan.is_empty()) {
            self.evaluation.refuse(Reason::NoRules);
        }
        self.evaluation.put_in_order();
        &self.evaluation
    }

    /// The rules of a plan that each line of a claim triggers.
    pub(crate) fn called(&mut self, claim: &Claim, plan: &Plan) -> Vec<RuleSet> {
        let medicare = claim.payer().name == PayerName::Medicare;
        let resolved = self.buffers.resolve(claim, plan.called());
        let run = Run::new(self.evaluator, plan, &resolved, (!medicare).then_some(&self.views));
        let lines = resolved.facts().iter().enumerate();
        lines.map(|(position, facts)| run.called_by(position, facts)).collect()
    }

    /// The evaluator whose rules these are.
    pub(crate) fn evaluator(&self) -> &Evaluator {
        self.evaluator
    }

    /// The answer to the claim evaluated last.
    pub(crate) fn answer(&self) -> &Evaluation {
        &self.evaluation
    }
}
