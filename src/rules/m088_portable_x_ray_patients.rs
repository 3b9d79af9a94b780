use crate::model::Modifier;
use crate::rule::prelude::*;
use crate::{code, date, modifier};

crate::rule! {
    /// # What it checks
    /// R0075, transport of portable X-ray equipment for several patients, without exactly one of UN, UP, UQ, UR and
    /// US; R0070, for one patient, with one of them.
    ///
    /// # Why
    /// The modifier says how many patients the trip served, by which its fee is divided: UN two, UP three, UQ four,
    /// UR five, US six or more.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @32: R0075")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M088" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// State the number of patients of the trip with R0075; for one patient bill R0070 without it.
    ///
    /// # Limits
    /// How many patients there were is not seen.
    pub static M088 = {
        name: "portable-x-ray-patients",
        check: Check::Line(check),
        on: Trigger::Codes(&[ONE_PATIENT, SEVERAL_PATIENTS]),
        boundaries: &[date!(2004, 1, 1)],
        disposition: Disposition::ReturnToProvider,
        carc: Some("4"),
        sources: &[Citation::new("radiologybillingcoding.com", "transportation component of portable X-ray")],
        remedies: &[Remedy::needs_documentation(
            "State by UN, UP, UQ, UR or US how many patients the trip served, as the record shows; for one patient bill R0070.",
        ).adding(&PATIENTS)],
        since: "0.1.0",
        message: message,
    };
}

const ONE_PATIENT: crate::model::ProcedureCode = code!("R0070");
const SEVERAL_PATIENTS: crate::model::ProcedureCode = code!("R0075");
const PATIENTS: [Modifier; 5] = [
    modifier!("UN"),
    modifier!("UP"),
    modifier!("UQ"),
    modifier!("UR"),
    modifier!("US"),
];

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let wanted = match line.code() {
        Some(ONE_PATIENT) => 0,
        Some(SEVERAL_PATIENTS) => 1,
        _ => return,
    };
    let carried = PATIENTS.into_iter().filter(|&patients| line.has(patients)).count();
    if line.date() >= date!(2004, 1, 1) && carried != wanted {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    if raised.line().and_then(Line::code) == Some(ONE_PATIENT) {
        let carried = raised.modifiers(|modifier| PATIENTS.contains(&modifier));
        return format!("R0070 is the trip to one patient, and {carried} says that there were several");
    }
    "R0075 needs exactly one of UN, UP, UQ, UR and US, which say how many patients the trip served".to_owned()
}
