use std::fmt;
use std::str::FromStr;

use super::{Money, ParseError, fixed, serde_as_text};

/// A share of an amount in percent, with at most two decimals: `150`, `62.5`, `13.6`.
///
/// Held as whole hundredths of a percent; at most 655.35.
///
/// ```
/// use cleanclaim::model::Percent;
///
/// let share: Percent = "62.5".parse()?;
/// assert_eq!(share.hundredths(), 6_250);
/// assert_eq!(share.to_string(), "62.5");
/// assert_eq!(share.of("90.18".parse()?), "56.36".parse()?);
/// assert!("62,5".parse::<Percent>().is_err());
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Percent(u16);

const PLACES: u32 = 2;
/// Hundredths of a percent in the whole.
const WHOLE: i64 = 10_000;

impl Percent {
    /// All of it.
    pub const ALL: Self = Self(10_000);
    /// Half of it.
    pub const HALF: Self = Self(5_000);

    /// So many percent; at most 655.
    #[must_use]
    pub const fn whole(percent: u16) -> Self {
        Self::from_hundredths(percent.saturating_mul(100))
    }

    /// So many hundredths of a percent.
    #[must_use]
    pub const fn from_hundredths(hundredths: u16) -> Self {
        Self(hundredths)
    }

    /// The share in hundredths of a percent.
    #[must_use]
    pub const fn hundredths(self) -> u16 {
        self.0
    }

    /// This share of an amount, half a cent rounded up; at most [`Money::MAX`]. A negative amount has no share.
    #[must_use]
    pub fn of(self, amount: Money) -> Money {
        let cents = amount.cents().max(0);
        let share = cents
            .checked_mul(i64::from(self.0))
            .map(|share| (share + WHOLE / 2) / WHOLE);
        share.and_then(Money::from_cents).unwrap_or(Money::MAX)
    }
}

impl FromStr for Percent {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        fixed::parse(text, PLACES)
            .and_then(|hundredths| u16::try_from(hundredths).ok())
            .map(Self)
            .ok_or_else(|| ParseError::new("a percentage", text, "a number from 0 to 655.35, as `50` or `62.5`"))
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fixed::write_trimmed(f, i64::from(self.0), PLACES)
    }
}

serde_as_text!(Percent, or number);
