//! Files of any layout: what is not known, what is damaged, what is stated of them.

use cleanclaim::reference::ReferenceBuilder;
use cleanclaim_cms::{FileProblemKind, FileSource, collect_sources, read};

use super::fee_schedule::{ROW, pprrvu};
use super::pairs::{ptp, zip_of};
use super::units::mue;
use super::{read_one, small};

#[test]
fn what_is_not_known_is_named() {
    let sources = vec![
        FileSource::bytes("readme.txt", "Dear reader\n"),
        FileSource::bytes("PPRRVU24_JUL.csv", pprrvu(&[ROW])),
    ];
    let collected = collect_sources(sources, &small(), &mut |_| {});
    assert_eq!((collected.errors(), collected.releases.len()), (0, 1));
    assert!(
        collected.problems[0]
            .to_string()
            .starts_with("readme.txt: is not in a layout that is read here")
    );
    let error = read_one("readme.txt", "Dear reader\n").unwrap_err();
    assert_eq!(error.problem().kind, FileProblemKind::UnknownLayout);
}

#[test]
fn a_stated_release_is_for_one_release() {
    let sources = vec![
        FileSource::bytes("PPRRVU24_JUL.csv", pprrvu(&[ROW])),
        FileSource::bytes(
            "MUE_Eff_07-01-2024.csv",
            mue("Practitioner Services", "64632,1,2 Day,x\n"),
        ),
    ];
    let options = small().release("x");
    let collected = collect_sources(sources, &options, &mut |_| {});
    assert!(collected.releases.is_empty());
    assert!(matches!(
        collected.problems[0].kind,
        FileProblemKind::StatedForSeveral { found: 2 }
    ));
}

#[test]
fn damaged_containers_are_named() {
    let zip = zip_of("ccipra-v302r0-f1.txt", &ptp(&["64632\t20550\t\t20190101\t*\t1\tx"]));
    let error = read_one("x.zip", zip[..zip.len() - 10].to_vec()).unwrap_err();
    assert!(
        error.to_string().starts_with("x.zip: is no sound zip file: "),
        "{error}"
    );
    let error = read_one("x.csv.gz", b"\x1f\x8b\x08\x00broken".to_vec()).unwrap_err();
    assert!(
        error.to_string().starts_with("x.csv.gz: is no sound gzip file: "),
        "{error}"
    );
    let error = read("no/such/file", &small()).unwrap_err();
    assert!(
        error.to_string().starts_with("no/such/file: cannot be read: "),
        "{error}"
    );
}

#[test]
fn descriptors_do_not_reach_the_packed_file() {
    let read = read_one("PPRRVU24_JUL.csv", pprrvu(&[ROW])).unwrap();
    let mut builder = ReferenceBuilder::new();
    builder.add(read.release, read.rows).unwrap();
    let packed = builder.pack().unwrap();
    assert!(!packed.windows(8).any(|bytes| bytes == b"REDACTED"));
}
