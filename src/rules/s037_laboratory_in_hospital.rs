use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::SiteOfService;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A clinical laboratory test on a professional claim at a hospital: 19, 21, 22 or 23.
    ///
    /// Pathology that the fee schedule pays, molecular tests (81105 to 81479) and proprietary ones (such as 0001U)
    /// are left out.
    ///
    /// # Why
    /// Only the hospital bills laboratory tests of its patients, whoever does them.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{FeeScheduleRow, FeeValues, PolicyIndicators, ReferenceBuilder, Release, Rows, StatusCode, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let mut indicators = PolicyIndicators::plain();
    /// indicators.status = StatusCode::NotPhysicianService;
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(
    ///     Release::new(Table::FeeSchedule, "example", "2024-07-01..2024-09-30".parse()?, "made up"),
    ///     Rows::FeeSchedule(vec![FeeScheduleRow { code: code!("80053"), indicators, values: FeeValues::default() }]),
    /// )?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("2024-08-06 @22: 80053")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "S037" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the test off the claim: the laboratory bills the hospital. If the patient was none of a hospital, correct
    /// the place.
    ///
    /// # Limits
    /// A molecular test ordered after the patient left is billed by the laboratory; when it was ordered is not seen,
    /// so such tests are left out. Without a fee schedule, pathology cannot be recognised.
    pub static S037 = {
        name: "laboratory-in-hospital",
        check: Check::Line(check),
        on: Trigger::Sites(&[
            SiteOfService::OffCampusOutpatientHospital,
            SiteOfService::InpatientHospital,
            SiteOfService::OnCampusOutpatientHospital,
            SiteOfService::EmergencyDepartment,
        ]),
        and: Trigger::Kinds(ServiceKinds::of(&[ServiceKind::Laboratory])),
        about_site: true,
        needs: &[crate::reference::Table::FeeSchedule],
        sources: &[Citation::unverified(
            "CMS, Medicare Claims Processing Manual, chapter 16",
            "section 40.3: tests of hospital outpatients",
        )],
        remedies: &[Remedy::display_only(
            "Take the test off the claim; if the patient was none of a hospital, correct the place.",
        )],
        since: "0.1.0",
        message: message,
    };
}

/// Molecular and proprietary tests, which the laboratory may bill itself.
fn is_molecular(line: &Line<'_>) -> bool {
    line.code().is_some_and(|code| {
        let code = code.as_str();
        ("81105"..="81479").contains(&code) || code.ends_with('U') || code.ends_with('M')
    })
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let kinds = line.kinds();
    if kinds.has(ServiceKind::Laboratory) && !kinds.has(ServiceKind::Pathology) && !is_molecular(line) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is a laboratory test at site {}, where only the hospital bills it",
        raised.code(),
        raised.site()
    )
}
