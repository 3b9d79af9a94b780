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
    let Some(line) = raised.line() else {
        return String::new();
    };
    let (code, units) = (raised.code(), line.units());
    format!(
        "{code} x {units} on one line, more than the {} that its MUE allows",
        mue(line)
    )
}

fn mue(line: &Line<'_>) -> u32 {
    line.mue().map_or(0, |mue| mue.value)
}

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
    if day.units().exceeds(mue.value) {
        for line in day.lines() {
            found.raise(&line);
        }
    }
}

/// The message of a day's units.
pub(super) fn day_message(raised: &Raised<'_>) -> String {
    let Some(line) = raised.line() else {
        return String::new();
    };
    let same = line.day().filter(|other| other.code() == line.code());
    let units = same.map(|other| other.units()).reduce(Units::saturating_add);
    format!(
        "{} x {} on {}, more than the {} that its MUE allows for the day",
        raised.code(),
        units.unwrap_or_else(|| line.units()),
        raised.date(),
        mue(line),
    )
}
