//! Modifiers that rules, facts, advice and prices name together: each by its name, each group once.
//!
//! ```
//! use cleanclaim::model::modifier_groups::{ASSISTANTS, BOTH_SIDES, PRACTITIONERS};
//! use cleanclaim::modifier;
//!
//! assert_eq!(BOTH_SIDES, modifier!("50"));
//! assert!(ASSISTANTS.iter().all(|assistant| PRACTITIONERS.contains(assistant)));
//! ```

use super::{Modifier, Modifiers};
use crate::modifier;

/// 26: the professional component.
pub const PROFESSIONAL: Modifier = modifier!("26");
/// TC: the technical component.
pub const TECHNICAL: Modifier = modifier!("TC");
/// 50: both sides.
pub const BOTH_SIDES: Modifier = modifier!("50");
/// RT: the right side.
pub const RIGHT: Modifier = modifier!("RT");
/// LT: the left side.
pub const LEFT: Modifier = modifier!("LT");
/// 52: a reduced service.
pub const REDUCED: Modifier = modifier!("52");
/// 53: a practitioner stopped the procedure.
pub const STOPPED: Modifier = modifier!("53");
/// 73: a facility's procedure was stopped before anaesthesia.
pub const STOPPED_BEFORE_ANAESTHESIA: Modifier = modifier!("73");
/// 74: a facility's procedure was stopped after anaesthesia.
pub const STOPPED_AFTER_ANAESTHESIA: Modifier = modifier!("74");
/// 62: two surgeons.
pub const CO_SURGEON: Modifier = modifier!("62");
/// 66: a surgical team.
pub const TEAM: Modifier = modifier!("66");
/// AS: an assistant at surgery who is no physician.
pub const NON_PHYSICIAN_ASSISTANT: Modifier = modifier!("AS");
/// 78: an unplanned return to the operating room for a related procedure.
pub const RETURN: Modifier = modifier!("78");
/// 25: a significant, separate visit on the day of a procedure.
pub const SEPARATE_VISIT: Modifier = modifier!("25");
/// CA: an inpatient procedure on an outpatient who died, or was transferred, before the admission.
pub const INPATIENT_EMERGENCY: Modifier = modifier!("CA");

/// The components of a test: professional and technical.
pub const COMPONENTS: [Modifier; 2] = [PROFESSIONAL, TECHNICAL];

/// The modifiers for which the fee schedule may have a row of its own.
pub const FEE_SCHEDULE_ROWS: [Modifier; 3] = [PROFESSIONAL, TECHNICAL, STOPPED];

/// One side each.
pub const SIDES: [Modifier; 2] = [RIGHT, LEFT];

/// Parts of the care of one operation: the operation, the care after it, the care before it.
pub const SPLIT_CARE: [Modifier; 3] = [modifier!("54"), modifier!("55"), modifier!("56")];

/// An assistant at surgery: a physician (80), at a minimum (81), because no resident was there (82), or another
/// practitioner (AS).
pub const ASSISTANTS: [Modifier; 4] = [
    modifier!("80"),
    modifier!("81"),
    modifier!("82"),
    NON_PHYSICIAN_ASSISTANT,
];

/// Who operated beside the surgeon, or with whom: two surgeons, a team, an assistant.
pub const SURGICAL_ROLES: [Modifier; 6] = join(&[&[CO_SURGEON, TEAM], &ASSISTANTS]);

/// A facility's procedure that was stopped.
pub const FACILITY_STOPPED: [Modifier; 2] = [STOPPED_BEFORE_ANAESTHESIA, STOPPED_AFTER_ANAESTHESIA];

/// A department away from the hospital's campus: excepted (PO), not excepted (PN), for emergencies (ER).
pub const OFF_CAMPUS: [Modifier; 3] = [modifier!("PO"), modifier!("PN"), modifier!("ER")];

/// The same service again on the day: by the same practitioner (76), by another (77).
pub const REPEATED: [Modifier; 2] = [modifier!("76"), modifier!("77")];

/// A procedure within the global period of another: staged (58), a return to the operating room (78), unrelated (79).
pub const IN_GLOBAL_PERIOD: [Modifier; 3] = [modifier!("58"), RETURN, modifier!("79")];

