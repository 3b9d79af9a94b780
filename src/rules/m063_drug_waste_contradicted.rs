use crate::kinds::{ServiceKind, ServiceKinds};
use crate::rule::prelude::*;
use crate::{date, modifier};

crate::rule! {
    /// # What it checks
    /// A drug with JZ, and the same code with JW by the same provider on the day.
    ///
    /// # Why
    /// JZ says that nothing of the container was thrown away, and JW bills what was.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: J1745-JZ x38; J1745-JW x2")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M063" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Keep the one that the record supports: JZ, or a line with JW beside one without modifier.
    ///
    /// # Limits
    /// That such claims are sent back is inferred from what the two modifiers say.
    pub static M063 = {
        name: "drug-waste-contradicted",
        check: Check::LineInClaim(check),
        on: Trigger::Modifiers(&[modifier!("JZ")]),
        and: Trigger::Kinds(ServiceKinds::of(&[ServiceKind::Drug, ServiceKind::SkinSubstitute])),
        boundaries: &[date!(2023, 7, 1)],
        disposition: Disposition::ReturnToProvider,
        carc: Some("16"),
        sources: &[
            Citation::new("Noridian, JZ", "JZ attests that nothing was discarded"),
            Citation::new("First Coast, claim submission guidelines", "JW on a line of its own"),
        ],
        remedies: &[Remedy::needs_documentation(
            "Keep JZ where the record shows that nothing was thrown away; else leave it off and keep the line with JW.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    let is_thrown_away = |other: &Line<'_>| other.code() == line.code() && other.has(modifier!("JW"));
    if line.date() < date!(2023, 7, 1) || !line.has(modifier!("JZ")) {
        return;
    }
    let thrown_away = line
        .day()
        .filter(is_thrown_away)
        .min_by_key(|other| other.given().number);
    if let Some(thrown_away) = thrown_away {
        found.raise_beside(line, &thrown_away);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} carries JZ, by which nothing was thrown away, and line {} bills what was",
        raised.code(),
        raised.other().map_or(0, |other| other.given().number),
    )
}
