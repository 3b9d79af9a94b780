use std::io::Read;
use std::sync::Arc;

use super::Remittance;
use super::levels::Levels;
use crate::x12::segments::Segments;
use crate::x12::{X12Error, X12ErrorKind, start};

/// The answers of an X12 835, one by one in their order, in constant memory.
///
/// An error is one claim or one part of the file that is lost, and what follows is read on; after an error of the input there
/// is nothing more.
///
/// ```
/// use cleanclaim_formats::x12::{Remittance, Remittances, example_remittance};
///
/// let file = example_remittance();
/// let mut answers = Remittances::new(file.as_bytes()).with_name("monday.835");
/// let Remittance::Claim(claim) = answers.next().unwrap()? else { panic!("no claim") };
/// assert_eq!(claim.at.to_string(), "monday.835: interchange `000000001`, group `1`, transaction `0001`, segment 10");
/// assert_eq!(claim.paid.to_string(), "200.00");
/// assert!(claim.notes.is_empty());
/// # Ok::<(), cleanclaim_formats::x12::X12Error>(())
/// ```
#[derive(Debug)]
pub struct Remittances<R> {
    segments: Segments<R>,
    levels: Levels,
    is_done: bool,
    has_segments: bool,
}

impl<R: Read> Remittances<R> {
    /// The answers of this input. It is read in large pieces, and needs no buffer of its own.
    #[must_use]
    pub fn new(input: R) -> Self {
        Self {
            segments: Segments::new(input),
            levels: Levels::default(),
            is_done: false,
            has_segments: false,
        }
    }

    /// Gives the input a name, which locations and errors then begin with.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<Arc<str>>) -> Self {
        self.levels.envelopes.at.file = Some(name.into());
        self
    }

    /// Reads on until something is ready, or the input ends.
    fn advance(&mut self) {
        match self.segments.next_segment() {
            Ok(Some(segment)) if segment.separators.is_none() => {
                self.is_done = true;
                self.levels.envelopes.locate(&segment);
                self.levels.refuse(start::refusal(&segment));
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

impl<R: Read> Iterator for Remittances<R> {
    type Item = Result<Remittance, X12Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.levels.answers.pop_front() {
                return Some(ready);
            }
            if self.is_done {
                return None;
            }
            self.advance();
        }
    }
}
