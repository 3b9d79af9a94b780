//! A practitioner's claim, from the physician fee schedule.

use crate::model::modifier_groups::{
    self, ASSISTANTS, BOTH_SIDES, EXPECTED_DENIALS, FACILITY_STOPPED, FEE_SCHEDULE_ROWS, LEFT, REDUCED, RETURN, RIGHT,
    STOPPED, SURGICAL_ROLES, TEAM,
};
use crate::model::{DateRange, Measure, Modifier, Money, Percent, ProcedureCode, SiteOfService, SiteRate, Units};
use crate::modifier;
use crate::reference::{
    AssistantAtSurgery, Bilateral, CoSurgeon, Component, FeeScheduleRow, InRelease, PolicyIndicators, Reference,
    StatusCode, Table, TeamSurgery,
};

use super::cents::less;
use super::draft::{CARE, Draft};
use super::fee::{Fees, Schedule};
use super::outcome::{ByReport, Condition, NotPaid, Outcome, Unpriced};
use super::sides::{self, Sides};
use super::step::{CO_SURGEON, LIMITING_CHARGE, NON_PARTICIPATING, StepKind};
use super::terms::{Participation, Terms};
use super::{component_reduction, surgery, therapy};

/// Modifiers that reduce payment by rules that this library does not have: imaging equipment, therapy assistants.
const NOT_HELD: [Modifier; 5] = [
    modifier!("CT"),
    modifier!("FX"),
    modifier!("FY"),
    modifier!("CO"),
    modifier!("CQ"),
];

