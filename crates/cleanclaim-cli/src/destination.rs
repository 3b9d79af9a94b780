//! Where output goes: to standard output, or to a file that is in place only when it is whole. Every command writes by this.
//!
//! A file is written beside its place, under a name of its own that nothing else has, and renamed when it is whole and on the
//! disk. What stood there stays until then: an error, a full disk or a signal leaves it as it was, and nothing beside it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Seek as _, Write};
use std::path::{Path, PathBuf};

use same_file::Handle;
use tempfile::NamedTempFile;

use crate::{CommandError, interrupt};

/// What output is written to.
pub(crate) struct Destination {
    out: BufWriter<Box<dyn Write>>,
    then: Then,
}

/// What is done when everything is written.
enum Then {
    /// Nothing: it went where it belongs.
    Nothing,
    /// The file gets its name.
    Rename { part: NamedTempFile, path: PathBuf },
    /// The file's bytes go into one that stands in a folder where no other may be made.
    Copy { part: File, path: PathBuf },
}

impl Destination {
    pub(crate) fn stream(out: impl Write + 'static) -> Self {
        Self::new(Box::new(out), Then::Nothing)
    }

    pub(crate) fn file(path: &Path) -> io::Result<Self> {
        if !may_be_replaced(path) {
            return Ok(Self::stream(OpenOptions::new().write(true).truncate(true).open(path)?));
        }
        // What a link leads to is replaced, and not the link.
        let path = match fs::canonicalize(path) {
            Ok(path) => path,
            Err(_) if path.is_symlink() => {
                return Err(io::Error::new(
                    ErrorKind::NotFound,
                    "it is a link that leads to no file: give the name of a file",
                ));
            }
            Err(_) => path.to_owned(),
        };
        match beside(&path) {
            Ok(part) => {
                let out = Box::new(part.as_file().try_clone()?);
                Ok(Self::new(out, Then::Rename { part, path }))
            }
            Err(error) if error.kind() == ErrorKind::PermissionDenied && path.exists() => {
                // Whether it may be written to is known before the work is done.
                OpenOptions::new().write(true).open(&path)?;
                let part = tempfile::tempfile()?;
                Ok(Self::new(Box::new(part.try_clone()?), Then::Copy { part, path }))
            }
            Err(error) => Err(error),
        }
    }

    fn new(out: Box<dyn Write>, then: Then) -> Self {
        Self {
            out: BufWriter::with_capacity(1 << 16, out),
            then,
        }
    }

    /// Whether what is written is seen only when it is finished.
    pub(crate) fn is_put_in_place(&self) -> bool {
        !matches!(self.then, Then::Nothing)
    }

    /// Puts what was written in its place.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.out.flush()?;
        match self.then {
            Then::Nothing => Ok(()),
            Then::Rename { part, path } => {
                part.as_file().sync_all()?;
                part.persist(&path).map_err(|error| error.error)?;
                sync_folder(&path)
            }
            Then::Copy { mut part, path } => {
                part.rewind()?;
                let mut file = File::create(path)?;
                io::copy(&mut part, &mut file)?;
                file.sync_all()
            }
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

/// A new file in the same folder, which is gone again unless it is renamed: it is made under a name that no file has, so
/// that no link is followed and no two commands write to one.
fn beside(path: &Path) -> io::Result<NamedTempFile> {
    let folder = match path.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => Path::new("/"),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".cleanclaim-").suffix(".part");
    // As any new file: who may read it is for the process's mask to say.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    interrupt::listen();
    let part = builder.tempfile_in(folder)?;
    interrupt::take_away_unless_finished(part.path());
    if let Ok(older) = fs::metadata(path) {
        part.as_file().set_permissions(older.permissions())?;
    }
    Ok(part)
}

/// Whether it is a file, or will be: a pipe or a device is written to as it is.
fn may_be_replaced(path: &Path) -> bool {
    let is_device = path.starts_with("/dev") || path.starts_with("/proc");
    !is_device && fs::metadata(path).map_or(true, |metadata| metadata.is_file())
}

/// The new name is on the disk only when its folder is. Some file systems cannot say so, and the file is whole in any case.
fn sync_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    let _ = path;
    Ok(())
}

/// Refuses to write over what is read, by whatever name it goes: a file that is named by `out`, or standard output where it is
/// a file, which would grow as fast as it is read.
pub(crate) fn refuse_inputs<'a>(
    out: Option<&Path>,
    inputs: impl IntoIterator<Item = &'a Path>,
) -> Result<(), CommandError> {
    // Of pipes and devices nothing is opened, which would wait for whoever is at their other end.
    let handle = |path: &Path| {
        fs::metadata(path)
            .is_ok_and(|file| file.is_file())
            .then(|| Handle::from_path(path))
    };
    let (place, name) = match out {
        Some(out) => (handle(out).and_then(Result::ok), out.display().to_string()),
        None => (Handle::stdout().ok(), "standard output".to_owned()),
    };
    let Some(place) = place.filter(|place| place.as_file().metadata().is_ok_and(|file| file.is_file())) else {
        return Ok(());
    };
    let is_place = |other: Handle| other == place;
    let is_input = |input: &Path| handle(input).and_then(Result::ok).is_some_and(is_place);
    if inputs.into_iter().any(is_input) || Handle::stdin().is_ok_and(is_place) {
        return Err(CommandError::OutIsInput(name));
    }
    Ok(())
}
