use crate::reference::Table;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A line of an ambulatory surgical centre's own claim whose code has payment indicator N1.
    ///
    /// # Why
    /// N1 says that the payment of the procedure includes the item or service. The line is denied.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("asc 2024-08-06 @24: 64633; 64634")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "S041" && finding.line == Some(2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the line off the claim. It cannot be billed to the patient.
    ///
    /// # Limits
    /// Whether the claim has a procedure that pays for it is not looked at.
    pub static S041 = {
        name: "packaged-at-centre",
        check: Check::Line(check),
        asc: OnAscClaim::Only,
        about_site: true,
        needs: &[Table::Asc],
        carc: Some("97"),
        sources: &[Citation::new("CMS, ASC addenda AA and BB", "payment indicator N1")],
        remedies: &[Remedy::display_only("Take the line off the claim: the procedure's payment includes it.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.asc_entries().any(|entry| entry.payment_indicator == *b"N1") {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is packaged into the centre's procedures: its payment indicator is N1",
        raised.code()
    )
}
