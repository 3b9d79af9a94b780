use crate::reference::{OutpatientFlag, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// An inpatient procedure (status indicator C) that is a separate procedure, on a day with a major one.
    ///
    /// A major procedure has status indicator T; on a claim with a comprehensive primary every day counts as having
    /// one.
    ///
    /// # Why
    /// Beside a major procedure it is part of that one, so that it alone is rejected and the day stays an
    /// outpatient's.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::model::DateRange;
    /// use cleanclaim::reference::{OutpatientCodeRow, OutpatientEntry, OutpatientFlag, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let days: DateRange = "2019-07-01..2026-06-30".parse()?;
    /// let mut separate = OutpatientEntry::new(days, *b"C ");
    /// separate.flags = separate.flags.with(OutpatientFlag::SeparateProcedure);
    /// let rows = Rows::OutpatientCodes(vec![
    ///     OutpatientCodeRow { code: code!("33999"), entry: separate },
    ///     OutpatientCodeRow { code: code!("64632"), entry: OutpatientEntry::new(days, *b"T ") },
    /// ]);
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(Release::new(Table::OutpatientCodes, "example", days, "made up"), rows)?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 33999 rev=0360; 64632 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "S145"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the line off: its payment is part of the major procedure's.
    ///
    /// # Limits
    /// Whether the two had to do with each other is not looked at.
    pub static S145 = {
        name: "separate-inpatient-procedure",
        check: Check::LineInClaim(check),
        on: Trigger::OutpatientStatus(&["C"]),
        form: FormKind::Institutional,
        order: Order::AfterSetAside,
        about_site: true,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::LineRejection,
        edit: Some(45),
        sources: &[
            Citation::new("CMS, I/OCE reference tables", "data_hcpcs, status_indicator C and separate_procedure"),
            Citation::unverified("CMS, I/OCE specifications", "edit 45"),
        ],
        remedies: &[Remedy::display_only("Take the line off: its payment is part of the major procedure's.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if holds(line) {
        found.raise(line);
    }
}

pub(super) fn holds(line: &LineInClaim<'_>) -> bool {
    line.status() == "C" && line.flag(OutpatientFlag::SeparateProcedure) && line.is_on_t_day()
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is an inpatient procedure that is part of the major procedure beside it",
        raised.code()
    )
}
