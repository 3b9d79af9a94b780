//! A line while it is being priced.

use crate::claim::ServiceLine;
use crate::model::{Modifier, Money, Percent};
use crate::modifier;
use crate::reference::{MultipleProcedure, PolicyIndicators};

use super::LinePrice;
use super::cents::{less, times};
use super::fee::Fees;
use super::outcome::{Condition, Outcome, Unpriced};
use super::step::{Step, StepKind};

/// A line while it is being priced: what is known so far.
pub(super) struct Draft<'c> {
    pub(super) line: &'c ServiceLine,
    /// The amount so far.
    pub(super) amount: Money,
    /// The amount of one unit, by which procedures are ranked.
    pub(super) unit: Money,
    /// The share of one side that the line is paid: 150 percent where both are.
    pub(super) sides: Percent,
    /// Whether an ASC's procedure is discounted beside another.
    pub(super) discounted: bool,
    /// What of a unit is paid for the technical component, where that was reduced.
    pub(super) technical: Option<Money>,
    /// What the row says of modifiers and ranking, also where it has no amount.
    pub(super) policy: Option<PolicyIndicators>,
    /// The row and the parts of its amount, where the line is on the fee schedule and has a rate at its site.
    pub(super) fees: Option<Fees>,
    steps: Vec<Step>,
    conditions: Vec<Condition>,
    outcome: Option<Outcome>,
    limiting_charge: Option<Money>,
}

/// Those who assist at surgery.
pub(super) const ASSISTANTS: [Modifier; 4] = [modifier!("80"), modifier!("81"), modifier!("82"), modifier!("AS")];

impl<'c> Draft<'c> {
    pub(super) fn new(line: &'c ServiceLine) -> Self {
        Self {
            line,
            amount: Money::ZERO,
            unit: Money::ZERO,
            sides: Percent::ALL,
            discounted: false,
            technical: None,
            policy: None,
            fees: None,
            steps: Vec::new(),
            conditions: Vec::new(),
            outcome: None,
            limiting_charge: None,
        }
    }

    pub(super) fn has(&self, modifier: Modifier) -> bool {
        self.line.modifiers.contains(modifier)
    }

    /// The first of these modifiers that the line has.
    pub(super) fn first_of(&self, modifiers: &[Modifier]) -> Option<Modifier> {
        self.line.modifiers.iter().find(|modifier| modifiers.contains(modifier))
    }

    /// Two different modifiers of the line out of these.
    pub(super) fn two_of(&self, modifiers: &[Modifier]) -> Option<(Modifier, Modifier)> {
        let first = self.first_of(modifiers)?;
        let other = |modifier: &Modifier| modifiers.contains(modifier) && *modifier != first;
        Some((first, self.line.modifiers.iter().find(other)?))
    }

    pub(super) fn multiple(&self) -> Option<MultipleProcedure> {
        self.policy.map(|policy| policy.multiple)
    }

    /// The amount for so many units as the line has.
    pub(super) fn for_units(&self, unit: Money) -> Money {
        times(unit, self.line.units)
    }

    /// Whether some day is in both lines.
    pub(super) fn shares_day(&self, other: &Draft<'_>) -> bool {
        self.line.dates.first() <= other.line.dates.last() && other.line.dates.first() <= self.line.dates.last()
    }

    /// Whether both are one provider's, in one role, on one day: a missing provider counts as the same one.
    pub(super) fn shares_session(&self, other: &Draft<'_>) -> bool {
        let assists = |draft: &Draft<'_>| draft.first_of(&ASSISTANTS).is_some();
        self.line.provider == other.line.provider && assists(self) == assists(other) && self.shares_day(other)
    }

    pub(super) fn spans_days(&self) -> bool {
        self.line.dates.first() != self.line.dates.last()
    }

    /// Whether nothing has ended the line's pricing so far.
    pub(super) fn is_open(&self) -> bool {
        self.outcome.is_none()
    }

    pub(super) fn outcome(&self) -> Option<Outcome> {
        self.outcome
    }

    /// Ends the line's pricing; the first ending stands.
    pub(super) fn settle(&mut self, outcome: Outcome) {
        self.outcome.get_or_insert(outcome);
    }

    /// A step, and the amount after it.
    pub(super) fn step(&mut self, kind: StepKind, amount: Money) {
        self.amount = amount;
        self.steps.push(Step { kind, amount });
    }

    /// A step that takes something off; none where there is nothing to take off.
    pub(super) fn take_off(&mut self, amount: Money, kind: impl FnOnce(Money) -> StepKind) {
        if amount > Money::ZERO {
            self.step(kind(amount), less(self.amount, amount));
        }
    }

    pub(super) fn on_condition(&mut self, condition: Condition) {
        if !self.conditions.contains(&condition) {
            self.conditions.push(condition);
        }
    }

    pub(super) fn limit_charge(&mut self, limit: Money) {
        self.limiting_charge = Some(limit);
    }

    /// The lower of the amount and the charge, where one is given.
    pub(super) fn compare_with_charge(&mut self) {
        match self.line.charge {
            Some(charge) if charge < Money::ZERO => self.settle(Outcome::NotPriced(Unpriced::NegativeCharge)),
            Some(charge) if charge < self.amount => self.step(StepKind::Charge(charge), charge),
            _ => {}
        }
    }

    pub(super) fn finish(self) -> LinePrice {
        let outcome = self.outcome.unwrap_or(Outcome::Amount(self.amount));
        LinePrice {
            line: self.line.number,
            code: self.line.code,
            outcome,
            steps: self.steps,
            // What an amount depends on says nothing where there is none.
            conditions: match outcome {
                Outcome::Amount(_) => self.conditions,
                _ => Vec::new(),
            },
            limiting_charge: self.limiting_charge.filter(|_| matches!(outcome, Outcome::Amount(_))),
        }
    }
}
