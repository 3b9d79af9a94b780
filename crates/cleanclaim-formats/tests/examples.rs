//! What the examples print.

#![allow(unreachable_pub, dead_code, reason = "files shared with others")]

#[path = "../examples/folder.rs"]
mod folder;
#[path = "../examples/from_837.rs"]
mod from_837;
#[path = "../examples/service.rs"]
mod service;

fn printed(run: impl FnOnce(&mut Vec<u8>) -> Result<(), Box<dyn std::error::Error>>) -> String {
    let mut out = Vec::new();
    run(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn an_837_text_is_explained() {
    let text = printed(from_837::run);
    let first = "monday.837: interchange `000000001`, group `1`, transaction `0001`, segment 18\nclaim A1: findings\n";
    assert!(text.starts_with(first), "{text}");
    assert!(
        text.contains("M010 component-not-applicable (line denied, CARC 4)"),
        "{text}"
    );
}

#[test]
fn a_folder_is_counted_file_by_file() {
    assert_eq!(
        printed(folder::run),
        "monday.837: 1 clean, 0 with findings, 0 incomplete, 0 not read\n\
         tuesday.837: 0 clean, 1 with findings, 0 incomplete, 0 not read\n"
    );
}

#[test]
fn a_service_answers_every_request() {
    let text = printed(service::run);
    let answers: Vec<_> = text.lines().collect();
    assert_eq!(answers.len(), 6, "{text}");
    for (number, answer) in answers.iter().enumerate() {
        assert!(answer.starts_with(&format!("request {number}: claim A1: ")), "{answer}");
        assert_eq!(answer.contains("M010"), number % 2 == 1, "{answer}");
    }
}
