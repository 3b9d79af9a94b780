//! What Medicare allows: by hand from the published numbers, and what holds for every claim.

#![cfg(feature = "starter")]

use std::sync::LazyLock;

use cleanclaim::claim::ServiceLine;
use cleanclaim::model::{DateRange, Money, Units};
use cleanclaim::price::{
    ByReport, ClaimPrice, Condition, NotPaid, Outcome, Participation, Program, StepKind, Terms, Unpriced, price,
};
use cleanclaim::reference::{
    AscEntry, AscRow, Component, FeeScheduleRow, FeeValues, Gap, GpciRow, Locality, PolicyIndicators, Reference,
    ReferenceBuilder, Release, Rows, Stale, Table,
};
use cleanclaim::{Claim, Evaluator, report};
use proptest::prelude::*;

fn priced(reference: &Reference, shorthand: &str, terms: &Terms) -> ClaimPrice {
    price(&Claim::from_shorthand(shorthand).unwrap(), reference, terms)
}

/// Over the starter, in April 2026, nationally.
fn april(lines: &str) -> ClaimPrice {
    priced(Reference::starter(), &format!("2026-04-06 {lines}"), &Terms::national())
}

fn amount(text: &str) -> Outcome {
    Outcome::Amount(text.parse().unwrap())
}

fn outcomes(prices: &ClaimPrice) -> Vec<Outcome> {
    prices.lines.iter().map(|line| line.outcome).collect()
}

/// Made from the published 1.20 work, 1.41 and 0.56 practice expense, 0.09 malpractice and 33.4009.
#[test]
fn the_seed_in_april_2026_to_the_cent() {
    assert_eq!(outcomes(&april("@11: 64632")), [amount("90.18")]);
    assert_eq!(outcomes(&april("@22: 64632")), [amount("61.79")]);
    assert_eq!(outcomes(&april("@11: 64632-50")), [amount("135.27")]);
    assert_eq!(outcomes(&april("@22: 64632-50")), [amount("92.69")]);
}

#[test]
fn beside_64640_the_seed_is_second_and_paid_at_half() {
    let prices = april("@11: 64632; 64640");
    assert_eq!(outcomes(&prices), [amount("45.09"), amount("267.54")]);
    assert_eq!(prices.total(), Some("312.63".parse().unwrap()));
    let ranks: Vec<_> = prices
        .lines
        .iter()
        .filter_map(|line| match line.steps.last()?.kind {
            StepKind::Rank { rank, .. } => Some(rank),
            _ => None,
        })
        .collect();
    assert_eq!(ranks, [2, 1]);
    // Both sides come before the ranking.
    assert_eq!(
        outcomes(&april("@11: 64632-50; 64640")),
        [amount("67.64"), amount("267.54")]
    );
    // Another provider, another day: another session.
    assert_eq!(
        outcomes(&april("@11: 64632 by=1234567893; 64640 by=1245319599")),
        [amount("90.18"), amount("267.54")]
    );
    assert_eq!(
        outcomes(&april("@11: 64632; 64640 2026-04-07")),
        [amount("90.18"), amount("267.54")]
    );
}

#[test]
fn an_assistant_is_restricted_or_barred() {
    let prices = april("@22: 64632-80");
    assert_eq!(outcomes(&prices), [amount("9.89")]);
    assert_eq!(prices.lines[0].conditions, [Condition::AssistantNeedsDocumentation]);
    // 13.6 percent of 61.79.
    assert_eq!(outcomes(&april("@22: 64632-AS")), [amount("8.40")]);
    assert_eq!(
        outcomes(&april("@22: 64640-80")),
        [Outcome::NotPaid(NotPaid::Assistant)]
    );
    assert_eq!(
        outcomes(&april("@22: 64632-62")),
        [Outcome::NotPaid(NotPaid::CoSurgeon)]
    );
    assert_eq!(outcomes(&april("@22: 64632-66")), [Outcome::NotPaid(NotPaid::Team)]);
}

#[test]
fn surgical_care_is_split_by_the_published_percentages() {
    assert_eq!(outcomes(&april("@11: 64632-54")), [amount("81.16")]);
    assert_eq!(outcomes(&april("@11: 64632-55")), [amount("9.02")]);
    assert_eq!(outcomes(&april("@11: 64632-56")), [amount("9.02")]);
    assert_eq!(outcomes(&april("@22: 64632-78")), [amount("49.43")]);
    assert_eq!(
        outcomes(&april("@11: 20550-54")),
        [Outcome::NotPaid(NotPaid::NoSplitCare)]
    );
    assert_eq!(
        outcomes(&april("@11: 64632-54-55")),
        [Outcome::NotPriced(Unpriced::Conflict(
            "54".parse().unwrap(),
            "55".parse().unwrap()
        ))]
    );
}

