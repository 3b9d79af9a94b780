//! What to run while working: format, lints, and the library's own tests.

use crate::run::{self, Failed};

pub(crate) fn run() -> Result<(), Failed> {
    run::run("cargo", &["fmt", "--all", "--check"])?;
    run::run(
        "cargo",
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ],
    )?;
    run::run("cargo", &["test", "-p", "cleanclaim", "--all-features", "--tests"])
}
