//! Lists of drugs: single-dose containers (JW and JZ), and codes with a payment limit under Part B.

use cleanclaim::model::{DateRange, ServiceDate};
use cleanclaim::reference::{PartBDrug, PartBDrugRow, Rows, SingleDoseRow, Table};

use crate::fields::{code, indicator};
use crate::layout::ReleaseSheet;
use crate::period::{Quarter, date_in_text};
use crate::quarterly::QuarterlySheet;
use crate::source::FileName;

/// The list of single-dose containers: one column, so that only the file's name tells it from other lists.
pub(crate) const SINGLE_DOSE_SHEET: ReleaseSheet = ReleaseSheet {
    is_heading: |row, name| {
        let base = name.base().to_ascii_lowercase();
        row.len() == 1 && row.text(0).eq_ignore_ascii_case("HCPCS") && base.contains("jw") && base.contains("jz")
    },
    read: |name, sheet, heading, options| {
        let mut options = options.clone();
        options.period = options.period.or_else(|| a_year_from(name));
        SINGLE_DOSE.read(name, sheet, heading, &options)
    },
};

/// CMS gives the list a date and no period, and replaces it without notice. For a year from its date it is taken to hold, to
/// the end of that quarter.
fn a_year_from(name: &FileName) -> Option<DateRange> {
    let first = name.hints().find_map(date_in_text)?;
    let in_a_year = ServiceDate::from_ymd(first.year() + 1, first.month(), 1)?;
    DateRange::new(first, Quarter::of(in_a_year)?.days()?.last())
}

const SINGLE_DOSE: QuarterlySheet<usize, SingleDoseRow> = QuarterlySheet {
    table: Table::SingleDoseDrugs,
    what: "single-dose containers, JW and JZ",
    example: "jw_jz_single_dose_hcpcs_2025-06-20.csv",
    // The list at hand has 438.
    least: 100,
    columns: |headings| headings.column("HCPCS"),
    row: |column, row| {
        let code = code("HCPCS", &row.padded(*column, 5))?;
        Ok(Some(SingleDoseRow { code }))
    },
    key: |row| row.code.to_string(),
    rows: Rows::SingleDoseDrugs,
};

/// The codes with a payment limit, each with its group.
pub(crate) const PART_B_SHEET: ReleaseSheet = ReleaseSheet {
    is_heading: |row, _| row.text(0).eq_ignore_ascii_case("HCPCS") && row.text(1).eq_ignore_ascii_case("group"),
    read: |name, sheet, heading, options| PART_B.read(name, sheet, heading, options),
};

const PART_B: QuarterlySheet<(usize, usize), PartBDrugRow> = QuarterlySheet {
    table: Table::PartBDrugs,
    what: "Part B drug pricing files",
    example: "part_b_priced_codes_2026q3.csv",
    // The list at hand has 890.
    least: 200,
    columns: |headings| Ok((headings.column("HCPCS")?, headings.column("group")?)),
    row: |(number, group), row| {
        Ok(Some(PartBDrugRow {
            code: code("HCPCS", &row.padded(*number, 5))?,
            group: indicator("group", row.text(*group), PartBDrug::parse)?,
        }))
    },
    key: |row| row.code.to_string(),
    rows: Rows::PartBDrugs,
};
