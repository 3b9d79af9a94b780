//! What was read, in order, with the last claim kept back: what follows a claim may tell that something is lost.

use std::collections::VecDeque;

use super::Note;
use super::error::{Position, X12Error, X12ErrorKind};
use super::reader::Found;

/// Claims and errors that wait to be taken.
#[derive(Debug, Default)]
pub(super) struct Answers {
    ready: VecDeque<Result<Found, X12Error>>,
    /// The last claim, until another answer follows or the file ends.
    last: Option<Found>,
}

impl Answers {
    pub(super) fn claim(&mut self, found: Found) {
        self.release();
        self.last = Some(found);
    }

    pub(super) fn error(&mut self, error: X12Error) {
        self.release();
        self.ready.push_back(Err(error));
    }

    /// Adds to what is said of the last claim. Without one to say it of, it is an error of its own.
    pub(super) fn note(&mut self, note: Note, at: Position) {
        match &mut self.last {
            Some(last) => last.notes.push(note),
            None => self.error(X12Error {
                at,
                claim: None,
                kind: X12ErrorKind::Lost(note),
            }),
        }
    }

    /// Nothing more will be said of the last claim.
    pub(super) fn release(&mut self) {
        self.ready.extend(self.last.take().map(Ok));
    }

    pub(super) fn next(&mut self) -> Option<Result<Found, X12Error>> {
        self.ready.pop_front()
    }
}
