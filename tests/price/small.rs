//! A small fee schedule: endoscopies, imaging, therapy, surgeons, an index.

use std::sync::LazyLock;

use cleanclaim::model::DateRange;
use cleanclaim::price::{ByReport, Condition, NotPaid, Outcome, Terms, Unpriced};
use cleanclaim::reference::{
    AscEntry, AscRow, FeeScheduleRow, FeeValues, GpciRow, Locality, PolicyIndicators, Reference, ReferenceBuilder,
    Release, Rows, Table,
};

use super::{amount, outcomes, priced};

/// Rows of the fee schedule with the values published for October 2025, and an index.
pub(super) static SMALL: LazyLock<Reference> = LazyLock::new(|| {
    let period: DateRange = "2025-10-01..2025-12-31".parse().unwrap();
    let mut builder = ReferenceBuilder::new();
    let rows = ROWS.lines().filter(|line| !line.is_empty()).map(row).collect();
    builder
        .add(
            Release::new(Table::FeeSchedule, "2025D", period, "a test"),
            Rows::FeeSchedule(rows),
        )
        .unwrap();
    let gpci = GpciRow {
        locality: Locality::new(2_102, 1).unwrap(),
        state: "AK".into(),
        name: "ALASKA".into(),
        work: 1_500,
        work_without_floor: None,
        practice_expense: 1_081,
        malpractice: 592,
    };
    builder
        .add(
            Release::new(Table::Gpci, "2025", period, "a test"),
            Rows::Gpci(vec![gpci]),
        )
        .unwrap();
    let rows = ASC_ROWS.lines().filter(|line| !line.is_empty()).map(asc_row).collect();
    builder
        .add(
            Release::new(Table::Asc, "2025-10-01", period, "a test"),
            Rows::Asc(rows),
        )
        .unwrap();
    builder.build().unwrap()
});

/// code, component, PC/TC, multiple, bilateral, work, practice expense, malpractice, base, expense and malpractice of the cap
const ROWS: &str = "
45378 - 0 2 0 3.26 6.72 0.40 - 0.00 0.00
45378 53 0 2 0 1.63 3.35 0.20 - 0.00 0.00
45380 - 0 3 0 3.56 9.18 0.42 45378 0.00 0.00
45385 - 0 3 0 4.57 8.66 0.53 45378 0.00 0.00
49505 - 0 2 1 7.96 6.00 1.90 - 0.00 0.00
29870 - 0 2 1 5.19 6.56 1.01 - 0.00 0.00
29877 - 0 3 1 8.30 9.12 1.64 29870 0.00 0.00
29881 - 0 3 1 7.03 8.22 1.39 29870 0.00 0.00
70450 - 1 4 0 0.85 2.36 0.05 - 3.48 0.06
70450 26 1 4 0 0.85 0.30 0.04 - 0.00 0.00
70450 TC 1 4 0 0.00 2.06 0.01 - 3.18 0.02
70460 - 1 4 0 1.13 3.36 0.07 - 1.00 0.07
70460 26 1 4 0 1.13 0.40 0.06 - 0.00 0.00
70460 TC 1 4 0 0.00 2.96 0.01 - 0.60 0.01
93306 - 1 6 0 1.46 4.35 0.08 - 0.00 0.00
93306 26 1 6 0 1.46 0.51 0.05 - 0.00 0.00
93306 TC 1 6 0 0.00 3.84 0.03 - 0.00 0.00
93970 - 1 6 2 0.70 4.82 0.09 - 0.00 0.00
93970 26 1 6 2 0.70 0.21 0.06 - 0.00 0.00
93970 TC 1 6 2 0.00 4.61 0.03 - 0.00 0.00
93000 - 4 6 0 0.17 0.23 0.02 - 0.00 0.00
76510 - 1 7 3 0.70 1.31 0.02 - 4.38 0.06
76510 26 1 7 3 0.70 0.44 0.01 - 0.00 0.00
76510 TC 1 7 3 0.00 0.87 0.01 - 3.94 0.05
76511 - 1 7 3 0.64 1.03 0.02 - 3.64 0.06
76511 26 1 7 3 0.64 0.40 0.01 - 0.00 0.00
76511 TC 1 7 3 0.00 0.63 0.01 - 3.24 0.05
97110 - 7 5 0 0.45 0.42 0.01 - 0.00 0.00
97140 - 7 5 0 0.43 0.39 0.01 - 0.00 0.00
96372 - 0 0 0 0.17 0.23 0.01 - 0.00 0.00
99213 - 0 0 0 1.30 1.33 0.10 - 0.00 0.00";

