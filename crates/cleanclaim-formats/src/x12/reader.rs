use std::io::Read;
use std::sync::Arc;

use cleanclaim::Claim;

use super::error::{Position, X12Error, X12ErrorKind};
use super::levels::Levels;
use super::segments::{Segment, Segments};
use super::{Note, PayerTable, values};

/// The claims of an X12 file, one by one in their order, in constant memory.
///
/// See [the module](super) for what is read and from where. An error is one claim or one part of the file that is lost, and
/// what follows is read on; after an error of the input there is nothing more.
///
/// ```
/// use cleanclaim_formats::x12::{Reader, example};
///
/// let file = example();
/// let mut claims = Reader::new(file.as_bytes()).with_name("monday.837");
/// let first = claims.next().unwrap()?;
/// assert_eq!(first.claim.to_shorthand(), "#A1 medicare 2024-08-06 @11 by=1234567893 age=70 sex=female dx=G5761: \
///     64632-RT $310.00 dx=1; 64455-59 x2 $120.00 dx=1");
/// assert_eq!(first.at.segment, 18);
/// assert!(first.notes.is_empty() && claims.next().is_none());
/// # Ok::<(), cleanclaim_formats::x12::X12Error>(())
/// ```
#[derive(Debug)]
pub struct Reader<R> {
    segments: Segments<R>,
    levels: Levels,
    is_done: bool,
}

/// A claim of a file, where it stands, and what its sender should know of it.
///
/// ```
/// use cleanclaim_formats::x12::{Found, Reader, example};
///
/// let Found { claim, at, notes, .. } = Reader::new(example().as_bytes()).next().unwrap()?;
/// println!("{at}: claim {} of {} lines", claim.id(), claim.lines().len());
/// # assert!(notes.is_empty());
/// # Ok::<(), cleanclaim_formats::x12::X12Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// The claim.
    pub claim: Claim,
    /// Where its CLM stands.
    pub at: Position,
    /// What could be read, but is not as it should be.
    pub notes: Vec<Note>,
}

impl<R: Read> Reader<R> {
    /// The claims of this input. It is read in large pieces, and needs no buffer of its own.
    #[must_use]
    pub fn new(input: R) -> Self {
        Self {
            segments: Segments::new(input),
            levels: Levels::new(),
            is_done: false,
        }
    }

    /// Gives the input a name, which positions and errors then begin with.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<Arc<str>>) -> Self {
        self.levels.at.file = Some(name.into());
        self
    }

    /// Recognises payers by this table instead of the one that comes with the crate.
    #[must_use]
    pub fn with_payers(mut self, table: PayerTable) -> Self {
        self.levels.payers.use_table(table);
        self
    }

    /// Takes the separator after this byte for text. The version of X12 that claims are in has no such byte; some senders
    /// use one nevertheless, often `?` or `\`.
    ///
    /// ```
    /// use cleanclaim_formats::x12::{Reader, example};
    ///
    /// let file = example().replace("CLM*A1*", "CLM*A?*1?~*");
    /// let found = Reader::new(file.as_bytes()).with_release(b'?').next().unwrap()?;
    /// assert_eq!(found.claim.id(), "A*1~");
    /// # Ok::<(), cleanclaim_formats::x12::X12Error>(())
    /// ```
    #[must_use]
    pub fn with_release(mut self, release: u8) -> Self {
        self.segments = self.segments.with_release(release);
        self
    }

    /// Reads on until something is ready, or the input ends.
    fn advance(&mut self) {
        match self.segments.next_segment() {
            Ok(Some(segment)) if segment.separators.is_none() => {
                self.is_done = true;
                self.levels.refuse(not_x12(&segment), &segment);
            }
            Ok(Some(segment)) => self.levels.take(&segment),
            Ok(None) => {
                self.is_done = true;
                self.levels.end();
            }
            Err(error) => {
                self.is_done = true;
                self.levels.fail(error.into());
            }
        }
    }
}

fn not_x12(segment: &Segment<'_>) -> X12ErrorKind {
    X12ErrorKind::NotX12 {
        start: values::start(segment),
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Found, X12Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.levels.answers.next() {
                return Some(ready);
            }
            if self.is_done {
                return None;
            }
            self.advance();
        }
    }
}
