//! Why an input does not begin as X12 does: the cause, as far as the first bytes show it.

use super::shown::segment_id;
use super::{Segment, X12ErrorKind};

/// `ISA` in EBCDIC.
const EBCDIC: &[u8] = b"\xC9\xE2\xC1";
/// How many elements an ISA has.
const ELEMENTS: usize = 16;

/// Why the first segment of an input begins no interchange.
pub(super) fn refusal(segment: &Segment<'_>) -> X12ErrorKind {
    let bytes = segment.bytes;
    if bytes.starts_with(EBCDIC) {
        return X12ErrorKind::Encoding("EBCDIC, the code of mainframes");
    }
    if matches!(
        bytes,
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [b'I', 0, b'S', ..] | [0, b'I', 0, ..]
    ) {
        return X12ErrorKind::Encoding("UTF-16");
    }
    match bytes.strip_prefix(b"ISA") {
        Some([element, rest @ ..]) if !element.is_ascii_alphanumeric() => interchange(*element, rest),
        _ => not_x12(bytes),
    }
}

fn not_x12(bytes: &[u8]) -> X12ErrorKind {
    let end = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric());
    let segment = segment_id(bytes.get(..end.unwrap_or(bytes.len())).unwrap_or_default());
    let what = match bytes.first() {
        _ if !segment.is_empty() => "",
        Some(b'{' | b'[') => "JSON",
        Some(b'<') => "XML",
        _ if bytes.starts_with(b"PK\x03\x04") => "a zip archive",
        _ if bytes.starts_with(b"\x1F\x8B") => "a gzip file",
        _ if bytes.starts_with(b"MSH|") => "HL7 version 2",
        _ => "this text",
    };
    X12ErrorKind::NotX12 {
        segment: segment.to_owned(),
        what,
    }
}

/// Why an ISA does not say its separators; `rest` is what follows its first one.
fn interchange(element: u8, rest: &[u8]) -> X12ErrorKind {
    let mut parts = rest.split(|&byte| byte == element);
    let elements = parts.by_ref().take(ELEMENTS - 1).count();
    let Some(last) = parts.next() else {
        return X12ErrorKind::Isa { elements };
    };
    match *last {
        [] | [_] | [_, b'G', b'S'] | [_, b'T', b'A', b'1'] => X12ErrorKind::Isa16Missing,
        [_, b' ', ..] => X12ErrorKind::Terminator("a blank"),
        [_, byte, ..] if byte.is_ascii_alphabetic() => X12ErrorKind::Terminator("a letter"),
        [_, byte, ..] if byte.is_ascii_digit() => X12ErrorKind::Terminator("a digit"),
        [first, ..] if first.is_ascii_alphanumeric() => X12ErrorKind::Isa16Missing,
        _ => X12ErrorKind::Terminator("one of the other separators"),
    }
}
