//! The modifiers that advice is about, in the order they stand on a line, in our own words.
//!
//! Sources of the order: CMS contractors (pricing modifiers first, 26 and TC before the others, information last). A
//! modifier that is not here is no part of advice: another line here, and the [`Concern`] that says of which codes it
//! speaks, is all it takes.

use crate::model::Modifier;
use crate::modifier;

use super::concern::Concern;

/// A modifier and what there is to know before it is used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) modifier: Modifier,
    pub(super) meaning: &'static str,
    pub(super) when: &'static str,
    pub(super) record: &'static str,
    /// Which codes the modifier speaks of.
    pub(super) concern: Concern,
    /// What Medicare does with the line, where the prices do not hold it.
    pub(super) pays: Option<&'static str>,
}

macro_rules! entries {
    (@pays) => { None };
    (@pays $pays:literal) => { Some($pays) };
    ($($modifier:literal $concern:ident: $meaning:literal; $when:literal; $record:literal $(; pays $pays:literal)?)+) => {
        &[$(Entry {
            modifier: modifier!($modifier),
            meaning: $meaning,
            when: $when,
            record: $record,
            concern: Concern::$concern,
            pays: entries!(@pays $($pays)?),
        }),+]
    };
}

#[rustfmt::skip]
pub(super) const CATALOGUE: &[Entry] = entries! {
    "26" ProfessionalComponent: "professional component"; "the practitioner interprets, the facility or another provider supplies the test"; "a signed, written interpretation"
    "TC" TechnicalComponent: "technical component"; "equipment and staff are supplied, the interpretation is another's"; "who owned the equipment and who interprets"
    "AA" Anaesthetist: "anaesthesia by an anaesthesiologist in person"; "the anaesthesiologist stays with this one case and directs no other"; "that one physician was there throughout, with the times"
    "AD" Anaesthetist: "supervision of more than four cases at once"; "more than four anaesthesia services under one physician overlap"; "the cases that overlapped, with their times"
    "QK" Anaesthetist: "direction of two, three or four cases at once"; "two to four anaesthesia services overlap, and the physician directs the qualified persons who give them"; "the physician's own part in each case, with the times"
    "QX" Anaesthetist: "given under a physician's direction"; "the line of the nurse anaesthetist, or anaesthesiologist's assistant, who gave it while a physician directed"; "who gave it and who directed, with the times"
    "QY" Anaesthetist: "direction of one nurse anaesthetist"; "the line of the physician who directs a single case"; "the physician's own part in the case, with the times"
    "QZ" Anaesthetist: "nurse anaesthetist without a physician's direction"; "the nurse anaesthetist gave it, and no physician directed"; "who gave it, with the times"
    "50" BothSides: "both sides in one session"; "the same procedure on the right and on the left: one line, one unit"; "each side named, with what was done there"
    "22" Procedure: "substantially more work than usual"; "the work far exceeds what the code usually takes"; "the operative report, what was unusual and how much longer it took"
    "52" ProcedureOrTest: "reduced service"; "part of the service was left out by choice"; "what was left out and why"
    "53" ProcedureTestOrAnaesthesia: "procedure stopped"; "the practitioner stops a procedure already begun, for the patient's safety"; "how far it went and why it was stopped"
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
    "73" Facility: "stopped before anaesthesia, the facility's part"; "the patient was in the room, and no anaesthesia had begun"; "why it was stopped, and when"
    "74" Facility: "stopped after anaesthesia, the facility's part"; "anaesthesia or the procedure had begun"; "how far it went and why it was stopped"
    "24" Visit: "unrelated visit in a post-operative period"; "the visit is for something other than the procedure"; "the diagnosis that the visit was for"
    "25" Visit: "significant, separate visit on the day of a procedure"; "the visit goes beyond what the procedure itself includes"; "history, examination and decisions of the visit apart from the procedure's"
    "57" Visit: "the visit at which major surgery was decided"; "the day of a procedure with 90 global days, or the day before"; "the decision, at that visit"
    "51" Ranked: "several procedures in one session"; "payers that ask for it; Medicare's contractors rank by themselves"; "each procedure"
    "58" Procedure: "staged or related, planned"; "planned at the first procedure, or more extensive than it, within its post-operative period"; "the plan, written before"
    "XE" Distinct: "a separate encounter"; "the other service of the day was at another encounter"; "both encounters, with their times"
    "XS" Distinct: "a separate structure"; "the other service of the day was on another organ or structure"; "both structures, named"
    "XP" Distinct: "a separate practitioner"; "the other service of the day was another practitioner's"; "who did which"
    "XU" Distinct: "no part of the other service"; "nothing that the other service of the day usually comprises is billed again, and no other of the X modifiers says why"; "what was done apart from the other service, and why"
    "59" Distinct: "a distinct service"; "another session, site, organ, incision, lesion or injury than the other service of the day, where no X modifier says it more closely"; "what sets the two apart: each session or site, named"
    "76" Repeatable: "repeated by the same practitioner"; "the same service again on the day"; "why it was repeated, and the times"
    "77" Repeatable: "repeated by another practitioner"; "the same service again on the day, by someone else"; "why it was repeated, and by whom"
    "79" Procedure: "unrelated procedure in a post-operative period"; "the procedure is for something else than the first"; "the diagnosis that it was for"
    "91" Laboratory: "laboratory test repeated"; "the same test again on the day for another result that the treatment needs; not to confirm one, nor because of a fault"; "the order of each, the times and the results"
    "27" Facility: "several visits to the hospital's outpatient departments on one day"; "each visit is a separate one"; "each visit, with its time"
    "PO" Facility: "excepted off-campus department of a hospital"; "the department keeps the hospital's outpatient rates"; "the department and its standing"
    "PN" Facility: "non-excepted off-campus department of a hospital"; "the department is paid at the reduced rate"; "the department and its standing"
    "ER" Facility: "off-campus emergency department of a hospital"; "the service was given there"; "the department and its standing"
    "CA" Facility: "inpatient procedure on an outpatient who died or was transferred"; "an emergency, before admission"; "the emergency, and the death or the transfer"
    "23" Anaesthesia: "general anaesthesia where it is unusual"; "the procedure usually takes local anaesthesia or none, and could not be done so"; "what made it necessary"
    "QS" Anaesthesia: "monitored anaesthesia care"; "the patient is sedated and watched over by someone ready to go over to general anaesthesia"; "why it was needed, and the times"
    "G8" Anaesthesia: "monitored anaesthesia care, deep or complex operation"; "instead of QS, where the operation is deep, complex or markedly invasive"; "the operation, and why the care was needed"
    "G9" Anaesthesia: "monitored anaesthesia care, severe heart or lung disease"; "instead of QS, where the patient has had severe disease of heart and lungs"; "the disease, and why the care was needed"
    "P1" PhysicalStatus: "a healthy patient"; "information for payers that want the patient's state"; "the state, judged before anaesthesia"
    "P2" PhysicalStatus: "mild disease of the whole body"; "information for payers that want the patient's state"; "the state, judged before anaesthesia"
    "P3" PhysicalStatus: "severe disease of the whole body"; "information for payers that want the patient's state"; "the state, judged before anaesthesia"
    "P4" PhysicalStatus: "severe disease that always threatens life"; "information for payers that want the patient's state"; "the state, judged before anaesthesia"
    "P5" PhysicalStatus: "not expected to live without the operation"; "information for payers that want the patient's state"; "the state, judged before anaesthesia"
    "P6" PhysicalStatus: "brain-dead donor of organs"; "information for payers that want the patient's state"; "the state, judged before anaesthesia"
    "LT" OneSide: "left side"; "done on that side"; "the side"
    "RT" OneSide: "right side"; "done on that side"; "the side"
    "TA" Toe: "left great toe"; "done on that toe"; "the toe"
    "T1" Toe: "left second toe"; "done on that toe"; "the toe"
    "T2" Toe: "left third toe"; "done on that toe"; "the toe"
    "T3" Toe: "left fourth toe"; "done on that toe"; "the toe"
    "T4" Toe: "left fifth toe"; "done on that toe"; "the toe"
    "T5" Toe: "right great toe"; "done on that toe"; "the toe"
    "T6" Toe: "right second toe"; "done on that toe"; "the toe"
    "T7" Toe: "right third toe"; "done on that toe"; "the toe"
    "T8" Toe: "right fourth toe"; "done on that toe"; "the toe"
    "T9" Toe: "right fifth toe"; "done on that toe"; "the toe"
    "GA" Notice: "notice of liability on file, as required"; "a denial as not medically necessary is expected, and the patient has signed that it would then be theirs to pay"; "the notice, signed before the service"
    "GX" Notice: "notice of liability given, though not required"; "Medicare never covers the service, and the patient was told in writing"; "the notice"; pays "denied as never covered, with the notice as without it (UNVERIFIED)"
    "GY" Notice: "no benefit of Medicare's"; "the statute excludes the service, and the denial is wanted, for the patient or another insurer"; "why the service is none that Medicare covers"
    "GZ" Notice: "denial expected, no notice on file"; "a denial as not medically necessary is expected, and the patient signed nothing"; "why the service was given all the same"
    "KX" Requirements: "what a policy asks is met"; "the policy asks for the modifier: a coverage policy, or therapy above the year's threshold"; "what the policy asks, point by point"
};
