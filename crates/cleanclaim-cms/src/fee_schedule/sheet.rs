//! PPRRVU as csv or xlsx: a notice, five rows of stacked headings, then a row a code and component.

use std::array;

use super::Schedule;
use super::columns::{COLUMNS, COUNT};
use crate::headings::Headings;
use crate::layout::ReleaseSheet;
use crate::options::Options;
use crate::period::Quarter;
use crate::problem::{FileProblemKind, ReadError};
use crate::release::ReadRelease;
use crate::sheet::{Row, Sheet};
use crate::source::FileName;

/// The sheet and its reader.
pub(crate) const SHEET: ReleaseSheet = ReleaseSheet { is_heading, read };

/// Whether the row is the last of the stacked headings.
fn is_heading(row: &Row, _name: &FileName) -> bool {
    row.text(0).eq_ignore_ascii_case("HCPCS") && row.text(1).eq_ignore_ascii_case("MOD")
}

fn read(name: &FileName, sheet: &Sheet, heading: usize, options: &Options) -> Result<ReadRelease, ReadError> {
    let (above, rows) = sheet.rows.split_at_checked(heading + 1).unwrap_or_default();
    let columns = columns(&Headings::stacked(above)).map_err(|kind| ReadError::new(name.display(), kind))?;
    let title = above
        .iter()
        .flat_map(Row::texts)
        .find(|text| text.contains("Relative Value File"));
    let mut schedule = Schedule::new(name);
    // Files of 2022 end in a row that holds the end-of-file mark of old systems.
    for record in rows.iter().filter(|row| row.text(0) != "\u{1a}") {
        let texts = array::from_fn(|at| match (columns.get(at), COLUMNS.get(at)) {
            (Some(Some(place)), Some(column)) => record.padded(*place, column.width),
            _ => "".into(),
        });
        if let Err(kind) = schedule.add(&texts) {
            let row = sheet.location(record);
            let at = match field_column(&kind, &columns) {
                Some(column) if row.sheet.is_some() => row.at_column(column as u64 + 1),
                _ => row,
            };
            schedule.log.row(at, kind);
        }
    }
    schedule.finish(name, title.and_then(Quarter::in_text), options)
}

fn columns(headings: &Headings) -> Result<[Option<usize>; COUNT], FileProblemKind> {
    let mut places = [None; COUNT];
    for (place, column) in places.iter_mut().zip(&COLUMNS) {
        let found = headings.column(column.heading);
        *place = if column.always { Some(found?) } else { found.ok() };
    }
    Ok(places)
}

/// Where the field stands that the problem is about.
fn field_column(kind: &FileProblemKind, columns: &[Option<usize>; COUNT]) -> Option<usize> {
    let FileProblemKind::Value { field, .. } = kind else {
        return None;
    };
    let at = COLUMNS.iter().position(|column| column.heading == field.as_ref())?;
    columns.get(at).copied().flatten()
}
