//! On what terms a claim is priced.

use crate::model::closed_set;
use crate::reference::{Locality, Stale};

/// On what terms a claim is priced.
///
/// ```
/// use cleanclaim::price::{Participation, Terms};
///
/// let terms = Terms::national().with_participation(Participation::NonParticipating);
/// assert!(terms.locality.is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Terms {
    /// The payment locality, whose geographic indices count; the nation, where every index is 1, if there is none.
    pub locality: Option<Locality>,
    /// Whether the provider participates in Medicare.
    pub participation: Participation,
    /// Which of the two conversion factors there are since 2026 counts.
    pub program: Program,
    /// Whether tables may be used past the period they were published for.
    pub stale: Stale,
}

impl Terms {
    /// National amounts of a participating provider, no stale tables.
    #[must_use]
    pub const fn national() -> Self {
        Self {
            locality: None,
            participation: Participation::Participating,
            program: Program::NotQualifying,
            stale: Stale::Refuse,
        }
    }

    /// The same in a payment locality.
    #[must_use]
    pub const fn in_locality(mut self, locality: Locality) -> Self {
        self.locality = Some(locality);
        self
    }

    /// The same for a provider who participates, or does not.
    #[must_use]
    pub const fn with_participation(mut self, participation: Participation) -> Self {
        self.participation = participation;
        self
    }

    /// The same with the other conversion factor.
    #[must_use]
    pub const fn with_program(mut self, program: Program) -> Self {
        self.program = program;
        self
    }

    /// The same with stale tables used or refused.
    #[must_use]
    pub const fn with_stale(mut self, stale: Stale) -> Self {
        self.stale = stale;
        self
    }
}

impl Default for Terms {
    fn default() -> Self {
        Self::national()
    }
}

closed_set! {
    what: "a participation";
    /// Whether a provider participates in Medicare, and so accepts its amounts as payment in full.
    #[derive(Default)]
    #[strum(serialize_all = "kebab-case")]
    pub enum Participation {
        /// The whole amount.
        #[default]
        Participating,
        /// 95 percent of it, and a limit on what the patient may be charged.
        NonParticipating,
    }
}

closed_set! {
    what: "a program";
    /// Which of the fee schedule's conversion factors counts. Before 2026 there is one.
    #[derive(Default)]
    #[strum(serialize_all = "kebab-case")]
    pub enum Program {
        /// That of every provider who is not a qualifying participant of an alternative payment model.
        #[default]
        NotQualifying,
        /// That of the qualifying participants (QPP).
        Qualifying,
    }
}
