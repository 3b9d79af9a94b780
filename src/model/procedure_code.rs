use std::fmt;
use std::str::FromStr;

use tinystr::TinyAsciiStr;

use super::{ParseError, closed_set, serde_as_text};

/// A procedure code: any five ASCII letters or digits, upper case.
///
/// Lower case is taken as upper. Whether the code exists is a question to the reference data, and to [`system`] whether
/// any code system has its shape at all: a wrong code is a finding on a claim, not a claim lost.
/// `Option<ProcedureCode>` is five bytes as well. The order is that of the texts.
///
/// ```
/// use cleanclaim::model::{CodeSystem, ProcedureCode};
///
/// let code: ProcedureCode = "j3301".parse()?;
/// assert_eq!(code.as_str(), "J3301");
/// assert_eq!(code.system(), Some(CodeSystem::HcpcsLevelII));
/// assert_eq!(code, cleanclaim::code!("J3301"));
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
///
/// [`system`]: Self::system
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProcedureCode(TinyAsciiStr<5>);

/// Where the indices of four digits and a letter begin.
const DIGITS_LETTER: u32 = 100_000;
/// Where the indices of a letter and four digits begin.
const LETTER_DIGITS: u32 = 360_000;

impl ProcedureCode {
    /// Every [`index`](Self::index) is less than this.
    pub const INDEX_LIMIT: u32 = 620_000;

    /// The code of this text, or `None` if it is not five ASCII letters or digits.
    #[must_use]
    pub const fn try_new(text: &str) -> Option<Self> {
        match *text.as_bytes() {
            [a, b, c, d, e] => Self::from_bytes([a, b, c, d, e]),
            _ => None,
        }
    }

    /// The code of these five ASCII bytes, or `None` if one of them is neither a letter nor a digit.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 5]) -> Option<Self> {
        let [a, b, c, d, e] = bytes;
        if !(a.is_ascii_alphanumeric()
            && b.is_ascii_alphanumeric()
            && c.is_ascii_alphanumeric()
            && d.is_ascii_alphanumeric()
            && e.is_ascii_alphanumeric())
        {
            return None;
        }
        match TinyAsciiStr::try_from_raw(bytes) {
            Ok(text) => Some(Self(text.to_ascii_uppercase())),
            Err(_) => None,
        }
    }

    /// The five characters, upper case.
    #[must_use]
    pub const fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The five ASCII characters, upper case.
    #[must_use]
    pub const fn as_bytes(self) -> [u8; 5] {
        *self.0.all_bytes()
    }

    /// How many bits [`number`](Self::number) takes.
    pub(crate) const NUMBER_BITS: u32 = 26;

    /// The code as a number in base 36, in the order of the texts; every shape has one.
    pub(crate) const fn number(self) -> u32 {
        let [a, b, c, d, e] = self.as_bytes();
        let high = (value(a) * 36 + value(b)) * 36 + value(c);
        (high * 36 + value(d)) * 36 + value(e)
    }

    /// A number below [`INDEX_LIMIT`](Self::INDEX_LIMIT) that no other code has, so that a table can be addressed with it.
    ///
    /// The shapes that some code system uses have one: five digits, four digits and a letter, a letter and four digits.
    /// Any other shape gives `None`. The order of the numbers is not that of the texts across shapes.
    ///
    /// ```
    /// use cleanclaim::code;
    ///
    /// assert_eq!(code!("64632").index(), Some(64_632));
    /// assert_eq!(code!("0440T").index(), Some(100_000 + 19 * 10_000 + 440));
    /// assert_eq!(code!("ABCDE").index(), None);
    /// ```
    #[must_use]
    #[inline]
    pub const fn index(self) -> Option<u32> {
        let [a, b, c, d, e] = self.as_bytes();
        let (second, third, fourth) = (digit(b), digit(c), digit(d));
        if (second > 9) | (third > 9) | (fourth > 9) {
            return None;
        }
        let middle = second * 100 + third * 10 + fourth;
        let (first, last) = (digit(a), digit(e));
        // What is not a digit is an upper case letter, by construction.
        match (first <= 9, last <= 9) {
            (true, true) => Some(first * 10_000 + middle * 10 + last),
            (true, false) => Some(DIGITS_LETTER + letter(e) * 10_000 + first * 1_000 + middle),
            (false, true) => Some(LETTER_DIGITS + letter(a) * 10_000 + middle * 10 + last),
            (false, false) => None,
        }
    }

    /// The code with this [`index`](Self::index), or `None` if the index is not below [`INDEX_LIMIT`](Self::INDEX_LIMIT).
    #[must_use]
    pub const fn from_index(index: u32) -> Option<Self> {
        let bytes = if index < DIGITS_LETTER {
            [
                figure(index / 10_000),
                figure(index / 1_000),
                figure(index / 100),
                figure(index / 10),
                figure(index),
            ]
        } else if index < Self::INDEX_LIMIT {
            let letter = b'A' + ((index - DIGITS_LETTER) / 10_000 % 26) as u8;
            // Both bases are whole multiples of 10,000, so the last four figures are those of the code.
            let [a, b, c, d] = [
                figure(index / 1_000),
                figure(index / 100),
                figure(index / 10),
                figure(index),
            ];
            if index < LETTER_DIGITS {
                [a, b, c, d, letter]
            } else {
                [letter, a, b, c, d]
            }
        } else {
            return None;
        };
        Self::from_bytes(bytes)
    }

    /// The code system whose codes have this shape, or `None` if no system has it. Says nothing about whether the code is
    /// in use.
    #[must_use]
    pub const fn system(self) -> Option<CodeSystem> {
        if self.index().is_none() {
            return None;
        }
        let [first, .., last] = self.as_bytes();
        match (first, last) {
            (b'D', _) => Some(CodeSystem::Cdt),
            (b'A'..=b'V', _) => Some(CodeSystem::HcpcsLevelII),
            (b'W'..=b'Z', _) => None,
            // Immunisation administration codes of category I end in A.
            (_, b'0'..=b'9' | b'A') => Some(CodeSystem::CptCategoryI),
            (_, b'F') => Some(CodeSystem::CptCategoryII),
            (_, b'T') => Some(CodeSystem::CptCategoryIII),
            (_, b'U') => Some(CodeSystem::Pla),
            (_, b'M') => Some(CodeSystem::Maaa),
            _ => None,
        }
    }
}

