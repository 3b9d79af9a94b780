//! One modifier after the other, tried on the line: whether it may stand there, and what it changes.

use crate::claim::{Biller, Claim, ClaimForm, ServiceLine};
use crate::engine::{Evaluator, Session};
use crate::evaluation::{Evaluation, Reason};
use crate::explain::{ExplainedFinding, ExplainedGap, Explanation};
use crate::model::modifier_groups::{BOTH_SIDES, DISTINCT, REPEATED, SIDES};
use crate::model::{Modifier, Payer, PayerName};
use crate::modifier;
use crate::modifiers::{ModifierEntry, RowConfidence};
use crate::policy::Topic;
use crate::price::{LinePrice, Outcome, Terms, price};
use crate::reference::{AssistantAtSurgery, Bilateral, Component, Lookup, Mai, PolicyIndicators, Setting};
use crate::rule::{Payers, Rule};

use super::{Advice, DistinctModifier, Effect, ElsewhereModifier, OpenModifier, Proposal, StoppedModifier};

/// The rules that say by the table of modifiers that one does not belong on the line, or not beside another of the line.
const NOT_FOR_THIS_SERVICE: &str = "M070";
const CONFLICTING: &str = "M004";

/// Notices of liability: what another payer does with Medicare's is its own.
const NOTICES: [Modifier; 4] = [modifier!("GA"), modifier!("GX"), modifier!("GY"), modifier!("GZ")];

