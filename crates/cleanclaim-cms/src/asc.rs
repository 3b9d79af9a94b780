//! Addenda of the ambulatory surgical centre (ASC) payment system: AA covered procedures, BB covered ancillary services,
//! EE excluded procedures. Only the three together tell what an ASC is paid for.

use cleanclaim::model::{DateRange, Money};
use cleanclaim::reference::{Addendum, AscEntry, AscRow, Release, Rows, Table};

use crate::fields::{Field, code, optional_decimal, two_characters};
use crate::headings::{Headings, normal};
use crate::options::Options;
use crate::period::{Quarter, year_in_text};
use crate::problem::{FileProblem, FileProblemKind, Log, ReadError};
use crate::release::{ReadRelease, enough};
use crate::rows::Distinct;
use crate::sheet::{Row, Sheet};
use crate::source::FileName;

/// The smallest at hand: 4,121 rows of AA, 2,386 of BB, 1,557 of EE.
const LEAST: usize = 500;

/// Whether the row is the heading row of an addendum.
pub(crate) fn is_heading(row: &Row) -> bool {
    normal(row.text(0)).eq_ignore_ascii_case("HCPCS Code")
}

/// The addendum that a title names, also those that are not read.
pub(crate) fn addendum_named(title: &str) -> Option<&str> {
    let rest = title.trim_start().strip_prefix("Addendum ")?;
    rest.split(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .filter(|name| !name.is_empty())
}

/// One addendum of a quarter.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) addendum: Addendum,
    /// The quarter that the headings or the name state; addendum EE says only the year.
    pub(crate) quarter: Option<Quarter>,
    pub(crate) folder: Box<str>,
    year: Option<i32>,
    rows: Vec<AscRow>,
    log: Log,
    base: Box<str>,
}

pub(crate) fn read(
    name: &FileName,
    sheet: &Sheet,
    heading: usize,
    addendum: Addendum,
    options: &Options,
) -> Result<Part, ReadError> {
    let (above, rows) = sheet.rows.split_at_checked(heading + 1).unwrap_or_default();
    let last = above
        .last()
        .ok_or_else(|| ReadError::new(name.display(), FileProblemKind::UnknownLayout))?;
    let headings = Headings::of(last);
    let columns = Columns::of(&headings, addendum).map_err(|kind| ReadError::new(name.display(), kind))?;
    let mut log = Log::new(name.display());
    let mut found = Distinct::new();
    for record in rows.iter().filter(|row| !is_remark(row)) {
        let added = columns
            .row(record, &headings, addendum)
            .and_then(|row| found.push(row.code, row));
        if let Err(kind) = added {
            log.row(sheet.location(record), kind);
        }
    }
    let rows = found.finish(&mut log);
    let log = enough(log, "an ASC addendum", rows.len(), LEAST, options)?;
    let title = above.first().map_or("", |row| row.text(0));
    Ok(Part {
        addendum,
        quarter: last.texts().find_map(Quarter::in_text).or_else(|| name.quarter()),
        folder: name.folder().into(),
        year: year_in_text(title),
        rows,
        log,
        base: name.base().into(),
    })
}

/// The remarks below the rows stand alone in their first cell, in words.
fn is_remark(row: &Row) -> bool {
    row.text(0).contains(' ') && row.texts().skip(1).all(str::is_empty)
}

struct Columns {
    discount: Option<usize>,
    indicator: Option<usize>,
    weight: Option<usize>,
    rate: Option<usize>,
}

impl Columns {
    fn of(headings: &Headings, addendum: Addendum) -> Result<Self, FileProblemKind> {
        let priced = addendum != Addendum::Ee;
        let ending = |end: &'static str| match priced {
            true => headings.find(end, |text| text.ends_with(end)).map(Some),
            false => Ok(None),
        };
        let discount = "Subject to Multiple Procedure Discounting";
        Ok(Self {
            discount: if addendum == Addendum::Aa {
                Some(headings.column(discount)?)
            } else {
                None
            },
            indicator: ending("Payment Indicator")?,
            weight: ending("Payment Weight")?,
            rate: ending("Payment Rate")?,
        })
    }

    fn row(&self, record: &Row, headings: &Headings, addendum: Addendum) -> Field<AscRow> {
        let cell = |column: Option<usize>| match column {
            Some(column) => (headings.get(column), record.text(column)),
            None => ("", ""),
        };
        let mut entry = AscEntry::new(addendum);
        let (field, text) = cell(self.discount);
        entry.multiple_procedure_discount = self.discount.map(|_| yes_or_no(field, text)).transpose()?;
        let (field, text) = cell(self.indicator);
        if self.indicator.is_some() {
            // One row of 2026 has its indicator in lower case.
            entry.payment_indicator = two_characters(field, &text.to_ascii_uppercase())?;
        }
        let (field, text) = cell(self.weight);
        entry.weight = optional_decimal(field, text, 4)?;
        let (field, text) = cell(self.rate);
        entry.rate = money(field, text)?;
        Ok(AscRow {
            code: code("HCPCS Code", &record.padded(0, 5))?,
            entry,
        })
    }
}

