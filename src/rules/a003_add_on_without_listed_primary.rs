use crate::reference::{AddOnType, Table};
use crate::rule::prelude::*;

use super::shared::{missing_primaries, raise_without_primary};

crate::rule! {
    /// # What it checks
    /// An add-on of type 3 without any of its listed primaries on the same day, by the same provider.
    ///
    /// The edits in force on the date count.
    ///
    /// # Why
    /// An add-on is never paid alone. For type 3 the table names some primaries, and the contractor may accept more: the
    /// claim may be paid, but not on the table's word.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{AddOnRow, AddOnType, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code, date};
    ///
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(
    ///     Release::new(Table::AddOn, "example", "2013-04-01..2024-09-30".parse()?, "made up"),
    ///     Rows::AddOn(vec![AddOnRow {
    ///         kind: AddOnType::ListedAndContractor,
    ///         add_on: code!("64727"),
    ///         primary: Some(code!("64702")),
    ///         effective: date!(2013, 4, 1),
    ///         deletion: None,
    ///         add_on_deleted: None,
    ///         primary_deleted: None,
    ///     }]),
    /// )?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("2024-08-06 @24: 64632; 64727")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!((found[0].rule, found[0].line), ("A003", Some(2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Make sure that the contractor accepts a primary that the claim bills; else bill the listed primary that was done.
    ///
    /// # Limits
    /// The contractors' lists are not known here. A primary on another claim of the day is not seen. If the primary is
    /// on a line over several days, the rule is not evaluated.
    pub static A003 = {
        name: "add-on-without-listed-primary",
        check: Check::LineInClaim(|line, found| raise_without_primary(line, AddOnType::ListedAndContractor, found)),
        on: Trigger::AddOn(AddOnType::ListedAndContractor),
        asc: OnAscClaim::Applies,
        payers: Payers::Following(CmsEdits::AddOns),
        needs: &[Table::AddOn],
        disposition: Disposition::Advisory,
        carc: Some("107"),
        sources: &[
            Citation::new("CMS, NCCI Add-on Code Edits", "type 3"),
            Citation::new("CMS, change request 7501", "the three types of add-on codes"),
        ],
        remedies: &[Remedy::display_only(
            "Make sure that the contractor accepts a primary that the claim bills; else bill the listed primary that was done.",
        )],
        since: "0.1.0",
        message: |raised| format!(
            "{} is an add-on of type 3: {} by the same provider on the day, and only the contractor may \
             accept others",
            raised.code(),
            missing_primaries(raised, AddOnType::ListedAndContractor),
        ),
    };
}
