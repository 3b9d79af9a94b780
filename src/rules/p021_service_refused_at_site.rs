use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A service at a site at which the payer does not pay the practitioner for it.
    ///
    /// # Why
    /// At a facility the payer holds that the facility supplied the service: injections and infusions by its nurses, for
    /// example.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("bcbs/Regence 2024-08-06 @22: 96365")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P021"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Compare the site with the record; if it is right, the facility bills the service.
    ///
    /// # Limits
    /// A policy that is announced, known at second hand or not verified only advises, and the rule is then not evaluated.
    pub static P021 = {
        name: "service-refused-at-site",
        check: Check::Line(check),
        about_site: true,
        payers: Payers::Policy(Topic::RefusedSites),
        carc: Some("5"),
        sources: &[Citation::new("payers' policies (docs/payers.md)", "services by site")],
        remedies: &[Remedy::display_only(
            "Compare the site with the record; if it is right, the facility bills the service.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let refused = found.policy().and_then(|policy| policy.says.refused_sites.as_ref());
    if refused
        .zip(line.site())
        .is_some_and(|(refused, site)| refused.is_asked_at(site))
    {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} does not pay a practitioner for {} at site {}",
        raised.payer(),
        raised.code(),
        raised.site()
    )
}