/// A line that advice is asked on.
pub(super) struct Question<'q> {
    evaluator: &'q Evaluator,
    /// Tries one modifier after the other without buffers of its own for each.
    session: Session<'q>,
    payer: &'q Payer,
    line: &'q ServiceLine,
    given: Vec<Modifier>,
    /// What the fee schedule says of what the line bills; `None` if it does not list the code; why, where it does not
    /// answer.
    policy: Result<Option<PolicyIndicators>, String>,
    /// What is found on the line as it stands, as values and in words.
    evaluation: Evaluation,
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
            evaluation: evaluator.evaluate(&claim),
            without: price_of(evaluator, &claim),
            session: evaluator.session(),
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
    pub(super) fn judge(&mut self, row: &ModifierEntry, advice: &mut Advice) {
        let modifier = row.modifier;
        if self.is_for_others(modifier) {
            let of = row.stands_on_words();
            advice.elsewhere.push(ElsewhereModifier { modifier, of });
            return;
        }
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
        if caused.iter().any(|finding| finding.rule == CONFLICTING) {
            let of = "lines that carry no other modifier of its kind".to_owned();
            advice.elsewhere.push(ElsewhereModifier { modifier, of });
        } else if let Some(why) = self.open(modifier, &tried) {
            advice.open.push(OpenModifier { modifier, why });
        } else if DISTINCT.contains(&modifier) {
            advice.distinct.push(DistinctModifier {
                modifier,
                meaning: row.meaning.clone(),
                when: row.when.clone(),
                documentation: row.record.clone(),
                advisories: self.advisories(modifier, &caused),
            });
        } else {
            advice.proposals.push(Proposal {
                modifier,
                meaning: row.meaning.clone(),
                when: row.when.clone(),
                condition: self.condition(row),
                documentation: row.record.clone(),
                advisories: self.advisories(modifier, &caused),
                effect: self.effect(row, &caused, &tried),
            });
        }
    }

    /// Whether the table of modifiers has the modifier for other services, which stops nothing.
    fn is_for_others(&mut self, modifier: Modifier) -> bool {
        let alone = claim_of(self.line.clone().with_modifiers([modifier]), self.payer);
        let rules = self.evaluator.rules();
        let found = self.session.evaluate(&alone).findings();
        found.iter().any(|finding| {
            let rule = rules.get(finding.rule()).map(|rule| rule.id);
            rule == Some(NOT_FOR_THIS_SERVICE) && !finding.disposition().stops()
        })
    }

    /// What must be so of the code. Of the sides, the bilateral indicator tells more than the table.
    fn condition(&self, row: &ModifierEntry) -> Option<Box<str>> {
        let policy = self.policy.as_ref().ok().copied().flatten();
        let bilateral = policy
            .map(|policy| policy.bilateral)
            .filter(|_| SIDES.contains(&row.modifier));
        match bilateral {
            Some(Bilateral::Conditional | Bilateral::Independent) => None,
            Some(Bilateral::Inherent) => Some("the code is for one side or for both, and only one was done".into()),
            _ => (!row.condition.is_empty()).then(|| row.condition.clone()),
        }
    }

    fn with(&mut self, modifier: Modifier) -> Tried {
        let claim = |modifiers: Vec<Modifier>| claim_of(self.line.clone().with_modifiers(modifiers), self.payer);
        let all = claim(self.given.iter().copied().chain([modifier]).collect());
        let alone = match self.bare {
            Some(_) => Some(explained(self.evaluator, &claim(vec![modifier]))),
            None => None,
        };
        // Most modifiers change nothing: the words are there. Those of a finding may name the modifier.
        let found = match self.session.evaluate(&all) {
            same if same.findings().is_empty() && *same == self.evaluation => self.plain.clone(),
            other => self.evaluator.put_in_words(&all, other),
        };
        Tried {
            found,
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

    /// Why it cannot be said whether the modifier may stand; `None` if it can.
    fn open(&self, modifier: Modifier, tried: &Tried) -> Option<String> {
        if let Some(why) = self.undecided(modifier, tried) {
            return Some(why);
        }
        if let Err(why) = &self.policy {
            return Some(why.clone());
        }
        (NOTICES.contains(&modifier) && !self.is_medicare()).then(|| self.text(Reason::NoPolicyKnown))
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
        let Ok(Some(policy)) = &self.policy else { return false };
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

    /// What the rules add that is not about payment.
    fn advisories(&self, modifier: Modifier, caused: &[&ExplainedFinding]) -> Vec<String> {
        let others = caused.iter().filter(|finding| !self.is_about_payment(finding));
        let messages = others.map(|finding| finding.message.clone());
        messages.chain(self.limit_of_units(modifier)).collect()
    }

    fn is_about_payment(&self, finding: &ExplainedFinding) -> bool {
        self.rule(finding.rule).is_some_and(asks_what_is_paid)
    }

    /// A repeated service still counts against the most units of a day. Of another payer that is not known.
    fn limit_of_units(&self, modifier: Modifier) -> Option<String> {
        if !REPEATED.contains(&modifier) || !self.is_medicare() {
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

    fn effect(&self, row: &ModifierEntry, caused: &[&ExplainedFinding], tried: &Tried) -> Option<Effect> {
        let words = if self.is_medicare() {
            // What Medicare denies for the modifier's sake, and the prices do not know of.
            let effect = self.medicares_effect(&tried.claim);
            if !row.effect.starts_with("denied") || effect.as_ref().is_none_or(|effect| effect.with != effect.without) {
                return effect;
            }
            let unverified = if row.confidence == RowConfidence::Knowledge {
                " (UNVERIFIED)"
            } else {
                ""
            };
            format!("{}{unverified}", row.effect)
        } else {
            self.other_payers_effect(row.modifier, caused, &tried.found)
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

/// What the fee schedule says of what the line bills: of the component that it names, else of the whole code, else of the
/// only component that is listed. `None` if it does not list the code; why, where it does not answer.
fn policy(evaluator: &Evaluator, line: &ServiceLine, given: &[Modifier]) -> Result<Option<PolicyIndicators>, String> {
    let Some(code) = line.code else {
        return Err("the line has no procedure code".to_owned());
    };
    let (reference, stale) = (evaluator.reference(), evaluator.stale());
    let look_up = |component| reference.fee_schedule(code, component, line.date(), stale);
    let is_billed = |component: &&Component| component.modifier().is_some_and(|modifier| given.contains(&modifier));
    let billed = Component::ALL.iter().filter(is_billed);
    let mut rows = billed.chain(Component::ALL).map(|&component| look_up(component));
    match rows.find_map(Lookup::found) {
        Some(found) => Ok(Some(found.row.indicators)),
        None => match look_up(Component::Global).gap() {
            Some(gap) => Err(Reason::Table(gap).text(reference)),
            None => Ok(None),
        },
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
