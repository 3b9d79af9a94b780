use crate::reference::{Mai, Table};
use crate::rule::prelude::*;

use super::shared::{line_above_mue, raise_line_above_mue};

crate::rule! {
    /// # What it checks
    /// The units of one line of a hospital outpatient claim against a hospital MUE of adjudication indicator 1.
    ///
    /// # Why
    /// Such a value is compared with each line alone; the whole line is denied where it is exceeded. Hospitals have
    /// a table of their own, with other values than practitioners.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{Mai, MueRow, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(
    ///     Release::new(Table::HospitalMue, "example", "2024-07-01..2024-09-30".parse()?, "made up"),
    ///     Rows::Mue(vec![MueRow { code: code!("64632"), value: 2, mai: Mai::Line, rationale: "example".into() }]),
    /// )?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64632 x3 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "U301");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Correct the units; further units that were done and are justified go on a line of their own with the
    /// modifier that says why.
    ///
    /// # Limits
    /// Some values are confidential: a code that the table does not list has no published value, and is not held
    /// against one.
    pub static U301 = {
        name: "hospital-units-above-mue-line",
        check: Check::Line(raise_line_above_mue),
        on: Trigger::AboveMue(Mai::Line),
        form: FormKind::Institutional,
        needs: &[Table::HospitalMue],
        carc: Some("151"),
        sources: &[Citation::new("CMS, NCCI Medically Unlikely Edits, outpatient hospital", "adjudication indicator 1")],
        remedies: &[
            Remedy::display_only("Correct the units."),
            Remedy::needs_documentation("Further units that were done go on a line of their own, with the modifier that says why."),
        ],
        since: "0.1.0",
        message: line_above_mue,
    };
}
