use crate::rule::prelude::*;

use super::shared::raise_where_asked;

crate::rule! {
    /// # What it checks
    /// A service at a site where the payer reviews whether it had to be done there.
    ///
    /// # Why
    /// The payer expects the service at an office or an ambulatory surgical centre, and pays a costlier site only where
    /// the patient's condition asked for it.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("uhc+commercial+IA 2024-08-06 @22: 64633")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P011"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Have the record say why the site was needed.
    ///
    /// # Limits
    /// Whether the payer has agreed is not on the claim, so this is an advisory. A code that the payer's policies do
    /// not cover here is not evaluated. A policy that is announced, known at second hand or not verified only
    /// advises, and the rule is then not evaluated.
    pub static P011 = {
        name: "site-of-service-review",
        check: Check::Line(check),
        about_site: true,
        payers: Payers::Policy(Topic::SiteReview),
        disposition: Disposition::Advisory,
        sources: &[Citation::new("payers' policies (docs/payers.md)", "site of service")],
        remedies: &[Remedy::needs_documentation("Have the record say why the site was needed.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let condition = found.policy().and_then(|policy| policy.says.site_review.as_ref());
    raise_where_asked(condition, line, found);
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} at site {} is reviewed for its site by {}",
        raised.code(),
        raised.site(),
        raised.payer()
    )
}
