use crate::reference::{Mai, Table};
use crate::rule::prelude::*;

use super::shared::{ASC_UNITS, line_above_mue, raise_line_above_mue};

crate::rule! {
    /// # What it checks
    /// The units of one line against an MUE of adjudication indicator 1.
    ///
    /// # Why
    /// Such a value is compared with each line alone; the whole line is denied where it is exceeded.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{Mai, MueRow, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(
    ///     Release::new(Table::PractitionerMue, "example", "2024-07-01..2024-09-30".parse()?, "made up"),
    ///     Rows::Mue(vec![MueRow { code: code!("64632"), value: 2, mai: Mai::Line, rationale: "example".into() }]),
    /// )?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632 x3")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "U001");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Correct the units; further units that were done and are justified go on a line of their own with the modifier
    /// that says why.
    ///
    /// # Limits
    /// An MUE of 0 on a code that the fee schedule does not pay is left to the rules of the code's status.
    /// Lines whose quantity counts minutes, days or international units are not evaluated. Some values are
    /// confidential: a code that the table does not list has no published value, and is not held against one.
    pub static U001 = {
        name: "units-above-mue-line",
        check: Check::Line(raise_line_above_mue),
        on: Trigger::AboveMue(Mai::Line),
        asc: OnAscClaim::NotSettled(ASC_UNITS),
        payers: Payers::Following(CmsEdits::Mue),
        needs: &[Table::PractitionerMue],
        carc: Some("151"),
        sources: &[Citation::new("CMS, NCCI Medically Unlikely Edits", "adjudication indicator 1")],
        remedies: &[
            Remedy::display_only("Correct the units."),
            Remedy::needs_documentation(
                "Further units that were done go on a line of their own, with the modifier that says why.",
            ),
        ],
        since: "0.1.0",
        message: line_above_mue,
    };
}
