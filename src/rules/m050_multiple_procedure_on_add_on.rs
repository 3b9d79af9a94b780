use crate::modifier;
use crate::reference::{GlobalPeriod, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier 51 on a code whose global days are ZZZ.
    ///
    /// The code's row is read whatever its status.
    ///
    /// # Why
    /// ZZZ marks an add-on, whose payment is already that of something done beside another service. It is not ranked among
    /// the day's procedures and not reduced.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64633; 64634-51")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M050"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the add-on without 51.
    ///
    /// # Limits
    /// Codes that CPT exempts from 51 without being add-ons are not looked at, nor is a line where 51 is missing: Medicare
    /// ranks the procedures itself.
    pub static M050 = {
        name: "multiple-procedure-on-add-on",
        check: Check::Line(check),
        on: Trigger::Modifiers(&[modifier!("51")]),
        payers: Payers::Following(CmsEdits::GlobalDays),
        needs: &[Table::FeeSchedule],
        carc: Some("4"),
        sources: &[
            Citation::new("CMS, PFS Relative Value File documentation", "global days"),
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 12, section 40.6"),
        ],
        remedies: &[Remedy::display_only("Bill the add-on without 51.")],
        since: "0.1.0",
        message: |raised| format!(
            "modifier 51 does not go with {}: its global days are ZZZ, an add-on that is not reduced beside other procedures",
            raised.code(),
        ),
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.fee().is_some_and(|fee| fee.global == GlobalPeriod::AddOn) {
        found.raise(line);
    }
}
