//! Kinds by the number of a code: what no published table says.

use once_cell::sync::Lazy;

use crate::model::{DateRange, ProcedureCode, ServiceDate};
use crate::rows::{Row, RowProblem, read_rows};

use super::{ServiceKind, ServiceKinds};

const FILE: &str = "service_kinds.csv";
const TEXT: &str = include_str!("../../data/service_kinds.csv");
const COLUMNS: [&str; 6] = ["kind", "first", "last", "from", "to", "source"];

static SEED: Lazy<KindRanges> = Lazy::new(|| KindRanges::read(FILE, TEXT).0);

/// One row: the codes from one to another are of a kind on these days.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct KindRange {
    /// The kind.
    pub kind: ServiceKind,
    /// The first code, and the last, in the order of their numbers.
    pub codes: (ProcedureCode, ProcedureCode),
    /// The days on which the row holds.
    pub in_force: DateRange,
    /// Who says so; UNVERIFIED where it is from knowledge of the field.
    pub source: Box<str>,
}

/// The rows by which a code is of a kind where no published table says so.
#[derive(Clone, Debug, Default)]
pub struct KindRanges {
    /// By the first character of a code, in the order of the file.
    rows: Vec<Vec<(u32, u32, KindRange)>>,
    /// The days on which a row begins, or has just ended, in order.
    boundaries: Vec<ServiceDate>,
    /// The kinds whose rows all begin on some day, with the first of these: before it nothing is known of them.
    beginnings: Vec<(ServiceKind, ServiceDate)>,
}

/// A digit or a capital letter begins a code.
const FIRST_CHARACTERS: usize = 36;

impl KindRanges {
    /// Those that come with the library, `data/service_kinds.csv`.
    ///
    /// ```
    /// use cleanclaim::kinds::{KindRanges, ServiceKind};
    /// use cleanclaim::{code, date};
    ///
    /// let mut kinds = KindRanges::seed().of(code!("99304"), date!(2024, 8, 6)).map(|row| row.kind);
    /// assert!(kinds.any(|kind| kind == ServiceKind::NursingFacilityVisit));
    /// ```
    #[must_use]
    pub fn seed() -> &'static Self {
        &SEED
    }

    /// Reads rows under the headings `kind,first,last,from,to,source`; an empty day is no limit. What is wrong with a row
    /// is said of it, and the others are read.
    #[must_use]
    pub fn read(file: &str, text: &str) -> (Self, Vec<RowProblem>) {
        let (rows, problems) = read_rows(file, text, &COLUMNS, read_row);
        let mut ranges = Self {
            rows: vec![Vec::new(); FIRST_CHARACTERS],
            boundaries: boundaries(rows.iter().map(|row| row.in_force)),
            beginnings: beginnings(&rows),
        };
        for row in rows {
            let (first, last) = (place(row.codes.0), place(row.codes.1));
            let Some((first, last)) = first.zip(last) else { continue };
            let begins = [row.codes.0, row.codes.1].map(first_character);
            for at in begins[0]..=begins[1] {
                if let Some(rows) = ranges.rows.get_mut(at) {
                    rows.push((first, last, row.clone()));
                }
            }
        }
        (ranges, problems)
    }

    /// The rows of a code that hold on a date.
    pub fn of(&self, code: ProcedureCode, date: ServiceDate) -> impl Iterator<Item = &KindRange> {
        let rows = self.rows.get(first_character(code)).map_or(&[][..], Vec::as_slice);
        let number = place(code);
        rows.iter()
            .filter(move |(first, last, _)| number.is_some_and(|number| (*first..=*last).contains(&number)))
            .map(|(_, _, row)| row)
            .filter(move |row| row.in_force.contains(date))
    }

    /// The days round a date on which the same rows hold.
    pub(crate) fn period(&self, date: ServiceDate) -> DateRange {
        period(&self.boundaries, date)
    }

    /// The kinds that no row covers on a date, because their rows begin later.
    pub(crate) fn unknown_on(&self, date: ServiceDate) -> ServiceKinds {
        let later = self.beginnings.iter().filter(|(_, first)| *first > date);
        later.map(|(kind, _)| *kind).collect()
    }

    /// Every row.
    pub fn all(&self) -> impl Iterator<Item = &KindRange> {
        let rows = self.rows.iter().enumerate();
        rows.flat_map(|(at, rows)| {
            rows.iter()
                .filter(move |(_, _, row)| first_character(row.codes.0) == at)
        })
        .map(|(_, _, row)| row)
    }
}

