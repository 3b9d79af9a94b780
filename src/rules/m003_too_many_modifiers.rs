use crate::rule::prelude::*;

use super::shared::{more_than_four_message, raise_more_than_four};

crate::rule! {
    /// # What it checks
    /// More than four modifiers on one line.
    ///
    /// # Why
    /// A line of the CMS-1500 form and of the 837P transaction has four places for modifiers. What is given beyond them
    /// does not reach the payer.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-RT-59-76-KX-GA")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "M003");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Keep four: those that bear on the payment first, those that inform last. Some payers ask for 99 in the fourth
    /// place where more are needed, and for the others in the note.
    ///
    /// # Limits
    /// The other rules read the first four modifiers only.
    pub static M003 = {
        name: "too-many-modifiers",
        check: Check::Line(raise_more_than_four),
        on: Trigger::MoreThanFourModifiers,
        asc: OnAscClaim::Applies,
        payers: Payers::All,
        disposition: Disposition::LineRejection,
        sources: &[
            Citation::unverified("ASC X12, 837 Health Care Claim: Professional", "SV101-3 to SV101-6"),
            Citation::unverified("NUCC, 1500 Claim Form instruction manual", "item 24D"),
        ],
        remedies: &[Remedy::display_only(
            "Keep four modifiers, those that bear on the payment first, or ask the payer whether it takes 99 for more.",
        )],
        since: "0.1.0",
        message: more_than_four_message,
    };
}
