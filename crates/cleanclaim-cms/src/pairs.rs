//! Procedure-to-procedure edits (PTP): text files of hundreds of thousands of rows, four parts a release, read byte by
//! byte without a copy of any row.

use std::collections::HashMap;

use cleanclaim::model::{DateRange, Location, ProcedureCode, ServiceDate};
use cleanclaim::reference::{PairIndicator, PairRow, PairRows, Release, Rows, Setting, Table};

use crate::fields::{Field, code, compact_date, indicator};
use crate::options::Options;
use crate::period::Quarter;
use crate::problem::{FileProblem, FileProblemKind, Log, ReadError};
use crate::release::{ReadRelease, enough};
use crate::sheet::decode;
use crate::source::FileName;

/// Every part at hand has more than 390,000 rows.
const LEAST: usize = 10_000;

/// How many parts a release is published in.
const PARTS: u8 = 4;

const EXAMPLE: &str = "ccipra-v302r0-f1.zip";

const HEADING: &[u8] = b"Column 1\tColumn 2\t";

/// Whether the text is one of PTP edits: its heading stands within the first lines.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    bytes
        .split(|&byte| byte == b'\n')
        .take(20)
        .any(|line| line.starts_with(HEADING))
}

/// Whether a name is that of a PTP file.
pub(crate) fn is_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.contains("ccipra") || lower.contains("ccioph")
}

/// The release that a part says it belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edition {
    table: Table,
    name: Box<str>,
    /// The last day of the period that it was published for.
    last: ServiceDate,
    /// The period as stated by the caller.
    stated: Option<(ServiceDate, ServiceDate)>,
}

/// One file of a release.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) edition: Edition,
    number: Option<u8>,
    rows: Vec<PairRow>,
    rationales: Vec<Box<str>>,
    log: Log,
    base: Box<str>,
}

pub(crate) fn read(name: &FileName, bytes: &[u8], options: &Options) -> Result<Part, ReadError> {
    let edition = edition(name, options)?;
    let mut parser = Parser::default();
    let mut log = Log::new(name.display());
    let mut rows = Vec::with_capacity(bytes.len() / 50);
    let mut in_heading = true;
    for (line, number) in Lines(bytes).zip(1..) {
        let line = line.trim_ascii_end();
        if in_heading {
            // After the first heading line, its others begin with a blank cell.
            in_heading = rows.is_empty() && !parser.begins(line);
            if in_heading {
                continue;
            }
        }
        if line.is_empty() || line == b"\x1a" {
            continue;
        }
        match parser.row(line) {
            Ok(row) => rows.push(row),
            Err(kind) => log.row(Location::default().at_line(number), kind),
        }
    }
    let log = enough(log, "pairs in a part", rows.len(), LEAST, options)?;
    Ok(Part {
        edition,
        number: part_number(name),
        rows,
        rationales: parser.rationales,
        log,
        base: name.base().into(),
    })
}

/// The lines of a text without their line feeds.
struct Lines<'a>(&'a [u8]);

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.0.is_empty() {
            return None;
        }
        let end = memchr::memchr(b'\n', self.0).unwrap_or(self.0.len());
        let (line, rest) = self.0.split_at_checked(end)?;
        self.0 = rest.get(1..).unwrap_or_default();
        Some(line)
    }
}

/// Rows in a file repeat their dates and rationales: each is read once.
#[derive(Default)]
struct Parser {
    seen_heading: bool,
    dates: HashMap<[u8; 8], ServiceDate>,
    /// The last date read of each column.
    last_dates: [Option<([u8; 8], ServiceDate)>; 2],
    rationales: Vec<Box<str>>,
    places: HashMap<Box<[u8]>, u16>,
    last_rationale: Option<(Box<[u8]>, u16)>,
}

impl Parser {
    /// Whether the line is the first row behind the headings.
    fn begins(&mut self, line: &[u8]) -> bool {
        if line.starts_with(HEADING) {
            self.seen_heading = true;
            return false;
        }
        self.seen_heading && !line.is_empty() && !line.starts_with(b"\t")
    }

    fn row(&mut self, line: &[u8]) -> Field<PairRow> {
        let mut fields = line.split(|&byte| byte == b'\t');
        let mut next = || fields.next().unwrap_or_default();
        let (column1, column2, _before_1996) = (next(), next(), next());
        let (effective, deletion, allowed, rationale) = (next(), next(), next(), next());
        Ok(PairRow {
            column1: pair_code("Column 1", column1)?,
            column2: pair_code("Column 2", column2)?,
            effective: self.date(0, "Effective Date", effective)?,
            deletion: match deletion {
                b"*" => None,
                _ => Some(self.date(1, "Deletion Date", deletion)?),
            },
            indicator: match allowed {
                b"0" => PairIndicator::NotAllowed,
                b"1" => PairIndicator::Allowed,
                b"9" => PairIndicator::NotApplicable,
                _ => indicator("Modifier", &decode(allowed), PairIndicator::parse)?,
            },
            rationale: self.rationale(rationale)?,
        })
    }

