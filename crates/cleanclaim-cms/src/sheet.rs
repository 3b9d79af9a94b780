//! Rows of cells, from separated text or from a workbook, with their positions.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek};
use std::sync::Arc;

use calamine::{Data, Reader, Xlsx, XlsxCellReader};
use cleanclaim::model::Location;

use crate::problem::FileProblemKind;
use crate::source::refuse_bomb;

/// How many cells a sheet may have: seven times as many as the largest that is published.
const MOST_CELLS: usize = 1 << 22;

/// How many separators a text may have. The outpatient editor's codes are published with more than a hundred columns.
const MOST_SEPARATORS: usize = 1 << 25;

/// How many columns a sheet may have.
const MOST_COLUMNS: usize = 1 << 10;

fn too_large(what: &'static str, most: usize) -> FileProblemKind {
    FileProblemKind::TooLarge { what, most }
}

fn damaged(error: &calamine::XlsxError) -> FileProblemKind {
    FileProblemKind::DamagedContainer {
        container: "xlsx",
        reason: error.to_string().into(),
    }
}

/// A table as it lies in a file.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// The sheet's name; none for a text file.
    name: Option<Arc<str>>,
    pub(crate) rows: Vec<Row>,
}

/// A row that is not blank.
#[derive(Debug)]
pub(crate) struct Row {
    /// The line or the row, from 1.
    number: u64,
    cells: Vec<Cell>,
}

/// A cell without the blanks around it.
#[derive(Debug, Default)]
struct Cell {
    text: String,
    /// Whether a workbook holds a number, which lost its leading zeros.
    number: bool,
}

impl Row {
    /// The text of a cell, empty where the row ends before it.
    pub(crate) fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| &cell.text)
    }

    /// The text of a cell; a number gets its leading zeros back.
    pub(crate) fn padded(&self, column: usize, width: usize) -> std::borrow::Cow<'_, str> {
        match self.cells.get(column) {
            Some(cell) if cell.number && cell.text.len() < width => format!("{:0>width$}", cell.text).into(),
            Some(cell) => cell.text.as_str().into(),
            None => "".into(),
        }
    }

    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|cell| cell.text.as_str())
    }

    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    fn new(number: u64, cells: Vec<Cell>) -> Option<Self> {
        cells
            .iter()
            .any(|cell| !cell.text.is_empty())
            .then_some(Self { number, cells })
    }
}

impl Sheet {
    /// Rows of separated text, all of them or the first few.
    ///
    /// # Errors
    /// Text of more cells than a table has.
    pub(crate) fn separated(bytes: &[u8], separator: u8, most: usize) -> Result<Self, FileProblemKind> {
        if memchr::memchr_iter(separator, bytes).nth(MOST_SEPARATORS).is_some() {
            return Err(too_large("cells", MOST_SEPARATORS));
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .has_headers(false)
            .from_reader(bytes);
        let mut record = csv::ByteRecord::new();
        let mut rows = Vec::new();
        let mut lines = LineCounter::new(bytes);
        // Reading from memory with flexible rows has no way to fail.
        while rows.len() < most && reader.read_byte_record(&mut record).unwrap_or(false) {
            let line = lines.at(record.position().map_or(0, csv::Position::byte));
            let cells = record.iter().map(|field| Cell {
                text: decode(field),
                number: false,
            });
            rows.extend(Row::new(line, cells.collect()));
        }
        Ok(Self { name: None, rows })
    }

    /// Every sheet of a workbook.
    pub(crate) fn workbook(bytes: &[u8]) -> Result<Vec<Self>, FileProblemKind> {
        refuse_bomb(bytes).map_err(|reason| FileProblemKind::DamagedContainer {
            container: "xlsx",
            reason: reason.into(),
        })?;
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        let names = book.sheet_names();
        let sheets = names.into_iter().map(|name| {
            let cells = book.worksheet_cells_reader(&name).map_err(|error| damaged(&error))?;
            Self::of_cells(&name, cells)
        });
        sheets.collect()
    }

    /// Cell by cell: a sheet of two cells may be as wide and as long as two cells can be apart.
    fn of_cells<R: Read + Seek>(name: &str, mut cells: XlsxCellReader<'_, R>) -> Result<Self, FileProblemKind> {
        let mut rows = BTreeMap::<u32, Vec<Cell>>::new();
        let mut width = 0;
        while let Some(cell) = cells.next_cell().map_err(|error| damaged(&error))? {
            let (number, column) = cell.get_position();
            let found = Cell::of(&cell.get_value().clone().into());
            let column = column as usize;
            if column >= MOST_COLUMNS && !found.text.is_empty() {
                return Err(too_large("columns", MOST_COLUMNS));
            }
            if column >= MOST_COLUMNS {
                continue;
            }
            let row = rows.entry(number).or_default();
            row.resize_with(row.len().max(column + 1), Cell::default);
            if let Some(place) = row.get_mut(column) {
                *place = found;
            }
            width = width.max(column + 1);
            if rows.len() * width > MOST_CELLS {
                return Err(too_large("cells", MOST_CELLS));
            }
        }
        let rows = rows.into_iter().filter_map(|(number, mut cells)| {
            cells.resize_with(width, Cell::default);
            Row::new(u64::from(number) + 1, cells)
        });
        Ok(Self {
            name: Some(name.into()),
            rows: rows.collect(),
        })
    }

    /// Where a row is in its file.
    pub(crate) fn location(&self, row: &Row) -> Location {
        let row = Location::default().at_line(row.number);
        match &self.name {
            None => row,
            Some(sheet) => row.in_sheet(Arc::clone(sheet)),
        }
    }
}

/// Lines of a text at places that only go forward. The csv reader has a count of its own, which stops short of the line
/// feed behind a carriage return.
struct LineCounter<'a> {
    bytes: &'a [u8],
    counted: usize,
    line: u64,
}

