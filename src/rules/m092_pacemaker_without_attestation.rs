use crate::model::ProcedureCode;
use crate::rule::prelude::*;
use crate::{code, date, modifier};

crate::rule! {
    /// # What it checks
    /// The implantation of a single or dual chamber pacemaker, 33206, 33207 or 33208, without KX.
    ///
    /// # Why
    /// KX attests that the patient has what Medicare's national coverage determination asks for. A line without it is
    /// sent back.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @21: 33208")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M092" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Add KX where the record shows a covered indication.
    ///
    /// # Limits
    /// The indication is not seen.
    pub static M092 = {
        name: "pacemaker-without-attestation",
        check: Check::Line(check),
        on: Trigger::Codes(&CODES),
        boundaries: &[date!(2014, 7, 7)],
        disposition: Disposition::ReturnToProvider,
        carc: Some("4"),
        sources: &[
            Citation::new("AAPC, cardiology coding alert", "KX on pacemaker claims from 2014-07-07"),
            Citation::unverified("CMS, MLN MM9078 on NCD 20.8.3", "professional lines without KX are returned"),
        ],
        remedies: &[Remedy::needs_documentation(
            "Add KX where the record shows the symptoms and the rhythm for which NCD 20.8.3 covers the pacemaker.",
        ).adding(&[modifier!("KX")])],
        since: "0.1.0",
        message: message,
    };
}

const CODES: [ProcedureCode; 3] = [code!("33206"), code!("33207"), code!("33208")];

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let is_implantation = line.code().is_some_and(|code| CODES.contains(&code));
    if is_implantation && line.date() >= date!(2014, 7, 7) && !line.has(modifier!("KX")) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} needs KX, which attests that the national coverage determination is met",
        raised.code()
    )
}
