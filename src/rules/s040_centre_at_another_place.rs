use crate::model::SiteOfService;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A line of an ambulatory surgical centre's own claim at another place than 24.
    ///
    /// # Why
    /// What the centre is paid for is given in the centre. The contractor denies another place.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("asc 2024-08-06 @22: 64632-RT")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "S040" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill 24. If the service was given elsewhere, it is not the centre's to bill.
    ///
    /// # Limits
    /// Where the service was given is not seen.
    pub static S040 = {
        name: "centre-at-another-place",
        check: Check::Line(check),
        asc: OnAscClaim::Only,
        about_site: true,
        carc: Some("5"),
        sources: &[Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 14, section 10")],
        remedies: &[Remedy::display_only("Bill 24, if the service was given in the centre.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.site() != Some(SiteOfService::AmbulatorySurgicalCenter) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is on the centre's own claim at site {}, and the centre is at 24",
        raised.code(),
        raised.site()
    )
}
