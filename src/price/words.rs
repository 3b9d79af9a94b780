//! A price in words.

use crate::model::{Money, ProcedureCode};
use crate::reference::Reference;

use super::step::Step;
use super::{ClaimPrice, LinePrice, Outcome, Participation, Program, Terms};

/// The price of a claim in words.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct PriceExplanation {
    /// The claim's id.
    pub claim: Box<str>,
    /// On what terms, in words.
    pub terms: String,
    /// The lines.
    pub lines: Vec<ExplainedPrice>,
    /// The sum of the lines; `None` if a line's amount is not known.
    pub total: Option<Money>,
    /// The sum of the lines whose amount is known.
    pub known: Money,
    /// What the amounts do not hold.
    pub note: &'static str,
}

/// The price of a line in words.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct ExplainedPrice {
    /// The line's number.
    pub line: u32,
    /// The procedure.
    pub code: Option<ProcedureCode>,
    /// `amount`, `not-paid`, `by-report` or `not-priced`.
    pub outcome: &'static str,
    /// The amount, if there is one.
    pub amount: Option<Money>,
    /// Why there is no amount.
    pub reason: Option<String>,
    /// The steps, in their order, as far as they went.
    pub steps: Vec<ExplainedStep>,
    /// What the amount depends on beyond the tables.
    pub conditions: Vec<&'static str>,
    /// The most that a provider who does not participate may charge the patient.
    pub limiting_charge: Option<Money>,
}

/// A step of a price in words.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct ExplainedStep {
    /// What was applied.
    pub step: String,
    /// The line's amount after it.
    pub amount: Money,
    /// Where it is written down.
    pub source: String,
    /// Whether the source's text was read for this release.
    pub verified: bool,
}

/// What no amount holds.
const NOTE: &str = "allowed amounts, before deductible, coinsurance and sequestration";

impl ClaimPrice {
    /// Puts the price in words, with the names of the releases.
    #[must_use]
    pub fn explain(&self, reference: &Reference) -> PriceExplanation {
        PriceExplanation {
            claim: self.claim.clone(),
            terms: self.terms.text(),
            lines: self.lines.iter().map(|line| line.explain(reference)).collect(),
            total: self.total(),
            known: self.known(),
            note: NOTE,
        }
    }
}

impl LinePrice {
    /// Puts the price of the line in words.
    #[must_use]
    pub fn explain(&self, reference: &Reference) -> ExplainedPrice {
        let (outcome, reason) = match self.outcome {
            Outcome::Amount(_) => ("amount", None),
            Outcome::NotPaid(why) => ("not-paid", Some(why.text())),
            Outcome::ByReport(why) => ("by-report", Some(why.text())),
            Outcome::NotPriced(why) => ("not-priced", Some(why.text(reference))),
        };
        ExplainedPrice {
            line: self.line,
            code: self.code,
            outcome,
            amount: self.amount(),
            reason,
            steps: self.steps.iter().map(|step| explain_step(step, reference)).collect(),
            conditions: self.conditions.iter().map(|condition| condition.text()).collect(),
            limiting_charge: self.limiting_charge,
        }
    }
}

fn explain_step(step: &Step, reference: &Reference) -> ExplainedStep {
    let source = step.kind.source();
    ExplainedStep {
        step: step.kind.text(reference),
        amount: step.amount,
        source: format!("{}, {}", source.source, source.section),
        verified: source.verified,
    }
}

impl Terms {
    /// The terms in words.
    #[must_use]
    pub fn text(&self) -> String {
        let place = match self.locality {
            None => "national".to_owned(),
            Some(locality) => format!("locality {locality}"),
        };
        let participation = match self.participation {
            Participation::Participating => "participating",
            Participation::NonParticipating => "not participating",
        };
        let program = match self.program {
            Program::NotQualifying => "",
            Program::Qualifying => ", qualifying participant (QPP)",
        };
        format!("Medicare, {place}, {participation}{program}")
    }
}
