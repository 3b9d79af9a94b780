use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A site of service that is not an assigned place of service code.
    ///
    /// # Why
    /// The site says at which rate a service is paid, and for many whether it is. A line whose site says nothing cannot be
    /// processed.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @98: 64632")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "S001");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// State the place where the patient was. A pain clinic is 11 as a practice's office, 49 as an independent clinic, 19 or
    /// 22 as a hospital's department.
    ///
    /// # Limits
    /// The dates on which a code was assigned are not looked at. 66 is taken as assigned, which is not verified.
    pub static S001 = {
        name: "unknown-site",
        check: Check::Line(check),
        on: Trigger::UnassignedSite,
        asc: OnAscClaim::Applies,
        about_site: true,
        payers: Payers::All,
        disposition: Disposition::LineRejection,
        carc: Some("16"),
        sources: &[
            Citation::new("CMS, place of service code set", "assigned codes, as published lists repeat them"),
            Citation::unverified("CMS, Medicare Claims Processing Manual, chapter 26", "section 10.5"),
        ],
        remedies: &[Remedy::display_only("State the place of service code of the place where the patient was.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.site().is_some_and(|site| !site.is_assigned()) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let site = raised.line().and_then(Line::site);
    let site = site.map(|site| site.to_string()).unwrap_or_default();
    format!(
        "the site {site} of {} is not an assigned place of service",
        raised.code()
    )
}
