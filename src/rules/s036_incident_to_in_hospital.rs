use crate::model::SiteOfService;
use crate::reference::{PcTc, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A service that is incident to a practitioner's, PC/TC indicator 5, at a hospital: 19, 21, 22 or 23. The rows
    /// of status A, R, T and C are looked at.
    ///
    /// # Why
    /// Staff gives such a service under the practitioner's eye. What a hospital's staff gives to a hospital's
    /// patient, the hospital bills.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{FeeScheduleRow, FeeValues, PcTc, PolicyIndicators, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let mut indicators = PolicyIndicators::plain();
    /// indicators.pc_tc = PcTc::IncidentTo;
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(
    ///     Release::new(Table::FeeSchedule, "example", "2024-07-01..2024-09-30".parse()?, "made up"),
    ///     Rows::FeeSchedule(vec![FeeScheduleRow { code: code!("96372"), indicators, values: FeeValues::default() }]),
    /// )?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("2024-08-06 @22: 96372")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "S036" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the line off the claim. If the service was given in the practice, correct the place.
    ///
    /// # Limits
    /// Who employs the staff, and who owns the equipment, is not looked at.
    pub static S036 = {
        name: "incident-to-in-hospital",
        check: Check::Line(check),
        on: Trigger::Sites(&[
            SiteOfService::OffCampusOutpatientHospital,
            SiteOfService::InpatientHospital,
            SiteOfService::OnCampusOutpatientHospital,
            SiteOfService::EmergencyDepartment,
        ]),
        and: Trigger::PcTc(&[PcTc::IncidentTo]),
        about_site: true,
        needs: &[Table::FeeSchedule],
        sources: &[
            Citation::new("CMS, PFS Relative Value File documentation", "PC/TC indicator 5"),
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
    if fee.is_some_and(|fee| fee.pc_tc == PcTc::IncidentTo) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} at site {} is the facility's to bill: its PC/TC indicator is 5",
        raised.code(),
        raised.site(),
    )
}
