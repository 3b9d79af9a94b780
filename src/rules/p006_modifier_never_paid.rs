use crate::policy::PAYMENT_MODIFIERS;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A modifier for whose part of a service the payer never pays.
    ///
    /// # Why
    /// The payer counts that part as paid with another: care before the operation (56) with the surgeon's own, for
    /// example.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("bcbs/Asuris 2024-08-06 @11: 28080-56")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P006"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Do not bill this part to the payer; settle it with whoever bills the rest of the care.
    ///
    /// # Limits
    /// What the payer's contract with the practice says may differ. A policy that is announced, known at second hand or
    /// not verified only advises, and the rule is then not evaluated.
    pub static P006 = {
        name: "modifier-never-paid",
        check: Check::Line(check),
        on: Trigger::Modifiers(&PAYMENT_MODIFIERS),
        payers: Payers::Policy(Topic::UnpaidModifiers),
        sources: &[Citation::new("payers' policies (docs/payers.md)", "split care")],
        remedies: &[Remedy::display_only(
            "Do not bill this part to the payer; settle it with whoever bills the rest of the care.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    found.raise_modifier(line);
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} never pays {} with modifier {}",
        raised.payer(),
        raised.code(),
        raised.raised_modifier_text()
    )
}