/// Prices the lines.
pub(super) fn price(drafts: &mut [Draft<'_>], reference: &Reference, terms: &Terms) {
    for draft in drafts.iter_mut() {
        if let Err(outcome) = open(draft, reference, terms) {
            draft.settle(outcome);
        }
    }
    let both_sides = sides::join(drafts);
    surgery::rank(drafts, &both_sides, reference, terms);
    component_reduction::reduce(drafts);
    therapy::reduce(drafts);
    settle_injections(drafts);
    for draft in drafts.iter_mut().filter(|draft| draft.is_open()) {
        close(draft, terms);
    }
    compare_with_charges(drafts, &both_sides);
}

/// Finds the row, and applies what concerns the line alone and comes before any comparison: both sides and units.
fn open(draft: &mut Draft<'_>, reference: &Reference, terms: &Terms) -> Result<(), Outcome> {
    let code = draft.line.code.ok_or(Outcome::NotPriced(Unpriced::NoCode))?;
    let whole = reference.fee_schedule(code, Component::Global, draft.line.date(), terms.stale);
    // Also of a line that is refused below: others may or may not be ranked with it.
    draft.policy = whole.found().map(|found| found.row.indicators);
    refuse_modifiers(draft)?;
    let site = draft.line.site.unwrap_or(SiteOfService::OtherPlace);
    let rate = site.rate().ok_or(Outcome::NotPriced(Unpriced::Site(site)))?;
    let schedule = Schedule {
        reference,
        terms,
        date: draft.line.date(),
        rate,
    };
    let found = row(draft, code, &schedule)?;
    refuse_several_releases(draft.line.dates, &found, &schedule)?;
    let policy = found.row.indicators;
    draft.policy = Some(policy);
    check_status(draft, &found.row, rate)?;
    check_role(draft, policy)?;
    check_care(draft, &found.row)?;
    let fees = fees(draft, found, schedule).map_err(Outcome::NotPriced)?;
    draft.fees = Some(fees);
    draft.unit = fees.amount;
    draft.step(StepKind::FeeSchedule(fees.terms), fees.amount);
    apply_sides(draft, policy)?;
    draft.count_units()?;
    check_extent(draft, policy)
}

/// The row's payment at the site. Outside a facility, a row without a non-facility rate has the facility's.
fn fees(draft: &mut Draft<'_>, found: InRelease<FeeScheduleRow>, schedule: Schedule<'_>) -> Result<Fees, Unpriced> {
    if schedule.rate == SiteRate::NonFacility && found.row.indicators.nonfacility_na {
        draft.on_condition(Condition::FacilityRateElsewhere);
        let facility = Schedule {
            rate: SiteRate::Facility,
            ..schedule
        };
        return facility.fees(found);
    }
    schedule.fees(found)
}

fn refuse_modifiers(draft: &Draft<'_>) -> Result<(), Outcome> {
    for exclusive in [&FEE_SCHEDULE_ROWS[..], &CARE, &SURGICAL_ROLES] {
        if let Some((one, other)) = draft.two_of(exclusive) {
            return Err(Outcome::NotPriced(Unpriced::Conflict(one, other)));
        }
    }
    if let Some(modifier) = draft.first_of(&EXPECTED_DENIALS) {
        return Err(Outcome::NotPaid(NotPaid::ExpectedDenial(modifier)));
    }
    if let Some(modifier) = draft.first_of(&FACILITY_STOPPED) {
        return Err(Outcome::NotPriced(Unpriced::OutOfPlace(modifier)));
    }
    match draft.first_of(&NOT_HELD) {
        Some(modifier) => Err(Outcome::NotPriced(Unpriced::Modifier(modifier))),
        None => Ok(()),
    }
}

/// The row of the line's component. A stopped procedure has its own, or that of the whole.
fn row(draft: &Draft<'_>, code: ProcedureCode, schedule: &Schedule<'_>) -> Result<InRelease<FeeScheduleRow>, Outcome> {
    let find = |component| schedule.row(code, component).map_err(Outcome::NotPriced);
    let component = Component::ALL
        .iter()
        .copied()
        .find(|component| component.modifier().is_some_and(|modifier| draft.has(modifier)));
    let component = component.unwrap_or(Component::Global);
    if let Some(found) = find(component)? {
        return Ok(found);
    }
    match (find(Component::Global)?, component) {
        (Some(whole), Component::Discontinued) => Ok(whole),
        (Some(_), _) => Err(Outcome::NotPaid(NotPaid::NoComponent(component))),
        (None, _) => Err(Outcome::NotPriced(Unpriced::NotListed(Table::FeeSchedule))),
    }
}

fn refuse_several_releases(
    days: DateRange,
    found: &InRelease<FeeScheduleRow>,
    schedule: &Schedule<'_>,
) -> Result<(), Outcome> {
    if days.first() == days.last() {
        return Ok(());
    }
    let last = Schedule {
        date: days.last(),
        ..*schedule
    };
    match last.row(found.row.code, found.row.indicators.component) {
        Ok(Some(same)) if same.release == found.release => Ok(()),
        _ => Err(Outcome::NotPriced(Unpriced::SeveralDays)),
    }
}

fn check_status(draft: &mut Draft<'_>, row: &FeeScheduleRow, rate: SiteRate) -> Result<(), Outcome> {
    let policy = row.indicators;
    match policy.status {
        StatusCode::Active => {}
        StatusCode::Restricted => draft.on_condition(Condition::RestrictedCoverage),
        StatusCode::InjectionLike => draft.on_condition(Condition::NothingElseThatDay),
        StatusCode::ContractorPriced => return Err(Outcome::ByReport(ByReport::ContractorPriced)),
        StatusCode::Anesthesia => return Err(Outcome::NotPriced(Unpriced::Anesthesia)),
        status => return Err(Outcome::NotPaid(NotPaid::Status(status))),
    }
    if rate == SiteRate::Facility && policy.facility_na {
        return Err(Outcome::NotPaid(NotPaid::NoFacilityRate));
    }
    let values = &row.values;
    let worth = [
        values.work,
        values.malpractice,
        values.facility_practice_expense,
        values.nonfacility_practice_expense,
    ];
    if worth == [0; 4] {
        return Err(Outcome::ByReport(ByReport::ContractorPriced));
    }
    Ok(())
}

/// Whether two surgeons, a team or an assistant are paid for the code.
fn check_role(draft: &mut Draft<'_>, policy: PolicyIndicators) -> Result<(), Outcome> {
    if draft.has(modifier_groups::CO_SURGEON) {
        match policy.co_surgeon {
            CoSurgeon::Permitted => {}
            CoSurgeon::NeedsDocumentation => draft.on_condition(Condition::CoSurgeonNeedsDocumentation),
            CoSurgeon::NotPermitted | CoSurgeon::NotApplicable => return Err(Outcome::NotPaid(NotPaid::CoSurgeon)),
        }
    }
    if draft.has(TEAM) {
        return Err(match policy.team {
            TeamSurgery::Permitted | TeamSurgery::NeedsDocumentation => Outcome::ByReport(ByReport::Team),
            TeamSurgery::NotPermitted | TeamSurgery::NotApplicable => Outcome::NotPaid(NotPaid::Team),
        });
    }
    if draft.first_of(&ASSISTANTS).is_some() {
        match policy.assistant {
            AssistantAtSurgery::Payable => {}
            AssistantAtSurgery::NeedsDocumentation => draft.on_condition(Condition::AssistantNeedsDocumentation),
            AssistantAtSurgery::NotPayable | AssistantAtSurgery::NotApplicable => {
                return Err(Outcome::NotPaid(NotPaid::Assistant));
            }
        }
    }
    Ok(())
}

/// Which part of the surgical care the line is for, and whether that part is paid separately.
fn check_care(draft: &mut Draft<'_>, row: &FeeScheduleRow) -> Result<(), Outcome> {
    let Some(modifier) = draft.first_of(&CARE) else {
        return Ok(());
    };
    let [before, during, after] = [
        row.values.preoperative,
        row.values.intraoperative,
        row.values.postoperative,
    ]
    .map(u16::from);
    let share = match modifier.as_str() {
        // Codes without shares, such as those of global days 000, are paid in full.
        "78" if during == 0 => return Ok(()),
        "78" => during,
        _ if !row.indicators.global.has_postoperative_days() => return Err(Outcome::NotPaid(NotPaid::NoSplitCare)),
        _ if before + during + after == 0 => return Err(Outcome::ByReport(ByReport::ContractorPriced)),
        "54" => before + during,
        "55" => {
            draft.on_condition(Condition::SharedByDays);
            after
        }
        _ => {
            draft.on_condition(Condition::PreoperativeAlone);
            before
        }
    };
    draft.care = Some((modifier, Percent::whole(share)));
    Ok(())
}

/// Whether the modifier names a site of the body, or says that services of one code were distinct: two units are then not
/// two sides.
fn tells_apart(modifier: Modifier) -> bool {
    let text = modifier.as_str();
    let distinct = matches!(text, "50" | "59" | "76" | "77" | "XE" | "XP" | "XS" | "XU");
    let side_or_artery = matches!(text, "RT" | "LT" | "LC" | "LD" | "LM" | "RC" | "RI");
    let lid_finger_or_toe = matches!(text.as_bytes(), [b'E', b'1'..=b'4'] | [b'F' | b'T', b'A' | b'1'..=b'9']);
    distinct || side_or_artery || lid_finger_or_toe
}

/// Bilateral indicator 1 takes two units of one code for both sides, as it does 50, and RT with LT.
fn are_both_sides(draft: &Draft<'_>, policy: PolicyIndicators) -> bool {
    policy.bilateral == Bilateral::Conditional
        && draft.line.measure == Measure::Units
        && Some(draft.line.units) == Units::whole(2)
        && !draft.line.modifiers.iter().any(tells_apart)
}

fn apply_sides(draft: &mut Draft<'_>, policy: PolicyIndicators) -> Result<(), Outcome> {
    let sides = draft.has(RIGHT) && draft.has(LEFT);
    let by_units = are_both_sides(draft, policy);
    if !draft.has(BOTH_SIDES) && !sides && !by_units {
        return Ok(());
    }
    if sides && draft.line.units != Units::ONE {
        // One unit a side, or several of both sides.
        return Err(Outcome::NotPriced(Unpriced::Modifier(LEFT)));
    }
    if draft.has(RETURN) {
        return Err(Outcome::NotPriced(Unpriced::Modifier(RETURN)));
    }
    let share = match policy.bilateral {
        Bilateral::Conditional => Percent::whole(150),
        Bilateral::Independent => Percent::whole(200),
        Bilateral::NotAppropriate | Bilateral::Inherent | Bilateral::NotApplicable => Percent::ALL,
    };
    draft.sides = share;
    draft.unit = share.of(draft.unit);
    if by_units {
        draft.units = Units::ONE;
        draft.step(StepKind::TwoUnits(share), draft.unit);
    } else {
        draft.step(StepKind::BothSides(share), draft.unit);
    }
    Ok(())
}

/// Services reduced or stopped are priced by report, after the amount of the whole is known.
fn check_extent(draft: &mut Draft<'_>, policy: PolicyIndicators) -> Result<(), Outcome> {
    if draft.has(modifier!("22")) {
        draft.on_condition(Condition::UnusualWork);
    }
    if draft.has(REDUCED) {
        return Err(Outcome::ByReport(ByReport::Reduced));
    }
    if draft.has(STOPPED) && policy.component != Component::Discontinued {
        return Err(Outcome::ByReport(ByReport::Stopped));
    }
    Ok(())
}

/// Status T is paid only where nothing else of the provider's day is.
fn settle_injections(drafts: &mut [Draft<'_>]) {
    let is_injection = |draft: &Draft<'_>| {
        draft
            .policy
            .is_some_and(|policy| policy.status == StatusCode::InjectionLike)
    };
    for at in 0..drafts.len() {
        let Some(draft) = drafts.get(at).filter(|draft| draft.is_open() && is_injection(draft)) else {
            continue;
        };
        let others = drafts
            .iter()
            .filter(|other| !is_injection(other) && draft.shares_session(other));
        let (mut paid, mut unknown) = (None, None);
        for other in others {
            let earliest = match other.outcome() {
                None | Some(Outcome::ByReport(_) | Outcome::Amount(_)) => &mut paid,
                Some(Outcome::NotPriced(Unpriced::NotListed(_)) | Outcome::NotPaid(_)) => continue,
                Some(Outcome::NotPriced(_)) => &mut unknown,
            };
            let line = other.line.number;
            *earliest = Some(earliest.map_or(line, |known: u32| known.min(line)));
        }
        let outcome = paid
            .map(|line| Outcome::NotPaid(NotPaid::BesideOther { line }))
            .or(unknown.map(|line| Outcome::NotPriced(Unpriced::OtherLine { line })));
        if let (Some(outcome), Some(draft)) = (outcome, drafts.get_mut(at)) {
            draft.settle(outcome);
        }
    }
}

/// What comes after the comparisons: the cap, the part of the care, the role, participation.
fn close(draft: &mut Draft<'_>, terms: &Terms) {
    apply_cap(draft);
    if let Some((modifier, share)) = draft.care {
        draft.step(StepKind::Care { modifier, share }, share.of(draft.amount));
    }
    apply_role(draft);
    if terms.participation == Participation::NonParticipating {
        draft.step(StepKind::NonParticipating, NON_PARTICIPATING.of(draft.amount));
        draft.limit_charge(LIMITING_CHARGE.of(draft.amount));
    }
}

/// The lower of amount and charge of each line; of both sides on two lines, that of both together.
fn compare_with_charges(drafts: &mut [Draft<'_>], both_sides: &[Sides]) {
    let above: Vec<Money> = drafts.iter().map(Draft::above_charge).collect();
    for draft in drafts.iter_mut().filter(|draft| draft.is_open()) {
        draft.compare_with_charge();
    }
    for sides in both_sides {
        sides.share_charges(drafts, &above);
    }
}

fn apply_cap(draft: &mut Draft<'_>) {
    let Some(technical) = draft.fees.and_then(|fees| fees.technical) else {
        return;
    };
    let Some(cap) = technical.cap else { return };
    let paid = draft.technical.unwrap_or(draft.sides.of(technical.amount));
    let off = draft.for_units(less(paid, draft.sides.of(cap)));
    draft.take_off(off, |less| StepKind::OppsCap { less });
}

/// What a physician who assists at surgery is paid of the surgeon's amount.
const ASSISTANT: Percent = Percent::whole(16);
/// What another practitioner who assists is paid of the surgeon's amount: 85 percent of a physician's share.
const NON_PHYSICIAN_ASSISTANT: Percent = Percent::from_hundredths(1_360);

fn apply_role(draft: &mut Draft<'_>) {
    if draft.has(modifier_groups::CO_SURGEON) {
        draft.step(StepKind::CoSurgeon, CO_SURGEON.of(draft.amount));
    }
    let Some(modifier) = draft.first_of(&ASSISTANTS) else {
        return;
    };
    let share = if modifier == modifier_groups::NON_PHYSICIAN_ASSISTANT {
        NON_PHYSICIAN_ASSISTANT
    } else {
        ASSISTANT
    };
    draft.step(StepKind::Assistant { modifier, share }, share.of(draft.amount));
}
