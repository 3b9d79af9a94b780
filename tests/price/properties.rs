//! What holds for every claim.

use cleanclaim::Claim;
use cleanclaim::claim::{Biller, ServiceLine};
use cleanclaim::model::{DateRange, Modifier, Money, ServiceDate, Units};
use cleanclaim::price::{ClaimPrice, Participation, Terms, price};
use cleanclaim::reference::Locality;
use proptest::prelude::*;

use super::small::SMALL;

const CODES: [&str; 20] = [
    "29870", "29881", "45378", "45380", "45385", "49505", "70450", "70460", "76510", "93306", "93970", "97110",
    "97140", "96372", "99213", "93000", "64632", "90393", "D0120", "ZZZZZ",
];
const MODIFIERS: [&str; 25] = [
    "", "", "", "26", "TC", "50", "RT", "LT", "51", "52", "53", "54", "55", "56", "59", "62", "66", "73", "76", "78",
    "80", "AS", "22", "GY", "CT",
];

/// Few of everything: lines that are alike but for one thing are frequent.
const ALIKE: [&str; 7] = ["29881", "45378", "45385", "49505", "70450", "93306", "97110"];
const ALIKE_MODIFIERS: [&str; 12] = ["", "", "", "RT", "LT", "50", "52", "54", "59", "78", "80", "26"];

fn providers() -> impl Strategy<Value = Option<&'static str>> {
    proptest::sample::select(&[None, Some("1234567893"), Some("1245319599")][..])
}

fn made(code: &str, modifiers: Vec<&str>, units: u32, charge: Option<i64>, provider: Option<&str>) -> ServiceLine {
    let first: ServiceDate = "2025-10-06".parse().unwrap();
    let modifiers = modifiers
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| text.parse().unwrap());
    let mut line = ServiceLine::new(0, first, code.parse().unwrap())
        .with_modifiers(modifiers)
        .with_units(Units::whole(units).unwrap());
    line.charge = charge.and_then(Money::from_cents);
    line.provider = provider.map(|provider| provider.parse().unwrap());
    line
}

prop_compose! {
    fn line()(
        code in proptest::sample::select(&CODES[..]),
        modifiers in proptest::collection::vec(proptest::sample::select(&MODIFIERS[..]), 0..3),
        units in 1_u32..5,
        site in proptest::sample::select(&["11", "22", "24", "18"][..]),
        charge in proptest::option::of(0_i64..60_000),
        provider in providers(),
        days in 0_u16..3,
    ) -> ServiceLine {
        let mut line = made(code, modifiers, units, charge, provider).at_site(site.parse().unwrap());
        let first = line.date();
        line.dates = DateRange::new(first, if days == 2 { first.next().unwrap() } else { first }).unwrap();
        line
    }
}

prop_compose! {
    fn line_alike()(
        code in proptest::sample::select(&ALIKE[..]),
        modifiers in proptest::collection::vec(proptest::sample::select(&ALIKE_MODIFIERS[..]), 0..3),
        units in 1_u32..4,
        charge in proptest::sample::select(&[None, Some(0), Some(4_000), Some(20_000)][..]),
        provider in providers(),
    ) -> ServiceLine {
        made(code, modifiers, units, charge, provider).at_site("22".parse().unwrap())
    }
}

fn lines() -> impl Strategy<Value = Vec<ServiceLine>> {
    prop_oneof![
        proptest::collection::vec(line(), 1..7),
        proptest::collection::vec(line_alike(), 1..7),
    ]
}

fn billers() -> impl Strategy<Value = Biller> {
    prop_oneof![Just(Biller::Practitioner), Just(Biller::Asc), Just(Biller::Supplier)]
}

/// The lines are numbered in their order.
fn claim_of(lines: Vec<ServiceLine>, biller: Biller) -> Claim {
    Claim::professional("P").biller(biller).lines(lines).build().unwrap()
}

fn nationally(claim: &Claim) -> ClaimPrice {
    price(claim, &SMALL, &Terms::national())
}

