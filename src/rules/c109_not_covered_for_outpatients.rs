use crate::reference::{OutpatientFlag, Table};
use crate::rule::prelude::*;

use super::hospital::raise_where;

crate::rule! {
    /// # What it checks
    /// A service that Medicare covers under no outpatient benefit, for a reason other than a statute.
    ///
    /// Codes for information only are left aside.
    ///
    /// # Why
    /// Such a line is denied. The patient may have to be told before the service.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{OutpatientCodeRow, OutpatientEntry, OutpatientFlag, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let days = "2019-07-01..2026-06-30".parse()?;
    /// let mut entry = OutpatientEntry::new(days, *b"E1");
    /// entry.flags = entry.flags.with(OutpatientFlag::NonCovered);
    /// let rows = Rows::OutpatientCodes(vec![OutpatientCodeRow { code: code!("90989"), entry }]);
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(Release::new(Table::OutpatientCodes, "example", days, "made up"), rows)?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 90989 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "C109"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Do not expect payment; where the patient asked for a decision of Medicare, follow the contractor's way of
    /// billing for denial.
    ///
    /// # Limits
    /// Condition codes 20 and 21, by which a hospital asks for a review or a denial, are not part of a claim here.
    pub static C109 = {
        name: "not-covered-for-outpatients",
        check: Check::Line(|line, found| raise_where(holds, line, found)),
        on: Trigger::Outpatient(&[OutpatientFlag::NonCovered]),
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        about_site: true,
        needs: &[Table::OutpatientCodes],
        carc: Some("96"),
        edit: Some(9),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, non_covered"),
            Citation::unverified("CMS, I/OCE specifications", "edit 9"),
        ],
        remedies: &[Remedy::display_only("Bill it to the patient where the patient was told; Medicare does not cover it.")],
        since: "0.1.0",
        message: message,
    };
}

pub(super) fn holds(line: &Line<'_>) -> bool {
    line.flag(OutpatientFlag::NonCovered) && !line.flag(OutpatientFlag::InformationOnly)
}

fn message(raised: &Raised<'_>) -> String {
    format!("{} is covered under no Medicare outpatient benefit", raised.code())
}
