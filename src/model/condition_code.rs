use std::fmt;
use std::str::FromStr;

use tinystr::TinyAsciiStr;

use super::{ParseError, serde_as_text};

/// A condition code of an institutional claim (UB-04, form locators 18 to 28): two ASCII letters or digits, upper case.
///
/// Which of them are assigned, and what they mean, is the National Uniform Billing Committee's; none of that is here.
///
/// ```
/// use cleanclaim::model::ConditionCode;
///
/// let distinct_visits: ConditionCode = "g0".parse()?;
/// assert_eq!(distinct_visits.as_str(), "G0");
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConditionCode(TinyAsciiStr<2>);

impl ConditionCode {
    /// The code of this text, or `None` if it is not two ASCII letters or digits.
    #[must_use]
    pub const fn try_new(text: &str) -> Option<Self> {
        match TinyAsciiStr::try_from_str(text) {
            Ok(code) if text.len() == 2 && code.is_ascii_alphanumeric() => Some(Self(code.to_ascii_uppercase())),
            _ => None,
        }
    }

    /// The two characters, upper case.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for ConditionCode {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::try_new(text).ok_or_else(|| ParseError::new("a condition code", text, "two ASCII letters or digits"))
    }
}

impl fmt::Display for ConditionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

serde_as_text!(ConditionCode);
