//! What Medicare allows: by hand from the published numbers, and what holds for every claim.

#![cfg(feature = "starter")]

mod centre;
mod properties;
mod session;
mod sides;
mod small;

use cleanclaim::claim::ServiceLine;
use cleanclaim::model::{DateRange, Measure};
use cleanclaim::price::{
    ByReport, ClaimPrice, Condition, NotPaid, Outcome, Participation, Program, StepKind, Terms, Unpriced, price,
};
use cleanclaim::reference::{Component, Gap, Locality, Reference, Stale, Table};
use cleanclaim::{Claim, Evaluator, report};

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
}

/// Whose care it is, and whether it is a return, cannot both set the share.
#[test]
fn two_modifiers_of_the_care_exclude_each_other_in_any_order() {
    for modifiers in ["54-55", "54-78", "78-54", "55-78", "78-56"] {
        let (one, other) = modifiers.split_once('-').unwrap();
        assert_eq!(
            outcomes(&april(&format!("@11: 64632-{modifiers}"))),
            [Outcome::NotPriced(Unpriced::Conflict(
                one.parse().unwrap(),
                other.parse().unwrap()
            ))]
        );
    }
}

#[test]
fn a_facilitys_modifier_is_not_priced_on_a_practitioners_claim() {
    for modifier in ["73", "74"] {
        let prices = april(&format!("@11: 64632-{modifier}"));
        let Outcome::NotPriced(why @ Unpriced::OutOfPlace(_)) = prices.lines[0].outcome else {
            panic!("{:?}", prices.lines[0].outcome)
        };
        assert_eq!(
            why.text(Reference::starter()),
            format!("modifier {modifier} does not belong on this biller's claim")
        );
    }
}

/// Bilateral indicator 1: both sides are told from 50, from RT and LT, or from two units.
#[test]
fn two_units_of_a_code_that_can_be_done_on_both_sides_are_both_sides() {
    let prices = april("@11: 64632 x2");
    assert_eq!(outcomes(&prices), [amount("135.27")]);
    assert!(prices.lines[0].conditions.is_empty());
    let words = prices.explain(Reference::starter());
    let step = words.lines[0].steps.last().unwrap();
    assert_eq!(step.step, "both sides (2 units): 150 percent of one");
    assert!(step.source.ends_with("bilateral surgery indicator"));
    // One procedure in the ranking, as one line with 50 is.
    let prices = april("@11: 64632 x2; 64640");
    assert_eq!(outcomes(&prices), [amount("67.64"), amount("267.54")]);
    assert_eq!(outcomes(&april("@11: 64632 x2 $100.00")), [amount("100.00")]);
    // What says a side, or that the services were distinct, leaves two units two services; so do other numbers of units,
    // and other codes.
    for modifier in ["LT", "RT", "59", "XS", "76", "77", "T5"] {
        let prices = april(&format!("@11: 64632-{modifier} x2"));
        assert_eq!(outcomes(&prices), [amount("180.36")], "{modifier}");
        assert_eq!(prices.lines[0].conditions, [Condition::UnitsNotRanked]);
    }
    assert_eq!(outcomes(&april("@11: 64632-50 x2")), [amount("270.54")]);
    assert_eq!(outcomes(&april("@11: 64632 x3")), [amount("270.54")]);
    assert_eq!(
        outcomes(&april("@11: 64632-78 x2")),
        [Outcome::NotPriced(Unpriced::Modifier("78".parse().unwrap()))]
    );
}

#[test]
fn a_quantity_that_counts_no_units_is_not_priced() {
    let minutes = Outcome::NotPriced(Unpriced::Measure(Measure::Minutes));
    assert_eq!(outcomes(&april("@11: 64632 x30 measure=minutes")), [minutes]);
    assert_eq!(
        outcomes(&priced(
            Reference::starter(),
            "asc 2026-04-06 @24: 64632 x30 measure=minutes",
            &Terms::national()
        )),
        [minutes]
    );
}

/// What is not paid for its modifier is not ranked either: 20550 has no period of 10 or 90 days.
#[test]
fn care_that_cannot_be_split_reduces_nothing() {
    assert_eq!(
        outcomes(&april("@11: 20550-54; 64455")),
        [Outcome::NotPaid(NotPaid::NoSplitCare), amount("50.10")]
    );
}

#[test]
fn a_share_is_said_in_percent() {
    let starter = Reference::starter();
    let steps = |shorthand: &str| -> Vec<String> {
        let priced = priced(starter, shorthand, &Terms::national()).explain(starter);
        let steps = priced.lines.into_iter().flat_map(|line| line.steps);
        steps.map(|step| step.step).collect()
    };
    let says = |shorthand: &str, text: &str| {
        let steps = steps(shorthand);
        assert!(steps.iter().any(|step| step == text), "{steps:?}");
    };
    says(
        "2026-04-06 @11: 64632-54",
        "the operation and the care before it (54): 90 percent",
    );
    says("2026-04-06 @11: 64632-50", "both sides (50): 150 percent");
    says(
        "asc 2024-08-06 @24: 64632-73",
        "stopped before anaesthesia (73): 50 percent",
    );
    says("2026-04-06 @11: 64632; 64640", "procedure 2 of the session: 50 percent");
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
    assert_eq!(one("@22: 76942"), Outcome::NotPaid(NotPaid::NoFacilityRate));
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

/// Where the file marks the non-facility rate NA, CMS prints the facility's amount for both.
#[test]
fn without_a_non_facility_rate_the_facility_rate_is_paid_and_said() {
    let office = &april("@11: 64628").lines[0];
    assert_eq!(office.outcome, april("@22: 64628").lines[0].outcome);
    assert!(office.amount().is_some());
    assert_eq!(office.conditions, [Condition::FacilityRateElsewhere]);
    let words = office.explain(Reference::starter());
    assert!(words.steps[0].step.starts_with("facility rate"), "{:?}", words.steps);
    assert!(
        words
            .conditions
            .iter()
            .any(|text| text.starts_with("no non-facility rate (NA)"))
    );
    assert!(april("@22: 64628").lines[0].conditions.is_empty());
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
fn findings_that_stop_a_line_carry_its_amount() {
    let evaluator = Evaluator::starter();
    let claim = Claim::from_shorthand("2024-08-06 @11: 64632; 64455").unwrap();
    let prices = price(&claim, evaluator.reference(), &Terms::national());
    let without = evaluator.check(&claim);
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
