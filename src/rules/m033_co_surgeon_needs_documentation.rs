use crate::modifier;
use crate::reference::{CoSurgeon, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier 62 on a code whose co-surgeon indicator is 1.
    ///
    /// The code's row is read whatever its status.
    ///
    /// # Why
    /// Two surgeons are paid for such a code only where the record shows that both were necessary.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Disposition, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @22: 64999-62")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!((found[0].rule, found[0].disposition), ("M033", Disposition::Suspension));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// See that the operative reports show what each surgeon did and why two were needed, before the claim is sent.
    ///
    /// # Limits
    /// The record and the other surgeon's claim are not seen. With indicator 2 the two must be of different specialties,
    /// which a claim of one of them does not show.
    pub static M033 = {
        name: "co-surgeon-needs-documentation",
        check: Check::Line(check),
        on: Trigger::Modifiers(&[modifier!("62")]),
        payers: Payers::Following(CmsEdits::CoSurgeonIndicator),
        needs: &[Table::FeeSchedule],
        disposition: Disposition::Suspension,
        sources: &[Citation::new(
            "CMS, PFS Relative Value File documentation",
            "co-surgeon indicator",
        )],
        remedies: &[Remedy::needs_documentation(
            "Keep the modifier where the operative reports show that two surgeons were necessary.",
        )],
        since: "0.1.0",
        message: |raised| format!(
            "modifier 62 on {} needs documentation: its co-surgeon indicator is 1, two surgeons are paid only if shown to be \
             necessary",
            raised.code(),
        ),
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let co_surgeon = line.fee().map(|fee| fee.co_surgeon);
    if co_surgeon == Some(CoSurgeon::NeedsDocumentation) {
        found.raise(line);
    }
}
