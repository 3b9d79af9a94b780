use crate::model::{DiagnosisCode, DiagnosisSide};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A line for a diagnosis of an unspecified side, although codes beside it name one, for a payer that denies such lines.
    ///
    /// A line that points to no diagnosis is denied where it is the claim's only one; where the claim has several it is an
    /// advisory.
    ///
    /// # Why
    /// The record nearly always says the side; the payer takes the unspecified code for a coding error.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("bcbs/Anthem+commercial+MO 2024-08-06 @11 dx=G5760: 64632-RT")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P016"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the diagnosis of the side that the record names.
    ///
    /// # Limits
    /// Only the side is looked at: an unspecified site is not. A policy that is announced, known at second hand or not
    /// verified only advises, and the rule is then not evaluated.
    pub static P016 = {
        name: "diagnosis-without-side",
        check: Check::Line(check),
        payers: Payers::Policy(Topic::DiagnosisSideNeeded),
        carc: Some("11"),
        sources: &[
            Citation::new("payers' policies (docs/payers.md)", "diagnosis of an unspecified side"),
            Citation::new("CDC and CMS, ICD-10-CM tabular list, April 1, 2026", "titles that name a side"),
        ],
        remedies: &[Remedy::needs_documentation("Bill the diagnosis of the side that the record names.")],
        since: "0.1.0",
        message: message,
    };
}

fn unspecified(line: &Line<'_>) -> Option<DiagnosisCode> {
    line.diagnoses()
        .find(|&diagnosis| DiagnosisSide::of(diagnosis) == Some(DiagnosisSide::Unspecified))
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if found.policy().and_then(|policy| policy.says.diagnosis_side_needed) != Some(true) || unspecified(line).is_none()
    {
        return;
    }
    let is_its_own = !line.given().diagnosis_pointers.is_empty() || line.diagnoses().count() == 1;
    if is_its_own {
        found.raise(line);
    } else {
        found.raise_as(Disposition::Advisory, line, None, 0);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let diagnosis = raised.line().and_then(unspecified);
    format!(
        "{} is billed for {}, which names no side although codes beside it do: {} wants the side",
        raised.code(),
        diagnosis.map_or_else(String::new, |diagnosis| diagnosis.to_string()),
        raised.payer(),
    )
}
