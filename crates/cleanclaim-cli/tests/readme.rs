//! What the README says that its commands print is what they print.

use std::path::PathBuf;
use std::process::{Command, Output};

/// A newcomer's first command must not end as if it had failed.
#[test]
fn the_first_command_ends_well_and_prints_what_the_readme_shows() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let (_, rest) = readme.split_once("cargo run --release -p cleanclaim-cli -- ").unwrap();
    let (first, _) = rest.split_once('\n').unwrap();
    assert_eq!(prints_what_is_shown(first), Some(0));
}

#[test]
fn claims_with_findings_and_claims_that_cannot_be_read_exit_as_the_readme_says() {
    assert_eq!(prints_what_is_shown("check examples/claims.json"), Some(1));
    assert_eq!(prints_what_is_shown("check examples/claims.json --repairs"), Some(1));
    let ran = ran("check examples/unreadable.json");
    assert_eq!(ran.status.code(), Some(2));
    let printed = String::from_utf8(ran.stdout).unwrap() + &String::from_utf8(ran.stderr).unwrap();
    assert!(printed.contains("pain clinic"), "{printed}");
}

/// Every line that the README shows is printed; how the command exits.
fn prints_what_is_shown(command: &str) -> Option<i32> {
    let (shown, printed) = shown_and_printed(command);
    assert!(shown.len() > 4);
    let lines: Vec<&str> = printed.lines().collect();
    for line in shown {
        assert!(
            lines.contains(&&*line),
            "the command does not print `{line}`; it prints\n{printed}"
        );
    }
    ran(command).status.code()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn ran(command: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cleanclaim"))
        .args(command.split(' '))
        .current_dir(root())
        .output()
        .unwrap()
}

/// What a command of the README prints, and the lines that the README shows of it.
fn shown_and_printed(command: &str) -> (Vec<String>, String) {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let (_, rest) = readme.split_once(&format!("cleanclaim-cli -- {command}\n")).unwrap();
    let (_, rest) = rest.split_once("```text\n").unwrap();
    let (shown, _) = rest.split_once("```").unwrap();
    let shown = shown.lines().map(str::to_owned).collect();
    (shown, String::from_utf8(ran(command).stdout).unwrap())
}

#[test]
fn prices_and_pages_read_as_the_readme_shows() {
    for command in ["price examples/price.json", "code 64632 --date 2026-04-06"] {
        let (shown, printed) = shown_and_printed(command);
        assert!(shown.len() > 4);
        let mut lines = printed.lines();
        for line in shown {
            // In this order, with others between them.
            assert!(
                lines.any(|printed| printed == line),
                "`{command}` does not print `{line}`; it prints\n{printed}"
            );
        }
    }
}
