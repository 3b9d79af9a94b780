use std::fmt;
use std::num::NonZeroU16;
use std::str::FromStr;

use super::{ParseError, serde_as_text};

/// A revenue code of an institutional line: four digits; a leading zero may be left out.
///
/// Which of them are assigned, and what they mean, is the National Uniform Billing Committee's; none of that is here.
///
/// ```
/// use cleanclaim::model::RevenueCode;
///
/// let code: RevenueCode = "360".parse()?;
/// assert_eq!(code.to_string(), "0360");
/// assert_eq!(code, "0360".parse()?);
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RevenueCode(
    /// The number and one, so that a code that may be missing takes no more room.
    NonZeroU16,
);

impl RevenueCode {
    /// The code whose four digits write this number, or `None` if it has more digits than that.
    #[must_use]
    pub const fn from_number(number: u16) -> Option<Self> {
        match NonZeroU16::new(number.saturating_add(1)) {
            Some(one_more) if number < 10_000 => Some(Self(one_more)),
            _ => None,
        }
    }

    /// The number that the four digits write.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0.get() - 1
    }
}

impl FromStr for RevenueCode {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let digits = matches!(text.len(), 3 | 4) && text.bytes().all(|byte| byte.is_ascii_digit());
        digits
            .then(|| text.parse().ok().and_then(Self::from_number))
            .flatten()
            .ok_or_else(|| {
                ParseError::new(
                    "a revenue code",
                    text,
                    "four digits, or three where the first is a zero left out",
                )
            })
    }
}

impl fmt::Debug for RevenueCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RevenueCode({self})")
    }
}

impl fmt::Display for RevenueCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.number())
    }
}

serde_as_text!(RevenueCode);
