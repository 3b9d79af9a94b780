//! One modifier after the other, tried on the line: whether it may stand there, and what it changes.

use crate::claim::{Biller, Claim, ClaimForm, ServiceLine};
use crate::engine::Evaluator;
use crate::evaluation::Reason;
use crate::explain::{ExplainedFinding, ExplainedGap, Explanation};
use crate::model::modifier_groups::BOTH_SIDES;
use crate::model::{Modifier, Payer, PayerName};
use crate::policy::Topic;
use crate::price::{LinePrice, Outcome, Terms, price};
use crate::reference::{AssistantAtSurgery, Bilateral, Component, Lookup, Mai, PolicyIndicators, Setting};
use crate::rule::{Payers, Rule};

use super::catalogue::{CATALOGUE, Entry};
use super::concern::{Concern, Fit};
use super::{Advice, DistinctModifier, Effect, ElsewhereModifier, OpenModifier, Proposal, StoppedModifier};

/// A line that advice is asked on.
pub(super) struct Question<'q> {
    evaluator: &'q Evaluator,
    payer: &'q Payer,
    line: &'q ServiceLine,
    given: Vec<Modifier>,
    /// The fee schedule's row for the line, or why there is none.
    policy: Result<PolicyIndicators, String>,
    /// The findings on the line without the modifier.
    plain: Explanation,
    /// What is found on it without its modifiers, where it has any.
    bare: Option<Explanation>,
    without: Option<LinePrice>,
}

/// The line with one modifier more.
struct Tried {
    claim: Claim,
    found: Explanation,
    /// What is found with that modifier alone, where the line has others.
    alone: Option<Explanation>,
}

impl<'q> Question<'q> {
    pub(super) fn new(evaluator: &'q Evaluator, line: &'q ServiceLine, payer: &'q Payer) -> Self {
        let given: Vec<Modifier> = line.all_modifiers().collect();
        let claim = claim_of(line.clone(), payer);
        let bare = match given.as_slice() {
            [] => None,
            _ => Some(explained(evaluator, &claim_of(line.clone().with_modifiers([]), payer))),
        };
        Self {
            policy: policy(evaluator, line, &given),
            plain: explained(evaluator, &claim),
            without: price_of(evaluator, &claim),
            evaluator,
            payer,
            line,
            given,
            bare,
        }
    }

    pub(super) fn carries(&self, modifier: Modifier) -> bool {
        self.given.contains(&modifier)
    }

    /// Tries a modifier on the line and puts it into the list that it belongs to.
    pub(super) fn judge(&self, entry: &Entry, advice: &mut Advice) {
        let modifier = entry.modifier;
        let tried = self.with(modifier);
        let caused: Vec<&ExplainedFinding> = tried
            .found
            .findings
            .iter()
            .filter(|finding| self.is_caused(finding, &tried))
            .collect();
        if let Some(finding) = caused.iter().find(|finding| finding.disposition.stops()) {
            advice.stopped.push(StoppedModifier {
                modifier,
                rule: finding.rule,
                why: finding.message.clone(),
            });
            return;
        }
        match self.fit(entry, &tried) {
            Err(why) => advice.open.push(OpenModifier { modifier, why }),
            Ok(Fit::No) => advice.elsewhere.push(self.elsewhere(entry)),
            Ok(_) if entry.concern == Concern::Distinct => advice.distinct.push(DistinctModifier {
                modifier,
                meaning: entry.meaning,
                when: entry.when,
                documentation: entry.record,
                advisories: self.advisories(entry, &caused),
            }),
            Ok(fit) => advice.proposals.push(Proposal {
                modifier,
                meaning: entry.meaning,
                when: entry.when,
                condition: match fit {
                    Fit::If(condition) => Some(condition),
                    Fit::Yes | Fit::No => None,
                },
                documentation: entry.record,
                advisories: self.advisories(entry, &caused),
                effect: self.effect(entry, &caused, &tried),
            }),
        }
    }

