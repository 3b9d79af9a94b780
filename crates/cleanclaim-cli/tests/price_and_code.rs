//! `cleanclaim price` and `cleanclaim code` as they are used.

use crate::common;

use std::path::PathBuf;

use common::run;
use serde_json::Value;

/// A file of this test's own.
fn file(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn claim(id: &str, code: &str) -> String {
    format!(
        r#"{{"id":"{id}","form":"professional","payer":"medicare","lines":[{{"number":1,"date":"2026-04-06","code":"{code}","modifiers":[],"units":1,"site":"11"}}]}}"#
    )
}

#[test]
fn prices_are_printed_and_the_exit_code_says_whether_all_are_known() {
    let known = file("price-known.json", &claim("known", "64632"));
    let ran = run(&["price", &known]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.out
            .starts_with("claim known: 90.18 (Medicare, national, participating)\n"),
        "{}",
        ran.out
    );

    let both = file(
        "price-both.ndjson",
        &format!("{}\n{}\n", claim("known", "64632"), claim("unknown", "27130")),
    );
    let ran = run(&["price", "--format", "json", &both]);
    assert_eq!(ran.code, Some(3));
    let answers: Vec<Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers[0]["total"], "90.18");
    assert_eq!(answers[1]["total"], Value::Null);
    assert_eq!(answers[1]["lines"][0]["outcome"], "not-priced");
}

#[test]
fn terms_change_amounts() {
    let known = file("price-terms.json", &claim("known", "64632"));
    assert!(run(&["price", "--qpp", &known]).out.contains("90.63  allowed"));
    let ran = run(&["price", "--non-participating", &known]);
    assert!(ran.out.contains("98.52  limiting charge"), "{}", ran.out);
    assert!(
        run(&["price", "--locality", "10112-00", &known])
            .out
            .contains("82.99  allowed")
    );
    let ran = run(&["price", "--locality", "somewhere", &known]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("`10112-00`"), "{}", ran.err);
}

#[test]
fn what_cannot_be_read_is_said_with_its_place() {
    let broken = file(
        "price-broken.ndjson",
        &format!("{{\"id\":\"B\"}}\n{}\n", claim("known", "64632")),
    );
    let ran = run(&["price", &broken]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("price-broken.ndjson:1"), "{}", ran.err);
    assert!(ran.out.contains("claim known"), "the rest goes on\n{}", ran.out);
}

#[test]
fn the_page_for_a_code_comes_in_three_forms() {
    let ran = run(&["code", "64632", "--date", "2024-08-06"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(
        ran.out
            .starts_with("64632 on 2024-08-06 (CPT category I; payer medicare)\n"),
        "{}",
        ran.out
    );
    let ran = run(&["code", "64632", "--date", "2024-08-06", "--format", "markdown"]);
    assert!(ran.out.contains("| 26 TC | M010 |"), "{}", ran.out);
    let ran = run(&["code", "64632", "--date", "2024-08-06", "--format", "json"]);
    let page: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(page["fee_schedule"]["listed"]["says"][0]["work"], "1.23");
}

#[test]
fn a_page_without_a_date_takes_one_for_which_modifiers_are_loaded() {
    let ran = run(&["code", "64632"]);
    assert!(ran.out.starts_with("64632 on 2026-04-01"), "{}", ran.out);
}

#[test]
fn a_code_of_which_nothing_is_known_is_incomplete() {
    let ran = run(&["code", "27130", "--date", "2024-08-06"]);
    assert_eq!(ran.code, Some(3));
    assert!(ran.out.contains("not every table answers"), "{}", ran.out);
    let ran = run(&["code", "6463"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("five ASCII letters or digits"), "{}", ran.err);
}
