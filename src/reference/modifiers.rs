//! The modifier table: which two characters are a modifier on a date, with the outpatient editor's facts of each.
//!
//! Source: CMS, Integrated Outpatient Code Editor (I/OCE), modifier table by version.

use crate::model::{DateRange, Modifier, ProcedureCode, ServiceDate, closed_set};

use super::builder::Numbers;
use super::bytes::{Reader, Writer};
use super::codes::CodeId;
use super::look_up::answer;
use super::records::{CodeRows, Limits, Record};
use super::release::{Lookup, Stale};
use super::row_key::{Fields, RowKey, names};
#[cfg(feature = "starter")]
use super::starter::{RowError, TextRow, parse_flag};
use super::table::{Keys, PublishedRow, Told};
use super::{InRelease, Reference};

closed_set! {
    what: "a flag of the editor's modifiers";
    /// One property of a modifier in the I/OCE's table.
    #[strum(serialize_all = "snake_case")]
    #[repr(u8)]
    #[non_exhaustive]
    pub enum ModifierFlag {
        /// NCCI-associated: may set aside a procedure-to-procedure edit of indicator 1.
        Ncci,
        /// Therapy.
        Therapy,
        /// Not discounted beside other procedures.
        NonDiscount,
        /// The patient died or was transferred.
        DiedTransferred,
        /// Exempts from the device requirement.
        DeviceReqExclusion,
        /// Telehealth.
        Telehealth,
        /// Assistant at surgery.
        AssistantSurgeon,
    }
}

/// A set of [`ModifierFlag`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ModifierFlags(pub(crate) u8);

impl ModifierFlags {
    /// Whether the flag is set.
    #[must_use]
    pub fn has(self, flag: ModifierFlag) -> bool {
        self.0 >> flag as u8 & 1 == 1
    }

    /// The same set with one flag more.
    #[must_use]
    pub fn with(self, flag: ModifierFlag) -> Self {
        Self(self.0 | 1 << flag as u8)
    }
}

/// One row of the modifier table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ModifierRow {
    /// The modifier.
    pub modifier: Modifier,
    /// The days on which the row holds.
    pub in_force: DateRange,
    /// The first day of use, if it is inside a quarter.
    pub activated: Option<ServiceDate>,
    /// What the editor knows of it.
    pub flags: ModifierFlags,
}

const NEVER: u16 = 0;

impl Record for ModifierRow {
    const VERSION: u16 = 1;
    const SIZE: usize = 10;

    fn encode(&self, out: &mut Writer) {
        out.u16(self.modifier.index() as u16);
        out.u16(self.in_force.first().day_number());
        out.u16(self.in_force.last().day_number());
        out.u16(self.activated.map_or(NEVER, ServiceDate::day_number));
        out.u8(self.flags.0);
        out.u8(0);
    }

    #[inline]
    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let modifier = Modifier::from_index(usize::from(from.u16()?))?;
        let first = ServiceDate::from_day_number(from.u16()?);
        let last = ServiceDate::from_day_number(from.u16()?);
        let activated = from.u16()?;
        Some(Self {
            modifier,
            in_force: DateRange::new(first, last)?,
            activated: (activated != NEVER).then(|| ServiceDate::from_day_number(activated)),
            flags: ModifierFlags(from.u8()?),
        })
    }

    fn is_sound(&self, key: CodeId, _limits: Limits) -> bool {
        self.modifier.index() == key.index()
    }
}

/// Two modifiers that the outpatient editor refuses on one line (edit 102).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ModifierConflictRow {
    /// The one.
    pub first: Modifier,
    /// The other.
    pub second: Modifier,
    /// The days on which the row holds.
    pub in_force: DateRange,
}

impl Record for ModifierConflictRow {
    const VERSION: u16 = 1;
    const SIZE: usize = 8;

