//! A packed file as tables, each verified so that no later look-up can fail.

use bytes::Bytes;

use crate::model::{DateRange, ProcedureCode, ServiceDate};

use super::builder::{RELEASES_VERSION, WORDS_VERSION};
use super::bytes::Reader;
use super::codes::CodeIndex;
use super::packed::{Container, SectionKind, damaged, name};
use super::records::{CodeRows, Limits, Record};
use super::release::{Loaded, Releases};
use super::table::{Keys, Opened};
use super::tables::Tables;
use super::{PackedError, Reference, Release, ReleaseId, Table};

impl Reference {
    /// Opens a packed reference. Nothing is parsed; checksums and the soundness of every index are verified, so that
    /// damaged and hostile bytes are refused here and no later look-up can fail.
    ///
    /// The bytes may be a `Vec<u8>`, a `&'static [u8]`, or anything else that [`Bytes`] can hold, such as a memory map
    /// by [`Bytes::from_owner`].
    ///
    /// # Errors
    /// Bytes that are not a packed reference, or a damaged, truncated or newer one.
    pub fn open(bytes: impl Into<Bytes>) -> Result<Self, PackedError> {
        let file = Container::open(&bytes.into())?;
        let codes = CodeIndex::open(file.section(SectionKind::Codes, 0, CodeIndex::VERSION)?)
            .ok_or_else(|| damaged("the code index", "its counts do not follow from its bits"))?;
        let words = read_words(&file.section(SectionKind::Words, 0, WORDS_VERSION)?)
            .ok_or_else(|| damaged("the words", "they are unreadable"))?;
        let releases = read_releases(&file.section(SectionKind::Releases, 0, RELEASES_VERSION)?, &codes)
            .ok_or_else(|| damaged("the releases", "they are unreadable"))?;
        let opener = Opener {
            file: &file,
            limits: Limits {
                codes: codes.len(),
                words: words.len(),
            },
            releases: &releases,
        };
        let mut reference = Self {
            tables: Tables::open(&opener)?,
            words,
            releases: releases.into_iter().map(|(release, _)| release).collect(),
            boundaries: Vec::new(),
            codes,
        };
        reference.boundaries = reference.boundaries();
        Ok(reference)
    }
}

fn read_words(section: &[u8]) -> Option<Vec<Box<str>>> {
    let mut from = Reader::new(section);
    let count = from.u32()?;
    let words = (0..count).map(|_| from.text().map(Into::into)).collect::<Option<_>>()?;
    from.is_empty().then_some(words)
}

fn read_releases(section: &Bytes, codes: &CodeIndex) -> Option<Vec<(Release, Option<Bytes>)>> {
    let mut from = Reader::new(section);
    let count = from.u32().filter(|&count| count < u32::from(u16::MAX))?;
    let codes: Vec<ProcedureCode> = codes.codes().collect();
    let releases = (0..count)
        .map(|_| read_release(&mut from, &codes))
        .collect::<Option<_>>()?;
    from.is_empty().then_some(releases)
}

fn read_release(from: &mut Reader<'_>, codes: &[ProcedureCode]) -> Option<(Release, Option<Bytes>)> {
    let table = Table::from_repr(from.u8()?)?;
    let first = ServiceDate::from_day_number(from.u16()?);
    let last = ServiceDate::from_day_number(from.u16()?);
    let release = Release::new(table, from.text()?, DateRange::new(first, last)?, from.text()?);
    match from.u8()? {
        0 => Some((release, None)),
        1 => {
            let bits = Bytes::copy_from_slice(from.take(codes.len().div_ceil(8))?);
            let covered = codes
                .iter()
                .enumerate()
                .filter(|(id, _)| bits.get(id / 8).is_some_and(|byte| byte >> (id % 8) & 1 == 1))
                .map(|(_, code)| *code)
                .collect();
            Some((release.excerpt_of(covered), Some(bits)))
        }
        _ => None,
    }
}

/// Opens the sections of each release.
pub(crate) struct Opener<'a> {
    file: &'a Container,
    limits: Limits,
    releases: &'a [(Release, Option<Bytes>)],
}

impl Opener<'_> {
    /// Every release of a table.
    pub(crate) fn table<T: Opened>(&self, table: Table) -> Result<Releases<T>, PackedError> {
        let loaded = self
            .releases
            .iter()
            .enumerate()
            .filter(|(_, (release, _))| release.table == table)
            .map(|(ordinal, (release, covered))| {
                Ok(Loaded {
                    id: ReleaseId(u16::try_from(ordinal).map_err(|_| damaged("the releases", "they are too many"))?),
                    in_force: release.in_force,
                    covered: covered.clone(),
                    table: T::open(self, ordinal as u32)?,
                })
            })
            .collect::<Result<_, PackedError>>()?;
        Ok(Releases::new(table, loaded))
    }

    /// How many codes and words the file has.
    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }

    /// A section of a release.
    pub(crate) fn section(&self, kind: SectionKind, ordinal: u32, version: u16) -> Result<Bytes, PackedError> {
        self.file.section(kind, ordinal, version)
    }

    /// A section of rows, each of them verified.
    pub(crate) fn rows<R: Record>(
        &self,
        keys: Keys,
        kind: SectionKind,
        ordinal: u32,
    ) -> Result<CodeRows<R>, PackedError> {
        let section = self.section(kind, ordinal, CodeRows::<R>::VERSION)?;
        CodeRows::open(keys.count(self.limits.codes), &section, self.limits)
            .ok_or_else(|| damaged(name(kind, ordinal), "a row is unreadable or leads nowhere"))
    }
}
