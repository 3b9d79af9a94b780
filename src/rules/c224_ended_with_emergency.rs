use crate::reference::{OutpatientFlag, Table};
use crate::rule::prelude::*;

use super::hospital::{AFTER_EMERGENCY, is_after_emergency};

crate::rule! {
    /// # What it checks
    /// A code that CMS ended with the COVID-19 public health emergency, on a line dated after 2023-05-11.
    ///
    /// Versions of the editor before that of 2022-07-01 do not look.
    ///
    /// # Why
    /// The emergency ended inside a quarter, and the code with it. The claim comes back.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{OutpatientCodeRow, OutpatientEntry, OutpatientFlag, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let days = "2019-07-01..2026-06-30".parse()?;
    /// let mut entry = OutpatientEntry::new(days, *b"Q1");
    /// entry.flags = entry.flags.with(OutpatientFlag::CmsMidQuarterTermination);
    /// let rows = Rows::OutpatientCodes(vec![OutpatientCodeRow { code: code!("C9803"), entry }]);
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(Release::new(Table::OutpatientCodes, "example", days, "made up"), rows)?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: C9803 rev=0300")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "C224"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the code that names the service since.
    ///
    /// # Limits
    /// The editor also knows codes that are exempt from such an end; none of them has both attributes.
    pub static C224 = {
        name: "ended-with-emergency",
        check: Check::Line(check),
        on: Trigger::Outpatient(&[OutpatientFlag::CmsMidQuarterTermination]),
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        about_site: true,
        needs: &[Table::OutpatientCodes],
        boundaries: &[AFTER_EMERGENCY],
        disposition: Disposition::ReturnToProvider,
        edit: Some(124),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, cms_mid_quarter_termination"),
            Citation::unverified("CMS, I/OCE specifications", "edit 124"),
        ],
        remedies: &[Remedy::display_only("Bill the code that names the service since.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if is_after_emergency(line) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} ended with the public health emergency, before {}",
        raised.code(),
        raised.date()
    )
}
