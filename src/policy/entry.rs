use std::fmt;

use crate::claim::{Biller, ClaimForm};
use crate::model::{DateRange, LineOfBusiness, PayerName, ServiceDate, State, closed_set, serde_as_text};

use super::{Parameters, Topic};

closed_set! {
    what: "a form of claim";
    /// The claims of a payer that a policy is about, by who bills and on what.
    #[strum(serialize_all = "kebab-case")]
    #[non_exhaustive]
    pub enum Form {
        /// A practitioner's professional claim.
        Professional,
        /// An ambulatory surgical centre's own claim.
        Asc,
        /// A facility's institutional claim.
        Hospital,
    }
}

closed_set! {
    what: "a status";
    /// Whether a policy is in force, announced or withdrawn within its effective dates.
    #[strum(serialize_all = "kebab-case")]
    #[non_exhaustive]
    pub enum Status {
        /// Made known, and not yet in force or not known to have come into force: it only advises.
        Announced,
        /// In force.
        InForce,
        /// Taken back before it was in force, or never in force: kept for the record, it answers nothing.
        Withdrawn,
    }
}

closed_set! {
    what: "a confidence";
    /// How well what a policy says is known.
    #[strum(serialize_all = "kebab-case")]
    #[non_exhaustive]
    pub enum Confidence {
        /// The payer's own page, read in full.
        OwnPage,
        /// An excerpt of the payer's own page.
        Excerpt,
        /// A report of somebody else: it only advises.
        SecondHand,
        /// Not known: it only advises.
        Unknown,
    }
}

serde_as_text!(Form, Status, Confidence);

impl Form {
    /// The form of a claim.
    #[must_use]
    pub fn of(form: &ClaimForm) -> Self {
        match form {
            ClaimForm::Professional { biller: Biller::Asc } => Self::Asc,
            ClaimForm::Professional { .. } => Self::Professional,
            ClaimForm::Institutional(_) => Self::Hospital,
        }
    }
}

/// The source of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Source {
    /// The title of the document.
    pub title: Box<str>,
    /// Its number, where it has one.
    pub number: Option<Box<str>>,
    /// Where it was read.
    pub url: Option<Box<str>>,
    /// When it was read.
    pub read: ServiceDate,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.title)?;
        if let Some(number) = &self.number {
            write!(f, " ({number})")?;
        }
        if let Some(url) = &self.url {
            write!(f, ", {url}")?;
        }
        write!(f, ", read {}", self.read)
    }
}

/// One statement of a payer: for which claims and when it holds, what it says, and its source.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// The entry's own name in its file, used once.
    pub id: Box<str>,
    /// The payer.
    pub payer: PayerName,
    /// The licensee or plan; `None` for all.
    pub plan: Option<Box<str>>,
    /// The lines of business; empty for all.
    pub lines_of_business: Vec<LineOfBusiness>,
    /// The states; empty for all.
    pub states: Vec<State>,
    /// The forms of claims; empty for all.
    pub forms: Vec<Form>,
    /// The dates of service for which it holds.
    pub effective: DateRange,
    /// Its status on those dates.
    pub status: Status,
    /// How well it is known.
    pub confidence: Confidence,
    /// Whether the source shows that it holds on those dates. An undated page does not.
    pub verified: bool,
    /// The source.
    pub source: Source,
    /// What else should be known, in our own words.
    pub note: Option<Box<str>>,
    /// What it says.
    pub says: Parameters,
    /// Whether it came with the library or from its user.
    pub(super) layer: Layer,
}

/// Whose an entry is. The user's come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Layer {
    User,
    Seed,
}

/// What an entry can do, in the order in which entries of one scope are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Weight {
    Announced,
    Decides,
    Advises,
    Nothing,
}

/// What entries are ordered by: the narrower scope first (licensee, then state, line of business, form), then
/// what they can do, then whose they are; `false` comes before `true`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    any_plan: bool,
    any_state: bool,
    any_line_of_business: bool,
    any_form: bool,
    weight: Weight,
    layer: Layer,
}

impl Policy {
    /// Whether findings may follow from it: it is in force, known from the payer's own page, and verified. Any other
    /// entry only advises.
    #[must_use]
    pub fn decides(&self) -> bool {
        self.weight() == Weight::Decides
    }

    /// Why it only advises, in a word or two; `None` if it decides.
    #[must_use]
    pub fn caveat(&self) -> Option<&'static str> {
        match self.weight() {
            Weight::Decides => None,
            Weight::Nothing => Some("withdrawn"),
            Weight::Announced => Some("announced"),
            Weight::Advises if self.confidence == Confidence::SecondHand => Some("known at second hand"),
            Weight::Advises => Some("not verified"),
        }
    }

    pub(super) fn weight(&self) -> Weight {
        let first_hand = matches!(self.confidence, Confidence::OwnPage | Confidence::Excerpt);
        match self.status {
            Status::Withdrawn => Weight::Nothing,
            Status::Announced => Weight::Announced,
            Status::InForce if first_hand && self.verified => Weight::Decides,
            Status::InForce => Weight::Advises,
        }
    }

    pub(super) fn rank(&self) -> Rank {
        Rank {
            any_plan: self.plan.is_none(),
            any_state: self.states.is_empty(),
            any_line_of_business: self.lines_of_business.is_empty(),
            any_form: self.forms.is_empty(),
            weight: self.weight(),
            layer: self.layer,
        }
    }

    /// A topic on which two entries of equal rank both answer for some claim, if there is one.
    pub(super) fn contradicts(&self, other: &Self) -> Option<Topic> {
        let same_claims = self.payer == other.payer
            && self.plan == other.plan
            && self.rank() == other.rank()
            && meet(&self.states, &other.states)
            && meet(&self.lines_of_business, &other.lines_of_business)
            && meet(&self.forms, &other.forms)
            && self.effective.overlaps(other.effective);
        if !same_claims || self.weight() == Weight::Nothing {
            return None;
        }
        Topic::all().find(|&topic| self.says.meets(&other.says, topic))
    }
}

fn meet<T: PartialEq>(one: &[T], two: &[T]) -> bool {
    one.is_empty() || two.is_empty() || one.iter().any(|value| two.contains(value))
}
