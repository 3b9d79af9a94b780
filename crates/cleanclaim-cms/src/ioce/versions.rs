//! `version_range`: the dates of each version of the editor.

use std::collections::BTreeMap;

use cleanclaim::model::{DateRange, ServiceDate};

use super::{Part, Records};
use crate::fields::{Field, compact_date, decimal};
use crate::headings::Headings;
use crate::period::Quarter;
use crate::problem::{FileProblemKind, ReadError};
use crate::sheet::Row;

/// The versions and their days, one following on the other.
pub(crate) struct Versions {
    by_number: BTreeMap<u16, DateRange>,
    /// `v27.1`, the last version.
    pub(super) name: String,
    /// From the first day of the first version to the end of the quarter of the last: its own last day lies years ahead,
    /// and is replaced when the next version comes.
    pub(super) days: DateRange,
}

impl Versions {
    /// A single bad row is an error of the whole: every other table hangs on these dates.
    pub(super) fn read(part: &Part) -> Result<Self, ReadError> {
        let refuse = |kind| ReadError::new(part.file(), kind);
        let records = Records::of(part).map_err(refuse)?;
        let columns = Columns::of(&records.headings).map_err(refuse)?;
        let mut by_number = BTreeMap::new();
        let mut names = BTreeMap::new();
        for row in records.rows {
            let (number, days) = columns.row(row).map_err(|kind| {
                let mut location = records.sheet.location(row);
                location.file = Some(part.file().into());
                ReadError::at(location, kind)
            })?;
            by_number.insert(number, days);
            names.insert(number, name(row.text(columns.name)));
        }
        refuse_gaps(&by_number).map_err(refuse)?;
        let ends = by_number.first_key_value().zip(by_number.last_key_value());
        let days = ends
            .and_then(|((_, first), (_, last))| {
                let quarter = Quarter::of(last.first())?.days()?;
                DateRange::new(first.first(), quarter.last().min(last.last()))
            })
            .ok_or_else(|| {
                refuse(FileProblemKind::TooFewRows {
                    what: "versions",
                    found: 0,
                    least: 1,
                })
            })?;
        let name = names.pop_last().map(|(_, name)| name).unwrap_or_default();
        Ok(Self { by_number, name, days })
    }

    /// The days from the first of one version to the last of another. The newest version is open: its own last day is made
    /// up, and what it lists goes on until a newer one says otherwise.
    pub(super) fn days_from_to(&self, first: DateRange, last: DateRange) -> Option<DateRange> {
        let is_newest = self
            .by_number
            .last_key_value()
            .is_some_and(|(_, newest)| *newest == last);
        DateRange::new(first.first(), if is_newest { ServiceDate::MAX } else { last.last() })
    }

    /// The days of a version.
    pub(super) fn days_of(&self, field: &str, text: &str) -> Field<DateRange> {
        let number: u16 = decimal(field, text, 0)?;
        self.by_number.get(&number).copied().ok_or_else(|| {
            let ends = self.by_number.first_key_value().zip(self.by_number.last_key_value());
            let (first, last) = ends.map(|((first, _), (last, _))| (*first, *last)).unwrap_or_default();
            FileProblemKind::value(field, text, format!("a version from {first} to {last}"))
        })
    }
}

/// `v27.1` for `27.1.0`: the third number counts corrections.
fn name(id: &str) -> String {
    let numbers: Vec<&str> = id.split('.').take(2).collect();
    format!("v{}", numbers.join("."))
}

fn refuse_gaps(versions: &BTreeMap<u16, DateRange>) -> Result<(), FileProblemKind> {
    let pairs = versions.iter().zip(versions.iter().skip(1));
    for ((&before, days), (&version, next)) in pairs {
        if days.last().next() != Some(next.first()) {
            return Err(FileProblemKind::VersionGap { version, before });
        }
    }
    Ok(())
}

struct Columns {
    version: usize,
    name: usize,
    first: usize,
    last: usize,
}

impl Columns {
    fn of(headings: &Headings) -> Result<Self, FileProblemKind> {
        Ok(Self {
            version: headings.column("version")?,
            name: headings.column("version_id")?,
            first: headings.column("date_started")?,
            last: headings.column("date_ended")?,
        })
    }

    fn row(&self, row: &Row) -> Field<(u16, DateRange)> {
        let version = decimal("version", row.text(self.version), 0)?;
        let first = compact_date("date_started", row.text(self.first))?;
        let last = compact_date("date_ended", row.text(self.last))?;
        let days = DateRange::new(first, last).ok_or_else(|| {
            FileProblemKind::value(
                "date_ended",
                row.text(self.last),
                "a day that is not before date_started",
            )
        })?;
        Ok((version, days))
    }
}
