//! How an item of equipment is paid, and how many of it.

use crate::claim::Biller;
use crate::evaluation::Reason;
use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::{Measure, Units};
use crate::reference::{DmeposCategory, DmeposJurisdiction, Gap, HcpcsPricing, Lookup, Mai, Mue};
use crate::rule::prelude::*;

/// How Medicare pays for an item, as far as the modifiers of its line depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paid {
    /// Sold or rented: inexpensive, or routinely purchased.
    SoldOrRented,
    /// Rented for some months, then the patient's.
    CappedRental,
}

/// What the schedules say of the code of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Category {
    /// It is paid in one of these ways.
    Paid(Paid),
    /// It is paid in another way, or is no item.
    Other,
    /// Neither schedule answers for the date.
    NotKnown(Gap),
}

/// The category of a line's code, by the DMEPOS schedule, else by HCPCS Level II.
pub(super) fn category(line: &Line<'_>) -> Category {
    if let Lookup::Found(mut rows) = line.dmepos() {
        let category = rows.next().map(|row| row.category);
        return match category {
            Some(DmeposCategory::Inexpensive) => Category::Paid(Paid::SoldOrRented),
            Some(DmeposCategory::CappedRental) => Category::Paid(Paid::CappedRental),
            _ => Category::Other,
        };
    }
    match line.hcpcs() {
        Lookup::Found(entry) => match entry.pricing {
            HcpcsPricing::Inexpensive => Category::Paid(Paid::SoldOrRented),
            HcpcsPricing::CappedRental => Category::Paid(Paid::CappedRental),
            _ => Category::Other,
        },
        Lookup::NotCovered(gap) => Category::NotKnown(gap),
        _ => Category::Other,
    }
}

/// What suppliers bill: items, and the drugs that go into them.
pub(super) const SUPPLIED: ServiceKinds = ServiceKinds::of(&[ServiceKind::Dmepos, ServiceKind::Drug]);

/// Whether the units of a line count against the MUE of suppliers: on a supplier's claim, and on anybody's for an item that
/// only the contractors for equipment pay.
///
/// Source: CMS, NCCI MUE table of DME supplier services, and the jurisdictions of the DMEPOS fee schedule.
fn is_suppliers(line: &Line<'_>) -> bool {
    if line.biller() == Some(Biller::Supplier) {
        return true;
    }
    let Lookup::Found(mut rows) = line.dmepos() else {
        return false;
    };
    rows.next()
        .is_some_and(|row| row.jurisdiction == DmeposJurisdiction::Equipment)
}

/// The supplier's MUE of this adjudication indicator that a line is held against; why that is not known, where it is not.
fn supplier_mue(line: &Line<'_>, mai: Mai) -> Result<Option<Mue>, Reason> {
    if !is_suppliers(line) {
        return Ok(None);
    }
    match line.supplier_mue() {
        Lookup::Found(mue) => Ok(Some(mue).filter(|mue| mue.mai == mai)),
        Lookup::NotListed => Ok(None),
        Lookup::NotCovered(gap) => Err(Reason::Table(gap)),
    }
}

/// Raises a line whose units exceed a supplier's MUE of adjudication indicator 1.
pub(super) fn raise_line_above_supplier_mue(line: &Line<'_>, found: &mut Found<'_>) {
    match supplier_mue(line, Mai::Line) {
        Ok(Some(_)) if line.given().measure != Measure::Units => found.not_evaluated(line, Reason::NotInUnits),
        Ok(Some(mue)) if line.units().exceeds(mue.value) => found.raise(line),
        Ok(_) => {}
        Err(reason) => found.not_evaluated(line, reason),
    }
}

/// Raises the lines of a code and day whose units together exceed a supplier's MUE of this adjudication indicator.
pub(super) fn raise_day_above_supplier_mue(day: &CodeDay<'_>, mai: Mai, found: &mut Found<'_>) {
    let mue = day.first().map_or(Ok(None), |line| supplier_mue(&line, mai));
    for line in day.lines() {
        match mue {
            Ok(Some(_)) if !day.counts_units() => found.not_evaluated(&line, Reason::NotInUnits),
            Ok(Some(mue)) if day.units().exceeds(mue.value) => found.raise(&line),
            Ok(_) => {}
            Err(reason) => found.not_evaluated(&line, reason),
        }
    }
}

/// The message of a line or a day above a supplier's MUE.
pub(super) fn above_supplier_mue(raised: &Raised<'_>) -> String {
    let Some(line) = raised.line_in_claim() else {
        return String::new();
    };
    let (Lookup::Found(mue), code) = (line.supplier_mue(), raised.code()) else {
        return String::new();
    };
    let value = mue.value;
    if mue.mai == Mai::Line {
        return format!(
            "{code} x {} on one line, more than the {value} that the MUE of suppliers allows",
            line.units()
        );
    }
    let same = line.day().filter(|other| other.code() == line.code());
    let units = same.map(|other| other.units()).reduce(Units::saturating_add);
    format!(
        "{code} x {} on {}, more than the {value} that the MUE of suppliers allows for the day",
        units.unwrap_or_else(|| line.units()),
        raised.date(),
    )
}

/// Whether the MUE of suppliers is 0: no unit of the item is a supplier's.
pub(super) fn is_never_supplied(raised: &Raised<'_>) -> bool {
    let mue = raised.line().map(|line| line.supplier_mue());
    matches!(mue, Some(Lookup::Found(mue)) if mue.value == 0)
}