fn yes_or_no(field: &str, text: &str) -> Field<bool> {
    match text {
        "Y" => Ok(true),
        "N" => Ok(false),
        _ => Err(FileProblemKind::value(field, text, "Y or N")),
    }
}

/// `"$1,344.10 "`.
fn money(field: &str, text: &str) -> Field<Option<Money>> {
    let plain: String = text.chars().filter(|c| !matches!(c, '$' | ',')).collect();
    let refused = |_| FileProblemKind::value(field, text, "an amount such as `$1,344.10`");
    let cents: Option<i64> = optional_decimal(field, plain.trim(), 2).map_err(refused)?;
    Ok(cents.and_then(Money::from_cents))
}

/// Gives the parts that state no quarter the quarter of their folder's other parts, where that is the only one of their
/// year.
pub(crate) fn complete_quarters(parts: &mut [Part]) {
    let known: Vec<(Box<str>, Quarter)> = parts
        .iter()
        .filter_map(|part| Some((part.folder.clone(), part.quarter?)))
        .collect();
    for part in parts.iter_mut().filter(|part| part.quarter.is_none()) {
        let fits = |quarter: &Quarter| part.year.is_none_or(|year| year == quarter.year());
        let mut quarters: Vec<Quarter> = known
            .iter()
            .filter(|(folder, _)| *folder == part.folder)
            .map(|(_, quarter)| *quarter)
            .filter(fits)
            .collect();
        quarters.sort_unstable();
        quarters.dedup();
        if let [quarter] = *quarters {
            part.quarter = Some(quarter);
        }
    }
}

/// One release from the three addenda of a quarter.
pub(crate) fn merge(quarter: Option<Quarter>, parts: Vec<Part>, options: &Options) -> Result<ReadRelease, ReadError> {
    let files: Vec<Box<str>> = parts.iter().map(|part| part.log.file().into()).collect();
    let first = files.first().cloned().unwrap_or_default();
    let (name, days) = name_and_days(quarter, options).ok_or_else(|| {
        ReadError::new(
            &first,
            FileProblemKind::NoRelease {
                what: "quarter",
                example: "asc/20240701/EE.txt",
            },
        )
    })?;
    refuse_missing(&name, &parts, &first)?;
    let source: Vec<String> = parts.iter().map(|part| part.base.to_string()).collect();
    let mut problems: Vec<FileProblem> = Vec::new();
    let mut rows = Vec::new();
    for part in parts {
        rows.extend(part.rows);
        problems.extend(part.log.into_problems());
    }
    let release = Release::new(
        Table::Asc,
        &name,
        days,
        &format!("CMS, ASC addenda {}", source.join(", ")),
    );
    Ok(ReadRelease {
        release,
        rows: Rows::Asc(rows),
        problems,
        files,
    })
}

fn name_and_days(quarter: Option<Quarter>, options: &Options) -> Option<(String, DateRange)> {
    let days = options.period.or_else(|| quarter?.days())?;
    let published = || Some(quarter?.days()?.first().to_string());
    Some((options.release.as_deref().map(str::to_owned).or_else(published)?, days))
}

fn refuse_missing(name: &str, parts: &[Part], file: &str) -> Result<(), ReadError> {
    let missing: Vec<String> = Addendum::ALL
        .iter()
        .filter(|addendum| parts.iter().all(|part| part.addendum != **addendum))
        .map(|addendum| format!("addendum {addendum}"))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let (release, missing) = (name.into(), missing.join(" and ").into());
    Err(ReadError::new(file, FileProblemKind::MissingPart { release, missing }))
}

/// The first row in which two files of the same addendum and quarter differ; `None` if they agree.
pub(crate) fn difference(a: &Part, b: &Part) -> Option<String> {
    Rows::Asc(a.rows.clone()).first_difference(&Rows::Asc(b.rows.clone()))
}

impl Part {
    pub(crate) fn file(&self) -> &str {
        self.log.file()
    }
}
