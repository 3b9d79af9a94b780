use crate::claim::Biller;
use crate::code;
use crate::model::ProcedureCode;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// G0260 on a practitioner's claim, or 27096 on an ambulatory surgical centre's own.
    ///
    /// # Why
    /// Both are the injection of a sacroiliac joint. 27096 is the practitioner's code; G0260 is the facility's, and
    /// the fee schedule does not pay it.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @24: G0260-RT")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "C008" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the code of the biller: the practitioner 27096, the facility G0260.
    ///
    /// # Limits
    /// Nothing else of the service is looked at.
    pub static C008 = {
        name: "sacroiliac-code-of-other-biller",
        check: Check::Line(check),
        on: Trigger::Codes(&[FACILITYS, PRACTITIONERS]),
        asc: OnAscClaim::Applies,
        about_site: true,
        sources: &[Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 14, codes of the facility and the practitioner")],
        remedies: &[Remedy::display_only("Bill the code of the biller: the practitioner 27096, the facility G0260.")],
        since: "0.1.0",
        message: message,
    };
}

const FACILITYS: ProcedureCode = code!("G0260");
const PRACTITIONERS: ProcedureCode = code!("27096");

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let others = match line.biller() {
        Some(Biller::Asc) => PRACTITIONERS,
        _ => FACILITYS,
    };
    if line.code() == Some(others) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let (whose, right) = match raised.line().and_then(Line::biller) {
        Some(Biller::Asc) => ("the practitioner's", FACILITYS),
        _ => ("a facility's", PRACTITIONERS),
    };
    format!(
        "{} is {whose} code for the injection of a sacroiliac joint: here {right} is right",
        raised.code()
    )
}
