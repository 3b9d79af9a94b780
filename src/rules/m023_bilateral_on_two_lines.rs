use crate::model::Modifier;
use crate::model::modifier_groups::{RIGHT, one_side};
use crate::reference::{Bilateral, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// The right side on one line and the left side on another, for a code whose bilateral indicator is 1.
    ///
    /// The lines are of one code, day and provider; one carries RT and not LT, the other LT and not RT. Each of them is
    /// raised. The code's row is read whatever its status.
    ///
    /// # Why
    /// Medicare pays such a code at 150 percent for both sides and takes them as one line with modifier 50 and one unit. On
    /// two lines the second side is taken for a duplicate, or both exceed the units of the day.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-RT; 64632-LT")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found.iter().filter(|finding| finding.rule == "M023").count(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill one line with modifier 50 and one unit, if the service was done once on each side.
    ///
    /// # Limits
    /// Lines on other claims are not seen. A further line of the code without RT and LT is not raised. What other
    /// payers take, P001 asks.
    pub static M023 = {
        name: "bilateral-on-two-lines",
        check: Check::CodeDay(check),
        on: Trigger::Modifiers(&[RIGHT]),
        payers: Payers::OnlyMedicare,
        needs: &[Table::FeeSchedule],
        disposition: Disposition::Advisory,
        sources: &[
            Citation::new("Noridian and First Coast, modifier 50", "one line with 50; CGS takes two lines beside 78"),
            Citation::new("CMS, PFS Relative Value File documentation", "bilateral surgery indicator"),
            Citation::new("CMS, MLN SE1422", "bilateral surgery: one line, modifier 50, one unit"),
        ],
        remedies: &[Remedy::display_only(
            "Bill one line with modifier 50 and one unit, if the service was done once on each side.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn side(line: &Line<'_>) -> Option<Modifier> {
    one_side(line.modifiers())
}

fn check(day: &CodeDay<'_>, found: &mut Found<'_>) {
    let fee = day.first().and_then(|line| line.fee());
    if fee.is_none_or(|fee| fee.bilateral != Bilateral::Conditional) {
        return;
    }
    for line in day.lines() {
        let opposite = day
            .lines()
            .filter(|other| matches!((side(&line), side(other)), (Some(one), Some(other)) if one != other))
            .min_by_key(|other| other.given().number);
        if let Some(opposite) = opposite {
            found.raise_beside(&line, &opposite);
        }
    }
}

fn message(raised: &Raised<'_>) -> String {
    let side = |line: Option<&Line<'_>>| line.and_then(side).map_or_else(String::new, |side| side.to_string());
    format!(
        "{} is billed with {} here and with {} on line {}: its bilateral indicator is 1, for which both sides are \
         billed on one line with modifier 50 and one unit",
        raised.code(),
        side(raised.line()),
        side(raised.other()),
        raised.other().map_or(0, |other| other.given().number),
    )
}
