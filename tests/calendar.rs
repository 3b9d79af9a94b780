//! Dates against another calendar: every day that can be held, and days that no calendar has.

use cleanclaim::model::ServiceDate;
use time::{Date, Month};

const FIRST_JULIAN_DAY: i32 = 2_440_588;

#[test]
fn every_day_is_that_of_the_calendar() {
    for number in 0..=u16::MAX {
        let day = ServiceDate::from_day_number(number);
        let date = Date::from_julian_day(FIRST_JULIAN_DAY + i32::from(number)).unwrap();
        let parts = (date.year(), u8::from(date.month()), date.day());
        assert_eq!((day.year(), day.month(), day.day()), parts, "day {number}");
        assert_eq!(ServiceDate::from_ymd(parts.0, parts.1, parts.2), Some(day));
        assert_eq!(ServiceDate::from_ordinal(date.year(), date.ordinal()), Some(day));
    }
}

#[test]
fn a_day_that_the_calendar_lacks_is_none() {
    for year in [
        i32::MIN,
        -1,
        0,
        1969,
        1970,
        1972,
        2000,
        2023,
        2100,
        2149,
        2150,
        i32::MAX,
    ] {
        for month in 0..=255 {
            for day in 0..=255 {
                let date = Month::try_from(month)
                    .ok()
                    .and_then(|month| Date::from_calendar_date(year, month, day).ok());
                let number = date.map(|date| date.to_julian_day() - FIRST_JULIAN_DAY);
                let held = number
                    .and_then(|number| u16::try_from(number).ok())
                    .map(ServiceDate::from_day_number);
                assert_eq!(ServiceDate::from_ymd(year, month, day), held, "{year}-{month}-{day}");
            }
        }
        for day in [0, 1, 59, 60, 61, 365, 366, 367, u16::MAX] {
            let date = Date::from_ordinal_date(year, day).ok();
            let number = date.map(|date| date.to_julian_day() - FIRST_JULIAN_DAY);
            let held = number
                .and_then(|number| u16::try_from(number).ok())
                .map(ServiceDate::from_day_number);
            assert_eq!(ServiceDate::from_ordinal(year, day), held, "{year}, day {day}");
        }
    }
}
