use crate::modifier;
use crate::reference::{OutpatientFlag, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier PT on a day without any colorectal service.
    ///
    /// # Why
    /// PT says that a colorectal screening became a treatment. Without a colorectal service on the day there was no
    /// screening.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{OutpatientCodeRow, OutpatientEntry, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let days = "2019-07-01..2026-06-30".parse()?;
    /// let entry = OutpatientEntry::new(days, *b"T ");
    /// let rows = Rows::OutpatientCodes(vec![OutpatientCodeRow { code: code!("64632"), entry }]);
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(Release::new(Table::OutpatientCodes, "example", days, "made up"), rows)?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64632-PT rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M220"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Leave PT out, or add the colorectal service that was done.
    ///
    /// # Limits
    /// Only the lines of this claim are seen. Whether the line with PT is itself the colorectal service is not
    /// looked at.
    pub static M220 = {
        name: "pt-without-colorectal",
        check: Check::LineInClaim(check),
        on: Trigger::Modifiers(&[modifier!("PT")]),
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::ReturnToProvider,
        carc: Some("4"),
        edit: Some(120),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, colorectal"),
            Citation::unverified("CMS, I/OCE specifications", "edit 120"),
        ],
        remedies: &[Remedy::display_only("Leave PT out, or add the colorectal service that was done.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if !line.day().any(|other| other.flag(OutpatientFlag::Colorectal)) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!("{} carries PT, and the day has no colorectal service", raised.code())
}