    fn with(&self, modifier: Modifier) -> Tried {
        let claim = |modifiers: Vec<Modifier>| claim_of(self.line.clone().with_modifiers(modifiers), self.payer);
        let all = claim(self.given.iter().copied().chain([modifier]).collect());
        let alone = self
            .bare
            .as_ref()
            .map(|_| explained(self.evaluator, &claim(vec![modifier])));
        Tried {
            found: explained(self.evaluator, &all),
            claim: all,
            alone,
        }
    }

    /// Whether a finding is there because of the modifier: not without it, or, where the line's other modifiers raise the
    /// same rule, by the modifier alone too.
    fn is_caused(&self, finding: &ExplainedFinding, tried: &Tried) -> bool {
        let stops = finding.disposition.stops();
        let raised = |by: &Explanation| {
            let mut findings = by.findings.iter();
            findings.any(|other| other.rule == finding.rule && other.disposition.stops() == stops)
        };
        let same = |other: &ExplainedFinding| (other.rule, &other.message) == (finding.rule, &finding.message);
        let mut before = self.plain.findings.iter();
        let is_new = !before.any(|other| same(other) && other.disposition.stops() == stops);
        is_new
            || self
                .alone(tried)
                .is_some_and(|(alone, bare)| raised(alone) && !raised(bare))
    }

