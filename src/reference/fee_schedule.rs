//! The Medicare Physician Fee Schedule (MPFS): payment policy indicators and relative values, one row a code and
//! component, one release a quarter.
//!
//! Source of the meanings: CMS, PFS Relative Value Files, record layout of the October 2025 release (`RVU25D`).

use std::collections::BTreeSet;

use crate::model::{DateRange, Modifier, ModifierColumn, ProcedureCode, ServiceDate, fixed};
use crate::modifier;

use super::builder::{NewRows, Numbers};
use super::bytes::{Reader, Writer};
use super::codes::CodeId;
use super::indicator::indicator;
use super::open::Opener;
use super::packed::{PackedError, SectionKind, damaged, name};
use super::records::{CodeRows, Record};
use super::release::{Lookup, Stale};
use super::row_key::{Fields, RowKey, as_published, or_none, yes_or_no};
#[cfg(feature = "starter")]
use super::starter::{EmbeddedFile, RowError, StarterError, TextRow};
use super::table::{Keys, Opened, Published, first_difference, twice};
use super::{InRelease, Reference};

indicator! {
    what: "the modifier column";
    /// The part of a service that a row prices: the modifier column of the published file.
    pub enum Component {
        /// The whole service.
        Global = "",
        /// The professional component, modifier 26.
        Professional = "26",
        /// The technical component, modifier TC.
        Technical = "TC",
        /// A procedure that was stopped, modifier 53; only a few codes have such a row.
        Discontinued = "53",
    }
}

impl Component {
    /// The modifier for this component; `None` for the whole service.
    #[must_use]
    pub fn modifier(self) -> Option<Modifier> {
        match self {
            Self::Global => None,
            Self::Professional => Some(modifier!("26")),
            Self::Technical => Some(modifier!("TC")),
            Self::Discontinued => Some(modifier!("53")),
        }
    }
}

indicator! {
    what: "the status code";
    /// How Medicare treats the code under the fee schedule. Only `A`, `R` and `T` are paid from the relative values.
    pub enum StatusCode {
        /// Active: paid separately if covered.
        Active = "A",
        /// Always bundled into other services.
        Bundled = "B",
        /// Priced by the contractor.
        ContractorPriced = "C",
        /// Excluded from the fee schedule by regulation.
        ExcludedByRegulation = "E",
        /// Not valid for Medicare; another code is used.
        NotValidForMedicare = "I",
        /// Anaesthesia service.
        Anesthesia = "J",
        /// Used for measurement and reporting only.
        MeasurementOnly = "M",
        /// Not covered by Medicare.
        NotCovered = "N",
        /// Bundled where incident to another service of the day, else excluded.
        BundledOrExcluded = "P",
        /// Restricted coverage.
        Restricted = "R",
        /// Paid only where nothing else of the day is.
        InjectionLike = "T",
        /// Not a physician's service by statute.
        NotPhysicianService = "X",
    }
}

impl StatusCode {
    /// Whether the fee schedule prices the code from its relative values (`A`, `R`, `T`).
    #[must_use]
    pub fn is_priced(self) -> bool {
        matches!(self, Self::Active | Self::Restricted | Self::InjectionLike)
    }

    /// The rows whose payment policy indicators bind a claim: the priced ones and the contractor-priced (`A R T C`).
    #[must_use]
    pub fn has_payment_policy(self) -> bool {
        self.is_priced() || self == Self::ContractorPriced
    }
}

indicator! {
    what: "the PC/TC indicator";
    /// Professional and technical component: whether modifiers 26 and TC mean anything for the code.
    pub enum PcTc {
        /// A physician's service; the concept does not apply.
        PhysicianService = "0",
        /// A diagnostic test or radiology service with both components.
        BothComponents = "1",
        /// The code is itself the professional component.
        ProfessionalOnly = "2",
        /// The code is itself the technical component.
        TechnicalOnly = "3",
        /// The code is the whole of a test whose components have codes of their own.
        GlobalOnly = "4",
        /// A service by auxiliary personnel, incident to the physician's.
        IncidentTo = "5",
        /// A physician's interpretation of a laboratory test.
        LaboratoryInterpretation = "6",
        /// A therapist's service.
        Therapy = "7",
        /// A physician's interpretation of an abnormal smear for an inpatient.
        InpatientInterpretation = "8",
        /// The concept does not apply.
        NotApplicable = "9",
    }
}

