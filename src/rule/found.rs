//! The output of a check: its findings, and what it could not evaluate.

use crate::evaluation::{Disposition, Finding, Ground, NotEvaluated, Reason};
use crate::facts::Line;
use crate::model::Modifier;
use crate::policy::Policy;

/// Collects the findings of a check.
#[derive(Debug)]
pub struct Found<'a> {
    pub(crate) rule: u16,
    pub(crate) disposition: Disposition,
    pub(crate) by: By<'a>,
    pub(crate) out: &'a mut Vec<Finding>,
    pub(crate) gaps: &'a mut Vec<NotEvaluated>,
}

/// The authority that a check answers by: the rule itself, or a payer's policy. If the policy only advises, its findings
/// stop no claim, and nothing counts as evaluated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct By<'a> {
    pub(crate) ground: Ground,
    pub(crate) policy: Option<&'a Policy>,
    pub(crate) modifier: Option<Modifier>,
}

impl By<'_> {
    pub(crate) const RULE: Self = Self {
        ground: Ground::Decided,
        policy: None,
        modifier: None,
    };
}

impl<'a> Found<'a> {
    /// The payer's policy that the check answers by, for rules whose payers are [`Payers::Policy`](crate::rule::Payers::Policy): it speaks to their topic,
    /// and to the line's code where the topic is about codes.
    #[must_use]
    pub fn policy(&self) -> Option<&'a Policy> {
        self.by.policy
    }

    /// The modifier of the line that the policy is asked about, where its topic is about modifiers.
    #[must_use]
    pub fn modifier(&self) -> Option<Modifier> {
        self.by.modifier
    }

    /// Raises the rule on a line for the [modifier](Self::modifier) that the policy is asked about.
    pub fn raise_modifier(&mut self, line: &Line<'_>) {
        if let Some(modifier) = self.modifier() {
            self.raise_with(line, u32::try_from(modifier.index()).unwrap_or_default());
        }
    }

    fn push(&mut self, finding: Finding) {
        self.out.push(finding.on_ground(self.by.ground));
    }

    fn push_gap(&mut self, gap: NotEvaluated) {
        if self.by.ground == Ground::Decided {
            self.gaps.push(gap);
        }
    }

    /// Raises the rule on a line, with its own disposition.
    pub fn raise(&mut self, line: &Line<'_>) {
        self.raise_as(self.disposition, line, None, 0);
    }

    /// Raises the rule on a line because of another.
    pub fn raise_beside(&mut self, line: &Line<'_>, other: &Line<'_>) {
        self.raise_as(self.disposition, line, Some(other), 0);
    }

    /// Raises the rule on a line and keeps a number for the message.
    pub fn raise_with(&mut self, line: &Line<'_>, detail: u32) {
        self.raise_as(self.disposition, line, None, detail);
    }

    /// Raises the rule with everything said.
    pub fn raise_as(&mut self, disposition: Disposition, line: &Line<'_>, other: Option<&Line<'_>>, detail: u32) {
        let finding = Finding::new(self.rule, disposition, Some(line.position()))
            .beside(other.map(Line::position))
            .with_detail(detail);
        self.push(finding);
    }

    /// Raises the rule on the claim as a whole.
    pub fn raise_claim(&mut self) {
        self.push(Finding::new(self.rule, self.disposition, None));
    }

    /// Records that the rule could not be evaluated on the claim as a whole.
    pub fn claim_not_evaluated(&mut self, why: Reason) {
        self.push_gap(NotEvaluated::new(self.rule, None, why));
    }

    /// Records that the rule could not be evaluated on a line, for a reason other than a missing table that it needs.
    pub fn not_evaluated(&mut self, line: &Line<'_>, why: Reason) {
        self.push_gap(NotEvaluated::new(self.rule, Some(line.position()), why));
    }
}
