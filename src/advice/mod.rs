//! Which modifiers may stand on a line, when, and what each changes.

mod catalogue;

use crate::claim::{Claim, ClaimError, ServiceLine};
use crate::engine::Evaluator;
use crate::explain::{Explanation, Gap};
use crate::model::{Modifier, Money, Payer, PayerName};
use crate::price::{LinePrice, Outcome, Terms, price};
use crate::reference::{Component, Mai, PolicyIndicators, Setting};

use self::catalogue::{CATALOGUE, Concern, Entry};

/// What may stand on a line, and what may not.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Advice {
    /// The modifiers that may stand on the line, in the order they would stand.
    pub proposals: Vec<Proposal>,
    /// Those that a rule stops.
    pub stopped: Vec<StoppedModifier>,
    /// Those that speak of other codes.
    pub elsewhere: Vec<ElsewhereModifier>,
    /// Those that could not be judged.
    pub open: Vec<OpenModifier>,
}

/// A modifier that may stand on the line, if what it says was done.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Proposal {
    /// The modifier.
    pub modifier: Modifier,
    /// What it says, in our words.
    pub meaning: &'static str,
    /// On which facts it is used.
    pub when: &'static str,
    /// What the record must show.
    pub documentation: &'static str,
    /// What the rules add, such as that documentation decides.
    pub advisories: Vec<String>,
    /// What it does to Medicare's payment; none for another payer.
    pub effect: Option<Effect>,
}

/// What a modifier does to a line's payment.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Effect {
    /// The amount without it.
    pub without: Option<Money>,
    /// The amount with it.
    pub with: Option<Money>,
    /// The change in words.
    pub words: String,
}

/// A modifier that a rule stops on the line.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct StoppedModifier {
    /// The modifier.
    pub modifier: Modifier,
    /// The rule.
    pub rule: &'static str,
    /// Why, in the rule's words.
    pub why: String,
}

/// A modifier that speaks of other codes.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct ElsewhereModifier {
    /// The modifier.
    pub modifier: Modifier,
    /// Of which codes it speaks.
    pub of: &'static str,
}

/// A modifier that could not be judged.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct OpenModifier {
    /// The modifier.
    pub modifier: Modifier,
    /// Why not.
    pub why: String,
}

impl Evaluator {
    /// The modifiers that may stand on a practitioner's line, for a payer: each with what it says, when it is used, what
    /// the record must show, and what it does to the payment.
    ///
    /// The line is seen alone, so that no modifier is proposed to get past a pair: 59, XE, XS, XP and XU never are. A
    /// proposal raises nothing on the line that stops it. Whether it fits is for the record to show.
    ///
    /// # Errors
    /// A line that no claim accepts, such as one without a site.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::claim::ServiceLine;
    /// use cleanclaim::model::{Payer, SiteOfService};
    /// use cleanclaim::{Evaluator, code, date, modifier};
    ///
    /// let line = ServiceLine::new(1, date!(2024, 8, 6), code!("64632")).at_site(SiteOfService::Office);
    /// let advice = Evaluator::starter().advise(&line, &Payer::medicare())?;
    /// let both = advice.proposals.iter().find(|proposal| proposal.modifier == modifier!("50")).unwrap();
    /// assert_eq!(both.effect.as_ref().unwrap().words, "136.31 instead of 90.87");
    /// assert!(advice.stopped.iter().any(|stopped| stopped.modifier == modifier!("26") && stopped.rule == "M010"));
    /// # Ok::<(), cleanclaim::claim::ClaimError>(())
    /// ```
    pub fn advise(&self, line: &ServiceLine, payer: &Payer) -> Result<Advice, ClaimError> {
        let plain = self.claim_of(line.clone(), payer)?;
        let asked = Question {
            evaluator: self,
            payer,
            line,
            policy: self.policy(line),
            without: self.price_of(&plain),
        };
        let mut advice = Advice {
            proposals: Vec::new(),
            stopped: Vec::new(),
            elsewhere: Vec::new(),
            open: Vec::new(),
        };
        let given: Vec<Modifier> = line.all_modifiers().collect();
        for entry in CATALOGUE.iter().filter(|entry| !given.contains(&entry.modifier)) {
            asked.judge(entry, &mut advice)?;
        }
        Ok(advice)
    }

