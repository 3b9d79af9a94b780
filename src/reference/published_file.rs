//! Which published file answers for a date, by the name that CMS gives it, and which are missing.

use std::fmt;

use crate::model::ServiceDate;

use super::Reference;
use super::release::{Gap, Stale};
use super::tables::Table;

const MONTHS: [&str; 4] = ["January", "April", "July", "October"];

impl Table {
    /// The published file that answers for a date, by the name that CMS gives it: what to fetch where no loaded release does.
    ///
    /// Names follow the pattern of the last years; CMS may name a file that is not out yet otherwise.
    ///
    /// ```
    /// use cleanclaim::date;
    /// use cleanclaim::reference::Table;
    ///
    /// let file = |table: Table| table.published_file(date!(2026, 8, 6));
    /// assert_eq!(file(Table::FeeSchedule), "PFS Relative Value Files RVU26C: PPRRVU2026_Jul");
    /// assert_eq!(file(Table::PractitionerPairs), "NCCI PTP edits, practitioner, 2026Q3: ccipra-v322r0-f1 to f4");
    /// assert_eq!(file(Table::PractitionerMue), "MUE 2026Q3: MCR_MUE_PractitionerServices_Eff_07-01-2026");
    /// assert_eq!(file(Table::OutpatientCodes), "I/OCE v27.2, 2026Q3: code tables");
    /// ```
    #[must_use]
    pub fn published_file(self, date: ServiceDate) -> String {
        self.file_of(date.year(), quarter(date))
    }

    fn file_of(self, year: i32, quarter: u8) -> String {
        let quarter = usize::from(quarter);
        let month = MONTHS.get(quarter).copied().unwrap_or_default();
        let short = month.get(..3).unwrap_or_default();
        // Versions of the NCCI count from v30 in 2024, those of the I/OCE from v20 in 2019; the second number is the quarter.
        let values = [
            ("{yyyy}", year.to_string()),
            ("{yy}", format!("{:02}", year % 100)),
            ("{q}", (quarter + 1).to_string()),
            (
                "{a}",
                ["A", "B", "C", "D"].get(quarter).copied().unwrap_or_default().into(),
            ),
            ("{Month}", month.into()),
            ("{Mon}", short.into()),
            ("{MON}", short.to_ascii_uppercase()),
            ("{mm}", format!("{:02}", quarter * 3 + 1)),
            ("{ncci}", format!("{}{quarter}", year - 1994)),
            ("{ioce}", format!("{}.{quarter}", year - 1999)),
        ];
        values
            .iter()
            .fold(self.file_pattern().to_owned(), |name, (mark, value)| {
                name.replace(mark, value)
            })
    }
}

fn quarter(date: ServiceDate) -> u8 {
    (date.month() - 1) / 3
}

/// A published file that answers for a quarter, where no loaded release does.
///
/// Printed by the name that CMS gives the file.
///
/// ```
/// use cleanclaim::reference::{Reference, Table};
/// use cleanclaim::{Evaluator, date};
///
/// let missing = Evaluator::starter().reference().missing(date!(2025, 2, 3));
/// let mue = missing.iter().find(|missing| missing.table() == Table::PractitionerMue).unwrap();
/// assert_eq!(mue.to_string(), "MUE 2025Q1: MCR_MUE_PractitionerServices_Eff_01-01-2025");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MissingRelease {
    table: Table,
    year: i32,
    quarter: u8,
}

impl MissingRelease {
    /// The table.
    #[must_use]
    pub const fn table(&self) -> Table {
        self.table
    }

    fn new(table: Table, date: ServiceDate) -> Self {
        Self {
            table,
            year: date.year(),
            quarter: quarter(date),
        }
    }
}

impl fmt::Display for MissingRelease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.table.file_of(self.year, self.quarter))
    }
}

impl serde::Serialize for MissingRelease {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Reference {
    /// The published files that are missing for a date of service: one for each table of which no loaded release is in force
    /// then. An excerpt counts as loaded.
    #[must_use]
    pub fn missing(&self, date: ServiceDate) -> Vec<MissingRelease> {
        let in_force = self.tables.on(date, Stale::Refuse);
        let tables = Table::ALL.iter().filter(|&&table| in_force.is_excerpt(table).is_err());
        tables.map(|&table| MissingRelease::new(table, date)).collect()
    }

    /// The published file that would fill a gap on a date.
    pub(crate) fn to_fill(&self, gap: Gap, date: ServiceDate) -> Option<MissingRelease> {
        let table = match gap {
            Gap::NotLoaded(table) | Gap::BeforeFirst(table) => table,
            Gap::Stale(id) | Gap::OutsideExcerpt(id) => self.release(id)?.table,
        };
        Some(MissingRelease::new(table, date))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_pattern_keeps_a_mark() {
        for table in Table::ALL {
            for date in ["2024-01-01", "2025-12-31"] {
                let file = table.published_file(date.parse().unwrap());
                assert!(!file.contains(['{', '}']) && !file.is_empty(), "{file}");
            }
        }
    }
}
