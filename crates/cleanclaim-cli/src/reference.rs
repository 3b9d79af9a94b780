//! The reference that a command answers from.

use std::io::Read as _;
use std::path::Path;

use cleanclaim::reference::Reference;

use crate::{CommandError, whole};

/// Thirty times what a reference of everything that CMS publishes takes.
const MOST_MIB: u64 = 1 << 10;

/// The packed file at `path`, or the embedded starter.
///
/// The file is read and not mapped: whatever becomes of it while claims are checked, the answers are those of the bytes whose
/// checksums were right.
pub(crate) fn open(path: Option<&Path>) -> Result<Reference, CommandError> {
    let Some(path) = path else {
        return Ok(Reference::starter().clone());
    };
    let bytes = whole::bytes(path, MOST_MIB).map_err(|error| CommandError::File {
        path: path.to_owned(),
        error,
    })?;
    Reference::open(bytes).map_err(|error| CommandError::Reference {
        path: path.to_owned(),
        error,
    })
}

/// Whether a file begins as a packed one does.
pub(crate) fn is_packed(path: &Path) -> bool {
    let mut start = [0; 8];
    let is_file = std::fs::metadata(path).is_ok_and(|file| file.is_file());
    is_file
        && std::fs::File::open(path).is_ok_and(|mut file| file.read_exact(&mut start).is_ok() && start == *b"CLNCLAIM")
}
