//! The case book of the public record, and lines that practices were paid, against the published files.

use crate::run::{self, Failed};

pub(crate) fn run() -> Result<(), Failed> {
    let tests = [
        "test",
        "-p",
        "cleanclaim-cms",
        "--test",
        "all",
        "truth::",
        "--",
        "--nocapture",
        "--test-threads",
        "1",
    ];
    run::run("cargo", &tests)
}
