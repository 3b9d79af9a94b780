//! Which published file answers for a date, by the name that CMS gives it.

use crate::model::ServiceDate;

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
        let quarter = usize::from(date.month() - 1) / 3;
        let month = MONTHS.get(quarter).copied().unwrap_or_default();
        let short = month.get(..3).unwrap_or_default();
        let year = date.year();
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
