//! What Medicare allows for each line of a claim, step by step, each step with its source.
//!
//! A professional line is priced from the physician fee schedule, a line of an ambulatory surgical centre (ASC) from the
//! ASC addenda. A line without an amount says why: not paid, priced by report, or not priced because a table or a rule is missing. The
//! order of the steps, the rounding and the limits are in `docs/price.md`.
//!
//! Every amount is the *allowed* amount: before the patient's deductible and coinsurance, and before sequestration.
//!
//! ```
//! use cleanclaim::price::{Outcome, Terms, price};
//! use cleanclaim::reference::Reference;
//! use cleanclaim::Claim;
//!
//! let claim = Claim::from_shorthand("2026-04-06 @11: 64632-50")?;
//! let prices = price(&claim, Reference::starter(), &Terms::national());
//! assert_eq!(prices.lines[0].outcome, Outcome::Amount("135.27".parse()?));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod asc;
mod cents;
mod component_reduction;
mod draft;
mod fee;
mod hospital;
mod order;
mod outcome;
mod professional;
mod session;
mod sides;
mod step;
mod surgery;
mod terms;
mod therapy;
mod words;

use crate::claim::{Biller, Claim, ClaimForm};
use crate::model::{Money, Npi, PayerName, ProcedureCode};
use crate::reference::Reference;

pub use self::outcome::{ByReport, Condition, NotPaid, Outcome, Unpriced};
pub use self::step::{FeeTerms, Indices, Step, StepKind};
pub use self::terms::{Participation, Program, Terms};
pub use self::words::{ExplainedPrice, ExplainedStep, PriceExplanation};

use self::draft::Draft;

/// What Medicare allows for the lines of a claim.
///
/// ```
/// use cleanclaim::price::{Terms, price};
/// use cleanclaim::reference::Reference;
/// use cleanclaim::Claim;
///
/// let claim = Claim::from_shorthand("2026-04-06 @11: 64632; 64999")?;
/// let prices = price(&claim, Reference::starter(), &Terms::national());
/// // 64999 is priced by the contractor, and so may be worth more or less than 64632.
/// assert_eq!(prices.total(), None);
/// assert_eq!(prices.line(1).map(|line| line.amount()), Some(None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClaimPrice {
    /// The claim's id.
    pub claim: Box<str>,
    /// On what terms.
    pub terms: Terms,
    /// The lines, in the order of the claim.
    pub lines: Vec<LinePrice>,
}

impl ClaimPrice {
    /// The sum of the lines, unpaid lines counted as zero; `None` if a line's amount is not known.
    #[must_use]
    pub fn total(&self) -> Option<Money> {
        let known = self
            .lines
            .iter()
            .all(|line| matches!(line.outcome, Outcome::Amount(_) | Outcome::NotPaid(_)));
        known.then(|| self.known())
    }

    /// The sum of the lines whose amount is known.
    #[must_use]
    pub fn known(&self) -> Money {
        let cents = self.lines.iter().filter_map(LinePrice::amount).map(cents::cents);
        cents::money(cents.sum())
    }

    /// The price of the line with this number.
    #[must_use]
    pub fn line(&self, number: u32) -> Option<&LinePrice> {
        self.lines.iter().find(|line| line.line == number)
    }
}

/// What Medicare allows for one line, and how that was reached.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LinePrice {
    /// The line's number.
    pub line: u32,
    /// The procedure.
    pub code: Option<ProcedureCode>,
    /// The amount, or why there is none.
    pub outcome: Outcome,
    /// The steps, in their order, as far as they went.
    pub steps: Vec<Step>,
    /// What the amount depends on beyond the tables.
    pub conditions: Vec<Condition>,
    /// The most that a provider who does not participate, and does not accept assignment, may charge the patient.
    pub limiting_charge: Option<Money>,
}

impl LinePrice {
    /// The amount, if there is one.
    #[must_use]
    pub fn amount(&self) -> Option<Money> {
        match self.outcome {
            Outcome::Amount(amount) => Some(amount),
            _ => None,
        }
    }
}

/// Prices every line of a claim.
#[must_use]
pub fn price(claim: &Claim, reference: &Reference, terms: &Terms) -> ClaimPrice {
    let otherwise = only_provider(claim);
    let drafts = claim.lines().iter().map(|line| Draft::new(line, otherwise));
    let mut drafts: Vec<Draft<'_>> = drafts.collect();
    if claim.payer().name == PayerName::Medicare {
        match claim.form() {
            ClaimForm::Professional { biller: Biller::Asc } => asc::price(&mut drafts, reference, terms),
            ClaimForm::Professional { .. } => professional::price(&mut drafts, reference, terms),
            ClaimForm::Institutional(form) => hospital::price(&mut drafts, form, reference, terms),
        }
    } else {
        for draft in &mut drafts {
            draft.settle(Outcome::NotPriced(Unpriced::NoPolicyKnown));
        }
    }
    ClaimPrice {
        claim: claim.id().into(),
        terms: *terms,
        lines: drafts.into_iter().map(Draft::finish).collect(),
    }
}

/// The only provider named on the claim's lines, who also renders the lines that name none. If several are named, the
/// lines that name none count as one more provider's.
fn only_provider(claim: &Claim) -> Option<Npi> {
    let mut named = claim.lines().iter().filter_map(|line| line.provider);
    let first = named.next()?;
    named.all(|other| other == first).then_some(first)
}
