use crate::model::Modifier;
use crate::policy::{Policy, RequiredModifiers};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A service without one of the modifiers that the payer asks for on it, with two of them where only one may stand, or
    /// with one that does not stand first.
    ///
    /// The policy names the services and the modifiers: GN, GO and GP on therapy, JW and JZ on drugs of single-dose
    /// containers, AA and its like on anaesthesia.
    ///
    /// # Why
    /// The payer's price or its edits hang on the modifier; without it the line is denied.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("uhc+commercial+TX 2024-08-06 @11: 97110")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P017"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Add the modifier that the record supports, and put it where the payer wants it.
    ///
    /// # Limits
    /// That a modifier does not stand first is an advisory. Which of them is right only the record shows. A policy that is
    /// announced, known at second hand or not verified only advises, and the rule is then not evaluated.
    pub static P017 = {
        name: "required-modifier-missing",
        check: Check::LineInClaim(check),
        payers: Payers::Policy(Topic::RequiredModifiers),
        carc: Some("4"),
        sources: &[Citation::new("payers' policies (docs/payers.md)", "required modifiers")],
        remedies: &[Remedy::needs_documentation(
            "Add the modifier that the record supports, and put it where the payer wants it.",
        )],
        since: "0.1.0",
        message: message,
    };
}

const MISSING: u32 = 0;
const TWO: u32 = 1;
const NOT_FIRST: u32 = 2;

fn required(policy: Option<&Policy>) -> Option<&RequiredModifiers> {
    policy?.says.required_modifiers.as_ref()
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    let Some(required) = required(found.policy()) else {
        return;
    };
    let given = line.modifiers();
    let is_one = |modifier: Modifier| required.modifiers.contains(&modifier);
    match given.iter().filter(|&modifier| is_one(modifier)).count() {
        0 if required.needed && !is_beside(line, required.or_beside) => found.raise_with(line, MISSING),
        0 => {}
        2.. if required.one_only => found.raise_with(line, TWO),
        _ if required.first && !given.iter().next().is_some_and(is_one) => {
            found.raise_as(Disposition::Advisory, line, None, NOT_FIRST);
        }
        _ => {}
    }
}

/// Whether another line of the code and day has the modifier that is enough there.
fn is_beside(line: &LineInClaim<'_>, modifier: Option<Modifier>) -> bool {
    let on_other = |modifier| {
        line.day()
            .any(|other| other.code() == line.code() && other.has(modifier))
    };
    modifier.is_some_and(on_other)
}

fn message(raised: &Raised<'_>) -> String {
    let modifiers = required(raised.policy()).map_or(&[][..], |required| &required.modifiers);
    let texts: Vec<_> = modifiers.iter().map(|modifier| modifier.as_str()).collect();
    let (code, payer, modifiers) = (raised.code(), raised.payer(), texts.join(", "));
    match raised.finding().detail() {
        TWO => format!("{code} has more than one of {modifiers}: {payer} takes only one"),
        NOT_FIRST => format!("{code} has another modifier before the one of {modifiers}: {payer} wants it first"),
        _ => format!("{code} has none of {modifiers}: {payer} wants one"),
    }
}
