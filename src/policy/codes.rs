use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::code_list::CodeList;
use crate::model::{ParseError, ProcedureCode, serde_as_text};

/// Procedures that a policy names: codes, runs of codes of five digits, and published lists of codes by their names.
///
/// Serde's form is a list of texts, each a code, the first and the last of a run, or `@` and the name of a list:
/// `@always-therapy` (what CMS calls always therapy) and `@single-dose-drugs` (CMS's list for JW and JZ).
///
/// ```
/// use cleanclaim::{code, policy::CodeSet};
///
/// let codes: CodeSet = "64632 64633-64636".parse()?;
/// assert!(codes.contains(code!("64635")));
/// assert!(!codes.contains(code!("64640")));
/// assert_eq!(codes.to_string(), "64632, 64633-64636");
///
/// let therapy: CodeSet = "@always-therapy".parse()?;
/// assert!(therapy.contains(code!("97110")));
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CodeSet(Vec<Item>);

impl CodeSet {
    /// Whether the policy names a code.
    #[must_use]
    pub fn contains(&self, code: ProcedureCode) -> bool {
        self.0.iter().any(|item| item.contains(code))
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
        for (at, item) in self.0.iter().enumerate() {
            write!(f, "{}{item}", if at == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

/// What a policy names at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Item {
    Run(Run),
    List(CodeList),
}

impl Item {
    fn contains(&self, code: ProcedureCode) -> bool {
        match self {
            Self::Run(run) => run.contains(code),
            Self::List(list) => list.contains(code),
        }
    }

    fn overlaps(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Run(one), Self::Run(two)) => one.overlaps(two),
            (Self::List(list), item) | (item, Self::List(list)) => list.codes().any(|code| item.contains(code)),
        }
    }
}

impl FromStr for Item {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match text.strip_prefix('@') {
            Some(name) => name.parse().map(Self::List),
            None => text.parse().map(Self::Run),
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Run(run) => run.fmt(f),
            Self::List(list) => write!(f, "@{list}"),
        }
    }
}

serde_as_text!(Item);

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
