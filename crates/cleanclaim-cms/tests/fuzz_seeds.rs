//! The fuzz target of the readers as an ordinary test: every seed, then mutations of the seeds in a fixed order.

#![allow(dead_code, unreachable_pub, reason = "files shared with the fuzz targets")]

#[path = "../../../fuzz/src/lookups.rs"]
mod lookups;
#[path = "../../../fuzz/src/mutate.rs"]
mod mutate;
#[path = "../../../fuzz/src/readers.rs"]
mod readers;

use std::path::PathBuf;

fn replay(kind: &str) {
    let seeds = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/readers");
    mutate::replay_some(&seeds, kind, 300_000, readers::readers);
}

/// Every seed reads as what it is meant to be, so that mutations begin at something sound.
#[test]
fn every_seed_is_read() {
    let seeds = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/readers");
    for seed in std::fs::read_dir(seeds).unwrap() {
        let path = seed.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let names = readers::NAMES[usize::from(bytes[0] - b'a')];
        let sources = names
            .iter()
            .zip(bytes[1..].split(|&byte| byte == 0x1c))
            .map(|(name, part)| cleanclaim_cms::FileSource::bytes(name, part));
        let options = cleanclaim_cms::Options::default().allow_small();
        let read = cleanclaim_cms::collect_sources(sources.collect(), &options, &mut |_| {});
        assert_eq!(read.errors(), 0, "{}: {:?}", path.display(), read.problems);
        assert!(!read.releases.is_empty(), "{}", path.display());
    }
}

#[test]
fn fee_schedules() {
    replay("pprrvu");
}

#[test]
fn unlikely_edits_pairs_and_add_ons() {
    replay("ncci");
}

#[test]
fn addenda_of_the_asc() {
    replay("asc");
}

#[test]
fn geography() {
    replay("geography");
}

#[test]
fn tables_of_the_editor() {
    replay("ioce");
}
