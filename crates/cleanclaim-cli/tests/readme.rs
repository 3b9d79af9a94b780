//! What the README says that its first command prints is what it prints.

use std::path::PathBuf;
use std::process::Command;

#[test]
fn the_first_command_prints_what_the_readme_shows() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let (_, rest) = readme.split_once("check examples/claims.json").unwrap();
    let (_, rest) = rest.split_once("```text\n").unwrap();
    let (shown, _) = rest.split_once("```").unwrap();

    let ran = Command::new(env!("CARGO_BIN_EXE_cleanclaim"))
        .args(["check", "examples/claims.json"])
        .current_dir(&root)
        .output()
        .unwrap();
    let printed = String::from_utf8(ran.stdout).unwrap();
    let lines: Vec<&str> = printed.lines().collect();
    for line in shown.lines() {
        assert!(
            lines.contains(&line),
            "the command does not print `{line}`; it prints\n{printed}"
        );
    }
    assert_eq!(ran.status.code(), Some(2), "one of the claims cannot be read");
}

/// What a command of the README prints, and the lines that the README shows of it.
fn shown_and_printed(command: &str) -> (Vec<String>, String) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let (_, rest) = readme.split_once(&format!("cleanclaim-cli -- {command}\n")).unwrap();
    let (_, rest) = rest.split_once("```text\n").unwrap();
    let (shown, _) = rest.split_once("```").unwrap();
    let ran = Command::new(env!("CARGO_BIN_EXE_cleanclaim"))
        .args(command.split(' '))
        .current_dir(&root)
        .output()
        .unwrap();
    let shown = shown.lines().map(str::to_owned).collect();
    (shown, String::from_utf8(ran.stdout).unwrap())
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
