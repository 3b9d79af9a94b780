use crate::evaluation::Reason;
use crate::model::Measure;
use crate::modifier;
use crate::reference::{Bilateral, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// More than one unit on a line with modifier 50, where the bilateral indicator is 1 or 3.
    ///
    /// The code's row is read whatever its status.
    ///
    /// # Why
    /// Medicare takes both sides as one line with modifier 50 and one unit. Two units with 50 say four sides.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64640-50 x2")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "M022");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill one unit: 50 alone says that both sides were done.
    ///
    /// # Limits
    /// What other payers take, P001 asks. How a procedure done on both sides at several places is billed is not looked at.
    pub static M022 = {
        name: "bilateral-units",
        check: Check::Line(check),
        on: Trigger::Modifiers(&[modifier!("50")]),
        payers: Payers::OnlyMedicare,
        needs: &[Table::FeeSchedule],
        sources: &[
            Citation::new("CMS, PFS Relative Value File documentation", "bilateral surgery indicator"),
            Citation::new("CMS, MLN SE1422", "bilateral surgery: one line, modifier 50, one unit"),
        ],
        remedies: &[Remedy::display_only(
            "Bill one unit, if the service was done once on each side.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.given().measure != Measure::Units {
        found.not_evaluated(line, Reason::NotInUnits);
        return;
    }
    let bilateral = line.fee().map(|fee| fee.bilateral);
    if matches!(bilateral, Some(Bilateral::Conditional | Bilateral::Independent)) && line.units().exceeds(1) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let (units, indicator) = raised.line().map_or_else(Default::default, |line| {
        let indicator = line.fee().map_or("", |fee| fee.bilateral.text());
        (line.units().to_string(), indicator)
    });
    format!(
        "{units} units of {} with modifier 50: its bilateral indicator is {indicator}, for which both sides are billed as one unit",
        raised.code(),
    )
}
