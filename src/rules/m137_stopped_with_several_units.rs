use crate::model::modifier_groups::{REDUCED, STOPPED_BEFORE_ANAESTHESIA};
use crate::reference::Table;
use crate::rule::prelude::*;

use super::hospital::is_both_sides;

crate::rule! {
    /// # What it checks
    /// Modifier 52 or 73 with more than one unit, or with 50 on a procedure that may be done on either side.
    ///
    /// Either side: the editor marks the code as conditionally or as independently bilateral.
    ///
    /// # Why
    /// A procedure that was reduced, or stopped before anaesthesia, was stopped once: what had not begun cannot
    /// have been repeated, or done on the other side.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64632-73-50 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M137" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill one unit of the procedure that was reduced or stopped, without 50; what was not begun is not billed.
    ///
    /// # Limits
    /// Whether the procedure was stopped, and when, is for the record.
    pub static M137 = {
        name: "stopped-with-several-units",
        check: Check::Line(check),
        on: Trigger::Modifiers(&[REDUCED, STOPPED_BEFORE_ANAESTHESIA]),
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::ReturnToProvider,
        carc: Some("4"),
        edit: Some(37),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, bilateral_conditional and bilateral_independent"),
            Citation::unverified("CMS, I/OCE specifications", "edit 37"),
        ],
        remedies: &[Remedy::display_only("Bill one unit of the procedure that was reduced or stopped, without 50.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.units().exceeds(1) || is_both_sides(line) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let how = match raised.line() {
        Some(line) if line.units().exceeds(1) => format!("{} units", line.units()),
        _ => "both sides".to_owned(),
    };
    format!(
        "{how} of {} with modifier {}: a procedure is reduced or stopped once",
        raised.code(),
        raised.modifier(&[REDUCED, STOPPED_BEFORE_ANAESTHESIA]),
    )
}
