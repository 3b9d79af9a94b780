//! Tables of the Integrated Outpatient Code Editor (I/OCE): csv files of rows with version ranges, and a table that
//! gives the versions their dates.

mod codes;
mod conflicts;
mod edits;
mod modifiers;
mod versions;

use cleanclaim::model::{DateRange, ServiceDate};
use cleanclaim::reference::{Release, Rows, Table as ReferenceTable};

use self::versions::Versions;
use crate::fields::Field;
use crate::headings::Headings;
use crate::options::Options;
use crate::problem::{FileProblemKind, Log, ReadError};
use crate::release::ReadRelease;
use crate::sheet::{Row, Sheet};
use crate::source::FileName;

/// A table of the editor.
#[derive(Clone, Copy)]
pub(crate) enum Table {
    Versions,
    Release(&'static ReleaseTable),
    /// A table that no table of the reference takes.
    Other,
}

/// How a table of the editor is told from others, and read.
pub(crate) struct ReleaseTable {
    /// The headings that tell it from the others.
    headings: &'static [&'static str],
    table: ReferenceTable,
    /// No published file has fewer rows.
    least: usize,
    read: fn(&Part, &Versions, &mut Log) -> Result<Rows, FileProblemKind>,
}

/// Every table of the editor that a table of the reference takes, one line each.
const RELEASE_TABLES: &[ReleaseTable] = &[codes::TABLE, modifiers::TABLE, conflicts::TABLE, edits::TABLE];

impl Table {
    /// The table with this heading row: every one of the editor's has version ranges, and so does no other file.
    pub(crate) fn of_heading(row: &Row) -> Option<Self> {
        let has = |heading: &str| row.texts().any(|text| text == heading);
        if has("version") && has("date_started") {
            return Some(Self::Versions);
        }
        if !(has("lo_version") && has("hi_version")) {
            return None;
        }
        // The first heading names what the rows are about.
        let is_it = |table: &&ReleaseTable| {
            table.headings.first().is_some_and(|first| row.text(0) == *first)
                && table.headings.iter().all(|heading| has(heading))
        };
        Some(RELEASE_TABLES.iter().find(is_it).map_or(Self::Other, Self::Release))
    }
}

/// A table of the editor that waits for the versions.
pub(crate) struct Part {
    pub(crate) table: Table,
    pub(crate) folder: Box<str>,
    name: FileName,
    sheet: Sheet,
}

impl Part {
    pub(crate) fn new(name: &FileName, table: Table, sheet: Sheet) -> Self {
        Self {
            table,
            folder: name.folder().into(),
            name: name.clone(),
            sheet,
        }
    }

    pub(crate) fn file(&self) -> &str {
        self.name.display()
    }
}

/// The versions, where just one folder has the table of them: then they are those of every folder.
pub(crate) fn only_versions<'a>(folders: impl Iterator<Item = &'a Vec<Part>>) -> Option<Result<Versions, ReadError>> {
    let mut tables = folders.flatten().filter(|part| matches!(part.table, Table::Versions));
    let (first, second) = (tables.next(), tables.next());
    first.filter(|_| second.is_none()).map(Versions::read)
}

/// The releases of one folder of tables, by its own versions or by those that are the `only` ones.
pub(crate) fn merge(
    parts: Vec<Part>,
    only: Option<&Result<Versions, ReadError>>,
    options: &Options,
) -> (Vec<ReadRelease>, Vec<ReadError>) {
    let (versions, tables): (Vec<Part>, Vec<Part>) = parts
        .into_iter()
        .partition(|part| matches!(part.table, Table::Versions));
    if tables.is_empty() && versions.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let own = versions.first().map(Versions::read);
    let versions = match (own.as_ref().or(only), tables.first()) {
        (Some(Ok(versions)), _) => versions,
        // Said once, of the folder that has the table.
        (Some(Err(error)), _) if own.is_some() => return (Vec::new(), vec![error.clone()]),
        (Some(Err(_)), _) | (None, None) => return (Vec::new(), Vec::new()),
        (None, Some(part)) => {
            let missing = FileProblemKind::MissingPart {
                release: "I/OCE".into(),
                missing: "the table of versions (`version_range.csv`)".into(),
            };
            return (Vec::new(), vec![ReadError::new(part.file(), missing)]);
        }
    };
    let (mut releases, mut errors) = (Vec::new(), Vec::new());
    for part in &tables {
        let Table::Release(table) = part.table else { continue };
        match release(part, table, versions, options) {
            Ok(read) => releases.push(read),
            Err(error) => errors.push(error),
        }
    }
    (releases, errors)
}

fn release(
    part: &Part,
    table: &ReleaseTable,
    versions: &Versions,
    options: &Options,
) -> Result<ReadRelease, ReadError> {
    let mut log = Log::new(part.file());
    let rows = (table.read)(part, versions, &mut log);
    let rows = rows.map_err(|kind| ReadError::new(part.file(), kind))?;
    let name = options
        .release
        .as_deref()
        .map_or_else(|| versions.name.clone(), str::to_owned);
    let days = options.period.unwrap_or(versions.days);
    let release = Release::new(
        table.table,
        &name,
        days,
        &format!("CMS, I/OCE table {}", part.name.base()),
    );
    ReadRelease::new(release, rows, log, table.least, options)
}

/// The headings of a table, and each of its rows.
struct Records<'a> {
    headings: Headings,
    sheet: &'a Sheet,
    rows: &'a [Row],
}

impl<'a> Records<'a> {
    fn of(part: &'a Part) -> Result<Self, FileProblemKind> {
        let (heading, rows) = part.sheet.rows.split_first().ok_or(FileProblemKind::UnknownLayout)?;
        Ok(Self {
            headings: Headings::of(heading),
            sheet: &part.sheet,
            rows,
        })
    }

    /// Gives each row to `add`, and what it refuses to the log.
    fn each(&self, log: &mut Log, mut add: impl FnMut(&Row) -> Field<()>) {
        for row in self.rows {
            let added = match row.len() < self.headings.len() {
                true => Err(FileProblemKind::ShortRow {
                    found: row.len(),
                    expected: self.headings.len(),
                }),
                false => add(row),
            };
            if let Err(kind) = added {
                log.row(self.sheet.location(row), kind);
            }
        }
    }
}

/// The columns that give a row its days.
struct VersionColumns {
    first: usize,
    last: usize,
}

impl VersionColumns {
    fn of(headings: &Headings) -> Result<Self, FileProblemKind> {
        Ok(Self {
            first: headings.column("lo_version")?,
            last: headings.column("hi_version")?,
        })
    }

    fn days(&self, row: &Row, versions: &Versions) -> Field<DateRange> {
        let first = versions.days_of("lo_version", row.text(self.first))?;
        let last = versions.days_of("hi_version", row.text(self.last))?;
        versions.days_from_to(first, last).ok_or_else(|| {
            FileProblemKind::value(
                "hi_version",
                row.text(self.last),
                "a version that is not before lo_version",
            )
        })
    }
}

/// A date written `YYYYMMDD`, 0 for none.
fn optional_date(field: &str, text: &str) -> Field<Option<ServiceDate>> {
    match text {
        "" | "0" => Ok(None),
        _ => crate::fields::compact_date(field, text).map(Some),
    }
}
