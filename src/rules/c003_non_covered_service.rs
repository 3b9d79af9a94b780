use crate::reference::{StatusCode, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A service that Medicare does not cover: status N in the fee schedule.
    ///
    /// The status is that of the row of the line's component (26, TC or 53) where the fee schedule has one, else of the
    /// whole code.
    ///
    /// # Why
    /// The code is in the fee schedule for other payers' use. Medicare pays nothing for it.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{
    ///     FeeScheduleRow, FeeValues, PolicyIndicators, ReferenceBuilder, Release, Rows, StatusCode, Table,
    /// };
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let mut indicators = PolicyIndicators::plain();
    /// indicators.status = StatusCode::NotCovered;
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(
    ///     Release::new(Table::FeeSchedule, "example", "2024-07-01..2024-09-30".parse()?, "made up"),
    ///     Rows::FeeSchedule(vec![FeeScheduleRow { code: code!("99397"), indicators, values: FeeValues::default() }]),
    /// )?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 99397")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "C003");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the patient or a further payer, as the notice given to the patient allows.
    ///
    /// # Limits
    /// A claim that is sent for the denial alone, so that a further payer pays, is reported too.
    pub static C003 = {
        name: "non-covered-service",
        check: Check::Line(check),
        on: Trigger::Status(&[StatusCode::NotCovered]),
        about_site: true,
        needs: &[Table::FeeSchedule],
        carc: Some("96"),
        sources: &[Citation::new("CMS, PFS Relative Value File documentation", "status code N")],
        remedies: &[Remedy::display_only(
            "Bill the patient or a further payer, as the notice given to the patient allows.",
        )],
        since: "0.1.0",
        message: |raised| format!("{} is not covered by Medicare: its status is N", raised.code()),
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let fee = line.fee();
    if fee.is_some_and(|fee| fee.status == StatusCode::NotCovered) {
        found.raise(line);
    }
}
