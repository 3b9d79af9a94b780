use crate::model::modifier_groups::SEPARATE_VISIT;
use crate::reference::Table;
use crate::rule::prelude::*;

use super::c109_not_covered_for_outpatients as edit_9;
use super::c113_not_paid_by_medicare as edit_13;
use super::c128_not_recognised_by_medicare as edit_28;
use super::hospital::{has_final_status, is_rejected_by_pair};
use super::m203_modifier_before_activation as edit_103;
use super::s145_separate_inpatient_procedure as edit_45;
use super::u117_both_sides_billed_twice as edit_17;

crate::rule! {
    /// # What it checks
    /// A visit (status indicator V) without 25 on a day with a significant service (status indicator S or T).
    ///
    /// Lines that an edit rejects or denies (9, 13, 17, 20, 28, 40, 45, 103) do not count on either side.
    ///
    /// # Why
    /// What a service takes by way of a visit is part of it. A visit that was more than that says so by 25; else
    /// the claim comes back.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 92004 rev=0510; 64632 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| (finding.rule, finding.line) == ("M121", Some(1))));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Where the record shows a visit of its own, 25; else take the visit off.
    ///
    /// # Limits
    /// Where a line has status indicator J1, J2 or Q1 to Q4, the final indicators of the claim's lines follow from
    /// conditional packaging, which is not done here: the claim is not evaluated.
    pub static M121 = {
        name: "visit-beside-procedure",
        check: Check::Claim(check),
        form: FormKind::Institutional,
        order: Order::AfterIncidental,
        needs: &[Table::OutpatientCodes, Table::HospitalPairs, Table::Modifiers],
        disposition: Disposition::ReturnToProvider,
        carc: Some("4"),
        edit: Some(21),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, status_indicator S, T and V"),
            Citation::unverified("CMS, I/OCE specifications", "edit 21"),
        ],
        remedies: &[Remedy::needs_documentation(
            "Where the visit was significant and separate from the service, 25 says so.",
        )],
        since: "0.1.0",
        message: message,
    };
}

/// The edits that reject or deny a line. A day that 18 and 49 deny is set aside as a whole.
const REJECTED_BY: [fn(&LineInClaim<'_>) -> bool; 7] = [
    |line| edit_9::holds(line),
    |line| edit_13::holds(line),
    |line| edit_28::holds(line),
    |line| edit_103::holds(line),
    edit_17::holds,
    edit_45::holds,
    is_rejected_by_pair,
];

fn counts(line: &LineInClaim<'_>) -> bool {
    !REJECTED_BY.iter().any(|rejected| rejected(line))
}

fn check(claim: &WholeClaim<'_>, found: &mut Found<'_>) {
    if !has_final_status(claim, found) {
        return;
    }
    let is_visit = |line: &LineInClaim<'_>| line.status() == "V" && line.set_aside().is_none();
    let is_significant = |line: &Line<'_>| matches!(line.status(), "S" | "T");
    for visit in claim.lines().filter(is_visit) {
        if visit.has(SEPARATE_VISIT) || !counts(&visit) {
            continue;
        }
        let services = visit.day_in_claim().filter(|line| is_significant(line) && counts(line));
        if let Some(service) = services.min_by_key(|line| line.code_and_number()) {
            found.raise_beside(&visit, &service);
        }
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is a visit on the day of {}, and carries no 25",
        raised.code(),
        raised.other_code()
    )
}
