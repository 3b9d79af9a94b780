use crate::model::SiteOfService;
use crate::model::modifier_groups::{PROFESSIONAL, TECHNICAL};
use crate::reference::{Addendum, PcTc, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A diagnostic test or radiology service (PC/TC indicator 1) without 26 at a facility site.
    ///
    /// At 19, 21, 22, 23 and 31 it is denied, with TC as without it; at 24 where addendum BB lists the code or the line
    /// carries TC. At 51, 52 and 61, and else at 24, TC is denied and a line without TC is an advisory. The rows of status
    /// A, R, T and C are looked at.
    ///
    /// # Why
    /// At these sites the facility is paid for its equipment and staff. The practitioner is paid for the professional
    /// component, which 26 asks for.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @22: 76942-TC")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "S003");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the code with 26 if the practitioner interpreted it; take a line with TC off the claim.
    ///
    /// # Limits
    /// Whether the facility bills the technical component, and who owns the equipment, is not looked at.
    pub static S003 = {
        name: "technical-component-in-facility",
        check: Check::Line(check),
        on: Trigger::Sites(&[
            SiteOfService::OffCampusOutpatientHospital,
            SiteOfService::InpatientHospital,
            SiteOfService::OnCampusOutpatientHospital,
            SiteOfService::EmergencyDepartment,
            SiteOfService::AmbulatorySurgicalCenter,
            SiteOfService::SkilledNursingFacility,
            SiteOfService::InpatientPsychiatricFacility,
            SiteOfService::PsychiatricPartialHospital,
            SiteOfService::InpatientRehabilitationFacility,
        ]),
        and: Trigger::PcTc(&[PcTc::BothComponents]),
        about_site: true,
        payers: Payers::Following(CmsEdits::ComponentSites),
        needs: &[Table::FeeSchedule],
        carc: Some("5"),
        sources: &[
            Citation::new("CMS, PFS Relative Value File documentation", "PC/TC indicator 1"),
            Citation::new("NGS Medicare, place of service 31", "PC/TC 1 as a whole or with TC is denied"),
            Citation::new("HHS, ancillary services at an ASC", "technical part of addendum BB at 24"),
            Citation::unverified("CMS, Medicare Claims Processing Manual, chapter 13", "section 20.2"),
        ],
        remedies: &[Remedy::needs_documentation(
            "Where the practitioner interpreted the test, bill it with 26; the facility bills the technical component.",
        )],
        since: "0.1.0",
        message: message,
    };
}

/// Where a whole service is denied.
const DENIED: [SiteOfService; 5] = [
    SiteOfService::OffCampusOutpatientHospital,
    SiteOfService::InpatientHospital,
    SiteOfService::OnCampusOutpatientHospital,
    SiteOfService::EmergencyDepartment,
    SiteOfService::SkilledNursingFacility,
];

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let fee = line.fee().filter(|fee| fee.status.has_payment_policy());
    if line.has(PROFESSIONAL) || fee.is_none_or(|fee| fee.pc_tc != PcTc::BothComponents) {
        return;
    }
    if line.has(TECHNICAL) || is_facilitys(line) {
        found.raise(line);
    } else {
        found.raise_as(Disposition::Advisory, line, None, 0);
    }
}

/// Whether the facility is paid for the technical component of the whole service.
fn is_facilitys(line: &Line<'_>) -> bool {
    match line.site() {
        Some(SiteOfService::AmbulatorySurgicalCenter) => line.asc_entries().any(|entry| entry.addendum == Addendum::Bb),
        Some(site) => DENIED.contains(&site),
        None => false,
    }
}

fn message(raised: &Raised<'_>) -> String {
    let (code, site) = (raised.code(), raised.site());
    if raised.line().is_some_and(|line| line.has(TECHNICAL)) {
        format!(
            "modifier TC asks for the technical component of {code} at site {site}, where the facility is paid for it: its \
             PC/TC indicator is 1"
        )
    } else {
        format!(
            "{code} is billed without 26 at site {site}, where the facility is paid for the technical component: its PC/TC \
             indicator is 1"
        )
    }
}