    /// The line with nothing but the modifier, and with none at all, where it has others.
    fn alone<'a>(&'a self, tried: &'a Tried) -> Option<(&'a Explanation, &'a Explanation)> {
        tried.alone.as_ref().zip(self.bare.as_ref())
    }

    /// Whether the modifier speaks of the line's code, or why that cannot be said.
    fn fit(&self, entry: &Entry, tried: &Tried) -> Result<Fit, String> {
        if let Some(why) = self.undecided(entry.modifier, tried) {
            return Err(why);
        }
        let policy = self.policy.as_ref().map_err(Clone::clone)?;
        // What a payer does with Medicare's notices of liability is its own.
        if entry.concern == Concern::Notice && !self.is_medicare() {
            return Err(self.text(Reason::NoPolicyKnown));
        }
        if self.has_another_of_its_kind(entry) {
            return Ok(Fit::No);
        }
        Ok(self.line.code.map_or(Fit::No, |code| entry.concern.fit(code, policy)))
    }

    /// Why it is not decided whether the modifier may stand: a rule that asks so could not be evaluated.
    fn undecided(&self, modifier: Modifier, tried: &Tried) -> Option<String> {
        let taken = self.is_taken_by_policy(modifier, &tried.found);
        let asks = |rule: &Rule| {
            asks_whether_it_may_stand(rule, modifier) && !(taken && matches!(rule.payers, Payers::Following(_)))
        };
        let bears = |gap: &&ExplainedGap| match gap.rule {
            None => true,
            Some(id) => self
                .rule(id)
                .is_some_and(|rule| asks(rule) && (rule.is_called_by(modifier) || self.is_new_gap(gap, tried))),
        };
        tried
            .found
            .not_evaluated
            .iter()
            .find(bears)
            .map(|gap| gap.reason.clone())
    }

    fn is_new_gap(&self, gap: &ExplainedGap, tried: &Tried) -> bool {
        let has = |found: &Explanation| found.not_evaluated.contains(gap);
        !has(&self.plain) || self.alone(tried).is_some_and(|(alone, bare)| has(alone) && !has(bare))
    }

    /// Whether a policy of the payer's own takes the modifier with such a code. It does then not matter whether the payer
    /// follows Medicare's indicators as well.
    fn is_taken_by_policy(&self, modifier: Modifier, found: &Explanation) -> bool {
        let Ok(policy) = &self.policy else { return false };
        let takes = |rule: &&&Rule| match rule.payers {
            Payers::Policy(Topic::BilateralFormats) => policy.bilateral == Bilateral::Conditional,
            Payers::Policy(Topic::AssistantIndicator2) => policy.assistant == AssistantAtSurgery::Payable,
            _ => false,
        };
        let is_open = |rule: &Rule| found.not_evaluated.iter().any(|gap| gap.rule == Some(rule.id));
        let mut rules = self.evaluator.rules().iter().filter(takes);
        !self.is_medicare() && rules.any(|rule| rule.is_called_by(modifier) && !is_open(rule))
    }

    fn rule(&self, id: &str) -> Option<&'static Rule> {
        self.evaluator.rules().iter().copied().find(|rule| rule.id == id)
    }

    fn has_another_of_its_kind(&self, entry: &Entry) -> bool {
        let is_given = |other: &Entry| other.concern == entry.concern && self.carries(other.modifier);
        entry.concern.is_alone_of_its_kind() && CATALOGUE.iter().any(is_given)
    }

    fn elsewhere(&self, entry: &Entry) -> ElsewhereModifier {
        let of = if self.has_another_of_its_kind(entry) {
            "lines that carry no other modifier of its kind"
        } else {
            entry.concern.words()
        };
        ElsewhereModifier {
            modifier: entry.modifier,
            of,
        }
    }

    /// What the rules add that is not about payment.
    fn advisories(&self, entry: &Entry, caused: &[&ExplainedFinding]) -> Vec<String> {
        let others = caused.iter().filter(|finding| !self.is_about_payment(finding));
        let messages = others.map(|finding| finding.message.clone());
        messages.chain(self.limit_of_units(entry)).collect()
    }

    fn is_about_payment(&self, finding: &ExplainedFinding) -> bool {
        self.rule(finding.rule).is_some_and(asks_what_is_paid)
    }

    /// A repeated service still counts against the most units of a day. Of another payer that is not known.
    fn limit_of_units(&self, entry: &Entry) -> Option<String> {
        if entry.concern != Concern::Repeatable || !self.is_medicare() {
            return None;
        }
        let (reference, stale) = (self.evaluator.reference(), self.evaluator.stale());
        let found = reference
            .mue(Setting::Practitioner, self.line.code?, self.line.date(), stale)
            .found()?;
        let (value, mai) = (found.row.value, found.row.mai);
        (mai != Mai::Line)
            .then(|| format!("the day's units count together whatever the modifier: MUE {value}, MAI {mai}"))
    }

    fn effect(&self, entry: &Entry, caused: &[&ExplainedFinding], tried: &Tried) -> Option<Effect> {
        let words = match entry.pays {
            _ if !self.is_medicare() => self.other_payers_effect(entry.modifier, caused, &tried.found),
            Some(words) => words.to_owned(),
            None => return self.medicares_effect(&tried.claim),
        };
        Some(Effect {
            without: None,
            with: None,
            words,
        })
    }

    /// What is known of what another payer pays with the modifier.
    fn other_payers_effect(&self, modifier: Modifier, caused: &[&ExplainedFinding], found: &Explanation) -> String {
        let known = caused.iter().filter(|finding| self.is_about_payment(finding));
        let known: Vec<&str> = known.map(|finding| finding.message.as_str()).collect();
        if !known.is_empty() {
            return known.join("; ");
        }
        let asks = |rule: &Rule| asks_what_is_paid(rule) && rule.is_called_by(modifier);
        let of_rule = |gap: &&ExplainedGap| gap.rule.and_then(|id| self.rule(id)).is_some_and(asks);
        let unknown = self.text(Reason::NoPolicyKnown);
        let mut whys = found.not_evaluated.iter().filter(of_rule).map(|gap| &gap.reason);
        match whys.find(|why| **why != unknown) {
            Some(why) => format!("not known: {why}"),
            None => "not known: no policy of this payer says".to_owned(),
        }
    }

    /// The modifier's effect on Medicare's payment; `None` if neither line has anything to do with its amounts.
    fn medicares_effect(&self, claim: &Claim) -> Option<Effect> {
        let without = self.without.as_ref()?;
        let with = price_of(self.evaluator, claim)?;
        let mut words = match (without.amount(), with.outcome) {
            (Some(before), Outcome::Amount(after)) if before == after => format!("{after}, as without it"),
            (Some(before), Outcome::Amount(after)) => format!("{after} instead of {before}"),
            (None, Outcome::Amount(after)) => format!("{after}"),
            (_, Outcome::NotPaid(why)) => format!("not paid: {}", why.text()),
            (_, Outcome::ByReport(why)) => why.text(),
            (_, Outcome::NotPriced(why)) => format!("not priced: {}", why.text(self.evaluator.reference())),
        };
        for condition in with
            .conditions
            .iter()
            .filter(|condition| !without.conditions.contains(condition))
        {
            words.push_str("; ");
            words.push_str(condition.text());
        }
        Some(Effect {
            without: without.amount(),
            with: with.amount(),
            words,
        })
    }

    fn is_medicare(&self) -> bool {
        self.payer.name == PayerName::Medicare
    }

    fn text(&self, reason: Reason) -> String {
        reason.text(self.evaluator.reference())
    }
}

