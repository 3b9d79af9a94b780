//! The modifiers that advice is about, in the order they stand on a line, in our own words.
//!
//! Sources of the order: CMS contractors (pricing modifiers first, 26 and TC before the others). Modifiers that only say
//! that two services were distinct (59, XE, XS, XP, XU) are left out on purpose: a pair is no reason to add one.

use crate::model::{Modifier, ProcedureCode};
use crate::modifier;
use crate::reference::{
    AssistantAtSurgery, Bilateral, CoSurgeon, GlobalPeriod, MultipleProcedure, PcTc, PolicyIndicators, TeamSurgery,
};

/// A modifier and what there is to know before it is used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) modifier: Modifier,
    pub(super) meaning: &'static str,
    pub(super) when: &'static str,
    pub(super) record: &'static str,
    /// Which codes the modifier speaks of.
    pub(super) concern: Concern,
}

/// Which codes a modifier speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Concern {
    /// Codes with a professional component.
    ProfessionalComponent,
    /// Codes with a technical component.
    TechnicalComponent,
    /// Codes that can be done on either side.
    Sides,
    /// Procedures.
    Procedure,
    /// Procedures that are ranked with others.
    Ranked,
    /// Procedures with a period of 10 or 90 days.
    SplitCare,
    /// Procedures of which two surgeons may be paid.
    CoSurgeon,
    /// Procedures of which a team may be paid.
    Team,
    /// Procedures of which an assistant may be paid.
    Assistant,
    /// Procedures and tests.
    ProcedureOrTest,
    /// The same, which may be repeated.
    Repeatable,
    /// Visits.
    Visit,
}

macro_rules! entries {
    ($($modifier:literal $concern:ident: $meaning:literal; $when:literal; $record:literal)+) => {
        &[$(Entry {
            modifier: modifier!($modifier),
            meaning: $meaning,
            when: $when,
            record: $record,
            concern: Concern::$concern,
        }),+]
    };
}

#[rustfmt::skip]
pub(super) const CATALOGUE: &[Entry] = entries! {
    "26" ProfessionalComponent: "professional component"; "the practitioner interprets, the facility or another provider supplies the test"; "a signed, written interpretation"
    "TC" TechnicalComponent: "technical component"; "equipment and staff are supplied, the interpretation is another's"; "who owned the equipment and who interprets"
    "50" Sides: "both sides in one session"; "the same procedure on the right and on the left: one line, one unit"; "each side named, with what was done there"
    "22" Procedure: "substantially more work than usual"; "the work far exceeds what the code usually takes"; "the operative report, what was unusual and how much longer it took"
    "52" ProcedureOrTest: "reduced service"; "part of the service was left out by choice"; "what was left out and why"
    "53" ProcedureOrTest: "procedure stopped"; "the practitioner stops a procedure already begun, for the patient's safety"; "how far it went and why it was stopped"
    "54" SplitCare: "the operation only"; "another provider takes over the care afterwards"; "the transfer of care, dated"
    "55" SplitCare: "care after the operation only"; "the care was taken over from the surgeon"; "the transfer of care, with the dates of the care given"
    "56" SplitCare: "care before the operation only"; "another provider operates"; "the transfer of care"
    "62" CoSurgeon: "two surgeons"; "two surgeons, as a rule of different specialties, do distinct parts of one procedure"; "an operative report of each"
    "66" Team: "surgical team"; "a procedure so complex that it takes several surgeons together"; "the role of each and why the team was needed"
    "78" Procedure: "unplanned return to the operating room, related"; "a complication is treated in the operating room within the post-operative period of the first procedure"; "the complication and its relation to the first procedure"
    "80" Assistant: "assistant at surgery, a physician"; "a physician assists through the procedure"; "what the assistant did; with indicator 0, why one was necessary"
    "81" Assistant: "minimum assistant at surgery"; "a physician assists for part of the procedure"; "what the assistant did; with indicator 0, why one was necessary"
    "82" Assistant: "assistant at surgery, no resident available"; "in a teaching hospital without a qualified resident"; "that no qualified resident was available"
    "AS" Assistant: "assistant at surgery, no physician"; "a physician assistant, nurse practitioner or clinical nurse specialist assists"; "what the assistant did; with indicator 0, why one was necessary"
    "24" Visit: "unrelated visit in a post-operative period"; "the visit is for something other than the procedure"; "the diagnosis that the visit was for"
    "25" Visit: "significant, separate visit on the day of a procedure"; "the visit goes beyond what the procedure itself includes"; "history, examination and decisions of the visit apart from the procedure's"
    "57" Visit: "the visit at which major surgery was decided"; "the day of a procedure with 90 global days, or the day before"; "the decision, at that visit"
    "51" Ranked: "several procedures in one session"; "payers that ask for it; Medicare's contractors rank by themselves"; "each procedure"
    "58" Procedure: "staged or related, planned"; "planned at the first procedure, or more extensive than it, within its post-operative period"; "the plan, written before"
    "76" Repeatable: "repeated by the same practitioner"; "the same service again on the day"; "why it was repeated, and the times"
    "77" Repeatable: "repeated by another practitioner"; "the same service again on the day, by someone else"; "why it was repeated, and by whom"
    "79" Procedure: "unrelated procedure in a post-operative period"; "the procedure is for something else than the first"; "the diagnosis that it was for"
    "LT" Sides: "left side"; "done on the left"; "the side"
    "RT" Sides: "right side"; "done on the right"; "the side"
};

