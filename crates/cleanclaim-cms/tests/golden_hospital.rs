//! Golden claims of hospitals: the line edits that an independent port of CMS's outpatient editor returns for them.

use crate::common;
#[path = "common/golden.rs"]
mod golden;

use std::collections::BTreeSet;
use std::path::PathBuf;

use cleanclaim::{Claim, Evaluation, Evaluator};
use cleanclaim_cms::{Options, collect};
use common::published;
use serde_json::Value;

/// The edits that look at final status indicators, and the indicators that conditional packaging may change.
const BY_FINAL_STATUS: [u64; 3] = [21, 42, 61];
const CONDITIONAL: [&str; 6] = ["J1", "J2", "Q1", "Q2", "Q3", "Q4"];

/// The (line, edit) pairs of an evaluation.
fn edits(evaluator: &Evaluator, claim: &Claim, evaluation: &Evaluation) -> BTreeSet<(u64, u64)> {
    let findings = evaluation.findings().iter();
    findings
        .filter_map(|finding| {
            let edit = evaluator.rules()[finding.rule()].edit?;
            let number = claim.lines()[finding.line()?].number;
            Some((number.into(), edit.into()))
        })
        .collect()
}

fn expected(golden: &Value) -> BTreeSet<(u64, u64)> {
    let pairs = golden["edits"].as_array().unwrap().iter();
    pairs
        .map(|pair| (pair[0].as_u64().unwrap(), pair[1].as_u64().unwrap()))
        .collect()
}

/// The ids of the rules that an evaluation could not evaluate.
fn not_evaluated<'e>(evaluator: &'e Evaluator, evaluation: &Evaluation) -> BTreeSet<&'e str> {
    let gaps = evaluation.not_evaluated().iter();
    gaps.filter_map(|gap| Some(evaluator.rules()[gap.rule()?].id)).collect()
}

#[test]
fn every_claim_agrees_edit_by_edit() {
    let Some(claims) = golden::claims("hospital_outpatient_013x.jsonl.gz") else {
        return;
    };
    let pairs = (1..=4).map(|part| format!("ncci/ccioph-v321r0-f{part}.zip"));
    let paths: Vec<PathBuf> = pairs
        .chain(["ioce".to_owned()])
        .filter_map(|path| published(&path))
        .collect();
    let reference = collect(&paths, &Options::default(), &mut |_| {})
        .builder
        .build()
        .unwrap();
    let evaluator = Evaluator::new(reference);
    let mut session = evaluator.session();
    let mut differences = Vec::new();
    for (claim, golden) in claims {
        let evaluation = session.evaluate(&claim);
        let (mut found, mut expected) = (edits(&evaluator, &claim, evaluation), expected(&golden));
        let gaps = not_evaluated(&evaluator, evaluation);
        if is_conditional(&evaluator, &claim) {
            found.retain(|(_, edit)| !BY_FINAL_STATUS.contains(edit));
            expected.retain(|(_, edit)| !BY_FINAL_STATUS.contains(edit));
            let said = ["M121", "U142"].iter().all(|rule| gaps.contains(rule));
            assert!(said, "{}: not evaluated only {gaps:?}", claim.to_shorthand());
        }
        if found != expected {
            differences.push(format!(
                "{}: missing {:?}, extra {:?}, not evaluated {gaps:?}",
                claim.to_shorthand(),
                expected.difference(&found).collect::<Vec<_>>(),
                found.difference(&expected).collect::<Vec<_>>(),
            ));
        }
    }
    golden::none_differ(&differences);
}

/// Whether a line has a status indicator that conditional packaging may change, in the version of the claim's first day.
fn is_conditional(evaluator: &Evaluator, claim: &Claim) -> bool {
    let first_day = claim.form().as_institutional().unwrap().dates.first();
    claim.lines().iter().filter_map(|line| line.code).any(|code| {
        let row = evaluator
            .reference()
            .outpatient_code(code, first_day, evaluator.stale())
            .found();
        row.is_some_and(|found| CONDITIONAL.contains(&found.row.status_text()))
    })
}