fn claim_of(line: ServiceLine, payer: &Payer) -> Claim {
    let biller = Biller::Practitioner;
    Claim::of_line(ClaimForm::Professional { biller }, payer.clone(), line)
}

fn explained(evaluator: &Evaluator, claim: &Claim) -> Explanation {
    evaluator.check(claim)
}

fn price_of(evaluator: &Evaluator, claim: &Claim) -> Option<LinePrice> {
    let terms = Terms::national().with_stale(evaluator.stale());
    price(claim, evaluator.reference(), &terms).lines.into_iter().next()
}

/// The fee schedule's row for the line: that of the component that it names, else of the whole code, else of the only
/// component that is listed; or why there is none.
fn policy(evaluator: &Evaluator, line: &ServiceLine, given: &[Modifier]) -> Result<PolicyIndicators, String> {
    let Some(code) = line.code else {
        return Err("the line has no procedure code".to_owned());
    };
    let (reference, stale) = (evaluator.reference(), evaluator.stale());
    let look_up = |component| reference.fee_schedule(code, component, line.date(), stale);
    let is_billed = |component: &&Component| component.modifier().is_some_and(|modifier| given.contains(&modifier));
    let billed = Component::ALL.iter().filter(is_billed);
    let mut rows = billed.chain(Component::ALL).map(|&component| look_up(component));
    match rows.find_map(Lookup::found) {
        Some(found) => Ok(found.row.indicators),
        None => Err(look_up(Component::Global).gap().map_or_else(
            || "the fee schedule does not list the code, and so does not say what kind of service it is".to_owned(),
            |gap| Reason::Table(gap).text(reference),
        )),
    }
}

/// Whether a rule asks if the modifier may stand, not only what is paid with it and what the record must show.
fn asks_whether_it_may_stand(rule: &Rule, modifier: Modifier) -> bool {
    match rule.payers {
        // How both sides are billed is no matter of one side, on a line that is seen alone.
        Payers::Policy(Topic::BilateralFormats) => modifier == BOTH_SIDES,
        // What a payer refuses or asks for are exceptions: that none is known leaves nothing open. What it says of sides,
        // sites and components is no matter of the modifier alone.
        Payers::Policy(
            Topic::SideMustMatchDiagnosis
            | Topic::DiagnosisSideNeeded
            | Topic::TelehealthSites
            | Topic::ComponentBesideWhole,
        ) => false,
        Payers::Policy(topic) if topic.names_all() => false,
        _ => !asks_what_is_paid(rule),
    }
}

/// Whether a rule asks what the payer pays.
fn asks_what_is_paid(rule: &Rule) -> bool {
    matches!(
        rule.payers,
        Payers::Policy(
            Topic::ModifierPercents
                | Topic::UnpaidModifiers
                | Topic::MultipleProcedures
                | Topic::VisitReduction
                | Topic::PaidBeside
                | Topic::StatusUnits
        )
    )
}
