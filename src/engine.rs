//! The evaluator: every rule whose form, scope and tables fit, over every line, pair and day of a claim.

use crate::binding::{Binding, grounds};
use crate::claim::{Claim, FormKind};
use crate::evaluation::{Evaluation, NotEvaluated, Reason};
use crate::model::PayerName;
use crate::plan::{ClaimKind, MOST_RULES, PairCheck, Plan, Step};
use crate::policy::{PolicySet, Views};
use crate::reference::{Gap, Reference, Stale, Table};
use crate::resolve::{Buffers, Day, Line, Order, Pair, Resolved, Set, Unseen, latest_order, table_bit};
use crate::rule::{By, Found, Payers, Rule};
use crate::rules;

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
/// let why = evaluator.explain(&claim, &evaluation);
/// assert_eq!(why.findings[0].rule, "M010");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Evaluator {
    reference: Reference,
    stale: Stale,
    /// None is the seed.
    policies: Option<PolicySet>,
    rules: Vec<&'static Rule>,
    plans: [Plan; ClaimKind::ALL.len()],
}

/// Why rules do not make an evaluator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// Two rules with one id.
    #[error("two rules have the id `{0}`: give your own rule an id that the catalogue does not use")]
    SameId(&'static str),
    /// A selection that names no rule.
    #[error("`{0}` is no rule, family or name of the catalogue: see `cleanclaim rule` for those there are")]
    UnknownRule(String),
    /// More rules than an evaluator can hold.
    #[error("{0} rules look at lines or at the lines of a code: a kind of claim can have at most {MOST_RULES}")]
    TooManyRules(usize),
}

/// Chooses the rules and options of an [`Evaluator`].
#[derive(Clone, Debug)]
pub struct EvaluatorBuilder {
    reference: Reference,
    stale: Stale,
    policies: Option<PolicySet>,
    rules: Vec<&'static Rule>,
}

impl EvaluatorBuilder {
    /// The payers' policies, instead of the [seed](PolicySet::seed).
    #[must_use]
    pub fn policies(mut self, policies: PolicySet) -> Self {
        self.policies = Some(policies);
        self
    }

    /// Whether tables may be used past the period they were published for.
    #[must_use]
    pub fn stale(mut self, stale: Stale) -> Self {
        self.stale = stale;
        self
    }

    /// Adds a rule of your own.
    #[must_use]
    pub fn rule(mut self, rule: &'static Rule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Keeps only the rules that `names` choose: ids, names, or families by their letter.
    ///
    /// # Errors
    /// A name that chooses no rule.
    pub fn only<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Result<Self, SetupError> {
        let names = self.known(names)?;
        self.rules.retain(|rule| names.iter().any(|name| chooses(name, rule)));
        Ok(self)
    }

    /// Leaves out the rules that `names` choose: ids, names, or families by their letter.
    ///
    /// # Errors
    /// A name that chooses no rule.
    pub fn skip<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Result<Self, SetupError> {
        let names = self.known(names)?;
        self.rules.retain(|rule| !names.iter().any(|name| chooses(name, rule)));
        Ok(self)
    }

    fn known<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Result<Vec<&'a str>, SetupError> {
        let names: Vec<&str> = names.into_iter().collect();
        let known = |name: &&&str| rules::ALL.iter().chain(&self.rules).any(|rule| chooses(name, rule));
        match names.iter().find(|name| !known(name)) {
            Some(name) => Err(SetupError::UnknownRule((*name).to_owned())),
            None => Ok(names),
        }
    }

    /// The evaluator.
    ///
    /// # Errors
    /// Two rules with one id, or more rules than fit.
    pub fn build(self) -> Result<Evaluator, SetupError> {
        let mut ids: Vec<_> = self.rules.iter().map(|rule| rule.id).collect();
        ids.sort_unstable();
        if let Some(&[id, _]) = ids.array_windows().find(|[one, two]| one == two) {
            return Err(SetupError::SameId(id));
        }
        let counts = ClaimKind::ALL.map(|kind| kind.rules_of_lines(&self.rules));
        if let Some(count) = counts.into_iter().find(|&count| count > MOST_RULES) {
            return Err(SetupError::TooManyRules(count));
        }
        Ok(self.assemble())
    }

    fn assemble(self) -> Evaluator {
        Evaluator {
            plans: ClaimKind::ALL.map(|kind| Plan::new(kind, &self.rules)),
            reference: self.reference,
            stale: self.stale,
            policies: self.policies,
            rules: self.rules,
        }
    }
}

