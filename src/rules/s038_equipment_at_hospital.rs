use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::SiteOfService;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Equipment or supplies for an inpatient, at 21, 51 or 61; equipment of the letters E and K0001 to K0899 also at
    /// a nursing facility, 31 or 32.
    ///
    /// # Why
    /// What an inpatient uses is the hospital's. Equipment is covered for use at home, and neither kind of nursing
    /// facility is one; prostheses, orthoses and some supplies are covered there.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @21: E0143-NU")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "S038" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the place where the patient uses the item. For an inpatient, the hospital supplies it.
    ///
    /// # Limits
    /// An item that is delivered shortly before the patient goes home is billed with the home as its place.
    pub static S038 = {
        name: "equipment-at-hospital",
        check: Check::Line(check),
        on: Trigger::Sites(&[
            SiteOfService::InpatientHospital,
            SiteOfService::InpatientPsychiatricFacility,
            SiteOfService::InpatientRehabilitationFacility,
            SiteOfService::SkilledNursingFacility,
            SiteOfService::NursingFacility,
        ]),
        and: Trigger::Kinds(ServiceKinds::of(&[ServiceKind::Dmepos, ServiceKind::Oxygen])),
        about_site: true,
        sources: &[Citation::new("Noridian, DME jurisdiction A, place of service", "the places of DMEPOS")],
        remedies: &[Remedy::display_only(
            "Bill the place where the patient uses the item; for an inpatient, the hospital supplies it.",
        )],
        since: "0.1.0",
        message: message,
    };
}

const ITEMS: ServiceKinds = ServiceKinds::of(&[ServiceKind::Dmepos, ServiceKind::Oxygen]);

fn is_nursing_facility(site: SiteOfService) -> bool {
    matches!(
        site,
        SiteOfService::SkilledNursingFacility | SiteOfService::NursingFacility
    )
}

/// Equipment proper: neither a prosthesis, an orthosis nor a supply.
fn is_equipment(line: &Line<'_>) -> bool {
    line.code().is_some_and(|code| {
        let code = code.as_str();
        code.starts_with('E') || ("K0001"..="K0899").contains(&code)
    })
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let in_nursing_facility = line.site().is_some_and(is_nursing_facility);
    if line.kinds().has_any_of(ITEMS) && (!in_nursing_facility || is_equipment(line)) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is not covered for a patient at site {}",
        raised.code(),
        raised.site()
    )
}
