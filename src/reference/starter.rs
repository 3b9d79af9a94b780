//! The embedded starter reference: text files under `data/`, read once when they are first asked for.
//!
//! Each file says in its `#` lines which table it is, its release, the days it is in force, its source, and the codes it
//! answers for. Its rows go the way of every other reference: typed, packed in memory, opened.

use once_cell::sync::Lazy;

use crate::model::{DateRange, ParseError, ProcedureCode, ServiceDate, fixed};

use super::{BuildError, Reference, ReferenceBuilder, Release, Rows, Table, UnknownIndicator};

const CODES: &str = include_str!("../../data/codes.txt");

const FILES: &[(&str, &str)] = embedded![
    "":
    "add-on-2026q2.csv",
    "asc-2024-07-01.csv",
    "asc-2024-10-01.csv",
    "asc-2025-01-01.csv",
    "asc-2025-04-01.csv",
    "asc-2025-07-01.csv",
    "asc-2025-10-01.csv",
    "asc-2026-01-01.csv",
    "asc-2026-04-01.csv",
    "dme-mue-2026-04-01.csv",
    "dmepos-2026-07-01.csv",
    "fee-schedule-2024c.csv",
    "fee-schedule-2025d.csv",
    "fee-schedule-2026b.csv",
    "fee-schedule-2026c.csv",
    "gpci-2025.csv",
    "gpci-2026.csv",
    "hcpcs-level2-2024-07-01.csv",
    "hospital-mue-2024-07-01.csv",
    "hospital-mue-2026-04-01.csv",
    "hospital-mue-2026-07-01.csv",
    "hospital-pairs-v32.1.csv",
    "laboratory-2026-04-01.csv",
    "modifier-conflicts-v27.1.csv",
    "modifiers-v27.1.csv",
    "outpatient-codes-v27.1.csv",
    "part-b-drugs-2026-07-01.csv",
    "practitioner-mue-2024-07-01.csv",
    "practitioner-mue-2026-04-01.csv",
    "practitioner-mue-2026-07-01.csv",
    "practitioner-pairs-v30.2.csv",
    "practitioner-pairs-v32.2.csv",
    "single-dose-drugs-2025-06-20.csv",
];

static STARTER: Lazy<Reference> = Lazy::new(|| read_all().unwrap_or_else(|_| Reference::empty()));

impl Reference {
    /// The embedded starter reference: about a hundred codes round CPT 64632 and some seventy of every other kind of
    /// service, whole for dates of service from 2026-04-01 to 2026-06-30 and from 2024-07-01 to 2024-09-30, with releases
    /// of some tables for the quarters round these.
    ///
    /// It is an excerpt: of any other code it says that it does not answer.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{Gap, Lookup, Reference, Setting, Stale};
    /// use cleanclaim::{code, date};
    ///
    /// let starter = Reference::starter();
    /// let mue = |code| starter.mue(Setting::Practitioner, code, date!(2024, 8, 6), Stale::Refuse);
    /// assert_eq!(mue(code!("64632")).found().map(|found| found.row.value), Some(1));
    /// assert!(matches!(mue(code!("27130")), Lookup::NotCovered(Gap::OutsideExcerpt(_))));
    /// ```
    #[must_use]
    pub fn starter() -> &'static Self {
        // The files are part of this crate and a test reads them all; were one unreadable, the empty reference would
        // answer "not covered" to everything, never "clean".
        &STARTER
    }
}

