use crate::reference::{Mai, Table};
use crate::rule::prelude::*;

use super::shared::{ASC_UNITS, ONE_LINE_FOR_BOTH, day_above_mue, fits_units, raise_day_above_mue};

crate::rule! {
    /// # What it checks
    /// The units of a code on one day, over all its lines by one provider, against an MUE of adjudication indicator 2.
    ///
    /// # Why
    /// Such a value follows from a statute, the anatomy or the code's own meaning: more units cannot have been done.
    /// Modifiers do not divide the sum, and a contractor may not pay more. All lines of the code are denied, not only
    /// what exceeds the value.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-RT; 64632-LT")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "U002"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Correct the units. Where the bilateral indicator is 1 and both sides were done: one line, modifier 50, one unit.
    ///
    /// # Limits
    /// An MUE of 0 on a code that the fee schedule does not pay is left to the rules of the code's status.
    /// Lines whose quantity counts minutes, days or international units are not evaluated. Units on other claims of the
    /// day are not seen. Some values are confidential: a code that the table does not list has no published value, and
    /// is not held against one.
    pub static U002 = {
        name: "units-above-mue-day-policy",
        check: Check::CodeDay(|day, found| raise_day_above_mue(day, Mai::DayPolicy, found)),
        on: Trigger::AboveMue(Mai::DayPolicy),
        asc: OnAscClaim::NotSettled(ASC_UNITS),
        payers: Payers::Following(CmsEdits::Mue),
        needs: &[Table::PractitionerMue],
        carc: Some("151"),
        sources: &[
            Citation::new("CMS, NCCI Medically Unlikely Edits", "adjudication indicator 2"),
            Citation::new("CMS, MLN SE1422", "bilateral surgery: one line, modifier 50, one unit"),
        ],
        remedies: &[Remedy::display_only("Correct the units."), ONE_LINE_FOR_BOTH],
        fits: fits_units,
        since: "0.1.0",
        message: day_above_mue,
    };
}
