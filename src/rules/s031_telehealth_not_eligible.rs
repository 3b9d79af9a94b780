use crate::date;
use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::{ServiceDate, SiteOfService};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A service at 02 or 10, telehealth, whose code is not on Medicare's list of telehealth services on the date.
    /// Management of care and online advice are an advisory.
    ///
    /// # Why
    /// Medicare pays by telehealth only what its list names. Another service was given in person, or is not paid.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @02: 11721-Q8")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "S031" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Compare the place with the record: if the patient was seen in person, bill the place where. Else the service
    /// is not covered.
    ///
    /// # Limits
    /// The list is read from the flags of CMS's outpatient editor, which begin on 2023-07-01; the rule looks at dates
    /// from 2024. Management of care and online advice are given at a distance by their nature: their place is that
    /// of the practitioner. Modifiers of telehealth at other places are left to M070 and S032.
    pub static S031 = {
        name: "telehealth-not-eligible",
        check: Check::Line(check),
        on: Trigger::Sites(&[SiteOfService::TelehealthElsewhere, SiteOfService::TelehealthHome]),
        about_site: true,
        boundaries: &[SINCE],
        carc: Some("96"),
        sources: &[
            Citation::new("CMS, I/OCE code table", "the telehealth flag"),
            Citation::new("Report on Medicare Compliance, 2024-06-10", "services that are not on the telehealth list"),
        ],
        remedies: &[Remedy::display_only(
            "If the patient was seen in person, bill the place where; if not, the service is not covered.",
        )],
        since: "0.1.0",
        message: message,
    };
}

const SINCE: ServiceDate = date!(2024, 1, 1);
/// What Medicare does not know at any place, as other rules say.
const OF_OTHERS: ServiceKinds = ServiceKinds::of(&[ServiceKind::StateProgramme, ServiceKind::PrivatePayer]);
const AT_A_DISTANCE: ServiceKinds = ServiceKinds::of(&[ServiceKind::CareManagement]);

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let kinds = line.kinds();
    if line.date() < SINCE || line.code().is_none() || kinds.has(ServiceKind::Telehealth) || kinds.has_any_of(OF_OTHERS)
    {
        return;
    }
    if kinds.has_any_of(AT_A_DISTANCE) {
        found.raise_as(Disposition::Advisory, line, None, 0);
    } else {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let (code, site, date) = (raised.code(), raised.site(), raised.date());
    if raised.finding().disposition() == Disposition::Advisory {
        return format!(
            "{code} is not among the telehealth services of {date}; its place is the practitioner's, not {site}"
        );
    }
    format!("{code} at site {site} is not among the services that Medicare pays by telehealth on {date}")
}
