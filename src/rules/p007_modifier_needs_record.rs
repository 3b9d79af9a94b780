use crate::policy::RECORD_MODIFIERS;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A modifier with which the payer wants the record.
    ///
    /// # Why
    /// The payer prices or allows the line only after it has read the operative report or the notes.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("aetna+commercial 2024-08-06 @22: 28080-22")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P007"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Send the record with the claim, or have it ready.
    ///
    /// # Limits
    /// Whether it was sent is not on the claim, so this is an advisory. A policy that is announced, known at second
    /// hand or not verified only advises, and the rule is then not evaluated.
    pub static P007 = {
        name: "modifier-needs-record",
        check: Check::Line(check),
        on: Trigger::Modifiers(&RECORD_MODIFIERS),
        payers: Payers::Policy(Topic::DocumentedModifiers),
        disposition: Disposition::Advisory,
        sources: &[Citation::new("payers' policies (docs/payers.md)", "modifiers with the record")],
        remedies: &[Remedy::needs_documentation("Send the record with the claim, or have it ready.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    found.raise_modifier(line);
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} wants the record with modifier {} on {}",
        raised.payer(),
        raised.raised_modifier_text(),
        raised.code()
    )
}
