use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::ServiceDate;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A visit of a new patient, or an eye examination of one, after another of the same provider on the claim.
    ///
    /// # Why
    /// Whom the provider has seen in the last three years is no new patient. The second visit is denied.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("@11: 99203 2024-07-09; 99203 2024-08-06")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "G010" && finding.line == Some(2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the visit of an established patient.
    ///
    /// # Limits
    /// Visits on other claims, and of colleagues of the same group and specialty, are not seen.
    pub static G010 = {
        name: "new-patient-twice",
        check: Check::LineInClaim(check),
        on: Trigger::Kinds(ServiceKinds::of(&[ServiceKind::OfficeNew, ServiceKind::EyeVisit])),
        carc: Some("B16"),
        sources: &[Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 12, section 30.6.7")],
        remedies: &[Remedy::display_only("Bill the visit code of an established patient.")],
        since: "0.1.0",
        message: message,
    };
}

fn is_new(line: &Line<'_>) -> bool {
    let new_eye = line
        .code()
        .is_some_and(|code| ["92002", "92004"].contains(&code.as_str()));
    new_eye || line.is(ServiceKind::OfficeNew)
}

/// By what the visits of a claim follow each other.
fn place(line: &Line<'_>) -> (ServiceDate, u32) {
    (line.date(), line.given().number)
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if !is_new(line) {
        return;
    }
    let earlier = line
        .of_provider()
        .filter(|other| is_new(other) && place(other) < place(line));
    if let Some(first) = earlier.min_by_key(place) {
        found.raise_beside(line, &first);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is the visit of a new patient, whom line {} bills as new already",
        raised.code(),
        raised.other().map_or(0, |other| other.given().number),
    )
}
