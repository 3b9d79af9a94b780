use crate::reference::{AddOnType, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// An add-on of type 2, whose primaries the Medicare contractor defines.
    ///
    /// # Why
    /// No published table names the primaries of such a code: each contractor has its own list, and denies the add-on where
    /// none of it is billed.
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
    ///         kind: AddOnType::ByContractor,
    ///         add_on: code!("77001"),
    ///         primary: None,
    ///         effective: date!(2013, 4, 1),
    ///         deletion: None,
    ///         add_on_deleted: None,
    ///         primary_deleted: None,
    ///     }]),
    /// )?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 77001")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "A002");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Make sure that the claim bills a primary that the contractor accepts.
    ///
    /// # Limits
    /// The contractors' lists are not known here: the advisory is raised whatever else the claim bills.
    pub static A002 = {
        name: "add-on-primary-by-contractor",
        check: Check::Line(check),
        on: Trigger::AddOn(AddOnType::ByContractor),
        asc: OnAscClaim::Applies,
        payers: Payers::Following(CmsEdits::AddOns),
        needs: &[Table::AddOn],
        disposition: Disposition::Advisory,
        sources: &[
            Citation::new("CMS, NCCI Add-on Code Edits", "type 2"),
            Citation::new("CMS, change request 7501", "the three types of add-on codes"),
        ],
        remedies: &[Remedy::display_only(
            "Make sure that the claim bills a primary that the contractor accepts.",
        )],
        since: "0.1.0",
        message: |raised| format!(
            "{} is an add-on of type 2: the contractor, and no published table, says which primaries it may go with",
            raised.code(),
        ),
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.add_on_edits().any(|edit| edit.kind == AddOnType::ByContractor) {
        found.raise(line);
    }
}
