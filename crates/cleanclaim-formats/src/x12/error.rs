use std::borrow::Cow;
use std::fmt;
use std::io;
use std::sync::Arc;

use super::{Note, Segment};

/// Where in its files a claim or an error stands.
///
/// ```
/// use cleanclaim_formats::x12::{Reader, example};
///
/// let found = Reader::new(example().as_bytes()).with_name("monday.837").next().unwrap()?;
/// assert_eq!(
///     found.at.to_string(),
///     "monday.837: interchange `000000001`, group `1`, transaction `0001`, segment 18",
/// );
/// # Ok::<(), cleanclaim_formats::x12::X12Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Position {
    /// The name that [`Reader::with_name`](super::Reader::with_name) gave.
    pub file: Option<Arc<str>>,
    /// The interchange's control number, ISA13; empty outside of one.
    pub interchange: Arc<str>,
    /// The functional group's control number, GS06; empty outside of one.
    pub group: Arc<str>,
    /// The transaction's control number, ST02; empty outside of one.
    pub transaction: Arc<str>,
    /// The segment's number in the file, from 1. For a claim that of its CLM.
    pub segment: u64,
    /// The byte of the file at which the segment begins, from 0.
    pub byte: u64,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}: ")?;
        }
        for (name, number) in [
            ("interchange", &self.interchange),
            ("group", &self.group),
            ("transaction", &self.transaction),
        ] {
            if !number.is_empty() {
                write!(f, "{name} `{number}`, ")?;
            }
        }
        write!(f, "segment {}", self.segment)
    }
}

/// Why a part of a file gives no claim. What follows that part is read on.
///
/// Printed one problem a line, each of which says where it stands.
///
/// ```
/// use cleanclaim_formats::x12::{Reader, example};
///
/// let file = example().replacen("DTP*472*D8*20240806", "DTP*472*D8*20240832", 1);
/// let error = Reader::new(file.as_bytes()).next().unwrap().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "interchange `000000001`, group `1`, transaction `0001`, claim `A1`, line 1, segment 22: DTP03 `20240832` is not \
///      valid: expected the day or days of service as CCYYMMDD or CCYYMMDD-CCYYMMDD",
/// );
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub struct X12Error {
    /// Where: for a claim its CLM segment, else the segment that is wrong.
    pub at: Position,
    /// The identifier of the claim that is lost, CLM01, if it is one claim and it has one.
    pub claim: Option<Box<str>>,
    /// What is wrong.
    #[source]
    pub kind: X12ErrorKind,
}

/// What is wrong with a part of a file.
///
/// ```
/// use cleanclaim_formats::x12::{Reader, X12ErrorKind};
///
/// let error = Reader::new("claim,code\n1,64632\n".as_bytes()).next().unwrap().unwrap_err();
/// assert!(matches!(error.kind, X12ErrorKind::NotX12 { .. }));
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum X12ErrorKind {
    /// A claim lacks what it needs, or has what it cannot have; at least one problem.
    #[error("the claim cannot be read: see its problems")]
    Claim(Vec<Problem>),
    /// The file ends within a claim.
    #[error("the file ends within this claim, before its lines add up to its charge: send the whole file again")]
    CutOff,
    /// Lines, or what else a claim has, that stand under no claim.
    #[error("these segments of a claim stand under no claim, as no CLM comes before them: add the CLM, or remove them")]
    NoClaim,
    /// Text that stands before, between or after interchanges.
    #[error(
        "`{start}` stands outside of every interchange: expected an ISA with its 16 elements before it, or nothing"
    )]
    Outside {
        /// Where it begins.
        start: String,
    },
    /// A transaction without any claim.
    #[error("the transaction holds no claim: expected a CLM between ST and SE")]
    EmptyTransaction,
    /// The trailers of a group or an interchange tell that something is lost, and no claim is there to say it of.
    #[error("{0}")]
    Lost(Note),
    /// A version that is not supported; nothing of the transaction is read.
    #[error("version `{version}` is not supported: ask for 005010{}", match claims {
        0 => String::new(),
        1 => " (1 claim not read)".to_owned(),
        _ => format!(" ({claims} claims not read)"),
    })]
    Version {
        /// The version as ST03, GS08 or ISA12 says it.
        version: String,
        /// How many claims the transaction has.
        claims: u64,
    },
    /// A transaction set that holds no claims for these forms; nothing of it is read.
    #[error("transaction set `{0}` holds no claims that can be read: expected 837, professional or institutional")]
    TransactionSet(String),
    /// The input does not begin with an interchange.
    #[error("`{start}` is not the start of an X12 file: expected an ISA segment with its 16 elements")]
    NotX12 {
        /// What stands there.
        start: String,
    },
    /// The input cannot be read any further.
    #[error("the file cannot be read: {0}")]
    Input(#[from] io::Error),
}

