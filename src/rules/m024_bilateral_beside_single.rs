use crate::model::Modifier;
use crate::model::modifier_groups::{BOTH_SIDES, DISTINCT, IN_GLOBAL_PERIOD, REPEATED, join};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A line with 50 beside another line of the same code, provider and day without 50.
    ///
    /// # Why
    /// One line with 50 is both sides already. Two lines with 50 on the second are no way to bill them, and the
    /// second is denied.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632; 64632-50")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M024" && finding.line == Some(2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill both sides once: one line with 50 and one unit.
    ///
    /// # Limits
    /// A line that a modifier sets apart, such as 59 or 76, is left out.
    pub static M024 = {
        name: "bilateral-beside-single",
        check: Check::CodeDay(check),
        on: Trigger::Modifiers(&[BOTH_SIDES]),
        payers: Payers::OnlyMedicare,
        carc: Some("4"),
        sources: &[
            Citation::new("CMS, MLN SE1422", "bilateral surgery: one line, modifier 50, one unit"),
            Citation::new("contractors' pages on modifier 50", "two lines with 50 on the second are inappropriate"),
        ],
        remedies: &[Remedy::display_only("Bill one line with 50 and one unit, if the service was done once on each side.")],
        since: "0.1.0",
        message: message,
    };
}

/// What sets a line of the code apart from the others.
const SET_APART: [Modifier; 10] = join(&[&DISTINCT, &IN_GLOBAL_PERIOD, &REPEATED]);

fn check(day: &CodeDay<'_>, found: &mut Found<'_>) {
    let is_single = |line: &Line<'_>| !line.has(BOTH_SIDES) && !line.has_any(&SET_APART);
    let single = day.lines().filter(is_single).min_by_key(|line| line.given().number);
    let Some(single) = single else {
        return;
    };
    for line in day
        .lines()
        .filter(|line| line.has(BOTH_SIDES) && !line.has_any(&SET_APART))
    {
        found.raise_beside(&line, &single);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} with 50 is both sides already, and line {} bills it once more",
        raised.code(),
        raised.other().map_or(0, |other| other.given().number),
    )
}
