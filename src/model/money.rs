use std::fmt;
use std::num::NonZeroI64;
use std::str::FromStr;

use super::{ParseError, fixed, serde_as_text};

/// An amount in US dollars, exact to the cent.
///
/// Held as whole cents, of at most 13 digits. Read from a plain decimal with at most two decimals: no currency sign and no
/// separator of thousands. Printed with both decimals.
///
/// ```
/// use cleanclaim::model::Money;
///
/// let charge: Money = "310".parse()?;
/// assert_eq!(charge.cents(), 31_000);
/// assert_eq!(charge.to_string(), "310.00");
/// assert_eq!("-1.5".parse::<Money>()?.cents(), -150);
/// assert!("$1,344.10".parse::<Money>().is_err());
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(
    /// The cents and [`SHIFT`], which is never zero, so that an amount that may be missing takes no more room.
    NonZeroI64,
);

const PLACES: u32 = 2;

/// More than the cents of any amount.
const SHIFT: i64 = 1 << 62;
const MOST: i64 = 9_999_999_999_999;

impl Money {
    /// No money.
    pub const ZERO: Self = Self::of(0);

    /// The largest amount that can be held, and without its sign the smallest: 99,999,999,999.99.
    pub const MAX: Self = Self::of(MOST);

    const fn of(cents: i64) -> Self {
        match NonZeroI64::new(cents + SHIFT) {
            Some(shifted) => Self(shifted),
            None => Self(NonZeroI64::MIN),
        }
    }

    /// This many cents, or `None` if they have more than 13 digits.
    #[must_use]
    pub const fn from_cents(cents: i64) -> Option<Self> {
        if cents.unsigned_abs() <= MOST.unsigned_abs() {
            Some(Self::of(cents))
        } else {
            None
        }
    }

    /// The number of cents.
    #[must_use]
    pub const fn cents(self) -> i64 {
        self.0.get() - SHIFT
    }
}

impl Default for Money {
    fn default() -> Self {
        Self::ZERO
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Money({self})")
    }
}

impl FromStr for Money {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        fixed::parse(text, PLACES).and_then(Self::from_cents).ok_or_else(|| {
            ParseError::new(
                "an amount of money",
                text,
                "a number with at most two decimals, such as `310.00`",
            )
        })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fixed::write(f, self.cents(), PLACES)
    }
}

serde_as_text!(Money, or number);
