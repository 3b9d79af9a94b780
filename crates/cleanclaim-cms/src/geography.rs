//! Where a service is paid: `GPCI`, `ANES` and `LOCCO`, one of each a year, published beside the fee schedule.

use std::fmt;

use cleanclaim::model::DateRange;
use cleanclaim::reference::{AnesthesiaRow, GpciRow, Locality, LocalityRow, Release, Rows, Table};

use crate::fields::{Field, decimal};
use crate::headings::{Headings, normal};
use crate::layout::ReleaseSheet;
use crate::options::Options;
use crate::period::{year_days, year_in_text};
use crate::problem::{FileProblemKind, Log, ReadError};
use crate::release::ReadRelease;
use crate::rows::Distinct;
use crate::sheet::{Row, Sheet};
use crate::source::FileName;

/// Every file at hand has 109 or more.
const LEAST: usize = 50;

/// The three sheets and their reader.
pub(crate) const SHEET: ReleaseSheet = ReleaseSheet {
    is_heading: |row, _| Layout::of_heading(row).is_some(),
    read,
};

/// The three layouts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    Gpci,
    Anesthesia,
    Counties,
}

impl Layout {
    fn of_heading(row: &Row) -> Option<Self> {
        let has = |start: &str| {
            row.texts()
                .any(|text| normal(text).to_ascii_lowercase().starts_with(start))
        };
        if has("locality number") && row.texts().any(|text| normal(text).ends_with("PE GPCI")) {
            Some(Self::Gpci)
        } else if has("locality") && has("national anes cf") {
            Some(Self::Anesthesia)
        } else if has("locality number") && has("fee schedule area") && has("counties") {
            Some(Self::Counties)
        } else {
            None
        }
    }

    fn table(self) -> Table {
        match self {
            Self::Gpci => Table::Gpci,
            Self::Anesthesia => Table::AnesthesiaFactors,
            Self::Counties => Table::Localities,
        }
    }
}

fn read(name: &FileName, sheet: &Sheet, heading: usize, options: &Options) -> Result<ReadRelease, ReadError> {
    let (above, rows) = sheet.rows.split_at_checked(heading + 1).unwrap_or_default();
    let refuse = |kind| ReadError::new(name.display(), kind);
    let heading = above.last().ok_or_else(|| refuse(FileProblemKind::UnknownLayout))?;
    let layout = Layout::of_heading(heading).ok_or_else(|| refuse(FileProblemKind::UnknownLayout))?;
    let headings = Headings::of(heading);
    let mut log = Log::new(name.display());
    let found = match layout {
        Layout::Gpci => gpci(sheet, rows, &headings, &mut log).map(Rows::Gpci),
        Layout::Anesthesia => anesthesia(sheet, rows, &headings, &mut log).map(Rows::AnesthesiaFactors),
        Layout::Counties => counties(sheet, rows, &headings, &mut log).map(Rows::Localities),
    };
    let found = found.map_err(refuse)?;
    let (title, period) = title_and_days(name, above, options).ok_or_else(|| {
        refuse(FileProblemKind::NoRelease {
            what: "year",
            example: "ANES2025.csv",
        })
    })?;
    ReadRelease::new(
        Release::new(layout.table(), &title, period, &name.source("PFS Relative Value Files")),
        found,
        log,
        LEAST,
        options,
    )
}

/// The year stands in the title or the headings, in `ANES` only in the name, in `LOCCO` there with two figures.
fn title_and_days(name: &FileName, above: &[Row], options: &Options) -> Option<(String, DateRange)> {
    let stated = above.iter().flat_map(Row::texts).find_map(year_in_text);
    let year = stated.or_else(|| name.hints().find_map(year_in_text));
    let days = options.period.or_else(|| year_days(year?))?;
    let title = options
        .release
        .as_deref()
        .map(str::to_owned)
        .or_else(|| Some(year?.to_string()))?;
    Some((title, days))
}

/// Rows of a contractor; remarks and blank rows stand between and below them.
fn is_row(record: &Row, contractor: usize) -> bool {
    record
        .text(contractor)
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_digit())
}