/// Why an embedded file is not a table.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StarterError {
    #[error("{file}:{line}: {problem}")]
    Row {
        file: &'static str,
        line: usize,
        problem: RowError,
    },
    #[error("{file}: the heading `{heading}` is missing or unreadable")]
    Heading { file: &'static str, heading: &'static str },
    #[error(transparent)]
    Build(#[from] BuildError),
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum RowError {
    #[error("the column `{0}` is missing")]
    Column(&'static str),
    #[error("`{0}` is no number of this column")]
    Number(String),
    #[error(transparent)]
    Value(#[from] ParseError),
    #[error(transparent)]
    Indicator(#[from] UnknownIndicator),
    #[error("`{0}` is no flag of this table")]
    Flag(String),
    #[error("the starter holds no rows of this table: neither rules nor prices read them")]
    NotEmbedded,
}

fn read_all() -> Result<Reference, StarterError> {
    let codes = codes(CODES);
    let mut builder = ReferenceBuilder::new();
    for &(name, text) in FILES {
        let (release, rows) = EmbeddedFile::new(name, text).read(&codes)?;
        builder.add(release, rows)?;
    }
    Ok(builder.build()?)
}

fn codes(text: &str) -> Vec<ProcedureCode> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::split_whitespace)
        .filter_map(|code| code.parse().ok())
        .collect()
}

pub(crate) struct EmbeddedFile {
    name: &'static str,
    text: &'static str,
}

impl EmbeddedFile {
    fn new(name: &'static str, text: &'static str) -> Self {
        Self { name, text }
    }

    fn read(&self, starter: &[ProcedureCode]) -> Result<(Release, Rows), StarterError> {
        let table: Table = self.heading("table")?;
        let name: String = self.heading("release")?;
        let in_force: DateRange = self.heading("in force")?;
        let source: String = self.heading("source")?;
        let mut release = Release::new(table, &name, in_force, &source);
        let covers: Vec<&str> = self.headings("answers for").collect();
        match covers.as_slice() {
            [] => return Err(self.no_heading("answers for")),
            ["every code"] => {}
            ["codes.txt"] => release = release.excerpt_of(starter.to_vec()),
            lists => release = release.excerpt_of(codes(&lists.join(" "))),
        }
        Ok((release, Rows::read(table, self)?))
    }

    fn headings(&self, heading: &str) -> impl Iterator<Item = &'static str> {
        let prefix = format!("# {heading}: ");
        self.text
            .lines()
            .filter_map(move |line| line.strip_prefix(prefix.as_str()))
    }

    fn heading<T: std::str::FromStr>(&self, heading: &'static str) -> Result<T, StarterError> {
        self.headings(heading)
            .next()
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| self.no_heading(heading))
    }

    fn no_heading(&self, heading: &'static str) -> StarterError {
        StarterError::Heading {
            file: self.name,
            heading,
        }
    }

    /// Every row below the heading row.
    pub(super) fn each<T>(
        &self,
        mut read: impl FnMut(&TextRow<'_>) -> Result<T, RowError>,
    ) -> Result<Vec<T>, StarterError> {
        let mut lines = (1..).zip(self.text.lines()).filter(|(_, line)| !line.starts_with('#'));
        let (_, names) = lines.next().ok_or_else(|| self.no_heading("columns"))?;
        lines
            .map(|(line, text)| {
                read(&TextRow { names, text }).map_err(|problem| StarterError::Row {
                    file: self.name,
                    line,
                    problem,
                })
            })
            .collect()
    }
}

/// One row: fields by the names of the heading row.
pub(crate) struct TextRow<'a> {
    names: &'a str,
    text: &'a str,
}

impl<'a> TextRow<'a> {
    pub(super) fn text(&self, column: &'static str) -> Result<&'a str, RowError> {
        let at = self.names.split(',').position(|name| name == column);
        at.and_then(|at| self.text.split(',').nth(at))
            .ok_or(RowError::Column(column))
    }

    pub(super) fn value<T: std::str::FromStr<Err = ParseError>>(&self, column: &'static str) -> Result<T, RowError> {
        Ok(self.text(column)?.parse()?)
    }

    pub(super) fn optional<T: std::str::FromStr<Err = ParseError>>(
        &self,
        column: &'static str,
    ) -> Result<Option<T>, RowError> {
        match self.text(column)? {
            "" => Ok(None),
            text => Ok(Some(text.parse()?)),
        }
    }

    pub(super) fn number<T: std::str::FromStr>(&self, column: &'static str) -> Result<T, RowError> {
        let text = self.text(column)?;
        text.parse().map_err(|_| RowError::Number(text.to_owned()))
    }

    /// A decimal as a whole number of its last digit's units.
    pub(super) fn decimal(&self, column: &'static str, places: u32) -> Result<u32, RowError> {
        let text = self.text(column)?;
        fixed::parse(text, places)
            .and_then(|value| u32::try_from(value).ok())
            .ok_or_else(|| RowError::Number(text.to_owned()))
    }

    pub(super) fn pair_of_bytes(&self, column: &'static str) -> Result<[u8; 2], RowError> {
        let text = self.text(column)?;
        let padded = format!("{text:2}");
        <[u8; 2]>::try_from(padded.as_bytes()).map_err(|_| RowError::Number(text.to_owned()))
    }

    /// A date as the published pair files print it.
    pub(super) fn compact_date(&self, column: &'static str) -> Result<Option<ServiceDate>, RowError> {
        match self.text(column)? {
            "" => Ok(None),
            text => Ok(Some(ServiceDate::parse_compact(text)?)),
        }
    }

    /// A row without a last day is open.
    pub(super) fn in_force(&self) -> Result<DateRange, RowError> {
        let (first, last) = (self.value("first")?, self.optional("last")?);
        DateRange::new(first, last.unwrap_or(ServiceDate::MAX)).ok_or(RowError::Column("first"))
    }
}

/// A flag by the name of its column.
pub(super) fn parse_flag<T: std::str::FromStr>(text: &str) -> Result<T, RowError> {
    text.parse().map_err(|_| RowError::Flag(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_file_is_read() {
        let reference = read_all().unwrap();
        assert_eq!(reference.releases().len(), FILES.len());
    }

    #[test]
    fn the_list_of_codes_is_a_list_of_codes() {
        let words = CODES
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(str::split_whitespace);
        assert_eq!(words.count(), codes(CODES).len());
    }
}