/// addendum, code, discounting, indicator, rate
const ASC_ROWS: &str = "
AA 49505 Y A2 100.00
AA 45385 Y A2 100.00
AA 45380 Y A2 80.00
AA 45378 N J7 -
AA 64632 N G2 40.00
BB 70450 - Z2 60.00
BB 76942 - N1 -
BB 90393 - K5 -
BB D0120 - D1 -
BB J1030 - D5 -
BB C9248 - D5 2.88
BB C9101 - N1 1.30";

fn asc_row(line: &str) -> AscRow {
    let words: Vec<&str> = line.split_whitespace().collect();
    let mut entry = AscEntry::new(words[0].parse().unwrap());
    entry.multiple_procedure_discount = (words[2] != "-").then_some(words[2] == "Y");
    entry.payment_indicator = words[3].as_bytes().try_into().unwrap();
    entry.rate = words[4].parse().ok();
    AscRow {
        code: words[1].parse().unwrap(),
        entry,
    }
}

fn row(line: &str) -> FeeScheduleRow {
    let words: Vec<&str> = line.split_whitespace().collect();
    let hundredths = |at: usize| words[at].replace('.', "").parse::<u32>().unwrap();
    let mut indicators = PolicyIndicators::plain();
    indicators.component = words[1].replace('-', "").parse().unwrap();
    indicators.pc_tc = words[2].parse().unwrap();
    indicators.multiple = words[3].parse().unwrap();
    indicators.bilateral = words[4].parse().unwrap();
    if words[0] == "96372" {
        indicators.status = "T".parse().unwrap();
    }
    if words[0] == "49505" {
        indicators.global = "090".parse().unwrap();
        indicators.co_surgeon = "2".parse().unwrap();
        indicators.team = "2".parse().unwrap();
    }
    let mut values = FeeValues::default();
    values.work = hundredths(5);
    values.nonfacility_practice_expense = hundredths(6);
    values.facility_practice_expense = hundredths(6);
    values.malpractice = hundredths(7);
    values.endoscopic_base = words[8].parse().ok();
    values.opps_nonfacility_practice_expense = hundredths(9);
    values.opps_malpractice = hundredths(10);
    values.conversion_factor = 323_465;
    FeeScheduleRow {
        code: words[0].parse().unwrap(),
        indicators,
        values,
    }
}

fn small(lines: &str) -> Vec<Outcome> {
    outcomes(&priced(&SMALL, &format!("2025-10-06 {lines}"), &Terms::national()))
}

/// Fees: 45378 335.76, 45380 425.68, 45385 445.09, 49505 513.02.
#[test]
fn endoscopies_of_one_family_are_paid_above_their_base() {
    // The highest in full, the other less the base.
    assert_eq!(small("@11: 45380; 45385"), [amount("89.92"), amount("445.09")]);
    // The base is included.
    assert_eq!(
        small("@11: 45378; 45385"),
        [
            Outcome::NotPaid(NotPaid::IncludedInEndoscopy { line: 2 }),
            amount("445.09")
        ]
    );
    // The base alone is a procedure like any other.
    assert_eq!(small("@11: 45378"), [amount("335.76")]);
    // The family as a whole, worth 535.01, is ranked above 513.02.
    assert_eq!(
        small("@11: 45380; 45385; 49505"),
        [amount("89.92"), amount("445.09"), amount("256.51")]
    );
    // An endoscopy by itself is ranked below it.
    assert_eq!(small("@11: 45385; 49505"), [amount("222.55"), amount("513.02")]);
}

