use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::model::{ParseError, ProcedureCode, serde_as_text};

/// Procedures that a policy names: codes, and runs of codes of five digits.
///
/// Serde's form is a list of texts, each a code or the first and the last of a run.
///
/// ```
/// use cleanclaim::{code, policy::CodeSet};
///
/// let codes: CodeSet = "64632 64633-64636".parse()?;
/// assert!(codes.contains(code!("64635")));
/// assert!(!codes.contains(code!("64640")));
/// assert_eq!(codes.to_string(), "64632, 64633-64636");
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CodeSet(Vec<Run>);

impl CodeSet {
    /// Whether the policy names a code.
    #[must_use]
    pub fn contains(&self, code: ProcedureCode) -> bool {
        self.0.iter().any(|run| run.contains(code))
    }

    /// Whether two policies name a code that is the same.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.0.iter().any(|one| other.0.iter().any(|two| one.overlaps(two)))
    }

    /// Whether it names none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromStr for CodeSet {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        text.split_whitespace()
            .map(str::parse)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl fmt::Display for CodeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, run) in self.0.iter().enumerate() {
            write!(f, "{}{run}", if at == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

/// One code, or the codes of five digits from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Run {
    first: ProcedureCode,
    last: ProcedureCode,
}

impl Run {
    fn contains(&self, code: ProcedureCode) -> bool {
        self.first == code || self.first < code && code <= self.last && has_five_digits(code)
    }

    /// Runs of several codes have digits only, so that the order of the texts is that of the codes.
    fn overlaps(&self, other: &Self) -> bool {
        self.contains(other.first) || other.contains(self.first)
    }
}

fn has_five_digits(code: ProcedureCode) -> bool {
    code.as_bytes().iter().all(u8::is_ascii_digit)
}

impl FromStr for Run {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let Some((first, last)) = text.split_once('-') else {
            let code = text.parse()?;
            return Ok(Self {
                first: code,
                last: code,
            });
        };
        let run = Self {
            first: first.parse()?,
            last: last.parse()?,
        };
        if run.first < run.last && has_five_digits(run.first) && has_five_digits(run.last) {
            return Ok(run);
        }
        Err(ParseError::new(
            "a run of codes",
            text,
            "two codes of five digits, the lower first, as `64633-64636`",
        ))
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}-{}", self.first, self.last)
        }
    }
}

serde_as_text!(Run);
