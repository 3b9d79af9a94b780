use crate::date;
use crate::lists::THERAPY_TIED;
use crate::model::Modifier;
use crate::model::modifier_groups::THERAPY_DISCIPLINES;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A therapy code that is tied to one discipline, with the modifier of another: evaluations of speech with GN
    /// only, of physical therapy with GP only, of occupational therapy with GO only.
    ///
    /// # Why
    /// The code itself says whose plan of care it is. Medicare sends a line that says otherwise back.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 97165-GP")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M081" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Compare the code with the record, and carry the modifier of the discipline to which the code is tied.
    ///
    /// # Limits
    /// A line without any of the three is left to M080.
    pub static M081 = {
        name: "therapy-discipline-tied",
        check: Check::Line(check),
        on: Trigger::Modifiers(&THERAPY_DISCIPLINES),
        boundaries: &[date!(2018, 1, 1)],
        disposition: Disposition::ReturnToProvider,
        carc: Some("4"),
        sources: &[Citation::new(
            "CMS, change request 9933 and MLN MM10176",
            "professional therapy services, as TherapyComply and BLR tell them",
        )],
        remedies: &[Remedy::needs_documentation(
            "Carry the modifier of the discipline to which the code is tied, if the record holds that plan of care; else bill the \
             code of the evaluation that was done.",
        )],
        since: "0.1.0",
        message: message,
    };
}

/// The modifier to which the code of a line is tied.
fn tied(line: &Line<'_>) -> Option<Modifier> {
    THERAPY_TIED.of(line.code()?, line.date()).copied()
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.date() < date!(2018, 1, 1) {
        return;
    }
    if tied(line).is_some_and(|tied| !line.has(tied) && line.has_any(&THERAPY_DISCIPLINES)) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let tied = raised.line().and_then(tied).map(|tied| tied.to_string());
    format!(
        "{} carries {} and is tied to {}",
        raised.code(),
        raised.modifiers(|modifier| THERAPY_DISCIPLINES.contains(&modifier)),
        tied.unwrap_or_default(),
    )
}
