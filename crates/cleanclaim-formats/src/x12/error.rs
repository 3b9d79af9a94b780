use std::fmt;
use std::io;

use cleanclaim::model::Location;

use super::guide::{Purpose, transaction_set};
use super::shown::quoted;
use super::{Loss, Problems};

/// Why a part of a file gives no claim, or not all of it. What follows that part is read on.
///
/// Printed with one problem on each line, which says where it is. Values stand in it only where they identify nobody.
///
/// ```
/// use cleanclaim_formats::x12::{Reader, example};
///
/// let file = example().replacen("DTP*472*D8*20240806", "DTP*472*D8*20240832", 1);
/// let mut found = Reader::new(file.as_bytes());
/// assert_eq!(found.next().unwrap()?.claim.unread_lines(), [1]);
/// assert_eq!(
///     found.next().unwrap().unwrap_err().to_string(),
///     "interchange `000000001`, group `1`, transaction `0001`, claim `A1`, line 1, segment 22: DTP03 `20240832` is not \
///      valid: expected the day or days of service as CCYYMMDD or CCYYMMDD-CCYYMMDD",
/// );
/// # Ok::<(), cleanclaim_formats::x12::X12Error>(())
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub struct X12Error {
    /// Where: for a claim its CLM segment, else the segment that is wrong.
    pub at: Location,
    /// The identifier of the claim that it is about, CLM01, if it is one claim and it has one.
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
    /// A claim lacks what it needs, or has what it cannot have; at least one problem. The claim is lost.
    #[error("the claim cannot be read: see its problems")]
    Claim(Problems),
    /// Elements of a claim cannot be read; at least one problem. The claim itself came before this error: without the lines
    /// that the problems are about, which its [`unread_lines`](cleanclaim::Claim::unread_lines) name.
    #[error("elements of the claim cannot be read: see its problems")]
    Lines(Problems),
    /// The file ends within a claim.
    #[error("the file ends within this claim, before its lines add up to its charge: send the whole file again")]
    CutOff,
    /// Lines, or what else a claim has, that stand under no claim.
    #[error(
        "these segments of a claim stand under no claim, as no CLM (or CLP) comes before them: add it, or remove them"
    )]
    NoClaim,
    /// Text that stands before, between or after interchanges.
    #[error("{}stands outside of every interchange: expected an ISA with its 16 elements before it, or nothing", match segment.as_str() {
        "" => "text ".to_owned(),
        id => quoted(id),
    })]
    Outside {
        /// The segment's id; empty where the text is no segment of this standard.
        segment: String,
    },
    /// A transaction without any claim.
    #[error("the transaction holds no claim: expected a CLM between ST and SE")]
    EmptyTransaction,
    /// An interchange, or a group of it, without any transaction.
    #[error("the {envelope} holds no transaction: expected an ST with claims in it, or no such file")]
    EmptyEnvelope {
        /// `interchange` or `group`.
        envelope: &'static str,
    },
    /// An interchange that holds nothing but an acknowledgment of interchanges.
    #[error("the interchange holds a TA1, an acknowledgment of an interchange, and no claims: expected an 837")]
    InterchangeAcknowledgment,
    /// Trailers tell that something is lost: exactly what, nobody knows.
    #[error("{0}")]
    Lost(Loss),
    /// A version or guide whose claims are not read; nothing of the transaction is.
    #[error("version {}{}{}", quoted(version), purpose.text(), match claims {
        0 => String::new(),
        1 => " (1 claim not read)".to_owned(),
        _ => format!(" ({claims} claims not read)"),
    })]
    Version {
        /// The version as ST03, GS08 or ISA12 says it; empty where it has not the shape of one.
        version: String,
        /// What it is for.
        purpose: Purpose,
        /// How many claims the transaction has.
        claims: u64,
    },
    /// A transaction set that holds no claims for these forms; nothing of it is read.
    #[error("transaction set `{set}` is {}; expected {expected}", transaction_set(set))]
    TransactionSet {
        /// ST01; a question mark where it has not three digits.
        set: String,
        /// What is read.
        expected: &'static str,
    },
    /// The input begins with an ISA that lacks elements.
    #[error("the ISA has {elements} elements: expected 16, each but the last of a fixed width")]
    Isa {
        /// How many it has.
        elements: usize,
    },
    /// The ISA does not say by what components are parted.
    #[error("ISA16 is missing: expected the component separator, often `:`, before the segment terminator")]
    Isa16Missing,
    /// What follows ISA16 ends no segment.
    #[error("the segment terminator, the byte after ISA16, is {0}: expected a character that no text holds, often `~`")]
    Terminator(&'static str),
    /// The input is in another code than ASCII or UTF-8.
    #[error("the file is in {0}: expected ASCII or UTF-8; convert it, or have it sent as text")]
    Encoding(&'static str),
    /// The input begins with something else than an interchange.
    #[error("{} is not the start of an X12 file: expected an ISA segment with its 16 elements", match segment.as_str() {
        "" => (*what).to_owned(),
        id => format!("`{id}`"),
    })]
    NotX12 {
        /// The segment's id, where it is one of this standard.
        segment: String,
        /// What it is, as far as it can be told.
        what: &'static str,
    },
    /// The input holds nothing.
    #[error("the input is empty: expected X12 837")]
    Empty,
    /// The input cannot be read any further.
    #[error("the file cannot be read: {0}")]
    Input(#[from] io::Error),
}