indicator! {
    what: "the global days";
    /// The post-operative period that the payment includes.
    pub enum GlobalPeriod {
        /// The day of the procedure only.
        Days0 = "000",
        /// The day and ten more.
        Days10 = "010",
        /// The day before, the day, and ninety more.
        Days90 = "090",
        /// Maternity; the usual period does not apply.
        Maternity = "MMM",
        /// The concept does not apply.
        NotApplicable = "XXX",
        /// Set by the contractor.
        ByContractor = "YYY",
        /// An add-on, inside the period of the other service.
        AddOn = "ZZZ",
    }
}

impl GlobalPeriod {
    /// A period that pre- and post-operative care can be split from: 10 or 90 days.
    #[must_use]
    pub fn has_postoperative_days(self) -> bool {
        matches!(self, Self::Days10 | Self::Days90)
    }

    /// The code is a procedure with a period, or an add-on to one: `000`, `010`, `090`, `ZZZ`.
    #[must_use]
    pub fn is_procedure(self) -> bool {
        matches!(self, Self::Days0 | Self::Days10 | Self::Days90 | Self::AddOn)
    }
}

indicator! {
    what: "the multiple procedure indicator";
    /// How payment is reduced when several procedures are done in one session.
    pub enum MultipleProcedure {
        /// No reduction.
        None = "0",
        /// The rule before 1995.
        Before1995 = "1",
        /// The standard ranking.
        Standard = "2",
        /// Endoscopies of one family.
        Endoscopy = "3",
        /// Diagnostic imaging.
        Imaging = "4",
        /// Therapy.
        Therapy = "5",
        /// Diagnostic cardiovascular services.
        Cardiovascular = "6",
        /// Diagnostic ophthalmology services.
        Ophthalmology = "7",
        /// The concept does not apply.
        NotApplicable = "9",
    }
}

indicator! {
    what: "the bilateral indicator";
    /// Whether the procedure can be done on both sides, and what that changes.
    pub enum Bilateral {
        /// The 150 percent rule does not apply; modifier 50 is not appropriate.
        NotAppropriate = "0",
        /// The 150 percent rule applies.
        Conditional = "1",
        /// The values already are those of both sides.
        Inherent = "2",
        /// Each side is paid in full.
        Independent = "3",
        /// The concept does not apply.
        NotApplicable = "9",
    }
}

indicator! {
    what: "the assistant at surgery indicator";
    /// Whether an assistant at surgery (80, 81, 82, AS) may be paid.
    pub enum AssistantAtSurgery {
        /// Restricted unless medical necessity is documented.
        NeedsDocumentation = "0",
        /// Restricted by statute; may not be paid.
        NotPayable = "1",
        /// Payable.
        Payable = "2",
        /// The concept does not apply.
        NotApplicable = "9",
    }
}

indicator! {
    what: "the co-surgeon indicator";
    /// Whether two surgeons (62) may be paid.
    pub enum CoSurgeon {
        /// Not permitted.
        NotPermitted = "0",
        /// Possible with documentation.
        NeedsDocumentation = "1",
        /// Permitted where the two are of different specialties.
        Permitted = "2",
        /// The concept does not apply.
        NotApplicable = "9",
    }
}

indicator! {
    what: "the team surgery indicator";
    /// Whether a surgical team (66) may be paid.
    pub enum TeamSurgery {
        /// Not permitted.
        NotPermitted = "0",
        /// Possible with documentation, by report.
        NeedsDocumentation = "1",
        /// Permitted, by report.
        Permitted = "2",
        /// The concept does not apply.
        NotApplicable = "9",
    }
}

/// The payment policy of one row, which the rules of modifiers and sites read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct PolicyIndicators {
    /// The component that the row is about.
    pub component: Component,
    /// The status code.
    pub status: StatusCode,
    /// Professional and technical component.
    pub pc_tc: PcTc,
    /// The global period.
    pub global: GlobalPeriod,
    /// Several procedures in one session.
    pub multiple: MultipleProcedure,
    /// Both sides.
    pub bilateral: Bilateral,
    /// An assistant at surgery.
    pub assistant: AssistantAtSurgery,
    /// Two surgeons.
    pub co_surgeon: CoSurgeon,
    /// A surgical team.
    pub team: TeamSurgery,
    /// `NA` in the non-facility column: rarely or never done outside a facility.
    pub nonfacility_na: bool,
    /// `NA` in the facility column: not paid to a physician in a facility.
    pub facility_na: bool,
}

impl PolicyIndicators {
    /// Indicators of an active physician's service to which no special concept applies; a start for rows made by hand.
    #[must_use]
    pub fn plain() -> Self {
        Self {
            component: Component::Global,
            status: StatusCode::Active,
            pc_tc: PcTc::PhysicianService,
            global: GlobalPeriod::NotApplicable,
            multiple: MultipleProcedure::None,
            bilateral: Bilateral::NotAppropriate,
            assistant: AssistantAtSurgery::NotPayable,
            co_surgeon: CoSurgeon::NotPermitted,
            team: TeamSurgery::NotPermitted,
            nonfacility_na: false,
            facility_na: false,
        }
    }

