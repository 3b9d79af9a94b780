use crate::model::modifier_groups::SPLIT_CARE;
use crate::reference::Table;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier 54, 55 or 56 on a code whose global days are not 010 or 090.
    ///
    /// The code's row is read whatever its status.
    ///
    /// # Why
    /// The three modifiers divide the payment of an operation into the care before it, the operation, and the care of the
    /// days after it. Without a period of 10 or 90 days there are no such days to hand over.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64455-54")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "M040");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the code without the modifier. Visits after it that another provider makes are billed as visits.
    ///
    /// # Limits
    /// Whether the care was handed over, and in writing, is not looked at. Where the contractor sets the period (YYY) the
    /// modifier is raised too: ask the contractor.
    pub static M040 = {
        name: "split-care-without-global-period",
        check: Check::Line(check),
        on: Trigger::Modifiers(&SPLIT_CARE),
        payers: Payers::Following(CmsEdits::GlobalDays),
        needs: &[Table::FeeSchedule],
        carc: Some("4"),
        sources: &[
            Citation::new("CMS, PFS Relative Value File documentation", "global days"),
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 12, sections 40.2 and 40.4"),
        ],
        remedies: &[Remedy::display_only(
            "Bill the code without the modifier: no days after the operation are part of its payment.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.fee().is_some_and(|fee| !fee.global.has_postoperative_days()) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let global = raised.line().and_then(Line::fee).map_or("", |fee| fee.global.text());
    format!(
        "{} carries {} without a period of 10 or 90 days to divide: its global days are {global}",
        raised.code(),
        raised.modifiers(|modifier| SPLIT_CARE.contains(&modifier)),
    )
}
