//! The packed file: a header, a directory, and sections that are used in place. `docs/packed-format.md` describes it
//! byte by byte.

use bytes::Bytes;

use super::bytes::{Reader, Writer};

const MAGIC: [u8; 8] = *b"CLNCLAIM";
const FORMAT: u32 = 1;
const HEADER: usize = 32;
const ENTRY: usize = 32;
const ALIGN: usize = 64;
/// Far more than any reference needs; a directory that claims more is damaged.
const MOST_SECTIONS: u32 = 100_000;

/// What a section holds. The release that it belongs to is its ordinal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::FromRepr, strum::Display)]
#[strum(serialize_all = "kebab-case")]
#[repr(u16)]
pub(crate) enum SectionKind {
    Codes = 1,
    Words = 2,
    Releases = 3,
    Rows = 16,
    FeeValues = 17,
    PairCodes = 18,
    PairBlocks = 19,
    PairPayload = 20,
    PairHistories = 21,
}

/// Why bytes are not a packed reference.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackedError {
    /// The bytes do not begin as a packed reference does.
    #[error(
        "not a packed reference: the file does not begin with `CLNCLAIM`; expected the bytes of `ReferenceBuilder::pack`"
    )]
    NotPacked,
    /// The file was written by a later release of this library.
    #[error(
        "the packed reference has format {found}, this release reads format {FORMAT}: update cleanclaim or build the file again"
    )]
    NewerFormat {
        /// The format found.
        found: u32,
    },
    /// A section has a layout of a later release.
    #[error(
        "section `{section}` has record version {found}, this release reads version {known}: update cleanclaim or build the file again"
    )]
    NewerRecord {
        /// The section.
        section: String,
        /// The version found.
        found: u16,
        /// The version that this release reads.
        known: u16,
    },
    /// The file ends early or has bytes too many.
    #[error("the packed reference is truncated: {found} bytes of {expected}; copy or build it again")]
    Truncated {
        /// Bytes found.
        found: u64,
        /// Bytes that the header states.
        expected: u64,
    },
    /// Bytes changed since the file was written.
    #[error("the packed reference is damaged in {section}: {problem}; copy or build it again")]
    Damaged {
        /// Where.
        section: String,
        /// What is wrong.
        problem: &'static str,
    },
}

pub(crate) fn damaged(section: impl Into<String>, problem: &'static str) -> PackedError {
    PackedError::Damaged {
        section: section.into(),
        problem,
    }
}

/// A section on its way into a file.
pub(crate) struct NewSection {
    pub(crate) kind: SectionKind,
    pub(crate) ordinal: u32,
    pub(crate) version: u16,
    pub(crate) bytes: Vec<u8>,
}

/// Lays sections out behind a directory. The same sections give the same bytes.
pub(crate) fn write(sections: &[NewSection]) -> Vec<u8> {
    let mut offset = align(HEADER + sections.len() * ENTRY);
    let mut directory = Writer::default();
    for section in sections {
        directory.u16(section.kind as u16);
        directory.u16(section.version);
        directory.u32(section.ordinal);
        directory.u64(offset as u64);
        directory.u64(section.bytes.len() as u64);
        directory.u32(crc32fast::hash(&section.bytes));
        directory.u32(0);
        offset = align(offset + section.bytes.len());
    }
    let directory = directory.into_vec();
    let mut out = Writer::default();
    out.bytes(&MAGIC);
    out.u32(FORMAT);
    out.u32(sections.len() as u32);
    out.u64(offset as u64);
    out.u32(crc32fast::hash(&directory));
    out.u32(0);
    out.bytes(&directory);
    let mut out = out.into_vec();
    for section in sections {
        out.resize(align(out.len()), 0);
        out.extend_from_slice(&section.bytes);
    }
    out.resize(align(out.len()), 0);
    out
}

fn align(offset: usize) -> usize {
    offset.next_multiple_of(ALIGN)
}

struct Entry {
    kind: SectionKind,
    ordinal: u32,
    version: u16,
    bytes: Bytes,
}

/// A file whose header, directory and checksums hold.
pub(crate) struct Container(Vec<Entry>);

