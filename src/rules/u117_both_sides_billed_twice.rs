use crate::model::modifier_groups::REPEATED;
use crate::reference::{OutpatientFlag, Table};
use crate::rule::prelude::*;

use super::hospital::exceed_one;

crate::rule! {
    /// # What it checks
    /// A code that means both sides, billed more than once on a day: each of its lines.
    ///
    /// More than once is more than one unit on its lines without 76 and 77. A single line of one unit is in order,
    /// and so is a repeat told by 76 (the same clinician) or 77 (another one).
    ///
    /// # Why
    /// The code's own meaning is both sides: a second unit has nothing left to be done on. The lines are rejected.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64600 x2 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "U117" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill one unit. A procedure that was done again has a line of its own with 76 or 77.
    ///
    /// # Limits
    /// Whether it was done again is for the record.
    pub static U117 = {
        name: "both-sides-billed-twice",
        check: Check::LineInClaim(check),
        on: Trigger::Outpatient(&[OutpatientFlag::BilateralInherent]),
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::LineRejection,
        edit: Some(17),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, bilateral_inherent"),
            Citation::unverified("CMS, I/OCE specifications", "edit 17"),
        ],
        remedies: &[Remedy::display_only("Bill one unit."), Remedy::needs_documentation("A procedure that was done again has a line of its own with 76 or 77.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if holds(line) {
        found.raise(line);
    }
}

pub(super) fn holds(line: &LineInClaim<'_>) -> bool {
    let same = || line.day().filter(|other| other.code() == line.code());
    let first_time = |line: &Line<'_>| !line.has_any(&REPEATED);
    let billed_again = same().count() > 1 || line.units().exceeds(1);
    line.flag(OutpatientFlag::BilateralInherent) && billed_again && exceed_one(same().filter(first_time))
}

fn message(raised: &Raised<'_>) -> String {
    format!("{} means both sides, and the day has it more than once", raised.code())
}
