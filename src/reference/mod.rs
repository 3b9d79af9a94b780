//! Reference data by date: what CMS publishes, as tables that answer for a code and a date of service.
//!
//! A [`Reference`] is immutable and holds any number of releases side by side. It is opened from bytes without parsing
//! ([`Reference::open`]), built from typed rows ([`ReferenceBuilder`]), or the embedded [`Reference::starter`]. Every
//! look-up takes the date of service, and tells "the table does not list it" from "the table does not answer".

mod add_on;
mod asc;
mod builder;
mod bytes;
mod codes;
mod fee_schedule;
mod geography;
mod indicator;
mod modifiers;
mod mue;
mod outpatient;
mod packed;
mod ptp;
mod records;
mod release;
#[cfg(feature = "starter")]
mod starter;

use ::bytes::Bytes;

use std::collections::BTreeSet;

use crate::model::{DateRange, Modifier, ProcedureCode, ServiceDate};

pub use self::add_on::{AddOnEdit, AddOnPrimary, AddOnRow, AddOnType};
pub use self::asc::{Addendum, AscEntry, AscRow};
pub use self::builder::{BuildError, ReferenceBuilder, Rows};
pub use self::codes::CodeId;
pub use self::fee_schedule::{
    AssistantAtSurgery, Bilateral, CoSurgeon, Component, FeeScheduleRow, FeeValues, GlobalPeriod, MultipleProcedure,
    PcTc, PolicyIndicators, StatusCode, TeamSurgery,
};
pub use self::geography::{AnesthesiaRow, GpciRow, Locality, LocalityRow};
pub use self::indicator::UnknownIndicator;
pub use self::modifiers::{ModifierConflictRow, ModifierFlag, ModifierFlags, ModifierRow};
pub use self::mue::{Mai, Mue, MueRow};
pub use self::outpatient::{OutpatientCodeRow, OutpatientEntry, OutpatientFlag, OutpatientFlags};
pub use self::packed::PackedError;
pub use self::ptp::{PairEdit, PairIndicator, PairRow};
pub use self::release::{Gap, Lookup, Release, ReleaseId, Stale, Table};

use self::builder::{RELEASES_VERSION, WORDS_VERSION};
use self::bytes::Reader;
use self::codes::CodeIndex;
use self::geography::{PackedAnesthesia, PackedGpci, PackedLocality};
use self::packed::{Container, SectionKind, damaged, name};
use self::records::{Limits, Record};
use self::release::Releases;

pub(crate) use self::ptp::{PairCode, PairIndex};
pub(crate) use self::records::CodeRows;
pub(crate) use self::release::Loaded;

/// How many two-character modifiers there could be.
pub(crate) const MODIFIERS: usize = Modifier::COUNT;

/// A row and the release that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InRelease<T> {
    /// The row.
    pub row: T,
    /// The release.
    pub release: ReleaseId,
}

/// The fee schedule of one release: what rules read apart from what pricing reads.
#[derive(Clone, Debug)]
pub(crate) struct FeeTable {
    pub(crate) indicators: CodeRows<PolicyIndicators>,
    values: CodeRows<FeeValues>,
}