fn chooses(name: &str, rule: &Rule) -> bool {
    name.eq_ignore_ascii_case(rule.id) || name == rule.name || name.eq_ignore_ascii_case(rule.family())
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

    /// The policies that hold for the lines of claims; the seed is not read before a claim needs it.
    pub(crate) fn views(&self) -> Views<'_> {
        Views::new(self.policies.as_ref())
    }

    /// Evaluates one claim. For many, a [`session`](Self::session) reuses its buffers.
    #[must_use]
    pub fn evaluate(&self, claim: &Claim) -> Evaluation {
        let mut session = Session {
            evaluator: self,
            buffers: Buffers::new(&self.reference, self.stale),
            views: self.views(),
            called: Vec::new(),
            evaluation: Evaluation::default(),
        };
        session.evaluate(claim);
        session.evaluation
    }

    /// Buffers for evaluating many claims, one after another, without allocating for each.
    #[must_use]
    pub fn session(&self) -> Session<'_> {
        Session {
            evaluator: self,
            buffers: Buffers::new(&self.reference, self.stale),
            views: self.views(),
            called: Vec::new(),
            evaluation: Evaluation::default(),
        }
    }

    /// The rules for claims of this kind.
    pub(crate) fn plan(&self, claim: &Claim) -> &Plan {
        let [practitioner, asc, hospital_outpatient, other_institutional] = &self.plans;
        match ClaimKind::of(claim.form()) {
            ClaimKind::Practitioner => practitioner,
            ClaimKind::Asc => asc,
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
    /// The rules that each line of the claim calls for.
    called: Vec<Set>,
    evaluation: Evaluation,
}

impl Session<'_> {
    /// Evaluates one claim. The answer stands until the next.
    pub fn evaluate(&mut self, claim: &Claim) -> &Evaluation {
        let evaluator = self.evaluator;
        self.evaluation.clear();
        let plan = evaluator.plan(claim);
        let medicare = claim.payer().name == PayerName::Medicare;
        if !medicare {
            self.views.resolve(claim);
        }
        let resolved = self.buffers.resolve(claim, plan.called());
        let run = Run {
            evaluator,
            plan,
            binding: (!medicare).then(|| Binding::new(&self.views)),
            binding_rules: plan.binding(medicare),
            is_institutional: claim.form().kind() == FormKind::Institutional,
            out_of_reach: out_of_reach(claim, &resolved),
            resolved: &resolved,
        };
        self.called.clear();
        run.claim(&mut self.called, &mut self.evaluation);
        &self.evaluation
    }

    /// The answer to the claim evaluated last.
    pub(crate) fn answer(&self) -> &Evaluation {
        &self.evaluation
    }

    /// Whether a rule concerns a line of the claim evaluated last.
    pub(crate) fn applies(&self, claim: &Claim, rule: usize, line: usize) -> bool {
        let called = self.called.get(line).copied().unwrap_or_default();
        self.evaluator.plan(claim).applies(rule, called)
    }
}

/// One claim on its way through the rules.
struct Run<'a> {
    evaluator: &'a Evaluator,
    plan: &'a Plan,
    /// What binds a payer other than Medicare.
    binding: Option<Binding<'a>>,
    /// The rules that bind the payer, or may.
    binding_rules: Set,
    is_institutional: bool,
    resolved: &'a Resolved<'a>,
    /// Why the outpatient editor's codes answer for no line of a claim that they would be needed for.
    out_of_reach: Option<Gap>,
}

impl<'a> Run<'a> {
    fn claim(&self, called: &mut Vec<Set>, out: &mut Evaluation) {
        if self.plan.is_empty() {
            out.not_evaluated.push(NotEvaluated::whole_claim(Reason::NoRules));
            return;
        }
        for line in self.resolved.lines() {
            called.push(self.line(&line, out));
        }
        for day in self.resolved.days() {
            self.pairs(&day, out);
            self.code_days(&day, called, out);
        }
        self.whole_claim(out);
        self.out_of_reach(out);
        self.not_settled(out);
        if let Some(binding) = &self.binding {
            self.no_policy(binding, out);
        }
        if out.findings.len() > 1 {
            out.findings.sort_unstable();
        }
        if out.not_evaluated.len() > 1 {
            out.not_evaluated.sort_unstable();
        }
    }