/// The zeros that lead a contractor's number are not always there.
fn locality(headings: &Headings, record: &Row, contractor: usize, number: usize) -> Field<Locality> {
    let mac = decimal(headings.get(contractor), record.text(contractor), 0)?;
    let text = record.text(number);
    Locality::new(mac, decimal(headings.get(number), text, 0)?).ok_or_else(|| {
        FileProblemKind::value(
            headings.get(number),
            text,
            "a contractor of five digits and a number of two",
        )
    })
}

fn ending(headings: &Headings, end: &str) -> Result<usize, FileProblemKind> {
    headings.find(end, |text| text.ends_with(end))
}

fn gpci(sheet: &Sheet, rows: &[Row], headings: &Headings, log: &mut Log) -> Result<Vec<GpciRow>, FileProblemKind> {
    let contractor = headings.find("Medicare Administrative Contractor (MAC)", |text| {
        text.contains("Contractor")
    })?;
    let number = headings.column("Locality Number")?;
    let state = headings.column("State")?;
    let name = headings.column("Locality Name")?;
    let work = ending(headings, "PW GPCI (with 1.0 Floor)")?;
    let without_floor = ending(headings, "PW GPCI (without 1.0 Floor)").ok();
    let practice = ending(headings, "PE GPCI")?;
    let malpractice = ending(headings, "MP GPCI")?;
    let mut found = Distinct::new();
    for record in rows.iter().filter(|row| is_row(row, contractor)) {
        let index = |column| decimal(headings.get(column), record.text(column), 3);
        let row = || {
            Ok(GpciRow {
                locality: locality(headings, record, contractor, number)?,
                state: record.text(state).into(),
                name: record.text(name).into(),
                work: index(work)?,
                work_without_floor: without_floor.map(index).transpose()?,
                practice_expense: index(practice)?,
                malpractice: index(malpractice)?,
            })
        };
        if let Err(kind) = row().and_then(|row| found.push(row.locality, row)) {
            log.row(sheet.location(record), kind);
        }
    }
    Ok(found.finish(log))
}

fn anesthesia(
    sheet: &Sheet,
    rows: &[Row],
    headings: &Headings,
    log: &mut Log,
) -> Result<Vec<AnesthesiaRow>, FileProblemKind> {
    let contractor = headings.column("Contractor")?;
    let number = headings.column("Locality")?;
    let name = headings.column("Locality Name")?;
    let start = "National Anes CF of ";
    let factor = headings.find(start, |text| text.starts_with(start))?;
    let heading = headings.get(factor);
    let national = decimal(start.trim_end(), heading.strip_prefix(start).unwrap_or_default(), 4)?;
    let mut found = Distinct::new();
    for record in rows.iter().filter(|row| is_row(row, contractor)) {
        let row = || {
            Ok(AnesthesiaRow {
                locality: locality(headings, record, contractor, number)?,
                name: record.text(name).into(),
                conversion_factor: decimal(heading, record.text(factor), 2)?,
                national,
            })
        };
        if let Err(kind) = row().and_then(|row| found.push(row.locality, row)) {
            log.row(sheet.location(record), kind);
        }
    }
    Ok(found.finish(log))
}

/// A locality may stand in several rows.
#[derive(PartialEq, Eq, Hash)]
struct Area(Locality, Box<str>);

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, self.1)
    }
}

fn counties(
    sheet: &Sheet,
    rows: &[Row],
    headings: &Headings,
    log: &mut Log,
) -> Result<Vec<LocalityRow>, FileProblemKind> {
    // The heading is misspelt in the file (`Adminstrative`).
    let contractor = headings.find("Medicare Administrative Contractor", |text| text.contains("Contractor"))?;
    let number = headings.column("Locality Number")?;
    let state = headings.column("State")?;
    let area = headings.column("Fee Schedule Area")?;
    let counties = headings.column("Counties")?;
    let mut found = Distinct::new();
    let mut in_state = "";
    for record in rows.iter().filter(|row| is_row(row, contractor)) {
        // The state stands on its first row only.
        in_state = Some(record.text(state))
            .filter(|text| !text.is_empty())
            .unwrap_or(in_state);
        let row = locality(headings, record, contractor, number).map(|locality| LocalityRow {
            locality,
            state: in_state.into(),
            area: record.text(area).into(),
            counties: record.text(counties).into(),
        });
        let added = row.and_then(|row| found.push(Area(row.locality, row.area.clone()), row));
        if let Err(kind) = added {
            log.row(sheet.location(record), kind);
        }
    }
    Ok(found.finish(log))
}
