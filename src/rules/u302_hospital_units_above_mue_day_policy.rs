use crate::reference::{Mai, Table};
use crate::rule::prelude::*;

use super::shared::{day_above_mue, raise_day_above_mue};

crate::rule! {
    /// # What it checks
    /// The units of a code on one day of a hospital outpatient claim against a hospital MUE of indicator 2.
    ///
    /// The units of all its lines are added up; the indicator is the adjudication indicator (MAI).
    ///
    /// # Why
    /// Such a value follows from a statute, the anatomy or the code's own meaning: more units cannot have been
    /// done. Modifiers do not divide the sum, and a contractor may not pay more. All lines of the code are denied,
    /// not only what exceeds the value.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64632-RT rev=0360; 64632-LT rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "U302"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Correct the units. For both sides: one line, modifier 50, one unit.
    ///
    /// # Limits
    /// Units on other claims of the day are not seen. Some values are confidential: a code that the table does not
    /// list has no published value, and is not held against one.
    pub static U302 = {
        name: "hospital-units-above-mue-day-policy",
        check: Check::CodeDay(|day, found| raise_day_above_mue(day, Mai::DayPolicy, found)),
        on: Trigger::AboveMue(Mai::DayPolicy),
        form: FormKind::Institutional,
        needs: &[Table::HospitalMue],
        carc: Some("151"),
        sources: &[Citation::new("CMS, NCCI Medically Unlikely Edits, outpatient hospital", "adjudication indicator 2")],
        remedies: &[Remedy::display_only(
            "Correct the units; for both sides bill one line with modifier 50 and one unit.",
        )],
        since: "0.1.0",
        message: day_above_mue,
    };
}
