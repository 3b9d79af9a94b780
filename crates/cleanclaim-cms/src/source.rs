//! Where bytes come from: files, folders, and the files inside zip and gzip files.

use std::ffi::OsStr;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use cleanclaim::model::DateRange;

use crate::options::Options;
use crate::period::{Quarter, date_in_text};
use crate::problem::{ProblemKind, ReadError};

/// Far more than any published file holds; a zip that claims more is a trap.
const MOST_BYTES: u64 = 1 << 31;

/// Folders are never nested this deep; a link back to a parent is.
const MOST_DEPTH: usize = 16;

/// What to read: a file, a folder with everything below it, or bytes with a name.
///
/// ```
/// use cleanclaim_cms::Source;
///
/// let folder = Source::path("downloads/2024q3");
/// let bytes = Source::bytes("PPRRVU24_JUL.csv", b"HCPCS,MOD,DESCRIPTION".to_vec());
/// ```
#[derive(Clone, Debug)]
pub struct Source(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Path(PathBuf),
    Bytes { name: Box<str>, bytes: Vec<u8> },
}

impl Source {
    /// A file or a folder.
    #[must_use]
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Self(Kind::Path(path.into()))
    }

    /// Bytes under the name that they were published with: some files state their release nowhere else.
    #[must_use]
    pub fn bytes(name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        Self(Kind::Bytes {
            name: name.into(),
            bytes: bytes.into(),
        })
    }

    pub(crate) fn name(&self) -> String {
        match &self.0 {
            Kind::Path(path) => path.display().to_string(),
            Kind::Bytes { name, .. } => name.to_string(),
        }
    }

    /// The files, folders replaced by what lies in them in the order of their names.
    pub(crate) fn files(self) -> (Vec<Listed>, Vec<ReadError>) {
        let (mut files, mut errors) = (Vec::new(), Vec::new());
        match self.0 {
            Kind::Path(path) => list(&path, 0, &mut files, &mut errors),
            Kind::Bytes { name, bytes } => files.push(Listed::Bytes(name, bytes)),
        }
        (files, errors)
    }
}

impl From<&Path> for Source {
    fn from(path: &Path) -> Self {
        Self::path(path)
    }
}

impl From<PathBuf> for Source {
    fn from(path: PathBuf) -> Self {
        Self::path(path)
    }
}

impl From<&PathBuf> for Source {
    fn from(path: &PathBuf) -> Self {
        Self::path(path)
    }
}

impl From<&str> for Source {
    fn from(path: &str) -> Self {
        Self::path(path)
    }
}

/// A file that was found and not yet read.
pub(crate) enum Listed {
    Path(PathBuf),
    Bytes(Box<str>, Vec<u8>),
}

fn list(path: &Path, depth: usize, files: &mut Vec<Listed>, errors: &mut Vec<ReadError>) {
    let display = path.display().to_string();
    if depth > MOST_DEPTH {
        errors.push(ReadError::new(&display, ProblemKind::TooDeep { most: MOST_DEPTH }));
        return;
    }
    let entries = fs::metadata(path).and_then(|found| {
        if !found.is_dir() {
            return Ok(None);
        }
        let mut entries = fs::read_dir(path)?
            .map(|entry| Ok(entry?.path()))
            .collect::<std::io::Result<Vec<_>>>()?;
        entries.sort();
        Ok(Some(entries))
    });
    match entries {
        Ok(None) => files.push(Listed::Path(path.to_owned())),
        Ok(Some(entries)) => entries.iter().for_each(|entry| list(entry, depth + 1, files, errors)),
        Err(error) => errors.push(unreadable(&display, &error)),
    }
}

fn unreadable(file: &str, error: &std::io::Error) -> ReadError {
    ReadError::new(
        file,
        ProblemKind::Unreadable {
            reason: error.to_string().into(),
        },
    )
}

impl Listed {
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Path(path) => path.display().to_string(),
            Self::Bytes(name, _) => name.to_string(),
        }
    }

    pub(crate) fn size(&self) -> u64 {
        match self {
            Self::Path(path) => fs::metadata(path).map_or(0, |found| found.len()),
            Self::Bytes(_, bytes) => bytes.len() as u64,
        }
    }

    /// Reads the file, and hands on it or the files inside it.
    pub(crate) fn open(self, each: &mut dyn FnMut(File), errors: &mut Vec<ReadError>) {
        let name = FileName::of(&self.name());
        let bytes = match self {
            Self::Path(path) => fs::read(path).map_err(|error| unreadable(name.display(), &error)),
            Self::Bytes(_, bytes) => Ok(bytes),
        };
        match bytes {
            Ok(bytes) => unpack(File { name, bytes }, each, errors),
            Err(error) => errors.push(error),
        }
    }
}

/// The bytes of a file that is no container.
pub(crate) struct File {
    pub(crate) name: FileName,
    pub(crate) bytes: Vec<u8>,
}

fn unpack(file: File, each: &mut dyn FnMut(File), errors: &mut Vec<ReadError>) {
    if file.bytes.starts_with(&[0x1f, 0x8b]) {
        match gunzip(&file) {
            Ok(inner) => each(inner),
            Err(error) => errors.push(error),
        }
    } else if file.bytes.starts_with(b"PK\x03\x04") {
        if let Err(error) = unzip(file, each, errors) {
            errors.push(error);
        }
    } else {
        each(file);
    }
}

fn damaged(file: &str, container: &'static str, reason: &str) -> ReadError {
    ReadError::new(
        file,
        ProblemKind::DamagedContainer {
            container,
            reason: reason.into(),
        },
    )
}

