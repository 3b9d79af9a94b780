//! Data goes one way: holds each module to the modules it may see.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What each module may name with `crate::`. A module below another sees nothing of it.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("claim", &["model"]),
    ("reference", &["model"]),
    ("rows", &[]),
    ("lists", &["model", "rows"]),
    ("kinds", &["model", "reference", "rows"]),
    ("modifiers", &["model", "kinds", "rows"]),
    ("policy", &["model", "claim"]),
    ("compare", &["model", "reference"]),
    ("evaluation", &["model", "reference"]),
    ("facts", &["model", "claim", "reference", "kinds", "modifiers"]),
    (
        "rule",
        &[
            "model",
            "claim",
            "policy",
            "reference",
            "kinds",
            "modifiers",
            "facts",
            "evaluation",
        ],
    ),
    (
        "rules",
        &[
            "model",
            "claim",
            "policy",
            "reference",
            "kinds",
            "lists",
            "modifiers",
            "evaluation",
            "rule",
        ],
    ),
    (
        "engine",
        &[
            "model",
            "claim",
            "policy",
            "modifiers",
            "reference",
            "facts",
            "evaluation",
            "rule",
            "rules",
        ],
    ),
    ("price", &["model", "claim", "reference", "evaluation"]),
    (
        "repair",
        &["model", "claim", "modifiers", "evaluation", "rule", "engine"],
    ),
    (
        "explain",
        &[
            "model",
            "claim",
            "policy",
            "reference",
            "facts",
            "evaluation",
            "rule",
            "engine",
            "price",
            "repair",
        ],
    ),
    (
        "advice",
        &[
            "model",
            "claim",
            "modifiers",
            "policy",
            "reference",
            "evaluation",
            "rule",
            "price",
            "engine",
            "explain",
        ],
    ),
    (
        "profile",
        &[
            "model",
            "claim",
            "policy",
            "reference",
            "compare",
            "evaluation",
            "price",
            "engine",
            "advice",
        ],
    ),
    (
        "report",
        &["model", "claim", "evaluation", "explain", "price", "advice", "profile"],
    ),
];

/// The crate's own macros, which any module may use.
const MACROS: [&str; 4] = ["code", "modifier", "date", "rule"];

#[test]
fn every_module_sees_only_the_modules_before_it() {
    let allowed: BTreeMap<_, _> = LAYERS.iter().copied().collect();
    let mut seen = BTreeSet::new();
    for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let module = module_of(&file);
        if module == "lib" {
            continue;
        }
        let may = allowed
            .get(module.as_str())
            .unwrap_or_else(|| panic!("`{module}` is not in the list of layers: say what it may see"));
        for used in uses(&std::fs::read_to_string(&file).unwrap()) {
            let own = used == module || MACROS.contains(&used.as_str());
            assert!(
                own || may.contains(&used.as_str()),
                "{}: `{module}` must not see `{used}`",
                file.display()
            );
        }
        seen.insert(module);
    }
    assert_eq!(
        seen.len(),
        LAYERS.len(),
        "the list of layers names a module that is gone"
    );
}

#[test]
fn the_core_reads_no_clock_file_thread_or_environment() {
    for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = std::fs::read_to_string(&file).unwrap();
        for word in [
            "std::fs",
            "std::env",
            "std::time",
            "std::thread",
            "std::net",
            "std::process",
            "SystemTime",
            "println!",
        ] {
            let code = text
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .any(|line| line.contains(word));
            assert!(!code, "{}: `{word}` has no place in the core", file.display());
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// The top-level module that a file belongs to.
fn module_of(file: &Path) -> String {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let first = file.strip_prefix(source).unwrap().iter().next().unwrap();
    Path::new(first).file_stem().unwrap().to_str().unwrap().to_owned()
}

/// The modules that code names with `crate::`, documentation left aside.
fn uses(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split("crate::").skip(1))
        .map(|rest| {
            rest.chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                .collect()
        })
        .filter(|name: &String| !name.is_empty())
        .collect()
}
