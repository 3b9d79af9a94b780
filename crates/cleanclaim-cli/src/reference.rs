//! The reference that a command answers from.

use std::fs::File;

use bytes::Bytes;
use cleanclaim::reference::Reference;

use crate::CommandError;

/// The packed file at `path`, memory-mapped, or the embedded starter.
pub(crate) fn open(path: Option<&str>) -> Result<Reference, CommandError> {
    let Some(path) = path else {
        return Ok(Reference::starter().clone());
    };
    let map = map(path).map_err(|error| CommandError::File {
        path: path.to_owned(),
        error,
    })?;
    Reference::open(Bytes::from_owner(map)).map_err(|error| CommandError::Reference {
        path: path.to_owned(),
        error,
    })
}

#[allow(unsafe_code, reason = "a memory map is the point: the file is used as it lies")]
fn map(path: &str) -> std::io::Result<memmap2::Mmap> {
    let file = File::open(path)?;
    // SAFETY: the map is read-only. A file that another process truncates under the map would fault; packed references
    // are written once and replaced whole.
    unsafe { memmap2::Mmap::map(&file) }
}
