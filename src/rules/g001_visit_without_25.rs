use crate::evaluation::Reason;
use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::modifier_groups::SEPARATE_VISIT;
use crate::reference::{GlobalPeriod, Table};
use crate::rule::prelude::*;

use super::global_package::{is_open, package};

crate::rule! {
    /// # What it checks
    /// A visit of an established patient, in an office, hospital, nursing facility or home, or an eye examination,
    /// without 25 on the day of the same provider's procedure with global days 000 or 010. Visits of new patients and
    /// in emergency departments are an advisory.
    ///
    /// # Why
    /// The payment of a minor procedure includes the visit of its day. 25 says that the visit was significant and
    /// separate; 24 and 57 do not say so.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 99213; 64632-RT")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "G001" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Put 25 on the visit where the record shows one that goes beyond the procedure; else take the visit off the
    /// claim.
    ///
    /// # Limits
    /// Whether a visit was separate the claim does not tell. Procedures of another provider, of an assistant, and on
    /// other claims of the day are not looked at.
    pub static G001 = {
        name: "visit-without-25",
        check: Check::LineInClaim(check),
        on: Trigger::Kinds(PACKAGED.and(EXEMPT)),
        needs: &[Table::FeeSchedule],
        carc: Some("97"),
        sources: &[
            Citation::new("CMS, PFS Relative Value File documentation", "global days 000 and 010"),
            Citation::new("Noridian, modifier 25", "visits of new patients and of emergency departments are exempt"),
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 12, section 40.1"),
        ],
        remedies: &[
            Remedy::display_only("Take the visit off the claim, if it was part of the procedure."),
            Remedy::needs_documentation(
                "Where the record shows a significant visit, separate from the procedure, 25 on the visit's line.",
            )
            .adding(&[SEPARATE_VISIT]),
        ],
        since: "0.1.0",
        message: message,
    };
}

const PACKAGED: ServiceKinds = ServiceKinds::of(&[
    ServiceKind::OfficeEstablished,
    ServiceKind::HospitalVisit,
    ServiceKind::ObservationVisit,
    ServiceKind::NursingFacilityVisit,
    ServiceKind::HomeVisit,
    ServiceKind::EyeVisit,
]);
/// Those that a contractor's page exempts: there a pair of codes decides.
const EXEMPT: ServiceKinds = ServiceKinds::of(&[ServiceKind::OfficeNew, ServiceKind::EmergencyVisit]);

fn is_minor(line: &Line<'_>) -> bool {
    matches!(package(line), Some(GlobalPeriod::Days0 | GlobalPeriod::Days10))
}

/// An eye examination of a new patient is exempt as other new patients' visits are.
fn is_exempt(line: &Line<'_>) -> bool {
    let new_eye = line
        .code()
        .is_some_and(|code| ["92002", "92004"].contains(&code.as_str()));
    new_eye || line.kinds().has_any_of(EXEMPT)
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if line.has(SEPARATE_VISIT) || !line.kinds().has_any_of(PACKAGED.and(EXEMPT)) {
        return;
    }
    let minor = line.day().filter(is_minor).min_by_key(|other| other.given().number);
    match minor {
        Some(minor) if is_exempt(line) => found.raise_as(Disposition::Advisory, line, Some(&minor), 0),
        Some(minor) => found.raise_beside(line, &minor),
        None if is_open(line, line.day().chain(line.lines_over_days()), found) => {}
        None if line.lines_over_days().any(|other| is_minor(&other)) => {
            found.not_evaluated(line, Reason::OtherLineSeveralDays);
        }
        None => {}
    }
}

fn message(raised: &Raised<'_>) -> String {
    let days = raised.other().and_then(package).map_or("", GlobalPeriod::text);
    format!(
        "{} has no 25 beside {} of the same day, whose payment includes the visit of its day (global days {days})",
        raised.code(),
        raised.other_code(),
    )
}
