use crate::rule::prelude::*;

use super::shared::{more_than_four_message, raise_more_than_four};

crate::rule! {
    /// # What it checks
    /// More than four modifiers on one line of a hospital outpatient claim.
    ///
    /// # Why
    /// A line of the 837I transaction has four places for modifiers. What is given beyond them does not reach the payer.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64632-RT-59-76-KX-GA rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M303"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Keep four: those that bear on the payment first, those that inform last.
    ///
    /// # Limits
    /// The other rules read the first four modifiers only.
    pub static M303 = {
        name: "too-many-modifiers-on-hospital",
        check: Check::Line(raise_more_than_four),
        on: Trigger::MoreThanFourModifiers,
        form: FormKind::Institutional,
        payers: Payers::All,
        disposition: Disposition::LineRejection,
        sources: &[Citation::unverified("ASC X12, 837 Health Care Claim: Institutional", "SV202-3 to SV202-6")],
        remedies: &[Remedy::display_only("Keep four modifiers, those that bear on the payment first.")],
        since: "0.1.0",
        message: more_than_four_message,
    };
}
