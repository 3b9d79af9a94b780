use std::fmt;
use std::str::FromStr;

use super::{ParseError, serde_as_text};

/// A day on which a service was given, from 1970-01-01 to 2149-06-06.
///
/// Two bytes: the days since the first of these. The text is `YYYY-MM-DD` and nothing else.
///
/// ```
/// use cleanclaim::{date, model::ServiceDate};
///
/// let day: ServiceDate = "2024-07-01".parse()?;
/// assert_eq!(day, date!(2024, 7, 1));
/// assert_eq!(day.previous().map(|day| day.to_string()).as_deref(), Some("2024-06-30"));
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceDate(u16);

/// The first year that can be held.
const FIRST_YEAR: i32 = 1970;

const fn is_leap(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The days of a year before a month from 1 to 12; for 13, all of its days.
const fn days_before(year: i32, month: u8) -> u16 {
    let leap = is_leap(year) as u16;
    match month {
        1 => 0,
        2 => 31,
        3 => 59 + leap,
        4 => 90 + leap,
        5 => 120 + leap,
        6 => 151 + leap,
        7 => 181 + leap,
        8 => 212 + leap,
        9 => 243 + leap,
        10 => 273 + leap,
        11 => 304 + leap,
        12 => 334 + leap,
        _ => 365 + leap,
    }
}

/// The days from 1970-01-01 to the first day of a year from 1970 on.
const fn days_before_year(year: i32) -> i32 {
    let past = year - 1;
    let leap_days = past / 4 - past / 100 + past / 400;
    // Up to the end of 1969 there were 477 leap days.
    (year - FIRST_YEAR) * 365 + leap_days - 477
}

impl ServiceDate {
    /// The first day that can be held, 1970-01-01.
    pub const MIN: Self = Self(0);

    /// The last day that can be held, 2149-06-06.
    pub const MAX: Self = Self(u16::MAX);

    /// The day of a year, a month from 1 to 12 and a day of the month from 1, or `None` if the calendar has no such day or
    /// it is out of range.
    #[must_use]
    pub const fn from_ymd(year: i32, month: u8, day: u8) -> Option<Self> {
        if month < 1 || month > 12 || day < 1 {
            return None;
        }
        let before = days_before(year, month);
        if day as u16 > days_before(year, month + 1) - before {
            return None;
        }
        Self::from_ordinal(year, before + day as u16)
    }

    /// The day of a year and the day's number in it, from 1, or `None` if there is no such day or it is out of range.
    #[must_use]
    pub const fn from_ordinal(year: i32, day: u16) -> Option<Self> {
        const LAST_YEAR: i32 = 2149;
        if year < FIRST_YEAR || year > LAST_YEAR || day < 1 || day > days_before(year, 13) {
            return None;
        }
        let days = days_before_year(year) + day as i32 - 1;
        if days > u16::MAX as i32 {
            None
        } else {
            Some(Self(days as u16))
        }
    }

    /// The day this many days after 1970-01-01.
    #[must_use]
    pub const fn from_day_number(days: u16) -> Self {
        Self(days)
    }

    /// How many days after 1970-01-01 this is.
    #[must_use]
    #[inline]
    pub const fn day_number(self) -> u16 {
        self.0
    }

    /// The year, 1970 to 2149.
    #[must_use]
    pub const fn year(self) -> i32 {
        let days = self.0 as i32;
        // At most one too late, as no year is shorter than 365 days and leap days shift its beginning.
        let guess = FIRST_YEAR + days / 365;
        if days_before_year(guess) > days {
            guess - 1
        } else {
            guess
        }
    }

    /// The number of the day in its year, from 1.
    const fn ordinal(self) -> u16 {
        (self.0 as i32 - days_before_year(self.year())) as u16 + 1
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        let (year, ordinal) = (self.year(), self.ordinal());
        let mut month = 1;
        while month < 12 && ordinal > days_before(year, month + 1) {
            month += 1;
        }
        month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        (self.ordinal() - days_before(self.year(), self.month())) as u8
    }

    /// The next day, or `None` after the last that can be held.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self.0.checked_add(1) {
            Some(days) => Some(Self(days)),
            None => None,
        }
    }

    /// The day before, or `None` before the first that can be held.
    #[must_use]
    pub const fn previous(self) -> Option<Self> {
        match self.0.checked_sub(1) {
            Some(days) => Some(Self(days)),
            None => None,
        }
    }

    /// Reads `YYYYMMDD`, as X12 and CMS's files write it.
    ///
    /// # Errors
    /// If the text has another shape, the calendar has no such day, or it is out of range.
    ///
    /// ```
    /// use cleanclaim::{date, model::ServiceDate};
    ///
    /// assert_eq!(ServiceDate::parse_compact("20240701"), Ok(date!(2024, 7, 1)));
    /// ```
    pub fn parse_compact(text: &str) -> Result<Self, ParseError> {
        compact(text).ok_or_else(|| ParseError::new("a date", text, "YYYYMMDD from 19700101 to 21490606"))
    }
}