impl fmt::Display for X12Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let X12ErrorKind::Claim(problems) = &self.kind else {
            self.write_place(f, None, self.at.segment)?;
            return write!(f, ": {}", self.kind);
        };
        for (index, problem) in problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            self.write_place(f, problem.line, problem.segment)?;
            write!(f, ": {problem}")?;
        }
        Ok(())
    }
}

impl X12Error {
    fn write_place(&self, f: &mut fmt::Formatter<'_>, line: Option<u32>, segment: u64) -> fmt::Result {
        let at = self.at.to_string();
        let envelope = at.strip_suffix(&format!("segment {}", self.at.segment)).unwrap_or(&at);
        f.write_str(envelope)?;
        if let Some(claim) = &self.claim {
            write!(f, "claim `{claim}`, ")?;
        }
        if let Some(line) = line {
            write!(f, "line {line}, ")?;
        }
        write!(f, "segment {segment}")
    }
}

/// One thing that is wrong with a claim: the segment and element, what stands there, and what would be valid.
///
/// ```
/// use cleanclaim_formats::x12::{Reader, X12ErrorKind, example};
///
/// let file = example().replace("SV1*HC:64632:RT*", "SV1*HC:6463:RT*");
/// let error = Reader::new(file.as_bytes()).next().unwrap().unwrap_err();
/// let X12ErrorKind::Claim(problems) = &error.kind else { panic!("{error}") };
/// assert_eq!(problems[0].name(), "SV101-2");
/// assert_eq!(problems[0].value, "6463");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The number of the segment in the file, from 1.
    pub segment: u64,
    /// The segment's id, such as `SV1`.
    pub id: Box<str>,
    /// The element's number, from 1, or 0 if it is about the whole segment.
    pub element: u8,
    /// The component's number within the element, from 1, or 0 if it is about the whole element.
    pub component: u8,
    /// The number of the claim's line, if it is about one.
    pub line: Option<u32>,
    /// What stands there; empty if nothing does.
    pub value: String,
    /// What would be valid, in words.
    pub expected: Cow<'static, str>,
}

impl Problem {
    /// A problem with a part of a segment.
    pub(super) fn new(
        segment: &Segment<'_>,
        (element, component): (u8, u8),
        value: &[u8],
        expected: impl Into<Cow<'static, str>>,
    ) -> Self {
        /// Nobody needs more of a value to find it.
        const SHOWN: usize = 80;
        let value = value.get(..SHOWN).unwrap_or(value);
        Self {
            segment: segment.number,
            id: super::values::text(segment.id(), None).into(),
            element,
            component,
            line: None,
            value: super::values::text(value, segment.separators),
            expected: expected.into(),
        }
    }

    /// The element's name in the standard's way, such as `SV103` or `SV101-2`; the segment's id if it is about all of it.
    #[must_use]
    pub fn name(&self) -> String {
        let Self {
            id, element, component, ..
        } = self;
        match (element, component) {
            (0, _) => id.to_string(),
            (_, 0) => format!("{id}{element:02}"),
            _ => format!("{id}{element:02}-{component}"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, expected) = (self.name(), &self.expected);
        if self.value.is_empty() {
            write!(f, "{name} is missing: expected {expected}")
        } else {
            write!(f, "{name} `{}` is not valid: expected {expected}", self.value)
        }
    }
}
