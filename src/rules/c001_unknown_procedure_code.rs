use crate::evaluation::Reason;
use crate::reference::Table;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A procedure code that none of the tables in force on the date lists.
    ///
    /// The tables are the fee schedule, the practitioner MUE table, the add-on table and the ASC addenda AA, BB and EE.
    /// One of them is enough, with any row: a component's row of the fee schedule; a row of the code as an add-on, whatever
    /// the dates of the edit. A code that the add-on table names only as a primary is not listed by it.
    ///
    /// # Why
    /// The tables together list the codes that Medicare knows in the quarter. A code outside all of them is misspelt, not
    /// yet valid, or deleted, and the line cannot be processed.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::model::{DateRange, ServiceDate};
    /// use cleanclaim::reference::{
    ///     Addendum, AddOnRow, AddOnType, AscEntry, AscRow, FeeScheduleRow, FeeValues, Mai, MueRow, PolicyIndicators,
    ///     ReferenceBuilder, Release, Rows, Table,
    /// };
    /// use cleanclaim::{Claim, Evaluator, code, date};
    ///
    /// let quarter: DateRange = "2024-07-01..2024-09-30".parse()?;
    /// let release = |table| Release::new(table, "example", quarter, "made up");
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(
    ///     release(Table::FeeSchedule),
    ///     Rows::FeeSchedule(vec![FeeScheduleRow {
    ///         code: code!("64632"),
    ///         indicators: PolicyIndicators::plain(),
    ///         values: FeeValues::default(),
    ///     }]),
    /// )?;
    /// builder.add(
    ///     release(Table::PractitionerMue),
    ///     Rows::Mue(vec![MueRow { code: code!("64632"), value: 1, mai: Mai::DayPolicy, rationale: "example".into() }]),
    /// )?;
    /// builder.add(
    ///     release(Table::AddOn),
    ///     Rows::AddOn(vec![AddOnRow {
    ///         kind: AddOnType::Listed,
    ///         add_on: code!("64634"),
    ///         primary: Some(code!("64633")),
    ///         effective: date!(2024, 7, 1),
    ///         deletion: None,
    ///         add_on_deleted: None,
    ///         primary_deleted: None,
    ///     }]),
    /// )?;
    /// builder.add(
    ///     release(Table::Asc),
    ///     Rows::Asc(vec![AscRow { code: code!("64632"), entry: AscEntry::new(Addendum::Aa) }]),
    /// )?;
    /// let evaluator = Evaluator::new(builder.build()?);
    ///
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64362")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "C001");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Compare the code with the record; bill the code that was valid on the date of service.
    ///
    /// # Limits
    /// A code that is valid but in none of these tables, such as one that only other payers use, is reported too. Where no
    /// table lists the code and one of them does not answer for the date or the code, the rule is not evaluated.
    pub static C001 = {
        name: "unknown-procedure-code",
        check: Check::Line(check),
        on: Trigger::NotInFeeSchedule,
        asc: OnAscClaim::Applies,
        about_site: true,
        disposition: Disposition::LineRejection,
        carc: Some("181"),
        sources: &[
            Citation::new("CMS, PFS Relative Value File", "the codes listed"),
            Citation::new("CMS, NCCI Medically Unlikely Edits and Add-on Code Edits", "the codes listed"),
            Citation::new("CMS, ASC addenda AA, BB and EE", "the codes listed"),
            Citation::unverified("45 CFR 162.1002", "the code sets that claims use"),
        ],
        remedies: &[Remedy::display_only(
            "Compare the code with the record, and bill the code that was valid on the date of service.",
        )],
        since: "0.1.0",
        message: message,
    };
}

/// The tables that list the codes, one of which is enough.
const TABLES: [Table; 4] = [Table::FeeSchedule, Table::PractitionerMue, Table::AddOn, Table::Asc];

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.code().is_none()
        || TABLES
            .iter()
            .any(|&table| line.gap(table).is_none() && line.is_listed(table))
    {
        return;
    }
    match TABLES.iter().find_map(|&table| line.gap(table)) {
        Some(gap) => found.not_evaluated(line, Reason::Table(gap)),
        None => found.raise(line),
    }
}

fn message(raised: &Raised<'_>) -> String {
    let date = raised.date();
    format!(
        "{} is listed by none of the fee schedule, the MUE table, the add-on table and the ASC addenda in force on {date}",
        raised.code(),
    )
}
