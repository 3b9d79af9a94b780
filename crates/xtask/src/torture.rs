//! Damage, bombs, signals, full disks and large inputs, in numbers too large for the ordinary tests: the rows of
//! `docs/reliability.md`. It takes some minutes, and 1 GiB of memory for the archives that it makes.

use crate::run::{self, Failed};

pub(crate) fn run() -> Result<(), Failed> {
    let torture = [
        "test",
        "--release",
        "--locked",
        "-p",
        "cleanclaim-cli",
        "--test",
        "torture",
        "--",
    ];
    // One after the other: what is measured is not to be that of another.
    let options = ["--ignored", "--nocapture", "--test-threads", "1"];
    run::run("cargo", &[torture.as_slice(), options.as_slice()].concat())
}
