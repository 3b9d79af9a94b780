//! Procedure-to-procedure edits (PTP): pairs of codes; the second is not paid beside the first.
//!
//! Source: CMS, NCCI PTP coding edits, one table for practitioners and one for outpatient hospitals.

mod index;
mod write;

use crate::model::{DateRange, ProcedureCode, ServiceDate};

use super::bytes::{Reader, Writer};
use super::codes::CodeId;
use super::indicator::indicator;
use super::look_up::{answer, some};
use super::open::Opener;
use super::packed::{PackedError, SectionKind, damaged, name};
use super::release::{Gap, Lookup, Releases, Stale};
use super::row_key::{Fields, RowKey};
#[cfg(feature = "starter")]
use super::starter::{RowError, TextRow};
use super::table::{Keys, Opened};
use super::{InRelease, Reference, ReleaseId, Setting};

pub(crate) use self::index::{PairCode, PairIndex};

indicator! {
    what: "the modifier indicator";
    /// Whether a modifier may set the edit aside: the correct coding modifier indicator (CCMI).
    pub enum PairIndicator {
        /// No modifier sets it aside.
        NotAllowed = "0",
        /// An NCCI-associated modifier may, where the record supports it.
        Allowed = "1",
        /// The pair was never in force.
        NotApplicable = "9",
    }
}

/// One row of a PTP table as published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PairRow {
    /// The code that is paid.
    pub column1: ProcedureCode,
    /// The code that is not.
    pub column2: ProcedureCode,
    /// The first day of the edit.
    pub effective: ServiceDate,
    /// The last day of the edit, if it has one.
    pub deletion: Option<ServiceDate>,
    /// Whether a modifier may set it aside.
    pub indicator: PairIndicator,
    /// Why CMS made the pair: an index in the list of rationales beside the rows.
    pub rationale: u16,
}

impl PairRow {
    /// The days on which the edit is in force; `None` for the rows of indicator 9, which never were.
    #[must_use]
    pub fn in_force(&self) -> Option<DateRange> {
        if self.indicator == PairIndicator::NotApplicable {
            return None;
        }
        DateRange::new(self.effective, self.deletion.unwrap_or(ServiceDate::MAX))
    }

    #[cfg(feature = "starter")]
    fn read(row: &TextRow<'_>, rationales: &mut Vec<Box<str>>) -> Result<Self, RowError> {
        let rationale = row.text("rationale")?;
        let place = rationales.iter().position(|known| **known == *rationale);
        let place = place.unwrap_or_else(|| {
            rationales.push(rationale.into());
            rationales.len() - 1
        });
        Ok(Self {
            column1: row.value("column1")?,
            column2: row.value("column2")?,
            effective: row.compact_date("effective")?.ok_or(RowError::Column("effective"))?,
            deletion: row.compact_date("deletion")?,
            indicator: PairIndicator::parse(row.text("indicator")?)?,
            rationale: place as u16,
        })
    }
}

/// The rows of a PTP table, with the reasons that they share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairRows {
    /// The pairs.
    pub rows: Vec<PairRow>,
    /// The rationales that [`PairRow::rationale`] counts into.
    pub rationales: Vec<Box<str>>,
}

/// One interval of an edit between two codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct PairEdit {
    /// When it is in force.
    pub in_force: DateRange,
    /// Whether a modifier may set it aside.
    pub indicator: PairIndicator,
    /// Whether column 1 has the second code asked for, not the first.
    pub reversed: bool,
    pub(crate) rationale: u16,
}

impl PairEdit {
    const SIZE: usize = 8;

    pub(crate) fn new(in_force: DateRange, indicator: PairIndicator, reversed: bool, rationale: u16) -> Self {
        Self {
            in_force,
            indicator,
            reversed,
            rationale,
        }
    }

    fn encode(&self, out: &mut Writer) {
        out.u16(self.in_force.first().day_number());
        out.u16(self.in_force.last().day_number());
        out.u16(self.rationale);
        out.u8(self.indicator as u8);
        out.u8(u8::from(self.reversed));
    }

    #[inline]
    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let first = ServiceDate::from_day_number(from.u16()?);
        let last = ServiceDate::from_day_number(from.u16()?);
        let rationale = from.u16()?;
        Some(Self {
            in_force: DateRange::new(first, last)?,
            indicator: PairIndicator::from_repr(from.u8()?)?,
            reversed: from.u8()? != 0,
            rationale,
        })
    }
}

impl Opened for PairIndex {
    const KEYS: Keys = Keys::Codes;

    fn open(from: &Opener<'_>, ordinal: u32) -> Result<Self, PackedError> {
        let section = |kind| from.section(kind, ordinal, Self::VERSION);
        let sections = [
            section(SectionKind::PairCodes)?,
            section(SectionKind::PairBlocks)?,
            section(SectionKind::PairPayload)?,
            section(SectionKind::PairHistories)?,
        ];
        Self::open(from.limits(), sections)
            .ok_or_else(|| damaged(name(SectionKind::PairBlocks, ordinal), "its numbers lead nowhere"))
    }

    fn len(&self) -> usize {
        self.len()
    }

    fn has(&self, key: CodeId) -> bool {
        self.local(key) != PairCode::NONE
    }

    /// Millions of pairs begin and end; each is asked for its date.
    fn days(&self) -> impl Iterator<Item = DateRange> {
        std::iter::empty()
    }

    /// Millions of rows, most of which are of no interest: who wants them asks for [`Reference::pairs_of`].
    fn told(&self, _key: CodeId, _day: ServiceDate, _reference: &Reference) -> Vec<(RowKey, Fields)> {
        Vec::new()
    }
}

impl Reference {
    /// The PTP edit between two codes on a date: [`PairEdit::reversed`] if `b` is in column 1. Both directions
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
        let (a, b) = (self.code_id(a), self.code_id(b));
        answer(self.pair_table(setting), date, stale, |loaded| {
            if !loaded.covers(a) || !loaded.covers(b) {
                return Err(Gap::OutsideExcerpt(loaded.id));
            }
            let edits = a.zip(b).into_iter().flat_map(|(a, b)| loaded.table.between(a, b));
            Ok(some(edits.filter(|edit| edit.in_force.contains(date))))
        })
    }

    pub(crate) fn pair_table(&self, setting: Setting) -> &Releases<PairIndex> {
        match setting {
            Setting::OutpatientHospital => &self.tables.hospital_pairs,
            Setting::Practitioner | Setting::DmeSupplier => &self.tables.practitioner_pairs,
        }
    }

    /// Every edit of a pair table's release, lower code first: for comparing releases.
    pub fn pairs_of(&self, id: ReleaseId) -> impl Iterator<Item = (ProcedureCode, ProcedureCode, PairEdit)> + '_ {
        let codes: Vec<ProcedureCode> = self.codes.codes().collect();
        self.tables
            .practitioner_pairs
            .all()
            .iter()
            .chain(self.tables.hospital_pairs.all())
            .filter(move |loaded| loaded.id == id)
            .flat_map(|loaded| loaded.table.pairs())
            .filter_map(move |(a, b, edit)| Some((*codes.get(a.index())?, *codes.get(b.index())?, edit)))
    }

    /// Why CMS made a pair, in its words.
    #[must_use]
    pub fn pair_rationale(&self, edit: PairEdit) -> &str {
        self.word(edit.rationale)
    }
}