/// The days on which one of the ranges begins, or has just ended, in order.
pub(crate) fn boundaries(ranges: impl Iterator<Item = DateRange>) -> Vec<ServiceDate> {
    let mut days: Vec<ServiceDate> = ranges
        .flat_map(|range| std::iter::once(range.first()).chain(range.last().next()))
        .collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// The days round a date that no boundary parts from it.
pub(crate) fn period(boundaries: &[ServiceDate], date: ServiceDate) -> DateRange {
    let next = boundaries.partition_point(|&day| day <= date);
    let first = next.checked_sub(1).and_then(|before| boundaries.get(before));
    let last = boundaries.get(next).and_then(|day| day.previous());
    let range = DateRange::new(*first.unwrap_or(&ServiceDate::MIN), last.unwrap_or(ServiceDate::MAX));
    range.unwrap_or(DateRange::single(date))
}

fn beginnings(rows: &[KindRange]) -> Vec<(ServiceKind, ServiceDate)> {
    let first = |kind| {
        let of_kind = rows.iter().filter(|row| row.kind == kind);
        of_kind.map(|row| row.in_force.first()).min()
    };
    let kinds = ServiceKind::ALL.iter().copied();
    kinds
        .filter_map(|kind| Some((kind, first(kind)?)))
        .filter(|(_, first)| *first > ServiceDate::MIN)
        .collect()
}

/// The number of a code among those of its shape: codes of one section of a code system follow each other.
fn place(code: ProcedureCode) -> Option<u32> {
    code.index()
}

fn first_character(code: ProcedureCode) -> usize {
    let [first, ..] = code.as_bytes();
    match first {
        b'0'..=b'9' => usize::from(first - b'0'),
        _ => usize::from(first.wrapping_sub(b'A')) + 10,
    }
}

fn read_row(row: &Row<'_>) -> Result<KindRange, RowProblem> {
    let code = |text: &str| {
        let code = text.parse::<ProcedureCode>().ok().filter(|code| code.index().is_some());
        code.ok_or_else(|| "a procedure code, such as `99213`, `0001U` or `J1885`".to_owned())
    };
    let first = row.value("first", code)?;
    let last = row.value("last", |text| {
        let last = code(text)?;
        let follows = last.index() >= first.index() && last.system() == first.system();
        let problem = || format!("a code of the same shape as `{first}`, not before it");
        follows.then_some(last).ok_or_else(problem)
    })?;
    Ok(KindRange {
        kind: row.value("kind", ServiceKind::read)?,
        codes: (first, last),
        in_force: days(row)?,
        source: row.value("source", |text| {
            let missing = || "who says so".to_owned();
            (!text.is_empty()).then(|| text.into()).ok_or_else(missing)
        })?,
    })
}

/// The days between the columns `from` and `to`, both included; an empty one is no limit.
pub(crate) fn days(row: &Row<'_>) -> Result<DateRange, RowProblem> {
    let day = |text: &str, open: ServiceDate| match text {
        "" => Ok(open),
        day => day
            .parse()
            .map_err(|_| "a day such as `2024-08-06`, or nothing".to_owned()),
    };
    let first: ServiceDate = row.value("from", |text| day(text, ServiceDate::MIN))?;
    row.value("to", |text| {
        let last = day(text, ServiceDate::MAX)?;
        DateRange::new(first, last).ok_or_else(|| format!("a day not before {first}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_seed_is_read() {
        assert_eq!(KindRanges::read(FILE, TEXT).1, []);
        assert!(KindRanges::seed().all().count() > 2000);
    }

    #[test]
    fn bad_rows_are_named_and_the_others_read() {
        let text = "kind,first,last,from,to,source\nvist,99213,99213,,,me\nvisit,99213,99212,,,me\nvisit,99213,G0001,,,me\n\
                    visit,99213,99213,2024-13-01,,me\nvisit,99213,99213,2024-02-01,2024-01-01,me\nvisit,99213,99213,,,\n\
                    drug,J0120,J9999,,,me\n";
        let (ranges, problems) = KindRanges::read("mine.csv", text);
        let named: Vec<_> = problems
            .iter()
            .map(|problem| (problem.line, &*problem.column))
            .collect();
        assert_eq!(
            named,
            [
                (2, "kind"),
                (3, "last"),
                (4, "last"),
                (5, "from"),
                (6, "to"),
                (7, "source")
            ]
        );
        assert_eq!(ranges.all().count(), 1);
    }
}
