//! What is wrong with a file, or worth knowing about it: where, which field, which value, and what would be valid.

use std::sync::Arc;

use cleanclaim::model::Location;

/// Whether something was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// Nothing that a table needs was lost.
    Note,
    /// A row, a file or a release was lost.
    Error,
}

/// Something that a reader has to say of a file.
///
/// ```
/// use cleanclaim_cms::{Options, Severity, FileSource, read};
///
/// let table = "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n\
///     64632,1,2 Date of Service Edit: Policy,CMS Policy\n\
///     64640,5,4 Something new,Clinical: Data\n";
/// let source = FileSource::bytes("MCR_MUE_PractitionerServices_Eff_07-01-2024.csv", table);
/// let releases = read(source, &Options::default().allow_small())?;
/// let problem = &releases[0].problems[0];
/// assert_eq!(problem.severity, Severity::Error);
/// assert!(problem.to_string().starts_with(
///     "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv:3: field `MUE Adjudication Indicator`: `4 Something new`"
/// ));
/// # Ok::<(), cleanclaim_cms::ReadError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("{location}: {kind}")]
pub struct FileProblem {
    /// Whether something was lost.
    pub severity: Severity,
    /// Where: the file, behind a `!` the file inside it, and the line or cell.
    pub location: Location,
    /// What it is.
    pub kind: FileProblemKind,
}