impl<'a> LineCounter<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            counted: 0,
            line: 1,
        }
    }

    /// The line of the first byte from here on that ends no line.
    fn at(&mut self, byte: u64) -> u64 {
        let from = usize::try_from(byte).unwrap_or(usize::MAX);
        let rest = self.bytes.get(from..).unwrap_or_default();
        let start = from + rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let between = self.bytes.get(self.counted..start).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', between).count() as u64;
        self.counted = start;
        self.line
    }
}

impl Cell {
    fn of(data: &Data) -> Self {
        match data {
            Data::Empty => Self::default(),
            Data::String(text) => Self {
                text: text.trim().to_owned(),
                number: false,
            },
            Data::Int(number) => Self {
                text: number.to_string(),
                number: true,
            },
            Data::Float(number) => Self {
                text: plain(*number),
                number: true,
            },
            other => Self {
                text: other.to_string().trim().to_owned(),
                number: false,
            },
        }
    }
}

/// The decimal that was typed in: a workbook's floats may be off in the last of their figures.
fn plain(number: f64) -> String {
    let rounded = (number * 1e6).round() / 1e6;
    if (rounded - number).abs() < 1e-9 {
        rounded.to_string()
    } else {
        number.to_string()
    }
}

/// Text of unstated encoding, without the blanks around it: UTF-8 where it is sound, else Windows-1252.
pub(crate) fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim().to_owned(),
        Err(_) => bytes
            .iter()
            .map(|&byte| windows_1252(byte))
            .collect::<String>()
            .trim()
            .to_owned(),
    }
}

fn windows_1252(byte: u8) -> char {
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => UPPER
            .get(usize::from(byte - 0x80))
            .copied()
            .unwrap_or(char::REPLACEMENT_CHARACTER),
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_windows_1252_where_it_is_not_utf_8() {
        assert_eq!(decode(b"CPT\xae\xa0"), "CPT®");
        assert_eq!(decode(b"\x93office\x94"), "“office”");
        assert_eq!(decode("CPT®".as_bytes()), "CPT®");
    }

    #[test]
    fn lines_are_those_of_the_file_across_quoted_breaks_and_blank_rows() {
        let sheet = Sheet::separated(b"\"a\r\nb\",\r\n,\r\n\r\nc,d\r\n", b',', usize::MAX).unwrap();
        let lines: Vec<_> = sheet.rows.iter().map(|row| (row.number, row.text(0))).collect();
        assert_eq!(lines, [(1, "a\r\nb"), (5, "c")]);
    }

    #[test]
    fn floats_give_back_what_was_typed() {
        assert_eq!(plain(0.1 + 0.2), "0.3");
        assert_eq!(plain(64632.0), "64632");
        assert_eq!(plain(32.3465), "32.3465");
    }
}
