use crate::code;
use crate::kinds::{ServiceKind, ServiceKinds};
use crate::lists::VISIT_SITES;
use crate::model::SiteOfService;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A visit at a place of service at which its code is not right: a nursing facility visit away from one, a home
    /// visit at a facility, a hospital visit outside a hospital, an emergency department visit at another place than
    /// 23, an office visit at 21.
    ///
    /// # Why
    /// Each family of visit codes is for visits at places of its own. The contractor denies the code at another, and
    /// sends 99211 at an inpatient hospital back.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @12: 99308")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "S030" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Compare the place with the record. If it is right, bill the visit code of that place.
    ///
    /// # Limits
    /// Critical care, consultations, eye examinations and preventive visits are right at every place. Telehealth, 02
    /// and 10, is left to the rules of telehealth. That hospital visits belong at 51, 52 and 61, too, and home visits
    /// at 16, is inferred.
    pub static S030 = {
        name: "visit-at-wrong-place",
        check: Check::Line(check),
        on: Trigger::Kinds(ServiceKinds::of(&[ServiceKind::Visit])),
        about_site: true,
        carc: Some("5"),
        sources: &[
            Citation::new("Palmetto GBA, nursing facility services", "places of service by range of codes, CARC 5 and RARC M77"),
            Citation::new("KarenZupko, POS for hospital services", "21 for inpatients, 22 for observation"),
            Citation::new("immedicaresolutions.com, POS 23", "99281-99285"),
            Citation::new("AAPC, new POS rules get sticky for 21 and 22", "office visit codes are not for inpatients"),
        ],
        remedies: &[Remedy::display_only(
            "Compare the place with the record; if it is right, bill the visit code of that place.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn is_telehealth(site: SiteOfService) -> bool {
    matches!(site, SiteOfService::TelehealthHome | SiteOfService::TelehealthElsewhere)
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let Some((code, site)) = line.code().zip(line.site()) else {
        return;
    };
    let Some(sites) = VISIT_SITES.of(code, line.date()) else {
        return;
    };
    if is_telehealth(site) || !site.is_assigned() || sites.has(site) {
        return;
    }
    if code == code!("99211") {
        found.raise_as(Disposition::ReturnToProvider, line, None, 0);
    } else {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let sites = raised.line().and_then(|line| VISIT_SITES.of(line.code()?, line.date()));
    format!(
        "{} is not the code of a visit at site {}: it is right at {}",
        raised.code(),
        raised.site(),
        sites.map(ToString::to_string).unwrap_or_default(),
    )
}