    fn date(&mut self, column: usize, field: &str, text: &[u8]) -> Field<ServiceDate> {
        let Ok(key) = <[u8; 8]>::try_from(text) else {
            let expected = if column == 1 {
                "a date as YYYYMMDD, or `*` for none"
            } else {
                "a date as YYYYMMDD"
            };
            return Err(FileProblemKind::value(field, &decode(text), expected));
        };
        if let Some(Some((last, date))) = self.last_dates.get(column)
            && *last == key
        {
            return Ok(*date);
        }
        let date = match self.dates.get(&key) {
            Some(date) => *date,
            None => compact_date(field, &decode(text))?,
        };
        self.dates.insert(key, date);
        if let Some(last) = self.last_dates.get_mut(column) {
            *last = Some((key, date));
        }
        Ok(date)
    }

    fn rationale(&mut self, text: &[u8]) -> Field<u16> {
        if let Some((last, place)) = &self.last_rationale
            && **last == *text
        {
            return Ok(*place);
        }
        let place = match self.places.get(text) {
            Some(place) => *place,
            None => {
                let word = decode(text);
                let place = u16::try_from(self.rationales.len()).map_err(|_| {
                    FileProblemKind::value(
                        "PTP Edit Rationale",
                        &word,
                        "one of at most 65,536 different rationales",
                    )
                })?;
                self.rationales.push(word.into());
                self.places.insert(text.into(), place);
                place
            }
        };
        self.last_rationale = Some((text.into(), place));
        Ok(place)
    }
}

fn pair_code(field: &str, text: &[u8]) -> Field<ProcedureCode> {
    let code_of = |bytes: [u8; 5]| ProcedureCode::from_bytes(bytes).filter(|code| code.index().is_some());
    match <[u8; 5]>::try_from(text).ok().and_then(code_of) {
        Some(code) => Ok(code),
        None => code(field, &decode(text)),
    }
}

fn edition(name: &FileName, options: &Options) -> Result<Edition, ReadError> {
    let setting = options.setting.or_else(|| name.hints().find_map(setting));
    let table = match setting {
        Some(Setting::Practitioner) => Table::PractitionerPairs,
        Some(Setting::OutpatientHospital) => Table::HospitalPairs,
        _ => {
            return Err(ReadError::new(
                name.display(),
                FileProblemKind::NoSetting { example: EXAMPLE },
            ));
        }
    };
    let version = name.hints().find_map(version);
    let published = version.and_then(|version| version.quarter()?.days());
    let title = options.release.clone().or_else(|| version.map(Version::name));
    match (title, options.period.or(published)) {
        (Some(name), Some(days)) => Ok(Edition {
            table,
            name,
            last: days.last(),
            stated: options.period.map(|days| (days.first(), days.last())),
        }),
        _ => Err(ReadError::new(
            name.display(),
            FileProblemKind::NoRelease {
                what: "version",
                example: EXAMPLE,
            },
        )),
    }
}

fn setting(name: &str) -> Option<Setting> {
    let lower = name.to_ascii_lowercase();
    if lower.contains("ccipra") || lower.contains("practitioner") {
        return Some(Setting::Practitioner);
    }
    (lower.contains("ccioph") || lower.contains("hospital")).then_some(Setting::OutpatientHospital)
}

/// `v302r0`: version 30.2, first issue.
#[derive(Clone, Copy)]
struct Version {
    major: u8,
    quarter: u8,
    issue: u8,
}

impl Version {
    /// Version 30 is that of 2024, its quarters are counted from 0.
    fn quarter(self) -> Option<Quarter> {
        Quarter::new(1994 + i32::from(self.major), self.quarter + 1)
    }

    fn name(self) -> Box<str> {
        let issue = if self.issue == 0 {
            String::new()
        } else {
            format!("r{}", self.issue)
        };
        format!("v{}.{}{issue}", self.major, self.quarter).into()
    }
}

fn version(name: &str) -> Option<Version> {
    let figure = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
    name.as_bytes().windows(6).find_map(|six| match *six {
        [b'v' | b'V', a, b, quarter, b'r' | b'R', issue] => Some(Version {
            major: figure(a)? * 10 + figure(b)?,
            quarter: figure(quarter)?,
            issue: figure(issue)?,
        }),
        _ => None,
    })
}

/// `-f1`.
fn part_number(name: &FileName) -> Option<u8> {
    name.hints().find_map(|name| {
        name.as_bytes().windows(3).find_map(|three| match *three {
            [b'-' | b'_' | b' ', b'f' | b'F', digit @ b'1'..=b'9'] => Some(digit - b'0'),
            _ => None,
        })
    })
}

