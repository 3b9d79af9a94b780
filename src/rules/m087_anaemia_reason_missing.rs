use crate::model::Modifier;
use crate::rule::prelude::*;
use crate::{code, date, modifier};

crate::rule! {
    /// # What it checks
    /// A drug that stimulates the making of blood, J0881, J0885 or Q5106, without EA, EB or EC, or with two of them.
    ///
    /// # Why
    /// The modifier says why the patient is anaemic: EA chemotherapy, EB radiotherapy, EC neither. Coverage hangs on
    /// it, and a line without exactly one is sent back.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: J0885-JZ")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M087" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Add the one modifier that says why the patient is anaemic.
    ///
    /// # Limits
    /// The same drugs for a patient on dialysis have codes of their own, which need none. The record is not seen.
    pub static M087 = {
        name: "anaemia-reason-missing",
        check: Check::Line(check),
        on: Trigger::Codes(&CODES),
        boundaries: &[date!(2008, 1, 1)],
        disposition: Disposition::ReturnToProvider,
        carc: Some("4"),
        sources: &[Citation::new("Palmetto GBA, modifier lookup", "EA, EB and EC")],
        remedies: &[Remedy::needs_documentation(
            "Carry exactly one: EA for anaemia from chemotherapy, EB from radiotherapy, EC from neither, as the record shows.",
        ).adding(&REASONS)],
        since: "0.1.0",
        message: message,
    };
}

const CODES: [crate::model::ProcedureCode; 3] = [code!("J0881"), code!("J0885"), code!("Q5106")];
const REASONS: [Modifier; 3] = [modifier!("EA"), modifier!("EB"), modifier!("EC")];

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.date() < date!(2008, 1, 1) || !line.code().is_some_and(|code| CODES.contains(&code)) {
        return;
    }
    if REASONS.into_iter().filter(|&reason| line.has(reason)).count() != 1 {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let carried = raised.modifiers(|modifier| REASONS.contains(&modifier));
    let carried = if carried.is_empty() { "none" } else { &carried };
    format!(
        "{} needs exactly one of EA, EB and EC and carries {carried}",
        raised.code()
    )
}
