use crate::kinds::{ServiceKind, ServiceKinds};
use crate::lists::PART_B_VACCINES;
use crate::model::ProcedureCode;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A general code for giving a vaccine, 90471 to 90474, where every vaccine of the day by the same provider is
    /// one of Part B.
    ///
    /// # Why
    /// Medicare has codes of its own for giving them: G0008 influenza, G0009 pneumococci, G0010 hepatitis B, 90480
    /// COVID-19. The general codes are denied beside them.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 90662; 90471")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "C007" && finding.line == Some(2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill Medicare's own code for giving the vaccine.
    ///
    /// # Limits
    /// Where another vaccine was given, too, the general code may be for it.
    pub static C007 = {
        name: "general-vaccine-administration",
        check: Check::LineInClaim(check),
        on: Trigger::Kinds(ServiceKinds::of(&[ServiceKind::VaccineAdministration])),
        about_site: true,
        carc: Some("16"),
        sources: &[Citation::new(
            "Palmetto GBA, preventive services, questions and answers",
            "administration of influenza, pneumococcal and hepatitis B vaccines",
        )],
        remedies: &[Remedy::display_only(
            "Bill Medicare's own code for giving the vaccine: G0008, G0009, G0010 or 90480.",
        )],
        since: "0.1.0",
        message: message,
    };
}

const GENERAL: [&str; 4] = ["90471", "90472", "90473", "90474"];

/// Medicare's code for giving the vaccine of a line.
fn administration(line: &Line<'_>) -> Option<ProcedureCode> {
    PART_B_VACCINES.of(line.code()?, line.date()).copied()
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if !line.code().is_some_and(|code| GENERAL.contains(&code.as_str())) {
        return;
    }
    let is_vaccine = |other: &Line<'_>| {
        other.is(ServiceKind::Vaccine) && !other.is(ServiceKind::VaccineAdministration)
            || administration(other).is_some()
    };
    let vaccines = || line.day().filter(is_vaccine);
    let all_are_part_b = vaccines().all(|vaccine| administration(&vaccine).is_some());
    if let Some(vaccine) = vaccines()
        .min_by_key(|vaccine| vaccine.given().number)
        .filter(|_| all_are_part_b)
    {
        found.raise_beside(line, &vaccine);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let own = raised.other().and_then(administration);
    format!(
        "{} is no code for giving {} under Medicare: {} is",
        raised.code(),
        raised.other_code(),
        own.map(|code| code.to_string()).unwrap_or_default(),
    )
}
