//! Golden claims: what an independent reading of the catalogue finds over the same published files.

use crate::common;
#[path = "common/golden.rs"]
mod golden;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use cleanclaim::claim::ServiceLine;
use cleanclaim::kinds::{Known, ServiceKind};
use cleanclaim::reference::{Component, Reference, Setting, Stale};
use cleanclaim::{Claim, Evaluation, Evaluator, date, modifier};
use cleanclaim_cms::{Options, collect};
use common::published;

static REFERENCE: LazyLock<Reference> = LazyLock::new(|| {
    let paths = ["mpfs", "ncci", "asc", "ioce"].map(|folder| published(folder).unwrap());
    collect(&paths, &Options::default(), &mut |_| {})
        .builder
        .build()
        .unwrap()
});

/// Modifiers that Medicare does not take together (WORLD.md, C and E6) and that the golden claims take to stand so.
const EXCLUDED_SINCE: [[&str; 2]; 11] = [
    ["50", "78"],
    ["58", "78"],
    ["58", "79"],
    ["59", "91"],
    ["78", "79"],
    ["95", "GT"],
    ["GA", "GY"],
    ["GY", "GZ"],
    ["KX", "GY"],
    ["KX", "GZ"],
    ["MG", "MH"],
];

/// Two of the modifiers of a patient's physical status say different things of the one patient.
const PHYSICAL_STATUS: [&str; 6] = ["P1", "P2", "P3", "P4", "P5", "P6"];

/// What the golden claims do not know. 64492 and 64495 needed prior authorisation from 2023-07-01 until CMS took them off
/// the list on 2024-08-05: the rule says so, and the golden claims never raise S020 on them. No laboratory test takes 26
/// or TC unless its fee-schedule row has the parts (WORLD.md, D).
fn golden_leaves_out(claim: &Claim, number: u64, rule: &str) -> bool {
    let line = line_of(claim, number);
    let code = line.code.unwrap();
    let has = |text: &str| line.all_modifiers().any(|one| one.as_str() == text);
    let kinds = || Known::by_number(code, line.date()).kinds();
    match rule {
        "M004" => {
            let pairs = EXCLUDED_SINCE.iter().any(|pair| pair.iter().all(|one| has(one)));
            pairs || PHYSICAL_STATUS.iter().filter(|one| has(one)).count() > 1
        }
        "M010" => kinds().has(ServiceKind::Laboratory) && (has("26") || has("TC")),
        "S020" => ["64492", "64495"].contains(&code.as_str()) && line.date() < date!(2024, 8, 5),
        _ => false,
    }
}

/// The rules that the golden claims know. Those that came later are not compared.
#[rustfmt::skip]
const CATALOGUE: [&str; 39] = [
    "A001", "A002", "A003", "C001", "C002", "C003", "C004", "C005", "D001", "D002", "D003", "M001", "M002", "M003",
    "M004", "M010", "M020", "M021", "M022", "M023", "M030", "M031", "M032", "M033", "M034", "M040", "M041", "M042",
    "M050", "M060", "N001", "N002", "N003", "S001", "S002", "S003", "S010", "S020", "U",
];

/// Rules that the public record makes milder or stricter than the golden claims have them, or silent on some lines: what
/// they say of a claim as a whole is not compared.
const CHANGED: [&str; 13] = [
    "A001", "C005", "M023", "M031", "M033", "M041", "N002", "N003", "S002", "S003", "U001", "U002", "U003",
];

fn is_known(rule: &str) -> bool {
    CATALOGUE.iter().any(|known| rule.starts_with(known))
}

fn line_of(claim: &Claim, number: u64) -> &ServiceLine {
    claim
        .lines()
        .iter()
        .find(|one| u64::from(one.number) == number)
        .unwrap()
}

fn is_visit(line: &ServiceLine) -> bool {
    Known::by_number(line.code.unwrap(), line.date())
        .kinds()
        .has(ServiceKind::Visit)
}

