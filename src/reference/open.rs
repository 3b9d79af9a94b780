//! A packed file as tables, each verified so that no later look-up can fail.

use bytes::Bytes;

use crate::model::{DateRange, ProcedureCode, ServiceDate};

use super::builder::{RELEASES_VERSION, WORDS_VERSION};
use super::bytes::Reader;
use super::codes::CodeIndex;
use super::packed::{Container, SectionKind, damaged, name};
use super::records::{CodeRows, Limits, Record};
use super::release::{Loaded, Releases};
use super::{FeeTable, Locality, MODIFIERS, PackedError, PairIndex, Reference, Release, ReleaseId, Table};

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
            fee_schedule: opener.table(Table::FeeSchedule, Opener::fee_table)?,
            practitioner_pairs: opener.table(Table::PractitionerPairs, Opener::pair_index)?,
            hospital_pairs: opener.table(Table::HospitalPairs, Opener::pair_index)?,
            practitioner_mue: opener.table(Table::PractitionerMue, Opener::by_code)?,
            hospital_mue: opener.table(Table::HospitalMue, Opener::by_code)?,
            dme_mue: opener.table(Table::DmeMue, Opener::by_code)?,
            add_on: opener.table(Table::AddOn, Opener::by_code)?,
            asc: opener.table(Table::Asc, Opener::by_code)?,
            modifiers: opener.table(Table::Modifiers, Opener::by_modifier)?,
            modifier_conflicts: opener.table(Table::ModifierConflicts, Opener::by_modifier)?,
            outpatient_codes: opener.table(Table::OutpatientCodes, Opener::by_code)?,
            gpci: opener.table(Table::Gpci, Opener::by_locality)?,
            anesthesia_factors: opener.table(Table::AnesthesiaFactors, Opener::by_locality)?,
            localities: opener.table(Table::Localities, Opener::by_locality)?,
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
struct Opener<'a> {
    file: &'a Container,
    limits: Limits,
    releases: &'a [(Release, Option<Bytes>)],
}

impl Opener<'_> {
    fn table<T>(
        &self,
        table: Table,
        open: impl Fn(&Self, u32) -> Result<T, PackedError>,
    ) -> Result<Releases<T>, PackedError> {
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
                    table: open(self, ordinal as u32)?,
                })
            })
            .collect::<Result<_, PackedError>>()?;
        Ok(Releases::new(table, loaded))
    }

    fn rows<R: Record>(&self, keys: usize, kind: SectionKind, ordinal: u32) -> Result<CodeRows<R>, PackedError> {
        let section = self.file.section(kind, ordinal, CodeRows::<R>::VERSION)?;
        CodeRows::open(keys, &section, self.limits)
            .ok_or_else(|| damaged(name(kind, ordinal), "a row is unreadable or leads nowhere"))
    }

    fn by_code<R: Record>(&self, ordinal: u32) -> Result<CodeRows<R>, PackedError> {
        self.rows(self.limits.codes, SectionKind::Rows, ordinal)
    }

    fn by_modifier<R: Record>(&self, ordinal: u32) -> Result<CodeRows<R>, PackedError> {
        self.rows(MODIFIERS, SectionKind::Rows, ordinal)
    }

    fn by_locality<R: Record>(&self, ordinal: u32) -> Result<CodeRows<R>, PackedError> {
        self.rows(Locality::NUMBERS, SectionKind::Rows, ordinal)
    }

    fn fee_table(&self, ordinal: u32) -> Result<FeeTable, PackedError> {
        let table = FeeTable {
            indicators: self.by_code(ordinal)?,
            values: self.rows(self.limits.codes, SectionKind::FeeValues, ordinal)?,
        };
        if !table.indicators.is_beside(&table.values) {
            let section = name(SectionKind::FeeValues, ordinal);
            return Err(damaged(section, "its rows are not those of the indicators"));
        }
        Ok(table)
    }

    fn pair_index(&self, ordinal: u32) -> Result<PairIndex, PackedError> {
        let section = |kind| self.file.section(kind, ordinal, PairIndex::VERSION);
        let sections = [
            section(SectionKind::PairCodes)?,
            section(SectionKind::PairBlocks)?,
            section(SectionKind::PairPayload)?,
            section(SectionKind::PairHistories)?,
        ];
        PairIndex::open(self.limits, sections)
            .ok_or_else(|| damaged(name(SectionKind::PairBlocks, ordinal), "its numbers lead nowhere"))
    }
}
