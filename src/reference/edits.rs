//! The edits of the Integrated Outpatient Code Editor (I/OCE): what becomes of a claim, or of a line, that an edit finds.
//!
//! Source: CMS, I/OCE reference table `dsc_edit`: number and disposition. The texts of the edits are not kept.

use crate::model::{DateRange, ProcedureCode, ServiceDate};

use super::builder::Numbers;
use super::bytes::{Reader, Writer};
use super::codes::CodeId;
use super::indicator::indicator;
use super::look_up::answer;
use super::records::{Limits, Record};
use super::release::{Lookup, Stale};
use super::row_key::{Fields, RowKey};
use super::table::{Keys, PublishedRow, Told};
use super::{InRelease, Reference};

indicator! {
    what: "the edit disposition";
    /// What the editor does with what an edit finds.
    pub enum EditDisposition {
        /// The whole claim is rejected; corrected, it may be sent again.
        ClaimRejection = "1",
        /// The whole claim is denied; it may be appealed.
        ClaimDenial = "2",
        /// The claim goes back to the provider, who corrects it and sends it again.
        ReturnToProvider = "3",
        /// The claim waits for the contractor.
        Suspension = "4",
        /// The line is rejected; the rest of the claim goes on.
        LineItemRejection = "5",
        /// The line is denied; the rest of the claim goes on.
        LineItemDenial = "6",
    }
}

/// One edit of the outpatient editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EditRow {
    /// The edit's number, below 1,000.
    pub number: u16,
    /// The days on which the row holds.
    pub in_force: DateRange,
    /// What happens to a line or claim that the edit finds.
    pub disposition: EditDisposition,
}

impl EditRow {
    /// Beyond every number of an edit.
    pub const NUMBERS: u16 = 1_000;
}

impl Record for EditRow {
    const VERSION: u16 = 1;
    const SIZE: usize = 8;

    fn encode(&self, out: &mut Writer) {
        out.u16(self.number);
        out.u16(self.in_force.first().day_number());
        out.u16(self.in_force.last().day_number());
        out.u8(self.disposition as u8);
        out.u8(0);
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let number = from.u16()?;
        let first = ServiceDate::from_day_number(from.u16()?);
        let last = ServiceDate::from_day_number(from.u16()?);
        Some(Self {
            number,
            in_force: DateRange::new(first, last)?,
            disposition: EditDisposition::from_repr(from.u8()?)?,
        })
    }

    fn is_sound(&self, key: CodeId, _limits: Limits) -> bool {
        self.number == key.0
    }
}

impl PublishedRow for EditRow {
    type Record = Self;

    fn label(&self) -> String {
        format!("edit {} {}", self.number, self.in_force)
    }

    fn key(&self, _numbers: &Numbers<'_>) -> CodeId {
        CodeId(self.number)
    }

    fn record(&self, _numbers: &Numbers<'_>) -> Option<Self> {
        (self.number < Self::NUMBERS).then_some(*self)
    }
}

impl Told for EditRow {
    const KEYS: Keys = Keys::Below(Self::NUMBERS as usize);

    fn days(&self) -> Option<DateRange> {
        Some(self.in_force)
    }

    fn told(&self, _code: Option<ProcedureCode>, _reference: &Reference) -> Option<(RowKey, Fields)> {
        let fields = vec![("disposition", self.disposition.to_string())];
        Some((RowKey::Number("edit", self.number), fields))
    }
}

impl Reference {
    /// An edit's row in the outpatient editor's version of a date.
    ///
    /// ```
    /// use cleanclaim::date;
    /// use cleanclaim::reference::{EditDisposition, EditRow, ReferenceBuilder, Release, Rows, Stale, Table};
    ///
    /// let days = "2019-07-01..2026-06-30".parse()?;
    /// let row = EditRow { number: 102, in_force: days, disposition: EditDisposition::ReturnToProvider };
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(Release::new(Table::Edits, "v27.1", days, "an example"), Rows::Edits(vec![row]))?;
    /// let edit = builder.build()?.edit(102, date!(2026, 4, 1), Stale::Refuse).found();
    /// assert_eq!(edit.map(|found| found.row.disposition), Some(EditDisposition::ReturnToProvider));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn edit(&self, number: u16, date: ServiceDate, stale: Stale) -> Lookup<InRelease<EditRow>> {
        answer(&self.tables.edits, date, stale, |loaded| {
            let mut rows = loaded.table.rows(CodeId(number));
            Ok(rows.find(|row| row.number == number && row.in_force.contains(date)))
        })
    }
}