    fn claim_of(&self, line: ServiceLine, payer: &Payer) -> Result<Claim, ClaimError> {
        Claim::professional("advice").payer(payer.clone()).line(line).build()
    }

    fn price_of(&self, claim: &Claim) -> Option<LinePrice> {
        let terms = Terms::national().with_stale(self.stale());
        price(claim, self.reference(), &terms).lines.into_iter().next()
    }

    /// What the fee schedule says of the line's code as a whole, or of the only component it lists.
    fn policy(&self, line: &ServiceLine) -> Option<PolicyIndicators> {
        let code = line.code?;
        let row = |&component: &Component| {
            let found = self
                .reference()
                .fee_schedule(code, component, line.date(), self.stale());
            found.found().map(|found| found.row.indicators)
        };
        Component::ALL.iter().find_map(row)
    }
}

/// A line that advice is asked on.
struct Question<'q> {
    evaluator: &'q Evaluator,
    payer: &'q Payer,
    line: &'q ServiceLine,
    policy: Option<PolicyIndicators>,
    without: Option<LinePrice>,
}

impl Question<'_> {
    fn judge(&self, entry: &Entry, advice: &mut Advice) -> Result<(), ClaimError> {
        let modifiers = self.line.all_modifiers().chain([entry.modifier]);
        let with = self.line.clone().with_modifiers(modifiers.collect::<Vec<_>>());
        let claim = self.evaluator.claim_of(with, self.payer)?;
        let found = self.evaluator.explain(&claim, &self.evaluator.evaluate(&claim));
        let modifier = entry.modifier;
        let findings = found.findings.iter().filter(|finding| is_about_modifiers(finding.rule));
        if let Some(finding) = findings.clone().find(|finding| finding.disposition.stops()) {
            advice.stopped.push(StoppedModifier {
                modifier,
                rule: finding.rule,
                why: finding.message.clone(),
            });
        } else if let Some(why) = unjudged(&found) {
            advice.open.push(OpenModifier { modifier, why });
        } else if self.concerns(entry) {
            advice.proposals.push(Proposal {
                modifier,
                meaning: entry.meaning,
                when: entry.when,
                documentation: entry.record,
                advisories: findings
                    .map(|finding| finding.message.clone())
                    .chain(self.limit_of_units(entry))
                    .collect(),
                effect: self.effect(&claim),
            });
        } else {
            let of = entry.concern.words();
            advice.elsewhere.push(ElsewhereModifier { modifier, of });
        }
        Ok(())
    }

    fn concerns(&self, entry: &Entry) -> bool {
        let known = self.line.code.zip(self.policy);
        known.is_some_and(|(code, policy)| entry.concern.is_about(code, &policy))
    }

    /// A repeated service still counts against the most units of a day.
    fn limit_of_units(&self, entry: &Entry) -> Option<String> {
        if entry.concern != Concern::Repeatable {
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

    /// What the modifier does to the payment; none where neither line has anything to do with Medicare's amounts.
    fn effect(&self, claim: &Claim) -> Option<Effect> {
        if claim.payer().name != PayerName::Medicare {
            return None;
        }
        let without = self.without.as_ref()?;
        let with = self.evaluator.price_of(claim)?;
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
}

/// Why the rules of modifiers, or all rules, were not evaluated.
fn unjudged(found: &Explanation) -> Option<String> {
    let bears = |gap: &&Gap| gap.rule.is_none_or(is_about_modifiers);
    found.not_evaluated.iter().find(bears).map(|gap| gap.reason.clone())
}

/// The rules that ask payers' policies which modifiers may stand on a line, and what they do.
const BY_POLICY: [&str; 5] = ["P001", "P005", "P006", "P007", "P008"];

/// Whether a rule, by its family, says which modifiers may stand on a line.
fn is_about_modifiers(rule: &str) -> bool {
    rule.starts_with('M') || BY_POLICY.contains(&rule)
}
