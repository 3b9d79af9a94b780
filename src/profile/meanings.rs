//! What published indicators mean, in our own words.
//!
//! Sources: CMS, PFS Relative Value File documentation; OPPS addendum D1; ASC addendum DD1.

use crate::reference::{
    AssistantAtSurgery, Bilateral, CoSurgeon, GlobalPeriod, Mai, MultipleProcedure, PcTc, StatusCode, TeamSurgery,
};

pub(super) fn status(value: StatusCode) -> &'static str {
    match value {
        StatusCode::Active => "active: paid separately where covered",
        StatusCode::Bundled => "always bundled into other services",
        StatusCode::ContractorPriced => "priced by the contractor",
        StatusCode::ExcludedByRegulation => "excluded from the fee schedule by regulation",
        StatusCode::NotValidForMedicare => "not valid for Medicare, which uses another code",
        StatusCode::Anesthesia => "anaesthesia: base units and time",
        StatusCode::MeasurementOnly => "for measurement and reporting only",
        StatusCode::NotCovered => "not covered by Medicare",
        StatusCode::BundledOrExcluded => "bundled where incident to another service, else excluded",
        StatusCode::Restricted => "restricted coverage",
        StatusCode::InjectionLike => "paid only where nothing else of the day is",
        StatusCode::NotPhysicianService => "not a physician's service by statute",
    }
}

pub(super) fn pc_tc(value: PcTc) -> &'static str {
    match value {
        PcTc::PhysicianService => "a physician's service: no components",
        PcTc::BothComponents => "a professional and a technical component: 26 and TC",
        PcTc::ProfessionalOnly => "itself the professional component",
        PcTc::TechnicalOnly => "itself the technical component",
        PcTc::GlobalOnly => "the whole of a test whose components have their own codes",
        PcTc::IncidentTo => "by auxiliary personnel, incident to a physician's service",
        PcTc::LaboratoryInterpretation => "a physician's interpretation of a laboratory test: 26",
        PcTc::Therapy => "a therapist's service",
        PcTc::InpatientInterpretation => "a physician's interpretation for an inpatient",
        PcTc::NotApplicable => "the concept does not apply",
    }
}

pub(super) fn global(value: GlobalPeriod) -> &'static str {
    match value {
        GlobalPeriod::Days0 => "the day of the procedure",
        GlobalPeriod::Days10 => "the day of the procedure and ten more",
        GlobalPeriod::Days90 => "the day before, the day of the procedure and ninety more",
        GlobalPeriod::Maternity => "maternity: the usual period does not apply",
        GlobalPeriod::NotApplicable => "the concept does not apply",
        GlobalPeriod::ByContractor => "set by the contractor",
        GlobalPeriod::AddOn => "an add-on, within the period of the other service",
    }
}

pub(super) fn multiple(value: MultipleProcedure) -> &'static str {
    match value {
        MultipleProcedure::None => "no reduction beside others",
        MultipleProcedure::Before1995 => "ranked: 100, 50, 25, 25, 25 percent",
        MultipleProcedure::Standard => "ranked: 100, 50, 50, 50, 50 percent, then by report",
        MultipleProcedure::Endoscopy => "endoscopy: above the family's base, then ranked",
        MultipleProcedure::Imaging => {
            "imaging: the technical component at 50 percent, the professional at 95, after the highest"
        }
        MultipleProcedure::Therapy => "therapy: practice expense at 50 percent after the day's highest unit",
        MultipleProcedure::Cardiovascular => "cardiovascular: the technical component at 75 percent after the highest",
        MultipleProcedure::Ophthalmology => "ophthalmology: the technical component at 80 percent after the highest",
        MultipleProcedure::NotApplicable => "the concept does not apply",
    }
}

pub(super) fn bilateral(value: Bilateral) -> &'static str {
    match value {
        Bilateral::NotAppropriate => "no more for a second side: 50 does not go with it",
        Bilateral::Conditional => "150 percent for both sides: one line with 50 and one unit",
        Bilateral::Inherent => "already priced for both sides",
        Bilateral::Independent => "each side in full",
        Bilateral::NotApplicable => "the concept does not apply",
    }
}

