use crate::evaluation::Reason;
use crate::kinds::ServiceKind;
use crate::reference::{StatusCode, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A code that is not a physician's service, status X in the fee schedule, as an advisory: which other schedule pays it.
    ///
    /// The status is that of the row of the line's component (26, TC or 53) where the fee schedule has one, else of the
    /// whole code: some laboratory tests have status X, and an interpretation (26) of status A. The schedule follows from
    /// the kind of service; where that is not known the rule is not evaluated.
    ///
    /// # Why
    /// By statute the fee schedule does not pay for it. Laboratory tests, vaccines, drugs, equipment and ambulance services
    /// are of this kind, and are paid under schedules of their own.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @22: G0463")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "C005");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Nothing, where the biller may be paid under that schedule. What a hospital did is for the hospital's own claim.
    ///
    /// # Limits
    /// Whether the biller may be paid under that schedule is not known: who they are the claim does not tell.
    pub static C005 = {
        name: "not-a-physician-service",
        check: Check::Line(check),
        on: Trigger::Status(&[StatusCode::NotPhysicianService]),
        about_site: true,
        needs: &[Table::FeeSchedule],
        disposition: Disposition::Advisory,
        sources: &[
            Citation::new("CMS, PFS Relative Value File documentation", "status code X"),
            Citation::new("NGS Medicare, questions and answers", "status X and other fee schedules"),
        ],
        since: "0.1.0",
        message: message,
    };
}

/// The schedules that pay what the fee schedule does not, by kind of service.
const SCHEDULES: [(ServiceKind, &str); 12] = [
    (
        ServiceKind::HospitalOnly,
        "it is a hospital's to bill, under the outpatient prospective payment system",
    ),
    (ServiceKind::Laboratory, "the clinical laboratory fee schedule pays it"),
    (
        ServiceKind::SpecimenCollection,
        "the clinical laboratory fee schedule pays it",
    ),
    (
        ServiceKind::VaccineAdministration,
        "Part B pays it beside the vaccine, outside the fee schedule",
    ),
    (
        ServiceKind::Vaccine,
        "Part B pays it by the vaccine's own price, if it covers the vaccine",
    ),
    (
        ServiceKind::SkinSubstitute,
        "Part B pays it by the price of drugs and biologicals",
    ),
    (
        ServiceKind::Drug,
        "Part B pays it by the price of drugs and biologicals",
    ),
    (ServiceKind::Blood, "Part B pays it at reasonable charge"),
    (ServiceKind::Ambulance, "the ambulance fee schedule pays it"),
    (ServiceKind::Oxygen, "the schedule for equipment and supplies pays it"),
    (ServiceKind::CastSupply, "the schedule for splints and casts pays it"),
    (ServiceKind::Dmepos, "the schedule for equipment and supplies pays it"),
];

/// Which schedule pays the code of a line.
fn schedule(line: &Line<'_>) -> Option<&'static str> {
    let kinds = line.kinds();
    let found = SCHEDULES.iter().find(|(kind, _)| kinds.has(*kind));
    found.map(|(_, schedule)| *schedule)
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line
        .fee()
        .is_none_or(|fee| fee.status != StatusCode::NotPhysicianService)
    {
        return;
    }
    match schedule(line) {
        Some(_) => found.raise(line),
        None => found.not_evaluated(line, Reason::NotSettled(UNKNOWN)),
    }
}

const UNKNOWN: &str = "the fee schedule does not pay the code (status X), and no table says which other schedule does";

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is not a physician's service (status X): {}",
        raised.code(),
        raised.line().and_then(schedule).unwrap_or_default(),
    )
}
