use cleanclaim::reference::{Release, Rows};

use crate::options::Options;
use crate::problem::{FileProblem, Log, ReadError, Severity};

/// A release as read: what [`ReferenceBuilder::add`](cleanclaim::reference::ReferenceBuilder::add) takes, and what there
/// is to say about the files.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReadRelease {
    /// Which table, which name, which days.
    pub release: Release,
    /// Its rows.
    pub rows: Rows,
    /// Rows lost, and notes.
    pub problems: Vec<FileProblem>,
    /// The files that it was read from.
    pub files: Vec<Box<str>>,
}

impl ReadRelease {
    /// A release from one file, unless it has implausibly few rows.
    pub(crate) fn new(
        release: Release,
        rows: Rows,
        log: Log,
        least: usize,
        options: &Options,
    ) -> Result<Self, ReadError> {
        let file: Box<str> = log.file().into();
        let log = enough(log, release.table.title(), rows.len(), least, options)?;
        Ok(Self {
            release,
            rows,
            problems: log.into_problems(),
            files: vec![file],
        })
    }

    /// How many rows or files were lost.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .count()
    }

    pub(crate) fn file(&self) -> &str {
        self.files.first().map_or("", AsRef::as_ref)
    }

    /// Whether the builder would take only one of the two: they answer for the same days.
    pub(crate) fn is_same_release(&self, other: &Self) -> bool {
        let (a, b) = (&self.release, &other.release);
        a.table == b.table
            && if a.table.is_cumulative() {
                a.in_force.last() == b.in_force.last()
            } else {
                a.in_force.first() == b.in_force.first()
            }
    }
}

/// Whether two schedules are the same but for the conversion factor.
pub(crate) fn differ_in_conversion_factor(a: &Rows, b: &Rows) -> bool {
    let (Rows::FeeSchedule(a), Rows::FeeSchedule(b)) = (a, b) else {
        return false;
    };
    let without = |rows: &[cleanclaim::reference::FeeScheduleRow]| {
        let mut rows = rows.to_vec();
        for row in &mut rows {
            row.values.conversion_factor = 0;
        }
        Rows::FeeSchedule(rows)
    };
    without(a).first_difference(&without(b)).is_none()
}

/// Refuses a file with implausibly few rows.
pub(crate) fn enough(
    log: Log,
    what: &'static str,
    found: usize,
    least: usize,
    options: &Options,
) -> Result<Log, ReadError> {
    let least = if options.allow_small { 1 } else { least };
    if found >= least {
        Ok(log)
    } else {
        Err(ReadError::too_few(log, what, found, least))
    }
}
