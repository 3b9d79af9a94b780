//! What a rule's message is made from: a finding with the facts around it.

use crate::evaluation::Finding;
use crate::facts::{Line, LineInClaim};
use crate::model::{Modifier, Payer};
use crate::policy::Policy;

/// A finding with the facts around it, for its message.
#[derive(Clone, Copy, Debug)]
pub struct Raised<'a> {
    pub(crate) finding: Finding,
    pub(crate) line: Option<LineInClaim<'a>>,
    pub(crate) other: Option<Line<'a>>,
    pub(crate) policy: Option<&'a Policy>,
    pub(crate) payer: &'a Payer,
}

impl<'a> Raised<'a> {
    /// The payer's policy that the finding follows from.
    #[must_use]
    pub fn policy(&self) -> Option<&'a Policy> {
        self.policy
    }

    /// The modifier for which the rule was raised with [`Found::raise_modifier`](crate::rule::Found::raise_modifier).
    #[must_use]
    pub fn raised_modifier(&self) -> Option<Modifier> {
        Modifier::from_index(self.finding.detail() as usize)
    }

    /// That modifier for the message; empty where the rule raised none.
    #[must_use]
    pub fn raised_modifier_text(&self) -> String {
        self.raised_modifier()
            .map_or_else(String::new, |modifier| modifier.to_string())
    }

    /// The payer for the message: the plan or payer that the policy names, else the claim's payer. Never empty.
    #[must_use]
    pub fn payer(&self) -> String {
        let plan = self.policy.and_then(|policy| policy.plan.as_ref());
        let name = self.policy.map_or(self.payer.name, |policy| policy.payer);
        plan.map_or_else(|| name.title().to_owned(), ToString::to_string)
    }

    /// The finding.
    #[must_use]
    pub fn finding(&self) -> Finding {
        self.finding
    }

    /// The line.
    #[must_use]
    pub fn line(&self) -> Option<&Line<'a>> {
        self.line.as_deref()
    }

    /// The line, together with the other lines of its claim.
    #[must_use]
    pub fn line_in_claim(&self) -> Option<&LineInClaim<'a>> {
        self.line.as_ref()
    }

    /// The other line.
    #[must_use]
    pub fn other(&self) -> Option<&Line<'a>> {
        self.other.as_ref()
    }

    /// The line's code, for the message.
    #[must_use]
    pub fn code(&self) -> String {
        code_text(self.line())
    }

    /// The other line's code, for the message.
    #[must_use]
    pub fn other_code(&self) -> String {
        code_text(self.other())
    }

    /// The line's first day, for the message.
    #[must_use]
    pub fn date(&self) -> String {
        self.line().map_or_else(String::new, |line| line.date().to_string())
    }

    /// The first of `modifiers` that the line carries, for the message.
    #[must_use]
    pub fn modifier(&self, modifiers: &[Modifier]) -> String {
        self.line()
            .and_then(|line| line.modifiers().iter().find(|modifier| modifiers.contains(modifier)))
            .map(|modifier| modifier.to_string())
            .unwrap_or_default()
    }

    /// The line's modifiers that `which` chooses, for the message: `PO`, `PO and 27`, `PO, 27 and CA`.
    #[must_use]
    pub fn modifiers(&self, which: impl Fn(Modifier) -> bool) -> String {
        let carried = self.line().map(Line::modifiers).unwrap_or_default();
        let mut chosen: Vec<&str> = Vec::new();
        for modifier in carried.iter().filter(|&modifier| which(modifier)) {
            if !chosen.contains(&modifier.as_str()) {
                chosen.push(modifier.as_str());
            }
        }
        match chosen.split_last() {
            Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
            _ => chosen.concat(),
        }
    }

    /// The line's site, for the message.
    #[must_use]
    pub fn site(&self) -> String {
        self.line()
            .and_then(Line::site)
            .map(|site| format!("{site} ({})", site.name()))
            .unwrap_or_else(|| "an unstated site".to_owned())
    }
}

fn code_text(line: Option<&Line<'_>>) -> String {
    line.and_then(Line::code)
        .map(|code| code.to_string())
        .unwrap_or_default()
}
