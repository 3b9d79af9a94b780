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
mod look_up;
mod modifiers;
mod mue;
mod open;
mod outpatient;
mod packed;
mod ptp;
mod records;
mod release;
#[cfg(feature = "starter")]
mod starter;

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

use self::codes::CodeIndex;
use self::geography::{PackedAnesthesia, PackedGpci, PackedLocality};
use self::release::Releases;

pub(crate) use self::look_up::modifier_row;
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
    pub(crate) fn period(&self, date: ServiceDate) -> DateRange {
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

    fn word(&self, number: u16) -> &str {
        self.words.get(usize::from(number)).map_or("", AsRef::as_ref)
    }
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
