//! What was read, in order, until it is taken.

use std::collections::VecDeque;
use std::sync::Arc;

use cleanclaim::Claim;
use cleanclaim::model::Location;

use super::{Note, X12Error};

/// A claim of a file, where it stands, and what its sender should know of it.
///
/// ```
/// use cleanclaim_formats::x12::{ClaimInFile, Reader, example};
///
/// let ClaimInFile { claim, at, notes, .. } = Reader::new(example().as_bytes()).next().unwrap()?;
/// println!("{at}: claim {} of {} lines", claim.id(), claim.lines().len());
/// # assert!(notes.is_empty());
/// # Ok::<(), cleanclaim_formats::x12::X12Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClaimInFile {
    /// The claim.
    pub claim: Claim,
    /// Where its CLM stands.
    pub at: Location,
    /// What could be read, but is not as it should be.
    pub notes: Vec<Note>,
    /// The interchange's sender, ISA06.
    pub(super) sender: Arc<str>,
    /// The byte of the file at which the interchange begins.
    pub(super) interchange_byte: u64,
}

/// Claims and errors that wait to be taken.
#[derive(Debug, Default)]
pub(super) struct Answers(VecDeque<Result<ClaimInFile, X12Error>>);

impl Answers {
    pub(super) fn claim(&mut self, found: ClaimInFile) {
        self.0.push_back(Ok(found));
    }

    pub(super) fn error(&mut self, error: X12Error) {
        self.0.push_back(Err(error));
    }

    pub(super) fn next(&mut self) -> Option<Result<ClaimInFile, X12Error>> {
        self.0.pop_front()
    }
}
