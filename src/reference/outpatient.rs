//! What the Integrated Outpatient Code Editor (I/OCE) knows of a code, version by version: the OPPS status indicator,
//! the ambulatory payment classification (APC) and the attributes behind its edits.
//!
//! Source: CMS, I/OCE reference tables v20.2 and later. A version is given by its range of dates instead of its number.

use crate::model::{DateRange, ProcedureCode, ServiceDate, closed_set};

use super::builder::Numbers;
use super::bytes::{Reader, Writer};
use super::codes::CodeId;
use super::records::Record;
use super::release::{Lookup, Stale};
use super::row_key::{Fields, RowKey, names, or_none};
#[cfg(feature = "starter")]
use super::starter::{RowError, TextRow, parse_flag};
use super::table::{PublishedRow, Told};
use super::{InRelease, Reference};

closed_set! {
    what: "a flag of the outpatient editor";
    /// One attribute of a code in the I/OCE's table, under the editor's own name.
    #[strum(serialize_all = "snake_case")]
    #[repr(u8)]
    #[non_exhaustive]
    pub enum OutpatientFlag {
        /// A questionable covered service.
        Questionable,
        /// Not recognised by Medicare.
        NotRecognizedMcare,
        /// Not recognised under OPPS.
        NotRecognizedOpps,
        /// Not covered.
        NonCovered,
        /// Not reportable at the site.
        NonReportableSite,
        /// May be done on both sides.
        BilateralConditional,
        /// Each side is paid separately.
        BilateralIndependent,
        /// Both sides are meant.
        BilateralInherent,
        /// Stands in column 1 of a code pair.
        NcciCode1,
        /// Stands in column 2 of a code pair.
        NcciCode2,
        /// Packaged with S, T or V services.
        StvPackaged,
        /// Packaged with T services.
        TPackaged,
        /// Requires a device.
        HasDevReqProc,
        /// A separate procedure.
        SeparateProcedure,
        /// Excluded by statute.
        StatutoryExclusion,
        /// Billed to the equipment contractor only.
        DmercBillableOnly,
        /// Not billed to the contractor.
        NonBillableMac,
        /// For information only.
        InformationOnly,
        /// A colorectal screening service.
        Colorectal,
        /// Ended by CMS inside a quarter.
        CmsMidQuarterTermination,
        /// Exempt from that end.
        CmsMidQuarterTerminationBypass,
        /// An add-on of type 1.
        #[strum(serialize = "addon_type1")]
        AddonType1,
        /// An add-on of type 2.
        #[strum(serialize = "addon_type2")]
        AddonType2,
        /// An add-on of type 3.
        #[strum(serialize = "addon_type3")]
        AddonType3,
    }
}

/// A set of [`OutpatientFlag`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct OutpatientFlags(pub(crate) u32);

impl OutpatientFlags {
    /// Whether the flag is set.
    #[must_use]
    pub fn has(self, flag: OutpatientFlag) -> bool {
        self.0 >> flag as u8 & 1 == 1
    }

    /// Whether one of the flags of `other` is set.
    #[must_use]
    pub fn has_any_of(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The same set with one flag more.
    #[must_use]
    pub fn with(self, flag: OutpatientFlag) -> Self {
        Self(self.0 | 1 << flag as u8)
    }
}

/// A code's row in one version range of the editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct OutpatientEntry {
    /// The days on which the row holds.
    pub in_force: DateRange,
    /// The OPPS status indicator, such as `T` or `J1`, padded with a blank.
    pub status: [u8; 2],
    /// The ambulatory payment classification; 0 where there is none.
    pub apc: u16,
    /// The I/OCE payment indicator.
    pub payment_indicator: u8,
    /// The least age in years.
    pub low_age: u8,
    /// The greatest age in years.
    pub high_age: u8,
    /// The attributes.
    pub flags: OutpatientFlags,
    /// The day of approval, if it is inside a quarter.
    pub approved: Option<ServiceDate>,
    /// The day of the end, if it is inside a quarter.
    pub terminated: Option<ServiceDate>,
}

impl OutpatientEntry {
    /// An entry with a status indicator and nothing else stated.
    #[must_use]
    pub fn new(in_force: DateRange, status: [u8; 2]) -> Self {
        Self {
            in_force,
            status,
            apc: 0,
            payment_indicator: 0,
            low_age: 0,
            high_age: u8::MAX,
            flags: OutpatientFlags::default(),
            approved: None,
            terminated: None,
        }
    }

