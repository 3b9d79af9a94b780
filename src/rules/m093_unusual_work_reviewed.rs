use crate::kinds::ServiceKind;
use crate::model::Modifier;
use crate::modifier;
use crate::reference::{GlobalPeriod, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// 22 on a procedure with global days 000, 010 or 090: the line waits for a review.
    ///
    /// # Why
    /// 22 says that the work was far more than usual. The contractor decides by the record whether it pays more.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-22")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M093" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Have the operative report and a statement of what was unusual ready, or send them with the claim.
    ///
    /// # Limits
    /// The record is not seen.
    pub static M093 = {
        name: "unusual-work-reviewed",
        check: Check::Line(check),
        on: Trigger::Modifiers(&[UNUSUAL]),
        payers: Payers::OnlyMedicare,
        needs: &[Table::FeeSchedule],
        disposition: Disposition::Suspension,
        sources: &[Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 12, section 40.2.A.10")],
        remedies: &[Remedy::needs_documentation(
            "Send the operative report and a statement of what was unusual and how much longer it took.",
        )],
        since: "0.1.0",
        message: message,
    };
}

const UNUSUAL: Modifier = modifier!("22");

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let global = line.fee().map(|fee| fee.global);
    let is_procedure = matches!(
        global,
        Some(GlobalPeriod::Days0 | GlobalPeriod::Days10 | GlobalPeriod::Days90)
    );
    if is_procedure && !line.is(ServiceKind::Visit) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} carries 22, and whether Medicare pays more is decided on the record",
        raised.code()
    )
}
