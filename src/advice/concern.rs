//! Which codes a modifier is for, by the code's row in the fee schedule. Whether it may be used there is for the rules
//! to say.

use crate::model::{CodeSystem, ProcedureCode};
use crate::reference::{
    AssistantAtSurgery, Bilateral, CoSurgeon, GlobalPeriod, MultipleProcedure, PcTc, PolicyIndicators, StatusCode,
    TeamSurgery,
};

/// Which codes a modifier speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Concern {
    /// Codes with a professional component.
    ProfessionalComponent,
    /// Codes with a technical component.
    TechnicalComponent,
    /// Anaesthesia: who gave it, and who directed.
    Anaesthetist,
    /// Anaesthesia: anything else.
    Anaesthesia,
    /// Anaesthesia: the patient's state.
    PhysicalStatus,
    /// Codes that are paid for a second side.
    BothSides,
    /// Codes of a part of the body that has two sides.
    OneSide,
    /// Codes of a service on a toe.
    Toe,
    /// Procedures.
    Procedure,
    /// Procedures that are ranked with others.
    Ranked,
    /// Procedures with a period of 10 or 90 days.
    SplitCare,
    /// Procedures for which two surgeons may be paid.
    CoSurgeon,
    /// Procedures for which a team may be paid.
    Team,
    /// Procedures for which an assistant may be paid.
    Assistant,
    /// Procedures and tests.
    ProcedureOrTest,
    /// The same and anaesthesia.
    ProcedureTestOrAnaesthesia,
    /// The same, which may be repeated.
    Repeatable,
    /// Laboratory tests.
    Laboratory,
    /// Visits.
    Visit,
    /// Any service but a visit, as distinct from another of the day.
    Distinct,
    /// Any service that Medicare may deny.
    Notice,
    /// Any service with requirements in a policy.
    Requirements,
    /// What facilities bill, on claims of their own.
    Facility,
}

/// Whether a modifier speaks of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It does.
    Yes,
    /// It is, on a condition that no table can confirm.
    If(&'static str),
    /// It speaks of others.
    No,
}

impl From<bool> for Fit {
    fn from(fits: bool) -> Self {
        if fits { Self::Yes } else { Self::No }
    }
}

/// What a code is of, as far as the fee schedule tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Visit,
    Anaesthesia,
    /// Also maternity care, and procedures whose period the contractor sets.
    Procedure,
    Test,
    /// A practitioner's service whose kind the fee schedule does not tell.
    Service,
    /// A laboratory's test, a drug, a supply, or what Medicare does not pay by the fee schedule.
    Other,
}

impl Concern {
    /// Whether the modifier speaks of a code.
    pub(super) fn fit(self, code: ProcedureCode, policy: &PolicyIndicators) -> Fit {
        let kind = kind(code, policy);
        match self {
            Self::ProfessionalComponent => {
                matches!(policy.pc_tc, PcTc::BothComponents | PcTc::LaboratoryInterpretation).into()
            }
            Self::TechnicalComponent => (policy.pc_tc == PcTc::BothComponents).into(),
            Self::Anaesthetist | Self::Anaesthesia | Self::PhysicalStatus => (kind == Kind::Anaesthesia).into(),
            Self::BothSides => matches!(policy.bilateral, Bilateral::Conditional | Bilateral::Independent).into(),
            Self::OneSide => fit_of_one_side(kind, policy.bilateral),
            Self::Toe => fit_of_toe(kind, code),
            Self::Procedure => (kind == Kind::Procedure).into(),
            Self::Ranked => matches!(
                policy.multiple,
                MultipleProcedure::Before1995 | MultipleProcedure::Standard | MultipleProcedure::Endoscopy
            )
            .into(),
            Self::SplitCare => policy.global.has_postoperative_days().into(),
            Self::CoSurgeon => matches!(policy.co_surgeon, CoSurgeon::NeedsDocumentation | CoSurgeon::Permitted).into(),
            Self::Team => matches!(policy.team, TeamSurgery::NeedsDocumentation | TeamSurgery::Permitted).into(),
            Self::Assistant => may_have_assistant(kind, policy.assistant).into(),
            Self::ProcedureOrTest => fit_of_service(kind),
            Self::ProcedureTestOrAnaesthesia | Self::Repeatable if kind == Kind::Anaesthesia => Fit::Yes,
            Self::ProcedureTestOrAnaesthesia | Self::Repeatable => fit_of_service(kind),
            Self::Laboratory => fit_of_laboratory(code, policy.status),
            Self::Visit => (kind == Kind::Visit).into(),
            Self::Distinct => (kind != Kind::Visit).into(),
            Self::Notice => Fit::Yes,
            Self::Requirements => Fit::If("a policy about the code asks for it; no table says which do"),
            Self::Facility => Fit::No,
        }
    }