    fn encode(&self, out: &mut Writer) {
        out.u16(self.first.index() as u16);
        out.u16(self.second.index() as u16);
        out.u16(self.in_force.first().day_number());
        out.u16(self.in_force.last().day_number());
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let first = Modifier::from_index(usize::from(from.u16()?))?;
        let second = Modifier::from_index(usize::from(from.u16()?))?;
        let start = ServiceDate::from_day_number(from.u16()?);
        let end = ServiceDate::from_day_number(from.u16()?);
        Some(Self {
            first,
            second,
            in_force: DateRange::new(start, end)?,
        })
    }

    fn is_sound(&self, key: CodeId, _limits: Limits) -> bool {
        self.first.index() == key.index()
    }
}

impl PublishedRow for ModifierRow {
    type Record = Self;

    fn label(&self) -> String {
        format!("{} {}", self.modifier, self.in_force)
    }

    fn key(&self, _numbers: &Numbers<'_>) -> CodeId {
        self.modifier.into()
    }

    fn record(&self, _numbers: &Numbers<'_>) -> Option<Self> {
        Some(*self)
    }

    #[cfg(feature = "starter")]
    fn read(row: &TextRow<'_>) -> Result<Self, RowError> {
        let flags = row.text("flags")?.split_whitespace();
        Ok(Self {
            modifier: row.value("modifier")?,
            in_force: row.in_force()?,
            activated: row.optional("activated")?,
            flags: flags
                .map(parse_flag)
                .try_fold(ModifierFlags::default(), |all, flag| flag.map(|flag| all.with(flag)))?,
        })
    }
}

impl Told for ModifierRow {
    const KEYS: Keys = Keys::MODIFIERS;

    fn days(&self) -> Option<DateRange> {
        Some(self.in_force)
    }

    fn told(&self, _code: Option<ProcedureCode>, _reference: &Reference) -> Option<(RowKey, Fields)> {
        let attributes = names(ModifierFlag::ALL, |flag| self.flags.has(flag));
        Some((RowKey::Modifier(self.modifier), vec![("attributes", attributes)]))
    }
}

impl PublishedRow for ModifierConflictRow {
    type Record = Self;

    fn label(&self) -> String {
        format!("{} {} {}", self.first, self.second, self.in_force)
    }

    fn key(&self, _numbers: &Numbers<'_>) -> CodeId {
        self.first.into()
    }

    fn record(&self, _numbers: &Numbers<'_>) -> Option<Self> {
        Some(*self)
    }

    #[cfg(feature = "starter")]
    fn read(row: &TextRow<'_>) -> Result<Self, RowError> {
        Ok(Self {
            first: row.value::<Modifier>("first_modifier")?,
            second: row.value::<Modifier>("second_modifier")?,
            in_force: row.in_force()?,
        })
    }
}

impl Told for ModifierConflictRow {
    const KEYS: Keys = Keys::MODIFIERS;

    fn days(&self) -> Option<DateRange> {
        Some(self.in_force)
    }

    fn told(&self, _code: Option<ProcedureCode>, _reference: &Reference) -> Option<(RowKey, Fields)> {
        Some((RowKey::Modifiers(self.first, self.second), Fields::new()))
    }
}

impl Reference {
    /// The modifier table's row of a modifier on a date.
    #[must_use]
    pub fn modifier(&self, modifier: Modifier, date: ServiceDate, stale: Stale) -> Lookup<InRelease<ModifierRow>> {
        answer(&self.tables.modifiers, date, stale, |loaded| {
            Ok(modifier_row(&loaded.table, modifier, date))
        })
    }

    /// The pairs of modifiers that the outpatient editor refuses on a date.
    #[must_use]
    pub fn modifier_conflicts(&self, date: ServiceDate, stale: Stale) -> Lookup<InRelease<Vec<ModifierConflictRow>>> {
        answer(&self.tables.modifier_conflicts, date, stale, |loaded| {
            let rows = loaded.table.all().filter(|row| row.in_force.contains(date));
            Ok(Some(rows.collect()))
        })
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
