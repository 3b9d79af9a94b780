//! Files that are read whole, each up to a size that none of its kind reaches: a device gives bytes without end.

use std::fs::File;
use std::io::{Error, ErrorKind, Read as _, Result};
use std::path::Path;

/// The bytes of a file of at most so many MiB.
pub(crate) fn bytes(path: &Path, most_mib: u64) -> Result<Vec<u8>> {
    let most = most_mib << 20;
    let file = File::open(path)?;
    let length = file.metadata().map_or(0, |metadata| metadata.len()).min(most);
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    file.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(Error::new(
            ErrorKind::FileTooLarge,
            format!("it is larger than {most_mib} MiB, the most that is read of such a file"),
        ));
    }
    Ok(bytes)
}

/// The same of a file of text.
pub(crate) fn text(path: &Path, most_mib: u64) -> Result<String> {
    String::from_utf8(bytes(path, most_mib)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Error::new(
            ErrorKind::InvalidData,
            format!("it is not UTF-8 from byte {at} on: save it as UTF-8"),
        )
    })
}
