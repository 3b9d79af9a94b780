use std::fmt;
use std::str::FromStr;

use tinystr::TinyAsciiStr;

use super::{ParseError, closed_set, serde_as_text};

closed_set! {
    what: "a sex";
    /// A patient's sex as the claim states it.
    ///
    /// Read in any case, and from the letters `F`, `M` and `U` of the 837.
    ///
    /// ```
    /// use cleanclaim::model::Sex;
    ///
    /// assert_eq!("F".parse::<Sex>()?, Sex::Female);
    /// assert_eq!(Sex::Female.to_string(), "female");
    /// # Ok::<(), cleanclaim::model::ParseError>(())
    /// ```
    #[strum(ascii_case_insensitive)]
    #[non_exhaustive]
    pub enum Sex {
        /// Female.
        #[strum(to_string = "female", serialize = "f")]
        Female,
        /// Male.
        #[strum(to_string = "male", serialize = "m")]
        Male,
        /// Not known.
        #[strum(to_string = "unknown", serialize = "u")]
        Unknown,
    }
}

/// The patient discharge status of an institutional claim (form locator 17 of the UB-04): two ASCII letters or digits,
/// upper case.
///
/// Which of them are assigned is the National Uniform Billing Committee's; none of that is here.
///
/// ```
/// use cleanclaim::model::PatientStatus;
///
/// let home: PatientStatus = "01".parse()?;
/// assert_eq!(home.as_str(), "01");
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PatientStatus(TinyAsciiStr<2>);

impl PatientStatus {
    /// The status of this text, or `None` if it is not two ASCII letters or digits.
    #[must_use]
    pub const fn try_new(text: &str) -> Option<Self> {
        match TinyAsciiStr::try_from_str(text) {
            Ok(status) if text.len() == 2 && status.is_ascii_alphanumeric() => Some(Self(status.to_ascii_uppercase())),
            _ => None,
        }
    }

    /// The two characters, upper case.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl FromStr for PatientStatus {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::try_new(text).ok_or_else(|| ParseError::new("a patient status", text, "two ASCII letters or digits"))
    }
}

impl fmt::Display for PatientStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

serde_as_text!(Sex, PatientStatus);