#[test]
fn what_has_no_amount_says_why() {
    let starter = Reference::starter();
    let one = |lines: &str| april(lines).lines[0].outcome;
    assert_eq!(one("@11: 64632-52"), Outcome::ByReport(ByReport::Reduced));
    assert_eq!(one("@11: 64632-53"), Outcome::ByReport(ByReport::Stopped));
    assert_eq!(one("@11: 64999"), Outcome::ByReport(ByReport::ContractorPriced));
    assert_eq!(
        one("@11: 64632-26"),
        Outcome::NotPaid(NotPaid::NoComponent(Component::Professional))
    );
    assert!(matches!(one("@11: 64628"), Outcome::NotPaid(NotPaid::NoRate(_))));
    assert!(matches!(one("@22: 76942"), Outcome::NotPaid(NotPaid::NoRate(_))));
    assert!(matches!(one("@11: 99070"), Outcome::NotPaid(NotPaid::Status(_))));
    assert!(matches!(
        one("@11: 64632-GY"),
        Outcome::NotPaid(NotPaid::ExpectedDenial(_))
    ));
    assert!(matches!(
        one("@11: 27130"),
        Outcome::NotPriced(Unpriced::Table(Gap::OutsideExcerpt(_)))
    ));
    assert!(matches!(one("@18: 64632"), Outcome::NotPriced(Unpriced::Site(_))));
    assert!(matches!(
        one("@11: 76942-TC-CT"),
        Outcome::NotPriced(Unpriced::Modifier(_))
    ));
    assert_eq!(
        priced(starter, "cigna 2026-04-06 @11: 64632", &Terms::national()).lines[0].outcome,
        Outcome::NotPriced(Unpriced::NoPolicyKnown)
    );
    assert!(matches!(
        priced(starter, "2027-04-06 @11: 64632", &Terms::national()).lines[0].outcome,
        Outcome::NotPriced(Unpriced::Table(Gap::Stale(_)))
    ));
    let stale = Terms::national().with_stale(Stale::Use);
    // The file of 2026 has no factor for 2027; a stale table is used with its own.
    assert_eq!(
        priced(starter, "2027-04-06 @11: 64632", &stale).lines[0].outcome,
        amount("90.18")
    );
    let qualifying = stale.with_program(Program::Qualifying);
    assert_eq!(
        priced(starter, "2027-04-06 @11: 64632", &qualifying).lines[0].outcome,
        Outcome::NotPriced(Unpriced::NoConversionFactor(2027))
    );
    assert!(matches!(
        one("@11: 64632-RT-LT x2"),
        Outcome::NotPriced(Unpriced::Modifier(_))
    ));
    // What is not priced for its modifier is still known to be ranked or not.
    assert_eq!(outcomes(&april("@11: 64632; 76942-TC-CT"))[0], amount("90.18"));
    let prices = april("@11: 64632; 27130");
    assert_eq!(
        prices.lines[0].outcome,
        Outcome::NotPriced(Unpriced::OtherLine { line: 2 })
    );
    assert_eq!(prices.total(), None);
}

#[test]
fn qualifying_participants_have_their_own_factor_since_2026() {
    let qualifying = Terms::national().with_program(Program::Qualifying);
    let at = |date: &str| priced(Reference::starter(), &format!("{date} @11: 64632"), &qualifying).lines[0].outcome;
    // 2.70 x 33.5675; before 2026 there is one factor, 2.75 x 32.3465.
    assert_eq!(at("2026-04-06"), amount("90.63"));
    assert_eq!(at("2025-10-06"), amount("88.95"));
}

#[test]
fn those_who_do_not_participate_have_a_limiting_charge() {
    let terms = Terms::national().with_participation(Participation::NonParticipating);
    let line = &priced(Reference::starter(), "2026-04-06 @11: 64632", &terms).lines[0];
    assert_eq!(line.outcome, amount("85.67"));
    assert_eq!(line.limiting_charge, Some("98.52".parse().unwrap()));
}

#[test]
fn two_lines_of_two_sides_are_paid_as_both_sides() {
    let prices = april("@11: 64632-RT; 64632-LT");
    assert_eq!(outcomes(&prices), [amount("90.18"), amount("45.09")]);
    // Beside a higher procedure both lines are reduced, as one line with 50 would be.
    let prices = april("@11: 64632-RT; 64632-LT; 64640");
    assert_eq!(outcomes(&prices), [amount("45.09"), amount("22.55"), amount("267.54")]);
}

