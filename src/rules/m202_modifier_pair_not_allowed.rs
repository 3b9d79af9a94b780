use crate::reference::Table;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Two modifiers on one line that the outpatient editor's table of conflicts has, in either order.
    ///
    /// Today these are two of PO, PN and ER, and two of CT, FX and FY.
    ///
    /// # Why
    /// Each pair says two things of one place, or of one machine, that cannot both be so. The claim comes back.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64632-PO-PN rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M202" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Keep the modifier that says what the place, or the equipment, is.
    ///
    /// # Limits
    /// The editor accepts other pairs that contradict each other: M373 has those of stopped procedures.
    pub static M202 = {
        name: "modifier-pair-not-allowed",
        check: Check::Line(check),
        on: Trigger::SeveralModifiers,
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        needs: &[Table::ModifierConflicts],
        disposition: Disposition::ReturnToProvider,
        carc: Some("4"),
        edit: Some(102),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "map_modifier_conflict"),
            Citation::unverified("CMS, I/OCE specifications", "edit 102"),
        ],
        remedies: &[Remedy::display_only("Keep the modifier that says what the place, or the equipment, is.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.conflicting_modifiers().is_some() {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let pair = raised.line().and_then(Line::conflicting_modifiers);
    let pair = pair.map_or_else(String::new, |(first, second)| format!("{first} and {second}"));
    format!("{} carries {pair}, which may not stand on one line", raised.code())
}
