use crate::claim::Claim;
use crate::model::DateRange;

use super::plan::Identity;
use super::{Asked, Form, Policy, PolicySet, Status, Topic};

/// What a payer says on a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PolicyAnswer<'s> {
    /// The policy that decides; `None` if none is known for certain.
    pub decides: Option<&'s Policy>,
    /// A policy that advises, where none decides or one of wider scope does: known at second hand, or not verified.
    pub advises: Option<&'s Policy>,
    /// A policy that is announced, in no wider scope than the one that decides.
    pub announced: Option<&'s Policy>,
}

/// The policies in force for claims of a payer, on a form, over a run of days, in the order in which they are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved<'s> {
    days: DateRange,
    policies: Vec<&'s Policy>,
}

impl<'s> Resolved<'s> {
    pub(super) fn new(days: DateRange, policies: Vec<&'s Policy>) -> Self {
        Self { days, policies }
    }

    /// The days, the date asked for among them, on which the same policies hold.
    #[must_use]
    pub fn days(&self) -> DateRange {
        self.days
    }

    /// The policies, in the order in which they are asked.
    #[must_use]
    pub fn policies(&self) -> &[&'s Policy] {
        &self.policies
    }

    /// What the payer says on a topic, of what is asked.
    #[must_use]
    pub fn on(&self, topic: Topic, asked: Asked) -> PolicyAnswer<'s> {
        self.first(|policy| policy.says.says_of(topic, asked))
    }

    /// What the payer says on a topic at all, of whatever code and modifier.
    pub(crate) fn at_all(&self, topic: Topic) -> PolicyAnswer<'s> {
        self.first(|policy| policy.says.says(topic))
    }

    fn first(&self, says: impl Fn(&Policy) -> bool) -> PolicyAnswer<'s> {
        let mut setting = PolicyAnswer::default();
        for policy in self.policies.iter().copied().filter(|policy| says(policy)) {
            if policy.decides() {
                setting.decides = Some(policy);
                break;
            }
            match policy.status {
                Status::Announced => setting.announced.get_or_insert(policy),
                _ => setting.advises.get_or_insert(policy),
            };
        }
        setting
    }
}

/// The policies in force for the lines of one claim after another. Resolved policies are kept, so that nothing is allocated
/// once each kind of claim has been seen.
#[derive(Debug)]
pub(crate) struct Views<'s> {
    given: Option<&'s PolicySet>,
    known: Vec<(Identity<'s>, Form, Resolved<'s>)>,
    /// For each line of the claim its place in `known`.
    lines: Vec<usize>,
}

impl<'s> Views<'s> {
    /// Over a set of policies; without one, over the seed, which is read when the first claim needs it.
    pub(crate) fn new(given: Option<&'s PolicySet>) -> Self {
        Self {
            given,
            known: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Resolves the policies for the lines of a claim.
    pub(crate) fn resolve(&mut self, claim: &Claim) {
        let set = self.given.unwrap_or_else(|| PolicySet::seed());
        let (identity, form) = (set.identify(claim.payer()), Form::of(claim.form()));
        self.lines.clear();
        let mut last = 0;
        for line in claim.lines() {
            let date = line.date();
            let holds = |(of, on, resolved): &(Identity<'_>, Form, Resolved<'_>)| {
                resolved.days.contains(date) && *of == identity && *on == form
            };
            // Nearly always what held for the line before holds again.
            if !self.known.get(last).is_some_and(holds) {
                last = self.known.iter().position(holds).unwrap_or_else(|| {
                    self.known.push((identity, form, set.resolve_for(identity, form, date)));
                    self.known.len() - 1
                });
            }
            self.lines.push(last);
        }
    }

    /// The policies in force for the line at a position of the claim resolved last.
    pub(crate) fn of(&self, line: usize) -> Option<&Resolved<'s>> {
        let at = self.lines.get(line)?;
        self.known.get(*at).map(|(_, _, resolved)| resolved)
    }

    /// The policies in force for some line; lines of one date share them.
    pub(crate) fn each(&self) -> impl Iterator<Item = &Resolved<'s>> {
        let runs = self.lines.chunk_by(|one, two| one == two);
        let known = runs.filter_map(|run| run.first().and_then(|&at| self.known.get(at)));
        known.map(|(_, _, resolved)| resolved)
    }
}
