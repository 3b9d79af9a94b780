//! Quarters, and where file names and headings speak of them.

use cleanclaim::model::{DateRange, ServiceDate};

/// A quarter of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Quarter {
    year: i32,
    /// 1 to 4.
    number: u8,
}

impl Quarter {
    pub(crate) fn new(year: i32, number: u8) -> Option<Self> {
        ((1970..2149).contains(&year) && (1..=4).contains(&number)).then_some(Self { year, number })
    }

    pub(crate) fn of(date: ServiceDate) -> Option<Self> {
        Self::new(date.year(), date.month().div_ceil(3))
    }

    pub(crate) fn year(self) -> i32 {
        self.year
    }

    pub(crate) fn number(self) -> u8 {
        self.number
    }

    /// `A` for the first quarter, as the releases of the fee schedule are named.
    pub(crate) fn letter(self) -> char {
        char::from(b'A' + (self.number - 1) % 4)
    }

    pub(crate) fn days(self) -> Option<DateRange> {
        let first = ServiceDate::from_ymd(self.year, self.number * 3 - 2, 1)?;
        let last_day = if matches!(self.number, 1 | 4) { 31 } else { 30 };
        DateRange::new(first, ServiceDate::from_ymd(self.year, self.number * 3, last_day)?)
    }

    /// The quarter that a name or heading speaks of: `July 2024`, `24_JUL`, `2024 ... July Release`, `Eff_07-01-2024`,
    /// `20240701`, `V2026Q2`, `RVU24C`.
    pub(crate) fn in_text(text: &str) -> Option<Self> {
        if let Some(date) = date_in_text(text) {
            return Self::of(date);
        }
        let tokens = tokens(text);
        by_number(&tokens)
            .or_else(|| by_release(&tokens))
            .or_else(|| by_month(&tokens))
    }
}

/// A whole calendar year.
pub(crate) fn year_days(year: i32) -> Option<DateRange> {
    DateRange::new(ServiceDate::from_ymd(year, 1, 1)?, ServiceDate::from_ymd(year, 12, 31)?)
}

/// The date that a name speaks of: `20240701`, `07-01-2024`, `2024-07-01`.
pub(crate) fn date_in_text(text: &str) -> Option<ServiceDate> {
    let tokens = tokens(text);
    let compact = tokens
        .iter()
        .filter(|token| token.len() == 8)
        .find_map(|token| ServiceDate::parse_compact(token).ok());
    compact.or_else(|| {
        tokens.windows(3).find_map(|three| {
            let [a, b, c] = three else { return None };
            match (a.len(), b.len(), c.len()) {
                (2, 2, 4) => ymd(c, a, b),
                (4, 2, 2) => ymd(a, b, c),
                _ => None,
            }
        })
    })
}

/// The year that a name or heading speaks of, written with four figures.
pub(crate) fn year_in_text(text: &str) -> Option<i32> {
    tokens(text)
        .iter()
        .find_map(|token| year(token).filter(|_| token.len() == 4))
}

fn ymd(year: &str, month: &str, day: &str) -> Option<ServiceDate> {
    ServiceDate::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// Runs of digits and runs of letters.
fn tokens(text: &str) -> Vec<&str> {
    let kind = |c: char| match c {
        '0'..='9' => 1,
        'a'..='z' | 'A'..='Z' => 2,
        _ => 0,
    };
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| kind(c) != kind(first)).unwrap_or(rest.len());
        let (token, after) = rest.split_at(end);
        if kind(first) != 0 {
            tokens.push(token);
        }
        rest = after;
    }
    tokens
}

/// A year of two or four figures.
fn year(token: &str) -> Option<i32> {
    let number: i32 = token.parse().ok()?;
    match token.len() {
        4 => (1990..2149).contains(&number).then_some(number),
        2 => Some(2000 + number),
        _ => None,
    }
}

fn by_number(tokens: &[&str]) -> Option<Quarter> {
    tokens.windows(3).find_map(|three| {
        let [at, letter, number] = three else { return None };
        if letter.eq_ignore_ascii_case("q") {
            Quarter::new(year(at)?, number.parse().ok()?)
        } else {
            None
        }
    })
}

fn by_release(tokens: &[&str]) -> Option<Quarter> {
    tokens.windows(3).find_map(|three| {
        let [name, at, letters] = three else { return None };
        if !name.to_ascii_uppercase().ends_with("RVU") || letters.len() > 2 {
            return None;
        }
        let letter = letters.bytes().next()?.to_ascii_uppercase();
        Quarter::new(year(at)?, letter.checked_sub(b'A')?.checked_add(1)?)
    })
}

fn by_month(tokens: &[&str]) -> Option<Quarter> {
    let at = tokens.iter().position(|token| month(token).is_some())?;
    let month = month(tokens.get(at)?)?;
    let beside = [at.checked_add(1), at.checked_sub(1)];
    let near = beside
        .iter()
        .flatten()
        .find_map(|&at| tokens.get(at).and_then(|token| year(token)));
    let year = near.or_else(|| tokens.iter().find_map(|token| year(token).filter(|_| token.len() == 4)))?;
    Quarter::new(year, month.div_ceil(3))
}

fn month(token: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let token = token.to_ascii_lowercase();
    let place = MONTHS
        .iter()
        .position(|name| *name == token || (token.len() == 3 && name.starts_with(&token)))?;
    u8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_are_found_where_files_speak_of_them() {
        for (text, year, number) in [
            (
                "2024 National Physician Fee Schedule Relative Value File July Release",
                2024,
                3,
            ),
            ("PPRRVU24_JUL.csv", 2024, 3),
            ("PPRRVU22_JAN.csv", 2022, 1),
            ("PPRRVU2025_Oct.txt", 2025, 4),
            ("PPRRVU2026_Apr_nonQPP.txt", 2026, 2),
            ("RVU24C.zip", 2024, 3),
            ("rvu24ar.zip", 2024, 1),
            ("MCR_MUE_PractitionerServices_Eff_07-01-2024.csv", 2024, 3),
            ("AOC_V2026Q2-MCR.xlsx", 2026, 2),
            ("July 2024  Payment Indicator", 2024, 3),
            ("20240701", 2024, 3),
        ] {
            assert_eq!(Quarter::in_text(text), Quarter::new(year, number), "{text}");
        }
        for text in [
            "",
            "data",
            "ccipra-v302r0-f1.txt",
            "Payment Indicator",
            "JUL",
            "2024",
            "99999999",
        ] {
            assert_eq!(Quarter::in_text(text), None, "{text}");
        }
    }

    #[test]
    fn a_quarter_knows_its_days() {
        let days = |year, number| {
            Quarter::new(year, number)
                .and_then(Quarter::days)
                .map(|days| days.to_string())
        };
        assert_eq!(days(2024, 1).as_deref(), Some("2024-01-01..2024-03-31"));
        assert_eq!(days(2024, 2).as_deref(), Some("2024-04-01..2024-06-30"));
        assert_eq!(days(2024, 3).as_deref(), Some("2024-07-01..2024-09-30"));
        assert_eq!(days(2024, 4).as_deref(), Some("2024-10-01..2024-12-31"));
    }
}
