use crate::code;
use crate::lists::PROLONGED_BASES;
use crate::model::ProcedureCode;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A prolonged service of Medicare's, G0316, G0317, G0318 or G2212, without one of the visits to which it may be
    /// added, by the same provider on the day.
    ///
    /// # Why
    /// The code is time beyond the longest visit of its kind: G2212 in the office, G0316 in hospitals, G0317 in
    /// nursing facilities, G0318 at home.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 99213; G2212")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "G012" && finding.line == Some(2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the visit of the highest level, if its time was met; else take the prolonged service off.
    ///
    /// # Limits
    /// The time is not seen.
    pub static G012 = {
        name: "prolonged-service-without-base",
        check: Check::LineInClaim(check),
        on: Trigger::Codes(&[code!("G0316"), code!("G0317"), code!("G0318"), code!("G2212")]),
        sources: &[
            Citation::new("First Coast, evaluation and management", "prolonged services"),
            Citation::new("AAFP, prolonged services", "the visits to which they are added"),
        ],
        remedies: &[Remedy::needs_documentation(
            "Bill the visit of the highest level where the record shows its time; else take the prolonged service off.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn bases(line: &Line<'_>) -> &'static [ProcedureCode] {
    let listed = line.code().and_then(|code| PROLONGED_BASES.of(code, line.date()));
    listed.map_or(&[], Vec::as_slice)
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    let bases = bases(line);
    let is_base = |other: Line<'_>| other.code().is_some_and(|code| bases.contains(&code));
    if bases.is_empty() || line.day().any(is_base) {
        return;
    }
    if line.lines_over_days().any(is_base) {
        found.not_evaluated(line, crate::evaluation::Reason::OtherLineSeveralDays);
    } else {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let bases: Vec<String> = raised
        .line()
        .map_or(&[][..], bases)
        .iter()
        .map(ToString::to_string)
        .collect();
    format!(
        "{} is added to {}, and none of them is billed that day",
        raised.code(),
        bases.join(" or ")
    )
}
