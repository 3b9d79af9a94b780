//! Medically Unlikely Edits (MUE): a notice of several lines in one quoted cell, a heading row whose second column says
//! whose services the table is about, then a row a code.

use cleanclaim::reference::{Mai, MueRow, Release, Rows, Table};

use crate::fields::{Field, code, decimal, indicator};
use crate::headings::{Headings, normal};
use crate::layout::ReleaseSheet;
use crate::options::Options;
use crate::problem::{FileProblemKind, Log, ReadError};
use crate::release::ReadRelease;
use crate::rows::Distinct;
use crate::sheet::{Row, Sheet};
use crate::source::FileName;

/// The tables of practitioners and hospitals have more than 14,000 rows, that of suppliers more than 1,000.
const LEAST: usize = 500;

/// The sheet and its reader.
pub(crate) const SHEET: ReleaseSheet = ReleaseSheet { is_heading, read };

/// Whether the row is the heading row.
fn is_heading(row: &Row, _name: &FileName) -> bool {
    normal(row.text(0)).to_ascii_uppercase().starts_with("HCPCS") && table(row.text(1)).is_some()
}

fn table(heading: &str) -> Option<Table> {
    let heading = normal(heading).to_ascii_lowercase();
    if !heading.contains("mue value") {
        return None;
    }
    [
        ("practitioner", Table::PractitionerMue),
        ("hospital", Table::HospitalMue),
        ("dme", Table::DmeMue),
    ]
    .iter()
    .find(|(word, _)| heading.contains(word))
    .map(|&(_, table)| table)
}

fn read(name: &FileName, sheet: &Sheet, heading: usize, options: &Options) -> Result<ReadRelease, ReadError> {
    let (above, rows) = sheet.rows.split_at_checked(heading + 1).unwrap_or_default();
    let heading = above
        .last()
        .ok_or_else(|| ReadError::new(name.display(), FileProblemKind::UnknownLayout))?;
    let headings = Headings::of(heading);
    let table = table(headings.get(1)).unwrap_or(Table::PractitionerMue);
    let (release, period) = name.dated_quarter(options, "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv")?;
    let mut log = Log::new(name.display());
    let mut found = Distinct::new();
    for record in rows {
        let added = row(record, &headings).and_then(|row| found.push(row.code, row));
        if let Err(kind) = added {
            log.row(sheet.location(record), kind);
        }
    }
    let rows = Rows::Mue(found.finish(&mut log));
    ReadRelease::new(
        Release::new(table, &release, period, &name.source("MUE")),
        rows,
        log,
        LEAST,
        options,
    )
}

fn row(record: &Row, headings: &Headings) -> Field<MueRow> {
    let mai = record.text(2);
    // The indicator is a sentence that begins with its digit.
    let digit = mai.split(|c: char| c.is_whitespace()).next().unwrap_or_default();
    Ok(MueRow {
        code: code("HCPCS/CPT Code", &record.padded(0, 5))?,
        value: decimal(headings.get(1), record.text(1), 0)?,
        mai: indicator(headings.get(2), digit, Mai::parse).map_err(|error| whole_value(error, mai))?,
        rationale: record.text(3).into(),
    })
}

fn whole_value(error: FileProblemKind, text: &str) -> FileProblemKind {
    match error {
        FileProblemKind::Value { field, expected, .. } => FileProblemKind::Value {
            field,
            value: text.into(),
            expected,
        },
        other => other,
    }
}
