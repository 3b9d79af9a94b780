use crate::kinds::{ServiceKind, ServiceKinds};
use crate::modifier;
use crate::reference::Table;
use crate::rule::prelude::*;

use super::global_package::{days_afterwards, is_open, procedure_before};

crate::rule! {
    /// # What it checks
    /// A visit without 24 in the 10 or 90 days after a procedure of the same provider on the claim, by its global
    /// days.
    ///
    /// # Why
    /// The payment of the procedure includes the care afterwards. 24 says that the visit had another reason.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("@11: 64632-RT 2024-08-06; 99213 2024-08-12")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "G003" && finding.line == Some(2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Put 24 on the visit where the record shows a reason that has nothing to do with the procedure; else take the
    /// visit off the claim.
    ///
    /// # Limits
    /// Procedures on other claims are not seen. Critical care, preventive and wellness visits are not looked at, nor
    /// are procedures whose surgeon left the care afterwards to another (54). A visit with 57 is an advisory: it may
    /// have led to another major procedure.
    pub static G003 = {
        name: "visit-after-procedure",
        check: Check::LineInClaim(check),
        on: Trigger::Kinds(PACKAGED),
        needs: &[Table::FeeSchedule],
        carc: Some("97"),
        sources: &[
            Citation::new("CMS, PFS Relative Value File documentation", "global days 010 and 090"),
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 12, section 40.1"),
        ],
        remedies: &[
            Remedy::display_only("Take the visit off the claim, if it was for the care after the procedure."),
            Remedy::needs_documentation(
                "Where the record shows a reason that has nothing to do with the procedure, 24 on the visit's line.",
            )
            .adding(&[modifier!("24")]),
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

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if line.has(modifier!("24")) || !line.kinds().has_any_of(PACKAGED) {
        return;
    }
    let earlier = line.earlier();
    match procedure_before(line) {
        Some(procedure) if line.has(modifier!("57")) => {
            found.raise_as(Disposition::Advisory, line, Some(&procedure), 0);
        }
        Some(procedure) => found.raise_beside(line, &procedure),
        None => {
            is_open(line, earlier, found);
        }
    }
}

fn message(raised: &Raised<'_>) -> String {
    let procedure = raised.other();
    format!(
        "{} has no 24 within the {} days after {} of {}, whose payment includes the care afterwards",
        raised.code(),
        procedure.and_then(days_afterwards).unwrap_or_default(),
        raised.other_code(),
        procedure.map(|line| line.date().to_string()).unwrap_or_default(),
    )
}
