use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::{ServiceDate, SiteOfService};
use crate::rule::prelude::*;
use crate::{date, modifier};

crate::rule! {
    /// # What it checks
    /// Modifier 95 at another place than 02, on a professional claim, as an advisory: from 2024 Medicare asks for the
    /// place of telehealth.
    ///
    /// # Why
    /// From 2024 the place says that a service was given by telehealth: 02, or 10 where the patient was at home, and
    /// with it at which rate it is paid. 95 at the usual place stayed for therapists and for clinicians of hospitals
    /// whose patient is at home. Whether 95 is wanted at 10, sources do not agree; none denies it.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 99213-95")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "S032" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the place of telehealth, 02 or 10, if the service was given by it.
    ///
    /// # Limits
    /// Who gave the service is not seen: therapy, and services at 19 and 22, are left out.
    pub static S032 = {
        name: "telehealth-modifier-place",
        check: Check::Line(check),
        on: Trigger::Modifiers(&[modifier!("95")]),
        about_site: true,
        boundaries: &[SINCE],
        disposition: Disposition::Advisory,
        sources: &[
            Citation::new("CMS, transmittal 12671", "places 02 and 10 from 2024-01-01"),
            Citation::new("NGS Medicare, telehealth in 2024", "the two uses of 95 at the usual place"),
        ],
        remedies: &[Remedy::needs_documentation(
            "Bill 10 where the record shows that the patient was at home, else 02.",
        )],
        since: "0.1.0",
        message: message,
    };
}

const SINCE: ServiceDate = date!(2024, 1, 1);
const THERAPY: ServiceKinds = ServiceKinds::of(&[ServiceKind::TherapyAlways, ServiceKind::TherapySometimes]);

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let site = line.site();
    let is_right =
        site.is_none_or(|site| matches!(site, SiteOfService::TelehealthElsewhere) || site.is_hospital_outpatient());
    if line.date() >= SINCE && !is_right && !line.kinds().has_any_of(THERAPY) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let code = raised.code();
    if raised.line().and_then(Line::site) == Some(SiteOfService::TelehealthHome) {
        return format!(
            "{code} carries 95 at site 10, which says telehealth already: sources differ on whether 95 is wanted"
        );
    }
    format!(
        "{code} carries 95 at site {}: from 2024 the place says telehealth, 02, or 10 at the patient's home",
        raised.site()
    )
}
