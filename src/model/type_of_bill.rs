use std::fmt;
use std::str::FromStr;

use super::{ParseError, serde_as_text};

/// The type of bill of an institutional claim (form locator 4 of the UB-04): the kind of facility, the classification of
/// the bill, and its frequency.
///
/// Read with or without the leading zero of the form, printed without. Facility and classification are digits from 1, the
/// frequency is a digit or a letter. Source: Medicare Claims Processing Manual, chapter 25, section 75.1.
///
/// ```
/// use cleanclaim::model::TypeOfBill;
///
/// let bill: TypeOfBill = "0131".parse()?;
/// assert!(bill.is_hospital_outpatient());
/// assert_eq!(bill.frequency(), '1');
/// assert_eq!(bill.to_string(), "131");
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeOfBill {
    facility: u8,
    classification: u8,
    /// ASCII, upper case.
    frequency: u8,
}

impl TypeOfBill {
    /// The type of bill of this text of three characters, or of four with a leading zero; `None` if the text has
    /// another shape.
    #[must_use]
    pub const fn try_new(text: &str) -> Option<Self> {
        let ([facility, classification, frequency] | [b'0', facility, classification, frequency]) = *text.as_bytes()
        else {
            return None;
        };
        match (facility, classification) {
            (b'1'..=b'9', b'1'..=b'9') if frequency.is_ascii_alphanumeric() => Some(Self {
                facility: facility - b'0',
                classification: classification - b'0',
                frequency: frequency.to_ascii_uppercase(),
            }),
            _ => None,
        }
    }

    /// The kind of facility, 1 to 9; 1 is a hospital.
    #[must_use]
    pub const fn facility(self) -> u8 {
        self.facility
    }

    /// The classification of the bill, 1 to 9; for a hospital, 3 is outpatient.
    #[must_use]
    pub const fn classification(self) -> u8 {
        self.classification
    }

    /// The frequency of the bill, a digit or an upper case letter; 1 is one bill from admission to discharge.
    #[must_use]
    pub const fn frequency(self) -> char {
        self.frequency as char
    }

    /// Whether this is a hospital's outpatient bill, 13x.
    #[must_use]
    pub const fn is_hospital_outpatient(self) -> bool {
        self.facility == 1 && self.classification == 3
    }
}

impl FromStr for TypeOfBill {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::try_new(text).ok_or_else(|| {
            ParseError::new(
                "a type of bill",
                text,
                "two digits from 1 to 9 and a digit or a letter, such as `131` or `0131`",
            )
        })
    }
}

impl fmt::Display for TypeOfBill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.facility, self.classification, self.frequency())
    }
}

impl fmt::Debug for TypeOfBill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TypeOfBill({self})")
    }
}

serde_as_text!(TypeOfBill);
