use crate::model::modifier_groups::BOTH_SIDES;
use crate::reference::{Bilateral, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier 50 on a code whose bilateral indicator is 0 or 9.
    ///
    /// The code's row is read whatever its status.
    ///
    /// # Why
    /// With 0 the body part has no other side, or the other side has a code of its own; with 9 the concept does not apply.
    /// Medicare then pays for one side at most.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64680-50")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "M020");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the code without 50. If two sides were done, see whether another code names both of them.
    ///
    /// # Limits
    /// RT with LT on such a code is not looked at.
    pub static M020 = {
        name: "bilateral-not-applicable",
        check: Check::Line(check),
        on: Trigger::Modifiers(&[BOTH_SIDES]),
        payers: Payers::Following(CmsEdits::BilateralIndicator),
        needs: &[Table::FeeSchedule],
        carc: Some("4"),
        sources: &[Citation::new(
            "CMS, PFS Relative Value File documentation",
            "bilateral surgery indicator",
        )],
        remedies: &[Remedy::display_only(
            "Bill the code without 50, or the code that names both sides if there is one.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let bilateral = line.fee().map(|fee| fee.bilateral);
    if matches!(bilateral, Some(Bilateral::NotAppropriate | Bilateral::NotApplicable)) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let why = match raised.line().and_then(Line::fee).map(|fee| fee.bilateral) {
        Some(Bilateral::NotApplicable) => "9, the concept of two sides does not apply",
        _ => "0, payment does not rise with a second side",
    };
    format!(
        "modifier 50 does not go with {}: its bilateral indicator is {why}",
        raised.code()
    )
}