    /// What such codes are, for a modifier that speaks of others.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::ProfessionalComponent => "codes with a professional component",
            Self::TechnicalComponent => "codes with a technical component",
            Self::Anaesthetist | Self::Anaesthesia | Self::PhysicalStatus => "anaesthesia",
            Self::BothSides => "codes paid for a second side",
            Self::OneSide => "services on a part of the body with two sides",
            Self::Toe => "services on toes",
            Self::Procedure => "procedures",
            Self::Ranked => "procedures that are ranked with others",
            Self::SplitCare => "procedures with 10 or 90 global days",
            Self::CoSurgeon => "procedures paid to two surgeons",
            Self::Team => "procedures paid to a team",
            Self::Assistant => "procedures paid to an assistant",
            Self::ProcedureOrTest => "procedures and tests",
            Self::ProcedureTestOrAnaesthesia | Self::Repeatable => "procedures, tests and anaesthesia",
            Self::Laboratory => "laboratory tests",
            Self::Visit => "visits",
            Self::Distinct => "services other than visits",
            Self::Notice | Self::Requirements => "any service",
            Self::Facility => "what a facility bills on its own claim",
        }
    }

    /// Whether a line has only one modifier of this kind: one person's part in the anaesthesia, one state of the patient.
    pub(super) fn is_alone_of_its_kind(self) -> bool {
        matches!(self, Self::Anaesthetist | Self::PhysicalStatus)
    }
}

fn kind(code: ProcedureCode, policy: &PolicyIndicators) -> Kind {
    let has_period =
        policy.global.is_procedure() || matches!(policy.global, GlobalPeriod::Maternity | GlobalPeriod::ByContractor);
    match policy.pc_tc {
        _ if is_visit(code) => Kind::Visit,
        _ if policy.status == StatusCode::Anesthesia => Kind::Anaesthesia,
        _ if has_period => Kind::Procedure,
        PcTc::BothComponents
        | PcTc::ProfessionalOnly
        | PcTc::TechnicalOnly
        | PcTc::GlobalOnly
        | PcTc::LaboratoryInterpretation
        | PcTc::InpatientInterpretation => Kind::Test,
        _ if policy.status.has_payment_policy() => Kind::Service,
        _ => Kind::Other,
    }
}

fn fit_of_service(kind: Kind) -> Fit {
    match kind {
        Kind::Procedure | Kind::Test => Fit::Yes,
        Kind::Service => Fit::If("the service is a procedure, a test or a treatment; the fee schedule does not say"),
        Kind::Visit | Kind::Anaesthesia | Kind::Other => Fit::No,
    }
}

/// A side is information wherever the body has two, whether or not a second one is paid for.
fn fit_of_one_side(kind: Kind, bilateral: Bilateral) -> Fit {
    match bilateral {
        Bilateral::Conditional | Bilateral::Independent => Fit::Yes,
        Bilateral::Inherent => Fit::If("the code is for one side or for both, and only one was done"),
        Bilateral::NotAppropriate if matches!(kind, Kind::Procedure | Kind::Test | Kind::Service) => {
            Fit::If("the part of the body has a left and a right side; no table says whether")
        }
        Bilateral::NotAppropriate | Bilateral::NotApplicable => Fit::No,
    }
}

/// Toes are operated on, and X-rayed.
fn fit_of_toe(kind: Kind, code: ProcedureCode) -> Fit {
    let is_image = kind == Kind::Test && ("70010"..="79999").contains(&code.as_str());
    if kind == Kind::Procedure || is_image {
        Fit::If("the service is one on toes; no table says whether")
    } else {
        Fit::No
    }
}

fn may_have_assistant(kind: Kind, assistant: AssistantAtSurgery) -> bool {
    match assistant {
        AssistantAtSurgery::Payable => true,
        // Tests and injections have the indicator too, and nothing to assist at.
        AssistantAtSurgery::NeedsDocumentation => kind == Kind::Procedure,
        AssistantAtSurgery::NotPayable | AssistantAtSurgery::NotApplicable => false,
    }
}

/// Laboratory tests are paid by a schedule of their own, as are other services that are not a physician's. In three sections
/// of HCPCS Level II the two stand side by side.
fn fit_of_laboratory(code: ProcedureCode, status: StatusCode) -> Fit {
    match code.system() {
        Some(CodeSystem::Pla | CodeSystem::Maaa) => Fit::Yes,
        _ if status != StatusCode::NotPhysicianService => Fit::No,
        Some(CodeSystem::CptCategoryI) => ("80047"..="89398").contains(&code.as_str()).into(),
        Some(CodeSystem::HcpcsLevelII) if code.as_str().starts_with(['G', 'P', 'Q']) && !is_visit(code) => {
            Fit::If("the code is of a laboratory test")
        }
        _ => Fit::No,
    }
}

/// Whether the code is a visit: CPT's evaluation and management section, and its ophthalmological visits.
fn is_visit(code: ProcedureCode) -> bool {
    matches!(code.as_str(), "92002" | "92004" | "92012" | "92014" | "G0463")
        || ("99202"..="99499").contains(&code.as_str())
}
