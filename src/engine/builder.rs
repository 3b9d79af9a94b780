//! The choice of an evaluator's rules and options.

use crate::policy::PolicySet;
use crate::reference::{Reference, Stale};
use crate::rule::Rule;
use crate::rules;

use super::Evaluator;
use super::plan::{ClaimKind, MOST_RULES, Plan};

/// Why rules do not make an evaluator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// Two rules with one id.
    #[error("two rules have the id `{0}`: give your own rule an id that the catalogue does not use")]
    SameId(&'static str),
    /// A selection that names no rule.
    #[error("`{0}` is no rule, family or name of the catalogue: see `cleanclaim rule` for those there are")]
    UnknownRule(String),
    /// More rules than an evaluator can hold.
    #[error("{0} rules look at lines or at the lines of a code: a kind of claim can have at most {MOST_RULES}")]
    TooManyRules(usize),
}

/// Chooses the rules and options of an [`Evaluator`].
#[derive(Clone, Debug)]
pub struct EvaluatorBuilder {
    pub(super) reference: Reference,
    pub(super) stale: Stale,
    pub(super) policies: Option<PolicySet>,
    pub(super) rules: Vec<&'static Rule>,
}

impl EvaluatorBuilder {
    /// The payers' policies, instead of the [seed](PolicySet::seed).
    #[must_use]
    pub fn policies(mut self, policies: PolicySet) -> Self {
        self.policies = Some(policies);
        self
    }

    /// Whether tables may be used past the period they were published for.
    #[must_use]
    pub fn stale(mut self, stale: Stale) -> Self {
        self.stale = stale;
        self
    }

    /// Adds a rule of your own.
    #[must_use]
    pub fn rule(mut self, rule: &'static Rule) -> Self {
        self.rules.push(rule);
        self
    }

    /// Keeps only the rules that `names` choose: ids, names, or families by their letter.
    ///
    /// # Errors
    /// A name that chooses no rule.
    pub fn only<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Result<Self, SetupError> {
        let names = self.known(names)?;
        self.rules.retain(|rule| names.iter().any(|name| chooses(name, rule)));
        Ok(self)
    }

    /// Leaves out the rules that `names` choose: ids, names, or families by their letter.
    ///
    /// # Errors
    /// A name that chooses no rule.
    pub fn skip<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Result<Self, SetupError> {
        let names = self.known(names)?;
        self.rules.retain(|rule| !names.iter().any(|name| chooses(name, rule)));
        Ok(self)
    }

    fn known<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Result<Vec<&'a str>, SetupError> {
        let names: Vec<&str> = names.into_iter().collect();
        let known = |name: &&&str| rules::ALL.iter().chain(&self.rules).any(|rule| chooses(name, rule));
        match names.iter().find(|name| !known(name)) {
            Some(name) => Err(SetupError::UnknownRule((*name).to_owned())),
            None => Ok(names),
        }
    }

    /// The evaluator.
    ///
    /// # Errors
    /// Two rules with one id, or more rules than fit.
    pub fn build(self) -> Result<Evaluator, SetupError> {
        let mut ids: Vec<_> = self.rules.iter().map(|rule| rule.id).collect();
        ids.sort_unstable();
        if let Some(&[id, _]) = ids.array_windows().find(|[one, two]| one == two) {
            return Err(SetupError::SameId(id));
        }
        let counts = ClaimKind::ALL.map(|kind| kind.rules_of_lines(&self.rules));
        if let Some(count) = counts.into_iter().find(|&count| count > MOST_RULES) {
            return Err(SetupError::TooManyRules(count));
        }
        Ok(self.assemble())
    }

    pub(super) fn assemble(self) -> Evaluator {
        Evaluator {
            plans: ClaimKind::ALL.map(|kind| Plan::new(kind, &self.rules)),
            reference: self.reference,
            stale: self.stale,
            policies: self.policies,
            rules: self.rules,
        }
    }
}

fn chooses(name: &str, rule: &Rule) -> bool {
    name.eq_ignore_ascii_case(rule.id) || name == rule.name || name.eq_ignore_ascii_case(rule.family())
}