/// Fees: 29870, the base, 412.74; 29877 616.52; 29881 538.25.
#[test]
fn two_sides_of_an_endoscopy_are_one_member_of_its_family() {
    assert_eq!(small("@22: 29881-50"), [amount("807.38")]);
    assert_eq!(small("@22: 29881-RT; 29881-LT"), [amount("538.25"), amount("269.13")]);
    // Highest for its two sides, whether on one line or on two.
    assert_eq!(small("@22: 29881-50; 29877"), [amount("807.38"), amount("203.78")]);
    assert_eq!(
        small("@22: 29881-RT; 29881-LT; 29877"),
        [amount("538.25"), amount("269.13"), amount("203.78")]
    );
    // Below another, each side is less its share of the base.
    assert_eq!(small("@22: 29881-50; 29877-50"), [amount("188.27"), amount("924.78")]);
    assert_eq!(
        small("@22: 29881-RT; 29881-LT; 29877-50"),
        [amount("125.51"), amount("62.76"), amount("924.78")]
    );
}

#[test]
fn a_stopped_procedure_has_its_own_row_where_there_is_one() {
    assert_eq!(small("@11: 45378-53"), [amount("167.55")]);
    assert_eq!(small("@11: 45385-53"), [Outcome::ByReport(ByReport::Stopped)]);
}

#[test]
fn two_surgeons_share_and_a_team_is_by_report() {
    assert_eq!(small("@11: 49505-62"), [amount("320.64")]);
    assert_eq!(small("@11: 49505-66"), [Outcome::ByReport(ByReport::Team)]);
}

#[test]
fn the_sixth_procedure_is_by_report() {
    let found = small("@11: 45378; 45378; 45378; 45378; 45378; 45378");
    assert_eq!(found[0], amount("335.76"));
    assert_eq!(found[4], amount("167.88"));
    assert_eq!(found[5], Outcome::ByReport(ByReport::AfterFifthProcedure));
}

/// 70450: whole 105.45, 26 38.49, TC 66.96. 70460: whole 147.50, 26 51.43, TC 96.07, capped at 19.73.
#[test]
fn imaging_is_reduced_by_component_and_then_capped() {
    assert_eq!(small("@11: 70450"), [amount("105.45")]);
    assert_eq!(small("@11: 70460"), [amount("71.16")]);
    // 70460 has both the higher components: its technical one is capped; of 70450's, 33.48 and 1.92 are taken off.
    assert_eq!(small("@11: 70450; 70460"), [amount("70.05"), amount("71.16")]);
    assert_eq!(small("@11: 70450-26; 70460-26"), [amount("36.57"), amount("51.43")]);
    // The components meet only their own kind.
    assert_eq!(small("@11: 70450-26; 70460-TC"), [amount("38.49"), amount("19.73")]);
}

/// 93306: 190.52, TC 125.18. 93970: 181.46, TC 150.09.
#[test]
fn cardiovascular_services_are_reduced_in_their_technical_component() {
    assert_eq!(small("@11: 93306; 93970"), [amount("159.23"), amount("181.46")]);
    // No row states the technical share of 93000.
    assert_eq!(
        small("@11: 93000; 93970"),
        [
            Outcome::NotPriced(Unpriced::ComponentUnknown),
            Outcome::NotPriced(Unpriced::OtherLine { line: 1 })
        ]
    );
    assert_eq!(small("@11: 93000"), [amount("13.59")]);
}

/// 76510: 65.66, TC 28.46. 76511: 54.67, TC 20.70.
#[test]
fn ophthalmology_services_are_reduced_in_their_technical_component() {
    assert_eq!(small("@11: 76510; 76511"), [amount("65.66"), amount("50.53")]);
    assert_eq!(small("@11: 76510; 76511-26"), [amount("65.66"), amount("33.96")]);
    // Each side is paid in full; whether the second is a further service is not settled.
    let sides = priced(&SMALL, "2025-10-06 @11: 76510-50", &Terms::national());
    assert_eq!(outcomes(&sides), [amount("131.32")]);
    assert_eq!(sides.lines[0].conditions, [Condition::UnitsNotRanked]);
}

