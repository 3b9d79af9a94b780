//! What the hospital's rules that add up units share.

use crate::model::Units;
use crate::rule::prelude::*;

/// Whether the units of several lines are together more than one.
pub(super) fn exceed_one<'a>(lines: impl Iterator<Item = Line<'a>>) -> bool {
    lines
        .map(|line| line.units())
        .reduce(Units::saturating_add)
        .is_some_and(|units| units.exceeds(1))
}