impl Container {
    pub(crate) fn open(file: &Bytes) -> Result<Self, PackedError> {
        let mut header = Reader::new(file);
        if header.array() != Some(MAGIC) {
            return Err(PackedError::NotPacked);
        }
        let short = || PackedError::Truncated {
            found: file.len() as u64,
            expected: HEADER as u64,
        };
        let format = header.u32().ok_or_else(short)?;
        if format != FORMAT {
            return Err(PackedError::NewerFormat { found: format });
        }
        let count = header.u32().ok_or_else(short)?;
        let expected = header.u64().ok_or_else(short)?;
        let checksum = header.u32().ok_or_else(short)?;
        let reserved = header.u32().ok_or_else(short)?;
        if expected != file.len() as u64 {
            return Err(PackedError::Truncated {
                found: file.len() as u64,
                expected,
            });
        }
        let directory = Some(count)
            .filter(|&count| count <= MOST_SECTIONS)
            .and_then(|count| header.take(count as usize * ENTRY))
            .filter(|directory| crc32fast::hash(directory) == checksum && reserved == 0)
            .ok_or_else(|| damaged("the directory", "its checksum does not hold"))?;
        let mut entries: Vec<Entry> = Vec::new();
        let mut end = HEADER + directory.len();
        for entry in directory.chunks_exact(ENTRY) {
            let entry = Entry::open(file, entry, &mut end)?;
            if entries.last().is_some_and(|before| before.place() >= entry.place()) {
                return Err(damaged(entry.name(), "it is there twice or out of order"));
            }
            entries.push(entry);
        }
        if !is_padding(file, end, file.len()) || align(end) != file.len() {
            return Err(damaged("the end of the file", "there are bytes of no section"));
        }
        Ok(Self(entries))
    }

    /// The bytes of a section, of the record version that the caller reads.
    pub(crate) fn section(&self, kind: SectionKind, ordinal: u32, version: u16) -> Result<Bytes, PackedError> {
        let place = self.0.binary_search_by_key(&(ordinal, kind), Entry::place).ok();
        let entry = place
            .and_then(|place| self.0.get(place))
            .ok_or_else(|| damaged(name(kind, ordinal), "the section is missing"))?;
        if entry.version != version {
            return Err(PackedError::NewerRecord {
                section: name(kind, ordinal),
                found: entry.version,
                known: version,
            });
        }
        Ok(entry.bytes.clone())
    }
}

pub(crate) fn name(kind: SectionKind, ordinal: u32) -> String {
    format!("section {kind} {ordinal}")
}

/// Whether two sections of a file have only zeros between them, and fewer than one step of alignment.
fn is_padding(file: &[u8], from: usize, to: usize) -> bool {
    file.get(from..to)
        .is_some_and(|between| between.len() < ALIGN && between.iter().all(|&byte| byte == 0))
}

impl Entry {
    /// What the directory is sorted by.
    fn place(&self) -> (u32, SectionKind) {
        (self.ordinal, self.kind)
    }

    fn name(&self) -> String {
        name(self.kind, self.ordinal)
    }

    /// The section that follows on `end`, the end of the one before, with nothing but zeros between.
    fn open(file: &Bytes, entry: &[u8], end: &mut usize) -> Result<Self, PackedError> {
        let unreadable = || damaged("the directory", "an entry is unreadable");
        let mut from = Reader::new(entry);
        let number = from.u16().ok_or_else(unreadable)?;
        let version = from.u16().ok_or_else(unreadable)?;
        let ordinal = from.u32().ok_or_else(unreadable)?;
        let offset = from
            .u64()
            .and_then(|at| usize::try_from(at).ok())
            .ok_or_else(unreadable)?;
        let length = from
            .u64()
            .and_then(|at| usize::try_from(at).ok())
            .ok_or_else(unreadable)?;
        let checksum = from.u32().ok_or_else(unreadable)?;
        from.u32().filter(|&reserved| reserved == 0).ok_or_else(unreadable)?;
        let kind = SectionKind::from_repr(number).ok_or_else(|| {
            damaged(
                format!("section of kind {number}"),
                "this release does not know the kind",
            )
        })?;
        if offset % ALIGN != 0 || !is_padding(file, *end, offset) {
            return Err(damaged(name(kind, ordinal), "it does not follow on the one before"));
        }
        let bytes = offset
            .checked_add(length)
            .filter(|&end| end <= file.len())
            .map(|end| file.slice(offset..end))
            .ok_or_else(|| damaged(name(kind, ordinal), "it is outside the file"))?;
        *end = offset + length;
        if crc32fast::hash(&bytes) != checksum {
            return Err(damaged(name(kind, ordinal), "its checksum does not hold"));
        }
        Ok(Self {
            kind,
            ordinal,
            version,
            bytes,
        })
    }
}
