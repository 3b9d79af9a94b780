use crate::reference::Table;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A procedure that Medicare pays for inpatients only (status indicator C) on an outpatient claim.
    ///
    /// Not on a claim with an inpatient procedure under modifier CA; not a separate procedure on a day with a major
    /// one, which edit 45 rejects.
    ///
    /// # Why
    /// Such a procedure needs an admission. On an outpatient claim it is denied, and with it every other service of
    /// the day (edit 49).
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{OutpatientCodeRow, OutpatientEntry, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let days = "2019-07-01..2026-06-30".parse()?;
    /// let entry = OutpatientEntry::new(days, *b"C ");
    /// let rows = Rows::OutpatientCodes(vec![OutpatientCodeRow { code: code!("35216"), entry }]);
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(Release::new(Table::OutpatientCodes, "example", days, "made up"), rows)?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 35216 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "S118"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill it on an inpatient claim if the patient was admitted; correct the code if another procedure was done.
    ///
    /// # Limits
    /// Whether the patient was admitted later, so that the service belongs to the inpatient claim, is not looked
    /// at.
    pub static S118 = {
        name: "inpatient-procedure",
        check: Check::LineInClaim(check),
        on: Trigger::OutpatientStatus(&["C"]),
        form: FormKind::Institutional,
        order: Order::AfterIncidental,
        about_site: true,
        needs: &[Table::OutpatientCodes],
        edit: Some(18),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, status_indicator C and separate_procedure"),
            Citation::unverified("CMS, I/OCE specifications", "edit 18"),
        ],
        remedies: &[Remedy::needs_documentation("Bill it on an inpatient claim if the patient was admitted.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if line.set_aside() == Some(SetAside::Inpatient) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is paid for inpatients only: its status indicator is C",
        raised.code()
    )
}
