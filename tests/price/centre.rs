//! What an ambulatory surgical centre is paid.

use cleanclaim::price::{ByReport, ClaimPrice, Condition, NotPaid, Outcome, Terms, Unpriced};
use cleanclaim::reference::Reference;

use super::small::SMALL;
use super::{amount, outcomes, priced};

/// Over the starter, in April 2026.
fn asc(lines: &str) -> ClaimPrice {
    let shorthand = format!("asc 2026-04-06 @24: {lines}");
    priced(Reference::starter(), &shorthand, &Terms::national())
}

/// Over the small addenda: 49505 and 45385 are discounted, at 100.00 each.
fn small(lines: &str) -> Vec<Outcome> {
    outcomes(&priced(
        &SMALL,
        &format!("asc 2025-10-06 @24: {lines}"),
        &Terms::national(),
    ))
}

#[test]
fn an_ambulatory_surgical_centre_has_the_addendum_rate() {
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

/// 64632 47.33, 64640 197.04.
#[test]
fn each_unit_is_a_procedure_of_its_own() {
    let prices = asc("64632 x2");
    assert_eq!(outcomes(&prices), [amount("71.00")]);
    assert_eq!(prices.total(), asc("64632; 64632-59").total());
    assert!(prices.lines[0].conditions.contains(&Condition::UnitsAreProcedures));
    let words = prices.explain(Reference::starter());
    let step = words.lines[0].steps.last().unwrap();
    assert_eq!(
        step.step,
        "each unit after the first as a procedure of its own: 50 percent, 23.66 less"
    );
    assert!(step.source.ends_with("chapter 14, section 40.5") && !step.verified);
    // Only the first unit of the day's highest is paid in full.
    assert_eq!(outcomes(&asc("64632 x2; 64640")), [amount("47.34"), amount("197.04")]);
    assert_eq!(outcomes(&asc("64632; 64640 x2")), [amount("23.67"), amount("295.56")]);
    // 64657 is not marked for discounting.
    let one = asc("64657").lines[0].amount().unwrap().cents();
    let two = asc("64657 x2");
    assert_eq!(two.lines[0].amount().unwrap().cents(), 2 * one);
    assert_eq!(two.lines[0].conditions, [Condition::BeforeWageIndex]);
}

#[test]
fn what_is_never_discounted_does_not_matter_to_what_is() {
    assert_eq!(small("49505; 45385"), [amount("50.00"), amount("100.00")]);
    // No payment, priced by the contractor, packaged.
    for (code, outcome) in [
        ("90393", Outcome::NotPaid(NotPaid::AscIndicator(*b"K5"))),
        ("D0120", Outcome::NotPaid(NotPaid::AscIndicator(*b"D1"))),
        ("J1030", Outcome::NotPaid(NotPaid::AscIndicator(*b"D5"))),
        ("76942", Outcome::NotPaid(NotPaid::Packaged(*b"N1"))),
        ("45378", Outcome::ByReport(ByReport::AscIndicator(*b"J7"))),
        // An ancillary service with a modifier whose rule is not held.
        (
            "70450-52",
            Outcome::NotPriced(Unpriced::Modifier("52".parse().unwrap())),
        ),
    ] {
        let found = small(&format!("49505; 45385; {code}"));
        assert_eq!(found, [amount("50.00"), amount("100.00"), outcome], "{code}");
    }
    // A device-intensive procedure that was stopped is apart as well.
    assert_eq!(outcomes(&asc("64628-73; 64632"))[1], amount("47.33"));
    // One that is discounted, and whose amount is not known, does matter.
    let unknown = Outcome::NotPriced(Unpriced::OtherLine { line: 2 });
    assert_eq!(small("49505; 45385-52")[0], unknown);
    assert_eq!(outcomes(&asc("64632; 27130"))[0], unknown);
}

/// The addenda of October 2025 give deleted and packaged codes rates.
#[test]
fn what_is_not_paid_is_not_paid_for_having_a_rate() {
    assert_eq!(small("C9248"), [Outcome::NotPaid(NotPaid::AscIndicator(*b"D5"))]);
    assert_eq!(small("C9101"), [Outcome::NotPaid(NotPaid::Packaged(*b"N1"))]);
}

#[test]
fn modifiers_that_do_not_belong_or_settle_the_line_are_said() {
    for modifier in ["26", "53", "54", "62", "80", "AS"] {
        assert_eq!(
            outcomes(&asc(&format!("64632-{modifier}"))),
            [Outcome::NotPriced(Unpriced::OutOfPlace(modifier.parse().unwrap()))]
        );
    }
    assert!(matches!(
        outcomes(&asc("64632-GY"))[0],
        Outcome::NotPaid(NotPaid::ExpectedDenial(_))
    ));
    // Both sides in one unit is what 50 says.
    assert!(matches!(
        outcomes(&asc("64632-RT-LT"))[0],
        Outcome::NotPriced(Unpriced::Modifier(_))
    ));
    assert_eq!(outcomes(&asc("64632-RT-LT x2")), [amount("71.00")]);
}
