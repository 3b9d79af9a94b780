//! What holds for every claim.

use cleanclaim::Claim;
use cleanclaim::claim::ServiceLine;
use cleanclaim::model::{DateRange, Money, Units};
use cleanclaim::price::{Participation, Terms, price};
use cleanclaim::reference::Locality;
use proptest::prelude::*;

use super::small::SMALL;

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