impl X12Error {
    /// How many claims are known to be lost; none of elements, envelopes, and of what nobody knows.
    ///
    /// ```
    /// use cleanclaim_formats::x12::{Reader, example};
    ///
    /// let file = example().replace("SV1*HC:", "SV1*HC:TOO LONG");
    /// let error = Reader::new(file.as_bytes()).find_map(Result::err).unwrap();
    /// assert_eq!(error.lost_claims(), 1);
    /// ```
    #[must_use]
    pub const fn lost_claims(&self) -> u64 {
        match &self.kind {
            X12ErrorKind::Claim(_) | X12ErrorKind::CutOff | X12ErrorKind::NoClaim => 1,
            X12ErrorKind::Version { claims, .. } => *claims,
            _ => 0,
        }
    }

    /// What is wrong with a claim or its elements, one by one; none of another error.
    #[must_use]
    pub const fn problems(&self) -> Option<&Problems> {
        match &self.kind {
            X12ErrorKind::Claim(problems) | X12ErrorKind::Lines(problems) => Some(problems),
            _ => None,
        }
    }

    /// The message, one text for each problem.
    ///
    /// ```
    /// use cleanclaim_formats::x12::{Reader, example};
    ///
    /// let file = example().replace("SV1*HC:", "SV1*HC:TOO LONG");
    /// let error = Reader::new(file.as_bytes()).find_map(Result::err).unwrap();
    /// assert_eq!(error.messages().len(), 2);
    /// ```
    #[must_use]
    pub fn messages(&self) -> Vec<String> {
        let whole = self.place(None, self.at.segment);
        let Some(problems) = self.problems() else {
            return vec![format!("{whole}{}", self.kind)];
        };
        let each = problems.shown.iter();
        let mut messages: Vec<String> = each
            .map(|problem| format!("{}{problem}", self.place(problem.line, Some(problem.segment))))
            .collect();
        if problems.more > 0 {
            let more = problems.more;
            messages.push(format!("{whole}{more} more problems of this claim are not shown"));
        }
        messages
    }

    /// Where a message is about, with what parts it from the message.
    fn place(&self, line: Option<u32>, segment: Option<u64>) -> String {
        let mut envelopes = self.at.clone();
        let file = envelopes.file.take().map(|file| format!("{file}: "));
        (envelopes.segment, envelopes.byte) = (None, None);
        let parts = [
            Some(envelopes.to_string()).filter(|envelopes| !envelopes.is_empty()),
            self.claim.as_ref().map(|claim| format!("claim `{claim}`")),
            line.map(|line| format!("line {line}")),
            segment.map(|segment| format!("segment {segment}")),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        let end = if parts.is_empty() { "" } else { ": " };
        format!("{}{}{end}", file.unwrap_or_default(), parts.join(", "))
    }
}

impl fmt::Display for X12Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.messages().join("\n"))
    }
}