/// What a reader has to say.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileProblemKind {
    /// The operating system would not give the file.
    #[error("cannot be read: {reason}")]
    Unreadable {
        /// What it said.
        reason: Box<str>,
    },
    /// A zip, gzip or xlsx file that does not open.
    #[error("is no sound {container} file: {reason}; download it again")]
    DamagedContainer {
        /// What the file claims to be.
        container: &'static str,
        /// What is wrong.
        reason: Box<str>,
    },
    /// Not a layout that this crate knows.
    #[error(
        "is not in a layout that is read here: expected PPRRVU, GPCI, ANES or LOCCO (fee schedule), PTP, MUE or AOC \
         (NCCI), an ASC addendum AA, BB or EE, a table of the I/OCE, the CLFS, DMEPOS, HCPCS Level II, or a list of drugs \
         (JW and JZ, Part B)"
    )]
    UnknownLayout,
    /// A table of a known kind that no table of the reference holds.
    #[error("holds {what}, which no table of the reference takes: left out")]
    NoPlace {
        /// What it holds.
        what: Box<str>,
    },
    /// A column that the layout needs.
    #[error("no column is headed `{heading}`: expected the headings as published")]
    MissingColumn {
        /// The heading.
        heading: Box<str>,
    },
    /// A row with too few columns.
    #[error("the row has {found} columns: expected at least {expected}")]
    ShortRow {
        /// How many there are.
        found: usize,
        /// How many the headings have.
        expected: usize,
    },
    /// A value that its field cannot have. The row is lost.
    #[error("field `{field}`: `{}` is not valid: expected {expected}", beginning(value))]
    Value {
        /// The field, as the file heads it.
        field: Box<str>,
        /// The value as it stands.
        value: Box<str>,
        /// What would be valid.
        expected: Box<str>,
    },
    /// A second row of the same key with other values. The second is lost.
    #[error("`{key}` was listed before with other values: expected one row for it")]
    Conflict {
        /// The key.
        key: Box<str>,
    },
    /// A second row of the same key that overlaps the first in time, and says something else. The second is lost.
    #[error(
        "`{key}` from {first} overlaps a row of it that says something else: expected intervals without a day in common"
    )]
    Overlap {
        /// The key.
        key: Box<str>,
        /// The first day of the row.
        first: cleanclaim::model::ServiceDate,
    },
    /// Rows that repeat another row in every value.
    #[error("rows that repeat an earlier row: {count}; each is kept once")]
    Repeated {
        /// How many.
        count: usize,
    },
    /// Rows that overlap an earlier row of their key in time, and say the same.
    #[error("rows that overlap an earlier row of the same key and say the same: {count}; all are kept")]
    Overlapping {
        /// How many.
        count: usize,
    },
    /// Placeholders for codes that were not yet assigned.
    #[error("rows of placeholders in place of codes, such as `{example}`: {count}; left out")]
    Placeholders {
        /// How many.
        count: usize,
        /// One of them.
        example: Box<str>,
    },
    /// Rows with remarks in words, which no table holds.
    #[error("rows with a special instruction, such as `{example}`: {count}; kept without it")]
    Instructions {
        /// How many.
        count: usize,
        /// One of them.
        example: Box<str>,
    },
    /// Rows that are in force on no day.
    #[error("rows that end before they begin, such as `{example}`: {count}; they are in force on no day")]
    NeverInForce {
        /// How many.
        count: usize,
        /// One of them.
        example: Box<str>,
    },
    /// Pairs with overlapping intervals, which the packed table makes disjoint.
    #[error(
        "rows of pairs that overlap another row of the pair in time: {count}; of two, the one that ends first holds to its end"
    )]
    OverlappingPairs {
        /// How many.
        count: usize,
    },
    /// More problems of rows than are listed.
    #[error("more rows lost for reasons like these: {count}")]
    More {
        /// How many.
        count: usize,
    },
    /// The file does not say which release it is.
    #[error(
        "says nowhere which {what} it is for: keep the published name, such as `{example}`, or state the release and its period"
    )]
    NoRelease {
        /// Quarter, year or version.
        what: &'static str,
        /// A published file name.
        example: &'static str,
    },
    /// The file does not say whose services it is about.
    #[error(
        "says nowhere whether it is for practitioners or outpatient hospitals: keep the published name, such as `{example}`, or state the setting"
    )]
    NoSetting {
        /// A published file name.
        example: &'static str,
    },
    /// Fewer rows than the layout ever had.
    #[error(
        "has {found} rows of {what}: expected at least {least}; if it is meant to be an excerpt, allow small tables"
    )]
    TooFewRows {
        /// What the rows are.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there should be.
        least: usize,
    },
    /// Parts of a release are not there.
    #[error("release `{release}` is missing {missing}: its codes would wrongly be reported as not listed")]
    MissingPart {
        /// The release.
        release: Box<str>,
        /// What is missing.
        missing: Box<str>,
    },
    /// The same part of a release twice, with other rows.
    #[error("differs from `{other}`, which holds the same release, first at {difference}: give one of them")]
    Differs {
        /// The other file.
        other: Box<str>,
        /// The first difference.
        difference: Box<str>,
    },
    /// The same rows as another file.
    #[error("holds the same rows as `{other}`: read once")]
    Agrees {
        /// The other file.
        other: Box<str>,
    },
    /// The same schedule with the conversion factor of the other payment track.
    #[error(
        "is the schedule of `{other}` with another conversion factor: left out, as a reference holds one; give it alone to use it"
    )]
    OtherConversionFactor {
        /// The other file.
        other: Box<str>,
    },
    /// Another form of what is read from the text.
    #[error(
        "is a workbook of PTP edits: left out; the text file of the same name, published beside it, is what is read"
    )]
    PairsWorkbook,
    /// A version range of the editor that does not follow on the one before.
    #[error("version {version} does not begin on the day after version {before} ends: expected versions without a gap")]
    VersionGap {
        /// The version.
        version: u16,
        /// The one before.
        before: u16,
    },
    /// Stated for one release, but there are several.
    #[error(
        "a release, period or setting was stated, and there are {found} releases: state them for one release at a time"
    )]
    StatedForSeveral {
        /// How many there are.
        found: usize,
    },
    /// A pipe, a socket or a device in a folder.
    #[error("is no file: left out")]
    NoFile,
    /// A sheet, or a text of separated values, with more rows or columns than any table has.
    #[error("has more than {most} {what}: expected a table as published, none of which comes near")]
    TooLarge {
        /// What it has too many of.
        what: &'static str,
        /// How many it may have.
        most: usize,
    },
    /// Folders too deep.
    #[error("folders lie more than {most} deep: left out")]
    TooDeep {
        /// How deep they may lie.
        most: usize,
    },
    /// The rows do not make a release.
    #[error(transparent)]
    Build(#[from] cleanclaim::reference::BuildError),
}