    /// What the row prints in the column that goes with a modifier.
    #[must_use]
    pub fn printed(&self, column: ModifierColumn) -> &'static str {
        match column {
            ModifierColumn::Bilateral => self.bilateral.text(),
            ModifierColumn::AssistantAtSurgery => self.assistant.text(),
            ModifierColumn::CoSurgeon => self.co_surgeon.text(),
            ModifierColumn::TeamSurgery => self.team.text(),
            ModifierColumn::GlobalDays => self.global.text(),
        }
    }
}

impl Record for PolicyIndicators {
    const VERSION: u16 = 1;
    const SIZE: usize = 10;

    fn encode(&self, out: &mut Writer) {
        let na = u8::from(self.nonfacility_na) | u8::from(self.facility_na) << 1;
        for byte in [
            self.component as u8,
            self.status as u8,
            self.pc_tc as u8,
            self.global as u8,
            self.multiple as u8,
            self.bilateral as u8,
            self.assistant as u8,
            self.co_surgeon as u8,
            self.team as u8,
            na,
        ] {
            out.u8(byte);
        }
    }

    #[inline]
    fn decode(bytes: &[u8]) -> Option<Self> {
        let &[
            component,
            status,
            pc_tc,
            global,
            multiple,
            bilateral,
            assistant,
            co_surgeon,
            team,
            na,
        ] = <&[u8; Self::SIZE]>::try_from(bytes).ok()?;
        Some(Self {
            component: Component::from_repr(component)?,
            status: StatusCode::from_repr(status)?,
            pc_tc: PcTc::from_repr(pc_tc)?,
            global: GlobalPeriod::from_repr(global)?,
            multiple: MultipleProcedure::from_repr(multiple)?,
            bilateral: Bilateral::from_repr(bilateral)?,
            assistant: AssistantAtSurgery::from_repr(assistant)?,
            co_surgeon: CoSurgeon::from_repr(co_surgeon)?,
            team: TeamSurgery::from_repr(team)?,
            nonfacility_na: na & 1 != 0,
            facility_na: na & 2 != 0,
        })
    }
}

/// The numbers of one row: relative values in hundredths, percentages in hundredths, the conversion factor in
/// ten-thousandths of a dollar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FeeValues {
    /// Work relative value, hundredths.
    pub work: u32,
    /// Practice expense outside a facility, hundredths.
    pub nonfacility_practice_expense: u32,
    /// Practice expense in a facility, hundredths.
    pub facility_practice_expense: u32,
    /// Malpractice, hundredths.
    pub malpractice: u32,
    /// Share of the payment for pre-operative care, percent.
    pub preoperative: u8,
    /// Share of the payment for the operation, percent.
    pub intraoperative: u8,
    /// Share of the payment for post-operative care, percent.
    pub postoperative: u8,
    /// The base code of an endoscopy family.
    pub endoscopic_base: Option<ProcedureCode>,
    /// Dollars a relative value unit, ten-thousandths.
    pub conversion_factor: u32,
    /// Physician supervision of a diagnostic procedure, as published (two characters).
    pub supervision: [u8; 2],
    /// The calculation flag, as published.
    pub calculation: u8,
    /// The diagnostic imaging family, as published (`88` subject to the reduction, `99` not applicable).
    pub imaging_family: u8,
    /// The pricing indicator, published since 2026.
    pub pricing: Option<u8>,
    /// Non-facility practice expense used for the OPPS payment cap, hundredths.
    pub opps_nonfacility_practice_expense: u32,
    /// Facility practice expense used for the OPPS payment cap, hundredths.
    pub opps_facility_practice_expense: u32,
    /// Malpractice used for the OPPS payment cap, hundredths.
    pub opps_malpractice: u32,
}

const NO_PRICING: u8 = u8::MAX;

impl Record for FeeValues {
    const VERSION: u16 = 1;
    const SIZE: usize = 45;

