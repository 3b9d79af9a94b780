use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::modifier_groups::SEPARATE_VISIT;
use crate::rule::prelude::*;
use crate::{code, date};

crate::rule! {
    /// # What it checks
    /// G2211 on the day of an office visit of the same provider with 25. From 2025 it is left where a preventive
    /// service of Medicare's, a wellness visit or a vaccine was given that day.
    ///
    /// # Why
    /// G2211 adds to a visit that is part of lasting care. In 2024 Medicare does not pay it where the visit carries
    /// 25; from 2025 it does where 25 is there for a preventive service.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 99214-25; 64632-RT; G2211")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "G005" && finding.line == Some(3)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take G2211 off the claim.
    ///
    /// # Limits
    /// Whether 25 is there for the preventive service or for another of the day is not looked at.
    pub static G005 = {
        name: "visit-complexity-beside-25",
        check: Check::LineInClaim(check),
        on: Trigger::Codes(&[code!("G2211")]),
        boundaries: &[date!(2024, 1, 1), date!(2025, 1, 1)],
        sources: &[
            Citation::new("NGS Medicare, questions on G2211", "not beside a visit with 25"),
            Citation::unverified("CMS, physician fee schedule final rule 2025", "G2211 and preventive services"),
        ],
        remedies: &[Remedy::display_only("Take G2211 off the claim.")],
        since: "0.1.0",
        message: message,
    };
}

const OFFICE: ServiceKinds = ServiceKinds::of(&[ServiceKind::OfficeNew, ServiceKind::OfficeEstablished]);
const PREVENTIVE: ServiceKinds = ServiceKinds::of(&[
    ServiceKind::Preventive,
    ServiceKind::WellnessVisit,
    ServiceKind::Vaccine,
    ServiceKind::VaccineAdministration,
]);

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if line.code() != Some(code!("G2211")) || line.date() < date!(2024, 1, 1) {
        return;
    }
    let is_visit = |other: &Line<'_>| other.kinds().has_any_of(OFFICE) && other.has(SEPARATE_VISIT);
    let is_preventive = |other: Line<'_>| other.kinds().has_any_of(PREVENTIVE);
    let is_left = line.date() >= date!(2025, 1, 1) && line.day().any(is_preventive);
    let visit = line.day().filter(is_visit).min_by_key(|other| other.given().number);
    if let Some(visit) = visit.filter(|_| !is_left) {
        found.raise_beside(line, &visit);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "G2211 is not paid beside {} with 25 of the same day",
        raised.other_code()
    )
}
