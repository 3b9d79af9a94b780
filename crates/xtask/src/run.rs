//! Runs a command in the folder of the workspace.

use std::fmt;
use std::path::PathBuf;
use std::process::Command;

/// A command that did not succeed.
#[derive(Debug)]
pub(crate) struct Failed(String);

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The folder of the workspace.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs a command and shows what it prints.
pub(crate) fn run(program: &str, arguments: &[&str]) -> Result<(), Failed> {
    println!("\n== {program} {}", arguments.join(" "));
    let status = Command::new(program).args(arguments).current_dir(root()).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failed(format!(
            "`{program} {}` ended with {status}",
            arguments.join(" ")
        ))),
        Err(error) => Err(Failed(format!("`{program}` cannot be started: {error}"))),
    }
}
