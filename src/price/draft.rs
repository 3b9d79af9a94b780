//! A line while it is being priced.

use crate::claim::ServiceLine;
use crate::model::modifier_groups::{ASSISTANTS, RETURN, SPLIT_CARE, join};
use crate::model::{Measure, Modifier, Money, Npi, Percent, Units};
use crate::reference::{MultipleProcedure, PolicyIndicators};

use super::LinePrice;
use super::cents::{less, times};
use super::fee::Fees;
use super::outcome::{ByReport, Condition, Outcome, Unpriced};
use super::step::{Step, StepKind};

/// A line while it is being priced.
pub(super) struct Draft<'c> {
    pub(super) line: &'c ServiceLine,
    /// The rendering provider: the line's own, else the claim's only one, else `None`.
    pub(super) provider: Option<Npi>,
    /// How often the amount of one unit is paid: the line's units, but once where two units are both sides.
    pub(super) units: Units,
    /// The amount so far.
    pub(super) amount: Money,
    /// The amount of one unit, by which procedures are ranked.
    pub(super) unit: Money,
    /// The share of one side that the line is paid: 150 percent where both are, 50 where the other is on another line.
    pub(super) sides: Percent,
    /// The modifier that names a part of the surgical care, and the share of that part; `None` for the whole.
    pub(super) care: Option<(Modifier, Percent)>,
    /// Whether an ASC's procedure is discounted beside another; `None` if no addendum was found that says so.
    pub(super) discounted: Option<bool>,
    /// The part of a unit that is paid for the technical component, if it was reduced.
    pub(super) technical: Option<Money>,
    /// The row's indicators for modifiers and ranking, which it has even without an amount.
    pub(super) policy: Option<PolicyIndicators>,
    /// The row and the parts of its amount, where the line is on the fee schedule and has a rate at its site.
    pub(super) fees: Option<Fees>,
    steps: Vec<Step>,
    conditions: Vec<Condition>,
    outcome: Option<Outcome>,
    limiting_charge: Option<Money>,
}

/// What sets the share of the surgical care that the line is paid; one excludes the other.
pub(super) const CARE: [Modifier; 4] = join(&[&SPLIT_CARE, &[RETURN]]);

impl<'c> Draft<'c> {
    /// A line, and the provider of lines that name none.
    pub(super) fn new(line: &'c ServiceLine, otherwise: Option<Npi>) -> Self {
        Self {
            line,
            provider: line.provider.or(otherwise),
            units: line.units,
            amount: Money::ZERO,
            unit: Money::ZERO,
            sides: Percent::ALL,
            care: None,
            discounted: None,
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

    /// The amount for so many units as are paid.
    pub(super) fn for_units(&self, unit: Money) -> Money {
        times(unit, self.units)
    }

    /// Counts the units.
    pub(super) fn count_units(&mut self) -> Result<(), Outcome> {
        if self.line.measure != Measure::Units {
            return Err(Outcome::NotPriced(Unpriced::Measure(self.line.measure)));
        }
        if self.units != Units::ONE {
            self.step(StepKind::Units(self.units), self.for_units(self.unit));
        }
        Ok(())
    }

    /// Whether some day is in both lines.
    pub(super) fn shares_day(&self, other: &Draft<'_>) -> bool {
        self.line.dates.first() <= other.line.dates.last() && other.line.dates.first() <= self.line.dates.last()
    }

    /// Whether both are one provider's, in one role, on one day.
    pub(super) fn shares_session(&self, other: &Draft<'_>) -> bool {
        let assists = |draft: &Draft<'_>| draft.first_of(&ASSISTANTS).is_some();
        self.provider == other.provider && assists(self) == assists(other) && self.shares_day(other)
    }

    pub(super) fn spans_days(&self) -> bool {
        self.line.dates.first() != self.line.dates.last()
    }

    /// Whether nothing has ended the line's pricing so far.
    pub(super) fn is_open(&self) -> bool {
        self.outcome.is_none()
    }

    /// Whether the line keeps its rank among those it is compared with. A line priced by report because it is a part of a
    /// service ranks as the whole service does.
    pub(super) fn keeps_place(&self) -> bool {
        let part = matches!(
            self.outcome,
            Some(Outcome::ByReport(ByReport::Reduced | ByReport::Stopped))
        );
        part || self.is_open()
    }

    pub(super) fn outcome(&self) -> Option<Outcome> {
        self.outcome
    }

    /// Ends the line's pricing; only the first ending counts.
    pub(super) fn settle(&mut self, outcome: Outcome) {
        self.outcome.get_or_insert(outcome);
    }

    /// A step, and the amount after it.
    pub(super) fn step(&mut self, kind: StepKind, amount: Money) {
        self.amount = amount;
        self.steps.push(Step { kind, amount });
    }

    /// Adds a step that reduces the amount, unless it would take nothing off.
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

    /// What the amount is above the charge, where one is given.
    pub(super) fn above_charge(&self) -> Money {
        self.line.charge.map_or(Money::ZERO, |charge| less(self.amount, charge))
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
            // Conditions of an amount mean nothing if there is no amount.
            conditions: match outcome {
                Outcome::Amount(_) => self.conditions,
                _ => Vec::new(),
            },
            limiting_charge: self.limiting_charge.filter(|_| matches!(outcome, Outcome::Amount(_))),
        }
    }
}
