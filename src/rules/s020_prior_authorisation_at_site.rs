use crate::model::{ProcedureCode, ServiceDate, SiteOfService};
use crate::rule::prelude::*;
use crate::{code, date};

crate::rule! {
    /// # What it checks
    /// A service that needs Medicare's prior authorisation in a hospital's outpatient department, at site 19 or 22.
    ///
    /// From 2023-07-01, facet joint interventions: 64490, 64491, 64493, 64494 and 64633 to 64636, and until 2024-08-04 also
    /// 64492 and 64495. From 2020-07-01, injections of botulinum toxin: 64612 and 64615.
    ///
    /// # Why
    /// The hospital asks for the authorisation before the service. Where it was not given, the hospital's claim is denied,
    /// and the practitioner's with it.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @22: 64633")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "S020");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Make sure that the hospital has the authorisation before the claim is sent.
    ///
    /// # Limits
    /// Whether it was given is not on the claim, so this is an advisory. 64612 and 64615 need it together with a botulinum
    /// toxin's code, which is not looked for. At an office (11) or an ambulatory surgical centre (24) none is needed. Other
    /// services that need authorisation are not looked at.
    pub static S020 = {
        name: "prior-authorisation-at-site",
        check: Check::Line(check),
        on: Trigger::Sites(&[
            SiteOfService::OffCampusOutpatientHospital,
            SiteOfService::OnCampusOutpatientHospital,
        ]),
        and: Trigger::Codes(&[
            code!("64490"),
            code!("64491"),
            code!("64492"),
            code!("64493"),
            code!("64494"),
            code!("64495"),
            code!("64612"),
            code!("64615"),
            code!("64633"),
            code!("64634"),
            code!("64635"),
            code!("64636"),
        ]),
        about_site: true,
        payers: Payers::OnlyMedicare,
        boundaries: &[BOTULINUM_SINCE, FACET_SINCE, AFTER_THIRD_LEVELS],
        disposition: Disposition::Advisory,
        sources: &[
            Citation::new("42 CFR 419.83", "outpatient department services that need prior authorisation"),
            Citation::new("CGS Medicare, prior authorisation", "64492 and 64495 removed from 2024-08-05"),
        ],
        remedies: &[Remedy::needs_documentation(
            "Make sure that the hospital has the prior authorisation before the claim is sent.",
        )],
        since: "0.1.0",
        message: message,
    };
}

const BOTULINUM_SINCE: ServiceDate = date!(2020, 7, 1);
const FACET_SINCE: ServiceDate = date!(2023, 7, 1);
/// The first date on which the third and further levels of facet joint injections no longer need it.
const AFTER_THIRD_LEVELS: ServiceDate = date!(2024, 8, 5);

const BOTULINUM: [ProcedureCode; 2] = [code!("64612"), code!("64615")];
const FACET: [ProcedureCode; 8] = [
    code!("64490"),
    code!("64491"),
    code!("64493"),
    code!("64494"),
    code!("64633"),
    code!("64634"),
    code!("64635"),
    code!("64636"),
];
const THIRD_LEVELS: [ProcedureCode; 2] = [code!("64492"), code!("64495")];

/// Since when a code needs it on a date; `None` if it does not.
fn needed_since(code: ProcedureCode, date: ServiceDate) -> Option<ServiceDate> {
    let since = if BOTULINUM.contains(&code) {
        BOTULINUM_SINCE
    } else if FACET.contains(&code) || (THIRD_LEVELS.contains(&code) && date < AFTER_THIRD_LEVELS) {
        FACET_SINCE
    } else {
        return None;
    };
    (since <= date).then_some(since)
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.code().and_then(|code| needed_since(code, line.date())).is_some() {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let since = raised.line().and_then(|line| needed_since(line.code()?, line.date()));
    let since = since.map(|since| since.to_string()).unwrap_or_default();
    format!(
        "{} at site {} needs Medicare's prior authorisation, as it has since {since}",
        raised.code(),
        raised.site(),
    )
}
