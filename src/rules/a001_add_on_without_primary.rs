use crate::reference::{AddOnType, Table};
use crate::rule::prelude::*;

use super::shared::{missing_primaries, raise_without_primary};

crate::rule! {
    /// # What it checks
    /// An add-on of type 1 without any of its primaries on the same day, by the same provider.
    ///
    /// The edits in force on the date count.
    ///
    /// # Why
    /// An add-on is work done on top of a primary procedure, and is never paid alone. For type 1 the code's own definition
    /// names every primary that it may go with.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64635; 64634")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "A001" && finding.line == Some(2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the primary that was done on the same claim; else take the add-on off.
    ///
    /// # Limits
    /// A primary on another claim of the day is not seen, and a primary that is itself denied counts as billed. If the
    /// primary is on a line over several days, the rule is not evaluated. Further critical care is an advisory: the first
    /// hour may be on the claim of a colleague of the group and specialty.
    pub static A001 = {
        name: "add-on-without-primary",
        check: Check::LineInClaim(|line, found| raise_without_primary(line, AddOnType::Listed, found)),
        on: Trigger::AddOn(AddOnType::Listed),
        asc: OnAscClaim::Applies,
        payers: Payers::Following(CmsEdits::AddOns),
        needs: &[Table::AddOn],
        carc: Some("107"),
        sources: &[
            Citation::new("CMS, NCCI Add-on Code Edits", "type 1"),
            Citation::new("CMS, change request 7501", "the three types of add-on codes"),
        ],
        remedies: &[Remedy::display_only(
            "Bill the primary that was done on the same claim; else take the add-on off.",
        )],
        since: "0.1.0",
        message: |raised| format!(
            "{} is an add-on of type 1, and {} by the same provider on the day",
            raised.code(),
            missing_primaries(raised, AddOnType::Listed),
        ),
    };
}
