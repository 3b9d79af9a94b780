//! The sides that a line and its diagnoses name.

use crate::model::modifier_groups::{BOTH_SIDES, LEFT, LEFT_PARTS, RIGHT, RIGHT_PARTS, SIDES, join};
use crate::model::{DiagnosisSide, Modifier};
use crate::rule::prelude::Line;

/// The modifiers that name a side: of the body, an eyelid, a finger or a toe.
pub(super) const OF_A_SIDE: [Modifier; 27] = join(&[&SIDES, &[BOTH_SIDES], &LEFT_PARTS, &RIGHT_PARTS]);

/// Whether the right side and the left are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sides {
    pub(super) right: bool,
    pub(super) left: bool,
}

impl Sides {
    const BOTH: Self = Self {
        right: true,
        left: true,
    };
    const RIGHT: Self = Self {
        right: true,
        left: false,
    };
    const LEFT: Self = Self {
        right: false,
        left: true,
    };
    const NONE: Self = Self {
        right: false,
        left: false,
    };

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            right: self.right || other.right,
            left: self.left || other.left,
        }
    }

    fn of_modifier(modifier: Modifier) -> Self {
        Self {
            right: modifier == BOTH_SIDES || modifier == RIGHT || RIGHT_PARTS.contains(&modifier),
            left: modifier == BOTH_SIDES || modifier == LEFT || LEFT_PARTS.contains(&modifier),
        }
    }

    fn of_diagnosis(side: DiagnosisSide) -> Self {
        match side {
            DiagnosisSide::Right => Self::RIGHT,
            DiagnosisSide::Left => Self::LEFT,
            DiagnosisSide::Both => Self::BOTH,
            DiagnosisSide::Unspecified => Self::NONE,
        }
    }

    /// The sides that a line's modifiers name.
    pub(super) fn billed(line: &Line<'_>) -> Self {
        let modifiers = line.modifiers();
        modifiers
            .iter()
            .fold(Self::NONE, |sides, modifier| sides.and(Self::of_modifier(modifier)))
    }

    /// The sides that the line's diagnoses name together; `None` if no diagnosis is of a side or lacks one.
    pub(super) fn diagnosed(line: &Line<'_>) -> Option<Self> {
        let sides = line.diagnoses().filter_map(DiagnosisSide::of);
        sides.map(Self::of_diagnosis).reduce(Self::and)
    }

    pub(super) fn is_some_side(self) -> bool {
        self != Self::NONE
    }

    /// Whether a side is named that the other does not name.
    pub(super) fn exceeds(self, other: Self) -> bool {
        self.right && !other.right || self.left && !other.left
    }

    pub(super) fn words(self) -> &'static str {
        match (self.right, self.left) {
            (true, true) => "both sides",
            (true, false) => "the right side",
            (false, true) => "the left side",
            (false, false) => "no side",
        }
    }
}
