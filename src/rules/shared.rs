//! What rules of several families or forms of claims share.

use crate::evaluation::Reason;
use crate::kinds::ServiceKind;
use crate::model::{Measure, Modifiers, Units};
use crate::policy::SiteCondition;
use crate::reference::{AddOnType, Bilateral, Mai, Mue, Table};
use crate::rule::prelude::*;

/// Raises an add-on that has edits of this type in force where none of their primaries is billed by the same provider on
/// the day. A primary on a line over several days may be of this day or not: then the rule is not evaluated.
pub(super) fn raise_without_primary(line: &LineInClaim<'_>, kind: AddOnType, found: &mut Found<'_>) {
    if !line.add_on_edits().any(|edit| edit.kind == kind) || line.day().any(|other| line.has_primary(&other, kind)) {
        return;
    }
    if line.lines_over_days().any(|other| line.has_primary(&other, kind)) {
        found.not_evaluated(line, Reason::OtherLineSeveralDays);
    } else if line.is(ServiceKind::CriticalCare) {
        // A colleague of the group and specialty may have given the first hour, on a claim of their own.
        found.raise_as(Disposition::Advisory, line, None, 0);
    } else {
        found.raise(line);
    }
}

/// Says which primaries of a line's edits of this type are not billed: all of a few, else how many and the first.
pub(super) fn missing_primaries(raised: &Raised<'_>, kind: AddOnType) -> String {
    const NAMED: usize = 4;
    let mut codes: Vec<String> = raised
        .line()
        .into_iter()
        .flat_map(|line| {
            let edits = line.add_on_edits().filter(move |edit| edit.kind == kind);
            edits.filter_map(|edit| line.primary(&edit))
        })
        .map(|code| code.to_string())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let count = codes.len();
    codes.truncate(NAMED);
    let named = codes.join(", ");
    match count {
        1 => format!("its primary, {named}, is not billed"),
        2..=NAMED => format!("none of its primaries ({named}) is billed"),
        _ => format!("none of its {count} primaries ({named} and others) is billed"),
    }
}

/// Raises a line at whose site the payer asks for something beforehand.
pub(super) fn raise_where_asked(condition: Option<&SiteCondition>, line: &Line<'_>, found: &mut Found<'_>) {
    let asked = condition.zip(line.site());
    if asked.is_some_and(|(condition, site)| condition.is_asked_at(site)) {
        found.raise(line);
    }
}

/// Why units are not evaluated on an ambulatory surgical centre's own claim.
pub(super) const ASC_UNITS: &str =
    "how an ambulatory surgical centre reports both sides against the MUE is not settled by the sources read";

fn counts_units(line: &Line<'_>) -> bool {
    line.given().measure == Measure::Units
}

/// Whether the units exceed what the MUE allows. An MUE of 0 on a code that the fee schedule does not pay limits nothing: it
/// says that others bill the code, and rules of the code's status say so. Where the fee schedule does not answer, the rule is
/// not evaluated.
fn exceeds(mue: Mue, units: Units, line: &Line<'_>, found: &mut Found<'_>) -> bool {
    if mue.value == 0 && units.exceeds(0) {
        if let Some(gap) = line.gap(Table::FeeSchedule) {
            found.not_evaluated(line, Reason::Table(gap));
            return false;
        }
        return line.fee().is_some_and(|fee| fee.status.has_payment_policy());
    }
    units.exceeds(mue.value)
}

/// Raises a line whose units exceed an MUE of adjudication indicator 1.
pub(super) fn raise_line_above_mue(line: &Line<'_>, found: &mut Found<'_>) {
    if !counts_units(line) {
        found.not_evaluated(line, Reason::NotInUnits);
        return;
    }
    let mue = line.mue().filter(|mue| mue.mai == Mai::Line);
    if mue.is_some_and(|mue| exceeds(mue, line.units(), line, found)) {
        found.raise(line);
    }
}

/// The message of a line's units.
pub(super) fn line_above_mue(raised: &Raised<'_>) -> String {
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

/// Raises the lines of a code and day whose units together exceed an MUE of this adjudication indicator.
pub(super) fn raise_day_above_mue(day: &CodeDay<'_>, mai: Mai, found: &mut Found<'_>) {
    let Some(mue) = day.mue().filter(|mue| mue.mai == mai) else {
        return;
    };
    if !day.counts_units() {
        for line in day.lines() {
            found.not_evaluated(&line, Reason::NotInUnits);
        }
        return;
    }
    if day.first().is_some_and(|line| exceeds(mue, day.units(), &line, found)) {
        for line in day.lines() {
            found.raise(&line);
        }
    }
}

/// The message of a day's units.
pub(super) fn day_above_mue(raised: &Raised<'_>) -> String {
    let Some(line) = raised.line_in_claim() else {
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

/// For units above the limit that may have been done all the same.
pub(super) const ON_APPEAL: Remedy =
    Remedy::needs_documentation("Units that were done are paid on appeal, where the record supports them.");
/// For a code that has a second side.
pub(super) const ONE_LINE_FOR_BOTH: Remedy =
    Remedy::display_only("If one unit was done on each side, bill one line with modifier 50 and one unit.");

/// Whether a remedy fits: an appeal does not where no unit is paid, nor 50 where the bilateral indicator is not 1.
pub(super) fn fits_units(raised: &Raised<'_>, remedy: &Remedy) -> bool {
    let Some(line) = raised.line() else {
        return true;
    };
    match *remedy {
        ON_APPEAL => mue(line) > 0,
        ONE_LINE_FOR_BOTH => line.fee().is_some_and(|fee| fee.bilateral == Bilateral::Conditional),
        _ => true,
    }
}

pub(super) fn raise_more_than_four(line: &Line<'_>, found: &mut Found<'_>) {
    if line.modifiers().more_were_given() {
        found.raise(line);
    }
}

pub(super) fn more_than_four_message(raised: &Raised<'_>) -> String {
    let given = raised.line().map_or(0, |line| line.given().all_modifiers().count());
    let beyond: Vec<_> = raised
        .line()
        .into_iter()
        .flat_map(|line| line.given().all_modifiers().skip(Modifiers::CAPACITY))
        .map(|modifier| modifier.to_string())
        .collect();
    format!(
        "{} carries {given} modifiers, and a line has four places: no room for {}",
        raised.code(),
        beyond.join(", "),
    )
}
