use crate::modifier;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier 50 on an ambulatory surgical centre's own claim, as an advisory.
    ///
    /// # Why
    /// Medicare pays the centre for one side where a line carries 50. Two lines, or one with two units, are paid as
    /// two procedures.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("asc 2024-08-06 @24: 64635-50")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "S042" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill two lines, or two units without 50, if both sides were done.
    ///
    /// # Limits
    /// Whether the code has a second side is not looked at.
    pub static S042 = {
        name: "both-sides-at-centre",
        check: Check::Line(|line, found| found.raise(line)),
        on: Trigger::Modifiers(&[modifier!("50")]),
        asc: OnAscClaim::Only,
        about_site: true,
        disposition: Disposition::Advisory,
        sources: &[Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 14, section 40.5")],
        remedies: &[Remedy::needs_documentation(
            "Bill two lines, or two units without 50, where the record shows both sides.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} with 50 is paid to the centre for one side: two lines, or two units, are paid for both",
        raised.code()
    )
}
