//! Finding columns by their headings.

use crate::problem::FileProblemKind;
use crate::sheet::Row;

/// One blank between words, none around them: headings are broken and spaced differently every year.
pub(crate) fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The headings of a sheet, one text a column.
pub(crate) struct Headings(Vec<String>);

impl Headings {
    pub(crate) fn of(row: &Row) -> Self {
        Self(row.texts().map(normal).collect())
    }

    /// The headings of a stack of rows, each column's cells joined from the top.
    pub(crate) fn stacked(rows: &[Row]) -> Self {
        let width = rows.iter().map(Row::len).max().unwrap_or(0);
        let column = |at| normal(&rows.iter().map(|row| row.text(at)).collect::<Vec<_>>().join(" "));
        Self((0..width).map(column).collect())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn get(&self, column: usize) -> &str {
        self.0.get(column).map_or("", String::as_str)
    }

    /// The column with exactly this heading, in any case.
    pub(crate) fn column(&self, heading: &str) -> Result<usize, FileProblemKind> {
        self.find(heading, |text| text.eq_ignore_ascii_case(heading))
    }

    /// The first column whose heading fulfils the condition; `heading` is what to call it where there is none.
    pub(crate) fn find(&self, heading: &str, is_it: impl Fn(&str) -> bool) -> Result<usize, FileProblemKind> {
        self.0
            .iter()
            .position(|text| is_it(text))
            .ok_or_else(|| FileProblemKind::MissingColumn {
                heading: heading.into(),
            })
    }
}
