//! Add-on code edits (AOC): which primary procedures an add-on code may be billed with.
//!
//! Source: CMS, NCCI Add-on Code Edits, and its change request 7501 for the three types.

use crate::model::{DateRange, ProcedureCode, ServiceDate};

use super::builder::Numbers;
use super::bytes::{Reader, Writer};
use super::codes::CodeId;
use super::indicator::indicator;
use super::look_up::some;
use super::records::{CodeRows, Limits, Record};
use super::release::{Lookup, Stale};
use super::row_key::{Fields, RowKey};
#[cfg(feature = "starter")]
use super::starter::{RowError, TextRow};
use super::table::{PublishedRow, Told};
use super::{InRelease, Reference};

indicator! {
    what: "the add-on edit type";
    /// Who says which primaries an add-on may go with.
    pub enum AddOnType {
        /// The code's own definition names them all.
        Listed = "1",
        /// None is defined; the contractor decides.
        ByContractor = "2",
        /// Some are defined; the contractor may accept more.
        ListedAndContractor = "3",
    }
}

/// One row of the add-on table as published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AddOnRow {
    /// The type of the edit.
    pub kind: AddOnType,
    /// The add-on.
    pub add_on: ProcedureCode,
    /// A primary that it may be billed with; `None` if the file says that the contractor defines them (`CCCCC`).
    pub primary: Option<ProcedureCode>,
    /// The first day of the edit.
    pub effective: ServiceDate,
    /// The last day of the edit, if it has one.
    pub deletion: Option<ServiceDate>,
    /// The last day of the add-on code, if it has one.
    pub add_on_deleted: Option<ServiceDate>,
    /// The last day of the primary code, if it has one.
    pub primary_deleted: Option<ServiceDate>,
}

impl PublishedRow for AddOnRow {
    type Record = AddOnEdit;

    fn label(&self) -> String {
        let primary = self.primary.map_or_else(|| "CCCCC".to_owned(), |code| code.to_string());
        format!("{} {primary} {}", self.add_on, self.effective)
    }

    fn codes(&self) -> impl Iterator<Item = ProcedureCode> {
        [Some(self.add_on), self.primary].into_iter().flatten()
    }

    fn key(&self, numbers: &Numbers<'_>) -> CodeId {
        numbers.id(self.add_on)
    }

    fn record(&self, numbers: &Numbers<'_>) -> Option<AddOnEdit> {
        let last = self.deletion.unwrap_or(ServiceDate::MAX);
        Some(AddOnEdit {
            kind: self.kind,
            in_force: DateRange::new(self.effective, last)?,
            primary: self.primary.map(|code| numbers.id(code)),
        })
    }

    #[cfg(feature = "starter")]
    fn read(row: &TextRow<'_>) -> Result<Self, RowError> {
        Ok(Self {
            kind: AddOnType::parse(row.text("type")?)?,
            add_on: row.value("add_on")?,
            primary: row.optional("primary")?,
            effective: row.value("effective")?,
            deletion: row.optional("deletion")?,
            add_on_deleted: row.optional("add_on_deleted")?,
            primary_deleted: row.optional("primary_deleted")?,
        })
    }
}

/// A primary that an add-on may go with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AddOnPrimary {
    /// The type of the edit.
    pub kind: AddOnType,
    /// The primary; `None` if the contractor defines it.
    pub primary: Option<ProcedureCode>,
}

/// An add-on edit of one code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct AddOnEdit {
    /// The type of the edit.
    pub kind: AddOnType,
    /// When it is in force.
    pub in_force: DateRange,
    pub(crate) primary: Option<CodeId>,
}

impl AddOnEdit {
    /// Whether the contractor, and not the row, says which primary.
    #[must_use]
    pub fn is_by_contractor(&self) -> bool {
        self.primary.is_none()
    }
}

impl CodeRows<AddOnEdit> {
    /// The edits of an add-on that name a primary. Add-ons have up to hundreds of them, so the primary is compared
    /// before a row is read.
    #[inline]
    pub(crate) fn naming(&self, add_on: CodeId, primary: CodeId) -> impl Iterator<Item = AddOnEdit> + '_ {
        let primary = primary.0.to_le_bytes();
        self.records(add_on)
            .filter(move |record| record.get(PRIMARY..PRIMARY + 2) == Some(&primary[..]))
            .filter_map(AddOnEdit::decode)
    }
}

const BY_CONTRACTOR: u16 = u16::MAX;
/// The offset of the primary in a record.
const PRIMARY: usize = 4;

impl Record for AddOnEdit {
    const VERSION: u16 = 1;
    const SIZE: usize = 8;

    fn encode(&self, out: &mut Writer) {
        out.u16(self.in_force.first().day_number());
        out.u16(self.in_force.last().day_number());
        out.u16(self.primary.map_or(BY_CONTRACTOR, |id| id.0));
        out.u8(self.kind as u8);
        out.u8(0);
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let first = ServiceDate::from_day_number(from.u16()?);
        let last = ServiceDate::from_day_number(from.u16()?);
        let primary = from.u16()?;
        Some(Self {
            kind: AddOnType::from_repr(from.u8()?)?,
            in_force: DateRange::new(first, last)?,
            primary: (primary != BY_CONTRACTOR).then_some(CodeId(primary)),
        })
    }

    fn is_sound(&self, _key: CodeId, limits: Limits) -> bool {
        self.primary.is_none_or(|id| id.index() < limits.codes)
    }
}

impl Told for AddOnEdit {
    fn days(&self) -> Option<DateRange> {
        Some(self.in_force)
    }

    fn told(&self, code: Option<ProcedureCode>, reference: &Reference) -> Option<(RowKey, Fields)> {
        let primary = self.primary.and_then(|id| reference.code(id));
        Some((RowKey::AddOn(code?, primary), vec![("type", self.kind.to_string())]))
    }
}

impl Reference {
    /// The add-on edits of a code that are in force on a date: found where the code is an add-on.
    #[must_use]
    pub fn add_on_edits(
        &self,
        code: ProcedureCode,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<Vec<AddOnPrimary>>> {
        self.of_code(&self.tables.add_on, code, date, stale, |table, id| {
            let edits = table.rows(id).filter(|edit| edit.in_force.contains(date));
            some(edits.map(|edit| AddOnPrimary {
                kind: edit.kind,
                primary: edit.primary.and_then(|id| self.code(id)),
            }))
        })
    }
}