#[test]
fn an_ambulatory_surgical_centre_has_the_addendum_rate() {
    let asc = |lines: &str| {
        priced(
            Reference::starter(),
            &format!("asc 2026-04-06 @24: {lines}"),
            &Terms::national(),
        )
    };
    let prices = asc("64632-RT");
    assert_eq!(outcomes(&prices), [amount("47.33")]);
    assert_eq!(prices.lines[0].conditions, [Condition::BeforeWageIndex]);
    assert_eq!(outcomes(&asc("64632-RT; 64640-RT"))[0], amount("23.67"));
    assert_eq!(outcomes(&asc("64632-73; 64640-RT"))[0], amount("23.67"));
    assert_eq!(outcomes(&asc("64632-74"))[0], amount("47.33"));
    assert_eq!(outcomes(&asc("64632-RT $40.00"))[0], amount("40.00"));
    assert_eq!(outcomes(&asc("64999"))[0], Outcome::NotPaid(NotPaid::NotOnAscList));
    assert_eq!(outcomes(&asc("64634"))[0], Outcome::NotPaid(NotPaid::Packaged(*b"N1")));
    assert_eq!(
        outcomes(&asc("64628-73"))[0],
        Outcome::NotPriced(Unpriced::DevicePortion)
    );
    assert!(matches!(
        outcomes(&asc("64632-50"))[0],
        Outcome::NotPriced(Unpriced::Modifier(_))
    ));
}

#[test]
fn a_hospital_has_its_classification_and_the_reason() {
    let claim = |code: &str| {
        let dates = DateRange::single("2026-04-06".parse().unwrap());
        Claim::institutional("H1", "131".parse().unwrap(), dates)
            .line(ServiceLine::new(1, dates, code.parse().unwrap()))
            .build()
            .unwrap()
    };
    let price = |code: &str| price(&claim(code), Reference::starter(), &Terms::national()).lines[0].outcome;
    let Outcome::NotPriced(why @ Unpriced::Outpatient { apc: 5441, .. }) = price("64632") else {
        panic!("{:?}", price("64632"))
    };
    assert!(why.text(Reference::starter()).contains("status indicator T, APC 5441"));
    assert_eq!(price("64634"), Outcome::NotPaid(NotPaid::Packaged(*b"N ")));
}

