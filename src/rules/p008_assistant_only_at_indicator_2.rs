use crate::model::modifier_groups::ASSISTANTS;
use crate::reference::{AssistantAtSurgery, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier 80, 81, 82 or AS on a code whose assistant at surgery indicator is not 2, for a payer that pays
    /// assistants at 2 only.
    ///
    /// # Why
    /// Medicare reads indicator 0 as payable with documentation. Some payers do not.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("bcbs/ND 2024-08-06 @22: 64632-80")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P008"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Do not bill this payer for an assistant with this code, or appeal with the record where its policy says so.
    ///
    /// # Limits
    /// Whether the payer hears an appeal is not said. A policy that is announced, known at second hand or not verified
    /// only advises, and the rule is then not evaluated.
    pub static P008 = {
        name: "assistant-only-at-indicator-2",
        check: Check::Line(check),
        on: Trigger::Modifiers(&ASSISTANTS),
        payers: Payers::Policy(Topic::AssistantIndicator2),
        needs: &[Table::FeeSchedule],
        carc: Some("54"),
        sources: &[Citation::new("payers' policies (docs/payers.md)", "assistant at surgery")],
        remedies: &[Remedy::display_only(
            "Do not bill this payer for an assistant with this code, or appeal with the record where its policy says so.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let only = found
        .policy()
        .and_then(|policy| policy.says.assistant_at_indicator_2_only)
        == Some(true);
    let pays = line
        .fee()
        .is_none_or(|fee| fee.assistant == AssistantAtSurgery::Payable);
    if only && !pays {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let indicator = raised.line().and_then(Line::fee).map_or("", |fee| fee.assistant.text());
    format!(
        "modifier {} does not go with {}: {} pays an assistant at indicator 2 only, and the code's is {indicator}",
        raised.modifier(&ASSISTANTS),
        raised.code(),
        raised.payer(),
    )
}