/// One release from its parts.
pub(crate) fn merge(edition: Edition, mut parts: Vec<Part>, options: &Options) -> Result<ReadRelease, ReadError> {
    parts.sort_by(|a, b| (a.number, &a.base).cmp(&(b.number, &b.base)));
    let files: Vec<Box<str>> = parts.iter().map(|part| part.log.file().into()).collect();
    let source = source(&parts);
    let first_file = files.first().cloned().unwrap_or_default();
    if !options.allow_small {
        refuse_missing(&edition, &parts, &first_file)?;
    }
    let mut problems: Vec<FileProblem> = Vec::new();
    let mut rationales: Vec<Box<str>> = Vec::new();
    let mut rows: Vec<PairRow> = Vec::with_capacity(parts.iter().map(|part| part.rows.len()).sum());
    for part in parts {
        problems.extend(part.log.into_problems());
        let places = places(&mut rationales, part.rationales);
        rows.extend(part.rows.into_iter().map(|row| PairRow {
            rationale: places.get(usize::from(row.rationale)).copied().unwrap_or_default(),
            ..row
        }));
    }
    let in_force = in_force(&edition, &rows).ok_or_else(|| {
        ReadError::new(
            &first_file,
            FileProblemKind::NoRelease {
                what: "version",
                example: EXAMPLE,
            },
        )
    })?;
    let mut log = Log::new(&first_file);
    note_intervals(&rows, &mut log);
    problems.extend(log.into_problems());
    let release = Release::new(edition.table, &edition.name, in_force, &source);
    Ok(ReadRelease {
        release,
        rows: Rows::Pairs(PairRows { rows, rationales }),
        problems,
        files,
    })
}

fn source(parts: &[Part]) -> String {
    let bases: Vec<&str> = parts.iter().map(|part| part.base.as_ref()).collect();
    format!("CMS, NCCI PTP edits {}", bases.join(", "))
}

/// Where each of a part's rationales stands among those of the release.
fn places(all: &mut Vec<Box<str>>, of_part: Vec<Box<str>>) -> Vec<u16> {
    let mut place = |word: Box<str>| {
        let known = all.iter().position(|other| *other == word);
        let at = known.unwrap_or(all.len());
        if known.is_none() {
            all.push(word);
        }
        u16::try_from(at).unwrap_or_default()
    };
    of_part.into_iter().map(&mut place).collect()
}

fn refuse_missing(edition: &Edition, parts: &[Part], file: &str) -> Result<(), ReadError> {
    let numbers: Vec<u8> = parts.iter().filter_map(|part| part.number).collect();
    let most = numbers.iter().copied().max().unwrap_or(0).max(PARTS);
    let missing: Vec<String> = (1..=most)
        .filter(|number| !numbers.contains(number))
        .map(|number| format!("part f{number}"))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let (release, missing) = (edition.name.clone(), missing.join(" and ").into());
    Err(ReadError::new(file, FileProblemKind::MissingPart { release, missing }))
}

/// Cumulative: from the first day that any edit is in force to the end of the quarter that it was published for.
fn in_force(edition: &Edition, rows: &[PairRow]) -> Option<DateRange> {
    if let Some((first, last)) = edition.stated {
        return DateRange::new(first, last);
    }
    let first = rows.iter().filter_map(PairRow::in_force).map(DateRange::first).min()?;
    DateRange::new(first, edition.last)
}

/// Copies that lost the effective dates have rows that end before they begin, and pairs that overlap themselves.
fn note_intervals(rows: &[PairRow], log: &mut Log) {
    let mut intervals: Vec<(u64, ServiceDate, ServiceDate)> = Vec::with_capacity(rows.len());
    let (mut never, mut example) = (0, None);
    for row in rows.iter().filter(|row| row.indicator != PairIndicator::NotApplicable) {
        match row.in_force() {
            Some(days) => intervals.push((key(row), days.first(), days.last())),
            None => {
                never += 1;
                example.get_or_insert(row);
            }
        }
    }
    if let Some(row) = example {
        let example = format!("{} {}", row.column1, row.column2).into();
        log.note(FileProblemKind::NeverInForce { count: never, example });
    }
    intervals.sort_unstable();
    let overlap = |pair: &&[(u64, ServiceDate, ServiceDate)]| match pair {
        [(a, _, last), (b, first, _)] => a == b && first <= last,
        _ => false,
    };
    let count = intervals.windows(2).filter(overlap).count();
    if count > 0 {
        log.note(FileProblemKind::OverlappingPairs { count });
    }
}

/// Both codes of a row in their order.
fn key(row: &PairRow) -> u64 {
    let index = |code: ProcedureCode| u64::from(code.index().unwrap_or_default());
    index(row.column1) << 32 | index(row.column2)
}

/// Whether two files of the same part say the same.
pub(crate) fn same_part(a: &Part, b: &Part) -> Option<bool> {
    if a.edition != b.edition || a.number.is_none() || a.number != b.number {
        return None;
    }
    let word = |part: &Part, row: &PairRow| part.rationales.get(usize::from(row.rationale)).cloned();
    let same = |(x, y): (&PairRow, &PairRow)| {
        PairRow { rationale: 0, ..*x } == PairRow { rationale: 0, ..*y } && word(a, x) == word(b, y)
    };
    Some(a.rows.len() == b.rows.len() && a.rows.iter().zip(&b.rows).all(same))
}

impl Part {
    pub(crate) fn file(&self) -> &str {
        self.log.file()
    }
}
