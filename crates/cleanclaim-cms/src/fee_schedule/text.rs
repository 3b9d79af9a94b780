//! PPRRVU as text: seven `HDR` records, then records of fixed width.

use std::array;
use std::borrow::Cow;

use cleanclaim::model::Location;

use super::Schedule;
use super::columns::{COLUMNS, COUNT};
use crate::options::Options;
use crate::problem::{FileProblemKind, ReadError};
use crate::release::ReadRelease;
use crate::sheet::decode;
use crate::source::FileName;

/// A record ends after the malpractice value of the OPPS cap; blanks at its end may be cut off.
const LEAST_WIDTH: usize = 168;
const MOST_WIDTH: usize = 180;

/// Whether the file looks like one: header records, or records of the right width with a code in front.
pub(crate) fn is_text(bytes: &[u8]) -> bool {
    let mut records = bytes.split(|&byte| byte == b'\n').map(|line| line.trim_ascii_end());
    let Some(first) = records.find(|line| !is_header(line)) else {
        return false;
    };
    let code = first.get(..5).unwrap_or_default();
    (LEAST_WIDTH..=MOST_WIDTH).contains(&first.len())
        && code.iter().all(u8::is_ascii_alphanumeric)
        && !first.contains(&b'\t')
        && first.get(57..58).is_some_and(|status| status.is_ascii())
        && first
            .get(102..106)
            .is_some_and(|policy| policy.iter().all(u8::is_ascii_alphanumeric))
}

fn is_header(line: &[u8]) -> bool {
    line.starts_with(b"HDR ") || line.is_empty()
}

pub(crate) fn read(name: &FileName, bytes: &[u8], options: &Options) -> Result<ReadRelease, ReadError> {
    let mut schedule = Schedule::new(name);
    for (line, number) in bytes.split(|&byte| byte == b'\n').zip(1..) {
        let line = line.trim_ascii_end();
        if is_header(line) || line == b"\x1a" {
            continue;
        }
        let added = record(line).and_then(|texts| schedule.add(&texts));
        if let Err(kind) = added {
            schedule.log.row(Location::default().at_line(number), kind);
        }
    }
    schedule.finish(name, None, options)
}

fn record(line: &[u8]) -> Result<[Cow<'_, str>; COUNT], FileProblemKind> {
    if line.len() < LEAST_WIDTH {
        let value = decode(line.get(..5).unwrap_or(line));
        return Err(FileProblemKind::value(
            "record",
            &value,
            format!(
                "a record of {LEAST_WIDTH} characters or more, and this one has {}",
                line.len()
            ),
        ));
    }
    Ok(array::from_fn(|at| {
        let bytes = COLUMNS
            .get(at)
            .map(|column| column.bytes.start..column.bytes.end.min(line.len()));
        let bytes = bytes.and_then(|bytes| line.get(bytes)).unwrap_or_default().trim_ascii();
        match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => decode(bytes).into(),
        }
    }))
}
