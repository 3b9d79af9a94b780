use std::fmt;
use std::str::FromStr;

use super::{ParseError, TypeOfBill, serde_as_text};

/// What a claim is to an earlier one: CLM05-3 of an 837, the last character of a type of bill, item 22 of a CMS-1500.
///
/// A digit or an upper case letter. The codes are the National Uniform Billing Committee's (Medicare Claims Processing
/// Manual, chapter 25, section 75.1); the three that a professional claim may have are named here.
///
/// ```
/// use cleanclaim::model::Frequency;
///
/// let frequency: Frequency = "8".parse()?;
/// assert!(frequency.is_void());
/// assert_eq!(Frequency::default(), Frequency::ORIGINAL);
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Frequency(u8);

impl Frequency {
    /// 1: a claim of its own.
    pub const ORIGINAL: Self = Self(b'1');
    /// 7: it replaces an earlier claim.
    pub const REPLACEMENT: Self = Self(b'7');
    /// 8: it takes an earlier claim back.
    pub const VOID: Self = Self(b'8');

    /// The frequency of this text, or `None` if it is not one ASCII letter or digit.
    #[must_use]
    pub const fn try_new(text: &str) -> Option<Self> {
        match *text.as_bytes() {
            [code] if code.is_ascii_alphanumeric() => Some(Self(code.to_ascii_uppercase())),
            _ => None,
        }
    }

    /// The character.
    #[must_use]
    pub const fn code(self) -> char {
        self.0 as char
    }

    /// Whether the claim replaces an earlier one.
    #[must_use]
    pub const fn is_replacement(self) -> bool {
        self.0 == Self::REPLACEMENT.0
    }

    /// Whether the claim takes an earlier one back, so that nothing is to be paid for it.
    #[must_use]
    pub const fn is_void(self) -> bool {
        self.0 == Self::VOID.0
    }

    /// Whether a professional claim may have it: 1, 7 or 8.
    #[must_use]
    pub const fn is_professional(self) -> bool {
        matches!(self, Self::ORIGINAL | Self::REPLACEMENT | Self::VOID)
    }
}

impl Default for Frequency {
    fn default() -> Self {
        Self::ORIGINAL
    }
}

impl From<TypeOfBill> for Frequency {
    fn from(bill_type: TypeOfBill) -> Self {
        u8::try_from(bill_type.frequency()).map_or(Self::ORIGINAL, Self)
    }
}

impl FromStr for Frequency {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::try_new(text).ok_or_else(|| {
            ParseError::new(
                "a claim frequency",
                text,
                "one digit or letter: `1` (original), `7` (replacement) or `8` (void)",
            )
        })
    }
}

impl fmt::Display for Frequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code())
    }
}

serde_as_text!(Frequency);
