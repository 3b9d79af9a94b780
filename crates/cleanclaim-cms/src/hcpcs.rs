//! HCPCS Level II, the alpha-numeric file: a row a code, and in CMS's own file rows that continue a description, and rows of
//! modifiers. Descriptions are not read.

use cleanclaim::reference::{HcpcsCoverage, HcpcsEntry, HcpcsPricing, HcpcsRow, Rows, Table};

use crate::fields::{Field, code, compact_date, indicator};
use crate::headings::Headings;
use crate::layout::ReleaseSheet;
use crate::problem::FileProblemKind;
use crate::quarterly::QuarterlySheet;
use crate::sheet::Row;

/// The sheet and its reader.
pub(crate) const SHEET: ReleaseSheet = ReleaseSheet {
    // CMS's own headings, and those of copies that were made from the fixed-width text.
    is_heading: |row, _| {
        let has = |heading: &str| row.texts().any(|text| text.eq_ignore_ascii_case(heading));
        let first = row.text(0);
        first.eq_ignore_ascii_case("HCPC") && has("PRICE1") || first.eq_ignore_ascii_case("hcpcs_code") && has("price")
    },
    read: |name, sheet, heading, options| HCPCS.read(name, sheet, heading, options),
};

const HCPCS: QuarterlySheet<Columns, HcpcsRow> = QuarterlySheet {
    table: Table::HcpcsLevel2,
    what: "HCPCS Level II",
    example: "HCPC2026_JUL_ANWEB.csv",
    // The release at hand has 8,033.
    least: 2_000,
    columns: Columns::of,
    row: Columns::row,
    key: |row| row.code.to_string(),
    rows: Rows::HcpcsLevel2,
};

/// The record id of a code's first row; the others continue its description or are those of modifiers.
const CODE: &str = "3";

struct Columns {
    code: usize,
    record: Option<usize>,
    /// A single column may hold several values, separated by colons.
    pricing: usize,
    second_pricing: Option<usize>,
    coverage: usize,
    added: usize,
    terminated: usize,
}

impl Columns {
    fn of(headings: &Headings) -> Result<Self, FileProblemKind> {
        let either = |published: &str, copied: &str| headings.column(published).or_else(|_| headings.column(copied));
        Ok(Self {
            code: either("HCPC", "hcpcs_code")?,
            record: headings.column("RECID").ok(),
            pricing: either("PRICE1", "price")?,
            second_pricing: headings.column("PRICE2").ok(),
            coverage: either("COV", "cov")?,
            added: either("ADD DT", "date_added")?,
            terminated: either("TERM DT", "date_term")?,
        })
    }

    fn row(&self, record: &Row) -> Field<Option<HcpcsRow>> {
        if self.record.is_some_and(|column| record.text(column) != CODE) {
            return Ok(None);
        }
        let (pricing, second_pricing) = self.pricing(record)?;
        let terminated = record.text(self.terminated);
        let entry = HcpcsEntry {
            pricing,
            second_pricing,
            coverage: indicator("COV", record.text(self.coverage), HcpcsCoverage::parse)?,
            added: compact_date("ADD DT", record.text(self.added))?,
            terminated: (!matches!(terminated, "" | "0"))
                .then(|| compact_date("TERM DT", terminated))
                .transpose()?,
        };
        let code = code("HCPC", &record.padded(self.code, 5))?;
        Ok(Some(HcpcsRow { code, entry }))
    }

    fn pricing(&self, record: &Row) -> Field<(HcpcsPricing, Option<HcpcsPricing>)> {
        let text = record.padded(self.pricing, 2);
        let (first, beside) = text.split_once(':').unwrap_or((&text, ""));
        let column = self.second_pricing.map(|column| record.padded(column, 2));
        let second = column.as_deref().unwrap_or(beside);
        let parse = |text: &str| indicator("PRICE", text, HcpcsPricing::parse);
        Ok((parse(first)?, (!second.is_empty()).then(|| parse(second)).transpose()?))
    }
}
