use crate::model::modifier_groups::PHYSICAL_STATUS;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A modifier of physical status (P1 to P6) for which the payer states the units that it adds.
    ///
    /// # Why
    /// The anaesthesiologists' guide adds units for a patient who is very ill; payers add them, or take the modifier for
    /// information only.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("bcbs/Regence 2024-08-06 @22: 00400-AA-P3 x45 measure=minutes")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P022"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Expect these units.
    ///
    /// # Limits
    /// An advisory: nothing is wrong with the claim. A policy that is announced, known at second hand or not verified only
    /// advises, and the rule is then not evaluated.
    pub static P022 = {
        name: "physical-status-units",
        check: Check::Line(check),
        on: Trigger::Modifiers(&PHYSICAL_STATUS),
        payers: Payers::Policy(Topic::StatusUnits),
        disposition: Disposition::Advisory,
        sources: &[Citation::new("payers' policies (docs/payers.md)", "physical status")],
        remedies: &[Remedy::display_only("Expect these units.")],
        since: "0.1.0",
        message: message,
    };
}

/// A policy answers only for the modifiers that it names.
fn check(line: &Line<'_>, found: &mut Found<'_>) {
    found.raise_modifier(line);
}

fn message(raised: &Raised<'_>) -> String {
    let stated = raised.policy().zip(raised.raised_modifier());
    let stated = stated.and_then(|(policy, modifier)| Some((modifier, *policy.says.status_units.get(&modifier)?)));
    let Some((modifier, units)) = stated else {
        return String::new();
    };
    let units = match units {
        0 => "no units".to_owned(),
        1 => "1 unit".to_owned(),
        units => format!("{units} units"),
    };
    format!("{} adds {units} to {} for {modifier}", raised.payer(), raised.code())
}
