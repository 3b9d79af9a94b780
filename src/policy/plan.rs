use serde::Deserialize;

use crate::model::{LineOfBusiness, Payer, PayerName, State};

/// A licensee or plan of a payer, by the names that claims give it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Plan {
    /// The name that policies use.
    pub name: Box<str>,
    /// Further names. Case, blanks and punctuation do not count.
    #[serde(default)]
    pub also: Vec<Box<str>>,
    /// The line of business that a claim for the plan is taken for where it states none.
    pub line_of_business: Option<LineOfBusiness>,
    /// Whether all of the payer's business of that line is the plan's, so that a claim that states the line and no
    /// licensee is the plan's.
    #[serde(default)]
    pub all_of_the_line: bool,
    /// The state that a claim for the plan is taken for where it states none.
    pub state: Option<State>,
}

impl Plan {
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.also).map(AsRef::as_ref)
    }
}

/// Whether two names are the same but for case, blanks and punctuation.
pub(super) fn same_name(one: &str, two: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> {
        text.chars()
            .filter(|character| character.is_alphanumeric())
            .flat_map(char::to_lowercase)
    }
    letters(one).eq(letters(two))
}

/// The plans of payers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plans(Vec<(PayerName, Plan)>);

impl Plans {
    pub(super) fn of(&self, payer: PayerName) -> impl Iterator<Item = &Plan> {
        self.0
            .iter()
            .filter(move |(name, _)| *name == payer)
            .map(|(_, plan)| plan)
    }

    pub(super) fn named(&self, payer: PayerName, name: &str) -> Option<&Plan> {
        self.of(payer)
            .find(|plan| plan.names().any(|known| same_name(known, name)))
    }

    /// Adds a plan, or its names and particulars to the plan of the same name.
    ///
    /// # Errors
    /// A name of it that another plan of the payer has: that name, and the other plan's own.
    pub(super) fn add(&mut self, payer: PayerName, plan: Plan) -> Result<(), (Box<str>, Box<str>)> {
        for name in plan.names() {
            if let Some(other) = self.named(payer, name)
                && !same_name(&other.name, &plan.name)
            {
                return Err((name.into(), other.name.clone()));
            }
        }
        let same = |(name, known): &&mut (PayerName, Plan)| *name == payer && same_name(&known.name, &plan.name);
        match self.0.iter_mut().find(same) {
            Some((_, known)) => {
                known.also.extend(plan.also);
                known.line_of_business = plan.line_of_business.or(known.line_of_business);
                known.all_of_the_line |= plan.all_of_the_line;
                known.state = plan.state.or(known.state);
            }
            None => self.0.push((payer, plan)),
        }
        Ok(())
    }

    /// Which plan, line of business and state of its payer a claim is for.
    pub(super) fn identify(&self, payer: &Payer) -> Identity<'_> {
        let plan = match (&payer.licensee, payer.line_of_business) {
            (Some(licensee), _) => self.named(payer.name, licensee),
            (None, Some(line)) => self
                .of(payer.name)
                .find(|plan| plan.all_of_the_line && plan.line_of_business == Some(line)),
            (None, None) => None,
        };
        Identity {
            payer: payer.name,
            plan: plan.map(|plan| &*plan.name),
            line_of_business: payer.line_of_business.or(plan.and_then(|plan| plan.line_of_business)),
            state: payer.state.or(plan.and_then(|plan| plan.state)),
        }
    }
}

/// Whose claim it is, as far as policies tell claims apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Identity<'p> {
    pub(super) payer: PayerName,
    /// The plan's own name; none where the claim names none that is known.
    pub(super) plan: Option<&'p str>,
    pub(super) line_of_business: Option<LineOfBusiness>,
    pub(super) state: Option<State>,
}
