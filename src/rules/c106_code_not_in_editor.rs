use crate::reference::Table;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A code that the outpatient editor does not list in the version of the claim's first day.
    ///
    /// The version that holds the claim's first day takes the whole claim, its later lines too.
    ///
    /// # Why
    /// A code that was not yet in use, or no longer, or never, cannot be processed: the claim comes back.
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
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64631 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "C106"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the code that was in use on the claim's first day.
    ///
    /// # Limits
    /// Whether another code names the same service is not looked at. A revenue code without a procedure has no code
    /// to look up.
    pub static C106 = {
        name: "code-not-in-editor",
        check: Check::Line(|line, found| found.raise(line)),
        on: Trigger::NotInOutpatientCodes,
        form: FormKind::Institutional,
        about_site: true,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::ReturnToProvider,
        carc: Some("181"),
        edit: Some(6),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, codes by version"),
            Citation::unverified("CMS, I/OCE specifications", "edit 6"),
        ],
        remedies: &[Remedy::display_only("Bill the code that was in use on the claim's first day.")],
        since: "0.1.0",
        message: message,
    };
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is no code of the outpatient editor's version of the claim's first day",
        raised.code()
    )
}
