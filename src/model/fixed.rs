//! Fixed-point decimals as text, never by way of floats.

use std::fmt;

/// Reads `text` as a decimal with at most `places` digits after the point, in units of the last place: with two places
/// "-1.5" is -150. An optional minus, then digits, then optionally a point and digits; nothing else. `None` if the text
/// has another shape or more places, or if the result does not fit.
pub(crate) fn parse(text: &str, places: u32) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = match digits.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (digits, ""),
    };
    if whole.is_empty() {
        return None;
    }
    let given = u32::try_from(fraction.len()).ok()?;
    let missing = places.checked_sub(given)?;
    let mut value: i64 = 0;
    for byte in whole.bytes().chain(fraction.bytes()) {
        value = value.checked_mul(10)?.checked_add(digit(byte)?)?;
    }
    value = value.checked_mul(10_i64.checked_pow(missing)?)?;
    Some(if negative { -value } else { value })
}

fn digit(byte: u8) -> Option<i64> {
    byte.is_ascii_digit().then(|| i64::from(byte - b'0'))
}

/// Writes `value`, in units of the last of `places` places, with all its places.
pub(crate) fn write(f: &mut impl fmt::Write, value: i64, places: u32) -> fmt::Result {
    let scale = 10_u64.pow(places);
    let (sign, size) = (if value < 0 { "-" } else { "" }, value.unsigned_abs());
    write!(
        f,
        "{sign}{}.{:0width$}",
        size / scale,
        size % scale,
        width = places as usize
    )
}

/// `value` as [`write`] writes it.
pub(crate) fn text(value: impl Into<i64>, places: u32) -> String {
    let mut text = String::new();
    match write(&mut text, value.into(), places) {
        // Writing to a text cannot fail.
        Ok(()) | Err(fmt::Error) => text,
    }
}

/// Writes `value` as [`write`] does, without the zeros that end the fraction, and without the point if nothing follows it.
pub(crate) fn write_trimmed(f: &mut impl fmt::Write, mut value: i64, mut places: u32) -> fmt::Result {
    while places > 0 && value % 10 == 0 {
        value /= 10;
        places -= 1;
    }
    if places == 0 {
        write!(f, "{value}")
    } else {
        write(f, value, places)
    }
}
