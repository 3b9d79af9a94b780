//! Where bytes come from: files, folders, and the files inside zip and gzip files.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use cleanclaim::model::{DateRange, Location};

use crate::options::Options;
use crate::period::{Quarter, date_in_text};
use crate::problem::{FileProblem, FileProblemKind, ReadError, Severity};

/// How many MiB one file may hold, packed or not: several times the largest that CMS publishes.
pub(crate) const MOST_MIB: u64 = 256;

/// How many MiB all files inside one zip may hold together.
const MOST_MIB_IN_ALL: u64 = 1 << 10;

/// Folders are never nested this deep.
const MOST_DEPTH: usize = 16;

/// What to read: a file, a folder with everything below it, or bytes with a name.
///
/// ```
/// use cleanclaim_cms::FileSource;
///
/// let folder = FileSource::path("downloads/2024q3");
/// let bytes = FileSource::bytes("PPRRVU24_JUL.csv", b"HCPCS,MOD,DESCRIPTION".to_vec());
/// ```
#[derive(Clone, Debug)]
pub struct FileSource(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Path(PathBuf),
    Bytes { name: Box<str>, bytes: Vec<u8> },
}

impl FileSource {
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

    /// The files, folders replaced by what lies in them in the order of their names; what could not be listed; and what there
    /// is to say besides.
    pub(crate) fn files(self) -> (Vec<Listed>, Vec<ReadError>, Vec<FileProblem>) {
        let mut walk = Walk::default();
        match self.0 {
            Kind::Path(path) => walk.list(&path, 0),
            Kind::Bytes { name, bytes } => walk.files.push(Listed::Bytes(name, bytes)),
        }
        (walk.files, walk.errors, walk.notes)
    }
}

impl From<&Path> for FileSource {
    fn from(path: &Path) -> Self {
        Self::path(path)
    }
}

impl From<PathBuf> for FileSource {
    fn from(path: PathBuf) -> Self {
        Self::path(path)
    }
}

impl From<&PathBuf> for FileSource {
    fn from(path: &PathBuf) -> Self {
        Self::path(path)
    }
}

impl From<&str> for FileSource {
    fn from(path: &str) -> Self {
        Self::path(path)
    }
}

/// A file that was found and not yet read.
pub(crate) enum Listed {
    Path(PathBuf),
    Bytes(Box<str>, Vec<u8>),
}

/// Walks folders, each once, though links lead to it by several ways.
#[derive(Default)]
struct Walk {
    seen: BTreeSet<PathBuf>,
    files: Vec<Listed>,
    errors: Vec<ReadError>,
    notes: Vec<FileProblem>,
}

impl Walk {
    fn list(&mut self, path: &Path, depth: usize) {
        let display = path.display().to_string();
        if depth > MOST_DEPTH {
            self.errors
                .push(ReadError::new(&display, FileProblemKind::TooDeep { most: MOST_DEPTH }));
            return;
        }
        let found = match fs::metadata(path) {
            Ok(found) => found,
            Err(error) => return self.errors.push(unreadable(&display, &error)),
        };
        if found.is_dir() {
            self.folder(path, depth);
        } else if found.is_file() || depth == 0 {
            self.files.push(Listed::Path(path.to_owned()));
        } else {
            self.notes.push(FileProblem {
                severity: Severity::Note,
                location: Location::in_file(display),
                kind: FileProblemKind::NoFile,
            });
        }
    }

    fn folder(&mut self, path: &Path, depth: usize) {
        let entries = fs::canonicalize(path).and_then(|folder| {
            if !self.seen.insert(folder) {
                return Ok(Vec::new());
            }
            let entries = fs::read_dir(path)?.map(|entry| Ok(entry?.path()));
            entries.collect::<std::io::Result<Vec<_>>>()
        });
        match entries {
            Ok(mut entries) => {
                entries.sort();
                entries.iter().for_each(|entry| self.list(entry, depth + 1));
            }
            Err(error) => self.errors.push(unreadable(&path.display().to_string(), &error)),
        }
    }
}

fn unreadable(file: &str, error: &std::io::Error) -> ReadError {
    ReadError::new(
        file,
        FileProblemKind::Unreadable {
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
            Self::Path(path) => read_file(&path).map_err(|error| unreadable(name.display(), &error)),
            Self::Bytes(_, bytes) => Ok(bytes),
        };
        let mut unpacking = Unpacking {
            left: MOST_MIB_IN_ALL << 20,
            each,
            errors,
        };
        match bytes {
            Ok(bytes) => unpacking.unpack(File { name, bytes }),
            Err(error) => unpacking.errors.push(error),
        }
    }
}

/// The bytes of a file that is no container.
pub(crate) struct File {
    pub(crate) name: FileName,
    pub(crate) bytes: Vec<u8>,
}

fn damaged(file: &str, container: &'static str, reason: &str) -> ReadError {
    ReadError::new(
        file,
        FileProblemKind::DamagedContainer {
            container,
            reason: reason.into(),
        },
    )
}

/// Reads a file, which may be a device that gives bytes without end.
fn read_file(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?
        .take((MOST_MIB << 20) + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_MIB << 20 {
        return Err(std::io::Error::other(format!("it holds more than {MOST_MIB} MiB")));
    }
    Ok(bytes)
}

/// A file that is handed on with the files inside it, as far as its bytes are not too many.
struct Unpacking<'a> {
    /// How many bytes more may come out of it.
    left: u64,
    each: &'a mut dyn FnMut(File),
    errors: &'a mut Vec<ReadError>,
}

