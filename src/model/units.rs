use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use super::{ParseError, fixed, serde_as_text};

/// The units of service of a claim line: more than zero, with at most three decimals.
///
/// Held as whole thousandths of a unit; at most 9,999,999,999.999 units. Printed without the zeros that end the fraction.
///
/// ```
/// use cleanclaim::model::Units;
///
/// let units: Units = "2.50".parse()?;
/// assert_eq!(units.thousandths(), 2_500);
/// assert_eq!(units.to_string(), "2.5");
/// assert!(units.exceeds(2) && !units.exceeds(3));
/// assert!("0".parse::<Units>().is_err());
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Units(NonZeroU64);

const PLACES: u32 = 3;
const THOUSAND: u64 = 1_000;

impl Units {
    /// One unit.
    pub const ONE: Self = Self(NonZeroU64::MIN.saturating_mul(match NonZeroU64::new(THOUSAND) {
        Some(thousand) => thousand,
        None => NonZeroU64::MIN,
    }));

    /// The most that can be held: 9,999,999,999.999 units.
    pub const MAX: Self = match NonZeroU64::new(9_999_999_999_999) {
        Some(thousandths) => Self(thousandths),
        None => Self::ONE,
    };

    /// This many units, or `None` for zero.
    #[must_use]
    pub const fn whole(units: u32) -> Option<Self> {
        Self::from_thousandths(units as u64 * THOUSAND)
    }

    /// This many thousandths of a unit, or `None` for zero or more than [`MAX`](Self::MAX).
    #[must_use]
    pub const fn from_thousandths(thousandths: u64) -> Option<Self> {
        match NonZeroU64::new(thousandths) {
            Some(number) if thousandths <= Self::MAX.thousandths() => Some(Self(number)),
            _ => None,
        }
    }

    /// The number of thousandths of a unit.
    #[must_use]
    #[inline]
    pub const fn thousandths(self) -> u64 {
        self.0.get()
    }

    /// The sum, or [`MAX`](Self::MAX) if it is more than that.
    #[must_use]
    pub const fn saturating_add(self, other: Self) -> Self {
        match Self::from_thousandths(self.thousandths() + other.thousandths()) {
            Some(sum) => sum,
            None => Self::MAX,
        }
    }

    /// Whether there is no part of a unit.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.thousandths() % THOUSAND == 0
    }

    /// Whether these are more than that many whole units.
    #[must_use]
    #[inline]
    pub const fn exceeds(self, units: u32) -> bool {
        self.thousandths() > units as u64 * THOUSAND
    }
}

impl FromStr for Units {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        fixed::parse(text, PLACES)
            .and_then(|thousandths| u64::try_from(thousandths).ok())
            .and_then(Self::from_thousandths)
            .ok_or_else(|| {
                ParseError::new(
                    "a number of units",
                    text,
                    "a number of at most 9999999999.999 with up to three decimals, above zero, as a line without a \
                     unit of service reports nothing",
                )
            })
    }
}

impl fmt::Display for Units {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Fits, being at most `MAX`.
        fixed::write_trimmed(f, i64::try_from(self.thousandths()).unwrap_or(i64::MAX), PLACES)
    }
}

serde_as_text!(Units, or number);
