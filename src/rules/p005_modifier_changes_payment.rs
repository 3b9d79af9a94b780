use crate::policy::PAYMENT_MODIFIERS;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A modifier for which the payer states what it pays.
    ///
    /// # Why
    /// What a payer pays for both sides, a reduced service, an assistant or a part of the care is its own: payers that
    /// follow the fee schedule's indicators still differ in the percentage.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("bcbs/ND 2024-08-06 @22: 28080-80")?;
    /// let found = evaluator.explain(&claim, &evaluator.evaluate(&claim)).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P005"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Expect that amount.
    ///
    /// # Limits
    /// An advisory: nothing is wrong with the claim. Whether the modifier may stand on the code is another rule's
    /// business. Several such modifiers on one line are told one by one. A policy that is announced, known at second
    /// hand or not verified only advises, and the rule is then not evaluated.
    pub static P005 = {
        name: "modifier-changes-payment",
        check: Check::Line(check),
        on: Trigger::Modifiers(&PAYMENT_MODIFIERS),
        payers: Payers::Policy(Topic::ModifierPercents),
        disposition: Disposition::Advisory,
        sources: &[Citation::new("payers' policies (docs/payers.md)", "payment by modifier")],
        remedies: &[Remedy::display_only("Expect that amount.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    found.raise_modifier(line);
}

fn message(raised: &Raised<'_>) -> String {
    let modifier = raised.raised_modifier();
    let percents = raised.policy().map(|policy| &policy.says.modifier_percents);
    let percent = modifier
        .zip(percents)
        .and_then(|(modifier, percents)| percents.get(&modifier));
    format!(
        "{} pays {}-{} at {} percent of its amount",
        raised.payer(),
        raised.code(),
        modifier.map_or_else(String::new, |modifier| modifier.to_string()),
        percent.map_or_else(String::new, ToString::to_string),
    )
}