    /// The rules of one line; what it calls for stands for the rules of its code's day.
    #[inline]
    fn line(&self, line: &Line<'a>, out: &mut Evaluation) -> Set {
        let mut called = line.facts().called & self.binding_rules;
        if self.is_institutional {
            called &= self.plan.in_order(line);
        }
        for step in self.plan.of_lines(called) {
            if self.is_undecided(step, line, out) {
                if !is_in_the_way(step, line) {
                    self.call(step, line, out, |found| (step.check)(line, found));
                }
            } else if !self.stands_in_the_way(step, line, out) && !self.is_unseen(step, Some(line), out) {
                self.call(step, line, out, |found| (step.check)(line, found));
            }
        }
        let facts = line.facts();
        if facts.gaps != 0 || facts.spans_days || self.binding.is_some() {
            for step in self.pair_rules() {
                if !self.is_undecided(step, line, out) {
                    self.stands_in_the_way(step, line, out);
                }
            }
        }
        if facts.spans_days {
            for step in self.plan.of_code_days(called) {
                if !self.is_undecided(step, line, out) {
                    self.stands_in_the_way(step, line, out);
                }
            }
        }
        called
    }

    /// The rules of pairs that bind the payer, or may.
    fn pair_rules(&self) -> impl Iterator<Item = &Step<PairCheck>> {
        let medicare = self.binding.is_none();
        self.plan.pairs.iter().filter(move |step| binds(step.payers, medicare))
    }

    /// Whether it is up to the payer's policy if a rule looks at a line, and no policy decides that; records it.
    #[inline]
    fn is_undecided<C>(&self, step: &Step<C>, line: &Line<'_>, out: &mut Evaluation) -> bool {
        let Some((binding, topic)) = self.binding.as_ref().zip(step.payers.topic()) else {
            return false;
        };
        let Some(reason) = binding.gap_on_line(topic, line) else {
            return false;
        };
        // What no policy of the payer decides for any line is said once, for the claim.
        if binding.gap_on_claim(topic).is_none() {
            out.not_evaluated
                .push(NotEvaluated::new(step.rule, Some(line.position()), reason));
        }
        true
    }

