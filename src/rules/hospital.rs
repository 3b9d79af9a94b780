//! What rules of hospital outpatient claims share.

use crate::evaluation::Reason;
use crate::model::modifier_groups::BOTH_SIDES;
use crate::model::{ServiceDate, Units};
use crate::reference::{OutpatientFlag, PairIndicator};
use crate::rule::prelude::*;

/// Raises a line if `holds` is true for it. Other rules call the same `holds` to skip lines that are rejected.
pub(super) fn raise_where(holds: impl Fn(&Line<'_>) -> bool, line: &Line<'_>, found: &mut Found<'_>) {
    if holds(line) {
        found.raise(line);
    }
}

const FINAL_STATUS_UNKNOWN: &str = "a line of status indicator J1, J2 or Q1 to Q4 changes the final status indicators of \
    the claim by conditional packaging, which is not done here";

/// Whether the final status indicators are those of the editor's codes. Where they are not, says that the rule is not
/// evaluated on the claim.
pub(super) fn has_final_status(claim: &WholeClaim<'_>, found: &mut Found<'_>) -> bool {
    if claim.has_conditional_packaging() {
        found.claim_not_evaluated(Reason::NotSettled(FINAL_STATUS_UNKNOWN));
    }
    !claim.has_conditional_packaging()
}

/// Whether a line bills both sides, by modifier 50, of a procedure that may be done on either.
pub(super) fn is_both_sides(line: &Line<'_>) -> bool {
    line.has(BOTH_SIDES)
        && (line.flag(OutpatientFlag::BilateralConditional) || line.flag(OutpatientFlag::BilateralIndependent))
}

/// The first date of service after the public health emergency.
pub(super) const AFTER_EMERGENCY: ServiceDate = crate::date!(2023, 5, 12);

/// The first day of version 88 of the outpatient editor, which brought the edits.
const FIRST_EMERGENCY_VERSION: ServiceDate = crate::date!(2022, 7, 1);

/// Whether a line lies after the emergency, on a claim of a version that looks.
pub(super) fn is_after_emergency(line: &Line<'_>) -> bool {
    let first_day = line.header().first_day();
    line.date() >= AFTER_EMERGENCY && first_day.is_some_and(|first| first >= FIRST_EMERGENCY_VERSION)
}

/// What the outpatient editor makes of an edit between two lines of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ruling {
    /// Edit 20: no modifier sets it aside.
    NotAllowed,
    /// Edit 40: a modifier could set it aside, and neither line has one.
    NeedsModifier,
    /// It is set aside, or is not the editor's.
    Passes,
}

/// The editor takes a pair only if its own code table allows each code in its column.
pub(super) fn ruling(pair: &Pair<'_>) -> Ruling {
    let is_pair = pair.column1.flag(OutpatientFlag::NcciCode1) && pair.column2.flag(OutpatientFlag::NcciCode2);
    match pair.edit.indicator {
        PairIndicator::NotAllowed if is_pair => Ruling::NotAllowed,
        PairIndicator::Allowed if is_pair && !pair.has_bypassing_modifier() => Ruling::NeedsModifier,
        _ => Ruling::Passes,
    }
}

/// Whether a pair rejects a line.
pub(super) fn is_rejected_by_pair(line: &LineInClaim<'_>) -> bool {
    let mut rejected = false;
    line.edits_in_column2(|pair| rejected |= ruling(pair) != Ruling::Passes);
    rejected
}

/// Whether the units of several lines are together more than one.
pub(super) fn exceed_one<'a>(lines: impl Iterator<Item = Line<'a>>) -> bool {
    lines
        .map(|line| line.units())
        .reduce(Units::saturating_add)
        .is_some_and(|units| units.exceeds(1))
}
