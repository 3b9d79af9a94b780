use crate::model::Modifier;
use crate::rule::prelude::*;
use crate::{date, modifier};

crate::rule! {
    /// # What it checks
    /// CQ without GP on the line, CO without GO, or both CQ and CO.
    ///
    /// # Why
    /// CQ says that a physical therapist assistant gave the service in whole or in part, CO that an
    /// occupational therapy assistant did. Each belongs to its own discipline's plan of care.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 97110-GO-CQ")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M082" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Put GP beside CQ, GO beside CO; keep the one of the assistant who gave the service.
    ///
    /// # Limits
    /// Who gave the service is not seen.
    pub static M082 = {
        name: "therapy-assistant-without-discipline",
        check: Check::Line(check),
        on: Trigger::Modifiers(&ASSISTANTS),
        boundaries: &[date!(2020, 1, 1)],
        disposition: Disposition::ReturnToProvider,
        carc: Some("4"),
        sources: &[Citation::new(
            "CMS, billing examples using CQ and CO modifiers",
            "CQ goes with GP and CO with GO, from 2020-01-01",
        )],
        remedies: &[Remedy::needs_documentation(
            "Put GP beside CQ and GO beside CO, as the record shows whose plan of care it is and which assistant gave the service.",
        ).adding(&[modifier!("GP"), modifier!("GO")])],
        since: "0.1.0",
        message: message,
    };
}

const CQ: Modifier = modifier!("CQ");
const CO: Modifier = modifier!("CO");
const ASSISTANTS: [Modifier; 2] = [CQ, CO];

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.date() < date!(2020, 1, 1) {
        return;
    }
    let (physical, occupational) = (line.has(CQ), line.has(CO));
    let lacks_discipline = physical && !line.has(modifier!("GP")) || occupational && !line.has(modifier!("GO"));
    if lacks_discipline || physical && occupational {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} carries {}: CQ goes with GP, CO with GO, and one assistant's modifier is enough",
        raised.code(),
        raised.modifiers(|modifier| ASSISTANTS.contains(&modifier)),
    )
}
