//! Releases: which tables are loaded, for which days each was published, and which one answers for a date.

use bytes::Bytes;

use crate::model::{DateRange, ProcedureCode, ServiceDate, closed_set};

use super::codes::CodeId;
use super::tables::Table;

/// One release of one table.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Release {
    /// The table.
    pub table: Table,
    /// The release's name, such as `2024C` or `v30.2`.
    pub name: Box<str>,
    /// The days it answers for. A snapshot's period; for a cumulative table, from its first row to the end of the period
    /// it was published for.
    pub in_force: DateRange,
    /// The published file or page.
    pub source: Box<str>,
    /// The codes an excerpt answers for; `None` for a whole table.
    pub excerpt: Option<Vec<ProcedureCode>>,
}

impl Release {
    /// A whole table.
    #[must_use]
    pub fn new(table: Table, name: &str, in_force: DateRange, source: &str) -> Self {
        Self {
            table,
            name: name.into(),
            in_force,
            source: source.into(),
            excerpt: None,
        }
    }

    /// The same release as an excerpt that answers for `codes` only.
    #[must_use]
    pub fn excerpt_of(mut self, codes: Vec<ProcedureCode>) -> Self {
        self.excerpt = Some(codes);
        self
    }
}

/// The index of a release in [`Reference::releases`](super::Reference::releases).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReleaseId(pub(crate) u16);

closed_set! {
    what: "a use of stale releases";
    /// Whether a table may answer for a date after the period it was published for.
    #[derive(Default)]
    #[strum(serialize_all = "kebab-case")]
    pub enum Stale {
        /// It may not: the rules that need it are not evaluated.
        #[default]
        Refuse,
        /// It may, and the explanation names the release.
        Use,
    }
}

/// Why a table has no answer: different from "the table does not list it".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Gap {
    /// No release of the table is loaded.
    NotLoaded(Table),
    /// Every loaded release begins after the date.
    BeforeFirst(Table),
    /// The newest release that could answer was published for an earlier period.
    Stale(ReleaseId),
    /// The release is an excerpt without the code.
    OutsideExcerpt(ReleaseId),
}

/// What a table answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup<T> {
    /// The table has this.
    Found(T),
    /// The table answers for the date, and does not list it.
    NotListed,
    /// The table does not answer.
    NotCovered(Gap),
}

impl<T> Lookup<T> {
    /// What was found.
    pub fn found(self) -> Option<T> {
        match self {
            Self::Found(row) => Some(row),
            Self::NotListed | Self::NotCovered(_) => None,
        }
    }

    /// Why there is no answer.
    pub fn gap(&self) -> Option<Gap> {
        match self {
            Self::NotCovered(gap) => Some(*gap),
            Self::Found(_) | Self::NotListed => None,
        }
    }
}

/// One release of a table, opened.
#[derive(Clone, Debug)]
pub(crate) struct Loaded<T> {
    pub(crate) id: ReleaseId,
    pub(crate) in_force: DateRange,
    /// A bit a code number, where the release is an excerpt.
    pub(crate) covered: Option<Bytes>,
    pub(crate) table: T,
}

impl<T> Loaded<T> {
    /// Why the release does not answer for a code.
    pub(crate) fn gap(&self, code: Option<CodeId>) -> Option<Gap> {
        (!self.covers(code)).then_some(Gap::OutsideExcerpt(self.id))
    }

    /// Whether the release answers for a code of this number; an unknown code has none.
    #[inline]
    pub(crate) fn covers(&self, code: Option<CodeId>) -> bool {
        match &self.covered {
            None => true,
            Some(bits) => code.is_some_and(|id| {
                bits.get(id.index() / 8)
                    .is_some_and(|byte| byte >> (id.index() % 8) & 1 == 1)
            }),
        }
    }
}

/// Every loaded release of one table, the one to prefer last.
#[derive(Clone, Debug)]
pub(crate) struct Releases<T> {
    table: Table,
    loaded: Vec<Loaded<T>>,
}

impl<T> Releases<T> {
    pub(crate) fn new(table: Table, mut loaded: Vec<Loaded<T>>) -> Self {
        loaded.sort_by_key(|loaded| {
            let (first, last) = (loaded.in_force.first(), loaded.in_force.last());
            if table.is_cumulative() {
                (last, first)
            } else {
                (first, last)
            }
        });
        Self { table, loaded }
    }

    pub(crate) fn all(&self) -> &[Loaded<T>] {
        &self.loaded
    }

    /// One of the releases.
    pub(crate) fn release(&self, id: ReleaseId) -> Option<&Loaded<T>> {
        self.loaded.iter().find(|loaded| loaded.id == id)
    }

    /// The release that answers for a date.
    #[inline]
    pub(crate) fn on(&self, date: ServiceDate, stale: Stale) -> Result<&Loaded<T>, Gap> {
        let newest = self.loaded.iter().rev().find(|loaded| loaded.in_force.first() <= date);
        match newest {
            None if self.loaded.is_empty() => Err(Gap::NotLoaded(self.table)),
            None => Err(Gap::BeforeFirst(self.table)),
            Some(loaded) if date > loaded.in_force.last() && stale == Stale::Refuse => Err(Gap::Stale(loaded.id)),
            Some(loaded) => Ok(loaded),
        }
    }
}
