use std::io::Read;
use std::sync::Arc;

use super::levels::Levels;
use super::segments::Segments;
use super::{ClaimInFile, PayerTable, X12Error, X12ErrorKind, start};

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
/// assert_eq!(first.at.segment, Some(18));
/// assert!(first.notes.is_empty() && claims.next().is_none());
/// # Ok::<(), cleanclaim_formats::x12::X12Error>(())
/// ```
#[derive(Debug)]
pub struct Reader<R> {
    segments: Segments<R>,
    levels: Levels,
    is_done: bool,
    has_segments: bool,
}

/// The most lines that a claim may have: as often as loop 2400 repeats in an 837I.
const MOST_LINES: usize = 999;

impl<R: Read> Reader<R> {
    /// The claims of this input. It is read in large pieces, and needs no buffer of its own.
    #[must_use]
    pub fn new(input: R) -> Self {
        Self {
            segments: Segments::new(input),
            levels: Levels::new(MOST_LINES),
            is_done: false,
            has_segments: false,
        }
    }

    /// Gives the input a name, which positions and errors then begin with.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<Arc<str>>) -> Self {
        self.levels.envelopes.at.file = Some(name.into());
        self
    }

    /// Recognises payers by this table instead of the one that comes with the crate.
    #[must_use]
    pub fn with_payers(mut self, table: PayerTable) -> Self {
        self.levels.payers.use_table(table);
        self
    }

    /// Takes claims of up to so many lines, instead of the 999 of the guides. A claim with more is lost, and an error says so.
    ///
    /// ```
    /// use cleanclaim_formats::x12::{Reader, example};
    ///
    /// let error = Reader::new(example().as_bytes()).with_most_lines(1).next().unwrap().unwrap_err();
    /// assert!(error.to_string().ends_with("expected at most 1 lines in a claim: split it"), "{error}");
    /// ```
    #[must_use]
    pub const fn with_most_lines(mut self, lines: usize) -> Self {
        self.levels.most_lines = lines;
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
                self.levels.envelopes.locate(&segment);
                self.levels.refuse(start::refusal(&segment), &segment);
            }
            Ok(Some(segment)) => {
                self.has_segments = true;
                self.levels.take(&segment);
            }
            Ok(None) => {
                self.is_done = true;
                match self.has_segments {
                    true => self.levels.end(),
                    false => self.levels.fail(X12ErrorKind::Empty),
                }
            }
            Err(error) => {
                self.is_done = true;
                self.levels.fail(error.into());
            }
        }
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<ClaimInFile, X12Error>;

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