    fn encode(&self, out: &mut Writer) {
        for value in [
            self.work,
            self.nonfacility_practice_expense,
            self.facility_practice_expense,
            self.malpractice,
            self.conversion_factor,
            self.opps_nonfacility_practice_expense,
            self.opps_facility_practice_expense,
            self.opps_malpractice,
        ] {
            out.u32(value);
        }
        for byte in [
            self.preoperative,
            self.intraoperative,
            self.postoperative,
            self.calculation,
            self.imaging_family,
            self.pricing.unwrap_or(NO_PRICING),
        ] {
            out.u8(byte);
        }
        out.bytes(&self.supervision);
        out.bytes(&self.endoscopic_base.map_or([0; 5], ProcedureCode::as_bytes));
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let row = Self {
            work: from.u32()?,
            nonfacility_practice_expense: from.u32()?,
            facility_practice_expense: from.u32()?,
            malpractice: from.u32()?,
            conversion_factor: from.u32()?,
            opps_nonfacility_practice_expense: from.u32()?,
            opps_facility_practice_expense: from.u32()?,
            opps_malpractice: from.u32()?,
            preoperative: from.u8()?,
            intraoperative: from.u8()?,
            postoperative: from.u8()?,
            calculation: from.u8()?,
            imaging_family: from.u8()?,
            pricing: from.u8().filter(|&byte| byte != NO_PRICING),
            supervision: from.array()?,
            endoscopic_base: ProcedureCode::from_bytes(from.array()?),
        };
        from.is_empty().then_some(row)
    }
}

/// One row of the fee schedule as published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FeeScheduleRow {
    /// The procedure.
    pub code: ProcedureCode,
    /// What the rules read.
    pub indicators: PolicyIndicators,
    /// What pricing reads.
    pub values: FeeValues,
}

impl FeeScheduleRow {
    fn label(&self) -> String {
        format!("{} {}", self.code, self.indicators.component)
            .trim_end()
            .to_owned()
    }

    fn fields(&self) -> Fields {
        let (is, values) = (&self.indicators, &self.values);
        let relative = |value: u32| fixed::text(value, 2);
        vec![
            ("status", is.status.to_string()),
            ("PC/TC", is.pc_tc.to_string()),
            ("global days", is.global.to_string()),
            ("multiple procedures", is.multiple.to_string()),
            ("both sides", is.bilateral.to_string()),
            ("assistant at surgery", is.assistant.to_string()),
            ("two surgeons", is.co_surgeon.to_string()),
            ("surgical team", is.team.to_string()),
            ("non-facility NA", yes_or_no(is.nonfacility_na)),
            ("facility NA", yes_or_no(is.facility_na)),
            ("work", relative(values.work)),
            (
                "non-facility practice expense",
                relative(values.nonfacility_practice_expense),
            ),
            ("facility practice expense", relative(values.facility_practice_expense)),
            ("malpractice", relative(values.malpractice)),
            ("care before, percent", values.preoperative.to_string()),
            ("operation, percent", values.intraoperative.to_string()),
            ("care after, percent", values.postoperative.to_string()),
            ("endoscopic base", or_none(values.endoscopic_base)),
            ("supervision", as_published(&values.supervision)),
            ("imaging family", values.imaging_family.to_string()),
            (
                "OPPS non-facility practice expense",
                relative(values.opps_nonfacility_practice_expense),
            ),
            (
                "OPPS facility practice expense",
                relative(values.opps_facility_practice_expense),
            ),
            ("OPPS malpractice", relative(values.opps_malpractice)),
        ]
    }

    #[cfg(feature = "starter")]
    fn read(row: &TextRow<'_>) -> Result<Self, RowError> {
        let indicators = PolicyIndicators {
            component: Component::parse(row.text("mod")?)?,
            status: StatusCode::parse(row.text("status")?)?,
            pc_tc: PcTc::parse(row.text("pctc")?)?,
            global: GlobalPeriod::parse(row.text("global")?)?,
            multiple: MultipleProcedure::parse(row.text("multiple")?)?,
            bilateral: Bilateral::parse(row.text("bilateral")?)?,
            assistant: AssistantAtSurgery::parse(row.text("assistant")?)?,
            co_surgeon: CoSurgeon::parse(row.text("co_surgeon")?)?,
            team: TeamSurgery::parse(row.text("team")?)?,
            nonfacility_na: row.text("nf_na")? == "NA",
            facility_na: row.text("f_na")? == "NA",
        };
        let values = FeeValues {
            work: row.decimal("work", 2)?,
            nonfacility_practice_expense: row.decimal("nf_pe", 2)?,
            facility_practice_expense: row.decimal("f_pe", 2)?,
            malpractice: row.decimal("mp", 2)?,
            preoperative: row.number("pre")?,
            intraoperative: row.number("intra")?,
            postoperative: row.number("post")?,
            endoscopic_base: row.optional("endo_base")?,
            conversion_factor: row.decimal("cf", 4)?,
            supervision: row.pair_of_bytes("supervision")?,
            calculation: row.number("calculation")?,
            imaging_family: row.number("imaging")?,
            pricing: match row.text("pricing")? {
                "" => None,
                _ => Some(row.number("pricing")?),
            },
            opps_nonfacility_practice_expense: row.decimal("opps_nf_pe", 2)?,
            opps_facility_practice_expense: row.decimal("opps_f_pe", 2)?,
            opps_malpractice: row.decimal("opps_mp", 2)?,
        };
        Ok(Self {
            code: row.value("code")?,
            indicators,
            values,
        })
    }
}