/// A service distinct from another of the day: 59 and its four narrower forms.
pub const DISTINCT: [Modifier; 5] = [
    modifier!("59"),
    modifier!("XE"),
    modifier!("XP"),
    modifier!("XS"),
    modifier!("XU"),
];

/// A visit that is no part of a procedure's payment.
pub const VISITS: [Modifier; 3] = [modifier!("24"), SEPARATE_VISIT, modifier!("57")];

/// Who plans therapy: speech and language (GN), occupational (GO), physical (GP).
pub const THERAPY_DISCIPLINES: [Modifier; 3] = [modifier!("GN"), modifier!("GO"), modifier!("GP")];

/// Who gave or directed anaesthesia.
pub const ANAESTHESIA_PROVIDERS: [Modifier; 6] = [
    modifier!("AA"),
    modifier!("AD"),
    modifier!("QK"),
    modifier!("QX"),
    modifier!("QY"),
    modifier!("QZ"),
];

/// How ill the patient under anaesthesia is.
pub const PHYSICAL_STATUS: [Modifier; 6] = [
    modifier!("P1"),
    modifier!("P2"),
    modifier!("P3"),
    modifier!("P4"),
    modifier!("P5"),
    modifier!("P6"),
];

/// The left side of an eyelid, a finger or a toe: E1 and E2, FA to F4, TA to T4.
pub const LEFT_PARTS: [Modifier; 12] = [
    modifier!("E1"),
    modifier!("E2"),
    modifier!("FA"),
    modifier!("F1"),
    modifier!("F2"),
    modifier!("F3"),
    modifier!("F4"),
    modifier!("TA"),
    modifier!("T1"),
    modifier!("T2"),
    modifier!("T3"),
    modifier!("T4"),
];

/// The right side of an eyelid, a finger or a toe: E3 and E4, F5 to F9, T5 to T9.
pub const RIGHT_PARTS: [Modifier; 12] = [
    modifier!("E3"),
    modifier!("E4"),
    modifier!("F5"),
    modifier!("F6"),
    modifier!("F7"),
    modifier!("F8"),
    modifier!("F9"),
    modifier!("T5"),
    modifier!("T6"),
    modifier!("T7"),
    modifier!("T8"),
    modifier!("T9"),
];

/// The sender says that the line will not be paid.
pub const EXPECTED_DENIALS: [Modifier; 2] = [modifier!("GY"), modifier!("GZ")];

/// What only a practitioner's line says: reading a test, stopping by 53, parts of the care, operating with others,
/// assisting.
pub const PRACTITIONERS: [Modifier; 11] = join(&[&[PROFESSIONAL, STOPPED], &SPLIT_CARE, &SURGICAL_ROLES]);

/// The one side that modifiers name; `None` where they name none or both.
///
/// ```
/// use cleanclaim::model::modifier_groups::{LEFT, one_side};
///
/// assert_eq!(one_side("59-LT".parse()?), Some(LEFT));
/// assert_eq!(one_side("RT-LT".parse()?), None);
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[must_use]
pub fn one_side(modifiers: Modifiers) -> Option<Modifier> {
    match (modifiers.contains(RIGHT), modifiers.contains(LEFT)) {
        (true, false) => Some(RIGHT),
        (false, true) => Some(LEFT),
        _ => None,
    }
}

/// Several groups in one. `N` is the sum of their lengths: another number does not compile.
pub(crate) const fn join<const N: usize>(groups: &[&[Modifier]]) -> [Modifier; N] {
    let mut all = [BOTH_SIDES; N];
    let mut slots: &mut [Modifier] = &mut all;
    let mut groups = groups;
    let mut count = 0;
    while let [group, more_groups @ ..] = groups {
        let mut group: &[Modifier] = group;
        while let [modifier, others @ ..] = group {
            if let [slot, free @ ..] = slots {
                *slot = *modifier;
                slots = free;
            } else {
                slots = &mut [];
            }
            count += 1;
            group = others;
        }
        groups = more_groups;
    }
    assert!(count == N, "the length of the group is the sum of its parts");
    all
}
