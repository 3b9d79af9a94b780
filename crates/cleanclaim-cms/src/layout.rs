//! Which layout a file is in: told by its content, and by its name only for bare lists of codes.

use cleanclaim::reference::Addendum;

use crate::options::Options;
use crate::problem::ReadError;
use crate::release::ReadRelease;
use crate::sheet::{Row, Sheet};
use crate::source::FileName;
use crate::{add_on, asc, dmepos, drugs, fee_schedule, geography, hcpcs, ioce, laboratory, mue, pairs};

/// A layout of text without separators, or of texts too long for a sheet.
pub(crate) enum Layout {
    FeeScheduleText,
    Pairs,
    /// Values separated by this byte.
    Separated(u8, SheetLayout, usize),
}

/// A layout of rows and columns.
pub(crate) enum SheetLayout {
    /// A whole release in one sheet.
    Release(&'static ReleaseSheet),
    Addendum(Addendum),
    /// An addendum that no table holds.
    OtherAddendum(Box<str>),
    Editor(ioce::Table),
}

/// How a sheet that holds a whole release of a table is told from others, and read.
pub(crate) struct ReleaseSheet {
    /// Whether a row of a file of this name is its heading row.
    pub(crate) is_heading: fn(&Row, &FileName) -> bool,
    /// Reads it, given the place of the heading row.
    pub(crate) read: fn(&FileName, &Sheet, usize, &Options) -> Result<ReadRelease, ReadError>,
}

/// Every such sheet, one line each. The first that knows a heading row takes it.
const RELEASE_SHEETS: &[ReleaseSheet] = &[
    dmepos::SHEET,
    fee_schedule::sheet::SHEET,
    mue::SHEET,
    add_on::SHEET,
    geography::SHEET,
    laboratory::SHEET,
    hcpcs::SHEET,
    drugs::SINGLE_DOSE_SHEET,
    drugs::PART_B_SHEET,
];

/// How many rows a notice above the headings may have.
const MOST_NOTICE: usize = 40;

/// How many bytes of a text are looked at for its headings.
const MOST_HEAD: usize = 1 << 20;

pub(crate) fn of_text(name: &FileName, bytes: &[u8]) -> Option<Layout> {
    if fee_schedule::text::is_text(bytes) {
        return Some(Layout::FeeScheduleText);
    }
    if pairs::is_text(bytes) {
        return Some(Layout::Pairs);
    }
    let head = bytes.get(..MOST_HEAD).unwrap_or(bytes);
    [b',', b'\t'].into_iter().find_map(|separator| {
        let head = Sheet::separated(head, separator, MOST_NOTICE).ok()?;
        of_rows(name, &head.rows).map(|(layout, heading)| Layout::Separated(separator, layout, heading))
    })
}

/// The layout, and the place of the heading row.
pub(crate) fn of_rows(name: &FileName, rows: &[Row]) -> Option<(SheetLayout, usize)> {
    let head = rows.get(..MOST_NOTICE.min(rows.len())).unwrap_or_default();
    head.iter()
        .enumerate()
        .find_map(|(at, row)| Some((of_heading(name, row, head)?, at)))
}

fn of_heading(name: &FileName, row: &Row, head: &[Row]) -> Option<SheetLayout> {
    if asc::is_heading(row) {
        let title = head.iter().flat_map(Row::texts).find_map(asc::addendum_named)?;
        return Some(match Addendum::parse(title) {
            Ok(addendum) => SheetLayout::Addendum(addendum),
            Err(_) => SheetLayout::OtherAddendum(title.into()),
        });
    }
    let release = RELEASE_SHEETS.iter().find(|sheet| (sheet.is_heading)(row, name));
    release
        .map(SheetLayout::Release)
        .or_else(|| ioce::Table::of_heading(row).map(SheetLayout::Editor))
}
