//! The tests of the library. In one binary, which compiles and links once. A file that is not listed here does not run: the last test
//! says so.

#![allow(clippy::duplicate_mod, reason = "files of tests bring their helpers along")]

mod advice;
mod batch;
mod calendar;
mod claim_properties;
mod compare;
mod every_modifier_judged;
mod examples;
mod frequency_and_unread_lines;
mod fuzz_seeds;
mod generated;
mod hospital;
mod html_report;
mod laws;
mod layers;
mod model_properties;
mod modifier_table;
mod modifiers_page;
mod packed;
mod packed_rows;
mod payers_page;
#[path = "policies/main.rs"]
mod policies;
#[path = "price/main.rs"]
mod price;
mod profile;
mod properties;
mod remedies;
mod repairs;
mod schedules;
mod source;

/// Files with a binary of their own, and what is shared.
const SEPARATE: &[&str] = &["all", "rules", "no_allocation"];

#[test]
fn every_test_file_is_listed() {
    let listed = include_str!("all.rs");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let is_test = path.extension().is_some_and(|extension| extension == "rs") || path.join("main.rs").exists();
        let name = path.file_stem().unwrap().to_str().unwrap();
        if is_test && !SEPARATE.contains(&name) {
            assert!(
                listed.lines().any(|line| line == format!("mod {name};")),
                "`tests/{name}` does not run: add it to tests/all.rs"
            );
        }
    }
}
