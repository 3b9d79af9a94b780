use crate::date;
use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::modifier_groups::THERAPY_DISCIPLINES;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A therapy code without GN, GO or GP. With two of them, an advisory.
    ///
    /// The codes are those that are therapy whoever gives the service: the fee schedule gives them the multiple
    /// procedure indicator 5, and a few more are known by their number.
    ///
    /// # Why
    /// Each of these modifiers names the plan of care to which the service belongs: GP physical therapy, GO
    /// occupational therapy, GN speech-language pathology. Medicare counts the yearly threshold by it, and sends a
    /// line without one back.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 97110")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M080" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Add the modifier of the plan of care that the record holds, one and no more.
    ///
    /// # Limits
    /// Codes that are therapy only where a therapist gives the service are not looked at: the claim does not tell who
    /// gave it. Which plan of care there is, the claim does not tell either. That two disciplines on a line are sent
    /// back is known at second hand only.
    pub static M080 = {
        name: "therapy-discipline-missing",
        check: Check::Line(check),
        on: Trigger::Kinds(ServiceKinds::of(&[ServiceKind::TherapyAlways])),
        boundaries: &[date!(2018, 1, 1)],
        disposition: Disposition::ReturnToProvider,
        carc: Some("4"),
        sources: &[
            Citation::new("NGS Medicare, NGS-ACE edits", "mATN always therapy"),
            Citation::new("CMS, PFS Relative Value File documentation", "multiple procedure indicator 5"),
        ],
        remedies: &[Remedy::needs_documentation(
            "Add the modifier of the plan of care that the record holds: GP physical therapy, GO occupational therapy, GN \
             speech-language pathology.",
        ).adding(&THERAPY_DISCIPLINES)],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if !line.is(ServiceKind::TherapyAlways) || line.date() < date!(2018, 1, 1) {
        return;
    }
    let named = THERAPY_DISCIPLINES
        .into_iter()
        .filter(|&discipline| line.has(discipline));
    match named.count() {
        0 => found.raise(line),
        1 => {}
        _ => found.raise_as(Disposition::Advisory, line, None, 0),
    }
}

fn message(raised: &Raised<'_>) -> String {
    let code = raised.code();
    if raised.finding().disposition() == Disposition::Advisory {
        let named = raised.modifiers(|modifier| THERAPY_DISCIPLINES.contains(&modifier));
        return format!("{code} carries {named}, and a service belongs to one plan of care");
    }
    format!("{code} is therapy and needs one of GP, GO and GN, the modifier of its plan of care")
}
