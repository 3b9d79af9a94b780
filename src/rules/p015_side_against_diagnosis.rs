use crate::rule::prelude::*;

use super::sides::{OF_A_SIDE, Sides};

crate::rule! {
    /// # What it checks
    /// A line whose modifier of side is not that of its diagnoses, for a payer that denies such lines.
    ///
    /// The sides must be the same: RT does not go with a diagnosis of both sides. Where the lines of the code and day name
    /// both sides together, and so does the diagnosis, the line is an advisory.
    ///
    /// # Why
    /// The payer's software compares the modifier with the side in the diagnosis code and denies the line where they differ.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("bcbs/Anthem+commercial+WI 2024-08-06 @11 dx=G5762: 64632-RT")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P015"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Compare the side in the record with the modifier and with the diagnosis, and correct the one that is wrong.
    ///
    /// # Limits
    /// A line that points to no diagnosis is held against all of the claim's together. A diagnosis of no side, or of an
    /// unspecified one alone, is not looked at: of the latter P016 speaks. A policy that is announced, known at second hand
    /// or not verified only advises, and the rule is then not evaluated.
    pub static P015 = {
        name: "side-against-diagnosis",
        check: Check::LineInClaim(check),
        on: Trigger::Modifiers(&OF_A_SIDE),
        payers: Payers::Policy(Topic::SideMustMatchDiagnosis),
        carc: Some("11"),
        sources: &[
            Citation::new("payers' policies (docs/payers.md)", "side and diagnosis"),
            Citation::new("CDC and CMS, ICD-10-CM tabular list, April 1, 2026", "titles that name a side"),
        ],
        remedies: &[Remedy::needs_documentation(
            "Compare the side in the record with the modifier and with the diagnosis, and correct the one that is wrong.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if found.policy().and_then(|policy| policy.says.side_must_match_diagnosis) != Some(true) {
        return;
    }
    let (billed, diagnosed) = (Sides::billed(line), Sides::diagnosed(line));
    let Some(diagnosed) = diagnosed.filter(|diagnosed| diagnosed.is_some_side() && *diagnosed != billed) else {
        return;
    };
    let of_code = line.day().filter(|other| other.code() == line.code());
    let together = of_code.fold(billed, |sides, other| sides.and(Sides::billed(&other)));
    if together == diagnosed {
        found.raise_as(Disposition::Advisory, line, None, 0);
    } else {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is billed for {}, and its diagnoses name {}: {} wants them the same",
        raised.code(),
        raised.line().map_or("", |line| Sides::billed(line).words()),
        raised.line().and_then(Sides::diagnosed).map_or("", Sides::words),
        raised.payer(),
    )
}
