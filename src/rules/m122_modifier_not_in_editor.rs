use crate::reference::Table;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A modifier that the outpatient editor does not list in the version of the claim's first day.
    ///
    /// Lines of an ambulance revenue code (054x) may carry modifiers of origin and destination, and are not looked
    /// at.
    ///
    /// # Why
    /// Two characters that are no modifier on the date say nothing that could be processed: the claim comes back.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64632-ZQ rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M122" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Correct the modifier, or leave it out.
    ///
    /// # Limits
    /// The first four modifiers of a line are looked at.
    pub static M122 = {
        name: "modifier-not-in-editor",
        check: Check::Line(check),
        on: Trigger::UnknownModifier,
        form: FormKind::Institutional,
        needs: &[Table::Modifiers],
        disposition: Disposition::ReturnToProvider,
        carc: Some("182"),
        edit: Some(22),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_modifier, modifiers by version"),
            Citation::unverified("CMS, I/OCE specifications", "edit 22"),
        ],
        remedies: &[Remedy::display_only("Correct the modifier, or leave it out.")],
        since: "0.1.0",
        message: message,
    };
}

const AMBULANCE: std::ops::RangeInclusive<u16> = 540..=549;

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let revenue_code = line.given().revenue_code;
    let ambulance = revenue_code.is_some_and(|code| AMBULANCE.contains(&code.number()));
    if !ambulance {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let unknown = raised.modifiers(|modifier| raised.line().is_some_and(|line| !line.knows_modifier(modifier)));
    format!(
        "{} carries {unknown}, not in the outpatient editor's version of the claim's first day",
        raised.code()
    )
}
