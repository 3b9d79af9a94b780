use crate::evaluation::Reason;
use crate::model::Modifier;
use crate::rule::prelude::*;
use crate::{date, modifier};

crate::rule! {
    /// # What it checks
    /// A positron emission tomography of the brain or the body, 78608 or 78811 to 78816, for a tumour, without
    /// exactly one of PI and PS.
    ///
    /// # Why
    /// PI says that the scan serves the first plan of treatment, PS a later one. Medicare counts and covers such
    /// scans by it.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11 dx=C3411: 78815")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M089" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Add the one that the record supports.
    ///
    /// # Limits
    /// A tumour is known by a diagnosis of chapter 2 of ICD-10-CM (C00 to D49). A claim without diagnoses is not
    /// evaluated. The fourth later scan, which needs KX, cannot be counted on one claim.
    pub static M089 = {
        name: "tumour-scan-without-strategy",
        check: Check::Line(check),
        on: Trigger::Codes(&CODES),
        boundaries: &[date!(2009, 4, 6)],
        disposition: Disposition::ReturnToProvider,
        carc: Some("4"),
        sources: &[Citation::new("itnonline.com, PET for tumours", "PI and PS from 2009-04-06")],
        remedies: &[Remedy::needs_documentation(
            "PI where the scan serves the first plan of treatment, PS where it serves a later one, as the record shows.",
        ).adding(&STRATEGIES)],
        since: "0.1.0",
        message: message,
    };
}

#[rustfmt::skip]
const CODES: [crate::model::ProcedureCode; 7] = [
    crate::code!("78608"), crate::code!("78811"), crate::code!("78812"), crate::code!("78813"),
    crate::code!("78814"), crate::code!("78815"), crate::code!("78816"),
];
const STRATEGIES: [Modifier; 2] = [modifier!("PI"), modifier!("PS")];

/// Whether a diagnosis is of a tumour: C00 to D49.
fn is_tumour(diagnosis: &str) -> bool {
    diagnosis.starts_with('C') || ("D00".."D5").contains(&diagnosis)
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let is_scan = line.code().is_some_and(|code| CODES.contains(&code));
    if !is_scan || line.date() < date!(2009, 4, 6) {
        return;
    }
    let stated = STRATEGIES.into_iter().filter(|&strategy| line.has(strategy)).count();
    if stated == 1 {
        return;
    }
    if line.diagnoses().next().is_none() {
        found.not_evaluated(line, Reason::NotSettled(NO_DIAGNOSIS));
    } else if stated == 2 || line.diagnoses().any(|diagnosis| is_tumour(diagnosis.as_str())) {
        found.raise(line);
    }
}

const NO_DIAGNOSIS: &str = "whether the scan was for a tumour is not known: the claim states no diagnosis";

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} for a tumour needs exactly one of PI and PS, which say which plan of treatment it serves",
        raised.code()
    )
}