const fn digit(byte: u8) -> u32 {
    byte.wrapping_sub(b'0') as u32
}

const fn letter(byte: u8) -> u32 {
    byte.wrapping_sub(b'A') as u32
}

const fn figure(number: u32) -> u8 {
    b'0' + (number % 10) as u8
}

impl FromStr for ProcedureCode {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::try_new(text).ok_or_else(|| ParseError::new("a procedure code", text, "five ASCII letters or digits"))
    }
}

impl fmt::Display for ProcedureCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

serde_as_text!(ProcedureCode);

/// A [`ProcedureCode`](crate::model::ProcedureCode) written in the source: a text that is none does not compile.
///
/// ```
/// use cleanclaim::code;
///
/// assert_eq!(code!("64632").as_str(), "64632");
/// ```
/// ```compile_fail
/// cleanclaim::code!("6463");
/// ```
#[macro_export]
macro_rules! code {
    ($text:literal) => {
        const {
            #[allow(
                clippy::panic,
                reason = "evaluated by the compiler, never when the program runs"
            )]
            let Some(code) = $crate::model::ProcedureCode::try_new($text) else {
                panic!("not a procedure code: expected five ASCII letters or digits")
            };
            code
        }
    };
}

closed_set! {
    what: "a code system";
    /// A system of procedure codes, told by the shape of its codes.
    ///
    /// Sources: the AMA's CPT code set for the five-character forms of CPT, PLA and MAAA; CMS's HCPCS Level II quarterly file
    /// (a letter A to V and four digits); the ADA's CDT for D and four digits.
    ///
    /// ```
    /// use cleanclaim::{code, model::CodeSystem};
    ///
    /// assert_eq!(code!("0440T").system(), Some(CodeSystem::CptCategoryIII));
    /// assert_eq!(CodeSystem::CptCategoryIII.to_string(), "cpt-category-iii");
    /// ```
    #[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
    #[non_exhaustive]
    pub enum CodeSystem {
        /// CPT category I: five digits, or four digits and A (immunisation administration).
        #[strum(serialize = "cpt-category-i")]
        CptCategoryI,
        /// CPT category II, performance measurement: four digits and F.
        #[strum(serialize = "cpt-category-ii")]
        CptCategoryII,
        /// CPT category III, emerging technology: four digits and T.
        #[strum(serialize = "cpt-category-iii")]
        CptCategoryIII,
        /// Proprietary laboratory analyses: four digits and U.
        Pla,
        /// Multianalyte assays with algorithmic analyses, administrative codes: four digits and M.
        Maaa,
        /// HCPCS Level II: a letter from A to V, but D, and four digits.
        #[strum(serialize = "hcpcs-level-ii")]
        HcpcsLevelII,
        /// Dental procedures (CDT): D and four digits.
        Cdt,
    }
}

serde_as_text!(CodeSystem);

/// The index of a letter or digit among the 36.
const fn value(byte: u8) -> u32 {
    if byte <= b'9' {
        (byte - b'0') as u32
    } else {
        (byte - b'A') as u32 + 10
    }
}
