//! The DMEPOS fee schedule: a row an item and the modifiers that it is priced with. The amounts by state are not read.

use cleanclaim::reference::{DmeposCategory, DmeposEntry, DmeposJurisdiction, DmeposRow, Rows, Table};

use crate::fields::{Field, code, indicator, optional_modifier};
use crate::headings::Headings;
use crate::layout::ReleaseSheet;
use crate::problem::FileProblemKind;
use crate::quarterly::QuarterlySheet;
use crate::sheet::Row;

/// The sheet and its reader.
pub(crate) const SHEET: ReleaseSheet = ReleaseSheet {
    is_heading: |row, _| {
        row.text(0).eq_ignore_ascii_case("HCPCS") && row.texts().any(|text| text.eq_ignore_ascii_case("JURIS"))
    },
    read: |name, sheet, heading, options| DMEPOS.read(name, sheet, heading, options),
};

const DMEPOS: QuarterlySheet<Columns, DmeposRow> = QuarterlySheet {
    table: Table::Dmepos,
    what: "DMEPOS fee schedule",
    example: "DMEPOS26_JUL.csv",
    // The release at hand has 3,531.
    least: 500,
    columns: Columns::of,
    row: Columns::row,
    key: |row| {
        let modifiers = [row.entry.modifier, row.entry.second_modifier].into_iter().flatten();
        modifiers.fold(row.code.to_string(), |key, modifier| format!("{key} {modifier}"))
    },
    rows: Rows::Dmepos,
};

struct Columns {
    code: usize,
    modifier: usize,
    second_modifier: usize,
    jurisdiction: usize,
    category: usize,
}

impl Columns {
    fn of(headings: &Headings) -> Result<Self, FileProblemKind> {
        Ok(Self {
            code: headings.column("HCPCS")?,
            modifier: headings.column("Mod")?,
            second_modifier: headings.column("Mod2")?,
            jurisdiction: headings.column("JURIS")?,
            category: headings.column("CATG")?,
        })
    }

    fn row(&self, record: &Row) -> Field<Option<DmeposRow>> {
        let entry = DmeposEntry {
            modifier: optional_modifier("Mod", record.text(self.modifier))?,
            second_modifier: optional_modifier("Mod2", record.text(self.second_modifier))?,
            jurisdiction: indicator("JURIS", record.text(self.jurisdiction), DmeposJurisdiction::parse)?,
            category: indicator("CATG", record.text(self.category), DmeposCategory::parse)?,
        };
        let code = code("HCPCS", &record.padded(self.code, 5))?;
        Ok(Some(DmeposRow { code, entry }))
    }
}
