use std::collections::BTreeMap;

use cleanclaim::reference::{Release, Rows};

use crate::options::Options;
use crate::problem::{Log, Problem, ReadError, Severity};

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
    pub problems: Vec<Problem>,
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

/// The key of the first row that only one of the two has, or that differs; none where they agree.
pub(crate) fn first_difference<R: PartialEq>(a: &[R], b: &[R], key: impl Fn(&R) -> String) -> Option<String> {
    let sorted = |rows| {
        let mut sorted: BTreeMap<String, Vec<&R>> = BTreeMap::new();
        for row in rows {
            sorted.entry(key(row)).or_default().push(row);
        }
        sorted
    };
    let (a, b) = (sorted(a.iter().collect::<Vec<_>>()), sorted(b.iter().collect()));
    let differs = a
        .iter()
        .find(|(key, rows)| b.get(*key) != Some(*rows))
        .map(|(key, _)| key);
    let only_b = b.keys().find(|key| !a.contains_key(*key));
    differs.into_iter().chain(only_b).min().cloned()
}

/// The first row in which two files of the same release differ; none where they agree.
pub(crate) fn difference(a: &Rows, b: &Rows) -> Option<String> {
    match (a, b) {
        (Rows::FeeSchedule(a), Rows::FeeSchedule(b)) => first_difference(a, b, |row| {
            format!("{} {}", row.code, row.indicators.component)
                .trim_end()
                .to_owned()
        }),
        (Rows::Mue(a), Rows::Mue(b)) => first_difference(a, b, |row| row.code.to_string()),
        (Rows::AddOn(a), Rows::AddOn(b)) => first_difference(a, b, |row| {
            let primary = row.primary.map_or_else(|| "CCCCC".to_owned(), |code| code.to_string());
            format!("{} {primary} {}", row.add_on, row.effective)
        }),
        (Rows::Asc(a), Rows::Asc(b)) => first_difference(a, b, |row| format!("{} {}", row.code, row.entry.addendum)),
        (Rows::Modifiers(a), Rows::Modifiers(b)) => {
            first_difference(a, b, |row| format!("{} {}", row.modifier, row.in_force))
        }
        (Rows::ModifierConflicts(a), Rows::ModifierConflicts(b)) => {
            first_difference(a, b, |row| format!("{} {} {}", row.first, row.second, row.in_force))
        }
        (Rows::OutpatientCodes(a), Rows::OutpatientCodes(b)) => {
            first_difference(a, b, |row| format!("{} {}", row.code, row.entry.in_force))
        }
        (Rows::Gpci(a), Rows::Gpci(b)) => first_difference(a, b, |row| row.locality.to_string()),
        (Rows::AnesthesiaFactors(a), Rows::AnesthesiaFactors(b)) => {
            first_difference(a, b, |row| row.locality.to_string())
        }
        (Rows::Localities(a), Rows::Localities(b)) => {
            first_difference(a, b, |row| format!("{} {}", row.locality, row.area))
        }
        (a, b) => (a != b).then(|| "some row".to_owned()),
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
        rows
    };
    let (a, b) = (without(a), without(b));
    first_difference(&a, &b, |row| format!("{} {}", row.code, row.indicators.component)).is_none()
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
