use std::fmt;
use std::str::FromStr;

use tinystr::TinyAsciiStr;

use super::{ParseError, serde_as_text};

/// A diagnosis code in the shape of ICD-10-CM: a letter and two to six letters or digits, upper case, without the dot.
///
/// Lower case is taken as upper, and a dot after the third character is dropped, as claims carry none. Whether the code is
/// in use is not known here. The order is that of the texts.
///
/// ```
/// use cleanclaim::model::DiagnosisCode;
///
/// let code: DiagnosisCode = "G57.61".parse()?;
/// assert_eq!(code.as_str(), "G5761");
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DiagnosisCode(TinyAsciiStr<7>);

impl DiagnosisCode {
    /// The code of this text without a dot, or `None` if the text has another shape.
    #[must_use]
    pub const fn try_new(text: &str) -> Option<Self> {
        let (3..=7, [first, ..]) = (text.len(), text.as_bytes()) else {
            return None;
        };
        match TinyAsciiStr::try_from_str(text) {
            Ok(code) if first.is_ascii_alphabetic() && code.is_ascii_alphanumeric() => {
                Some(Self(code.to_ascii_uppercase()))
            }
            _ => None,
        }
    }

    /// The three to seven characters, upper case, without the dot.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for DiagnosisCode {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let code = match text.split_once('.') {
            Some((category, rest)) if category.len() == 3 && !rest.is_empty() => {
                Self::try_new(&format!("{category}{rest}"))
            }
            Some(_) => None,
            None => Self::try_new(text),
        };
        code.ok_or_else(|| {
            ParseError::new(
                "a diagnosis code",
                text,
                "a letter and two to six ASCII letters or digits, with or without a dot after the third character",
            )
        })
    }
}

impl fmt::Display for DiagnosisCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

serde_as_text!(DiagnosisCode);
