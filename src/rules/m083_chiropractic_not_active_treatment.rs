use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::Modifier;
use crate::rule::prelude::*;
use crate::{date, modifier};

crate::rule! {
    /// # What it checks
    /// Chiropractic manipulation, 98940 to 98942, without AT; with AT beside GA or GZ, the line is sent back.
    ///
    /// # Why
    /// Medicare covers manipulation of the spine as active treatment only, and AT says that it is. Without AT the
    /// line is maintenance care and is denied; GA or GZ then says who is liable. AT with GA or GZ says both, and
    /// cannot be processed.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 98941")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M083" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Add AT where the record shows active treatment of a subluxation. For maintenance care the denial is right:
    /// with GA, and the notice signed before, the patient pays.
    ///
    /// # Limits
    /// The record is not seen. A line with GY asks for its own denial, which M091 says.
    pub static M083 = {
        name: "chiropractic-not-active-treatment",
        check: Check::Line(check),
        on: Trigger::Kinds(ServiceKinds::of(&[ServiceKind::Chiropractic])),
        boundaries: &[SINCE],
        carc: Some("50"),
        sources: &[
            Citation::new("Noridian, chiropractic", "claim submission requirements"),
            Citation::new("Palmetto GBA, chiropractic", "AT with GA or GZ is rejected"),
        ],
        remedies: &[Remedy::needs_documentation(
            "AT, without GA and GZ, where the record shows active treatment: the subluxation, the plan and the progress.",
        ).adding(&[ACTIVE])],
        since: "0.1.0",
        message: message,
    };
}

const SINCE: crate::model::ServiceDate = date!(2004, 10, 1);
const ACTIVE: Modifier = modifier!("AT");
const NOTICES: [Modifier; 2] = [modifier!("GA"), modifier!("GZ")];

/// Manipulation of the spine; 98943 is of other regions, and never covered.
fn is_spinal(line: &Line<'_>) -> bool {
    line.is(ServiceKind::Chiropractic) && line.code() != Some(crate::code!("98943"))
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if !is_spinal(line) || line.date() < SINCE || line.has(modifier!("GY")) {
        return;
    }
    match (line.has(ACTIVE), line.has_any(&NOTICES)) {
        (false, _) => found.raise(line),
        (true, true) => found.raise_as(Disposition::ReturnToProvider, line, None, 0),
        (true, false) => {}
    }
}

fn message(raised: &Raised<'_>) -> String {
    let code = raised.code();
    let notice = raised.modifiers(|modifier| NOTICES.contains(&modifier));
    if raised.finding().disposition() == Disposition::ReturnToProvider {
        format!("{code} carries AT, which says active treatment, and {notice}, which expects a denial")
    } else {
        let liable = match notice.as_str() {
            "" => String::new(),
            notice => format!(", and {notice} says who is liable"),
        };
        format!("{code} without AT is maintenance care, which Medicare does not cover{liable}")
    }
}
