use crate::model::modifier_groups::BOTH_SIDES;
use crate::reference::Table;
use crate::rule::prelude::*;

use super::hospital::is_both_sides;

crate::rule! {
    /// # What it checks
    /// Modifier 50 with more than one unit of a procedure that may be done on either side.
    ///
    /// Either side: the editor marks the code as conditionally or as independently bilateral.
    ///
    /// # Why
    /// One unit with 50 already is both sides. Two units with 50 would be four.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64632-50 x2 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M174" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill one unit with 50 for both sides.
    ///
    /// # Limits
    /// RT and LT on two lines are not looked at here; the MUE of the day is (U302).
    pub static M174 = {
        name: "both-sides-with-several-units",
        check: Check::Line(check),
        on: Trigger::Modifiers(&[BOTH_SIDES]),
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::ReturnToProvider,
        carc: Some("4"),
        edit: Some(74),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, bilateral_conditional and bilateral_independent"),
            Citation::unverified("CMS, I/OCE specifications", "edit 74"),
        ],
        remedies: &[Remedy::display_only("Bill one unit with 50 for both sides.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.units().exceeds(1) && is_both_sides(line) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let units = raised.line().map_or_else(String::new, |line| line.units().to_string());
    format!(
        "{units} units of {} with 50: one unit with 50 is both sides",
        raised.code()
    )
}