impl Concern {
    /// Whether the modifier speaks of such a code at all. Whether it may stand there is for the rules to say.
    pub(super) fn is_about(self, code: ProcedureCode, policy: &PolicyIndicators) -> bool {
        let procedure = policy.global.is_procedure() || policy.global == GlobalPeriod::Maternity;
        match self {
            Self::ProfessionalComponent => {
                matches!(policy.pc_tc, PcTc::BothComponents | PcTc::LaboratoryInterpretation)
            }
            Self::TechnicalComponent => policy.pc_tc == PcTc::BothComponents,
            Self::Sides => matches!(policy.bilateral, Bilateral::Conditional | Bilateral::Independent),
            Self::Procedure => procedure || policy.global == GlobalPeriod::ByContractor,
            Self::Ranked => matches!(
                policy.multiple,
                MultipleProcedure::Before1995 | MultipleProcedure::Standard | MultipleProcedure::Endoscopy
            ),
            Self::SplitCare => policy.global.has_postoperative_days(),
            Self::CoSurgeon => matches!(policy.co_surgeon, CoSurgeon::NeedsDocumentation | CoSurgeon::Permitted),
            Self::Team => matches!(policy.team, TeamSurgery::NeedsDocumentation | TeamSurgery::Permitted),
            Self::Assistant => match policy.assistant {
                AssistantAtSurgery::Payable => true,
                // Tests and injections have the indicator too, and nothing to assist at.
                AssistantAtSurgery::NeedsDocumentation => procedure,
                AssistantAtSurgery::NotPayable | AssistantAtSurgery::NotApplicable => false,
            },
            Self::ProcedureOrTest | Self::Repeatable => procedure || policy.pc_tc == PcTc::BothComponents,
            Self::Visit => is_visit(code),
        }
    }

    /// What such codes are, for a modifier that speaks of others.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::ProfessionalComponent => "codes with a professional component",
            Self::TechnicalComponent => "codes with a technical component",
            Self::Sides => "codes paid for a second side",
            Self::Procedure => "procedures",
            Self::Ranked => "procedures that are ranked with others",
            Self::SplitCare => "procedures with 10 or 90 global days",
            Self::CoSurgeon => "procedures paid to two surgeons",
            Self::Team => "procedures paid to a team",
            Self::Assistant => "procedures paid to an assistant",
            Self::ProcedureOrTest | Self::Repeatable => "procedures and tests",
            Self::Visit => "visits",
        }
    }
}

/// Whether the code is a visit: CPT's evaluation and management section, and its ophthalmological visits.
fn is_visit(code: ProcedureCode) -> bool {
    matches!(code.as_str(), "92002" | "92004" | "92012" | "92014" | "G0463")
        || ("99202"..="99499").contains(&code.as_str())
}
