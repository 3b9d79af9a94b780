//! The case book: what payers did with claims, by the public record (`../shared/casebook`, scored as its README says).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use cleanclaim::claim::FormKind;
use cleanclaim::{Claim, Disposition, Evaluator};
use serde_json::Value;

use super::common::published;
use super::{EVALUATOR, show};

/// The cases that the library does not meet, each with the reason: `id`, a tab, the reason.
const NOT_MET: &str = include_str!("not_met.tsv");

/// How an answer stands to what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    /// A faulty claim is stopped where the payer stopped it, or a sound one is not stopped.
    Met,
    /// A faulty claim is not stopped; an advisory stands on what the payer stopped.
    Advised,
    /// Nothing is said of what the payer stopped.
    Missed,
    /// A sound claim is stopped.
    FalseAlarm,
}

struct Case {
    id: String,
    topic: String,
    payer: &'static str,
    is_faulty: bool,
    needs: String,
    outcome: Outcome,
    /// The rules that decide it.
    rules: BTreeSet<String>,
}

/// What the library answers to a case.
fn judge(evaluator: &Evaluator, given: &Value) -> Case {
    let texts = |value: &Value| -> Vec<String> {
        let values = value.as_array().into_iter().flatten();
        values.filter_map(|value| Some(value.as_str()?.to_owned())).collect()
    };
    let text = |key: &str| given[key].as_str().unwrap().to_owned();
    // The claims before the last are the patient's history, which an evaluator of one claim does not see.
    let claim = given["claims"].as_array().unwrap().last().unwrap();
    let claim = Claim::from_json(claim.to_string()).unwrap_or_else(|error| panic!("{}: {error}", text("id")));
    let lines: BTreeSet<u64> = given["on"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_u64)
        .collect();
    let expect = text("expect");
    let is_faulty = expect != "paid";
    let advice_counts = ["reduced", "review"].contains(&expect.as_str());
    let evaluation = evaluator.evaluate(&claim);
    let mut rules = BTreeSet::new();
    let mut is_advised = false;
    for finding in evaluation.findings() {
        let line = finding.line().map(|line| u64::from(claim.lines()[line].number));
        if is_faulty && line.is_some_and(|line| !lines.contains(&line)) {
            continue;
        }
        let is_advice = finding.disposition() == Disposition::Advisory;
        is_advised |= is_advice;
        if !is_advice || (is_faulty && advice_counts) {
            rules.insert(evaluator.rules()[finding.rule()].id.to_owned());
        }
    }
    let outcome = match (is_faulty, rules.is_empty()) {
        (true, false) | (false, true) => Outcome::Met,
        (true, true) if is_advised => Outcome::Advised,
        (true, true) => Outcome::Missed,
        (false, false) => Outcome::FalseAlarm,
    };
    Case {
        id: text("id"),
        topic: text("topic"),
        payer: match (text("payer").as_str(), claim.form().kind()) {
            ("medicare", FormKind::Professional) => "Medicare, professional",
            ("medicare", _) => "Medicare, hospital",
            _ => "other payers",
        },
        is_faulty,
        needs: texts(&given["needs"]).join("+"),
        outcome,
        rules,
    }
}

/// Faulty cases that are caught, advised on and missed; sound ones that pass and that are stopped.
#[derive(Default)]
struct Count([u32; 5]);

impl Count {
    fn take(&mut self, case: &Case) {
        let column = match (case.outcome, case.is_faulty) {
            (Outcome::Met, true) => 0,
            (Outcome::Advised, _) => 1,
            (Outcome::Missed, _) => 2,
            (Outcome::Met, false) => 3,
            (Outcome::FalseAlarm, _) => 4,
        };
        self.0[column] += 1;
    }

    fn row(&self, name: &str) -> String {
        let [caught, advised, missed, passed, alarms] = self.0;
        format!("{name:<60} {caught:>6} {advised:>7} {missed:>6} {passed:>6} {alarms:>12}")
    }
}

fn tables(cases: &[Case]) -> Vec<String> {
    let mut by_needs = BTreeMap::<String, Count>::new();
    let mut by_topic = BTreeMap::<String, Count>::new();
    for case in cases {
        let payer = case.payer;
        let needs = if case.needs.is_empty() {
            "the claim alone"
        } else {
            &case.needs
        };
        by_needs.entry(format!("{payer}: {needs}")).or_default().take(case);
        by_topic
            .entry(format!("{payer}: {}", case.topic))
            .or_default()
            .take(case);
    }
    let heading = format!(
        "{:<60} {:>6} {:>7} {:>6} {:>6} {:>12}",
        "case book", "caught", "advised", "missed", "passed", "false alarms"
    );
    let rows = by_needs.iter().chain(&by_topic).map(|(name, count)| count.row(name));
    std::iter::once(heading).chain(rows).collect()
}

fn not_met() -> BTreeMap<&'static str, &'static str> {
    let rows = NOT_MET
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.map(|row| row.split_once('\t').unwrap()).collect()
}

/// Every case is met, or listed with the reason; none that is met is listed.
#[test]
fn cases_of_the_public_record() {
    let (Some(folder), Some(evaluator)) = (published("../casebook"), EVALUATOR.as_ref()) else {
        return;
    };
    let mut cases = Vec::new();
    for file in ["commercial", "required", "sites", "surgical"] {
        let text = std::fs::read_to_string(folder.join(format!("{file}.jsonl"))).unwrap();
        cases.extend(
            text.lines()
                .map(|line| judge(evaluator, &serde_json::from_str(line).unwrap())),
        );
    }
    show(&tables(&cases));
    if std::env::var_os("TRUTH_ALL").is_some() {
        let said = |case: &Case| format!("{}\t{}\t{:?}\t{:?}", case.id, case.topic, case.outcome, case.rules);
        show(&cases.iter().map(said).collect::<Vec<_>>());
    }
    let listed = not_met();
    let mut wrong = String::new();
    for case in &cases {
        match (case.outcome, listed.contains_key(case.id.as_str())) {
            (Outcome::Met, true) => {
                let _ = writeln!(wrong, "{} is met: take it off not_met.tsv", case.id);
            }
            (Outcome::Advised | Outcome::Missed, false) => {
                let _ = writeln!(wrong, "{} ({}) is missed and not listed", case.id, case.topic);
            }
            (Outcome::FalseAlarm, false) => {
                let _ = writeln!(
                    wrong,
                    "{} ({}) is a false alarm by {:?} and not listed",
                    case.id, case.topic, case.rules
                );
            }
            _ => {}
        }
    }
    for case in &cases {
        let reason = listed.get(case.id.as_str());
        let says_advised = reason.is_some_and(|reason| reason.starts_with("advises only"));
        if says_advised != (case.outcome == Outcome::Advised) {
            let outcome = case.outcome;
            let _ = writeln!(wrong, "{} is {outcome:?}: not_met.tsv says `{reason:?}`", case.id);
        }
    }
    for id in listed.keys().filter(|&&id| !cases.iter().any(|case| case.id == id)) {
        let _ = writeln!(wrong, "{id} is listed in not_met.tsv and is no case");
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
