//! The fuzz target of X12 files as an ordinary test: every seed, then mutations of the seeds in a fixed order.

#![allow(dead_code, unreachable_pub, reason = "files shared with the fuzz targets")]

#[path = "../../../fuzz/src/mutate.rs"]
mod mutate;
#[path = "../../../fuzz/src/x12.rs"]
mod target;

use std::path::PathBuf;

#[test]
fn x12() {
    let seeds = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/x12");
    mutate::replay(&seeds, 300_000, target::x12);
}
