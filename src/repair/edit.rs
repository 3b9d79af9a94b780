//! One change to a claim, and how it is made.

use std::fmt;

use crate::claim::{Claim, ServiceLine};
use crate::evaluation::Applicability;
use crate::model::modifier_groups::{BOTH_SIDES, LEFT, RIGHT, SIDES};
use crate::model::{Modifier, Money, Units};

const TWO_UNITS: u64 = 2_000;

/// One change to a claim. Lines are named by their numbers.
///
/// ```
/// use cleanclaim::repair::Edit;
/// use cleanclaim::{Claim, modifier};
///
/// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-26")?;
/// let edit = Edit::RemoveModifier { line: 1, modifier: modifier!("26") };
/// assert_eq!(edit.to_string(), "line 1: remove modifier 26");
/// assert!(edit.apply(&claim).is_some_and(|repaired| repaired.lines()[0].modifiers.is_empty()));
/// # Ok::<(), cleanclaim::claim::ClaimError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
#[non_exhaustive]
pub enum Edit {
    /// Takes a modifier off a line, once.
    RemoveModifier {
        /// The line.
        line: u32,
        /// The modifier.
        modifier: Modifier,
    },
    /// Gives a line a modifier.
    AddModifier {
        /// The line.
        line: u32,
        /// The modifiers, any of which resolves the same: the one that is true. [`Edit::apply`] takes the first.
        one_of: Vec<Modifier>,
    },
    /// Moves a modifier from a line to another.
    MoveModifier {
        /// The modifier.
        modifier: Modifier,
        /// The line that has it.
        from: u32,
        /// The line that gets it.
        to: u32,
    },
    /// Bills a line with this many units.
    SetUnits {
        /// The line.
        line: u32,
        /// The units.
        units: Units,
    },
    /// Bills both sides on one line, with modifier 50: in place of a second line for the other side, or of twice the units.
    OneLineForBothSides {
        /// The line that stays.
        line: u32,
        /// The line of the other side; `None` where the units of the line are halved.
        other: Option<u32>,
    },
    /// Bills RT and LT, which stand on one line, on lines of their own, each with half of the units.
    LineForEachSide {
        /// The line.
        line: u32,
    },
    /// Takes a line off the claim.
    RemoveLine {
        /// The line.
        line: u32,
    },
}

impl Edit {
    /// The claim after the change; `None` where the change does not fit the claim: it has no such line or modifier, no room
    /// for a line, or its last line would go.
    #[must_use]
    pub fn apply(&self, claim: &Claim) -> Option<Claim> {
        let mut lines = claim.lines().to_vec();
        match self {
            Self::RemoveModifier { line, modifier } => {
                change(&mut lines, *line, |line| without(line, *modifier))?;
            }
            Self::AddModifier { line, one_of } => {
                let modifier = *one_of.first()?;
                change(&mut lines, *line, |line| Some(with(line, modifier)))?;
            }
            Self::MoveModifier { modifier, from, to } => {
                change(&mut lines, *from, |line| without(line, *modifier))?;
                change(&mut lines, *to, |line| Some(with(line, *modifier)))?;
            }
            Self::SetUnits { line, units } => {
                change(&mut lines, *line, |line| Some(line.clone().with_units(*units)))?;
            }
            Self::OneLineForBothSides { line, other } => one_line(&mut lines, *line, *other)?,
            Self::LineForEachSide { line } => line_each(&mut lines, *line)?,
            Self::RemoveLine { line } => lines.retain(|one| one.number != *line),
        }
        claim.with_lines(lines)
    }

    /// On what grounds the change may be made to a claim.
    pub(super) fn applicability(&self, claim: &Claim) -> Applicability {
        match self {
            Self::RemoveModifier { line, modifier } if is_said_already(claim, *line, *modifier) => Applicability::Safe,
            Self::OneLineForBothSides { other: Some(_), .. } | Self::LineForEachSide { .. } => Applicability::Safe,
            Self::SetUnits { .. } | Self::RemoveLine { .. } => Applicability::DisplayOnly,
            // A line without a modifier says something else: without 80, that the assistant was the surgeon.
            Self::RemoveModifier { .. }
            | Self::AddModifier { .. }
            | Self::MoveModifier { .. }
            | Self::OneLineForBothSides { other: None, .. } => Applicability::NeedsDocumentation,
        }
    }

    /// The modifier that goes.
    pub(super) fn removed(&self) -> Option<Modifier> {
        match self {
            Self::RemoveModifier { modifier, .. } => Some(*modifier),
            _ => None,
        }
    }