/// The reductions of diagnostic services count those of a group's other physicians; a claim has one group.
#[test]
fn diagnostic_services_of_a_day_meet_whoever_rendered_them() {
    assert_eq!(
        small("@11: 70450 by=1234567893; 70460 by=1245319599"),
        [amount("70.05"), amount("71.16")]
    );
    assert_eq!(
        small("@11: 93306 by=1234567893; 93970 by=1245319599"),
        [amount("159.23"), amount("181.46")]
    );
}

/// What is paid for a part is by report; beside it others are second, as they are beside the whole.
#[test]
fn a_service_that_was_reduced_keeps_its_place() {
    let reduced = Outcome::ByReport(ByReport::Reduced);
    assert_eq!(small("@11: 45385-52; 49505")[1], amount("513.02"));
    assert_eq!(small("@11: 49505-52; 45385"), [reduced, amount("222.55")]);
    assert_eq!(small("@11: 70450; 70460-52"), [amount("70.05"), reduced]);
    assert_eq!(small("@11: 93306; 93970-52"), [amount("159.23"), reduced]);
    assert_eq!(small("@11: 97110-52; 97140"), [reduced, amount("20.54")]);
}

/// 97110: 28.46, expense 13.59. 97140: 26.85, expense 12.62.
#[test]
fn every_therapy_unit_but_one_has_half_its_practice_expense() {
    assert_eq!(small("@11: 97110"), [amount("28.46")]);
    assert_eq!(small("@11: 97110 x2"), [amount("50.13")]);
    assert_eq!(small("@11: 97110; 97140"), [amount("28.46"), amount("20.54")]);
}

#[test]
fn an_injection_is_paid_only_alone() {
    assert_eq!(small("@11: 96372"), [amount("13.26")]);
    assert_eq!(
        small("@11: 96372; 99213"),
        [Outcome::NotPaid(NotPaid::BesideOther { line: 2 }), amount("88.31")]
    );
    // What is not paid for its modifier is nothing beside it.
    assert_eq!(
        small("@11: 96372; 99213-54"),
        [amount("13.26"), Outcome::NotPaid(NotPaid::NoSplitCare)]
    );
}

#[test]
fn a_locality_has_its_indices() {
    let alaska = Terms::national().in_locality(Locality::new(2_102, 1).unwrap());
    // (1.30 x 1.5 + 1.33 x 1.081 + 0.10 x 0.592) x 32.3465, rounded once.
    assert_eq!(
        outcomes(&priced(&SMALL, "2025-10-06 @11: 99213", &alaska)),
        [amount("111.50")]
    );
    let nowhere = Terms::national().in_locality(Locality::new(99_999, 1).unwrap());
    assert!(matches!(
        outcomes(&priced(&SMALL, "2025-10-06 @11: 99213", &nowhere))[0],
        Outcome::NotPriced(Unpriced::UnknownLocality(_))
    ));
}

#[test]
fn days_that_cannot_be_told_apart_are_not_priced() {
    assert_eq!(
        small("@11: 45378 2025-10-06..2025-10-07; 49505"),
        [Outcome::NotPriced(Unpriced::SeveralDays); 2]
    );
    assert_eq!(small("@11: 99213 2025-10-06..2025-10-07 x2"), [amount("176.62")]);
    assert_eq!(
        small("@11: 99213 2025-12-31..2026-01-01"),
        [Outcome::NotPriced(Unpriced::SeveralDays)]
    );
}

#[test]
fn the_asc_addendum_without_a_rate_is_by_report() {
    assert_eq!(
        outcomes(&priced(&SMALL, "asc 2025-10-06 @24: 45378", &Terms::national())),
        [Outcome::ByReport(ByReport::AscIndicator(*b"J7"))]
    );
}