pub(super) fn assistant(value: AssistantAtSurgery) -> &'static str {
    match value {
        AssistantAtSurgery::NeedsDocumentation => "restricted: paid only where shown to be medically necessary",
        AssistantAtSurgery::NotPayable => "not paid, by statute",
        AssistantAtSurgery::Payable => "paid",
        AssistantAtSurgery::NotApplicable => "the concept does not apply",
    }
}

pub(super) fn co_surgeon(value: CoSurgeon) -> &'static str {
    match value {
        CoSurgeon::NotPermitted => "not permitted",
        CoSurgeon::NeedsDocumentation => "with documentation",
        CoSurgeon::Permitted => "permitted, of two specialties",
        CoSurgeon::NotApplicable => "the concept does not apply",
    }
}

pub(super) fn team(value: TeamSurgery) -> &'static str {
    match value {
        TeamSurgery::NotPermitted => "not permitted",
        TeamSurgery::NeedsDocumentation => "with documentation, by report",
        TeamSurgery::Permitted => "permitted, by report",
        TeamSurgery::NotApplicable => "the concept does not apply",
    }
}

pub(super) fn mai(value: Mai) -> &'static str {
    match value {
        Mai::Line => "each line separately",
        Mai::DayPolicy => "the units of the day together, absolutely",
        Mai::DayClinical => "the units of the day together, unless a review finds more were needed",
    }
}

/// An OPPS status indicator; empty for one that is not known here.
pub(super) fn outpatient_status(value: &str) -> &'static str {
    match value {
        "A" => "paid under another fee schedule",
        "B" => "not paid on this bill type: another code is used",
        "C" => "inpatient only",
        "E1" => "excluded",
        "E2" => "no pricing data",
        "F" => "corneal tissue, some vaccines and anaesthetists, at cost",
        "G" => "pass-through drug",
        "H" => "pass-through device",
        "H1" => "non-opioid device, paid separately",
        "J1" => "comprehensive: pays for everything else on the claim",
        "J2" => "comprehensive under conditions",
        "K" => "drug, paid separately",
        "K1" => "non-opioid drug, paid separately",
        "L" => "influenza, pneumococcal and other vaccines, at cost",
        "M" => "not billed to the contractor",
        "N" => "packaged into other services",
        "P" => "partial hospitalisation or intensive outpatient day",
        "Q1" => "packaged beside S, T or V services",
        "Q2" => "packaged beside T services",
        "Q3" => "may be part of a composite",
        "Q4" => "laboratory test, packaged under conditions",
        "R" => "blood",
        "S" => "paid separately, not discounted beside others",
        "S1" => "skin substitute",
        "T" => "paid separately, discounted beside others",
        "U" => "brachytherapy source",
        "V" => "visit",
        "W" => "not valid",
        "Y" => "equipment, billed to its own contractor",
        _ => "",
    }
}

/// An ASC payment indicator; empty for one that is not known here.
pub(super) fn asc_indicator(value: &str) -> &'static str {
    match value {
        "A2" => "surgical procedure, by its outpatient weight",
        "B5" => "not paid: another code is used",
        "D1" | "D2" => "dental procedure",
        "D5" => "deleted",
        "F4" => "corneal tissue, hepatitis B vaccine: at cost",
        "G2" => "surgical procedure added since 2008, by its outpatient weight",
        "H2" => "brachytherapy source",
        "J7" => "pass-through device, priced by the contractor",
        "J8" => "device-intensive procedure",
        "K2" => "drug or biological, paid separately",
        "K5" => "no pricing data: not paid",
        "K7" => "unclassified drug, priced by the contractor",
        "L1" => "influenza or pneumococcal vaccine: packaged",
        "L6" => "new lens, or non-opioid device",
        "N1" => "packaged",
        "P2" => "office-based, by its outpatient weight",
        "P3" => "office-based, by the fee schedule's practice expense",
        "R2" => "office-based without practice expense, by its outpatient weight",
        "Z2" => "radiology, by its outpatient weight",
        "Z3" => "radiology, by the fee schedule's practice expense",
        _ => "",
    }
}
