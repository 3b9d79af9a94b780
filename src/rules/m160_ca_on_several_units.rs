use crate::model::modifier_groups::INPATIENT_EMERGENCY;
use crate::reference::Table;
use crate::rule::prelude::*;

use super::hospital::exceed_one;

crate::rule! {
    /// # What it checks
    /// Modifier CA on inpatient procedures (status indicator C) of more than one unit together: each line.
    ///
    /// # Why
    /// CA tells of one inpatient procedure on a patient who died, or was transferred, before the admission. It
    /// cannot have been two.
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
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06 status=20: 35216-CA x2 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M160"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Leave CA on the procedure that was done, one unit.
    ///
    /// # Limits
    /// A separate procedure on a day with a major one is not an inpatient procedure of its own: edit 45 rejects it.
    pub static M160 = {
        name: "ca-on-several-units",
        check: Check::LineInClaim(check),
        on: Trigger::Modifiers(&[INPATIENT_EMERGENCY]),
        form: FormKind::Institutional,
        order: Order::AfterIncidental,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::ReturnToProvider,
        edit: Some(60),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, status_indicator C"),
            Citation::unverified("CMS, I/OCE specifications", "edit 60"),
        ],
        remedies: &[Remedy::display_only("Leave CA on the one inpatient procedure that was done.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    let is_under_ca = |line: &Line<'_>| line.set_aside() == Some(SetAside::UnderCa);
    if is_under_ca(line) && exceed_one(line.whole_claim().lines().map(|line| *line).filter(is_under_ca)) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} carries CA, and the claim has more than one unit of inpatient procedures under it",
        raised.code()
    )
}
