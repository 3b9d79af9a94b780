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
mod dmepos;
mod drugs;
mod edits;
mod fee_schedule;
mod geography;
mod hcpcs;
mod indicator;
mod laboratory;
mod look_up;
mod modifiers;
mod mue;
mod open;
mod outpatient;
mod packed;
mod ptp;
mod published_file;
mod records;
mod release;
pub(crate) mod row_key;
#[cfg(feature = "starter")]
mod starter;
mod table;
mod tables;

use std::collections::BTreeSet;

use crate::model::{DateRange, Modifier, ProcedureCode, ServiceDate, closed_set};

pub use self::add_on::{AddOnEdit, AddOnPrimary, AddOnRow, AddOnType};
pub use self::asc::{Addendum, AscEntry, AscRow};
pub use self::builder::{BuildError, ReferenceBuilder};
pub use self::codes::CodeId;
pub use self::dmepos::{DmeposCategory, DmeposEntry, DmeposJurisdiction, DmeposRow};
pub use self::drugs::{PartBDrug, PartBDrugRow, SingleDoseRow};
pub use self::edits::{EditDisposition, EditRow};
pub use self::fee_schedule::{
    AssistantAtSurgery, Bilateral, CoSurgeon, Component, FeeScheduleRow, FeeValues, GlobalPeriod, MultipleProcedure,
    PcTc, PolicyIndicators, StatusCode, TeamSurgery,
};
pub use self::geography::{AnesthesiaRow, GpciRow, Locality, LocalityRow};
pub use self::hcpcs::{HcpcsCoverage, HcpcsEntry, HcpcsPricing, HcpcsRow};
pub use self::indicator::UnknownIndicator;
pub use self::laboratory::{LaboratoryFee, LaboratoryFees, LaboratoryRateBasis, LaboratoryRow};
pub use self::modifiers::{ModifierConflictRow, ModifierFlag, ModifierFlags, ModifierRow};
pub use self::mue::{Mai, Mue, MueRow};
pub use self::outpatient::{OutpatientCodeRow, OutpatientEntry, OutpatientFlag, OutpatientFlags};
pub use self::packed::PackedError;
pub use self::ptp::{PairEdit, PairIndicator, PairRow, PairRows};
pub use self::published_file::MissingRelease;
pub use self::release::{Gap, Lookup, Release, ReleaseId, Stale};
pub use self::tables::{Rows, Table};

use self::codes::CodeIndex;
use self::tables::Tables;

pub(crate) use self::modifiers::modifier_row;
pub(crate) use self::mue::MueTable;
pub(crate) use self::ptp::{PairCode, PairIndex};
pub(crate) use self::records::CodeRows;
pub(crate) use self::row_key::{Fields, RowKey};
pub(crate) use self::table::Opened;
pub(crate) use self::tables::{InForce, TablesInForce};

/// How many two-character modifiers there could be.
pub(crate) const MODIFIERS: usize = Modifier::COUNT;

/// A row and its release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InRelease<T> {
    /// The row.
    pub row: T,
    /// The release.
    pub release: ReleaseId,
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
    pub(crate) tables: Tables,
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
            tables: Tables::empty(),
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

    /// The days round a date with the same releases and the same rows in force.
    pub(crate) fn period(&self, date: ServiceDate) -> DateRange {
        let next = self.boundaries.partition_point(|&day| day <= date);
        let first = next.checked_sub(1).and_then(|before| self.boundaries.get(before));
        let last = self.boundaries.get(next).and_then(|day| day.previous());
        let range = DateRange::new(*first.unwrap_or(&ServiceDate::MIN), last.unwrap_or(ServiceDate::MAX));
        range.unwrap_or(DateRange::single(date))
    }

    /// Every day on which a release, or a row that states its days, begins or has just ended, in order. Pairs are not
    /// among them: each is asked for its date.
    fn boundaries(&self) -> Vec<ServiceDate> {
        // Rows by the ten thousand begin on some dozens of days.
        let mut days = BTreeSet::new();
        let mut see = |range: DateRange| {
            days.insert(range.first());
            days.extend(range.last().next());
        };
        self.releases.iter().map(|release| release.in_force).for_each(&mut see);
        self.tables.each_days(see);
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
        let table = self.release(id).map(|release| release.table);
        table.and_then(|table| self.tables.rows(table, id)).unwrap_or(0)
    }

    /// What every row of a release says that holds on its last day; of pairs nothing.
    pub(crate) fn told_of_release(&self, table: Table, id: ReleaseId) -> Vec<(RowKey, Fields)> {
        self.tables.told_of_release(table, id, self)
    }

    /// What a table says of a code on a date; of pairs, and of tables whose keys are no codes, nothing.
    pub(crate) fn told(
        &self,
        table: Table,
        code: ProcedureCode,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<Vec<(RowKey, Fields)>>> {
        self.tables.told(table, self, code, date, stale)
    }

    /// The number of a code in this reference; `None` if no table names it.
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

closed_set! {
    what: "a setting";
    /// Whose services a table of NCCI edits is about.
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
}