/// As much of a value as tells which one it is: a field may be as long as its file.
fn beginning(value: &str) -> std::borrow::Cow<'_, str> {
    const SHOWN: usize = 200;
    match value.char_indices().nth(SHOWN) {
        None => value.into(),
        Some((end, _)) => format!("{}...", value.get(..end).unwrap_or_default()).into(),
    }
}

impl FileProblemKind {
    pub(crate) fn value(field: &str, value: &str, expected: impl Into<Box<str>>) -> Self {
        Self::Value {
            field: field.into(),
            value: value.into(),
            expected: expected.into(),
        }
    }
}

/// Why nothing could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct ReadError {
    problem: Box<FileProblem>,
    rows: Vec<FileProblem>,
}

impl ReadError {
    pub(crate) fn new(file: &str, kind: FileProblemKind) -> Self {
        Self::at(Location::in_file(file), kind)
    }

    pub(crate) fn at(location: Location, kind: FileProblemKind) -> Self {
        Self {
            problem: Box::new(FileProblem {
                severity: Severity::Error,
                location,
                kind,
            }),
            rows: Vec::new(),
        }
    }

    /// That too few rows are left, with what was lost of them: the first such says more than that there are none.
    pub(crate) fn too_few(log: Log, what: &'static str, found: usize, least: usize) -> Self {
        let few = Self::new(&log.file, FileProblemKind::TooFewRows { what, found, least });
        let mut rows = log.into_problems();
        let lost = rows.iter().position(|problem| problem.severity == Severity::Error);
        match lost.filter(|_| found == 0) {
            Some(first) => Self {
                problem: Box::new(rows.remove(first)),
                rows,
            },
            None => Self { rows, ..few },
        }
    }

    /// What is wrong, and where.
    #[must_use]
    pub fn problem(&self) -> &FileProblem {
        &self.problem
    }

    /// What else there is to say of rows of the file.
    #[must_use]
    pub fn rows(&self) -> &[FileProblem] {
        &self.rows
    }

    pub(crate) fn into_problems(self) -> impl Iterator<Item = FileProblem> {
        std::iter::once(*self.problem).chain(self.rows)
    }
}

/// Rows after which a file's further problems are only counted.
const MOST_ROWS: usize = 100;

/// The problems of one file, in the order found.
#[derive(Debug)]
pub(crate) struct Log {
    file: Arc<str>,
    problems: Vec<FileProblem>,
    lost: usize,
}

impl Log {
    pub(crate) fn new(file: &str) -> Self {
        Self {
            file: file.into(),
            problems: Vec::new(),
            lost: 0,
        }
    }

    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// A row of the file is lost.
    pub(crate) fn row(&mut self, row: Location, kind: FileProblemKind) {
        self.lost += 1;
        if self.lost <= MOST_ROWS {
            self.push(Severity::Error, row, kind);
        }
    }

    pub(crate) fn note(&mut self, kind: FileProblemKind) {
        self.push(Severity::Note, Location::default(), kind);
    }

    fn push(&mut self, severity: Severity, inside: Location, kind: FileProblemKind) {
        let mut location = inside;
        location.file = Some(Arc::clone(&self.file));
        self.problems.push(FileProblem {
            severity,
            location,
            kind,
        });
    }

    pub(crate) fn into_problems(mut self) -> Vec<FileProblem> {
        if self.lost > MOST_ROWS {
            let count = self.lost - MOST_ROWS;
            self.push(Severity::Error, Location::default(), FileProblemKind::More { count });
        }
        self.problems
    }
}