    /// The modifiers that a line gets.
    pub(super) fn added(&self) -> &[Modifier] {
        match self {
            Self::AddModifier { one_of, .. } => one_of,
            Self::MoveModifier { modifier, .. } => std::slice::from_ref(modifier),
            Self::OneLineForBothSides { other: None, .. } => &[BOTH_SIDES],
            _ => &[],
        }
    }
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RemoveModifier { line, modifier } => write!(f, "line {line}: remove modifier {modifier}"),
            Self::AddModifier { line, one_of } => {
                write!(f, "line {line}: add modifier ")?;
                for (at, modifier) in one_of.iter().enumerate() {
                    let before = match at {
                        0 => "",
                        _ if at + 1 == one_of.len() => " or ",
                        _ => ", ",
                    };
                    write!(f, "{before}{modifier}")?;
                }
                Ok(())
            }
            Self::MoveModifier { modifier, from, to } => {
                write!(f, "move modifier {modifier} from line {from} to line {to}")
            }
            Self::SetUnits { line, units } => write!(f, "line {line}: bill {units} unit"),
            Self::OneLineForBothSides {
                line,
                other: Some(other),
            } => write!(f, "bill lines {line} and {other} as one line with modifier 50"),
            Self::OneLineForBothSides { line, other: None } => {
                write!(f, "line {line}: bill modifier 50 and 1 unit in place of 2 units")
            }
            Self::LineForEachSide { line } => write!(f, "line {line}: bill RT and LT on lines of their own"),
            Self::RemoveLine { line } => write!(f, "remove line {line}"),
        }
    }
}

/// Whether the line says without this modifier what it says with it: the modifier stands there twice, or is a side beside 50.
fn is_said_already(claim: &Claim, line: u32, modifier: Modifier) -> bool {
    let Some(line) = claim.lines().iter().find(|one| one.number == line) else {
        return false;
    };
    let count = |wanted: Modifier| line.all_modifiers().filter(|&one| one == wanted).count();
    count(modifier) > 1 || SIDES.contains(&modifier) && count(BOTH_SIDES) > 0
}

fn change(
    lines: &mut [ServiceLine],
    number: u32,
    change: impl FnOnce(&ServiceLine) -> Option<ServiceLine>,
) -> Option<()> {
    let line = lines.iter_mut().find(|line| line.number == number)?;
    *line = change(line)?;
    Some(())
}

fn with(line: &ServiceLine, modifier: Modifier) -> ServiceLine {
    let modifiers: Vec<Modifier> = line.all_modifiers().chain([modifier]).collect();
    line.clone().with_modifiers(modifiers)
}

/// The line without one such modifier; `None` if it has none.
fn without(line: &ServiceLine, modifier: Modifier) -> Option<ServiceLine> {
    let mut modifiers: Vec<Modifier> = line.all_modifiers().collect();
    let at = modifiers.iter().rposition(|&one| one == modifier)?;
    modifiers.remove(at);
    Some(line.clone().with_modifiers(modifiers))
}

fn one_line(lines: &mut Vec<ServiceLine>, number: u32, other: Option<u32>) -> Option<()> {
    let Some(other) = other else {
        return change(lines, number, |line| {
            let is_two = line.units.thousandths() == TWO_UNITS;
            is_two.then(|| with(line, BOTH_SIDES).with_units(Units::ONE))
        });
    };
    let one = lines.iter().find(|line| line.number == number)?;
    let two = lines.iter().find(|line| line.number == other)?;
    let [first, second] = if one.modifiers.contains(RIGHT) {
        [RIGHT, LEFT]
    } else {
        [LEFT, RIGHT]
    };
    let (bare, bare_other) = (without(one, first)?, without(two, second)?);
    let mut same = bare_other.clone();
    (same.number, same.charge) = (bare.number, bare.charge);
    if same != bare {
        return None;
    }
    let mut merged = with(&bare, BOTH_SIDES);
    merged.charge = match (bare.charge, bare_other.charge) {
        (Some(one), Some(two)) => Some(Money::from_cents(one.cents().checked_add(two.cents())?)?),
        (None, None) => None,
        // What both sides are charged is then not known.
        _ => return None,
    };
    lines.retain(|line| line.number != other);
    change(lines, number, |_| Some(merged))
}

fn line_each(lines: &mut Vec<ServiceLine>, number: u32) -> Option<()> {
    let at = lines.iter().position(|line| line.number == number)?;
    let line = lines.get(at)?;
    let is_two = line.units.thousandths() == TWO_UNITS;
    let (right, left) = (without(line, LEFT)?, without(line, RIGHT)?);
    // Who charges one amount for both sides has to say how it is shared.
    if !is_two || line.charge.is_some() {
        return None;
    }
    let free = lines.iter().map(|line| line.number).max()?.checked_add(1)?;
    let mut left = left.with_units(Units::ONE);
    left.number = free;
    if let Some(line) = lines.get_mut(at) {
        *line = right.with_units(Units::ONE);
    }
    lines.insert(at + 1, left);
    Some(())
}
