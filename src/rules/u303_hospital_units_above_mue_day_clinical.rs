use crate::reference::{Mai, Table};
use crate::rule::prelude::*;

use super::shared::{day_above_mue, raise_day_above_mue};

crate::rule! {
    /// # What it checks
    /// The units of a code on one day of a hospital outpatient claim against a hospital MUE of indicator 3.
    ///
    /// The units of all its lines are added up; the indicator is the adjudication indicator (MAI).
    ///
    /// # Why
    /// Such a value is a clinical benchmark: more units are unlikely, and are paid only after a review of the
    /// record. Modifiers do not divide the sum. All lines of the code are denied, not only what exceeds the value.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64640 x6 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "U303"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Correct the units. Units that were done and are justified are paid on appeal, with the record.
    ///
    /// # Limits
    /// Units on other claims of the day are not seen. Some values are confidential: a code that the table does not
    /// list has no published value, and is not held against one.
    pub static U303 = {
        name: "hospital-units-above-mue-day-clinical",
        check: Check::CodeDay(|day, found| raise_day_above_mue(day, Mai::DayClinical, found)),
        on: Trigger::AboveMue(Mai::DayClinical),
        form: FormKind::Institutional,
        needs: &[Table::HospitalMue],
        carc: Some("151"),
        sources: &[Citation::new("CMS, NCCI Medically Unlikely Edits, outpatient hospital", "adjudication indicator 3")],
        remedies: &[
            Remedy::display_only("Correct the units."),
            Remedy::needs_documentation("Units that were done are paid on appeal, where the record supports them."),
        ],
        since: "0.1.0",
        message: day_above_mue,
    };
}