    /// The OPPS status indicator as text.
    #[must_use]
    pub fn status_text(&self) -> &str {
        std::str::from_utf8(&self.status).unwrap_or_default().trim_end()
    }
}

/// One row of the code table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OutpatientCodeRow {
    /// The procedure or service.
    pub code: ProcedureCode,
    /// Its row in the editor.
    pub entry: OutpatientEntry,
}

const NONE: u16 = 0;

impl Record for OutpatientEntry {
    const VERSION: u16 = 1;
    const SIZE: usize = 20;

    fn encode(&self, out: &mut Writer) {
        out.u32(self.flags.0);
        out.u16(self.in_force.first().day_number());
        out.u16(self.in_force.last().day_number());
        out.u16(self.apc);
        out.u16(self.approved.map_or(NONE, ServiceDate::day_number));
        out.u16(self.terminated.map_or(NONE, ServiceDate::day_number));
        out.bytes(&self.status);
        out.u8(self.payment_indicator);
        out.u8(self.low_age);
        out.u8(self.high_age);
        out.u8(0);
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let flags = OutpatientFlags(from.u32()?);
        let first = ServiceDate::from_day_number(from.u16()?);
        let last = ServiceDate::from_day_number(from.u16()?);
        let apc = from.u16()?;
        let mut day = || from.u16().filter(|&day| day != NONE).map(ServiceDate::from_day_number);
        let (approved, terminated) = (day(), day());
        Some(Self {
            in_force: DateRange::new(first, last)?,
            status: from.array()?,
            apc,
            payment_indicator: from.u8()?,
            low_age: from.u8()?,
            high_age: from.u8()?,
            flags,
            approved,
            terminated,
        })
    }
}

impl PublishedRow for OutpatientCodeRow {
    type Record = OutpatientEntry;

    fn label(&self) -> String {
        format!("{} {}", self.code, self.entry.in_force)
    }

    fn codes(&self) -> impl Iterator<Item = ProcedureCode> {
        std::iter::once(self.code)
    }

    fn key(&self, numbers: &Numbers<'_>) -> CodeId {
        numbers.id(self.code)
    }

    fn record(&self, _numbers: &Numbers<'_>) -> Option<OutpatientEntry> {
        Some(self.entry)
    }

    #[cfg(feature = "starter")]
    fn read(row: &TextRow<'_>) -> Result<Self, RowError> {
        let flags = row.text("flags")?.split_whitespace();
        let mut entry = OutpatientEntry::new(row.in_force()?, row.pair_of_bytes("status")?);
        entry.apc = row.number("apc")?;
        entry.payment_indicator = row.number("payment_indicator")?;
        entry.low_age = row.number("low_age")?;
        entry.high_age = row.number("high_age")?;
        entry.approved = row.optional("approved")?;
        entry.terminated = row.optional("terminated")?;
        entry.flags = flags
            .map(parse_flag)
            .try_fold(OutpatientFlags::default(), |all, flag| flag.map(|flag| all.with(flag)))?;
        let code = row.value("code")?;
        Ok(Self { code, entry })
    }
}

impl Told for OutpatientEntry {
    fn days(&self) -> Option<DateRange> {
        Some(self.in_force)
    }

    fn told(&self, code: Option<ProcedureCode>, _reference: &Reference) -> Option<(RowKey, Fields)> {
        let fields = vec![
            ("status indicator", self.status_text().to_owned()),
            ("APC", self.apc.to_string()),
            ("payment indicator", self.payment_indicator.to_string()),
            ("ages", format!("{} to {}", self.low_age, self.high_age)),
            ("approved", or_none(self.approved)),
            ("terminated", or_none(self.terminated)),
            ("attributes", names(OutpatientFlag::ALL, |flag| self.flags.has(flag))),
        ];
        Some((RowKey::Code(code?), fields))
    }
}

impl Reference {
    /// A code's row in the outpatient editor's version of a date.
    #[must_use]
    pub fn outpatient_code(
        &self,
        code: ProcedureCode,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<OutpatientEntry>> {
        self.of_code(&self.tables.outpatient_codes, code, date, stale, |table, id| {
            table.rows(id).find(|entry| entry.in_force.contains(date))
        })
    }
}
