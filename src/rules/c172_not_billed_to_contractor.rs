use crate::reference::{OutpatientFlag, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A service that is not billed to the Medicare administrative contractor at all.
    ///
    /// # Why
    /// The contractor cannot process it. The claim comes back.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{OutpatientCodeRow, OutpatientEntry, OutpatientFlag, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let days = "2019-07-01..2026-06-30".parse()?;
    /// let mut entry = OutpatientEntry::new(days, *b"M ");
    /// entry.flags = entry.flags.with(OutpatientFlag::NonBillableMac);
    /// let rows = Rows::OutpatientCodes(vec![OutpatientCodeRow { code: code!("0001F"), entry }]);
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(Release::new(Table::OutpatientCodes, "example", days, "made up"), rows)?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 0001F rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "C172"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the line off.
    ///
    /// # Limits
    /// Who takes such a service, if anyone does, is not said by the editor.
    pub static C172 = {
        name: "not-billed-to-contractor",
        check: Check::Line(check),
        on: Trigger::Outpatient(&[OutpatientFlag::NonBillableMac]),
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        about_site: true,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::ReturnToProvider,
        edit: Some(72),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, non_billable_mac"),
            Citation::unverified("CMS, I/OCE specifications", "edit 72"),
        ],
        remedies: &[Remedy::display_only("Take the line off.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    found.raise(line);
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is not billed to the Medicare administrative contractor",
        raised.code()
    )
}
