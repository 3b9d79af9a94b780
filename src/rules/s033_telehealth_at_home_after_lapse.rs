use crate::date;
use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::{ServiceDate, SiteOfService};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Telehealth to the patient's home, 10, from 2025-10-01, as an advisory. Behavioural care is left out.
    ///
    /// # Why
    /// The law that let Medicare pay telehealth to any home ended with 2025-09-30, and contractors held such claims.
    /// Behavioural care at home does not depend on it.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2025-10-14 @10: 99213")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "S033" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Ask the contractor whether such claims are processed before sending it.
    ///
    /// # Limits
    /// A later law about these dates was not read.
    pub static S033 = {
        name: "telehealth-at-home-after-lapse",
        check: Check::Line(check),
        on: Trigger::Sites(&[SiteOfService::TelehealthHome]),
        about_site: true,
        boundaries: &[SINCE],
        disposition: Disposition::Advisory,
        sources: &[Citation::unverified("CMS, telehealth claims hold of October 2025", "services from 2025-10-01")],
        remedies: &[Remedy::display_only("Ask the contractor whether such claims are processed.")],
        since: "0.1.0",
        message: message,
    };
}

const SINCE: ServiceDate = date!(2025, 10, 1);
const STAYS: ServiceKinds = ServiceKinds::of(&[ServiceKind::Behavioural, ServiceKind::CareManagement]);

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.date() >= SINCE && !line.kinds().has_any_of(STAYS) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is billed as telehealth to the patient's home on {}, after the law that let Medicare pay it ended with 2025-09-30",
        raised.code(),
        raised.date(),
    )
}
