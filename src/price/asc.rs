//! An ambulatory surgical centre's claim, from the ASC addenda: national rates, before the wage index.
//!
//! Sources: CMS, ASC addenda AA, BB and EE; Medicare Claims Processing Manual, chapter 14, sections 40.4 and 40.5
//! (unverified); Novitas and Palmetto GBA on terminated procedures.

use std::cmp::Reverse;

use crate::model::{Modifier, Percent, Units};
use crate::modifier;
use crate::reference::{Addendum, Lookup, Reference};

use super::draft::Draft;
use super::outcome::{ByReport, Condition, NotPaid, Outcome, Unpriced};
use super::session::sessions;
use super::step::StepKind;
use super::terms::Terms;

const BEFORE_ANAESTHESIA: Modifier = modifier!("73");
const AFTER_ANAESTHESIA: Modifier = modifier!("74");
/// Modifiers that change an ASC's payment by rules that are not held here: both sides on one line, reduced services,
/// devices that cost nothing or less.
const NOT_HELD: [Modifier; 4] = [modifier!("50"), modifier!("52"), modifier!("FB"), modifier!("FC")];
/// Payment indicators of what is packaged into other services.
const PACKAGED: [[u8; 2]; 3] = [*b"N1", *b"L1", *b"S1"];
/// Payment indicators of what is priced by the contractor or paid at cost.
const BY_CONTRACTOR: [[u8; 2]; 4] = [*b"J7", *b"F4", *b"K7", *b"L6"];
const DEVICE_INTENSIVE: [u8; 2] = *b"J8";

/// Prices the lines.
pub(super) fn price(drafts: &mut [Draft<'_>], reference: &Reference, terms: &Terms) {
    for draft in drafts.iter_mut() {
        if let Err(outcome) = open(draft, reference, terms) {
            draft.settle(outcome);
        }
    }
    discount(drafts);
    for draft in drafts.iter_mut().filter(|draft| draft.is_open()) {
        draft.on_condition(Condition::BeforeWageIndex);
        draft.compare_with_charge();
    }
}

fn open(draft: &mut Draft<'_>, reference: &Reference, terms: &Terms) -> Result<(), Outcome> {
    if let Some(modifier) = draft.first_of(&NOT_HELD) {
        return Err(Outcome::NotPriced(Unpriced::Modifier(modifier)));
    }
    if let Some((one, other)) = draft.two_of(&[BEFORE_ANAESTHESIA, AFTER_ANAESTHESIA]) {
        return Err(Outcome::NotPriced(Unpriced::Conflict(one, other)));
    }
    let code = draft.line.code.ok_or(Outcome::NotPriced(Unpriced::NoCode))?;
    let found = match reference.asc(code, draft.line.date(), terms.stale) {
        Lookup::Found(found) => found,
        Lookup::NotListed => return Err(Outcome::NotPaid(NotPaid::NotOnAscList)),
        Lookup::NotCovered(gap) => return Err(Outcome::NotPriced(Unpriced::Table(gap))),
    };
    if draft.spans_days() {
        return Err(Outcome::NotPriced(Unpriced::SeveralDays));
    }
    let excluded = found.row.iter().any(|entry| entry.addendum == Addendum::Ee);
    let listed = found.row.iter().find(|entry| entry.addendum != Addendum::Ee);
    let entry = *listed
        .filter(|_| !excluded)
        .ok_or(Outcome::NotPaid(NotPaid::NotOnAscList))?;
    let indicator = entry.payment_indicator;
    let rate = match entry.rate {
        Some(rate) => rate,
        None if PACKAGED.contains(&indicator) => return Err(Outcome::NotPaid(NotPaid::Packaged(indicator))),
        None if BY_CONTRACTOR.contains(&indicator) => return Err(Outcome::ByReport(ByReport::AscIndicator(indicator))),
        None => return Err(Outcome::NotPriced(Unpriced::NoAscRate(indicator))),
    };
    draft.unit = rate;
    // One that was stopped before anaesthesia is at half already.
    draft.discounted = entry.multiple_procedure_discount == Some(true) && !draft.has(BEFORE_ANAESTHESIA);
    let release = found.release;
    draft.step(StepKind::AscRate { release, indicator }, rate);
    if draft.line.units != Units::ONE {
        let units = draft.line.units;
        draft.step(StepKind::Units(units), draft.for_units(rate));
    }
    stop(draft, indicator)
}

/// A procedure stopped before anaesthesia is paid at half, one stopped after it in full.
fn stop(draft: &mut Draft<'_>, indicator: [u8; 2]) -> Result<(), Outcome> {
    let Some(modifier) = draft.first_of(&[BEFORE_ANAESTHESIA, AFTER_ANAESTHESIA]) else {
        return Ok(());
    };
    let share = if modifier == AFTER_ANAESTHESIA {
        Percent::ALL
    } else if indicator == DEVICE_INTENSIVE {
        return Err(Outcome::NotPriced(Unpriced::DevicePortion));
    } else {
        Percent::HALF
    };
    draft.step(StepKind::AscStopped { modifier, share }, share.of(draft.amount));
    Ok(())
}

/// Of the procedures of a day that are subject to discounting, the highest is paid in full and each other at half.
fn discount(drafts: &mut [Draft<'_>]) {
    let days = sessions(
        drafts,
        |draft| draft.is_open() && draft.discounted,
        |_| true,
        |one, other| one.shares_day(other),
    );
    for mut day in days {
        for &at in &day {
            if let Some(draft) = drafts.get_mut(at).filter(|draft| draft.line.units.exceeds(1)) {
                draft.on_condition(Condition::UnitsNotRanked);
            }
        }
        if day.len() < 2 {
            continue;
        }
        day.sort_by_key(|&at| {
            drafts
                .get(at)
                .map(|draft| (Reverse(draft.unit), draft.line.code, draft.line.number))
        });
        for (rank, at) in (1_u8..=u8::MAX).chain(std::iter::repeat(u8::MAX)).zip(day) {
            let share = if rank == 1 { Percent::ALL } else { Percent::HALF };
            if let Some(draft) = drafts.get_mut(at).filter(|draft| draft.is_open()) {
                draft.step(StepKind::AscDiscount { rank, share }, share.of(draft.amount));
            }
        }
    }
}
