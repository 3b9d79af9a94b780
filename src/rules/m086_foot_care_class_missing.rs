use crate::evaluation::Reason;
use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::Modifier;
use crate::modifier;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Routine foot care without Q7, Q8 or Q9. For the debridement of nails, 11720 and 11721, with a fungal infection
    /// of nails (B35.1) and pain among the line's diagnoses, it is left.
    ///
    /// # Why
    /// Medicare excludes routine foot care unless a systemic disease makes it dangerous for another to do; the
    /// modifier states the findings of class A, B and C that show so. Contractors cover painful fungal nails without
    /// it.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 11055")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M086" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Add the modifier where the record shows the findings of the class: Q7 one of class A, Q8 two of class B, Q9
    /// one of B and two of C.
    ///
    /// # Limits
    /// Which systemic disease the patient has is not looked at. A line with GY, GA or GZ expects its denial. The
    /// debridement of nails of a claim without diagnoses is not evaluated, and one with B35.1 but without a diagnosis
    /// of pain, difficulty in walking or secondary infection is an advisory, as contractors differ.
    pub static M086 = {
        name: "foot-care-class-missing",
        check: Check::Line(check),
        on: Trigger::Kinds(ServiceKinds::of(&[ServiceKind::RoutineFootCare])),
        carc: Some("96"),
        sources: &[
            Citation::new("Palmetto GBA, routine foot care", "class findings and their modifiers"),
            Citation::unverified("CMS, Medicare Benefit Policy Manual", "chapter 15, section 290"),
        ],
        remedies: &[Remedy::needs_documentation(
            "Add Q7, Q8 or Q9 where the record shows the class findings and the systemic disease.",
        ).adding(&CLASSES)],
        since: "0.1.0",
        message: message,
    };
}

const CLASSES: [Modifier; 3] = [modifier!("Q7"), modifier!("Q8"), modifier!("Q9")];
const DENIAL_EXPECTED: [Modifier; 3] = [modifier!("GA"), modifier!("GY"), modifier!("GZ")];
const FUNGAL_NAILS: &str = "B351";
/// Pain in a limb, difficulty in walking, an infection of skin about the nails.
const BESIDE_FUNGAL_NAILS: [&str; 4] = ["M796", "R26", "L030", "R52"];

fn is_debridement(line: &Line<'_>) -> bool {
    line.code()
        .is_some_and(|code| ["11720", "11721"].contains(&code.as_str()))
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if !line.is(ServiceKind::RoutineFootCare) || line.has_any(&CLASSES) || line.has_any(&DENIAL_EXPECTED) {
        return;
    }
    if !is_debridement(line) {
        found.raise(line);
        return;
    }
    let has = |start: &str| line.diagnoses().any(|diagnosis| diagnosis.as_str().starts_with(start));
    if line.diagnoses().next().is_none() {
        found.not_evaluated(line, Reason::NotSettled(NO_DIAGNOSIS));
    } else if !has(FUNGAL_NAILS) || has_systemic_disease(line) {
        if !(has(FUNGAL_NAILS) && BESIDE_FUNGAL_NAILS.into_iter().any(has)) {
            found.raise(line);
        }
    } else if !BESIDE_FUNGAL_NAILS.into_iter().any(has) {
        found.raise_as(Disposition::Advisory, line, None, 0);
    }
}

const NO_DIAGNOSIS: &str = "whether painful fungal nails were treated is not known: the claim states no diagnosis";

/// Diabetes, and diseases of arteries, veins and nerves: for them routine foot care is covered, and shown by class findings.
fn has_systemic_disease(line: &Line<'_>) -> bool {
    const STARTS: [&str; 12] = [
        "E08", "E09", "E10", "E11", "E13", "G60", "G61", "G62", "G63", "I70", "I73", "I87",
    ];
    line.diagnoses()
        .any(|diagnosis| STARTS.iter().any(|start| diagnosis.as_str().starts_with(start)))
}

fn message(raised: &Raised<'_>) -> String {
    let code = raised.code();
    if raised.finding().disposition() == Disposition::Advisory {
        return format!(
            "{code} has none of Q7, Q8 and Q9, and its diagnoses name fungal nails without pain or what else contractors ask for"
        );
    }
    format!("{code} is routine foot care and has none of Q7, Q8 and Q9, the findings for which Medicare covers it")
}
