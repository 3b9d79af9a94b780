use crate::model::modifier_groups::ASSISTANTS;
use crate::reference::{AssistantAtSurgery, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier 80, 81, 82 or AS on a code whose assistant at surgery indicator is 0.
    ///
    /// The code's row is read whatever its status.
    ///
    /// # Why
    /// An assistant is paid with such a code only where the record shows that one was medically necessary.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Disposition, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @22: 64632-80")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!((found[0].rule, found[0].disposition), ("M031", Disposition::Suspension));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// See that the operative report says why an assistant was needed and what the assistant did, before the claim is sent.
    ///
    /// # Limits
    /// The record itself is not seen.
    pub static M031 = {
        name: "assistant-needs-documentation",
        check: Check::Line(check),
        on: Trigger::Modifiers(&ASSISTANTS),
        payers: Payers::Following(CmsEdits::AssistantIndicator),
        needs: &[Table::FeeSchedule],
        disposition: Disposition::Suspension,
        sources: &[Citation::new(
            "CMS, PFS Relative Value File documentation",
            "assistant at surgery indicator",
        )],
        remedies: &[Remedy::needs_documentation(
            "Keep the modifier where the operative report shows that an assistant was medically necessary.",
        )],
        since: "0.1.0",
        message: |raised| format!(
            "modifier {} on {} needs documentation: its assistant at surgery indicator is 0, an assistant is paid only if \
             shown to be medically necessary",
            raised.modifier(&ASSISTANTS),
            raised.code(),
        ),
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let assistant = line.fee().map(|fee| fee.assistant);
    if assistant == Some(AssistantAtSurgery::NeedsDocumentation) {
        found.raise(line);
    }
}
