use crate::model::SiteOfService;
use crate::reference::{PcTc, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A service that is a technical component only, PC/TC indicator 3, on a practitioner's claim at a facility: 19,
    /// 21, 22, 23, 24 or 31. The rows of status A, R, T and C are looked at.
    ///
    /// # Why
    /// The facility gives the technical part of a test and is paid for it, by its own claim or by its stay.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{FeeScheduleRow, FeeValues, PcTc, PolicyIndicators, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let mut indicators = PolicyIndicators::plain();
    /// indicators.pc_tc = PcTc::TechnicalOnly;
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(
    ///     Release::new(Table::FeeSchedule, "example", "2024-07-01..2024-09-30".parse()?, "made up"),
    ///     Rows::FeeSchedule(vec![FeeScheduleRow { code: code!("93005"), indicators, values: FeeValues::default() }]),
    /// )?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("2024-08-06 @22: 93005")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "S035" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the line off the claim; bill the interpretation by its own code, where the practitioner made it.
    ///
    /// # Limits
    /// Who employs the staff, and who owns the equipment, is not looked at.
    pub static S035 = {
        name: "technical-service-in-facility",
        check: Check::Line(check),
        on: Trigger::Sites(&[
            SiteOfService::OffCampusOutpatientHospital,
            SiteOfService::InpatientHospital,
            SiteOfService::OnCampusOutpatientHospital,
            SiteOfService::EmergencyDepartment,
            SiteOfService::AmbulatorySurgicalCenter,
            SiteOfService::SkilledNursingFacility,
        ]),
        and: Trigger::PcTc(&[PcTc::TechnicalOnly]),
        about_site: true,
        needs: &[Table::FeeSchedule],
        sources: &[
            Citation::new("CMS, PFS Relative Value File documentation", "PC/TC indicator 3"),
            Citation::new("NGS Medicare, place of service 31", "PC/TC 3 is denied"),
        ],
        remedies: &[Remedy::display_only(
            "Take the line off the claim: the facility bills what its staff and equipment gave.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let fee = line.fee().filter(|fee| fee.status.has_payment_policy());
    if fee.is_some_and(|fee| fee.pc_tc == PcTc::TechnicalOnly) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} at site {} is the facility's to bill: its PC/TC indicator is 3",
        raised.code(),
        raised.site(),
    )
}