    /// Calls a check: by itself, or by each policy of the payer that speaks to it.
    #[inline]
    fn call<C>(&self, step: &Step<C>, line: &Line<'_>, out: &mut Evaluation, check: impl Fn(&mut Found<'_>)) {
        let Some((binding, topic)) = self.binding.as_ref().zip(step.payers.topic()) else {
            check(&mut found(step, By::RULE, out));
            return;
        };
        for (modifier, setting) in binding.settings(topic, line) {
            for (ground, policy) in grounds(setting) {
                let by = By {
                    ground,
                    policy: Some(policy),
                    modifier,
                };
                check(&mut found(step, by, out));
            }
        }
    }

    /// Records why a rule cannot be evaluated on a line; false where nothing stands in the way.
    #[inline]
    fn stands_in_the_way<C>(&self, step: &Step<C>, line: &Line<'_>, out: &mut Evaluation) -> bool {
        if !is_in_the_way(step, line) {
            return false;
        }
        if self.is_out_of_reach(step) {
            return true;
        }
        let reason = self
            .evaluator
            .rules
            .get(usize::from(step.rule))
            .and_then(|rule| first_gap(rule, line))
            .map_or(Reason::SeveralDays, Reason::Table);
        out.not_evaluated
            .push(NotEvaluated::new(step.rule, Some(line.position()), reason));
        true
    }

    fn pairs(&self, day: &Day<'a>, out: &mut Evaluation) {
        if self.pair_rules().next().is_some() {
            day.pairs(&mut |pair| self.pair(pair, out));
        }
    }

    fn pair(&self, pair: &Pair<'_>, out: &mut Evaluation) {
        let gaps = pair.column1.facts().gaps | pair.column2.facts().gaps;
        let latest = latest_order(&pair.column1);
        let applies = |step: &&Step<_>| step.needs & gaps == 0 && step.order <= latest;
        for step in self.pair_rules().filter(applies) {
            self.call(step, &pair.column1, out, |found| (step.check)(pair, found));
        }
    }

    fn code_days(&self, day: &Day<'a>, called: &[Set], out: &mut Evaluation) {
        for lines in day.codes() {
            let called = lines.positions().filter_map(|at| called.get(at));
            let called = called.fold(0, |all, line| all | line);
            for step in self.plan.of_code_days(called) {
                let answers = step.needs & lines.gaps() == 0;
                if answers && self.binding.is_none() {
                    (step.check)(&lines, &mut found(step, By::RULE, out));
                    continue;
                }
                for line in lines.lines() {
                    if !self.is_undecided(step, &line, out) && !answers {
                        self.stands_in_the_way(step, &line, out);
                    }
                }
                if let Some(first) = lines.first().filter(|_| answers) {
                    self.call(step, &first, out, |found| (step.check)(&lines, found));
                }
            }
        }
    }

    /// What is not settled for a claim of this kind: once for the claim.
    fn not_settled(&self, out: &mut Evaluation) {
        for &(rule, why) in &self.plan.not_settled {
            out.not_evaluated
                .push(NotEvaluated::new(rule, None, Reason::NotSettled(why)));
        }
    }

    /// What no policy of the payer decides for any line of the claim: once for the claim.
    fn no_policy(&self, binding: &Binding<'_>, out: &mut Evaluation) {
        for (rule, _, payers) in self.plan.steps() {
            if let Some(reason) = binding.gap(payers) {
                out.not_evaluated.push(NotEvaluated::new(rule, None, reason));
            }
        }
    }

    /// The rules of the claim as a whole.
    fn whole_claim(&self, out: &mut Evaluation) {
        let whole = self.resolved.whole();
        for step in &self.plan.claims {
            let binds = step.payers == Payers::All || self.binding.is_none() && step.payers.has_medicare();
            if !binds || self.is_out_of_reach(step) || self.is_unseen(step, None, out) {
                continue;
            }
            if step.order == Order::Always || !whole.is_incidental_only() {
                (step.check)(&whole, &mut found(step, By::RULE, out));
            }
        }
    }

    /// A claim that no version of the outpatient editor covers: once for the claim.
    fn out_of_reach(&self, out: &mut Evaluation) {
        let Some(gap) = self.out_of_reach else {
            return;
        };
        for (rule, needs, payers) in self.plan.steps() {
            if needs & table_bit(Table::OutpatientCodes) != 0 && binds(payers, self.binding.is_none()) {
                out.not_evaluated
                    .push(NotEvaluated::new(rule, None, Reason::Table(gap)));
            }
        }
    }

    fn is_out_of_reach<C>(&self, step: &Step<C>) -> bool {
        self.out_of_reach.is_some() && step.needs & table_bit(Table::OutpatientCodes) != 0
    }

    /// Records that a rule that reads other lines cannot do so, because one of a hospital's claim is not known.
    #[inline]
    fn is_unseen<C>(&self, step: &Step<C>, line: Option<&Line<'_>>, out: &mut Evaluation) -> bool {
        if !step.reads_day {
            return false;
        }
        let Some(unseen) = self.resolved.whole().unseen() else {
            return false;
        };
        let reason = match unseen {
            Unseen::SeveralDays => Reason::OtherLineSeveralDays,
            Unseen::Gap(gap) => Reason::OtherLine(gap),
        };
        let line = line.map(Line::position);
        out.not_evaluated.push(NotEvaluated::new(step.rule, line, reason));
        true
    }
}

/// Why the outpatient editor's codes answer for no line of a hospital's outpatient claim.
fn out_of_reach(claim: &Claim, resolved: &Resolved<'_>) -> Option<Gap> {
    match ClaimKind::of(claim.form()) {
        ClaimKind::HospitalOutpatient => resolved.whole().outpatient_gap(),
        _ => None,
    }
}

fn first_gap(rule: &Rule, line: &Line<'_>) -> Option<Gap> {
    rule.needs
        .iter()
        .filter(|&&table| line.facts().gaps & table_bit(table) != 0)
        .find_map(|&table| line.gap(table))
}

/// Whether a rule binds Medicare, or another payer of which the policy may say so.
fn binds(payers: Payers, medicare: bool) -> bool {
    if medicare {
        payers.has_medicare()
    } else {
        payers == Payers::All || payers.topic().is_some()
    }
}

/// Whether a table that the rule needs does not answer for the line, or its day is not one.
#[inline]
fn is_in_the_way<C>(step: &Step<C>, line: &Line<'_>) -> bool {
    let facts = line.facts();
    step.needs & facts.gaps != 0 || step.reads_day && facts.spans_days
}

fn found<'o, C>(step: &Step<C>, by: By<'o>, out: &'o mut Evaluation) -> Found<'o> {
    Found {
        rule: step.rule,
        disposition: step.disposition,
        by,
        out: &mut out.findings,
        gaps: &mut out.not_evaluated,
    }
}
