//! An ambulatory surgical centre's claim, from the ASC addenda: national rates, before the wage index.
//!
//! Sources: CMS, ASC addenda AA, BB and EE; the payment indicators' definitions, First Coast Service Options; Medicare
//! Claims Processing Manual, chapter 14, sections 40.4, 40.5 and 60.3 (unverified); Novitas and Palmetto GBA on terminated
//! procedures.

use crate::model::modifier_groups::{
    BOTH_SIDES, EXPECTED_DENIALS, FACILITY_STOPPED, LEFT, PRACTITIONERS, REDUCED, RIGHT, STOPPED_AFTER_ANAESTHESIA,
    STOPPED_BEFORE_ANAESTHESIA,
};
use crate::model::{Modifier, Money, Percent, ProcedureCode, Units};
use crate::modifier;
use crate::reference::{Addendum, AscEntry, InRelease, Lookup, Reference};

use super::cents::{less, times};
use super::draft::Draft;
use super::order::by_amount;
use super::outcome::{ByReport, Condition, NotPaid, Outcome, Unpriced};
use super::session::sessions;
use super::step::StepKind;
use super::terms::Terms;

/// Modifiers that change an ASC's payment by rules that this library does not have: both sides on one line, reduced services,
/// devices that cost nothing or less.
const NOT_HELD: [Modifier; 4] = [BOTH_SIDES, REDUCED, modifier!("FB"), modifier!("FC")];
/// Payment indicators of items packaged into other services.
const PACKAGED: [[u8; 2]; 3] = [*b"N1", *b"L1", *b"S1"];
/// Payment indicators of items that are not paid, even with a rate.
const WITHOUT_PAYMENT: [[u8; 2]; 10] = [
    *b"K5", *b"D1", *b"D5", *b"B5", *b"C5", *b"M6", *b"U5", *b"X5", *b"E5", *b"Y5",
];
/// Payment indicators of items that the contractor prices or that are paid at cost.
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

/// Finds the entry, and applies what concerns the line alone.
fn open(draft: &mut Draft<'_>, reference: &Reference, terms: &Terms) -> Result<(), Outcome> {
    let code = draft.line.code.ok_or(Outcome::NotPriced(Unpriced::NoCode))?;
    let InRelease { row: entry, release } = entry(draft, code, reference, terms)?;
    // Also of a line that is refused below: others may or may not be discounted beside it.
    draft.discounted = Some(entry.multiple_procedure_discount == Some(true) && !is_at_half(draft));
    refuse_modifiers(draft)?;
    if draft.spans_days() {
        return Err(Outcome::NotPriced(Unpriced::SeveralDays));
    }
    let indicator = entry.payment_indicator;
    draft.unit = rate(entry)?;
    draft.step(StepKind::AscRate { release, indicator }, draft.unit);
    stop(draft, indicator)?;
    draft.count_units()
}

/// The code's entry in the addenda, if an ASC is paid for it.
fn entry(
    draft: &Draft<'_>,
    code: ProcedureCode,
    reference: &Reference,
    terms: &Terms,
) -> Result<InRelease<AscEntry>, Outcome> {
    let found = match reference.asc(code, draft.line.date(), terms.stale) {
        Lookup::Found(found) => found,
        Lookup::NotListed => return Err(Outcome::NotPaid(NotPaid::NotOnAscList)),
        Lookup::NotCovered(gap) => return Err(Outcome::NotPriced(Unpriced::Table(gap))),
    };
    let excluded = found.row.iter().any(|entry| entry.addendum == Addendum::Ee);
    let listed = found.row.first().filter(|_| !excluded);
    let row = *listed.ok_or(Outcome::NotPaid(NotPaid::NotOnAscList))?;
    Ok(InRelease {
        row,
        release: found.release,
    })
}

/// One that was stopped before anaesthesia is at half already, and apart from the others.
fn is_at_half(draft: &Draft<'_>) -> bool {
    draft.has(STOPPED_BEFORE_ANAESTHESIA) && !draft.has(STOPPED_AFTER_ANAESTHESIA)
}

