use crate::policy::RECORD_MODIFIERS;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A modifier that sets a service apart from another, where the provider bills no other service of the day.
    ///
    /// # Why
    /// The payer holds that 25 has nothing to be separate from, and denies the line. One payer looks at the rendering
    /// physician alone: a vaccination by a colleague is no other service.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("\"other/Priority Health\"+commercial+MI 2024-08-06 @11: 99214-25")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P019"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the modifier off, or bill the other service on the same claim.
    ///
    /// # Limits
    /// Services of the day on other claims are not seen. A policy that is announced, known at second hand or not verified
    /// only advises, and the rule is then not evaluated.
    pub static P019 = {
        name: "modifier-without-other-service",
        check: Check::LineInClaim(check),
        on: Trigger::Modifiers(&RECORD_MODIFIERS),
        payers: Payers::Policy(Topic::NeedsOtherService),
        carc: Some("4"),
        sources: &[Citation::new("payers' policies (docs/payers.md)", "modifiers that need another service")],
        remedies: &[Remedy::display_only(
            "Take the modifier off, or bill the other service on the same claim.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if line.day().all(|other| other.position() == line.position()) {
        found.raise_modifier(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} has modifier {}, and its provider bills no other service of the day: {} does not take that",
        raised.code(),
        raised.raised_modifier_text(),
        raised.payer()
    )
}
