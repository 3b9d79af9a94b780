use crate::reference::{OutpatientFlag, Table};
use crate::rule::prelude::*;

use super::c109_not_covered_for_outpatients as non_covered;
use super::hospital::raise_where;

crate::rule! {
    /// # What it checks
    /// A code that Medicare does not recognise on outpatient claims.
    ///
    /// A line that edit 9 denies gets that edit alone.
    ///
    /// # Why
    /// Medicare has another code for the service, or none. The line is rejected.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{OutpatientCodeRow, OutpatientEntry, OutpatientFlag, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let days = "2019-07-01..2026-06-30".parse()?;
    /// let mut entry = OutpatientEntry::new(days, *b"E1");
    /// entry.flags = entry.flags.with(OutpatientFlag::NotRecognizedMcare);
    /// let rows = Rows::OutpatientCodes(vec![OutpatientCodeRow { code: code!("S9366"), entry }]);
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(Release::new(Table::OutpatientCodes, "example", days, "made up"), rows)?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: S9366 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "C128"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the code by which Medicare knows the service, if there is one.
    ///
    /// # Limits
    /// Which code that would be is not said by the editor.
    pub static C128 = {
        name: "not-recognised-by-medicare",
        check: Check::Line(|line, found| raise_where(holds, line, found)),
        on: Trigger::Outpatient(&[OutpatientFlag::NotRecognizedMcare]),
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        about_site: true,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::LineRejection,
        edit: Some(28),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, not_recognized_mcare"),
            Citation::unverified("CMS, I/OCE specifications", "edit 28"),
        ],
        remedies: &[Remedy::display_only("Bill the code by which Medicare knows the service, if there is one.")],
        since: "0.1.0",
        message: message,
    };
}

pub(super) fn holds(line: &Line<'_>) -> bool {
    line.flag(OutpatientFlag::NotRecognizedMcare) && !non_covered::holds(line)
}

fn message(raised: &Raised<'_>) -> String {
    format!("Medicare does not recognise {} on outpatient claims", raised.code())
}
