//! The choice of an evaluator's rules and options.

use std::collections::BTreeSet;

use crate::evaluation::RuleSetId;
use crate::modifiers::ModifierTable;
use crate::policy::PolicySet;
use crate::reference::{Reference, Stale, Table};
use crate::rule::Rule;
use crate::rules;

use super::Evaluator;
use super::plan::{ClaimKind, Plan};

/// The most rules that an evaluator can hold: a finding numbers its rule with 16 bits, and one number means no rule.
const MOST_RULES: usize = u16::MAX as usize;

/// Why rules do not make an evaluator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// Two rules with one id.
    #[error("two rules have the id `{0}`: give your own rule an id that the catalogue does not use")]
    SameId(&'static str),
    /// Two rules with one name.
    #[error("two rules have the name `{0}`: give your own rule a name that the catalogue does not use")]
    SameName(&'static str),
    /// A selection that names no rule.
    #[error("unknown rule `{0}`: expected an id, a name or a family letter of `rules::ALL`, or of a rule added before")]
    UnknownRule(String),
    /// A rule without one of the parts that every rule has.
    #[error("rule `{rule}` has no {missing}: declare it with `rule!`, which asks for every part")]
    Incomplete {
        /// The id of the rule, which may be the part that is missing.
        rule: &'static str,
        /// The part that is missing.
        missing: &'static str,
    },
    /// A rule whose trigger reads a table that the rule does not name in `needs`.
    #[error(
        "rule `{rule}` is triggered by facts of {} and does not need it: name the table in `needs`, so that the rule is not \
         evaluated where the table does not answer", table.title()
    )]
    TableNotNeeded {
        /// The id of the rule.
        rule: &'static str,
        /// The table.
        table: Table,
    },
    /// More rules than findings can number.
    #[error("{0} rules are too many: an evaluator holds at most {MOST_RULES}")]
    TooManyRules(usize),
}

/// Chooses the rules and options of an [`Evaluator`].
#[derive(Clone, Debug)]
pub struct EvaluatorBuilder {
    pub(super) reference: Reference,
    pub(super) stale: Stale,
    pub(super) policies: Option<PolicySet>,
    pub(super) modifiers: Option<ModifierTable>,
    pub(super) rules: Vec<&'static Rule>,
}

impl EvaluatorBuilder {
    /// The payers' policies, instead of the [seed](PolicySet::seed).
    #[must_use]
    pub fn policies(mut self, policies: PolicySet) -> Self {
        self.policies = Some(policies);
        self
    }

    /// The table of modifiers, instead of the [library's own](ModifierTable::seed).
    ///
    /// # Example
    /// ```
    /// use cleanclaim::modifiers::ModifierTable;
    /// use cleanclaim::{Evaluator, modifier};
    /// # use cleanclaim::reference::Reference;
    ///
    /// let rows = "modifier,meaning,kinds,needs,excludes,from,to,form,place,judged_by,stops_on,disposition,medicare,percent,\
    ///             effect,when,condition,record,source,confidence\n\
    ///             U1,level one,visit,,,,,professional,pricing,,,,used,,,our state pays by level,,the level,our state,payer\n";
    /// let (table, problems) = ModifierTable::seed().with_rows("state.csv", rows);
    /// assert!(problems.is_empty());
    /// let evaluator = Evaluator::builder(Reference::empty()).modifiers(table).build()?;
    /// assert_eq!(&*evaluator.modifiers().row(modifier!("U1")).unwrap().source, "our state");
    /// # Ok::<(), cleanclaim::SetupError>(())
    /// ```
    #[must_use]
    pub fn modifiers(mut self, modifiers: ModifierTable) -> Self {
        self.modifiers = Some(modifiers);
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
    /// Two rules with one id or one name; a rule without an id, a name, a check, a source or a message, or whose trigger reads
    /// a table that it does not need; and more than 65,535 rules.
    pub fn build(self) -> Result<Evaluator, SetupError> {
        if self.rules.len() > MOST_RULES {
            return Err(SetupError::TooManyRules(self.rules.len()));
        }
        for rule in &self.rules {
            if let Some(missing) = rule.missing_part() {
                return Err(SetupError::Incomplete { rule: rule.id, missing });
            }
            if let Some(table) = rule.missing_need() {
                return Err(SetupError::TableNotNeeded { rule: rule.id, table });
            }
        }
        if let Some(id) = repeated(self.rules.iter().map(|rule| rule.id)) {
            return Err(SetupError::SameId(id));
        }
        if let Some(name) = repeated(self.rules.iter().map(|rule| rule.name)) {
            return Err(SetupError::SameName(name));
        }
        Ok(self.assemble())
    }

    pub(super) fn assemble(self) -> Evaluator {
        Evaluator {
            plans: ClaimKind::ALL.map(|kind| Plan::all(kind, &self.rules)),
            rule_set: RuleSetId::of(self.rules.iter().map(|rule| rule.id)),
            reference: self.reference,
            stale: self.stale,
            policies: self.policies,
            modifiers: self.modifiers,
            rules: self.rules,
        }
    }
}

/// A text that occurs twice.
fn repeated(texts: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let mut seen = BTreeSet::new();
    texts.into_iter().find(|text| !seen.insert(*text))
}

fn chooses(name: &str, rule: &Rule) -> bool {
    name.eq_ignore_ascii_case(rule.id) || name == rule.name || name.eq_ignore_ascii_case(rule.family())
}