fn compact(text: &str) -> Option<ServiceDate> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.split_at_checked(2)?;
    of_figures(year, month, day)
}

fn hyphenated(text: &str) -> Option<ServiceDate> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    of_figures(year, month, day)
}

fn of_figures(year: &str, month: &str, day: &str) -> Option<ServiceDate> {
    if (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return None;
    }
    let (month, day) = (number(month)?, number(day)?);
    ServiceDate::from_ymd(number(year)?.into(), u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// The number that up to four digits write; `parse` alone would take a sign.
fn number(digits: &str) -> Option<u16> {
    digits
        .bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| digits.parse().ok())
        .flatten()
}

impl FromStr for ServiceDate {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        hyphenated(text).ok_or_else(|| {
            ParseError::new(
                "a date",
                text,
                "a day of the calendar as YYYY-MM-DD, from 1970-01-01 to 2149-06-06",
            )
        })
    }
}

impl fmt::Display for ServiceDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for ServiceDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServiceDate({self})")
    }
}

serde_as_text!(ServiceDate);

/// A [`ServiceDate`](crate::model::ServiceDate) written in the source as year, month, day: a day that the calendar does
/// not have does not compile.
///
/// ```
/// use cleanclaim::date;
///
/// assert_eq!(date!(2024, 7, 1).to_string(), "2024-07-01");
/// ```
/// ```compile_fail
/// cleanclaim::date!(2023, 2, 29);
/// ```
#[macro_export]
macro_rules! date {
    ($year:literal, $month:literal, $day:literal) => {
        const {
            #[allow(
                clippy::panic,
                reason = "evaluated by the compiler, never when the program runs"
            )]
            let Some(date) = $crate::model::ServiceDate::from_ymd($year, $month, $day) else {
                panic!("not a date: expected a day of the calendar from 1970-01-01 to 2149-06-06")
            };
            date
        }
    };
}

/// One or more days in a row, both ends included.
///
/// Four bytes. The text is `2024-07-01..2024-09-30`, or the day alone for a single day. Ordered by the first day, then by
/// the last.
///
/// ```
/// use cleanclaim::{date, model::DateRange};
///
/// let quarter: DateRange = "2024-07-01..2024-09-30".parse()?;
/// assert!(quarter.contains(date!(2024, 9, 30)));
/// assert!(!quarter.contains(date!(2024, 10, 1)));
/// assert_eq!(DateRange::single(date!(2024, 7, 1)).to_string(), "2024-07-01");
/// assert!("2024-09-30..2024-07-01".parse::<DateRange>().is_err());
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateRange {
    first: ServiceDate,
    last: ServiceDate,
}

impl DateRange {
    /// The days from the first to the last, or `None` if the last is before the first.
    #[must_use]
    pub const fn new(first: ServiceDate, last: ServiceDate) -> Option<Self> {
        if first.0 <= last.0 {
            Some(Self { first, last })
        } else {
            None
        }
    }

    /// This day only.
    #[must_use]
    pub const fn single(date: ServiceDate) -> Self {
        Self {
            first: date,
            last: date,
        }
    }

    /// The first day.
    #[must_use]
    #[inline]
    pub const fn first(self) -> ServiceDate {
        self.first
    }

    /// The last day, which belongs to the range.
    #[must_use]
    #[inline]
    pub const fn last(self) -> ServiceDate {
        self.last
    }

    /// Whether the first day is the last.
    #[must_use]
    pub const fn is_single(self) -> bool {
        self.first.0 == self.last.0
    }

    /// Whether the day is one of these.
    #[must_use]
    #[inline]
    pub const fn contains(self, date: ServiceDate) -> bool {
        self.first.0 <= date.0 && date.0 <= self.last.0
    }

    /// Whether the two have a day in common.
    #[must_use]
    #[inline]
    pub const fn overlaps(self, other: Self) -> bool {
        self.first.0 <= other.last.0 && other.first.0 <= self.last.0
    }
}

impl From<ServiceDate> for DateRange {
    fn from(date: ServiceDate) -> Self {
        Self::single(date)
    }
}

impl FromStr for DateRange {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let Some((first, last)) = text.split_once("..") else {
            return text.parse().map(Self::single);
        };
        Self::new(first.parse()?, last.parse()?)
            .ok_or_else(|| ParseError::new("a range of dates", text, "a last day that is not before the first"))
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_single() {
            self.first.fmt(f)
        } else {
            write!(f, "{}..{}", self.first, self.last)
        }
    }
}

impl fmt::Debug for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DateRange({self})")
    }
}

serde_as_text!(DateRange);
