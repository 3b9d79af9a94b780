use crate::modifier;
use crate::reference::Table;
use crate::rule::prelude::*;

use super::hospital::{AFTER_EMERGENCY, is_after_emergency};

crate::rule! {
    /// # What it checks
    /// Modifier CS on a line dated after the end of the COVID-19 public health emergency, 2023-05-11.
    ///
    /// Versions of the editor before that of 2022-07-01 do not look.
    ///
    /// # Why
    /// CS waived the patient's share of services that led to a test ordered in the emergency. With it the waiver
    /// ended.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64632-CS rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M223" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Leave CS out.
    ///
    /// # Limits
    /// Whether CS was right during the emergency is not looked at.
    pub static M223 = {
        name: "cs-after-emergency",
        check: Check::Line(check),
        on: Trigger::Modifiers(&[modifier!("CS")]),
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        needs: &[Table::OutpatientCodes],
        boundaries: &[AFTER_EMERGENCY],
        disposition: Disposition::ReturnToProvider,
        carc: Some("4"),
        edit: Some(123),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "version_range, version 88 and later"),
            Citation::unverified("CMS, I/OCE specifications", "edit 123"),
        ],
        remedies: &[Remedy::display_only("Leave CS out.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if is_after_emergency(line) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} carries CS on {}, after the public health emergency",
        raised.code(),
        raised.date()
    )
}
