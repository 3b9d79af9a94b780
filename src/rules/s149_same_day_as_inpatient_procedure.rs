use crate::reference::Table;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Every other line of a day with an inpatient procedure (edit 18).
    ///
    /// # Why
    /// A day on which a procedure needs an admission is an inpatient's day: none of its services is an
    /// outpatient's.
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
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 35216 rev=0360; 64632 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "S149"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Settle the inpatient procedure first: the day follows it.
    ///
    /// # Limits
    /// Only the lines of this claim are seen.
    pub static S149 = {
        name: "same-day-as-inpatient-procedure",
        check: Check::LineInClaim(check),
        form: FormKind::Institutional,
        order: Order::AfterIncidental,
        about_site: true,
        needs: &[Table::OutpatientCodes],
        edit: Some(49),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, status_indicator C"),
            Citation::unverified("CMS, I/OCE specifications", "edit 49"),
        ],
        remedies: &[Remedy::display_only("Settle the inpatient procedure of the day first.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if line.set_aside() != Some(SetAside::BesideInpatient) {
        return;
    }
    let inpatient = line
        .day()
        .filter(|other| other.set_aside() == Some(SetAside::Inpatient));
    if let Some(inpatient) = inpatient.min_by_key(Line::code_and_number) {
        found.raise_beside(line, &inpatient);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let what = match raised.line().and_then(Line::code) {
        Some(code) => code.to_string(),
        None => "the line".to_owned(),
    };
    format!(
        "{what} stands on the day of {}, which is paid for inpatients only",
        raised.other_code()
    )
}
