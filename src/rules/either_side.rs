//! What the hospital's rules about both sides share.

use crate::modifier;
use crate::reference::OutpatientFlag;
use crate::rule::prelude::*;

/// Whether a line bills both sides, by modifier 50, of a procedure that may be done on either.
pub(super) fn is_both_sides(line: &Line<'_>) -> bool {
    line.has(modifier!("50"))
        && (line.flag(OutpatientFlag::BilateralConditional) || line.flag(OutpatientFlag::BilateralIndependent))
}
