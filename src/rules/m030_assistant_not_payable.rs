use crate::model::modifier_groups::ASSISTANTS;
use crate::reference::{AssistantAtSurgery, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier 80, 81, 82 or AS on a code whose assistant at surgery indicator is 1 or 9.
    ///
    /// The code's row is read whatever its status.
    ///
    /// # Why
    /// With 1 the statute bars payment of an assistant; with 9 the concept does not apply to the code.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @22: 64640-80")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "M030");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Do not bill Medicare for an assistant with this code. If the line is the surgeon's own, take the modifier off.
    ///
    /// # Limits
    /// Whether a resident was available (82), and the profession of the assistant (AS), are not looked at.
    pub static M030 = {
        name: "assistant-not-payable",
        check: Check::Line(check),
        on: Trigger::Modifiers(&ASSISTANTS),
        payers: Payers::Following(CmsEdits::AssistantIndicator),
        needs: &[Table::FeeSchedule],
        carc: Some("54"),
        sources: &[Citation::new(
            "CMS, PFS Relative Value File documentation",
            "assistant at surgery indicator",
        )],
        remedies: &[Remedy::display_only(
            "Do not bill Medicare for an assistant with this code; if the line is the surgeon's own, take the modifier off.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let assistant = line.fee().map(|fee| fee.assistant);
    if matches!(
        assistant,
        Some(AssistantAtSurgery::NotPayable | AssistantAtSurgery::NotApplicable)
    ) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let why = match raised.line().and_then(Line::fee).map(|fee| fee.assistant) {
        Some(AssistantAtSurgery::NotApplicable) => "9, the concept of an assistant does not apply",
        _ => "1, the statute bars payment of an assistant",
    };
    format!(
        "modifier {} does not go with {}: its assistant at surgery indicator is {why}",
        raised.modifier(&ASSISTANTS),
        raised.code(),
    )
}