fn refuse_modifiers(draft: &Draft<'_>) -> Result<(), Outcome> {
    if let Some((one, other)) = draft.two_of(&FACILITY_STOPPED) {
        return Err(Outcome::NotPriced(Unpriced::Conflict(one, other)));
    }
    if let Some(modifier) = draft.first_of(&EXPECTED_DENIALS) {
        return Err(Outcome::NotPaid(NotPaid::ExpectedDenial(modifier)));
    }
    if let Some(modifier) = draft.first_of(&PRACTITIONERS) {
        return Err(Outcome::NotPriced(Unpriced::OutOfPlace(modifier)));
    }
    // Both sides in one unit, as 50 says it; in two units they are two procedures.
    let sides = draft.has(RIGHT) && draft.has(LEFT) && draft.units == Units::ONE;
    match draft.first_of(&NOT_HELD).or(sides.then_some(LEFT)) {
        Some(modifier) => Err(Outcome::NotPriced(Unpriced::Modifier(modifier))),
        None => Ok(()),
    }
}

/// The rate of one unit. The indicator counts, also where a rate is left beside it.
fn rate(entry: AscEntry) -> Result<Money, Outcome> {
    let indicator = entry.payment_indicator;
    if PACKAGED.contains(&indicator) {
        return Err(Outcome::NotPaid(NotPaid::Packaged(indicator)));
    }
    if WITHOUT_PAYMENT.contains(&indicator) {
        return Err(Outcome::NotPaid(NotPaid::AscIndicator(indicator)));
    }
    entry.rate.ok_or(if BY_CONTRACTOR.contains(&indicator) {
        Outcome::ByReport(ByReport::AscIndicator(indicator))
    } else {
        Outcome::NotPriced(Unpriced::NoAscRate(indicator))
    })
}

/// A procedure stopped before anaesthesia is paid at half, one stopped after it in full.
fn stop(draft: &mut Draft<'_>, indicator: [u8; 2]) -> Result<(), Outcome> {
    let Some(modifier) = draft.first_of(&FACILITY_STOPPED) else {
        return Ok(());
    };
    let share = if modifier == STOPPED_AFTER_ANAESTHESIA {
        Percent::ALL
    } else if indicator == DEVICE_INTENSIVE {
        return Err(Outcome::NotPriced(Unpriced::DevicePortion));
    } else {
        Percent::HALF
    };
    draft.unit = share.of(draft.unit);
    draft.step(StepKind::AscStopped { modifier, share }, draft.unit);
    Ok(())
}

/// Of the procedures of a day that are subject to discounting, the highest is paid in full and each other at half. Each
/// unit is a procedure, as ASCs report both sides by two units or two lines.
fn discount(drafts: &mut [Draft<'_>]) {
    let days = sessions(
        drafts,
        |draft| draft.is_open() && draft.discounted == Some(true),
        |draft| draft.discounted != Some(false),
        |one, other| one.shares_day(other),
    );
    for mut day in days {
        day.sort_by_cached_key(|&at| drafts.get(at).map(|draft| by_amount(draft, draft.unit)));
        let is_alone = day.len() == 1;
        let mut rank = 1_u64;
        for at in day {
            let Some(draft) = drafts.get_mut(at) else { continue };
            discount_line(draft, u8::try_from(rank).unwrap_or(u8::MAX), is_alone);
            rank = rank.saturating_add(draft.units.thousandths().div_ceil(Units::ONE.thousandths()));
        }
    }
}

fn discount_line(draft: &mut Draft<'_>, rank: u8, is_alone: bool) {
    let share = Percent::HALF;
    let half = share.of(draft.unit);
    if draft.units.exceeds(1) {
        draft.on_condition(Condition::UnitsAreProcedures);
    }
    if rank > 1 {
        draft.step(StepKind::AscDiscount { rank, share }, draft.for_units(half));
        return;
    }
    if !is_alone {
        let share = Percent::ALL;
        draft.step(StepKind::AscDiscount { rank, share }, draft.amount);
    }
    let further = draft.units.thousandths().saturating_sub(Units::ONE.thousandths());
    if let Some(further) = Units::from_thousandths(further) {
        let off = times(less(draft.unit, half), further);
        draft.take_off(off, |less| StepKind::AscFurtherUnits { share, less });
    }
}
