use crate::evaluation::Reason;
use crate::kinds::{ServiceKind, ServiceKinds};
use crate::modifier;
use crate::reference::{GlobalPeriod, Table};
use crate::rule::prelude::*;

use super::global_package::{is_open, package};

crate::rule! {
    /// # What it checks
    /// A visit without 57 on the day of the same provider's procedure with global days 090, or on the day before.
    ///
    /// # Why
    /// The payment of a major procedure includes the visits of its day and of the day before. 57 says that the visit
    /// led to the decision for it; 25 does not say so.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @22: 99213-25; 28080-RT")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "G002" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Put 57 on the visit where the record shows that the decision for surgery was made at it; else take the visit
    /// off the claim.
    ///
    /// # Limits
    /// Critical care, preventive and wellness visits are not looked at. Whether the decision was made at the visit
    /// the claim does not tell.
    pub static G002 = {
        name: "visit-without-57",
        check: Check::LineInClaim(check),
        on: Trigger::Kinds(PACKAGED),
        needs: &[Table::FeeSchedule],
        carc: Some("97"),
        sources: &[
            Citation::new("CMS, PFS Relative Value File documentation", "global days 090"),
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 12, sections 30.6.6 and 40.1"),
        ],
        remedies: &[
            Remedy::display_only("Take the visit off the claim, if the procedure was decided on before it."),
            Remedy::needs_documentation(
                "Where the record shows that the procedure was decided on at the visit, 57 on the visit's line.",
            )
            .adding(&[modifier!("57")]),
        ],
        since: "0.1.0",
        message: message,
    };
}

const PACKAGED: ServiceKinds = ServiceKinds::of(&[
    ServiceKind::OfficeNew,
    ServiceKind::OfficeEstablished,
    ServiceKind::Consultation,
    ServiceKind::HospitalVisit,
    ServiceKind::ObservationVisit,
    ServiceKind::EmergencyVisit,
    ServiceKind::NursingFacilityVisit,
    ServiceKind::HomeVisit,
    ServiceKind::EyeVisit,
]);

fn is_major(line: &Line<'_>) -> bool {
    package(line) == Some(GlobalPeriod::Days90)
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if line.has(modifier!("57")) || !line.kinds().has_any_of(PACKAGED) {
        return;
    }
    let (today, tomorrow) = (line.date(), line.date().next());
    let near = |other: &Line<'_>| {
        let days = other.given().dates;
        days.contains(today) || tomorrow.is_some_and(|tomorrow| days.contains(tomorrow))
    };
    let starts = |other: &Line<'_>| is_major(other) && other.given().dates.is_single();
    let major = line.of_provider().filter(near).filter(starts);
    match major.min_by_key(|other| (other.date(), other.given().number)) {
        Some(major) => found.raise_beside(line, &major),
        None if is_open(line, line.of_provider().filter(near), found) => {}
        None if line.of_provider().filter(near).any(|other| is_major(&other)) => {
            found.not_evaluated(line, Reason::OtherLineSeveralDays);
        }
        None => {}
    }
}

fn message(raised: &Raised<'_>) -> String {
    let same_day = raised.line().map(Line::date) == raised.other().map(Line::date);
    format!(
        "{} has no 57 {} {}, whose payment includes the visits of that day and the day before (global days 090)",
        raised.code(),
        if same_day { "on the day of" } else { "on the day before" },
        raised.other_code(),
    )
}
