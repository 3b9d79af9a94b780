//! Both sides on two lines: bilateral indicators 0, 1 and 2, and the charges of both together.

use cleanclaim::Claim;
use cleanclaim::model::{Money, Percent};
use cleanclaim::price::{NotPaid, Outcome, StepKind, Terms, Unpriced, price};
use proptest::prelude::*;

use super::small::SMALL;
use super::{amount, april, outcomes, priced};

/// Bilateral indicator 1.
#[test]
fn two_lines_of_two_sides_are_paid_as_both_sides() {
    let prices = april("@11: 64632-RT; 64632-LT");
    assert_eq!(outcomes(&prices), [amount("90.18"), amount("45.09")]);
    // Beside a higher procedure both lines are reduced, as one line with 50 would be.
    let prices = april("@11: 64632-RT; 64632-LT; 64640");
    assert_eq!(outcomes(&prices), [amount("45.09"), amount("22.55"), amount("267.54")]);
}

/// 64636: indicator 1, and no reduction beside other procedures: 150 percent of 251.51, as one line with 50.
#[test]
fn what_is_not_ranked_is_paid_as_both_sides_too() {
    let prices = april("@11: 64636-RT; 64636-LT");
    assert_eq!(prices.total(), Some("377.27".parse().unwrap()));
    assert_eq!(april("@11: 64636-50").total(), Some("377.27".parse().unwrap()));
}

/// 64615: indicator 2, the amount is that of both sides.
#[test]
fn an_amount_of_both_sides_is_paid_once() {
    let prices = april("@11: 64615-RT; 64615-LT");
    assert_eq!(outcomes(&prices), [amount("156.98"), amount("0.00")]);
    let second = prices.lines[1].steps.last().unwrap().kind;
    let StepKind::SecondSide { line: 1, share } = second else {
        panic!("{second:?}")
    };
    assert_eq!(share, Percent::whole(0));
    // Both together have one place in the ranking.
    let prices = april("@11: 64615-RT; 64615-LT; 64640");
    assert_eq!(outcomes(&prices), [amount("78.49"), amount("0.00"), amount("267.54")]);
}

/// Bilateral indicator 0: each line charges less than the amount, both together more.
#[test]
fn the_charges_of_both_sides_are_compared_as_a_sum() {
    let small = |lines: &str| priced(&SMALL, &format!("2025-10-06 @11: {lines}"), &Terms::national());
    // 45378 is paid 335.76.
    let prices = small("45378-RT $300.00; 45378-LT $300.00");
    assert_eq!(outcomes(&prices), [amount("300.00"), amount("35.76")]);
    assert_eq!(
        small("45378-RT $200.00; 45378-LT $100.00").total(),
        "300.00".parse().ok()
    );
    // Indicator 1: 90.18 and 45.09 against 150 and 30, 60 and 40, and a charge that is not known.
    let total = |lines: &str| april(&format!("@11: {lines}")).total();
    assert_eq!(total("64632-RT $150.00; 64632-LT $30.00"), "135.27".parse().ok());
    assert_eq!(total("64632-RT $30.00; 64632-LT $150.00"), "135.27".parse().ok());
    assert_eq!(total("64632-RT $60.00; 64632-LT $40.00"), "100.00".parse().ok());
    assert_eq!(total("64632-RT $60.00; 64632-LT"), "135.27".parse().ok());
    let prices = april("@11: 64632-RT $80.00; 64632-LT $60.00");
    let words = prices.explain(cleanclaim::reference::Reference::starter());
    assert_eq!(prices.total(), "135.27".parse().ok());
    // Of the higher amount, 90.18, the charge of 80.00 leaves out 10.18.
    let steps: Vec<_> = words.lines.iter().flat_map(|line| &line.steps).collect();
    let text = "both sides are compared with both charges: 10.18 of line 1 that its charge left out";
    let step = steps.iter().find(|step| step.step == text);
    assert!(
        step.is_some_and(|step| step.source.ends_with("bilateral surgery indicator")),
        "{steps:?}"
    );
}

/// Other providers, days, parts of the care and numbers of units are no sides of one procedure.
#[test]
fn other_lines_are_no_two_sides() {
    let total = |lines: &str| april(&format!("@11: {lines}")).total();
    assert_eq!(
        total("64636-RT by=1234567893; 64636-LT by=1245319599"),
        "503.02".parse().ok()
    );
    assert_eq!(total("64636-RT; 64636-LT 2026-04-07"), "503.02".parse().ok());
    assert_eq!(total("64636-RT; 64636-RT"), "503.02".parse().ok());
    assert_eq!(total("64632-54-RT; 64632-55-LT"), "85.67".parse().ok());
    assert_eq!(
        outcomes(&april("@11: 64636-RT 2026-04-06..2026-04-07; 64636-LT")),
        [Outcome::NotPriced(Unpriced::SeveralDays); 2]
    );
    // A side that is not paid leaves the other its own.
    assert_eq!(
        outcomes(&april("@11: 64636-RT-GY; 64636-LT")),
        [
            Outcome::NotPaid(NotPaid::ExpectedDenial("GY".parse().unwrap())),
            amount("251.51")
        ]
    );
}

const SIDED: [(&str, u8); 4] = [("29881", 1), ("45378", 0), ("93970", 2), ("76510", 3)];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Both sides on two lines are paid as one line with 50 at the charges of both.
    #[test]
    fn two_lines_are_worth_one_line_with_50(
        (code, bilateral) in proptest::sample::select(&SIDED[..]),
        (right, left) in (0_i64..60_000, 0_i64..60_000),
        other in proptest::option::of(Just("49505")),
    ) {
        let other = other.map_or_else(String::new, |code| format!("; {code}"));
        let total = |lines: String| {
            let claim = Claim::from_shorthand(&format!("2025-10-06 @11: {lines}{other}")).unwrap();
            price(&claim, &SMALL, &Terms::national()).total()
        };
        let money = |cents: i64| Money::from_cents(cents).unwrap();
        let (one, two) = (money(right), money(left));
        let lines = total(format!("{code}-RT ${one}; {code}-LT ${two}"));
        let together = total(format!("{code}-50 ${}", money(right + left)));
        if bilateral == 3 {
            // Each side has its own charge.
            prop_assert!(lines <= together);
        } else {
            // Halves of a cent are rounded on each line.
            let cents = |total: Option<Money>| total.map_or(-1, |total| total.cents());
            prop_assert!((cents(lines) - cents(together)).abs() <= 2, "{lines:?} is not {together:?}");
        }
    }
}
