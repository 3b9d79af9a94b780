use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::SiteOfService;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A drug on a practitioner's claim at a hospital: 19, 21, 22 or 23.
    ///
    /// # Why
    /// What is given to a hospital's patient the hospital buys and bills. The practitioner is paid for the procedure.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @22: J3301 x4")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "S034" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the drug off the claim. If it was given in the practice, correct the place.
    ///
    /// # Limits
    /// Who bought the drug is not seen.
    pub static S034 = {
        name: "drug-in-facility",
        check: Check::Line(check),
        on: Trigger::Sites(&[
            SiteOfService::OffCampusOutpatientHospital,
            SiteOfService::InpatientHospital,
            SiteOfService::OnCampusOutpatientHospital,
            SiteOfService::EmergencyDepartment,
        ]),
        and: Trigger::Kinds(ServiceKinds::of(&[ServiceKind::Drug])),
        about_site: true,
        sources: &[Citation::unverified(
            "CMS, Medicare Claims Processing Manual, chapter 17, and 42 CFR 410.26",
            "incident-to services are not those of a hospital's patients",
        )],
        remedies: &[Remedy::display_only(
            "Take the drug off the claim: the hospital bills it; if it was given in the practice, correct the place.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.is(ServiceKind::Drug) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is a drug at site {}, where the hospital bills it",
        raised.code(),
        raised.site()
    )
}
