//! Where a report goes: to standard output, or to a file that is in place only when it is whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use crate::interrupt;

/// What a report is written to.
pub(crate) struct Destination {
    out: BufWriter<Box<dyn Write>>,
    beside: Option<Beside>,
}

/// A file written beside the one that it will be, so that an older report stays until the new one is whole.
struct Beside {
    temporary: PathBuf,
    path: PathBuf,
}

impl Drop for Beside {
    /// A report that was not finished is none; one in place is no longer here.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.temporary);
    }
}

impl Destination {
    pub(crate) fn stream(out: impl Write + 'static) -> Self {
        Self::new(Box::new(out), None)
    }

    pub(crate) fn file(path: &str) -> io::Result<Self> {
        let path = Path::new(path);
        if !may_be_replaced(path) {
            return Ok(Self::stream(OpenOptions::new().write(true).truncate(true).open(path)?));
        }
        // What a link leads to is replaced, and not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        match Beside::create(&path) {
            Ok((file, beside)) => Ok(Self::new(Box::new(file), Some(beside))),
            // In a folder that may not be written to, a file that may.
            Err(error) if error.kind() == ErrorKind::PermissionDenied && path.exists() => {
                Ok(Self::stream(File::create(path)?))
            }
            Err(error) => Err(error),
        }
    }

    fn new(out: Box<dyn Write>, beside: Option<Beside>) -> Self {
        Self {
            out: BufWriter::with_capacity(1 << 16, out),
            beside,
        }
    }

    /// Puts what was written in its place.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.out.flush()?;
        match &self.beside {
            Some(beside) => fs::rename(&beside.temporary, &beside.path),
            None => Ok(()),
        }
    }
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Beside {
    fn create(path: &Path) -> io::Result<(File, Self)> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let temporary = path.with_file_name(format!(".{name}.{}.part", std::process::id()));
        let file = File::create(&temporary)?;
        interrupt::take_away_unless_finished(&temporary);
        if let Ok(older) = fs::metadata(path) {
            file.set_permissions(older.permissions())?;
        }
        let path = path.to_owned();
        Ok((file, Self { temporary, path }))
    }
}

/// Whether it is a file, or will be: a pipe or a device is written to as it is.
fn may_be_replaced(path: &Path) -> bool {
    let is_device = path.starts_with("/dev") || path.starts_with("/proc");
    !is_device && fs::metadata(path).map_or(true, |metadata| metadata.is_file())
}
