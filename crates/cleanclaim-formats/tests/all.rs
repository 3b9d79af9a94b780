//! The tests of the crate. In one binary, which compiles and links once. A file that is not listed here does not run: the last test
//! says so.

mod cases;
mod damage;
mod examples;
mod fuzz_seeds;
mod policies;
mod privacy;
mod remittances;
mod samples;
mod shapes;

/// Files with a binary of their own, and what is shared.
const SEPARATE: &[&str] = &["all", "memory"];

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