/// Every loaded table.
///
/// Cloning is cheap, and a clone may be used on another thread: the bytes are shared.
#[derive(Clone, Debug)]
pub struct Reference {
    codes: CodeIndex,
    words: Vec<Box<str>>,
    releases: Vec<Release>,
    /// The days on which some answer may change.
    boundaries: Vec<ServiceDate>,
    pub(crate) fee_schedule: Releases<FeeTable>,
    pub(crate) practitioner_pairs: Releases<PairIndex>,
    pub(crate) hospital_pairs: Releases<PairIndex>,
    pub(crate) practitioner_mue: Releases<CodeRows<Mue>>,
    pub(crate) hospital_mue: Releases<CodeRows<Mue>>,
    pub(crate) dme_mue: Releases<CodeRows<Mue>>,
    pub(crate) add_on: Releases<CodeRows<AddOnEdit>>,
    pub(crate) asc: Releases<CodeRows<AscEntry>>,
    pub(crate) modifiers: Releases<CodeRows<ModifierRow>>,
    pub(crate) modifier_conflicts: Releases<CodeRows<ModifierConflictRow>>,
    pub(crate) outpatient_codes: Releases<CodeRows<OutpatientEntry>>,
    gpci: Releases<CodeRows<PackedGpci>>,
    anesthesia_factors: Releases<CodeRows<PackedAnesthesia>>,
    localities: Releases<CodeRows<PackedLocality>>,
}

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

    /// A reference without tables: it answers "not covered" to everything.
    #[must_use]
    pub fn empty() -> Self {
        Self {
            codes: CodeIndex::default(),
            words: Vec::new(),
            releases: Vec::new(),
            boundaries: Vec::new(),
            fee_schedule: Releases::new(Table::FeeSchedule, Vec::new()),
            practitioner_pairs: Releases::new(Table::PractitionerPairs, Vec::new()),
            hospital_pairs: Releases::new(Table::HospitalPairs, Vec::new()),
            practitioner_mue: Releases::new(Table::PractitionerMue, Vec::new()),
            hospital_mue: Releases::new(Table::HospitalMue, Vec::new()),
            dme_mue: Releases::new(Table::DmeMue, Vec::new()),
            add_on: Releases::new(Table::AddOn, Vec::new()),
            asc: Releases::new(Table::Asc, Vec::new()),
            modifiers: Releases::new(Table::Modifiers, Vec::new()),
            modifier_conflicts: Releases::new(Table::ModifierConflicts, Vec::new()),
            outpatient_codes: Releases::new(Table::OutpatientCodes, Vec::new()),
            gpci: Releases::new(Table::Gpci, Vec::new()),
            anesthesia_factors: Releases::new(Table::AnesthesiaFactors, Vec::new()),
            localities: Releases::new(Table::Localities, Vec::new()),
        }
    }

    /// The loaded releases.
    #[must_use]
    pub fn releases(&self) -> &[Release] {
        &self.releases
    }

    /// The ids of the loaded releases, in the same order.
    pub fn release_ids(&self) -> impl Iterator<Item = ReleaseId> + use<> {
        (0..self.releases.len() as u16).map(ReleaseId)
    }

    /// The days round a date on which the same releases answer, and the same rows of add-ons, of modifiers and of
    /// the outpatient editor's codes hold.
    pub(crate) fn era(&self, date: ServiceDate) -> DateRange {
        let next = self.boundaries.partition_point(|&day| day <= date);
        let first = next.checked_sub(1).and_then(|before| self.boundaries.get(before));
        let last = self.boundaries.get(next).and_then(|day| day.previous());
        let range = DateRange::new(*first.unwrap_or(&ServiceDate::MIN), last.unwrap_or(ServiceDate::MAX));
        range.unwrap_or(DateRange::single(date))
    }

    /// Every day on which a release, or a row of add-ons, of modifiers or of the outpatient editor's codes, begins or has
    /// just ended, in order.
    fn boundaries(&self) -> Vec<ServiceDate> {
        let releases = self.releases.iter().map(|release| release.in_force);
        let add_ons = self.add_on.all().iter().flat_map(|loaded| loaded.table.all());
        let modifiers = self.modifiers.all().iter().flat_map(|loaded| loaded.table.all());
        let editors = self.outpatient_codes.all().iter().flat_map(|loaded| loaded.table.all());
        let ranges = releases
            .chain(add_ons.map(|edit| edit.in_force))
            .chain(modifiers.map(|row| row.in_force))
            .chain(editors.map(|row| row.in_force));
        // Rows by the ten thousand begin on some dozens of days.
        let mut days = BTreeSet::new();
        for range in ranges {
            days.insert(range.first());
            days.extend(range.last().next());
        }
        days.into_iter().collect()
    }

    /// One release.
    #[must_use]
    pub fn release(&self, id: ReleaseId) -> Option<&Release> {
        self.releases.get(usize::from(id.0))
    }

    /// Every code that any table names, in the order of [`ProcedureCode::index`].
    pub fn codes(&self) -> impl Iterator<Item = ProcedureCode> + '_ {
        self.codes.codes()
    }

    /// How many rows a release holds; of a pair table, how many unordered pairs.
    #[must_use]
    pub fn rows(&self, id: ReleaseId) -> usize {
        fn count<T>(releases: &Releases<T>, id: ReleaseId, len: impl Fn(&T) -> usize) -> Option<usize> {
            let loaded = releases.all().iter().find(|loaded| loaded.id == id)?;
            Some(len(&loaded.table))
        }
        count(&self.fee_schedule, id, |table| table.indicators.len())
            .or_else(|| count(&self.practitioner_pairs, id, PairIndex::len))
            .or_else(|| count(&self.hospital_pairs, id, PairIndex::len))
            .or_else(|| count(&self.practitioner_mue, id, CodeRows::len))
            .or_else(|| count(&self.hospital_mue, id, CodeRows::len))
            .or_else(|| count(&self.dme_mue, id, CodeRows::len))
            .or_else(|| count(&self.add_on, id, CodeRows::len))
            .or_else(|| count(&self.asc, id, CodeRows::len))
            .or_else(|| count(&self.modifiers, id, CodeRows::len))
            .or_else(|| count(&self.modifier_conflicts, id, CodeRows::len))
            .or_else(|| count(&self.outpatient_codes, id, CodeRows::len))
            .or_else(|| count(&self.gpci, id, CodeRows::len))
            .or_else(|| count(&self.anesthesia_factors, id, CodeRows::len))
            .or_else(|| count(&self.localities, id, CodeRows::len))
            .unwrap_or(0)
    }

    /// The number of a code in this reference; none where no table names it.
    #[inline]
    #[must_use]
    pub fn code_id(&self, code: ProcedureCode) -> Option<CodeId> {
        self.codes.id(code)
    }

    /// The code of a number.
    #[must_use]
    pub fn code(&self, id: CodeId) -> Option<ProcedureCode> {
        self.codes.code(id)
    }

    /// The fee schedule's row of a code and component.
    #[must_use]
    pub fn fee_schedule(
        &self,
        code: ProcedureCode,
        component: Component,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<FeeScheduleRow>> {
        self.look_up(&self.fee_schedule, code, date, stale, |table, id| {
            table.indicators.range(id).find_map(|at| {
                let indicators = table.indicators.row(at)?;
                (indicators.component == component).then_some(FeeScheduleRow {
                    code,
                    indicators,
                    values: table.values.row(at)?,
                })
            })
        })
    }

    /// The MUE of a code in one setting's table.
    #[must_use]
    pub fn mue(
        &self,
        setting: Setting,
        code: ProcedureCode,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<Mue>> {
        self.look_up(self.mue_table(setting), code, date, stale, CodeRows::first)
    }

    pub(crate) fn mue_table(&self, setting: Setting) -> &Releases<CodeRows<Mue>> {
        match setting {
            Setting::Practitioner => &self.practitioner_mue,
            Setting::OutpatientHospital => &self.hospital_mue,
            Setting::DmeSupplier => &self.dme_mue,
        }
    }

    /// Why CMS chose an MUE, in its words.
    #[must_use]
    pub fn mue_rationale(&self, mue: Mue) -> &str {
        self.word(mue.rationale)
    }

    /// The PTP edit between two codes on a date: [`PairEdit::reversed`] where `b` stands in column 1. Both directions
    /// may be in force at once.
    #[must_use]
    pub fn pair_edits(
        &self,
        setting: Setting,
        a: ProcedureCode,
        b: ProcedureCode,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<Vec<PairEdit>>> {
        let loaded = match self.pair_table(setting).on(date, stale) {
            Ok(loaded) => loaded,
            Err(gap) => return Lookup::NotCovered(gap),
        };
        let (id_a, id_b) = (self.code_id(a), self.code_id(b));
        if !loaded.covers(id_a) || !loaded.covers(id_b) {
            return Lookup::NotCovered(Gap::OutsideExcerpt(loaded.id));
        }
        let edits: Vec<PairEdit> = id_a
            .zip(id_b)
            .into_iter()
            .flat_map(|(a, b)| loaded.table.between(a, b))
            .filter(|edit| edit.in_force.contains(date))
            .collect();
        if edits.is_empty() {
            return Lookup::NotListed;
        }
        Lookup::Found(InRelease {
            row: edits,
            release: loaded.id,
        })
    }

    pub(crate) fn pair_table(&self, setting: Setting) -> &Releases<PairIndex> {
        match setting {
            Setting::OutpatientHospital => &self.hospital_pairs,
            Setting::Practitioner | Setting::DmeSupplier => &self.practitioner_pairs,
        }
    }

    /// Every edit of a pair table's release, lower code first: for comparing releases.
    pub fn pairs_of(&self, id: ReleaseId) -> impl Iterator<Item = (ProcedureCode, ProcedureCode, PairEdit)> + '_ {
        let codes: Vec<ProcedureCode> = self.codes.codes().collect();
        self.practitioner_pairs
            .all()
            .iter()
            .chain(self.hospital_pairs.all())
            .filter(move |loaded| loaded.id == id)
            .flat_map(|loaded| loaded.table.pairs())
            .filter_map(move |(a, b, edit)| Some((*codes.get(a.index())?, *codes.get(b.index())?, edit)))
    }

    /// Why CMS made a pair, in its words.
    #[must_use]
    pub fn pair_rationale(&self, edit: PairEdit) -> &str {
        self.word(edit.rationale)
    }

    /// The add-on edits of a code that are in force on a date: found where the code is an add-on.
    #[must_use]
    pub fn add_on_edits(
        &self,
        code: ProcedureCode,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<Vec<AddOnPrimary>>> {
        self.look_up(&self.add_on, code, date, stale, |table, id| {
            let edits: Vec<_> = table
                .rows(id)
                .filter(|edit| edit.in_force.contains(date))
                .map(|edit| AddOnPrimary {
                    kind: edit.kind,
                    primary: edit.primary.and_then(|id| self.code(id)),
                })
                .collect();
            (!edits.is_empty()).then_some(edits)
        })
    }

    /// What the ASC addenda say of a code, addendum by addendum.
    #[must_use]
    pub fn asc(&self, code: ProcedureCode, date: ServiceDate, stale: Stale) -> Lookup<InRelease<Vec<AscEntry>>> {
        self.look_up(&self.asc, code, date, stale, |table, id| {
            let entries: Vec<_> = table.rows(id).collect();
            (!entries.is_empty()).then_some(entries)
        })
    }

    /// What the outpatient editor's version of a date says of a code.
    #[must_use]
    pub fn outpatient_code(
        &self,
        code: ProcedureCode,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<OutpatientEntry>> {
        self.look_up(&self.outpatient_codes, code, date, stale, |table, id| {
            table.rows(id).find(|entry| entry.in_force.contains(date))
        })
    }

    /// The modifier table's row of a modifier on a date.
    #[must_use]
    pub fn modifier(&self, modifier: Modifier, date: ServiceDate, stale: Stale) -> Lookup<InRelease<ModifierRow>> {
        let loaded = match self.modifiers.on(date, stale) {
            Ok(loaded) => loaded,
            Err(gap) => return Lookup::NotCovered(gap),
        };
        modifier_row(&loaded.table, modifier, date).map_or(Lookup::NotListed, |row| {
            Lookup::Found(InRelease {
                row,
                release: loaded.id,
            })
        })
    }

    /// The geographic practice cost indices of a locality.
    #[must_use]
    pub fn gpci(&self, locality: Locality, date: ServiceDate, stale: Stale) -> Lookup<InRelease<GpciRow>> {
        in_locality(&self.gpci, locality, date, stale, |rows| {
            let row = rows.into_iter().find(|row| row.locality == locality)?;
            Some(GpciRow {
                locality,
                state: self.word(row.state).into(),
                name: self.word(row.name).into(),
                work: row.work,
                work_without_floor: row.work_without_floor,
                practice_expense: row.practice_expense,
                malpractice: row.malpractice,
            })
        })
    }

    /// The anaesthesia conversion factor of a locality.
    #[must_use]
    pub fn anesthesia_factor(
        &self,
        locality: Locality,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<AnesthesiaRow>> {
        in_locality(&self.anesthesia_factors, locality, date, stale, |rows| {
            let row = rows.into_iter().find(|row| row.locality == locality)?;
            Some(AnesthesiaRow {
                locality,
                name: self.word(row.name).into(),
                conversion_factor: row.conversion_factor,
                national: row.national,
            })
        })
    }

    /// The counties of a locality, in one row or several.
    #[must_use]
    pub fn locality(&self, locality: Locality, date: ServiceDate, stale: Stale) -> Lookup<InRelease<Vec<LocalityRow>>> {
        in_locality(&self.localities, locality, date, stale, |rows| {
            let rows = rows
                .into_iter()
                .filter(|row| row.locality == locality)
                .map(|row| LocalityRow {
                    locality,
                    state: self.word(row.state).into(),
                    area: self.word(row.area).into(),
                    counties: self.word(row.counties).into(),
                });
            Some(rows.collect::<Vec<_>>()).filter(|rows| !rows.is_empty())
        })
    }

    fn look_up<T, R>(
        &self,
        releases: &Releases<T>,
        code: ProcedureCode,
        date: ServiceDate,
        stale: Stale,
        find: impl FnOnce(&T, CodeId) -> Option<R>,
    ) -> Lookup<InRelease<R>> {
        let loaded = match releases.on(date, stale) {
            Ok(loaded) => loaded,
            Err(gap) => return Lookup::NotCovered(gap),
        };
        let id = self.code_id(code);
        if !loaded.covers(id) {
            return Lookup::NotCovered(Gap::OutsideExcerpt(loaded.id));
        }
        match id.and_then(|id| find(&loaded.table, id)) {
            None => Lookup::NotListed,
            Some(row) => Lookup::Found(InRelease {
                row,
                release: loaded.id,
            }),
        }
    }

    fn word(&self, number: u16) -> &str {
        self.words.get(usize::from(number)).map_or("", AsRef::as_ref)
    }
}

#[inline]
pub(crate) fn modifier_row(
    table: &CodeRows<ModifierRow>,
    modifier: Modifier,
    date: ServiceDate,
) -> Option<ModifierRow> {
    table.rows(modifier.into()).find(|row| row.in_force.contains(date))
}

fn in_locality<R: Record, T>(
    releases: &Releases<CodeRows<R>>,
    locality: Locality,
    date: ServiceDate,
    stale: Stale,
    find: impl FnOnce(Vec<R>) -> Option<T>,
) -> Lookup<InRelease<T>> {
    let loaded = match releases.on(date, stale) {
        Ok(loaded) => loaded,
        Err(gap) => return Lookup::NotCovered(gap),
    };
    find(loaded.table.rows(locality.key()).collect()).map_or(Lookup::NotListed, |row| {
        Lookup::Found(InRelease {
            row,
            release: loaded.id,
        })
    })
}

/// Whose services a table of NCCI edits is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, strum::Display, strum::EnumString)]
#[strum(serialize_all = "kebab-case")]
#[non_exhaustive]
pub enum Setting {
    /// Practitioners and ambulatory surgical centres.
    Practitioner,
    /// Outpatient hospitals.
    OutpatientHospital,
    /// Suppliers of durable medical equipment.
    DmeSupplier,
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
