//! The Clinical Laboratory Fee Schedule (CLFS): a row a test, and one more for a test that may carry QW.

use cleanclaim::model::{Modifier, Money};
use cleanclaim::modifier;
use cleanclaim::reference::{LaboratoryFee, LaboratoryRateBasis, LaboratoryRow, Rows, Table};

use crate::fields::{Field, code, compact_date, decimal, indicator, optional_modifier};
use crate::headings::Headings;
use crate::layout::ReleaseSheet;
use crate::problem::FileProblemKind;
use crate::quarterly::QuarterlySheet;
use crate::sheet::Row;

/// The sheet and its reader.
pub(crate) const SHEET: ReleaseSheet = ReleaseSheet {
    is_heading: |row, _| row.text(0).eq_ignore_ascii_case("YEAR") && row.text(1).eq_ignore_ascii_case("HCPCS"),
    read: |name, sheet, heading, options| LABORATORY.read(name, sheet, heading, options),
};

const LABORATORY: QuarterlySheet<Columns, LaboratoryRow> = QuarterlySheet {
    table: Table::Laboratory,
    what: "Clinical Laboratory Fee Schedule",
    example: "PUF_CLFS_CY2026_Q2V1.csv",
    // The releases at hand have more than 2,100.
    least: 500,
    columns: Columns::of,
    row: Columns::row,
    key: |row| format!("{}{}", row.code, if row.qw { " QW" } else { "" }),
    rows: Rows::Laboratory,
};

struct Columns {
    code: usize,
    modifier: usize,
    effective: usize,
    indicator: usize,
    rate: usize,
}

impl Columns {
    fn of(headings: &Headings) -> Result<Self, FileProblemKind> {
        Ok(Self {
            code: headings.column("HCPCS")?,
            modifier: headings.column("MOD")?,
            effective: headings.column("EFF_DATE")?,
            indicator: headings.column("INDICATOR")?,
            rate: headings.column("RATE")?,
        })
    }

    fn row(&self, record: &Row) -> Field<Option<LaboratoryRow>> {
        Ok(Some(LaboratoryRow {
            code: code("HCPCS", &record.padded(self.code, 5))?,
            qw: is_qw(record.text(self.modifier))?,
            fee: LaboratoryFee {
                effective: compact_date("EFF_DATE", record.text(self.effective))?,
                rate: money("RATE", record.text(self.rate))?,
                basis: indicator("INDICATOR", record.text(self.indicator), LaboratoryRateBasis::parse)?,
            },
        }))
    }
}

/// QW is the only modifier of the schedule.
fn is_qw(text: &str) -> Field<bool> {
    const QW: Modifier = modifier!("QW");
    match optional_modifier("MOD", text)? {
        None => Ok(false),
        Some(QW) => Ok(true),
        Some(_) => Err(FileProblemKind::value("MOD", text, "QW, or nothing")),
    }
}

fn money(field: &str, text: &str) -> Field<Money> {
    let cents: i64 = decimal(field, text, 2)?;
    Money::from_cents(cents).ok_or_else(|| FileProblemKind::value(field, text, "an amount in dollars"))
}
