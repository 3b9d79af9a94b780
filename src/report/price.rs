use std::fmt;

use crate::claim::Claim;
use crate::price::{ExplainedPrice, PriceExplanation};

use super::shown;
use super::words::heading;

/// The price of a claim as a person reads it: line by line, the steps and the amount after each.
///
/// # Example
/// ```
/// use cleanclaim::price::{Terms, price};
/// use cleanclaim::reference::Reference;
/// use cleanclaim::{Claim, report};
///
/// let claim = Claim::from_shorthand("#A1 2026-04-06 @11: 64632")?;
/// let prices = price(&claim, Reference::starter(), &Terms::national()).explain(Reference::starter());
/// assert!(report::PriceText::new(&claim, &prices).to_string().starts_with("claim A1: 90.18 (Medicare, national"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PriceText<'a> {
    claim: &'a Claim,
    prices: &'a PriceExplanation,
}

impl<'a> PriceText<'a> {
    /// The report of a claim and its price.
    #[must_use]
    pub fn new(claim: &'a Claim, prices: &'a PriceExplanation) -> Self {
        Self { claim, prices }
    }
}

impl fmt::Display for PriceText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sum = match self.prices.total {
            Some(total) => total.to_string(),
            None => format!("{} and lines without an amount", self.prices.known),
        };
        writeln!(f, "claim {}: {sum} ({})", shown(self.claim.id()), self.prices.terms)?;
        for (line, price) in self.claim.lines().iter().zip(&self.prices.lines) {
            writeln!(f, "  {}", heading(line))?;
            write_line(f, price)?;
        }
        self.write_sources(f)?;
        writeln!(f, "  {}", self.prices.note)
    }
}

impl PriceText<'_> {
    /// The sources of all the steps, each once.
    fn write_sources(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut written: Vec<&str> = Vec::new();
        for step in self.prices.lines.iter().flat_map(|line| &line.steps) {
            if written.contains(&step.source.as_str()) {
                continue;
            }
            let unverified = if step.verified { "" } else { " (UNVERIFIED)" };
            writeln!(f, "  source: {}{unverified}", step.source)?;
            written.push(&step.source);
        }
        Ok(())
    }
}

fn write_line(f: &mut fmt::Formatter<'_>, price: &ExplainedPrice) -> fmt::Result {
    for step in &price.steps {
        writeln!(f, "    {:>12}  {}", step.amount.to_string(), step.step)?;
    }
    match (&price.amount, &price.reason) {
        (Some(amount), _) => writeln!(f, "    {:>12}  allowed", amount.to_string())?,
        (None, Some(reason)) => writeln!(f, "    {:>12}  {reason}", price.outcome.replace('-', " "))?,
        (None, None) => {}
    }
    for condition in &price.conditions {
        writeln!(f, "                  if: {condition}")?;
    }
    match price.limiting_charge {
        Some(limit) => writeln!(f, "    {:>12}  limiting charge: 115 percent", limit.to_string()),
        None => Ok(()),
    }
}
