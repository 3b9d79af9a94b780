use std::fmt;
use std::num::NonZeroU8;
use std::str::FromStr;

use super::{ParseError, serde_as_text};

/// The diagnoses of the claim that a line is for: up to four of their positions, from 1 to 12, the first the main one.
///
/// Source: ASC X12 837P, SV107; CMS-1500, item 24E.
///
/// ```
/// use cleanclaim::model::DiagnosisPointers;
///
/// let pointers: DiagnosisPointers = "2,1".parse()?;
/// assert_eq!(pointers.iter().collect::<Vec<_>>(), [2, 1]);
/// assert!("13".parse::<DiagnosisPointers>().is_err());
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DiagnosisPointers([Option<NonZeroU8>; Self::MOST]);

impl DiagnosisPointers {
    /// How many there are at most.
    pub const MOST: usize = 4;
    /// The last diagnosis that one can point to.
    pub const LAST: u8 = 12;

    /// No pointers: the line does not say which diagnoses it is for.
    #[must_use]
    pub const fn none() -> Self {
        Self([None; Self::MOST])
    }

    /// These pointers, or `None` if there are more than four, or one is not from 1 to 12.
    ///
    /// ```
    /// use cleanclaim::model::DiagnosisPointers;
    ///
    /// assert!(DiagnosisPointers::new([1, 2]).is_some());
    /// assert!(DiagnosisPointers::new([0]).is_none());
    /// ```
    #[must_use]
    pub fn new(pointers: impl IntoIterator<Item = u8>) -> Option<Self> {
        let mut places = Self::none();
        let mut free = places.0.iter_mut();
        for pointer in pointers {
            *free.next()? = Some(NonZeroU8::new(pointer).filter(|pointer| pointer.get() <= Self::LAST)?);
        }
        Some(places)
    }

    /// The positions, in their order.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        self.0.into_iter().flatten().map(NonZeroU8::get)
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        matches!(self.0, [None, ..])
    }
}

impl FromStr for DiagnosisPointers {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let digits = |pointer: &str| pointer.bytes().all(|byte| byte.is_ascii_digit());
        let read = |pointer: &str| pointer.parse().ok().filter(|_| digits(pointer));
        let pointers: Option<Vec<u8>> = text.split(',').map(read).collect();
        pointers.and_then(Self::new).ok_or_else(|| {
            ParseError::new(
                "diagnosis pointers",
                text,
                "up to four positions of diagnoses, from 1 to 12, with commas between them",
            )
        })
    }
}

impl fmt::Display for DiagnosisPointers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointers: Vec<String> = self.iter().map(|pointer| pointer.to_string()).collect();
        f.pad(&pointers.join(","))
    }
}

serde_as_text!(DiagnosisPointers);
