use crate::reference::Table;
use crate::rule::prelude::*;

use super::hospital::raise_where;

crate::rule! {
    /// # What it checks
    /// An item or service of status indicator E2: Medicare has no price and no claims to set one from.
    ///
    /// # Why
    /// Without a price there is no separate payment. The line is rejected.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{OutpatientCodeRow, OutpatientEntry, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let days = "2019-07-01..2026-06-30".parse()?;
    /// let entry = OutpatientEntry::new(days, *b"E2");
    /// let rows = Rows::OutpatientCodes(vec![OutpatientCodeRow { code: code!("A9270"), entry }]);
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(Release::new(Table::OutpatientCodes, "example", days, "made up"), rows)?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: A9270 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "C113"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the code that has a price, if another one names what was given.
    ///
    /// # Limits
    /// Prices change by quarter: the version of the claim's first day counts.
    pub static C113 = {
        name: "not-paid-by-medicare",
        check: Check::Line(|line, found| raise_where(holds, line, found)),
        on: Trigger::OutpatientStatus(&["E2"]),
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        about_site: true,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::LineRejection,
        edit: Some(13),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, status_indicator E2"),
            Citation::unverified("CMS, I/OCE specifications", "edit 13"),
        ],
        remedies: &[Remedy::display_only("Bill the code that has a price, if another one names what was given.")],
        since: "0.1.0",
        message: message,
    };
}

pub(super) fn holds(line: &Line<'_>) -> bool {
    line.status() == "E2"
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "Medicare has no price for {}: its status indicator is E2",
        raised.code()
    )
}
