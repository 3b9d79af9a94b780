use crate::reference::{StatusCode, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A code that is not a physician's service: status X in the fee schedule.
    ///
    /// The status is that of the row of the line's component (26, TC or 53) where the fee schedule has one, else of the
    /// whole code: some laboratory tests have status X, and an interpretation (26) of status A.
    ///
    /// # Why
    /// By statute the fee schedule does not pay for it. Ambulance services, laboratory tests and a hospital's clinic visit
    /// are of this kind; they are paid elsewhere, if at all.
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
    /// Bill the code that names the physician's own work; what a facility or laboratory did is for its own claim.
    ///
    /// # Limits
    /// Who bills is not looked at: a laboratory or an ambulance company is paid for such codes under a schedule of its own,
    /// which is not known here. Leave this rule out for the claims of such suppliers.
    pub static C005 = {
        name: "not-a-physician-service",
        check: Check::Line(check),
        on: Trigger::Status(&[StatusCode::NotPhysicianService]),
        needs: &[Table::FeeSchedule],
        sources: &[Citation::new("CMS, PFS Relative Value File documentation", "status code X")],
        remedies: &[Remedy::display_only(
            "Bill the code that names the physician's own work; the facility's or laboratory's is for its own claim.",
        )],
        since: "0.1.0",
        message: |raised| format!(
            "{} is not a physician's service, so the fee schedule does not pay for it: its status is X",
            raised.code(),
        ),
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let fee = line.fee();
    if fee.is_some_and(|fee| fee.status == StatusCode::NotPhysicianService) {
        found.raise(line);
    }
}
