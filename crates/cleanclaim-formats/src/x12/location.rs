use std::fmt;
use std::sync::Arc;

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
pub struct Location {
    /// The name that the reader was given.
    pub file: Option<Arc<str>>,
    /// The interchange's control number, ISA13; empty outside of one, or where it is no control number.
    pub interchange: Arc<str>,
    /// The functional group's control number, GS06; empty outside of one, or where it is no control number.
    pub group: Arc<str>,
    /// The transaction's control number, ST02; empty outside of one, or where it is no control number.
    pub transaction: Arc<str>,
    /// The segment's number in the file, from 1. For a claim that of its CLM.
    pub segment: u64,
    /// The byte of the file at which the segment begins, from 0.
    pub byte: u64,
    /// The interchange's sender, ISA06; no part of what is printed.
    pub(super) sender: Arc<str>,
    /// The byte of the file at which the interchange begins.
    pub(super) interchange_byte: u64,
}

impl Location {
    /// The same envelope at another segment.
    pub(super) fn at(&self, segment: u64, byte: u64) -> Self {
        Self {
            segment,
            byte,
            ..self.clone()
        }
    }

    /// The file and the envelopes, each with what parts it from what follows.
    pub(super) fn write_envelope(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
        Ok(())
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_envelope(f)?;
        write!(f, "segment {}", self.segment)
    }
}
