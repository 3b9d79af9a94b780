use crate::policy::RECORD_MODIFIERS;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A modifier on a code that is none of those to which the payer says that it belongs.
    ///
    /// # Why
    /// The payer takes 25 on visits only, for example, and denies a procedure that carries it.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("\"other/Priority Health\"+commercial+MI 2024-08-06 @11: 64632-25; 64640")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P024"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Put the modifier on the service that it is about.
    ///
    /// # Limits
    /// A policy that is announced, known at second hand or not verified only advises, and the rule is then not evaluated.
    pub static P024 = {
        name: "modifier-of-other-services",
        check: Check::Line(check),
        on: Trigger::Modifiers(&RECORD_MODIFIERS),
        payers: Payers::Policy(Topic::ModifierKinds),
        carc: Some("4"),
        sources: &[Citation::new("payers' policies (docs/payers.md)", "services of a modifier")],
        remedies: &[Remedy::display_only("Put the modifier on the service that it is about.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let kinds = found.policy().and_then(|policy| policy.says.modifier_kinds.as_ref());
    let belongs = kinds
        .zip(line.code())
        .is_none_or(|(kinds, code)| kinds.codes.contains(code));
    if !belongs {
        found.raise_modifier(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let codes = raised.policy().and_then(|policy| policy.says.modifier_kinds.as_ref());
    format!(
        "{} takes modifier {} on {} only, not on {}",
        raised.payer(),
        raised.raised_modifier_text(),
        codes.map_or_else(String::new, |kinds| kinds.codes.to_string()),
        raised.code(),
    )
}
