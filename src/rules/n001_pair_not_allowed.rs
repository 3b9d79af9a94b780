use crate::reference::{PairIndicator, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A column 2 code billed beside its column 1 code, by one provider on one day, where the PTP edit's indicator is 0.
    ///
    /// # Why
    /// The edit says that the two are never paid together for one patient, provider and day. No modifier changes that; the
    /// column 2 code is denied, even where it is the dearer one.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632; 95870-59")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!((found[0].rule, found[0].line, found[0].other_line), ("N001", Some(2), Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the column 2 code off the claim. The patient cannot be billed for it.
    ///
    /// # Limits
    /// Only the lines of this claim are compared; services on other claims of the day are not seen.
    pub static N001 = {
        name: "pair-not-allowed",
        check: Check::Pair(check),
        asc: OnAscClaim::Applies,
        payers: Payers::Following(CmsEdits::Ptp),
        needs: &[Table::PractitionerPairs],
        carc: Some("236"),
        sources: &[Citation::new("CMS, NCCI PTP coding edits", "modifier indicator 0")],
        remedies: &[Remedy::display_only("Take the column 2 code off the claim.")],
        since: "0.1.0",
        message: |raised| format!(
            "{} is never paid beside {} on the same day: the edit's indicator is 0, so no modifier sets it aside",
            raised.code(),
            raised.other_code(),
        ),
    };
}

fn check(pair: &Pair<'_>, found: &mut Found<'_>) {
    if pair.edit.indicator == PairIndicator::NotAllowed {
        found.raise_beside(&pair.column2, &pair.column1);
    }
}
