use crate::modifier;
use crate::reference::{Table, TeamSurgery};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier 66 on a code whose team surgery indicator is 0 or 9.
    ///
    /// The code's row is read whatever its status.
    ///
    /// # Why
    /// With 0 Medicare does not pay a team of surgeons for the code; with 9 the concept does not apply.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @22: 64632-66")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "M034");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the role that each surgeon had, as far as the code allows it.
    ///
    /// # Limits
    /// With indicator 1 or 2 a team is priced by report, and 1 needs documentation: neither is raised.
    pub static M034 = {
        name: "team-not-permitted",
        check: Check::Line(check),
        on: Trigger::Modifiers(&[modifier!("66")]),
        payers: Payers::Following(CmsEdits::TeamIndicator),
        needs: &[Table::FeeSchedule],
        carc: Some("54"),
        sources: &[Citation::new(
            "CMS, PFS Relative Value File documentation",
            "team surgery indicator",
        )],
        remedies: &[Remedy::display_only(
            "Bill the role that each surgeon had, as far as the code allows it.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let team = line.fee().map(|fee| fee.team);
    if matches!(team, Some(TeamSurgery::NotPermitted | TeamSurgery::NotApplicable)) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let why = match raised.line().and_then(Line::fee).map(|fee| fee.team) {
        Some(TeamSurgery::NotApplicable) => "9, the concept of a team does not apply",
        _ => "0, a team of surgeons is not permitted",
    };
    format!(
        "modifier 66 does not go with {}: its team surgery indicator is {why}",
        raised.code()
    )
}