/// The fee schedule of one release: what rules read apart from what pricing reads.
#[derive(Clone, Debug)]
pub(crate) struct FeeTable {
    pub(crate) indicators: CodeRows<PolicyIndicators>,
    values: CodeRows<FeeValues>,
}

impl FeeTable {
    fn rows(&self, key: CodeId, code: ProcedureCode) -> impl Iterator<Item = FeeScheduleRow> + '_ {
        self.indicators.range(key).filter_map(move |at| {
            Some(FeeScheduleRow {
                code,
                indicators: self.indicators.row(at)?,
                values: self.values.row(at)?,
            })
        })
    }
}

impl Published for Vec<FeeScheduleRow> {
    type Opened = FeeTable;

    fn len(&self) -> usize {
        self.len()
    }

    fn codes(&self) -> impl Iterator<Item = ProcedureCode> {
        self.iter().map(|row| row.code)
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        std::iter::empty()
    }

    fn twice(&self) -> Option<String> {
        twice(self, FeeScheduleRow::label)
    }

    fn first_difference(&self, other: &Self) -> Option<String> {
        first_difference(self, other, FeeScheduleRow::label)
    }

    fn write(&self, numbers: &Numbers<'_>) -> Vec<NewRows> {
        let id = |row: &FeeScheduleRow| numbers.id(row.code);
        let mut rows: Vec<&FeeScheduleRow> = self.iter().collect();
        rows.sort_by_key(|row| (id(row), row.indicators.component));
        let indicators = rows.iter().map(|row| (id(row), &row.indicators));
        let values = rows.iter().map(|row| (id(row), &row.values));
        vec![
            NewRows::of(SectionKind::Rows, numbers.codes(), indicators),
            NewRows::of(SectionKind::FeeValues, numbers.codes(), values),
        ]
    }

    #[cfg(feature = "starter")]
    fn read(file: &EmbeddedFile) -> Result<Self, StarterError> {
        file.each(FeeScheduleRow::read)
    }
}

impl Opened for FeeTable {
    const KEYS: Keys = Keys::Codes;

    fn open(from: &Opener<'_>, ordinal: u32) -> Result<Self, PackedError> {
        let table = Self {
            indicators: from.rows(Keys::Codes, SectionKind::Rows, ordinal)?,
            values: from.rows(Keys::Codes, SectionKind::FeeValues, ordinal)?,
        };
        if !table.indicators.is_beside(&table.values) {
            let section = name(SectionKind::FeeValues, ordinal);
            return Err(damaged(section, "its rows are not those of the indicators"));
        }
        Ok(table)
    }

    fn len(&self) -> usize {
        self.indicators.len()
    }

    fn has(&self, key: CodeId) -> bool {
        self.indicators.has(key)
    }

    fn days(&self) -> impl Iterator<Item = DateRange> {
        std::iter::empty()
    }

    fn told(&self, key: CodeId, _day: ServiceDate, reference: &Reference) -> Vec<(RowKey, Fields)> {
        let code = reference.code(key).into_iter();
        let rows = code.flat_map(|code| self.rows(key, code));
        rows.map(|row| (RowKey::Component(row.code, row.indicators.component), row.fields()))
            .collect()
    }

    /// The conversion factor is the same, or one of two, in every row.
    fn told_of_all(&self) -> Option<(RowKey, Fields)> {
        let factors: BTreeSet<u32> = self.values.all().map(|values| values.conversion_factor).collect();
        let factors: Vec<String> = factors.into_iter().map(|factor| fixed::text(factor, 4)).collect();
        Some((RowKey::AllCodes, vec![("conversion factor", factors.join(" and "))]))
    }
}

impl Reference {
    /// The fee schedule's row of a code and component.
    #[must_use]
    pub fn fee_schedule(
        &self,
        code: ProcedureCode,
        component: Component,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<FeeScheduleRow>> {
        self.of_code(&self.tables.fee_schedule, code, date, stale, |table, id| {
            table.rows(id, code).find(|row| row.indicators.component == component)
        })
    }
}
