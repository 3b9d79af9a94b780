//! Compares what each example prints with `examples/output`. `UPDATE=1 cargo test` rewrites what they should print.

#![cfg(all(feature = "json", feature = "starter"))]
#![allow(dead_code, unreachable_pub, reason = "files shared with others")]

use std::path::PathBuf;

macro_rules! examples {
    ($($name:ident = $file:literal),+ $(,)?) => {
        $(
            #[path = $file]
            mod $name;

            #[test]
            fn $name() {
                let mut printed = Vec::new();
                $name::run(&mut printed).unwrap();
                compare(stringify!($name), &String::from_utf8(printed).unwrap());
            }
        )+

        #[test]
        fn every_example_is_compared() {
            let listed = [$(stringify!($name)),+];
            for entry in std::fs::read_dir(folder()).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|extension| extension == "rs") {
                    let name = path.file_stem().unwrap().to_str().unwrap();
                    assert!(listed.contains(&name), "`{name}` is not compared: add it to tests/examples.rs");
                }
            }
        }
    };
}

examples! {
    code_page = "../examples/code_page.rs",
    coverage = "../examples/coverage.rs",
    custom_rule = "../examples/custom_rule.rs",
    modifier_advice = "../examples/modifier_advice.rs",
    pair_and_modifier = "../examples/pair_and_modifier.rs",
    payers = "../examples/payers.rs",
    price_a_claim = "../examples/price_a_claim.rs",
    quickstart = "../examples/quickstart.rs",
    seed_case = "../examples/seed_case.rs",
    site_of_service = "../examples/site_of_service.rs",
    two_questions = "../examples/two_questions.rs",
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples")
}

fn compare(name: &str, printed: &str) {
    let path = folder().join("output").join(format!("{name}.txt"));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, printed).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        printed,
        expected,
        "{} (UPDATE=1 cargo test rewrites it)",
        path.display()
    );
}
