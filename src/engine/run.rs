//! The loops: one claim on its way through the rules.

use crate::claim::FormKind;
use crate::evaluation::{Evaluation, Ground, NotEvaluated, Reason};
use crate::facts::{
    Line, LineFacts, Order, Pair, Resolved, RuleSet, Standing, Unanswered, Unseen, latest_order, table_bit,
};
use crate::policy::Views;
use crate::reference::{Gap, Table};
use crate::rule::{By, Found, Payers, Rule};

use super::Evaluator;
use super::binding::{Binding, grounds};
use super::plan::{ClaimKind, PairCheck, Plan, Step};

/// One claim on its way through the rules.
pub(super) struct Run<'a> {
    evaluator: &'a Evaluator,
    plan: &'a Plan,
    /// What binds a payer other than Medicare.
    binding: Option<Binding<'a>>,
    /// The rules that bind the payer, or may.
    binding_rules: RuleSet,
    is_institutional: bool,
    /// Rules that can be skipped when units are within the MUE. Empty for other payers, which report per line whether they
    /// follow it.
    quiet_within_mue: RuleSet,
    /// Whether no payer's policy binds, and every line of the claim is known well enough to be compared with.
    is_open: bool,
    resolved: &'a Resolved<'a>,
    /// Why the outpatient editor's codes answer for no line of a claim that they would be needed for.
    out_of_reach: Option<Gap>,
}

impl<'a> Run<'a> {
    /// `views` are the policies of a payer other than Medicare.
    pub(super) fn new(
        evaluator: &'a Evaluator,
        plan: &'a Plan,
        resolved: &'a Resolved<'a>,
        views: Option<&'a Views<'a>>,
    ) -> Self {
        let form = resolved.claim().form();
        Self {
            evaluator,
            plan,
            binding: views.map(Binding::new),
            binding_rules: plan.binding(views.is_none()),
            is_institutional: form.kind() == FormKind::Institutional,
            quiet_within_mue: if views.is_none() { plan.above_mue() } else { 0 },
            is_open: views.is_none() && resolved.whole().unseen().is_none(),
            resolved,
            out_of_reach: match ClaimKind::of(form) {
                ClaimKind::HospitalOutpatient => resolved.whole().outpatient_gap(),
                _ => None,
            },
        }
    }

    pub(super) fn claim(&self, out: &mut Evaluation) {
        for (position, facts) in self.resolved.facts().iter().enumerate() {
            self.line(position, facts, out);
        }
        if self.pair_rules().next().is_some() {
            self.resolved.pairs(&mut |pair| self.pair(pair, out));
            self.more_pairs(out);
        }
        self.whole_claim(out);
        self.out_of_reach(out);
        self.not_settled(out);
        if let Some(binding) = &self.binding {
            self.no_policy(binding, out);
        }
    }

    /// The rules of a line, and those of its code's day where it is the first of it.
    #[inline]
    fn line(&self, position: usize, facts: &LineFacts, out: &mut Evaluation) {
        let called = self.called_by(position, facts);
        // Whether units are within the MUE is hard to foresee: no branch.
        let loud = called & !(self.quiet_within_mue & RuleSet::from(facts.is_within_mue).wrapping_neg());
        if !self.is_settled(facts, called) {
            self.unsettled_line(position, called, out);
        } else if self.plan.has_of_lines(loud) {
            self.settled_line(position, loud, out);
        }
        let called = match facts.standing {
            _ if facts.spans_days => 0,
            Standing::Alone => loud,
            Standing::First => self.called_by_all(position),
            Standing::Later => 0,
        };
        if self.plan.has_of_code_days(called) {
            self.code_day(position, called, out);
        }
    }

    /// The rules that a line triggers.
    #[inline]
    pub(super) fn called_by(&self, position: usize, facts: &LineFacts) -> RuleSet {
        let called = facts.called & self.binding_rules;
        if !self.is_institutional {
            return called;
        }
        let line = self.resolved.line(position);
        line.map_or(0, |line| called & self.plan.in_order(&line))
    }

    /// The rules that some line of a code's day triggers.
    fn called_by_all(&self, first: usize) -> RuleSet {
        let positions = self.resolved.code_day(first).map(|day| day.positions());
        let facts = |position: usize| Some((position, self.resolved.facts().get(position)?));
        let each = positions.into_iter().flatten().filter_map(facts);
        each.fold(0, |all, (position, facts)| all | self.called_by(position, facts))
    }

