//! Single fields: text to typed value, or what would have been valid.

use std::borrow::Cow;

use cleanclaim::model::{Modifier, ProcedureCode, ServiceDate};
use cleanclaim::reference::UnknownIndicator;

use crate::problem::FileProblemKind;

pub(crate) type Field<T> = Result<T, FileProblemKind>;

/// A code of a shape that some code system uses; no other can stand in a table.
pub(crate) fn code(field: &str, text: &str) -> Field<ProcedureCode> {
    ProcedureCode::try_new(text)
        .filter(|code| code.index().is_some())
        .ok_or_else(|| {
            FileProblemKind::value(
                field,
                text,
                "a procedure code: five digits, four digits and a letter, or a letter and four digits",
            )
        })
}

/// Whether the text stands for a code that was not yet assigned: `GXXX1`.
pub(crate) fn is_placeholder(text: &str) -> bool {
    matches!(text.as_bytes(), [b'A'..=b'Z', b'X', b'X', b'X', b'0'..=b'9' | b'X'])
}

pub(crate) fn indicator<T>(
    field: &str,
    text: &str,
    parse: impl FnOnce(&str) -> Result<T, UnknownIndicator>,
) -> Field<T> {
    parse(text).map_err(|error| {
        FileProblemKind::value(
            field,
            text,
            format!("one of {}, the values of {}", error.expected(), error.what()),
        )
    })
}

/// A decimal with at most `places` places, in units of the last of them.
pub(crate) fn decimal<T: TryFrom<u64>>(field: &str, text: &str, places: u32) -> Field<T> {
    parse_decimal(text, places)
        .and_then(|number| T::try_from(number).ok())
        .ok_or_else(|| {
            let expected = match places {
                0 => Cow::Borrowed("a whole number"),
                _ => format!("a number with at most {places} decimals").into(),
            };
            FileProblemKind::value(field, text, expected)
        })
}

/// A decimal, or `None` if the cell is empty.
pub(crate) fn optional_decimal<T: TryFrom<u64>>(field: &str, text: &str, places: u32) -> Field<Option<T>> {
    if text.is_empty() {
        Ok(None)
    } else {
        decimal(field, text, places).map(Some)
    }
}

fn parse_decimal(text: &str, places: u32) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    // Workbooks and some copies leave zeros off, or add some.
    let fraction = fraction.trim_end_matches('0');
    let missing = places.checked_sub(u32::try_from(fraction.len()).ok()?)?;
    let mut number = 0_u64;
    for byte in whole.bytes().chain(fraction.bytes()) {
        let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
        number = number.checked_mul(10)?.checked_add(digit)?;
    }
    number.checked_mul(10_u64.checked_pow(missing)?)
}

/// A flag written 0 or 1.
pub(crate) fn flag(field: &str, text: &str) -> Field<bool> {
    match text {
        "0" => Ok(false),
        "1" => Ok(true),
        _ => Err(FileProblemKind::value(field, text, "0 or 1")),
    }
}

/// A date written `YYYYMMDD`.
pub(crate) fn compact_date(field: &str, text: &str) -> Field<ServiceDate> {
    ServiceDate::parse_compact(text).map_err(|error| FileProblemKind::value(field, text, error.expected()))
}

/// A modifier, or `None` if the cell is empty.
pub(crate) fn optional_modifier(field: &str, text: &str) -> Field<Option<Modifier>> {
    if text.is_empty() {
        Ok(None)
    } else {
        modifier(field, text).map(Some)
    }
}

pub(crate) fn modifier(field: &str, text: &str) -> Field<Modifier> {
    text.parse().map_err(|error: cleanclaim::model::ParseError| {
        FileProblemKind::value(field, text, format!("a modifier: {}", error.expected()))
    })
}

/// A text of exactly one or two ASCII characters, padded with a blank.
pub(crate) fn two_characters(field: &str, text: &str) -> Field<[u8; 2]> {
    match *text.as_bytes() {
        [a, b] if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric() => Ok([a, b]),
        [a] if a.is_ascii_alphanumeric() => Ok([a, b' ']),
        _ => Err(FileProblemKind::value(field, text, "one or two letters or digits")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        let hundredths = |text| decimal::<u32>("RVU", text, 2);
        assert_eq!(hundredths("1.23"), Ok(123));
        assert_eq!(hundredths(".10"), Ok(10));
        assert_eq!(hundredths("1"), Ok(100));
        assert_eq!(hundredths("1.5"), Ok(150));
        assert_eq!(hundredths("1.2300"), Ok(123));
        for text in [
            "",
            ".",
            "-1",
            "1.234",
            "1,000",
            "1e3",
            "99999999999999999999",
            "50000000",
        ] {
            assert!(hundredths(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_code_has_the_shape_of_one() {
        assert!(code("HCPCS", "64632").is_ok());
        for text in ["", "6463", "646320", "AB123", "\u{1a}"] {
            assert!(code("HCPCS", text).is_err(), "{text}");
        }
    }
}
