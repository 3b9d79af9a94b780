//! Many claims on all cores answer as each does by itself.

#![cfg(feature = "rayon")]

#[path = "support/claims.rs"]
mod claims;
#[path = "support/tables.rs"]
mod tables;

use cleanclaim::{Claim, Evaluator};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

#[test]
fn many_claims_answer_as_each_does_by_itself() {
    let evaluator = Evaluator::new(claims::world().build());
    let mut runner = TestRunner::deterministic();
    let any = claims::claim();
    let many: Vec<Claim> = (0..5_000)
        .map(|_| any.new_tree(&mut runner).unwrap().current())
        .collect();
    let answers = evaluator.evaluate_many(&many);
    assert_eq!(answers.len(), many.len());
    assert!(answers.iter().any(|answer| !answer.findings().is_empty()));
    for (claim, answer) in many.iter().zip(&answers) {
        assert_eq!(answer, &evaluator.evaluate(claim), "{}", claim.to_shorthand());
    }
}

#[test]
fn no_claims_have_no_answers() {
    assert!(Evaluator::new(claims::world().build()).evaluate_many(&[]).is_empty());
}
