//! What belongs to the payment of a procedure: Medicare's global surgical package.

use crate::evaluation::Reason;
use crate::kinds::ServiceKind;
use crate::model::modifier_groups::{ASSISTANTS, RETURN};
use crate::modifier;
use crate::reference::{GlobalPeriod, Table};
use crate::rule::prelude::*;

/// The global days of the procedure that a line bills; `None` if it bills no procedure, or a part of one that has no
/// package of its own: an assistant's, another provider's care afterwards (55), a return to the operating room (78).
pub(super) fn package(line: &Line<'_>) -> Option<GlobalPeriod> {
    let has_none = line.has_any(&ASSISTANTS) || line.has(modifier!("55")) || line.has(RETURN);
    let global = line.fee().map(|fee| fee.global);
    global.filter(|_| !has_none && !line.is(ServiceKind::Visit))
}

/// The days of care afterwards that the procedure of a line pays for; `None` if another provider gives that care (54).
pub(super) fn days_afterwards(line: &Line<'_>) -> Option<u16> {
    match package(line) {
        _ if line.has(modifier!("54")) => None,
        Some(GlobalPeriod::Days10) => Some(10),
        Some(GlobalPeriod::Days90) => Some(90),
        _ => None,
    }
}

/// The earliest of the provider's procedures in whose days of care afterwards a line lies.
pub(super) fn procedure_before<'a>(line: &LineInClaim<'a>) -> Option<Line<'a>> {
    let day = line.date().day_number();
    let is_within = |other: &Line<'_>| {
        let after = day.checked_sub(other.given().dates.last().day_number());
        after.is_some_and(|after| after > 0 && days_afterwards(other).is_some_and(|days| after <= days))
    };
    let before = line.earlier().filter(is_within);
    before.min_by_key(|other| (other.date(), other.given().number))
}

/// Records that the fee schedule does not say of another line whether it is a procedure; false where it says so of all.
pub(super) fn is_open<'a>(
    line: &LineInClaim<'a>,
    mut others: impl Iterator<Item = Line<'a>>,
    found: &mut Found<'_>,
) -> bool {
    let gap = others.find_map(|other| other.gap(Table::FeeSchedule));
    if let Some(gap) = gap {
        found.not_evaluated(line, Reason::OtherLine(gap));
    }
    gap.is_some()
}
