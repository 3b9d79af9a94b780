use crate::reference::Table;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A modifier that the modifier table does not list on the date of service.
    ///
    /// The first four modifiers of the line are looked at; a line is raised once, however many of them are unknown. On an
    /// ambulance's service the hundred pairs of origin and destination, such as RH, are known.
    ///
    /// # Why
    /// A payer cannot process a line whose modifier does not exist on its date: the modifier was mistyped, has ended, or
    /// has not begun.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-R7")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "M001");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Correct the modifier. If it has ended, look for the one that took its place.
    ///
    /// # Limits
    /// The table is that of CMS's outpatient editor. A modifier that a payer has made for its own claims is not in it. A
    /// modifier after the fourth is not looked up.
    pub static M001 = {
        name: "unknown-modifier",
        check: Check::Line(check),
        on: Trigger::UnknownModifier,
        asc: OnAscClaim::Applies,
        payers: Payers::All,
        needs: &[Table::Modifiers],
        disposition: Disposition::LineRejection,
        carc: Some("182"),
        sources: &[Citation::new("CMS, I/OCE", "modifier table by version")],
        remedies: &[Remedy::display_only(
            "Correct the modifier, or use the one that took its place if it has ended.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.modifiers().iter().any(|modifier| line.is_unknown(modifier)) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let (unknown, date) = raised.line().map_or_else(Default::default, |line| {
        let unknown = raised.modifiers(|modifier| line.is_unknown(modifier));
        (unknown, line.date().to_string())
    });
    format!(
        "{} carries {unknown}, which the modifier table does not list on {date}",
        raised.code()
    )
}
