use crate::modifier;
use crate::reference::{CoSurgeon, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier 62 on a code whose co-surgeon indicator is 0 or 9.
    ///
    /// The code's row is read whatever its status.
    ///
    /// # Why
    /// With 0 Medicare does not pay two surgeons for the code; with 9 the concept does not apply.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @22: 64632-62")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "M032");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the role that each surgeon had: the surgeon without a modifier, an assistant where the code allows one.
    ///
    /// # Limits
    /// The other surgeon's claim is not seen.
    pub static M032 = {
        name: "co-surgeon-not-permitted",
        check: Check::Line(check),
        on: Trigger::Modifiers(&[modifier!("62")]),
        payers: Payers::Following(CmsEdits::CoSurgeonIndicator),
        needs: &[Table::FeeSchedule],
        carc: Some("54"),
        sources: &[Citation::new(
            "CMS, PFS Relative Value File documentation",
            "co-surgeon indicator",
        )],
        remedies: &[Remedy::display_only(
            "Bill the role that each surgeon had: the surgeon without a modifier, an assistant where the code allows one.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let co_surgeon = line.fee().map(|fee| fee.co_surgeon);
    if matches!(co_surgeon, Some(CoSurgeon::NotPermitted | CoSurgeon::NotApplicable)) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let why = match raised.line().and_then(Line::fee).map(|fee| fee.co_surgeon) {
        Some(CoSurgeon::NotApplicable) => "9, the concept of two surgeons does not apply",
        _ => "0, two surgeons are not permitted",
    };
    format!(
        "modifier 62 does not go with {}: its co-surgeon indicator is {why}",
        raised.code()
    )
}
