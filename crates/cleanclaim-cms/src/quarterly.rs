//! Sheets of one layout: some rows of notice, a heading row, then one row a record; one release a
//! quarter, which the file's name says.

use cleanclaim::reference::{Release, Rows, Table};

use crate::fields::Field;
use crate::headings::Headings;
use crate::options::Options;
use crate::problem::{FileProblemKind, Log, ReadError};
use crate::release::ReadRelease;
use crate::rows::Distinct;
use crate::sheet::{Row, Sheet};
use crate::source::FileName;

/// Such a sheet: where its columns are, and what a row of it says.
pub(crate) struct QuarterlySheet<C, R> {
    pub(crate) table: Table,
    /// What CMS calls the file.
    pub(crate) what: &'static str,
    /// A name that says the quarter.
    pub(crate) example: &'static str,
    /// No published file has fewer rows.
    pub(crate) least: usize,
    pub(crate) columns: fn(&Headings) -> Result<C, FileProblemKind>,
    /// None for a row that the table does not take.
    pub(crate) row: fn(&C, &Row) -> Field<Option<R>>,
    /// What tells two rows apart.
    pub(crate) key: fn(&R) -> String,
    pub(crate) rows: fn(Vec<R>) -> Rows,
}

impl<C, R: PartialEq> QuarterlySheet<C, R> {
    pub(crate) fn read(
        &self,
        name: &FileName,
        sheet: &Sheet,
        heading: usize,
        options: &Options,
    ) -> Result<ReadRelease, ReadError> {
        let refuse = |kind| ReadError::new(name.display(), kind);
        let (above, rows) = sheet.rows.split_at_checked(heading + 1).unwrap_or_default();
        let heading = above.last().ok_or_else(|| refuse(FileProblemKind::UnknownLayout))?;
        let columns = (self.columns)(&Headings::of(heading)).map_err(refuse)?;
        let (release, days) = name.dated_quarter(options, self.example)?;
        let mut log = Log::new(name.display());
        let mut found = Distinct::new();
        for record in rows {
            let added = (self.row)(&columns, record).and_then(|row| match row {
                Some(row) => found.push((self.key)(&row), row),
                None => Ok(()),
            });
            if let Err(kind) = added {
                log.row(sheet.location(record), kind);
            }
        }
        let rows = (self.rows)(found.finish(&mut log));
        let release = Release::new(self.table, &release, days, &name.source(self.what));
        ReadRelease::new(release, rows, log, self.least, options)
    }
}
