//! Which lines are compared with each other, and which of equal lines comes first.

use cleanclaim::Claim;
use cleanclaim::claim::ServiceLine;
use cleanclaim::model::{Money, ServiceDate};
use cleanclaim::price::{ByReport, Outcome, Terms, Unpriced, price};
use cleanclaim::reference::Reference;

use super::{amount, april, outcomes, priced};

fn total(header: &str, lines: [&str; 2]) -> Option<Money> {
    let shorthand = format!("{header}: {}", lines.join("; "));
    priced(Reference::starter(), &shorthand, &Terms::national()).total()
}

/// Of procedures of the same value the one that is worth more in all comes first: more units, the whole before the part, a
/// higher charge.
#[test]
fn the_total_does_not_depend_on_the_order_of_equal_lines() {
    for (header, one, other, expected) in [
        ("2026-04-06 @11", "64640", "64640-59 x3", "936.39"),
        ("2026-04-06 @11", "64640 $100.00", "64640-59 $300.00", "367.54"),
        ("2026-04-06 @11", "64640 $100.00", "64640-59", "367.54"),
        ("2026-04-06 @11", "64632-RT $50.00", "64632-LT", "135.27"),
        ("2026-04-06 @11", "64640-54-LT", "64640-59", "387.93"),
        ("2026-04-06 @11", "64640-LT-54", "64640-59", "387.93"),
        ("asc 2026-04-06 @24", "64632", "64632-59 x3", "118.34"),
        ("asc 2026-04-06 @24", "64632 x3", "64632-59", "118.34"),
        ("asc 2026-04-06 @24", "64632 $10.00", "64632-59", "57.33"),
    ] {
        assert_eq!(total(header, [one, other]), expected.parse().ok(), "{one}; {other}");
        assert_eq!(total(header, [other, one]), expected.parse().ok(), "{other}; {one}");
    }
    // The whole before the part.
    for lines in ["64640-52; 64640-59", "64640-59; 64640-52"] {
        let prices = april(&format!("@11: {lines}"));
        assert!(outcomes(&prices).contains(&amount("267.54")), "{lines}");
        assert!(outcomes(&prices).contains(&Outcome::ByReport(ByReport::Reduced)));
    }
}

#[test]
fn a_line_without_a_provider_is_that_of_the_one_who_is_named() {
    let ranked = [amount("45.09"), amount("267.54")];
    assert_eq!(outcomes(&april("@11: 64632; 64640 by=1234567893")), ranked);
    assert_eq!(outcomes(&april("@11: 64632 by=1234567893; 64640")), ranked);
    // Where several are named it is one more provider's.
    let prices = april("@11: 64632; 64640 by=1234567893; 64632 by=1245319599; 64632-59");
    assert_eq!(
        outcomes(&prices),
        [amount("90.18"), amount("267.54"), amount("90.18"), amount("45.09")]
    );
}

/// A return (78) is not ranked, also where it is not priced.
#[test]
fn a_return_does_not_matter_to_other_procedures() {
    assert_eq!(
        outcomes(&april("@11: 64632-50-78; 64640")),
        [
            Outcome::NotPriced(Unpriced::Modifier("78".parse().unwrap())),
            amount("267.54")
        ]
    );
    // Whether 54 or 78 holds is not known, and so whether the line is ranked.
    assert_eq!(
        outcomes(&april("@11: 64632-54-78; 64640"))[1],
        Outcome::NotPriced(Unpriced::OtherLine { line: 1 })
    );
}

#[test]
fn a_session_of_hundreds_of_procedures_is_ranked() {
    let date: ServiceDate = "2026-04-06".parse().unwrap();
    let line = ServiceLine::new(0, date, "64640".parse().unwrap()).at_site("11".parse().unwrap());
    let claim = Claim::professional("P").lines(vec![line; 600]).build().unwrap();
    let prices = price(&claim, Reference::starter(), &Terms::national());
    let paid = prices.lines.iter().filter_map(|line| line.amount());
    assert_eq!(paid.count(), 5);
}
