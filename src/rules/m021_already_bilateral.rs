use crate::modifier;
use crate::reference::{Bilateral, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier 50 on a code whose bilateral indicator is 2.
    ///
    /// The code's row is read whatever its status.
    ///
    /// # Why
    /// The relative values of such a code are those of both sides already: the code means both, or either.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64615-50")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "M021");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the code once, without 50.
    ///
    /// # Limits
    /// RT with LT on such a code, and the code on two lines, are not looked at here.
    pub static M021 = {
        name: "already-bilateral",
        check: Check::Line(check),
        on: Trigger::Modifiers(&[modifier!("50")]),
        payers: Payers::Following(CmsEdits::BilateralIndicator),
        needs: &[Table::FeeSchedule],
        carc: Some("4"),
        sources: &[Citation::new(
            "CMS, PFS Relative Value File documentation",
            "bilateral surgery indicator",
        )],
        remedies: &[Remedy::display_only("Bill the code once, without 50.")],
        since: "0.1.0",
        message: |raised| format!(
            "modifier 50 does not go with {}: its bilateral indicator is 2, its payment is that of both sides already",
            raised.code(),
        ),
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.fee().is_some_and(|fee| fee.bilateral == Bilateral::Inherent) {
        found.raise(line);
    }
}
