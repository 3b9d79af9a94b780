//! What the rules of units share.

use crate::evaluation::Reason;
use crate::model::{Measure, Units};
use crate::reference::Mai;
use crate::rule::prelude::*;

/// Why units are not evaluated on an ambulatory surgical centre's own claim.
pub(super) const ASC_UNITS: &str =
    "how an ambulatory surgical centre reports both sides against the MUE is not settled by the sources read";

/// Raises a line whose units exceed an MUE of adjudication indicator 1.
fn counts_units(line: &Line<'_>) -> bool {
    line.given().measure == Measure::Units
}

pub(super) fn raise_line(line: &Line<'_>, found: &mut Found<'_>) {
    if !counts_units(line) {
        found.not_evaluated(line, Reason::NotInUnits);
        return;
    }
    let mue = line.mue().filter(|mue| mue.mai == Mai::Line);
    if mue.is_some_and(|mue| line.units().exceeds(mue.value)) {
        found.raise(line);
    }
}

/// The message of a line's units.
pub(super) fn line_message(raised: &Raised<'_>) -> String {
    let (units, mue) = raised.line().map_or_else(Default::default, |line| {
        (line.units().to_string(), line.mue().map_or(0, |mue| mue.value))
    });
    format!(
        "{units} units of {} on one line, more than the {mue} that its MUE allows",
        raised.code()
    )
}

/// Raises every line of a code's day whose units exceed an MUE of this adjudication indicator.
pub(super) fn raise_day(day: &CodeDay<'_>, mai: Mai, found: &mut Found<'_>) {
    let Some(mue) = day.mue().filter(|mue| mue.mai == mai) else {
        return;
    };
    if !day.counts_units() {
        for line in day.lines() {
            found.not_evaluated(&line, Reason::NotInUnits);
        }
        return;
    }
    let units = day.units();
    if units.exceeds(mue.value) {
        for line in day.lines() {
            found.raise_with(&line, rounded_up(units));
        }
    }
}

/// The message of a day's units.
pub(super) fn day_message(raised: &Raised<'_>) -> String {
    let (date, mue) = raised.line().map_or_else(Default::default, |line| {
        (line.date().to_string(), line.mue().map_or(0, |mue| mue.value))
    });
    format!(
        "{} units of {} on {date}, more than the {mue} that its MUE allows for the day",
        raised.finding().detail(),
        raised.code(),
    )
}

/// A sum for the message: part of a unit counts as one.
fn rounded_up(units: Units) -> u32 {
    u32::try_from(units.thousandths().div_ceil(1_000)).unwrap_or(u32::MAX)
}
