use std::fmt;
use std::num::NonZeroU64;
use std::str::FromStr;

use super::{ParseError, serde_as_text};

/// A National Provider Identifier: ten digits.
///
/// The check digit is not looked at: an identifier that is merely wrong must not lose the claim, and the rules only ask
/// whether two lines have the same provider. `Option<Npi>` is eight bytes as well.
///
/// ```
/// use cleanclaim::model::Npi;
///
/// let provider: Npi = "1234567893".parse()?;
/// assert_eq!(provider.number(), 1_234_567_893);
/// assert_eq!(provider.to_string(), "1234567893");
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Npi(
    /// One more than the number, so that zero is left for `None`.
    NonZeroU64,
);

const DIGITS: usize = 10;

impl Npi {
    /// The identifier whose ten digits write this number, or `None` if it has more digits than that.
    #[must_use]
    pub const fn from_number(number: u64) -> Option<Self> {
        if number >= 10_000_000_000 {
            return None;
        }
        match NonZeroU64::new(number + 1) {
            Some(next) => Some(Self(next)),
            None => None,
        }
    }

    /// The number that the ten digits write.
    #[must_use]
    #[inline]
    pub const fn number(self) -> u64 {
        self.0.get() - 1
    }
}

impl FromStr for Npi {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let ten_digits = text.len() == DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
        ten_digits
            .then(|| text.parse().ok().and_then(Self::from_number))
            .flatten()
            .ok_or_else(|| ParseError::new("a National Provider Identifier", text, "ten digits"))
    }
}

impl fmt::Display for Npi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0DIGITS$}", self.number())
    }
}

impl fmt::Debug for Npi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Npi({self})")
    }
}

serde_as_text!(Npi);