/// What comes out for a line of this content: the kind of the outcome, the amount, the amounts after the steps. Reasons
/// may name other lines by their numbers.
type Told = (ServiceLine, &'static str, Option<Money>, Vec<Money>);

/// What comes out, whatever the order of lines and modifiers.
fn told(claim: &Claim) -> Vec<Told> {
    let prices = nationally(claim);
    let words = prices.explain(&SMALL);
    let lines = claim.lines().iter().zip(&prices.lines).zip(words.lines);
    let mut told: Vec<Told> = lines
        .map(|((line, priced), words)| {
            let mut modifiers: Vec<Modifier> = line.all_modifiers().collect();
            modifiers.sort_unstable();
            let mut line = line.clone().with_modifiers(modifiers);
            line.number = 0;
            let steps = priced.steps.iter().map(|step| step.amount).collect();
            (line, words.outcome, words.amount, steps)
        })
        .collect();
    told.sort();
    told
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_amount_is_never_negative_nor_above_the_charge(
        lines in lines(), biller in billers(), local in any::<bool>(), part in any::<bool>()
    ) {
        let mut terms = Terms::national();
        if local {
            terms = terms.in_locality(Locality::new(2_102, 1).unwrap());
        }
        if part {
            terms = terms.with_participation(Participation::NonParticipating);
        }
        let claim = claim_of(lines, biller);
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

    /// The lines are numbered anew, so that a line's number says nothing of it.
    #[test]
    fn the_order_of_lines_is_irrelevant(
        (lines, shuffled) in lines().prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle())),
        biller in billers(),
    ) {
        let (one, other) = (claim_of(lines, biller), claim_of(shuffled, biller));
        prop_assert_eq!(told(&one), told(&other));
    }

    #[test]
    fn the_order_of_modifiers_is_irrelevant(lines in lines(), biller in billers()) {
        let turned = lines.iter().map(|line| {
            let modifiers: Vec<Modifier> = line.all_modifiers().collect();
            line.clone().with_modifiers(modifiers.into_iter().rev())
        });
        let (one, other) = (claim_of(lines.clone(), biller), claim_of(turned.collect(), biller));
        prop_assert_eq!(told(&one), told(&other));
    }

    /// But for two of them, which may be both sides.
    #[test]
    fn a_line_alone_scales_with_its_units(line in line(), units in 3_u32..50) {
        // Therapy pays one unit of the day in full and half the practice expense of all others.
        prop_assume!(!["97110", "97140"].contains(&line.code.unwrap().as_str()));
        // Whether several units with RT and LT are one a side is not settled.
        let has = |modifier: &str| line.all_modifiers().any(|given| given.as_str() == modifier);
        prop_assume!(!(has("RT") && has("LT")));
        let of = |units: u32| {
            let mut line = line.clone().with_units(Units::whole(units).unwrap());
            line.charge = None;
            nationally(&claim_of(vec![line], Biller::Practitioner)).lines[0].amount()
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

    /// To a centre each unit is a procedure of its own.
    #[test]
    fn a_centre_is_paid_for_units_as_for_lines(lines in proptest::collection::vec(line_alike(), 1..4)) {
        let mut lines = lines;
        for line in &mut lines {
            line.charge = None;
        }
        // Both sides in one unit are not priced.
        let has = |line: &ServiceLine, modifier: &str| line.all_modifiers().any(|given| given.as_str() == modifier);
        prop_assume!(!lines.iter().any(|line| has(line, "RT") && has(line, "LT")));
        let split = lines.iter().flat_map(|line| {
            let units = line.units.thousandths() / 1_000;
            (0..units).map(|_| line.clone().with_units(Units::ONE))
        });
        let (split, lines) = (claim_of(split.collect(), Biller::Asc), claim_of(lines.clone(), Biller::Asc));
        prop_assert_eq!(nationally(&split).total(), nationally(&lines).total());
    }
}