/// Rows of the fee schedule with the values published for October 2025, and an index.
static SMALL: LazyLock<Reference> = LazyLock::new(|| {
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
    let mut entry = AscEntry::new("AA".parse().unwrap());
    entry.payment_indicator = *b"J7";
    let code = "45378".parse().unwrap();
    builder
        .add(
            Release::new(Table::Asc, "2025-10-01", period, "a test"),
            Rows::Asc(vec![AscRow { code, entry }]),
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
97110 - 7 5 0 0.45 0.42 0.01 - 0.00 0.00
97140 - 7 5 0 0.43 0.39 0.01 - 0.00 0.00
96372 - 0 0 0 0.17 0.23 0.01 - 0.00 0.00
99213 - 0 0 0 1.30 1.33 0.10 - 0.00 0.00";

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
fn the_starter_knows_the_localities_of_2025_and_2026() {
    let alabama = Terms::national().in_locality(Locality::new(10_112, 0).unwrap());
    let at = |date: &str| priced(Reference::starter(), &format!("{date} @11: 64632"), &alabama).lines[0].outcome;
    // (1.20 x 1.000 + 1.41 x 0.875 + 0.09 x 0.566) x 33.4009.
    assert_eq!(at("2026-04-06"), amount("82.99"));
    assert!(matches!(
        at("2024-08-06"),
        Outcome::NotPriced(Unpriced::Table(Gap::BeforeFirst(Table::Gpci)))
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

#[test]
fn findings_that_stop_a_line_carry_its_amount() {
    let evaluator = Evaluator::starter();
    let claim = Claim::from_shorthand("2024-08-06 @11: 64632; 64455").unwrap();
    let prices = price(&claim, evaluator.reference(), &Terms::national());
    let without = evaluator.explain(&claim, &evaluator.evaluate(&claim));
    assert_eq!(without.findings[0].at_stake, None);
    let explanation = without.with_amounts(&prices);
    let stopped = explanation
        .findings
        .iter()
        .find(|finding| finding.rule == "N002")
        .unwrap();
    assert_eq!(stopped.at_stake, prices.line(stopped.line.unwrap()).unwrap().amount());
    let text = report::Text::new(&claim, &explanation).to_string();
    assert!(text.contains("      stake:  "), "{text}");
    // An advisory stops nothing.
    let advisories = explanation
        .findings
        .iter()
        .filter(|finding| !finding.disposition.stops());
    assert!(advisories.into_iter().all(|finding| finding.at_stake.is_none()));
}

const CODES: [&str; 16] = [
    "45378", "45380", "45385", "49505", "70450", "70460", "93306", "93970", "97110", "97140", "96372", "99213",
    "93000", "64632", "D0120", "ZZZZZ",
];
const MODIFIERS: [&str; 22] = [
    "", "", "", "26", "TC", "50", "RT", "LT", "51", "52", "53", "54", "55", "56", "62", "66", "78", "80", "AS", "22",
    "GY", "CT",
];

prop_compose! {
    fn line()(
        code in proptest::sample::select(&CODES[..]),
        modifiers in proptest::collection::vec(proptest::sample::select(&MODIFIERS[..]), 0..3),
        units in 1_u32..5,
        site in proptest::sample::select(&["11", "22", "24", "18"][..]),
        charge in proptest::option::of(0_i64..60_000),
        provider in proptest::option::of(Just("1234567893")),
        days in 0_u16..3,
    ) -> ServiceLine {
        let first: cleanclaim::model::ServiceDate = "2025-10-06".parse().unwrap();
        let days = DateRange::new(first, if days == 2 { first.next().unwrap() } else { first }).unwrap();
        let modifiers = modifiers.into_iter().filter(|text| !text.is_empty()).map(|text| text.parse().unwrap());
        let mut line = ServiceLine::new(0, days, code.parse().unwrap())
            .with_modifiers(modifiers)
            .with_units(Units::whole(units).unwrap())
            .at_site(site.parse().unwrap());
        line.charge = charge.and_then(Money::from_cents);
        line.provider = provider.map(|provider| provider.parse().unwrap());
        line
    }
}

fn claim_of(lines: Vec<ServiceLine>) -> Claim {
    Claim::professional("P").lines(lines).build().unwrap()
}

prop_compose! {
    fn numbered()(lines in proptest::collection::vec(line(), 1..7)) -> Vec<ServiceLine> {
        let mut lines = lines;
        for (number, line) in (1..).zip(&mut lines) {
            line.number = number;
        }
        lines
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_amount_is_never_negative_nor_above_the_charge(lines in numbered(), local in any::<bool>(), part in any::<bool>()) {
        let mut terms = Terms::national();
        if local {
            terms = terms.in_locality(Locality::new(2_102, 1).unwrap());
        }
        if part {
            terms = terms.with_participation(Participation::NonParticipating);
        }
        let claim = claim_of(lines);
        let prices = price(&claim, &SMALL, &terms);
        prop_assert_eq!(prices.lines.len(), claim.lines().len());
        for (line, priced) in claim.lines().iter().zip(&prices.lines) {
            prop_assert!(priced.steps.iter().all(|step| step.amount >= Money::ZERO));
            if let Some(amount) = priced.amount() {
                prop_assert!(amount >= Money::ZERO);
                prop_assert!(line.charge.is_none_or(|charge| amount <= charge));
                prop_assert_eq!(priced.steps.last().map(|step| step.amount), Some(amount));
            }
            // Words can be made of everything.
            let words = priced.explain(&SMALL);
            prop_assert!(words.amount.is_some() != words.reason.is_some());
        }
    }

    #[test]
    fn the_order_of_lines_is_irrelevant(
        (lines, shuffled) in numbered().prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle()))
    ) {
        let one = price(&claim_of(lines), &SMALL, &Terms::national());
        let other = price(&claim_of(shuffled), &SMALL, &Terms::national());
        for line in &one.lines {
            prop_assert_eq!(Some(line), other.line(line.line));
        }
    }

    #[test]
    fn a_line_alone_scales_with_its_units(line in line(), units in 1_u32..50) {
        // Therapy pays one unit of the day in full and half the practice expense of all others.
        prop_assume!(!["97110", "97140"].contains(&line.code.unwrap().as_str()));
        // Whether several units with RT and LT are one a side is not settled.
        let has = |modifier: &str| line.all_modifiers().any(|given| given.as_str() == modifier);
        prop_assume!(!(has("RT") && has("LT")));
        let of = |units: u32| {
            let mut line = line.clone().with_units(Units::whole(units).unwrap());
            line.charge = None;
            price(&claim_of(vec![line]), &SMALL, &Terms::national()).lines[0].amount()
        };
        match (of(1), of(units)) {
            (Some(one), Some(many)) => {
                // A share of the units' sum is rounded once, that of one unit before it is multiplied.
                let difference = (one.cents() * i64::from(units) - many.cents()).abs();
                prop_assert!(difference <= i64::from(units) * 2, "{one} x {units} is not {many}");
            }
            (one, many) => prop_assert_eq!(one.is_some(), many.is_some()),
        }
    }
}
