//! The fuzz targets as ordinary tests: every seed, then mutations of the seeds in a fixed order.

#![cfg(all(feature = "json", feature = "starter"))]
#![allow(dead_code, unreachable_pub, reason = "files shared with the fuzz targets")]

#[path = "../fuzz/src/claims.rs"]
mod claims;
#[path = "../fuzz/src/layout.rs"]
mod layout;
#[path = "../fuzz/src/lookups.rs"]
mod lookups;
#[path = "../fuzz/src/mutate.rs"]
mod mutate;
#[path = "../fuzz/src/packed.rs"]
mod packed;
#[path = "../fuzz/src/sample.rs"]
mod sample;

use std::path::PathBuf;

fn replay(target: &str, call: fn(&[u8])) {
    let seeds = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/seeds")
        .join(target);
    mutate::replay(&seeds, 300_000, call);
}

#[test]
fn packed_bytes() {
    replay("packed_bytes", packed::packed_bytes);
}

#[test]
fn json_claim() {
    replay("json_claim", claims::json_claim);
}

#[test]
fn shorthand() {
    replay("shorthand", claims::shorthand);
}

#[test]
fn evaluate() {
    replay("evaluate", claims::evaluate);
}
