use crate::model::SiteOfService;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A practitioner's line at 72, a rural health clinic.
    ///
    /// # Why
    /// Medicare pays the clinic, on an institutional claim by the visit. A professional claim of the same is denied.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @72: 99213")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "S039" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Send the clinic's own claim. If the service was given elsewhere, correct the place.
    ///
    /// # Limits
    /// Services that are none of the clinic's, such as the technical part of tests, are billed with another place.
    pub static S039 = {
        name: "rural-clinic-in-part-b",
        check: Check::Line(|line, found| found.raise(line)),
        on: Trigger::Sites(&[SiteOfService::RuralHealthClinic]),
        about_site: true,
        sources: &[Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 9, section 10")],
        remedies: &[Remedy::display_only(
            "Send the clinic's own institutional claim; if the service was given elsewhere, correct the place.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} at site {} is the clinic's to bill, on an institutional claim",
        raised.code(),
        raised.site()
    )
}
