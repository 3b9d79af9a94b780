//! What the source itself must show: no public name that means two things, and no syntax that the declared compiler
//! does not know.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The libraries' folders of source: the package alone has only its own.
fn libraries() -> impl Iterator<Item = PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    ["src", "crates/cleanclaim-cms/src", "crates/cleanclaim-formats/src"]
        .into_iter()
        .map(|folder| root.join(folder))
        .filter(|folder| folder.exists())
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// The name of a public type that a line declares.
fn public_type(line: &str) -> Option<&str> {
    let declared = line.trim_start().strip_prefix("pub ")?;
    let (kind, rest) = declared.split_once(' ')?;
    let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
    let is_type = matches!(kind, "struct" | "enum" | "trait" | "type" | "union");
    (is_type && name.starts_with(char::is_uppercase)).then_some(name)
}

#[test]
fn a_public_type_has_a_name_of_its_own() {
    let mut seen: BTreeMap<String, PathBuf> = BTreeMap::new();
    for file in libraries().flat_map(|folder| rust_files(&folder)) {
        let text = std::fs::read_to_string(&file).unwrap();
        for name in text.lines().filter_map(public_type) {
            if let Some(before) = seen.insert(name.to_owned(), file.clone()) {
                panic!("`{name}` is a type in {} and in {}", before.display(), file.display());
            }
        }
    }
    assert!(
        seen.len() > 100,
        "the test reads few of the libraries' types: {}",
        seen.len()
    );
}

/// `if let … && …` is for Rust 1.88; Clippy does not tell.
#[test]
fn the_libraries_chain_no_lets() {
    for folder in libraries().filter(|folder| !folder.ends_with("cleanclaim-cms/src")) {
        for file in rust_files(&folder) {
            let text = std::fs::read_to_string(&file).unwrap();
            for (number, line) in (1..).zip(text.lines()) {
                let code = line.trim_start();
                let chained = !code.starts_with("//") && (code.starts_with("&& let ") || code.contains(" && let "));
                assert!(
                    !chained,
                    "{}:{number}: `&& let` needs Rust 1.88, and the package declares an older one: nest it",
                    file.display()
                );
            }
        }
    }
}

/// Another version of `strum` is then no change of our public types. What it derives here are traits of the standard
/// library and a private detail.
#[test]
fn no_public_type_has_a_trait_of_strum() {
    const ALLOWED: [&str; 4] = ["Display", "EnumString", "IntoStaticStr", "FromRepr"];
    for file in libraries().flat_map(|folder| rust_files(&folder)) {
        let text = std::fs::read_to_string(&file).unwrap();
        for used in text.split("strum::").skip(1) {
            let name: String = used.chars().take_while(|c| c.is_alphanumeric()).collect();
            assert!(
                ALLOWED.contains(&name.as_str()),
                "`strum::{name}` in {}",
                file.display()
            );
        }
    }
}
