use crate::evaluation::Reason;
use crate::reference::{Bilateral, Lookup};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A service without a modifier of side or site, where the payer wants one.
    ///
    /// The policy names the codes, or asks it of every code with bilateral indicator 1, and says which modifiers are
    /// enough.
    ///
    /// # Why
    /// A payer that wants the side denies the line without it, so that a second side is not paid twice.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("\"uhc/UHC Community Plan\" 2025-09-01 @11: 64632")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P002"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Add the modifier that says where the service was done, as the record shows it.
    ///
    /// # Limits
    /// Whether the modifier names the right side is not looked at. A code that the policy does not name is not
    /// evaluated where the policy uses the bilateral indicator and no fee schedule answers for the code. A policy
    /// that is announced, known at second hand or not verified only advises, and the rule is then not evaluated.
    pub static P002 = {
        name: "anatomic-modifier-missing",
        check: Check::Line(check),
        payers: Payers::Policy(Topic::AnatomicModifier),
        carc: Some("4"),
        sources: &[Citation::new("payers' policies (docs/payers.md)", "anatomic modifier")],
        remedies: &[Remedy::needs_documentation(
            "Add the modifier that says where the service was done, as the record shows it.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let wanted = found.policy().and_then(|policy| policy.says.anatomic_modifier.as_ref());
    let (Some(wanted), Some(code)) = (wanted, line.code()) else {
        return;
    };
    if line.has_any(&wanted.modifiers) {
        return;
    }
    if wanted.codes.contains(code) {
        found.raise(line);
    } else if wanted.at_bilateral_indicator_1 {
        match line.look_up_fee() {
            Lookup::Found(fee) if fee.bilateral == Bilateral::Conditional => found.raise(line),
            Lookup::NotCovered(gap) => found.not_evaluated(line, Reason::Table(gap)),
            Lookup::Found(_) | Lookup::NotListed => {}
        }
    }
}

fn message(raised: &Raised<'_>) -> String {
    let wanted = raised
        .policy()
        .and_then(|policy| policy.says.anatomic_modifier.as_ref());
    let modifiers: Vec<_> = wanted
        .map_or(&[][..], |wanted| &wanted.modifiers)
        .iter()
        .map(|modifier| modifier.as_str())
        .collect();
    format!(
        "{} has no modifier of side or site: {} wants one of {}",
        raised.code(),
        raised.payer(),
        modifiers.join(", "),
    )
}
