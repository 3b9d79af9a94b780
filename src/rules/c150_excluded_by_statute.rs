use crate::reference::{OutpatientFlag, Table};
use crate::rule::prelude::*;

use super::c109_not_covered_for_outpatients as non_covered;

crate::rule! {
    /// # What it checks
    /// A service that a statute excludes from Medicare.
    ///
    /// A line that edit 9 denies gets that edit alone.
    ///
    /// # Why
    /// What the law excludes cannot be covered for anyone. The claim comes back, as the hospital must say that it
    /// knows.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{OutpatientCodeRow, OutpatientEntry, OutpatientFlag, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let days = "2019-07-01..2026-06-30".parse()?;
    /// let mut entry = OutpatientEntry::new(days, *b"E1");
    /// entry.flags = entry.flags.with(OutpatientFlag::StatutoryExclusion);
    /// let rows = Rows::OutpatientCodes(vec![OutpatientCodeRow { code: code!("D0120"), entry }]);
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(Release::new(Table::OutpatientCodes, "example", days, "made up"), rows)?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: D0120 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "C150"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the line off, or bill it as non-covered if the patient wants a denial for another insurer.
    ///
    /// # Limits
    /// Whether the hospital billed the line as non-covered is not seen.
    pub static C150 = {
        name: "excluded-by-statute",
        check: Check::Line(check),
        on: Trigger::Outpatient(&[OutpatientFlag::StatutoryExclusion]),
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        about_site: true,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::ReturnToProvider,
        carc: Some("96"),
        edit: Some(50),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, statutory_exclusion"),
            Citation::unverified("CMS, I/OCE specifications", "edit 50"),
        ],
        remedies: &[Remedy::display_only("Take the line off, or bill it as non-covered.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.flag(OutpatientFlag::StatutoryExclusion) && !non_covered::holds(line) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!("{} is excluded from Medicare by statute", raised.code())
}
