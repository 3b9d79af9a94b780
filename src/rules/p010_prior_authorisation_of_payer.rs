use crate::rule::prelude::*;

use super::shared::raise_where_asked;

crate::rule! {
    /// # What it checks
    /// A service that needs the payer's authorisation beforehand, at the line's site.
    ///
    /// # Why
    /// Where it was not given, the payer denies the claim.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("uhc+commercial+IA 2024-08-06 @22: 64633")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P010"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Make sure that the authorisation was given before the claim is sent.
    ///
    /// # Limits
    /// Whether the payer has agreed is not on the claim, so this is an advisory. A code that the payer's policies do
    /// not cover here is not evaluated. A policy that is announced, known at second hand or not verified only
    /// advises, and the rule is then not evaluated.
    pub static P010 = {
        name: "prior-authorisation-of-payer",
        check: Check::Line(check),
        about_site: true,
        payers: Payers::Policy(Topic::PriorAuthorisation),
        disposition: Disposition::Advisory,
        sources: &[Citation::new("payers' policies (docs/payers.md)", "prior authorisation")],
        remedies: &[Remedy::needs_documentation("Make sure that the authorisation was given before the claim is sent.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let condition = found
        .policy()
        .and_then(|policy| policy.says.prior_authorisation.as_ref());
    raise_where_asked(condition, line, found);
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} at site {} needs prior authorisation of {}",
        raised.code(),
        raised.site(),
        raised.payer()
    )
}
