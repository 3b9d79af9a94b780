use crate::evaluation::Reason;
use crate::kinds::{ServiceKind, ServiceKinds};
use crate::lists::PART_B_VACCINES;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A vaccine that Part B does not cover, and its administration where every vaccine of the day is one, on a claim
    /// whose diagnoses name no injury and no exposure.
    ///
    /// Part B covers vaccines against influenza, pneumococci, hepatitis B and COVID-19; others where they treat an
    /// injury or an exposure, such as tetanus after a wound.
    ///
    /// # Why
    /// Other vaccines are of the drug plan, Part D, and so is giving them. The line is denied as no benefit.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11 dx=Z23: 90750")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "C006" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the patient's drug plan. If the vaccine treated an injury or an exposure, state that diagnosis.
    ///
    /// # Limits
    /// Injury and exposure are diagnoses of the letters S and T, of the external causes V to Y, and Z20. A claim
    /// without diagnoses is not evaluated.
    pub static C006 = {
        name: "vaccine-of-drug-plan",
        check: Check::LineInClaim(check),
        on: Trigger::Kinds(ServiceKinds::of(&[ServiceKind::Vaccine, ServiceKind::VaccineAdministration])),
        about_site: true,
        carc: Some("96"),
        sources: &[
            Citation::new("Palmetto GBA, preventive services, questions and answers", "vaccines of Part D, and tetanus after an injury"),
            Citation::unverified("CMS, Medicare Benefit Policy Manual", "chapter 15, section 50.4.4.2"),
        ],
        remedies: &[Remedy::needs_documentation(
            "Bill the patient's drug plan; if the record shows that the vaccine treated an injury or an exposure, state that diagnosis.",
        )],
        since: "0.1.0",
        message: message,
    };
}

/// Administration codes that name no vaccine; those of Medicare's own name it.
const GENERAL: [&str; 6] = ["90460", "90461", "90471", "90472", "90473", "90474"];

fn is_not_part_b(line: &Line<'_>) -> bool {
    let listed = line.code().and_then(|code| PART_B_VACCINES.of(code, line.date()));
    is_vaccine(line) && listed.is_none()
}

/// A vaccine itself; a code for giving one may lie among the numbers of vaccines.
fn is_vaccine(line: &Line<'_>) -> bool {
    line.is(ServiceKind::Vaccine) && !line.is(ServiceKind::VaccineAdministration)
}

fn treats_injury(line: &Line<'_>) -> bool {
    line.diagnoses().any(|diagnosis| {
        let diagnosis = diagnosis.as_str();
        diagnosis.starts_with(['S', 'T', 'V', 'W', 'X', 'Y']) || diagnosis.starts_with("Z20")
    })
}

/// Whether a line gives only vaccines that Part B does not cover.
fn gives_no_part_b(line: &LineInClaim<'_>) -> bool {
    let is_general = line.code().is_some_and(|code| GENERAL.contains(&code.as_str()));
    let mut vaccines = line.day().filter(is_vaccine).peekable();
    is_general && vaccines.peek().is_some() && vaccines.all(|vaccine| is_not_part_b(&vaccine))
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if !is_not_part_b(line) && !gives_no_part_b(line) {
        return;
    }
    if line.diagnoses().next().is_none() {
        found.not_evaluated(line, Reason::NotSettled(NO_DIAGNOSIS));
    } else if !treats_injury(line) {
        found.raise(line);
    }
}

const NO_DIAGNOSIS: &str =
    "whether the vaccine treated an injury or an exposure is not known: the claim states no diagnosis";

fn message(raised: &Raised<'_>) -> String {
    let code = raised.code();
    if raised.line().is_some_and(is_not_part_b) {
        format!("{code} is a vaccine of the drug plan, not of Part B, unless it treats an injury or an exposure")
    } else {
        format!("{code} gives vaccines of the drug plan, and Part B does not pay for that")
    }
}
