//! The values of elements: decimals, dates, texts. All of them straight from the bytes.

use cleanclaim::model::{DateRange, Modifier, Money, Npi, ProcedureCode, ServiceDate, Units};

use super::Separators;

/// A decimal of X12 in units of its last place: a sign, digits, a point with or without digits on either side. More
/// places than are asked for must be zeros.
pub(super) fn decimal(text: &[u8], places: u32) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let mut value: i64 = 0;
    let (mut any, mut point, mut left) = (false, false, places);
    for &byte in digits {
        match byte {
            b'.' if !point => point = true,
            b'0' if point && left == 0 => {}
            b'0'..=b'9' if !point || left > 0 => {
                value = value.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
                left -= u32::from(point);
                any = true;
            }
            _ => return None,
        }
    }
    let value = value.checked_mul(10_i64.checked_pow(left)?)?;
    any.then_some(if negative { -value } else { value })
}

pub(super) fn units(text: &[u8]) -> Option<Units> {
    Units::from_thousandths(u64::try_from(decimal(text, 3)?).ok()?)
}

pub(super) fn money(text: &[u8]) -> Option<Money> {
    Money::from_cents(decimal(text, 2)?)
}

pub(super) fn whole(text: &[u8]) -> Option<u32> {
    u32::try_from(decimal(text, 0)?).ok()
}

pub(super) fn code(text: &[u8]) -> Option<ProcedureCode> {
    ProcedureCode::from_bytes(text.try_into().ok()?)
}

pub(super) fn modifier(text: &[u8]) -> Option<Modifier> {
    Modifier::try_new(std::str::from_utf8(text).ok()?)
}

pub(super) fn npi(text: &[u8]) -> Option<Npi> {
    (text.len() == 10 && text.iter().all(u8::is_ascii_digit))
        .then(|| decimal(text, 0))
        .flatten()
        .and_then(|number| Npi::from_number(number.try_into().ok()?))
}

/// Reads any of the standard's small vocabulary types by its text.
pub(super) fn parsed<T: std::str::FromStr>(text: &[u8]) -> Option<T> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// A day of the calendar, from any year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day {
    year: u16,
    month: u8,
    day: u8,
}

/// A day as `CCYYMMDD`.
pub(super) fn day(text: &[u8]) -> Option<Day> {
    if text.len() != 8 || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = decimal(text, 0)?;
    let day = Day {
        year: u16::try_from(number / 10_000).ok()?,
        month: u8::try_from(number / 100 % 100).ok()?,
        day: u8::try_from(number % 100).ok()?,
    };
    (1..=day.days_of_month()).contains(&day.day).then_some(day)
}

impl Day {
    /// How many days its month has; none if there is no such month.
    const fn days_of_month(self) -> u8 {
        match self.month {
            4 | 6 | 9 | 11 => 30,
            2 if self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0) => 29,
            2 => 28,
            1..=12 => 31,
            _ => 0,
        }
    }
}

fn service_date(text: &[u8]) -> Option<ServiceDate> {
    // With a time of day behind it (qualifier DT).
    let text = if matches!(text.len(), 12 | 14) {
        text.get(..8)?
    } else {
        text
    };
    let Day { year, month, day } = day(text)?;
    ServiceDate::from_ymd(year.into(), month, day)
}

/// A day or a range of days, told apart by the shape and not by the qualifier, which senders mix up.
pub(super) fn days(text: &[u8]) -> Option<DateRange> {
    match text.iter().position(|&byte| byte == b'-') {
        None => service_date(text).map(DateRange::single),
        Some(at) => DateRange::new(
            service_date(text.get(..at)?.trim_ascii())?,
            service_date(text.get(at + 1..)?.trim_ascii())?,
        ),
    }
}

/// More years than anyone has lived.
const OLDEST: u16 = 130;

/// The completed years from a birth to a day; `None` if it is not born yet, or older than anyone.
pub(super) fn age(birth: Day, on: ServiceDate) -> Option<u8> {
    let on = Day {
        year: u16::try_from(on.year()).ok()?,
        month: on.month(),
        day: on.day(),
    };
    let had_birthday = (on.month, on.day) >= (birth.month, birth.day);
    let years = on.year.checked_sub(birth.year)?;
    years
        .checked_sub(u16::from(!had_birthday))
        .filter(|&years| years <= OLDEST)
        .and_then(|years| u8::try_from(years).ok())
}

/// The text of an element, the release characters taken out; text that is not UTF-8 is taken for Latin-1. Of one longer than
/// any element of a claim the rest is left out.
pub(super) fn text(bytes: &[u8], separators: Option<Separators>) -> String {
    const LONGEST: usize = 256;
    let bytes = bytes.trim_ascii();
    let bytes = bytes.get(..LONGEST).unwrap_or(bytes);
    let Some(release) = separators.and_then(|separators| separators.release) else {
        return decoded(bytes);
    };
    let mut kept = Vec::with_capacity(bytes.len());
    let mut rest = bytes.iter();
    while let Some(&byte) = rest.next() {
        kept.push(if byte == release {
            rest.next().copied().unwrap_or(byte)
        } else {
            byte
        });
    }
    decoded(&kept)
}

/// Whether two control numbers are one; zeros before a number say nothing.
pub(super) fn is_same_control(one: &[u8], other: &[u8]) -> bool {
    let significant = |text: &[u8]| {
        let zeros = text.iter().take_while(|&&byte| byte == b'0').count();
        text.get(zeros..).unwrap_or_default().to_vec()
    };
    one == other || (!one.is_empty() && !other.is_empty() && significant(one) == significant(other))
}

fn decoded(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes).map_or_else(|_| bytes.iter().copied().map(char::from).collect(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals() {
        let cases: [(&str, u32, Option<i64>); 13] = [
            ("1.00", 3, Some(1_000)),
            (".5", 3, Some(500)),
            ("12.", 2, Some(1_200)),
            ("1.2340", 3, Some(1_234)),
            ("1.2345", 3, None),
            ("-1.5", 2, Some(-150)),
            ("007", 0, Some(7)),
            ("", 2, None),
            (".", 2, None),
            ("-", 2, None),
            ("1.1.1", 2, None),
            ("1e3", 2, None),
            ("99999999999999999999", 2, None),
        ];
        for (text, places, expected) in cases {
            assert_eq!(decimal(text.as_bytes(), places), expected, "{text}");
        }
    }

    #[test]
    fn dates() {
        let cases = [
            ("20050208", Some("2005-02-08")),
            ("200506170800", Some("2005-06-17")),
            ("20040201-20040207", Some("2004-02-01..2004-02-07")),
            ("20040207-20040201", None),
            ("20040230", None),
            ("2004021", None),
            ("19690101", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let days = days(text.as_bytes()).map(|days| days.to_string());
            assert_eq!(days.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn days_of_the_calendar() {
        for (text, expected) in [
            ("19540228", true),
            ("19540229", false),
            ("19560229", true),
            ("20000229", true),
            ("19000229", false),
            ("19540431", false),
            ("19541231", true),
            ("19541301", false),
            ("19540100", false),
            ("1954-01-01", false),
        ] {
            assert_eq!(day(text.as_bytes()).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn ages() {
        let on = ServiceDate::from_ymd(2005, 2, 8).unwrap();
        for (birth, expected) in [
            ("19630729", Some(41)),
            ("19630208", Some(42)),
            ("20050208", Some(0)),
            ("20050209", None),
            ("18740209", Some(130)),
            ("18740208", None),
            ("17000101", None),
        ] {
            assert_eq!(age(day(birth.as_bytes()).unwrap(), on), expected, "{birth}");
        }
    }
}
