//! Which modifiers may stand on a line, when, and what each changes.

mod judge;
mod question;

use crate::claim::{Claim, ClaimError, ServiceLine};
use crate::engine::Evaluator;
use crate::model::{Modifier, Money, Payer, PayerName};
use crate::modifiers::{MedicareUse, ModifierEntry};

use self::judge::Question;
pub use self::question::{Answer, Judgement};

/// What may stand on a line, and what may not. Each modifier that is in use on the date and by the payer, and that the line does
/// not carry, is in one of the lists.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Advice {
    /// The modifiers that may stand on the line, in the order they would stand.
    pub proposals: Vec<Proposal>,
    /// Those that only say that the service was distinct from another of the day. The line is seen alone, so they are
    /// never proposed: to set a pair aside is no reason for one.
    pub distinct: Vec<DistinctModifier>,
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
    pub meaning: Box<str>,
    /// On which facts it is used.
    pub when: Box<str>,
    /// What must be so of the code, where no table says whether it is.
    pub condition: Option<Box<str>>,
    /// What the record must show.
    pub documentation: Box<str>,
    /// What the rules add, such as that documentation decides.
    pub advisories: Vec<String>,
    /// What it does to the payment: to Medicare's amount, or by what is known of another payer's, that it is not known
    /// included. `None` if Medicare's amounts have nothing to do with the line.
    pub effect: Option<Effect>,
}

/// A modifier that only says that the service was distinct from another of the day.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct DistinctModifier {
    /// The modifier.
    pub modifier: Modifier,
    /// What it says, in our words.
    pub meaning: Box<str>,
    /// On which facts, beside which other service, it may stand.
    pub when: Box<str>,
    /// What the record must show.
    pub documentation: Box<str>,
    /// What the rules add.
    pub advisories: Vec<String>,
}

/// What a modifier does to a line's payment.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Effect {
    /// Medicare's amount without it; `None` for another payer.
    pub without: Option<Money>,
    /// Medicare's amount with it; `None` for another payer.
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
    /// The codes, or the lines, that it is about.
    pub of: String,
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
    /// The line is seen alone, so that no modifier is proposed to get past a pair: 59, XE, XS, XP and XU never are, and are
    /// told apart with what they need. A proposal raises nothing that stops the line and is not raised without it.
    /// Whether it fits is for the record to show.
    ///
    /// For a payer other than Medicare a modifier may stand where no rule that asks whether it may, and that binds the payer
    /// or may, is left open, or where a policy of the payer's own takes it; what it pays is said apart.
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
        let claim = Claim::professional("advice").payer(payer.clone()).line(line.clone());
        claim.build().map(|_| self.advise_on(line, payer))
    }

    /// The same for a line that a claim has taken, or that is made from typed values.
    pub(crate) fn advise_on(&self, line: &ServiceLine, payer: &Payer) -> Advice {
        let mut question = Question::new(self, line, payer);
        let mut advice = Advice {
            proposals: Vec::new(),
            distinct: Vec::new(),
            stopped: Vec::new(),
            elsewhere: Vec::new(),
            open: Vec::new(),
        };
        for row in self.rows_asked(line, payer) {
            if !question.carries(row.modifier) {
                question.judge(row, &mut advice);
            }
        }
        advice
    }

    /// The rows of the table of modifiers that are in use on the line's date and by the payer, in the order in which
    /// modifiers stand on a line.
    fn rows_asked(&self, line: &ServiceLine, payer: &Payer) -> Vec<&ModifierEntry> {
        let is_medicare = payer.name == PayerName::Medicare;
        let is_used = |row: &&ModifierEntry| {
            row.in_force.contains(line.date()) && !(is_medicare && row.medicare == MedicareUse::NotUsed)
        };
        let mut rows: Vec<&ModifierEntry> = self.modifiers().rows().filter(is_used).collect();
        rows.sort_by_key(|row| (row.place, row.modifier));
        rows
    }
}
