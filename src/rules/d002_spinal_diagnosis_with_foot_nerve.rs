use crate::code;
use crate::model::{DiagnosisCode, ProcedureCode};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Destruction of a plantar digital nerve (64632) with a diagnosis of the spine and none of a nerve of the leg or foot.
    ///
    /// The spine's are M47 with fourth character 8 (spondylosis of facet joints and the like), M54.6 and M54.14
    /// (thoracic pain and radiculopathy); the others are those of category G57.
    ///
    /// # Why
    /// 64632 is a nerve of the foot. Destruction of the nerves of a thoracic facet joint is 64633, with 64634 for each
    /// further joint; a spinal diagnosis alone tells of the one billed for the other.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11 dx=M546: 64632-RT")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "D002");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// See in the record which nerve was destroyed, and bill its code.
    ///
    /// # Limits
    /// An advisory. A line that points to no diagnosis is held against all of the claim's. Other diagnoses that do not fit a
    /// foot are not looked for.
    pub static D002 = {
        name: "spinal-diagnosis-with-foot-nerve",
        check: Check::Line(check),
        on: Trigger::Codes(&[PLANTAR]),
        asc: OnAscClaim::Applies,
        payers: Payers::All,
        disposition: Disposition::Advisory,
        sources: &[
            Citation::new("Anthem, CG-SURG-25, Morton's neuroma", "diagnoses G57.60 to G57.63"),
            Citation::unverified("CPT", "64632 and 64633: the nerves that they name"),
        ],
        remedies: &[Remedy::needs_documentation(
            "See in the record which nerve was destroyed: destruction at a thoracic facet joint is 64633.",
        )],
        since: "0.1.0",
        message: message,
    };
}

const PLANTAR: ProcedureCode = code!("64632");

fn is_spinal(diagnosis: &DiagnosisCode) -> bool {
    let text = diagnosis.as_str();
    text.starts_with("M478") || matches!(text, "M546" | "M5414")
}

fn is_of_leg(diagnosis: DiagnosisCode) -> bool {
    diagnosis.as_str().starts_with("G57")
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let mut diagnoses = line.diagnoses();
    let of_leg = diagnoses.clone().any(is_of_leg);
    if line.code() == Some(PLANTAR) && !of_leg && diagnoses.any(|diagnosis| is_spinal(&diagnosis)) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let spinal = raised.line().map(|line| {
        let spinal: Vec<_> = line
            .diagnoses()
            .filter(is_spinal)
            .map(|diagnosis| diagnosis.to_string())
            .collect();
        spinal.join(", ")
    });
    format!(
        "64632 is a nerve of the foot, and its diagnosis is of the spine ({}): destruction at a thoracic facet joint is 64633",
        spinal.unwrap_or_default(),
    )
}