fn gunzip(file: &File) -> Result<File, ReadError> {
    let mut bytes = Vec::new();
    read_all(flate2::read::MultiGzDecoder::new(file.bytes.as_slice()), &mut bytes)
        .map_err(|reason| damaged(file.name.display(), "gzip", &reason))?;
    Ok(File {
        name: file.name.without_gz(),
        bytes,
    })
}

fn read_all(from: impl Read, to: &mut Vec<u8>) -> Result<(), String> {
    from.take(MOST_BYTES)
        .read_to_end(to)
        .map_err(|error| error.to_string())?;
    if to.len() as u64 >= MOST_BYTES {
        Err("it holds more than 2 GiB".to_owned())
    } else {
        Ok(())
    }
}

fn unzip(file: File, each: &mut dyn FnMut(File), errors: &mut Vec<ReadError>) -> Result<(), ReadError> {
    let display = file.name.display().to_owned();
    let is_damaged = |error: zip::result::ZipError| damaged(&display, "zip", &error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(file.bytes.as_slice())).map_err(is_damaged)?;
    // Workbooks and documents are zip files as well.
    if archive.index_for_name("[Content_Types].xml").is_some() {
        drop(archive);
        each(file);
        return Ok(());
    }
    for at in 0..archive.len() {
        match member(&file, &mut archive, at) {
            Ok(None) => {}
            // A zip inside a zip is opened too, but no deeper.
            Ok(Some(member)) if member.bytes.starts_with(b"PK\x03\x04") && !file.name.is_inside() => {
                unpack(member, each, errors);
            }
            Ok(Some(member)) => each(member),
            Err(error) => errors.push(error),
        }
    }
    Ok(())
}

fn member(file: &File, archive: &mut zip::ZipArchive<Cursor<&[u8]>>, at: usize) -> Result<Option<File>, ReadError> {
    let is_damaged = |reason: &str| damaged(file.name.display(), "zip", reason);
    let entry = archive.by_index(at).map_err(|error| is_damaged(&error.to_string()))?;
    if entry.is_dir() {
        return Ok(None);
    }
    let name = entry.name().map_err(|error| is_damaged(&error.to_string()))?;
    let name = file.name.member(&name);
    // What the zip says of sizes is not to be trusted with memory.
    let mut bytes = Vec::with_capacity(usize::try_from(entry.size().min(1 << 26)).unwrap_or_default());
    read_all(entry, &mut bytes).map_err(|reason| damaged(name.display(), "zip", &reason))?;
    Ok(Some(File { name, bytes }))
}

/// What a file is called, and what its surroundings are called: some files state their release nowhere else.
#[derive(Clone, Debug)]
pub(crate) struct FileName {
    display: Box<str>,
    base: Box<str>,
    folder: Box<str>,
    /// The file's own name, its zip's, its folder's.
    hints: Vec<Box<str>>,
    inside: bool,
}

impl FileName {
    pub(crate) fn of(path: &str) -> Self {
        let place = Path::new(path);
        let text = |name: Option<&OsStr>| name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let base = text(place.file_name());
        let parent = place.parent();
        let folder_name = text(parent.and_then(Path::file_name));
        Self {
            display: path.into(),
            folder: parent
                .map(|parent| parent.display().to_string())
                .unwrap_or_default()
                .into(),
            hints: vec![base.as_str().into(), folder_name.into()],
            base: base.into(),
            inside: false,
        }
    }

    fn member(&self, member: &str) -> Self {
        let inner = Self::of(member);
        Self {
            display: format!("{}!{member}", self.display).into(),
            folder: format!("{}!{}", self.display, inner.folder).into(),
            hints: inner.hints.into_iter().chain(self.hints.iter().cloned()).collect(),
            base: inner.base,
            inside: true,
        }
    }

    fn without_gz(&self) -> Self {
        let mut name = self.clone();
        name.base = self.base.trim_end_matches(".gz").into();
        name
    }

    fn is_inside(&self) -> bool {
        self.inside
    }

    /// The whole name, as problems give it.
    pub(crate) fn display(&self) -> &str {
        &self.display
    }

    /// The file's own name.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// What a release gives as its source.
    pub(crate) fn source(&self, kind: &str) -> String {
        format!("CMS, {kind} {}", self.base)
    }

    /// The folder or zip that the file lies in.
    pub(crate) fn folder(&self) -> &str {
        &self.folder
    }

    /// Names that may say which release it is, the file's own first.
    pub(crate) fn hints(&self) -> impl Iterator<Item = &str> {
        self.hints.iter().map(AsRef::as_ref)
    }

    /// The quarter that the names speak of.
    pub(crate) fn quarter(&self) -> Option<Quarter> {
        self.hints().find_map(Quarter::in_text)
    }

    /// The name and days of a snapshot that is named by its first day: `2024-07-01`.
    pub(crate) fn dated_quarter(
        &self,
        options: &Options,
        example: &'static str,
    ) -> Result<(String, DateRange), ReadError> {
        let first = self
            .hints()
            .find_map(date_in_text)
            .or_else(|| Some(self.quarter()?.days()?.first()));
        let published = first.and_then(|first| DateRange::new(first, Quarter::of(first)?.days()?.last()));
        let days = options.period.or(published).ok_or_else(|| {
            ReadError::new(
                self.display(),
                ProblemKind::NoRelease {
                    what: "quarter",
                    example,
                },
            )
        })?;
        let name = options
            .release
            .as_deref()
            .map_or_else(|| days.first().to_string(), str::to_owned);
        Ok((name, days))
    }
}