/// A visit in column 2 is set apart by 24, 25 or 57 on its own line only (WORLD.md, E1).
fn by_visits_own_modifier(claim: &Claim, number: u64, rule: &str) -> String {
    let line = line_of(claim, number);
    let apart = [modifier!("24"), modifier!("25"), modifier!("57")];
    if rule == "N003" && is_visit(line) && !apart.iter().any(|&one| line.modifiers.contains(one)) {
        return "N002".to_owned();
    }
    rule.to_owned()
}

/// Where a rule of the golden claims is silent by WORLD.md, B.
fn is_silent(evaluator: &Evaluator, claim: &Claim, evaluation: &Evaluation, number: u64, rule: &str) -> bool {
    let line = line_of(claim, number);
    let code = line.code.unwrap();
    match rule {
        // Status X: where the kind of service is not known, the rule is not evaluated, and says so.
        "C005" => evaluation.not_evaluated().iter().any(|gap| {
            let at = gap.line().map(|at| u64::from(claim.lines()[at].number));
            at == Some(number) && gap.rule().is_some_and(|rule| evaluator.rules()[rule].id == "C005")
        }),
        // Telehealth, wellness visits and care after another's operation.
        "S002" => {
            let site = line.site.unwrap().code();
            let wellness = ["G0402", "G0438", "G0439"].contains(&code.as_str());
            ["02", "10"].contains(&site) || line.modifiers.contains(modifier!("55")) || wellness
        }
        // Further critical care and prolonged services are visits with the global days of an add-on.
        "M041" => is_visit(line),
        // An MUE of 0 on a code that the fee schedule does not pay says only that others bill it.
        "U001" | "U002" | "U003" => {
            let (reference, stale, date) = (evaluator.reference(), evaluator.stale(), line.date());
            let mue = reference.mue(Setting::Practitioner, code, date, stale).found();
            let rows = [Component::Global, Component::Professional, Component::Technical].into_iter();
            let mut rows = rows.filter_map(|part| reference.fee_schedule(code, part, date, stale).found());
            mue.is_some_and(|mue| mue.row.value == 0) && !rows.any(|row| row.row.indicators.status.has_payment_policy())
        }
        _ => false,
    }
}

fn agree(file: &str, stale: Stale) {
    let Some(claims) = golden::claims(file) else {
        return;
    };
    let evaluator = Evaluator::builder(REFERENCE.clone()).stale(stale).build().unwrap();
    let mut session = evaluator.session();
    let mut differences = Vec::new();
    for (claim, golden) in claims {
        let evaluation = session.evaluate(&claim).clone();
        let id = |rule: usize| evaluator.rules()[rule].id;
        let mut found: BTreeSet<(u64, String)> = evaluation
            .findings()
            .iter()
            .map(|finding| {
                let number = claim.lines()[finding.line().unwrap()].number;
                (u64::from(number), id(finding.rule()).to_owned())
            })
            .collect();
        let gaps = evaluation
            .not_evaluated()
            .iter()
            .filter_map(|gap| Some(id(gap.rule()?)));
        let is_comparable = |rule: &str| is_known(rule) && !CHANGED.contains(&rule);
        let mut all = found.iter().map(|(_, rule)| rule.as_str()).chain(gaps);
        let golden_rules = golden["findings"].as_array().unwrap().iter();
        let mut golden_rules = golden_rules.map(|pair| pair[1].as_str().unwrap());
        let compares_verdict = all.all(is_comparable) && golden_rules.all(is_comparable);
        found.retain(|(_, rule)| is_known(rule));
        let expected: BTreeSet<(u64, String)> = golden["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| (pair[0].as_u64().unwrap(), pair[1].as_str().unwrap()))
            .map(|(line, rule)| (line, by_visits_own_modifier(&claim, line, rule)))
            .filter(|(line, rule)| !is_silent(&evaluator, &claim, &evaluation, *line, rule))
            .collect();
        let all_found = found.len();
        found.retain(|one| expected.contains(one) || !golden_leaves_out(&claim, one.0, &one.1));
        let compares_verdict = compares_verdict && found.len() == all_found;
        let verdict = golden
            .get("verdict")
            .is_none_or(|verdict| !compares_verdict || *verdict == evaluation.verdict().to_string());
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
