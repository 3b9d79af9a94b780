//! The Medicare Physician Fee Schedule (MPFS): payment policy indicators and relative values, one row a code and
//! component, one release a quarter.
//!
//! Source of the meanings: CMS, PFS Relative Value Files, record layout of the October 2025 release (`RVU25D`).

use crate::model::{Modifier, ModifierColumn, ProcedureCode};
use crate::modifier;

use super::bytes::{Reader, Writer};
use super::indicator::indicator;
use super::records::Record;

indicator! {
    /// The part of a service that a row prices: the modifier column of the published file.
    Component("the modifier column") {
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
    /// The modifier that asks for this component; none for the whole service.
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
    /// How Medicare treats the code under the fee schedule. Only `A`, `R` and `T` are paid from the relative values.
    StatusCode("the status code") {
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
    /// Professional and technical component: whether modifiers 26 and TC mean anything for the code.
    PcTc("the PC/TC indicator") {
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
    /// The post-operative period that the payment includes.
    GlobalPeriod("the global days") {
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
    /// How payment is reduced when several procedures are done in one session.
    MultipleProcedure("the multiple procedure indicator") {
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
    /// Whether the procedure can be done on both sides, and what that changes.
    Bilateral("the bilateral indicator") {
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
    /// Whether an assistant at surgery (80, 81, 82, AS) may be paid.
    AssistantAtSurgery("the assistant at surgery indicator") {
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
    /// Whether two surgeons (62) may be paid.
    CoSurgeon("the co-surgeon indicator") {
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
    /// Whether a surgical team (66) may be paid.
    TeamSurgery("the team surgery indicator") {
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

/// The payment policy of one row: what the rules of modifiers and sites read.
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
