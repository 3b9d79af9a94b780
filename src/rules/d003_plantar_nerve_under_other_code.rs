use crate::code;
use crate::model::{DiagnosisCode, ProcedureCode};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// An injection of a tendon or of another nerve (20550, 20551, 64450), or the destruction of another nerve (64640),
    /// whose only diagnoses are lesions of the plantar nerve: G57.60 to G57.63, Morton's neuroma among them.
    ///
    /// # Why
    /// The plantar nerve of the toes has codes of its own: 64455 for an injection, 64632 for its destruction. Medicare's
    /// contractors say in their article on injections that Morton's neuroma is billed with these and not with the others.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11 dx=G5761: 64640-RT")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "D003"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// See in the record what was injected or destroyed, and bill its code; where it was something else, the claim lacks
    /// the diagnosis that it was for.
    ///
    /// # Limits
    /// An advisory, and Medicare's: other payers name 64640 beside 64632 where a neuroma is ablated. The article was read
    /// at second hand and without a date, and it speaks of injections: destruction by heat or cold, which 64640 may be, is
    /// not told from one. A line that points to no diagnosis is held against all of the claim's; one other diagnosis is
    /// enough to pass.
    pub static D003 = {
        name: "plantar-nerve-under-other-code",
        check: Check::Line(check),
        on: Trigger::Codes(&OF_OTHERS),
        asc: OnAscClaim::Applies,
        disposition: Disposition::Advisory,
        sources: &[
            Citation::unverified(
                "MAC article A57201, injections",
                "Morton's neuroma: 64455 or 64632, not 20550, 20551, 64450 or 64640",
            ),
            Citation::unverified("ICD-10-CM", "category G57.6: lesions of the plantar nerve"),
        ],
        remedies: &[Remedy::needs_documentation(
            "See in the record what was injected or destroyed, and bill its code, or the diagnosis that it was for.",
        )],
        since: "0.1.0",
        message: message,
    };
}

/// Codes of tendons and of nerves that have no code of their own.
const OF_OTHERS: [ProcedureCode; 4] = [code!("20550"), code!("20551"), code!("64450"), code!("64640")];

fn is_plantar(diagnosis: DiagnosisCode) -> bool {
    matches!(diagnosis.as_str(), "G5760" | "G5761" | "G5762" | "G5763")
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let is_of_others = line.code().is_some_and(|code| OF_OTHERS.contains(&code));
    let mut diagnoses = line.diagnoses().peekable();
    if is_of_others && diagnoses.peek().is_some() && diagnoses.all(is_plantar) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let diagnoses = raised.line().map(|line| {
        let texts: Vec<_> = line.diagnoses().map(|diagnosis| diagnosis.to_string()).collect();
        texts.join(", ")
    });
    format!(
        "{} is billed for a lesion of the plantar nerve alone ({}), which has codes of its own: 64455 for an injection, 64632 for \
         its destruction",
        raised.code(),
        diagnoses.unwrap_or_default(),
    )
}
