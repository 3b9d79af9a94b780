//! Claims that ask for no payment, and claims of which a line could not be read.

#![cfg(feature = "starter")]

use cleanclaim::{Claim, Evaluator, Reason, Verdict};

fn reasons(claim: &str) -> (Verdict, usize, Vec<Reason>) {
    let evaluator = Evaluator::starter();
    let evaluation = evaluator.evaluate(&Claim::from_shorthand(claim).unwrap());
    let mut reasons: Vec<Reason> = evaluation.not_evaluated().iter().map(|gap| gap.reason()).collect();
    reasons.sort();
    reasons.dedup();
    (evaluation.verdict(), evaluation.findings().len(), reasons)
}

#[test]
fn a_void_is_no_claim_for_payment() {
    let professional = "2024-08-06 @11 freq=8 ref=2024219000123: 64632-50-RT";
    assert_eq!(reasons(professional), (Verdict::Incomplete, 0, vec![Reason::Void]));
    let hospital = "tob=138 2024-08-06 ref=2024219000123: 64632-50-RT rev=0360";
    assert_eq!(reasons(hospital), (Verdict::Incomplete, 0, vec![Reason::Void]));
    assert_ne!(reasons(&hospital.replace("138", "131")).2, [Reason::Void]);
}

#[test]
fn a_replacement_is_edited_as_a_claim_for_payment() {
    let (verdict, findings, why) = reasons("2024-08-06 @11 freq=7 ref=2024219000123: 64632-50-RT");
    assert!(findings > 0 && verdict == Verdict::Findings);
    assert_eq!(why, [Reason::Replacement]);
    // Medicare takes a hospital's replacement, and what other payers take is theirs.
    assert!(
        !reasons("tob=137 2024-08-06: 64632-50-RT rev=0360")
            .2
            .contains(&Reason::Replacement)
    );
}

#[test]
fn rules_that_compare_lines_say_that_one_could_not_be_read() {
    let claim = "2024-08-06 @11: 64632-RT; 64632-LT";
    assert!(!reasons(claim).2.contains(&Reason::LineNotRead));
    let (verdict, _, why) = reasons(&claim.replace("@11", "@11 unread=3"));
    assert_eq!((verdict, why), (Verdict::Incomplete, vec![Reason::LineNotRead]));
}