impl Unpacking<'_> {
    fn unpack(&mut self, file: File) {
        if file.bytes.starts_with(&[0x1f, 0x8b]) {
            match self.gunzip(&file) {
                Ok(inner) => (self.each)(inner),
                Err(error) => self.errors.push(error),
            }
        } else if file.bytes.starts_with(b"PK\x03\x04") {
            if let Err(error) = self.unzip(file) {
                self.errors.push(error);
            }
        } else {
            (self.each)(file);
        }
    }

    fn gunzip(&mut self, file: &File) -> Result<File, ReadError> {
        let mut bytes = Vec::new();
        self.read_all(flate2::read::MultiGzDecoder::new(file.bytes.as_slice()), &mut bytes)
            .map_err(|reason| damaged(file.name.display(), "gzip", &reason))?;
        Ok(File {
            name: file.name.without_gz(),
            bytes,
        })
    }

    /// Reads what comes out of a container; what the container says of sizes is not to be trusted.
    fn read_all(&mut self, from: impl Read, to: &mut Vec<u8>) -> Result<(), String> {
        let most = (MOST_MIB << 20).min(self.left);
        let read = from.take(most + 1).read_to_end(to);
        self.left = self.left.saturating_sub(to.len() as u64);
        if to.len() as u64 <= most {
            return read.map(|_| ()).map_err(|error| error.to_string());
        }
        *to = Vec::new();
        Err(match self.left {
            0 => format!("more than {MOST_MIB_IN_ALL} MiB come out of it in all"),
            _ => format!("it holds more than {MOST_MIB} MiB"),
        })
    }

    fn unzip(&mut self, file: File) -> Result<(), ReadError> {
        let display = file.name.display().to_owned();
        let is_damaged = |error: zip::result::ZipError| damaged(&display, "zip", &error.to_string());
        let mut archive = zip::ZipArchive::new(Cursor::new(file.bytes.as_slice())).map_err(is_damaged)?;
        // Workbooks and documents are zip files as well.
        if archive.index_for_name("[Content_Types].xml").is_some() {
            drop(archive);
            (self.each)(file);
            return Ok(());
        }
        for at in 0..archive.len() {
            match self.member(&file, &mut archive, at) {
                Ok(None) => {}
                // A zip inside a zip is opened too, but no deeper.
                Ok(Some(member)) if member.bytes.starts_with(b"PK\x03\x04") && !file.name.is_inside() => {
                    self.unpack(member);
                }
                Ok(Some(member)) => (self.each)(member),
                // Of the files behind it nothing can come any more.
                Err(error) if self.left == 0 => return Err(error),
                Err(error) => self.errors.push(error),
            }
        }
        Ok(())
    }

    fn member(
        &mut self,
        file: &File,
        archive: &mut zip::ZipArchive<Cursor<&[u8]>>,
        at: usize,
    ) -> Result<Option<File>, ReadError> {
        let is_damaged = |reason: &str| damaged(file.name.display(), "zip", reason);
        let entry = archive.by_index(at).map_err(|error| is_damaged(&error.to_string()))?;
        if entry.is_dir() {
            return Ok(None);
        }
        let name = entry.name().map_err(|error| is_damaged(&error.to_string()))?;
        let name = file.name.member(&name);
        let mut bytes = Vec::with_capacity(usize::try_from(entry.size().min(1 << 24)).unwrap_or_default());
        self.read_all(entry, &mut bytes)
            .map_err(|reason| damaged(name.display(), "zip", &reason))?;
        Ok(Some(File { name, bytes }))
    }
}

/// Refuses a workbook that is not for its reader, which keeps all that comes out of it and counts in its references without
/// looking: one of too many bytes, or with a reference to a cell that no sheet has.
pub(crate) fn refuse_bomb(bytes: &[u8]) -> Result<(), String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let mut left = MOST_MIB << 20;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|error| error.to_string())?;
        // Other parts have attributes of these names that refer to no cell.
        let is_sheet = entry.name().is_ok_and(|name| name.starts_with("xl/worksheets/"));
        let mut part = Vec::new();
        // What is damaged is for the workbook's reader to tell.
        let _ = entry.take(left + 1).read_to_end(&mut part);
        left = left
            .checked_sub(part.len() as u64)
            .ok_or_else(|| format!("more than {MOST_MIB} MiB come out of it in all"))?;
        if let Some(reference) = is_sheet.then(|| wild_reference(&part)).flatten() {
            return Err(format!("`{reference}` is no cell: expected one up to XFD1048576"));
        }
    }
    Ok(())
}

/// The beginning of a reference that is longer than that of the last cell of the largest sheet.
fn wild_reference(xml: &[u8]) -> Option<String> {
    const LONGEST: usize = "XFD1048576".len();
    let references = memchr::memmem::find_iter(xml, b"r=").chain(memchr::memmem::find_iter(xml, b"ref="));
    let mut parts = references.filter_map(|at| {
        let before = at.checked_sub(1).and_then(|at| xml.get(at))?;
        let value = xml.get(at..)?.splitn(2, |&byte| byte == b'=').nth(1)?;
        let quoted = value.get(1..(2 * LONGEST + 8).min(value.len()))?;
        let inside = quoted.split(|byte| Some(byte) == value.first()).next()?;
        let part = inside.split(|&byte| byte == b':').find(|part| part.len() > LONGEST)?;
        let is_reference = before.is_ascii_whitespace() && part.iter().all(u8::is_ascii_alphanumeric);
        is_reference.then(|| String::from_utf8_lossy(part).into_owned())
    });
    parts.next()
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
                FileProblemKind::NoRelease {
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
