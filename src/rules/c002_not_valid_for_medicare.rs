use crate::reference::{StatusCode, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A code that is not valid for Medicare: status I in the fee schedule.
    ///
    /// The status is that of the row of the line's component (26, TC or 53) where the fee schedule has one, else of the
    /// whole code.
    ///
    /// # Why
    /// Medicare uses another code for the service. There is no period of grace.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{
    ///     FeeScheduleRow, FeeValues, PolicyIndicators, ReferenceBuilder, Release, Rows, StatusCode, Table,
    /// };
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let mut indicators = PolicyIndicators::plain();
    /// indicators.status = StatusCode::NotValidForMedicare;
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(
    ///     Release::new(Table::FeeSchedule, "example", "2024-07-01..2024-09-30".parse()?, "made up"),
    ///     Rows::FeeSchedule(vec![FeeScheduleRow { code: code!("95941"), indicators, values: FeeValues::default() }]),
    /// )?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("2024-08-06 @22: 95941")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "C002");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the code that Medicare uses for the service.
    ///
    /// # Limits
    /// No table says which code Medicare uses instead, so the message does not either. Another payer may accept the code.
    pub static C002 = {
        name: "not-valid-for-medicare",
        check: Check::Line(check),
        on: Trigger::Status(&[StatusCode::NotValidForMedicare]),
        about_site: true,
        needs: &[Table::FeeSchedule],
        sources: &[Citation::new("CMS, PFS Relative Value File documentation", "status code I")],
        remedies: &[Remedy::display_only("Bill the code that Medicare uses for the service.")],
        since: "0.1.0",
        message: |raised| format!(
            "{} is not valid for Medicare, which uses another code: its status is I",
            raised.code(),
        ),
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let fee = line.fee();
    if fee.is_some_and(|fee| fee.status == StatusCode::NotValidForMedicare) {
        found.raise(line);
    }
}
