use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::SiteOfService;
use crate::modifier;
use crate::reference::{Lookup, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A laboratory test that the laboratory fee schedule also lists with QW, without QW, as an advisory.
    ///
    /// # Why
    /// A laboratory with a certificate of waiver may do such a test in its waived form only, and says so by QW.
    /// Without it the test is held not to be certified, and denied (CARC B7). A laboratory with a higher certificate
    /// bills it without.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{
    ///     LaboratoryFee, LaboratoryRateBasis, LaboratoryRow, ReferenceBuilder, Release, Rows, Table,
    /// };
    /// use cleanclaim::{Claim, Evaluator, code, date};
    ///
    /// let fee = LaboratoryFee {
    ///     effective: date!(2026, 1, 1),
    ///     rate: "16.53".parse()?,
    ///     basis: LaboratoryRateBasis::National,
    /// };
    /// let row = LaboratoryRow { code: code!("87880"), qw: true, fee };
    /// let release = Release::new(Table::Laboratory, "example", "2026-04-01..2026-06-30".parse()?, "made up");
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(release, Rows::Laboratory(vec![row, LaboratoryRow { qw: false, ..row }]))?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("2026-05-05 @11: 87880")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M095" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Add QW if the laboratory holds a certificate of waiver and used a waived kit.
    ///
    /// # Limits
    /// Which certificate the laboratory has the claim does not tell. Tests at an independent laboratory (81) are left
    /// out.
    pub static M095 = {
        name: "waived-test-without-qw",
        check: Check::Line(check),
        on: Trigger::Kinds(ServiceKinds::of(&[ServiceKind::Laboratory])),
        needs: &[Table::Laboratory],
        disposition: Disposition::Advisory,
        sources: &[
            Citation::new("CMS, Clinical Laboratory Fee Schedule", "rows with QW"),
            Citation::new("Palmetto GBA, QW", "tests of a laboratory with a certificate of waiver"),
        ],
        remedies: &[Remedy::needs_documentation(
            "Add QW if the laboratory holds a certificate of waiver and used a waived kit.",
        ).adding(&[modifier!("QW")])],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.has(modifier!("QW")) || line.site() == Some(SiteOfService::IndependentLaboratory) {
        return;
    }
    if matches!(line.laboratory_fees(), Lookup::Found(fees) if fees.qw.is_some()) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} needs QW where the laboratory holds a certificate of waiver only",
        raised.code()
    )
}
