//! Golden claims: what an independent reading of the catalogue finds over the same published files.

mod common;
#[path = "common/golden.rs"]
mod golden;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use cleanclaim::reference::{Reference, Stale};
use cleanclaim::{Claim, Evaluator, date};
use cleanclaim_cms::{Options, collect};
use common::published;

static REFERENCE: LazyLock<Reference> = LazyLock::new(|| {
    let paths = ["mpfs", "ncci", "asc", "ioce"].map(|folder| published(folder).unwrap());
    collect(&paths, &Options::default(), &mut |_| {})
        .builder
        .build()
        .unwrap()
});

/// 64492 and 64495 needed prior authorisation from 2023-07-01 until CMS took them off the list on 2024-08-05: the rule
/// says so, and the golden claims never raise S020 on them.
fn golden_leaves_out(claim: &Claim, line: u64, rule: &str) -> bool {
    let line = claim.lines().iter().find(|one| u64::from(one.number) == line).unwrap();
    let code = line.code.unwrap();
    rule == "S020" && ["64492", "64495"].contains(&code.as_str()) && line.date() < date!(2024, 8, 5)
}

fn agree(file: &str, stale: Stale) {
    let Some(claims) = golden::claims(file) else {
        return;
    };
    let evaluator = Evaluator::builder(REFERENCE.clone()).stale(stale).build().unwrap();
    let mut session = evaluator.session();
    let mut differences = Vec::new();
    for (claim, golden) in claims {
        let evaluation = session.evaluate(&claim);
        let mut found: BTreeSet<(u64, String)> = evaluation
            .findings()
            .iter()
            .map(|finding| {
                let number = claim.lines()[finding.line().unwrap()].number;
                (u64::from(number), evaluator.rules()[finding.rule()].id.to_owned())
            })
            .collect();
        found.retain(|(line, rule)| !golden_leaves_out(&claim, *line, rule));
        let expected: BTreeSet<(u64, String)> = golden["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| (pair[0].as_u64().unwrap(), pair[1].as_str().unwrap().to_owned()))
            .collect();
        let verdict = golden
            .get("verdict")
            .is_none_or(|verdict| *verdict == evaluation.verdict().to_string());
        if found != expected || !verdict {
            differences.push(format!(
                "{}: {} (golden {:?}), missing {:?}, extra {:?}",
                claim.to_shorthand(),
                evaluation.verdict(),
                golden.get("verdict"),
                expected.difference(&found).collect::<Vec<_>>(),
                found.difference(&expected).collect::<Vec<_>>(),
            ));
        }
    }
    golden::none_differ(&differences);
}

#[test]
fn every_table_in_force() {
    agree("professional_medicare_2024q3.jsonl.gz", Stale::Refuse);
}

#[test]
fn stale_tables_used() {
    agree("professional_medicare_2026q2.jsonl.gz", Stale::Use);
}
