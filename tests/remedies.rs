//! Remedies are said only where they help.
#![cfg(feature = "starter")]

use cleanclaim::{Claim, Evaluator};

/// What the starter's evaluator advises on the first finding of a rule.
fn advised(claim: &str, rule: &str) -> String {
    let evaluator = Evaluator::starter();
    let claim = Claim::from_shorthand(claim).unwrap();
    let found = evaluator.check(&claim).findings;
    let finding = found.into_iter().find(|finding| finding.rule == rule);
    finding.unwrap().remedy.unwrap_or_default()
}

#[test]
fn fifty_is_advised_only_for_a_code_with_a_second_side() {
    assert!(advised("2024-08-06 @11: 64632 x2", "U002").contains("modifier 50"));
    assert!(!advised("2024-08-06 @11: 64642 x2", "U002").contains("50"));
}

#[test]
fn a_centre_is_not_sent_to_a_form_that_it_does_not_use() {
    assert!(advised("2024-08-06 @19: 64632-PO", "M060").contains("institutional form"));
    assert!(!advised("asc 2024-08-06 @24: 64632-PO", "M060").contains("form"));
}
