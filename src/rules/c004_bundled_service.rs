use crate::reference::{StatusCode, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A service whose payment is part of another's: status B in the fee schedule, or, as an advisory, status P.
    ///
    /// The status is that of the row of the line's component (26, TC or 53) where the fee schedule has one, else of the
    /// whole code.
    ///
    /// # Why
    /// A code of status B is never paid separately, even where relative values are shown. One of status P is bundled where
    /// it was incident to a physician's service of the day, and else excluded from the fee schedule: it may be paid
    /// elsewhere.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{
    ///     FeeScheduleRow, FeeValues, PolicyIndicators, ReferenceBuilder, Release, Rows, StatusCode, Table,
    /// };
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let mut indicators = PolicyIndicators::plain();
    /// indicators.status = StatusCode::Bundled;
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(
    ///     Release::new(Table::FeeSchedule, "example", "2024-07-01..2024-09-30".parse()?, "made up"),
    ///     Rows::FeeSchedule(vec![FeeScheduleRow { code: code!("99024"), indicators, values: FeeValues::default() }]),
    /// )?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 99024")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "C004");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the line off the claim, unless it is only reported. It cannot be billed to the patient.
    ///
    /// # Limits
    /// The service that pays for it is not looked for. Of a code of status P it is not known whether it was incident to
    /// another service.
    pub static C004 = {
        name: "bundled-service",
        check: Check::Line(check),
        on: Trigger::Status(&[StatusCode::Bundled, StatusCode::BundledOrExcluded]),
        about_site: true,
        payers: Payers::Following(CmsEdits::BundledStatus),
        needs: &[Table::FeeSchedule],
        carc: Some("97"),
        sources: &[Citation::new("CMS, PFS Relative Value File documentation", "status codes B and P")],
        remedies: &[Remedy::display_only(
            "Take the line off the claim: the payment of another service includes it.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    match line.fee().map(|fee| fee.status) {
        Some(StatusCode::Bundled) => found.raise(line),
        Some(StatusCode::BundledOrExcluded) => found.raise_as(Disposition::Advisory, line, None, 0),
        _ => {}
    }
}

fn message(raised: &Raised<'_>) -> String {
    let code = raised.code();
    if raised.finding().disposition() == Disposition::Advisory {
        format!(
            "{code} is bundled into another service of the day or else excluded from the fee schedule: its status is P"
        )
    } else {
        format!("{code} is always bundled into other services and never paid by itself: its status is B")
    }
}
