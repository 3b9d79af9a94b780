//! An input that may keep its reader waiting, such as a pipe: read on a thread of its own, so that Ctrl-C is heeded meanwhile.

use std::io::{Cursor, Error, ErrorKind, Read, Result};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

use crate::interrupt;

/// How soon Ctrl-C is heeded.
const PATIENCE: Duration = Duration::from_millis(100);
const PIECE: usize = 1 << 16;

/// The reading end.
pub(crate) struct Patient {
    pieces: Receiver<Result<Vec<u8>>>,
    piece: Cursor<Vec<u8>>,
}

/// Why reading ends before the input does.
#[derive(Debug, thiserror::Error)]
#[error("interrupted")]
pub(crate) struct Interrupted;

impl Patient {
    pub(crate) fn new(input: impl Read + Send + 'static) -> Self {
        // Room for a piece or two: what is read ahead is held in memory.
        let (sender, pieces) = sync_channel(2);
        std::thread::spawn(move || hand_over(input, &sender));
        Self {
            pieces,
            piece: Cursor::default(),
        }
    }

    /// Whether this is how a reader of this kind ends where Ctrl-C ended it.
    pub(crate) fn was_interrupted(error: &Error) -> bool {
        error.get_ref().is_some_and(|error| error.is::<Interrupted>())
    }

    /// The next piece, empty at the end.
    fn wait(&self) -> Result<Vec<u8>> {
        loop {
            match self.pieces.recv_timeout(PATIENCE) {
                Ok(piece) => return piece,
                Err(RecvTimeoutError::Disconnected) => return Ok(Vec::new()),
                Err(RecvTimeoutError::Timeout) if interrupt::is_asked_for() => return Err(Error::other(Interrupted)),
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}

/// Sends piece after piece until the input ends, or nobody wants more.
fn hand_over(mut input: impl Read, sender: &SyncSender<Result<Vec<u8>>>) {
    loop {
        let mut piece = vec![0; PIECE];
        let sent = match input.read(&mut piece) {
            Ok(0) => return,
            Ok(count) => {
                piece.truncate(count);
                sender.send(Ok(piece))
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => {
                // It is the last that can be said of this input.
                let _ = sender.send(Err(error));
                return;
            }
        };
        if sent.is_err() {
            return;
        }
    }
}

impl Read for Patient {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let is_read = self.piece.position() >= self.piece.get_ref().len() as u64;
        if is_read {
            self.piece = Cursor::new(self.wait()?);
        }
        self.piece.read(buffer)
    }
}