    /// Whether nothing can keep a rule from being evaluated on a line: the payer is Medicare, every table that a rule
    /// needs here answers for the line, it has one day, and so do the others that it may be compared with.
    #[inline]
    fn is_settled(&self, facts: &LineFacts, called: RuleSet) -> bool {
        let answers = facts.gaps == 0 || !self.plan.is_kept_by(facts.gaps, called);
        answers && !facts.spans_days && self.is_open
    }

    /// The rules of a settled line.
    #[inline]
    fn settled_line(&self, position: usize, called: RuleSet, out: &mut Evaluation) {
        let Some(line) = self.resolved.line(position) else {
            return;
        };
        for step in self.plan.of_lines(called) {
            self.check(step, By::RULE, Some(position), out, |found| {
                step.check.run(&line, found)
            });
        }
    }

    /// Runs a check. If it read a table that does not answer, what it found is dropped and the gap is recorded, unless the
    /// rule itself reported that it is not evaluated.
    #[inline]
    fn check<C>(
        &self,
        step: &Step<C>,
        by: By<'_>,
        position: Option<usize>,
        out: &mut Evaluation,
        check: impl FnOnce(&mut Found<'_>),
    ) {
        let (findings, gaps) = (out.findings.len(), out.not_evaluated.len());
        check(&mut found(step, by, out));
        let Some(unanswered) = self.resolved.take_unanswered() else {
            return;
        };
        out.findings.truncate(findings);
        if by.ground == Ground::Decided && out.not_evaluated.len() == gaps {
            let reason = why_unanswered(unanswered, position);
            out.not_evaluated.push(NotEvaluated::new(step.rule, position, reason));
        }
    }

    /// Runs a line's rules, recording those that cannot be evaluated.
    fn unsettled_line(&self, position: usize, called: RuleSet, out: &mut Evaluation) {
        let Some(line) = &self.resolved.line(position) else {
            return;
        };
        for step in self.plan.of_lines(called) {
            if self.is_undecided(step, line, out) {
                if !is_in_the_way(step, line) {
                    self.call(step, line, out, |found| step.check.run(line, found));
                }
            } else if !self.stands_in_the_way(step, line, out) && !self.is_unseen(step, Some(line), out) {
                self.call(step, line, out, |found| step.check.run(line, found));
            }
        }
        for step in self.pair_rules() {
            if !self.is_undecided(step, line, out) && !self.stands_in_the_way(step, line, out) {
                self.is_unread(step, line, out);
            }
        }
        if line.facts().spans_days {
            for step in self.plan.of_code_days(called) {
                if !self.is_undecided(step, line, out) {
                    self.stands_in_the_way(step, line, out);
                }
            }
        }
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

    /// Runs a check: once by the rule itself, or once for each policy of the payer on its topic.
    #[inline]
    fn call<C>(&self, step: &Step<C>, line: &Line<'_>, out: &mut Evaluation, check: impl Fn(&mut Found<'_>)) {
        let Some((binding, topic)) = self.binding.as_ref().zip(step.payers.topic()) else {
            self.check(step, By::RULE, Some(line.position()), out, check);
            return;
        };
        for (modifier, setting) in binding.settings(topic, line) {
            for (ground, policy) in grounds(setting) {
                let by = By {
                    ground,
                    policy: Some(policy),
                    modifier,
                };
                self.check(step, by, Some(line.position()), out, &check);
            }
        }
    }

    /// Records why a rule cannot be evaluated on a line; false if it can.
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

    fn pair(&self, pair: &Pair<'_>, out: &mut Evaluation) {
        let gaps = pair.column1.facts().gaps | pair.column2.facts().gaps;
        let latest = latest_order(&pair.column1);
        let applies = |step: &&Step<_>| step.needs & gaps == 0 && step.order <= latest;
        for step in self.pair_rules().filter(applies) {
            self.call(step, &pair.column1, out, |found| (step.check)(pair, found));
        }
    }

    /// What lines of one code billed over and over are not compared with: once a line and rule.
    fn more_pairs(&self, out: &mut Evaluation) {
        for (line, count) in self.resolved.more_pairs() {
            let (gaps, latest) = (line.facts().gaps, latest_order(&line));
            let applies = |step: &&Step<_>| step.needs & gaps == 0 && step.order <= latest;
            for step in self.pair_rules().filter(applies) {
                let reason = Reason::MorePairs(count);
                out.not_evaluated
                    .push(NotEvaluated::new(step.rule, Some(line.position()), reason));
            }
        }
    }

    /// The rules of the lines of one code, provider and day.
    fn code_day(&self, first: usize, called: RuleSet, out: &mut Evaluation) {
        let Some(lines) = &self.resolved.code_day(first) else {
            return;
        };
        for step in self.plan.of_code_days(called) {
            if lines.first().is_some_and(|first| self.is_unread(step, &first, out)) {
                continue;
            }
            let answers = step.needs & lines.gaps() == 0;
            if answers && self.binding.is_none() {
                self.check(step, By::RULE, lines.positions().next(), out, |found| {
                    (step.check)(lines, found);
                });
                continue;
            }
            for line in lines.lines() {
                if !self.is_undecided(step, &line, out) && !answers {
                    self.stands_in_the_way(step, &line, out);
                }
            }
            if let Some(first) = lines.first().filter(|_| answers) {
                self.call(step, &first, out, |found| (step.check)(lines, found));
            }
        }
    }

    /// Records, once for the claim, the rules that are not settled for claims of this kind.
    fn not_settled(&self, out: &mut Evaluation) {
        for &(rule, why) in &self.plan.not_settled {
            out.not_evaluated
                .push(NotEvaluated::new(rule, None, Reason::NotSettled(why)));
        }
    }

    /// Records, once for the claim, the rules that no policy of the payer decides for any line.
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
                self.check(step, By::RULE, None, out, |found| step.check.run(&whole, found));
            }
        }
    }

    /// Records, once for the claim, that no version of the outpatient editor covers it.
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

    /// Records that a rule that compares lines does not know all of them, because one could not be read.
    fn is_unread<C>(&self, step: &Step<C>, line: &Line<'_>, out: &mut Evaluation) -> bool {
        let is_unread = !self.resolved.claim().unread_lines().is_empty();
        if is_unread {
            let place = Some(line.position());
            out.not_evaluated
                .push(NotEvaluated::new(step.rule, place, Reason::LineNotRead));
        }
        is_unread
    }

    fn is_out_of_reach<C>(&self, step: &Step<C>) -> bool {
        self.out_of_reach.is_some() && step.needs & table_bit(Table::OutpatientCodes) != 0
    }

    /// Records that a rule that reads other lines cannot do so, because one of a hospital's claim is not known.
    #[inline]
    fn is_unseen<C>(&self, step: &Step<C>, line: Option<&Line<'_>>, out: &mut Evaluation) -> bool {
        if !step.reads_other_lines {
            return false;
        }
        let Some(unseen) = self.resolved.whole().unseen() else {
            return false;
        };
        let reason = match unseen {
            Unseen::SeveralDays => Reason::OtherLineSeveralDays,
            Unseen::Gap(gap) => Reason::OtherLine(gap),
            Unseen::NotRead => Reason::LineNotRead,
        };
        let line = line.map(Line::position);
        out.not_evaluated.push(NotEvaluated::new(step.rule, line, reason));
        true
    }
}

/// Why a check that read a table without an answer is not evaluated.
fn why_unanswered(unanswered: Unanswered, position: Option<usize>) -> Reason {
    let is_other_line = position.is_some_and(|position| position != unanswered.position);
    match unanswered.gap {
        Some(gap) if is_other_line => Reason::OtherLine(gap),
        Some(gap) => Reason::Table(gap),
        None => Reason::NotSettled("the rule reads a table that is not for claims of this form"),
    }
}

fn first_gap(rule: &Rule, line: &Line<'_>) -> Option<Gap> {
    rule.needs
        .iter()
        .filter(|&&table| line.facts().gaps & table_bit(table) != 0)
        .find_map(|&table| line.gap(table))
}

/// Whether a rule binds Medicare, or may bind another payer by its policy.
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
    step.needs & facts.gaps != 0 || step.reads_other_lines && facts.spans_days
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
