//! What the hospital's rules about code pairs share.

use crate::reference::{OutpatientFlag, PairIndicator};
use crate::rule::prelude::*;

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

/// The editor takes a pair only where its own code table lets each code stand in its column.
pub(super) fn ruling(pair: &Pair<'_>) -> Ruling {
    let is_pair = pair.column1.flag(OutpatientFlag::NcciCode1) && pair.column2.flag(OutpatientFlag::NcciCode2);
    match pair.edit.indicator {
        PairIndicator::NotAllowed if is_pair => Ruling::NotAllowed,
        PairIndicator::Allowed if is_pair && !pair.has_bypassing_modifier() => Ruling::NeedsModifier,
        _ => Ruling::Passes,
    }
}

/// Whether a pair rejects a line.
pub(super) fn reject(line: &Line<'_>) -> bool {
    let mut rejected = false;
    line.edits_in_column2(|pair| rejected |= ruling(pair) != Ruling::Passes);
    rejected
}
