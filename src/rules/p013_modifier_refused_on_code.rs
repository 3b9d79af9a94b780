use crate::policy::RECORD_MODIFIERS;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A modifier on a code, or at a site, on which the payer does not take it.
    ///
    /// # Why
    /// The payer holds that the modifier cannot mean anything there, and denies the line: 25 on a visit that no physician
    /// makes, or 53 on a visit at all.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("bcbs/NC 2024-08-06 @11: 99211-25; 64632-RT")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P013"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// See whether the record supports another code; take the modifier off only where it was wrong.
    ///
    /// # Limits
    /// Where a policy of the payer names what it refuses, what it does not name passes. A policy that is announced,
    /// known at second hand or not verified only advises, and the rule is then not evaluated.
    pub static P013 = {
        name: "modifier-refused-on-code",
        check: Check::Line(check),
        on: Trigger::Modifiers(&RECORD_MODIFIERS),
        payers: Payers::Policy(Topic::RefusedModifiers),
        carc: Some("4"),
        sources: &[Citation::new("payers' policies (docs/payers.md)", "modifiers by code")],
        remedies: &[Remedy::needs_documentation(
            "See whether the record supports another code; take the modifier off only where it was wrong.",
        )],
        since: "0.1.0",
        message: message,
    };
}

/// A policy answers only for the codes and modifiers that it names.
fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let refused = found.policy().and_then(|policy| policy.says.refused_modifiers.as_ref());
    let sites = refused.map_or(&[][..], |refused| &refused.sites);
    if sites.is_empty() || line.site().is_some_and(|site| sites.contains(&site)) {
        found.raise_modifier(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} does not take modifier {} on {}",
        raised.payer(),
        raised.raised_modifier_text(),
        raised.code()
    )
}
