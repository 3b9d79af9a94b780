//! A line together with the other lines of its claim.

use std::ops::Deref;

use super::{Line, Pair, WholeClaim, day_of};

/// A line together with the other lines of its claim.
///
/// Only a check that takes this type can look at another line. So the engine knows which rules depend on other lines, and
/// reports such a rule as not evaluated where one of those lines covers several days.
///
/// # Example
/// ```
/// use cleanclaim::rule::prelude::*;
///
/// const CHECK: Check = Check::LineInClaim(|line, found| {
///     if line.day().count() > 1 {
///         found.raise(line);
///     }
/// });
/// assert!(CHECK.reads_other_lines());
/// ```
///
/// A check of single lines cannot reach another line:
///
/// ```compile_fail
/// use cleanclaim::rule::prelude::*;
///
/// const CHECK: Check = Check::Line(|line, found| {
///     if line.day().count() > 1 {
///         found.raise(line);
///     }
/// });
/// ```
#[derive(Clone, Copy, Debug)]
pub struct LineInClaim<'a>(Line<'a>);

impl<'a> Deref for LineInClaim<'a> {
    type Target = Line<'a>;

    fn deref(&self) -> &Line<'a> {
        &self.0
    }
}

impl<'a> LineInClaim<'a> {
    #[inline]
    pub(crate) fn new(line: Line<'a>) -> Self {
        Self(line)
    }

    /// The lines of the same provider and day, including this one, in the order of the claim. Empty for a line over
    /// several days.
    pub fn day(&self) -> impl Iterator<Item = Line<'a>> + use<'a> {
        let resolved = self.0.resolved;
        day_of(self.0.facts, resolved.lines, resolved.days).filter_map(|position| resolved.line(position))
    }

    /// The same lines, each together with the other lines of the claim.
    pub(crate) fn day_in_claim(&self) -> impl Iterator<Item = LineInClaim<'a>> + use<'a> {
        self.day().map(Self::new)
    }

    /// The lines of the same provider on every day, this one among them, in the order of the claim. Lines over several
    /// days are among them, too, by their first day.
    pub fn of_provider(&self) -> impl Iterator<Item = Line<'a>> + use<'a> {
        let provider = self.0.facts.provider;
        self.0
            .resolved
            .lines()
            .filter(move |other| other.facts.provider == provider)
    }

    /// The lines of the same provider that begin before this line, in the order of the claim.
    pub fn earlier(&self) -> impl Iterator<Item = Line<'a>> + use<'a> {
        let (resolved, provider, date) = (self.0.resolved, self.0.facts.provider, self.date());
        let lines = resolved.claim.lines().iter().zip(resolved.lines).enumerate();
        lines
            .filter(move |(_, (given, facts))| given.date() < date && facts.provider == provider)
            .filter_map(move |(position, _)| resolved.line(position))
    }

    /// The lines over several days, of the same provider, that cover this line's date. [`day`](Self::day) leaves them
    /// out: nobody knows what was done on which of their days.
    pub fn lines_over_days(&self) -> impl Iterator<Item = Line<'a>> + use<'a> {
        let (date, provider) = (self.date(), self.0.facts.provider);
        self.0.resolved.lines().filter(move |other| {
            other.facts.spans_days && other.facts.provider == provider && other.line.dates.contains(date)
        })
    }

    /// The claim as a whole.
    #[must_use]
    pub fn whole_claim(&self) -> WholeClaim<'a> {
        WholeClaim::new(self.0.resolved)
    }

    /// Whether the line lies on a day with a major procedure: one of status indicator T, or any day of a claim that has
    /// a comprehensive primary.
    #[must_use]
    pub fn is_on_t_day(&self) -> bool {
        self.whole_claim().has_comprehensive_primary() || self.day().any(|line| line.status() == "T")
    }

    /// Calls `visit` for every PTP edit in force that has this line in column 2.
    pub fn edits_in_column2(&self, mut visit: impl FnMut(&Pair<'a>)) {
        self.rely_on(self.pair_table());
        for other in self.day().filter(|other| other.position != self.0.position) {
            Pair::between(other, self.0, &mut |pair| {
                if pair.column2.position == self.0.position {
                    visit(pair);
                }
            });
        }
    }
}
