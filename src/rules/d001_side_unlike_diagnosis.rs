use crate::rule::prelude::*;

use super::sides::{OF_A_SIDE, Sides};

crate::rule! {
    /// # What it checks
    /// A line with a modifier of side (RT, LT, 50, or of an eyelid, finger or toe), where the line's diagnoses name other
    /// sides.
    ///
    /// The diagnoses are those of ICD-10-CM that name a side, or that leave it unspecified although codes beside them name
    /// one: G57.61 (right), G57.62 (left), G57.63 (both), G57.60 (unspecified).
    ///
    /// # Why
    /// A payer compares the side of the service with that of the diagnosis, and asks back where they differ.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11 dx=G5762: 64632-RT")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "D001");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Compare the side in the record with the modifier and with the diagnosis, and correct the one that is wrong.
    ///
    /// # Limits
    /// An advisory. A line that points to no diagnosis is held against all of the claim's, so that another diagnosis of the
    /// same side hides a wrong one. Whether the diagnosis is of the same part of the body is not looked at. A line without
    /// a diagnosis of a side is not looked at.
    pub static D001 = {
        name: "side-unlike-diagnosis",
        check: Check::Line(check),
        on: Trigger::Modifiers(&OF_A_SIDE),
        asc: OnAscClaim::Applies,
        payers: Payers::All,
        disposition: Disposition::Advisory,
        sources: &[
            Citation::new("CDC and CMS, ICD-10-CM tabular list, April 1, 2026", "titles that name a side"),
            Citation::new(
                "Anthem Wisconsin Provider News, 2024-05-01",
                "side modifiers are compared with the side of the diagnosis",
            ),
        ],
        remedies: &[Remedy::needs_documentation(
            "Compare the side in the record with the modifier and with the diagnosis, and correct the one that is wrong.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let billed = Sides::billed(line);
    if Sides::diagnosed(line).is_some_and(|diagnosed| billed.exceeds(diagnosed)) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is billed for {}, and its diagnoses name {}",
        raised.code(),
        raised.line().map_or("", |line| Sides::billed(line).words()),
        raised.line().and_then(Sides::diagnosed).map_or("", Sides::words),
    )
}
