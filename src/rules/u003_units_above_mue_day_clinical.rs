use crate::reference::{Mai, Table};
use crate::rule::prelude::*;

use super::shared::{ASC_UNITS, ON_APPEAL, day_above_mue, fits_units, raise_day_above_mue};

crate::rule! {
    /// # What it checks
    /// The units of a code on one day, over all its lines by one provider, against an MUE of adjudication indicator 3.
    ///
    /// # Why
    /// Such a value is a clinical benchmark: more units are unlikely, and are paid only after a review of the record.
    /// Modifiers do not divide the sum. All lines of the code are denied, not only what exceeds the value.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64640 x6")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "U003"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Correct the units. Units that were done and are justified are paid on appeal, with the record.
    ///
    /// # Limits
    /// An MUE of 0 on a code that the fee schedule does not pay is left to the rules of the code's status.
    /// Lines whose quantity counts minutes, days or international units are not evaluated. Units on other claims of the
    /// day are not seen. Some values are confidential: a code that the table does not list has no published value, and
    /// is not held against one.
    pub static U003 = {
        name: "units-above-mue-day-clinical",
        check: Check::CodeDay(|day, found| raise_day_above_mue(day, Mai::DayClinical, found)),
        on: Trigger::AboveMue(Mai::DayClinical),
        asc: OnAscClaim::NotSettled(ASC_UNITS),
        payers: Payers::Following(CmsEdits::Mue),
        needs: &[Table::PractitionerMue],
        carc: Some("151"),
        sources: &[Citation::new("CMS, NCCI Medically Unlikely Edits", "adjudication indicator 3")],
        remedies: &[Remedy::display_only("Correct the units."), ON_APPEAL],
        fits: fits_units,
        since: "0.1.0",
        message: day_above_mue,
    };
}
