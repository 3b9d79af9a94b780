//! Rows of the library's own tables: text separated by commas under a heading, `#` before a remark. Each problem names the
//! file, the line, the column, the value and what would be valid; the other rows are read.

use csv::{ReaderBuilder, StringRecord, Trim};

/// A row, or a value of one, that a table cannot take. The other rows of the file are read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}, {column}: `{value}` is not valid: expected {expected}")]
#[non_exhaustive]
pub struct RowProblem {
    /// The file.
    pub file: Box<str>,
    /// The line, from 1.
    pub line: u64,
    /// The column, by its heading; `row` where the whole row is meant.
    pub column: Box<str>,
    /// The value.
    pub value: Box<str>,
    /// What would be valid.
    pub expected: Box<str>,
}

/// One row under its heading.
pub(crate) struct Row<'t> {
    file: &'t str,
    text: &'t str,
    headings: &'t StringRecord,
    /// Where in the text the reader was before the row.
    offset: usize,
    values: StringRecord,
}

impl Row<'_> {
    /// The value in a column; empty where the row or the file has none.
    pub(crate) fn text(&self, column: &str) -> &str {
        let place = self.headings.iter().position(|heading| heading == column);
        place.and_then(|place| self.values.get(place)).unwrap_or_default()
    }

    /// The value in a column, read by `read`, which says what would be valid.
    pub(crate) fn value<T>(&self, column: &str, read: impl FnOnce(&str) -> Result<T, String>) -> Result<T, RowProblem> {
        let text = self.text(column);
        read(text).map_err(|expected| self.problem(column, text, &expected))
    }

    /// The words of a column, each read by `read`, which says what would be valid.
    pub(crate) fn words<T>(
        &self,
        column: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Vec<T>, RowProblem> {
        let words = self.text(column).split_whitespace();
        words
            .map(|word| read(word).map_err(|expected| self.problem(column, word, &expected)))
            .collect()
    }

    pub(crate) fn problem(&self, column: &str, value: &str, expected: &str) -> RowProblem {
        RowProblem {
            file: self.file.into(),
            line: line_from(self.text, self.offset),
            column: column.into(),
            value: value.into(),
            expected: expected.into(),
        }
    }
}

/// Reads every row of a file with `read`: those that can be read, and what is wrong with the others.
pub(crate) fn read_rows<T>(
    file: &str,
    text: &str,
    columns: &[&str],
    mut read: impl FnMut(&Row<'_>) -> Result<T, RowProblem>,
) -> (Vec<T>, Vec<RowProblem>) {
    let mut reader = ReaderBuilder::new()
        .comment(Some(b'#'))
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut problems = Vec::new();
    let headings = reader.headers().cloned().unwrap_or_default();
    let at_heading = |column: &str, value: &str, expected: String| RowProblem {
        file: file.into(),
        line: line_from(text, 0),
        column: column.into(),
        value: value.into(),
        expected: expected.into(),
    };
    for column in columns {
        if !headings.iter().any(|heading| heading == *column) {
            let found = headings.iter().collect::<Vec<_>>().join(",");
            problems.push(at_heading("heading", &found, format!("a column `{column}`")));
        }
    }
    if !problems.is_empty() {
        return (Vec::new(), problems);
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(values) => {
                let row = Row {
                    file,
                    text,
                    headings: &headings,
                    offset: values.position().map_or(0, offset),
                    values,
                };
                match checked(&row).and_then(|()| read(&row)) {
                    Ok(read) => rows.push(read),
                    Err(problem) => problems.push(problem),
                }
            }
            Err(error) => problems.push(RowProblem {
                file: file.into(),
                line: error.position().map_or(0, |position| line_from(text, offset(position))),
                column: "row".into(),
                value: error.to_string().into(),
                expected: "fields separated by commas, in UTF-8".into(),
            }),
        }
    }
    (rows, problems)
}

/// A row has as many fields as the heading.
fn checked(row: &Row<'_>) -> Result<(), RowProblem> {
    if row.values.len() == row.headings.len() {
        return Ok(());
    }
    let expected = format!("{} fields, one under each heading", row.headings.len());
    Err(row.problem("row", &format!("{} fields", row.values.len()), &expected))
}

fn offset(position: &csv::Position) -> usize {
    usize::try_from(position.byte()).unwrap_or(usize::MAX)
}

/// The number of the first line from here on that is neither empty nor a remark.
fn line_from(text: &str, offset: usize) -> u64 {
    let (before, after) = text.split_at_checked(offset).unwrap_or((text, ""));
    let skipped = after
        .lines()
        .take_while(|line| line.starts_with('#') || line.is_empty());
    (before.matches('\n').count() + skipped.count()) as u64 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> (Vec<u8>, Vec<String>) {
        let (rows, problems) = read_rows("n.csv", text, &["n"], |row| {
            row.value("n", |text| text.parse::<u8>().map_err(|_| "0 to 255".to_owned()))
        });
        (rows, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_bad_row_is_named_and_the_others_are_read() {
        let (rows, problems) =
            numbers("# a remark\nn,why\n1,one\n# another\n\nx,no number\n2,two,more\n3,\"three, at last\"\n");
        assert_eq!(rows, [1, 3]);
        assert_eq!(
            problems,
            [
                "n.csv, line 6, n: `x` is not valid: expected 0 to 255",
                "n.csv, line 7, row: `3 fields` is not valid: expected 2 fields, one under each heading",
            ]
        );
    }

    #[test]
    fn a_missing_column_is_named() {
        let (rows, problems) = numbers("# a remark\nm\n1\n");
        assert!(rows.is_empty());
        assert_eq!(
            problems,
            ["n.csv, line 2, heading: `m` is not valid: expected a column `n`"]
        );
    }
}
