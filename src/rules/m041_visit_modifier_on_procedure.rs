use crate::kinds::ServiceKind;
use crate::model::modifier_groups::VISITS;
use crate::reference::Table;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier 24, 25 or 57 on a code whose global days are 000, 010, 090 or ZZZ.
    ///
    /// The code's row is read whatever its status.
    ///
    /// # Why
    /// The three modifiers say that a visit is not part of a procedure's payment. On the procedure itself they say
    /// nothing, and the visit that they were meant for stays bundled.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-25")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "M041");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the modifier off the procedure. It goes on the visit, if there was one that the record shows to be separate.
    ///
    /// # Limits
    /// Codes with global days XXX, YYY or MMM are not looked at, though not all of them are visits. The three modifiers are
    /// NCCI-associated: a PTP edit is taken as set aside by them even on a procedure, where they do not belong.
    pub static M041 = {
        name: "visit-modifier-on-procedure",
        check: Check::Line(check),
        on: Trigger::Modifiers(&VISITS),
        payers: Payers::Following(CmsEdits::GlobalDays),
        needs: &[Table::FeeSchedule],
        carc: Some("4"),
        sources: &[
            Citation::new("CMS, PFS Relative Value File documentation", "global days"),
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 12, section 40.2"),
        ],
        remedies: &[
            Remedy::display_only("Take the modifier off the procedure."),
            Remedy::needs_documentation(
                "Put it on the visit, where the record shows one that is not part of the procedure.",
            ),
        ],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    // Further critical care and prolonged services have the global days of an add-on, and are visits all the same.
    if !line.is(ServiceKind::Visit) && line.fee().is_some_and(|fee| fee.global.is_procedure()) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let global = raised.line().and_then(Line::fee).map_or("", |fee| fee.global.text());
    format!(
        "{} carries {}, for visits only, and is a procedure: its global days are {global}",
        raised.code(),
        raised.modifiers(|modifier| VISITS.contains(&modifier)),
    )
}
