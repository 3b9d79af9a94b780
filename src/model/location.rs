use std::fmt;
use std::sync::Arc;

/// Where something is in the input: the file, and the line, cell, word or segment inside it, as far as the reader knows.
///
/// Problems, errors, claims and reports all say where with this one type. The texts are shared, so that a clone is cheap.
///
/// ```
/// use cleanclaim::model::Location;
///
/// assert_eq!(Location::in_file("claims.json").at_line(12).to_string(), "claims.json:12");
/// assert_eq!(Location::in_file("rates.xlsx").in_sheet("2024").at_line(12).to_string(), "rates.xlsx: sheet `2024` row 12");
/// assert_eq!(Location::default().at_word(2).to_string(), "word 2");
///
/// let mut segment = Location::in_file("monday.837");
/// segment.transaction = Some("0001".into());
/// segment.segment = Some(18);
/// assert_eq!(segment.to_string(), "monday.837: transaction `0001`, segment 18");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Location {
    /// The file, queue or other input, by the name that the reader was given.
    pub file: Option<Arc<str>>,
    /// The sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// The control number of an X12 interchange, ISA13.
    pub interchange: Option<Arc<str>>,
    /// The control number of an X12 functional group, GS06.
    pub group: Option<Arc<str>>,
    /// The control number of an X12 transaction, ST02.
    pub transaction: Option<Arc<str>>,
    /// The number of an X12 segment in its file, from 1.
    pub segment: Option<u64>,
    /// The first byte, from 0.
    pub byte: Option<u64>,
    /// The line of a text, or the row of a sheet, from 1. It is no line of a claim.
    pub line: Option<u64>,
    /// The column, from 1: of a text in bytes, of a sheet in cells.
    pub column: Option<u64>,
    /// The element of an array, from 1, where its line does not tell it from another.
    pub element: Option<u64>,
    /// The word of a claim in shorthand, from 1, counted in its claim line or in the header.
    pub word: Option<u64>,
}

impl Location {
    /// A whole file.
    #[must_use]
    pub fn in_file(name: impl Into<Arc<str>>) -> Self {
        Self {
            file: Some(name.into()),
            ..Self::default()
        }
    }

    /// The same in a sheet of a workbook.
    #[must_use]
    pub fn in_sheet(self, sheet: impl Into<Arc<str>>) -> Self {
        Self {
            sheet: Some(sheet.into()),
            ..self
        }
    }

    /// The same at a line of a text, or a row of a sheet.
    #[must_use]
    pub fn at_line(self, line: u64) -> Self {
        Self {
            line: Some(line),
            ..self
        }
    }

    /// The same at a column.
    #[must_use]
    pub fn at_column(self, column: u64) -> Self {
        Self {
            column: Some(column),
            ..self
        }
    }

    /// The same at an element of an array.
    #[must_use]
    pub fn at_element(self, element: u64) -> Self {
        Self {
            element: Some(element),
            ..self
        }
    }

    /// The same at a word of a claim in shorthand.
    #[must_use]
    pub fn at_word(self, word: u64) -> Self {
        Self {
            word: Some(word),
            ..self
        }
    }

    /// Whether more is known than the file.
    fn is_inside_file(&self) -> bool {
        let Self {
            file: _,
            sheet,
            interchange,
            group,
            transaction,
            segment,
            byte: _,
            line,
            column: _,
            element,
            word,
        } = self;
        let texts = [sheet, interchange, group, transaction];
        texts.into_iter().any(Option::is_some) || [segment, line, element, word].into_iter().any(Option::is_some)
    }

    /// Writes everything but the file, its parts with a comma between them.
    fn write_inside(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut comma = "";
        for (name, number) in [
            ("interchange", &self.interchange),
            ("group", &self.group),
            ("transaction", &self.transaction),
        ] {
            if let Some(number) = number {
                write!(f, "{comma}{name} `{number}`")?;
                comma = ", ";
            }
        }
        if let Some(segment) = self.segment {
            write!(f, "{comma}segment {segment}")?;
            comma = ", ";
        }
        match (&self.sheet, self.line, self.column) {
            (Some(sheet), None, _) => write!(f, "{comma}sheet `{sheet}`")?,
            (Some(sheet), Some(row), None) => write!(f, "{comma}sheet `{sheet}` row {row}")?,
            (Some(sheet), Some(row), Some(column)) => {
                write!(f, "{comma}sheet `{sheet}` cell {}{row}", column_letters(column))?;
            }
            (None, Some(line), None) => write!(f, "{comma}text line {line}")?,
            (None, Some(line), Some(column)) => write!(f, "{comma}text line {line} column {column}")?,
            (None, None, _) => return self.write_counted(f, comma),
        }
        self.write_counted(f, ", ")
    }

    fn write_counted(&self, f: &mut fmt::Formatter<'_>, mut comma: &str) -> fmt::Result {
        for (name, number) in [("element", self.element), ("word", self.word)] {
            if let Some(number) = number {
                write!(f, "{comma}{name} {number}")?;
                comma = ", ";
            }
        }
        Ok(())
    }

    /// Whether it is a line of a text file and nothing else, which is written as compilers do.
    fn is_text_line(&self) -> bool {
        self.sheet.is_none() && self.transaction.is_none() && self.segment.is_none() && self.word.is_none()
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(file) = &self.file else {
            return self.write_inside(f);
        };
        match (self.line, self.column) {
            (Some(line), None) if self.is_text_line() => {
                write!(f, "{file}:{line}")?;
                self.write_counted(f, ", ")
            }
            (Some(line), Some(column)) if self.is_text_line() => write!(f, "{file}:{line}:{column}"),
            _ if self.is_inside_file() => {
                write!(f, "{file}: ")?;
                self.write_inside(f)
            }
            _ => f.write_str(file),
        }
    }
}

impl From<&str> for Location {
    fn from(file: &str) -> Self {
        Self::in_file(file)
    }
}

impl From<&String> for Location {
    fn from(file: &String) -> Self {
        Self::in_file(file.as_str())
    }
}

impl From<&Self> for Location {
    fn from(location: &Self) -> Self {
        location.clone()
    }
}

/// The letters of a sheet's column: `A` for 1, `Z` for 26, `AA` for 27.
fn column_letters(column: u64) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while let Some(before) = rest.checked_sub(1) {
        letters.push(char::from(b'A' + (before % 26) as u8));
        rest = before / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        let names = [1, 2, 26, 27, 52, 53, 702, 703].map(column_letters);
        assert_eq!(names, ["A", "B", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn every_part_that_is_known_is_written() {
        let cell = Location::in_file("a.xlsx").in_sheet("x").at_line(3).at_column(28);
        assert_eq!(cell.to_string(), "a.xlsx: sheet `x` cell AB3");
        let text = Location::default().at_line(3).at_column(7);
        assert_eq!(text.to_string(), "text line 3 column 7");
        assert_eq!(
            Location::in_file("a.json").at_line(3).at_column(7).to_string(),
            "a.json:3:7"
        );
        let element = Location::in_file("a.json").at_line(1).at_element(4);
        assert_eq!(element.to_string(), "a.json:1, element 4");
        assert_eq!(text.at_word(2).to_string(), "text line 3 column 7, word 2");
        assert_eq!(Location::from("queue").to_string(), "queue");
        assert_eq!(Location::default().to_string(), "");
        let mut x12 = Location::from("b.837");
        (x12.interchange, x12.group, x12.segment) = (Some("1".into()), Some("2".into()), Some(3));
        assert_eq!(x12.to_string(), "b.837: interchange `1`, group `2`, segment 3");
    }
}
