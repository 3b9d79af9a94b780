//! Add-on code edits (AOC): a notice, a heading row, then a row an add-on and primary, with dates as year and day.

use std::fmt;

use cleanclaim::model::{DateRange, ProcedureCode, ServiceDate};
use cleanclaim::reference::{AddOnRow, AddOnType, Release, Rows, Table};

use crate::fields::{Field, code, indicator};
use crate::headings::{Headings, normal};
use crate::layout::ReleaseSheet;
use crate::options::Options;
use crate::problem::{FileProblemKind, Log, ReadError};
use crate::release::ReadRelease;
use crate::rows::Intervals;
use crate::sheet::{Row, Sheet};
use crate::source::FileName;

/// The table at hand has 9,000 rows.
const LEAST: usize = 1_000;

/// What stands in place of a primary that the contractor defines.
const BY_CONTRACTOR: &str = "CCCCC";

/// The sheet and its reader.
pub(crate) const SHEET: ReleaseSheet = ReleaseSheet { is_heading, read };

/// Whether the row is the heading row.
fn is_heading(row: &Row, _name: &FileName) -> bool {
    row.texts().any(|text| normal(text).eq_ignore_ascii_case("Add-On_Code"))
}

#[derive(PartialEq, Eq, Hash)]
struct Key(ProcedureCode, Option<ProcedureCode>);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Some(primary) => write!(f, "{} {primary}", self.0),
            None => write!(f, "{} {BY_CONTRACTOR}", self.0),
        }
    }
}

fn read(name: &FileName, sheet: &Sheet, heading: usize, options: &Options) -> Result<ReadRelease, ReadError> {
    let (above, rows) = sheet.rows.split_at_checked(heading + 1).unwrap_or_default();
    let heading = above
        .last()
        .ok_or_else(|| ReadError::new(name.display(), FileProblemKind::UnknownLayout))?;
    let columns = Columns::of(&Headings::of(heading)).map_err(|kind| ReadError::new(name.display(), kind))?;
    let mut log = Log::new(name.display());
    let mut found = Intervals::new(|a: &AddOnRow, b| a.kind == b.kind);
    for record in rows {
        let added = columns.row(record).and_then(|row| {
            let days = DateRange::new(row.effective, row.deletion.unwrap_or(ServiceDate::MAX));
            found.push(Key(row.add_on, row.primary), days, row)
        });
        if let Err(kind) = added {
            log.row(sheet.location(record), kind);
        }
    }
    note_instructions(rows, columns.instructions, &mut log);
    let rows = found.finish(&mut log);
    let first = rows.iter().map(|row| row.effective).min().unwrap_or(ServiceDate::MIN);
    let release = release(name, first, options)?;
    ReadRelease::new(release, Rows::AddOn(rows), log, LEAST, options)
}

/// Remarks such as "practitioner only" bear on few rows, and no table has a place for them.
fn note_instructions(rows: &[Row], column: Option<usize>, log: &mut Log) {
    let Some(column) = column else { return };
    // The type says it already.
    let by_type = "Contractor Defined Primary Codes";
    let texts = || {
        rows.iter()
            .map(|row| row.text(column))
            .filter(|text| !text.is_empty() && *text != by_type)
    };
    if let Some(example) = texts().next() {
        let count = texts().count();
        log.note(FileProblemKind::Instructions {
            count,
            example: example.into(),
        });
    }
}

/// Cumulative: from the first edit to the end of the quarter that it was published for.
fn release(name: &FileName, first: ServiceDate, options: &Options) -> Result<Release, ReadError> {
    let quarter = name.quarter();
    let published = quarter.and_then(|quarter| DateRange::new(first, quarter.days()?.last()));
    let title = quarter.map(|quarter| format!("{}Q{}", quarter.year(), quarter.number()));
    match (
        options.period.or(published),
        options.release.as_deref().or(title.as_deref()),
    ) {
        (Some(period), Some(title)) => Ok(Release::new(
            Table::AddOn,
            title,
            period,
            &name.source("NCCI add-on code edits"),
        )),
        _ => Err(ReadError::new(
            name.display(),
            FileProblemKind::NoRelease {
                what: "quarter",
                example: "AOC_V2026Q2-MCR.xlsx",
            },
        )),
    }
}

struct Columns {
    kind: usize,
    add_on: usize,
    add_on_deleted: usize,
    primary: usize,
    primary_deleted: usize,
    effective: usize,
    deletion: usize,
    instructions: Option<usize>,
}

impl Columns {
    fn of(headings: &Headings) -> Result<Self, FileProblemKind> {
        Ok(Self {
            kind: headings.column("AOC_Edit_Type")?,
            add_on: headings.column("Add-On_Code")?,
            add_on_deleted: headings.column("AOC_DelDT")?,
            primary: headings.column("Primary_Code")?,
            primary_deleted: headings.column("Primary_Code_DelDT")?,
            effective: headings.column("AOC_Edit_EffDT")?,
            deletion: headings.column("AOC_Edit_DelDT")?,
            instructions: headings.column("Special_Instruction_Notes").ok(),
        })
    }

    fn row(&self, record: &Row) -> Field<AddOnRow> {
        let primary = record.padded(self.primary, 5);
        Ok(AddOnRow {
            kind: indicator("AOC_Edit_Type", arabic(record.text(self.kind)), AddOnType::parse)?,
            add_on: code("Add-On_Code", &record.padded(self.add_on, 5))?,
            primary: if primary == BY_CONTRACTOR {
                None
            } else {
                Some(code("Primary_Code", &primary)?)
            },
            effective: day("AOC_Edit_EffDT", record.text(self.effective))?,
            deletion: optional_day("AOC_Edit_DelDT", record.text(self.deletion))?,
            add_on_deleted: optional_day("AOC_DelDT", record.text(self.add_on_deleted))?,
            primary_deleted: optional_day("Primary_Code_DelDT", record.text(self.primary_deleted))?,
        })
    }
}

/// Older files number the types in Roman figures.
fn arabic(kind: &str) -> &str {
    match kind {
        "I" => "1",
        "II" => "2",
        "III" => "3",
        other => other,
    }
}

/// A date as year and day of the year: `2013091` is the first of April 2013.
fn day(field: &str, text: &str) -> Field<ServiceDate> {
    text.split_at_checked(4)
        .filter(|(_, day)| day.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit()))
        .and_then(|(year, day)| ServiceDate::from_ordinal(year.parse().ok()?, day.parse().ok()?))
        .ok_or_else(|| FileProblemKind::value(field, text, "a day as YYYYDDD, the year and the day's number in it"))
}

fn optional_day(field: &str, text: &str) -> Field<Option<ServiceDate>> {
    if text.is_empty() {
        Ok(None)
    } else {
        day(field, text).map(Some)
    }
}
