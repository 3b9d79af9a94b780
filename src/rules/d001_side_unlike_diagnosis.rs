use crate::code;
use crate::model::modifier_groups::{BOTH_SIDES, LEFT, RIGHT};
use crate::model::{DiagnosisCode, ProcedureCode};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// LT, RT or 50 on an injection or destruction of a plantar digital nerve (64455, 64632), where the line's
    /// diagnoses of that nerve name other sides.
    ///
    /// The diagnoses are G57.61 (right), G57.62 (left) and G57.63 (both), and G57.60, which names none.
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
    /// An advisory. A line that points to no diagnosis is held against all of the claim's, so that a second foot's diagnosis
    /// hides a wrong side. A line without diagnoses of this nerve is not looked at.
    pub static D001 = {
        name: "side-unlike-diagnosis",
        check: Check::Line(check),
        on: Trigger::Modifiers(&[RIGHT, LEFT, BOTH_SIDES]),
        and: Trigger::Codes(&PLANTAR),
        asc: OnAscClaim::Applies,
        payers: Payers::All,
        disposition: Disposition::Advisory,
        sources: &[
            Citation::new("Anthem, CG-SURG-25, Morton's neuroma", "diagnoses G57.60 to G57.63"),
            Citation::unverified("ICD-10-CM", "category G57.6: 1 right, 2 left, 3 both, 0 not specified"),
        ],
        remedies: &[Remedy::needs_documentation(
            "Compare the side in the record with the modifier and with the diagnosis, and correct the one that is wrong.",
        )],
        since: "0.1.0",
        message: message,
    };
}

const PLANTAR: [ProcedureCode; 2] = [code!("64455"), code!("64632")];

/// Whether the right side and the left are named.
type Sides = (bool, bool);

fn billed(line: &Line<'_>) -> Sides {
    let both = line.has(BOTH_SIDES);
    (both || line.has(RIGHT), both || line.has(LEFT))
}

/// The side that a diagnosis of the nerve names; none for other diagnoses.
fn side(diagnosis: DiagnosisCode) -> Option<Sides> {
    match diagnosis.as_str() {
        "G5760" => Some((false, false)),
        "G5761" => Some((true, false)),
        "G5762" => Some((false, true)),
        "G5763" => Some((true, true)),
        _ => None,
    }
}

fn diagnosed(line: &Line<'_>) -> Option<Sides> {
    let sides = line.diagnoses().filter_map(side);
    sides.reduce(|one, two| (one.0 || two.0, one.1 || two.1))
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if !line.code().is_some_and(|code| PLANTAR.contains(&code)) {
        return;
    }
    let (right, left) = billed(line);
    if diagnosed(line).is_some_and(|sides| right && !sides.0 || left && !sides.1) {
        found.raise(line);
    }
}

fn words(sides: Sides) -> &'static str {
    match sides {
        (true, true) => "both sides",
        (true, false) => "the right side",
        (false, true) => "the left side",
        (false, false) => "no side",
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is billed for {}, and its diagnoses of the plantar nerve name {}",
        raised.code(),
        raised.line().map_or("", |line| words(billed(line))),
        raised.line().and_then(diagnosed).map_or("", words),
    )
}
