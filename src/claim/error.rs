use std::fmt;

use crate::model::{Location, ParseError};

/// Why there is no claim: every problem that was found, not only the first.
///
/// Printed one problem per line; each names the claim.
///
/// ```
/// use cleanclaim::claim::Claim;
///
/// let error = Claim::from_shorthand("#A1 2024-08-06: 6463 @11; 64632 x0 @11").unwrap_err();
/// assert_eq!(error.claim.as_deref(), Some("A1"));
/// assert_eq!(error.problems.len(), 2);
/// assert_eq!(
///     error.to_string().lines().next(),
///     Some("claim `A1`, line 1, word 1: code `6463` is not valid: expected five ASCII letters or digits"),
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub struct ClaimError {
    /// The claim's identifier, if it has one.
    pub claim: Option<Box<str>>,
    /// What is wrong, in the order of the claim; at least one.
    pub problems: Vec<Problem>,
}

impl ClaimError {
    pub(super) const fn new(claim: Option<Box<str>>, problems: Vec<Problem>) -> Self {
        Self { claim, problems }
    }
}

impl fmt::Display for ClaimError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            f.write_str(if index > 0 { "\nclaim" } else { "claim" })?;
            if let Some(id) = &self.claim {
                write!(f, " `{id}`")?;
            }
            let whole = problem.line.is_none() && problem.location.is_none();
            write!(f, "{}{problem}", if whole { ": " } else { ", " })?;
        }
        Ok(())
    }
}

/// One thing that is wrong with a claim: where, the value found there, and what would be valid.
///
/// ```
/// use cleanclaim::claim::{Claim, ProblemKind};
///
/// let error = Claim::from_shorthand("2024-08-06: 64632").unwrap_err();
/// assert_eq!(error.problems[0].kind, ProblemKind::Missing);
/// assert_eq!((error.problems[0].line, &*error.problems[0].field), (Some(1), "site"));
///
/// let error = Claim::from_shorthand("2024-08-06 @11: 64632 x0").unwrap_err();
/// assert_eq!(error.problems[0].location.as_ref().and_then(|location| location.word), Some(2));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub struct Problem {
    /// What is wrong, coarsely.
    pub kind: ProblemKind,
    /// The number of the claim's line, or `None` if it is about the whole claim.
    pub line: Option<u32>,
    /// Where in the text that was read, if the reader can say.
    pub location: Option<Location>,
    /// The field by the name that it has in JSON, with a dot before the name of a field inside it.
    pub field: String,
    /// The value found there, as it was given; empty if there is none.
    pub value: String,
    /// What would be valid, in words.
    pub expected: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, &self.location) {
            (Some(line), Some(location)) => write!(f, "line {line}, {location}: ")?,
            (Some(line), None) => write!(f, "line {line}: ")?,
            (None, Some(location)) => write!(f, "{location}: ")?,
            (None, None) => {}
        }
        let Self {
            field, value, expected, ..
        } = self;
        match self.kind {
            ProblemKind::Missing => write!(f, "{field} is missing: expected {expected}"),
            ProblemKind::Invalid => write!(f, "{field} `{value}` is not valid: expected {expected}"),
            ProblemKind::UnknownField => write!(f, "unknown field `{field}`: expected {expected}"),
            ProblemKind::Malformed => write!(f, "malformed {field}: {expected}"),
        }
    }
}

/// What is wrong with a claim, coarsely.
///
/// ```
/// use cleanclaim::claim::{Claim, ProblemKind};
///
/// let error = Claim::from_shorthand("2024-08-06 @11: 64632 x-1").unwrap_err();
/// assert_eq!(error.problems[0].kind, ProblemKind::Invalid);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ProblemKind {
    /// A field that must be there is not.
    Missing,
    /// The value cannot be one of this field, or the field does not belong on this form.
    Invalid,
    /// No field has this name.
    UnknownField,
    /// The text is not in the format at all; `expected` holds the format reader's message.
    Malformed,
}

impl Problem {
    fn new(kind: ProblemKind, line: Option<u32>, field: impl Into<String>, expected: impl Into<String>) -> Self {
        Self {
            kind,
            line,
            location: None,
            field: field.into(),
            value: String::new(),
            expected: expected.into(),
        }
    }

    pub(super) fn missing(line: Option<u32>, field: impl Into<String>, expected: impl Into<String>) -> Self {
        Self::new(ProblemKind::Missing, line, field, expected)
    }

    pub(super) fn invalid(
        line: Option<u32>,
        field: impl Into<String>,
        value: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Self {
            value: value.into(),
            ..Self::new(ProblemKind::Invalid, line, field, expected)
        }
    }

    pub(super) fn unreadable(line: Option<u32>, field: impl Into<String>, error: &ParseError) -> Self {
        Self::invalid(line, field, error.value(), error.expected())
    }

    pub(super) fn unknown_field(line: Option<u32>, field: impl Into<String>, expected: impl Into<String>) -> Self {
        Self::new(ProblemKind::UnknownField, line, field, expected)
    }

    pub(super) fn malformed(format: &str, message: impl Into<String>) -> Self {
        Self::new(ProblemKind::Malformed, None, format, message)
    }

    pub(super) fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }
}
