//! The packed file: damaged, hostile and newer bytes are refused or soundly read, and what is packed is what is found.

#[path = "../fuzz/src/layout.rs"]
#[allow(dead_code, unreachable_pub, reason = "shared with the fuzz targets")]
mod layout;
#[path = "../fuzz/src/lookups.rs"]
#[allow(unreachable_pub, reason = "shared with the fuzz targets")]
mod lookups;
#[path = "../fuzz/src/sample.rs"]
mod sample;

use std::collections::HashSet;

use cleanclaim::reference::{PackedError, Reference, ReferenceBuilder, Table};
use layout::{Entry, entries, put, repair};
use lookups::ask_everything;
use proptest::prelude::*;

fn open(bytes: &[u8]) -> Result<Reference, PackedError> {
    Reference::open(bytes.to_vec())
}

/// Opens the bytes; a reference that opens answers everything without a panic, and an error says what is wrong.
fn open_soundly(bytes: &[u8]) -> Option<String> {
    match open(bytes) {
        Ok(reference) => {
            ask_everything(&reference, 8);
            None
        }
        Err(error) => {
            let text = error.to_string();
            assert!(text.len() > 20, "`{text}` says too little");
            Some(text)
        }
    }
}

/// The error of a file that was changed and whose checksums were repaired.
fn refused(change: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut file = sample::packed();
    change(&mut file);
    repair(&mut file);
    open_soundly(&file).expect("the change should be refused")
}

fn entry(file: &[u8], kind: u64) -> Entry {
    *entries(file).iter().find(|entry| entry.kind == kind).unwrap()
}

const CODES: u64 = 1;
const RELEASES: u64 = 3;
const ROWS: u64 = 16;
const FEE_VALUES: u64 = 17;
const PAIR_CODES: u64 = 18;
const PAIR_BLOCKS: u64 = 19;
const PAIR_NUMBERS: u64 = 20;
const PAIR_HISTORIES: u64 = 21;

#[test]
fn every_table_survives_packing() {
    let reference = open(&sample::packed()).unwrap();
    for table in Table::ALL {
        let has = reference.releases().iter().any(|release| release.table == *table);
        assert!(has, "fuzz/src/sample.rs has no row of {table}");
    }
    for id in reference.release_ids() {
        assert!(reference.rows(id) > 0);
    }
    ask_everything(&reference, 100);
}

#[test]
fn the_same_rows_in_another_order_give_the_same_bytes() {
    assert!(sample::builder(false).pack().unwrap() == sample::builder(true).pack().unwrap());
}

#[test]
fn a_file_is_as_its_description_has_it() {
    let file = sample::packed();
    assert_eq!(&file[..8], b"CLNCLAIM");
    assert_eq!(layout::number::<4>(&file, layout::FORMAT), 1);
    assert_eq!(layout::number::<8>(&file, layout::LENGTH), file.len() as u64);
    let mut end = layout::HEADER + entries(&file).len() * layout::ENTRY;
    for entry in entries(&file) {
        let begin = end.next_multiple_of(64);
        assert_eq!(entry.offset, begin as u64, "{entry:?}");
        assert!(file[end..begin].iter().all(|&byte| byte == 0));
        end = begin + entry.size as usize;
    }
    assert_eq!(file.len(), end.next_multiple_of(64));
    let mut repaired = file.clone();
    repair(&mut repaired);
    assert!(repaired == file, "the checksums are those of the description");
}

#[test]
fn no_start_of_a_file_opens() {
    let file = sample::packed();
    for length in 0..file.len() {
        assert!(
            Reference::open(bytes::Bytes::copy_from_slice(&file[..length])).is_err(),
            "{length}"
        );
    }
    assert!(matches!(open(&[]), Err(PackedError::NotPacked)));
    assert!(matches!(open(&file[..8]), Err(PackedError::Truncated { .. })));
    assert!(matches!(
        open(&file[..file.len() - 1]),
        Err(PackedError::Truncated { .. })
    ));
    let mut longer = file;
    longer.push(0);
    assert!(matches!(open(&longer), Err(PackedError::Truncated { .. })));
}

#[test]
fn no_changed_byte_goes_unnoticed() {
    let mut file = sample::packed();
    for at in 0..file.len() {
        file[at] ^= 0x41;
        assert!(
            Reference::open(bytes::Bytes::copy_from_slice(&file)).is_err(),
            "byte {at}"
        );
        file[at] ^= 0x41;
    }
}

#[test]
fn a_file_cut_short_and_repaired_is_refused_or_sound() {
    let file = sample::packed();
    for length in (0..file.len()).step_by(997).chain(file.len() - 64..file.len()) {
        let mut file = file[..length].to_vec();
        repair(&mut file);
        open_soundly(&file);
    }
}

#[test]
fn files_and_records_of_later_releases_are_told() {
    let mut file = sample::packed();
    put::<4>(&mut file, layout::FORMAT, 2);
    let error = open(&file).unwrap_err();
    assert_eq!(error, PackedError::NewerFormat { found: 2 });
    assert!(error.to_string().contains("update cleanclaim"), "{error}");
    for place in entries(&sample::packed()) {
        let error = refused(|file| put::<2>(file, place.at + layout::VERSION, 9));
        assert!(
            error.contains("record version 9") && error.contains("update"),
            "{error}"
        );
    }
}

#[test]
fn wild_directories_are_refused() {
    let file = sample::packed();
    let wild = [
        0,
        1,
        31,
        63,
        64,
        96,
        1 << 16,
        1 << 31,
        u64::from(u32::MAX),
        1 << 63,
        u64::MAX - 63,
        u64::MAX,
    ];
    for place in entries(&file) {
        for number in wild.into_iter().chain([file.len() as u64, file.len() as u64 + 64]) {
            for (field, own) in [(layout::OFFSET, place.offset), (layout::SIZE, place.size)] {
                if number != own {
                    refused(|file| put::<8>(file, place.at + field, number));
                }
            }
            if number as u32 != place.ordinal as u32 {
                refused(|file| put::<4>(file, place.at + layout::ORDINAL, number));
            }
        }
        for kind in (0..=40).chain([255, 256, 0xFFFF]).filter(|&kind| kind != place.kind) {
            let error = refused(|file| put::<2>(file, place.at + layout::KIND, kind));
            let known = matches!(kind, 1..=3 | 16..=21);
            assert!(known || error.contains("does not know the kind"), "{kind}: {error}");
        }
    }
    for count in [0, 1, 2, 3, 5, 1 << 16, 100_001, u64::from(u32::MAX)] {
        refused(|file| put::<4>(file, layout::COUNT, count));
    }
}

#[test]
fn sections_given_twice_or_over_each_other_are_refused() {
    let file = sample::packed();
    let all = entries(&file);
    for pair in all.windows(2) {
        let (one, two) = (pair[0], pair[1]);
        let same = file[one.at..one.at + layout::ENTRY].to_vec();
        refused(|file| file[two.at..two.at + layout::ENTRY].copy_from_slice(&same));
        refused(|file| put::<8>(file, two.at + layout::OFFSET, one.offset));
    }
}

/// Changes one number inside the first section of a kind.
fn changed<const N: usize>(kind: u64, at: usize, number: u64) -> String {
    refused(|file| {
        let place = entry(file, kind);
        put::<N>(file, place.offset as usize + at, number);
    })
}

#[test]
fn numbers_that_lead_nowhere_are_refused() {
    let file = sample::packed();
    let codes = open(&file).unwrap().codes().count() as u64;
    // A code that the counts behind it do not know, and bits beyond the last code.
    changed::<8>(CODES, 0, 1);
    changed::<8>(CODES, 9_687 * 10, 1 << 63);
    // More releases than there are, a table that no release has, days that end before they begin.
    changed::<4>(RELEASES, 0, u64::from(u32::MAX));
    changed::<1>(RELEASES, 4, 200);
    changed::<2>(RELEASES, 5, 65_535);
    // Rows that begin behind the end, an indicator without a meaning.
    changed::<4>(ROWS, 0, 1);
    changed::<4>(ROWS, 4, 1_000);
    changed::<1>(ROWS, (codes as usize + 1) * 4, 200);
    // Values by other codes than the indicators beside them.
    changed::<4>(FEE_VALUES, 4, 1);
    // Two codes of a pair table with the same number, a code number too many.
    changed::<2>(PAIR_CODES, 0, 0);
    changed::<2>(PAIR_CODES, 0, 200);
    // A pair more than there are histories for, a rank that does not follow from the bits.
    changed::<8>(PAIR_BLOCKS, 4, u64::MAX);
    changed::<4>(PAIR_BLOCKS, 0, 7);
    changed::<2>(PAIR_NUMBERS, 0, 60_000);
    changed::<4>(PAIR_HISTORIES, 0, 0);
    changed::<4>(PAIR_HISTORIES, 0, 1 << 30);
    changed::<4>(PAIR_HISTORIES, 0, u64::from(u32::MAX));
    changed::<4>(PAIR_HISTORIES, 4, 2);
    changed::<4>(PAIR_HISTORIES, 8, u64::from(u32::MAX));
}

/// The last record of a release's rows, changed at one place.
fn last_record<const N: usize>(ordinal: u64, size: usize, at: usize, number: u64) -> String {
    refused(|file| {
        let place = *entries(file)
            .iter()
            .find(|entry| entry.kind == ROWS && entry.ordinal == ordinal)
            .unwrap();
        put::<N>(file, (place.offset + place.size) as usize - size + at, number);
    })
}

#[test]
fn words_and_codes_that_are_not_there_are_refused() {
    // Releases lie in the order of their tables: 3 is an MUE, 7 the add-ons, 12 to 14 the localities.
    let words = "leads";
    assert!(last_record::<2>(3, 8, 4, 999).contains(words));
    assert!(last_record::<2>(7, 8, 4, 999).contains(words));
    assert!(last_record::<2>(12, 17, 5, 999).contains(words));
    assert!(last_record::<2>(13, 15, 5, 999).contains(words));
    assert!(last_record::<2>(14, 11, 9, 999).contains(words));
    let interval = refused(|file| {
        let place = entry(file, PAIR_HISTORIES);
        put::<2>(file, (place.offset + place.size) as usize - 8 + 4, 999);
    });
    assert!(interval.contains("nowhere"), "{interval}");
}

#[test]
fn rows_under_another_key_are_refused() {
    // Modifiers and localities say in their rows what they are about.
    last_record::<2>(9, 10, 0, 5);
    last_record::<2>(10, 8, 0, 5);
    last_record::<1>(12, 17, 4, 42);
}

/// Thousands of releases in a few bytes: opening takes time in proportion to the file.
#[test]
fn releases_that_cost_more_than_their_bytes_are_refused_in_time() {
    let mut releases = Vec::from(200_000_u32.to_le_bytes());
    for _ in 0..200_000 {
        releases.extend([0, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
    }
    let sample = ReferenceBuilder::new().pack().unwrap();
    let mut file = sample[..3 * layout::ENTRY + layout::HEADER].to_vec();
    let old = entries(&sample);
    for place in &old {
        let offset = file.len().next_multiple_of(64);
        file.resize(offset, 0);
        let bytes = match place.kind {
            RELEASES => &releases,
            _ => layout::section(&sample, place).unwrap(),
        };
        put::<8>(&mut file, place.at + layout::OFFSET, offset as u64);
        put::<8>(&mut file, place.at + layout::SIZE, bytes.len() as u64);
        file.extend_from_slice(bytes);
    }
    file.resize(file.len().next_multiple_of(64), 0);
    repair(&mut file);
    let began = std::time::Instant::now();
    assert!(open_soundly(&file).is_some());
    assert!(began.elapsed().as_secs() < 5);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_refused(mut bytes in proptest::collection::vec(any::<u8>(), 0..600), magic in any::<bool>()) {
        if magic {
            let head = b"CLNCLAIM\x01\0\0\0";
            bytes.splice(0..head.len().min(bytes.len()), head.iter().copied());
            repair(&mut bytes);
        }
        prop_assert!(open_soundly(&bytes).is_some());
    }

    #[test]
    fn changed_and_repaired_bytes_are_refused_or_sound(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u64>(), 0..4_u8), 1..5),
    ) {
        let mut file = sample::packed();
        let all = entries(&file);
        for (place, number, width) in changes {
            // The code index is most of the file and the least of its meaning: the other sections get most changes.
            let section = all[place.index(all.len())];
            let at = section.offset as usize + number as usize % section.size.max(1) as usize;
            match width {
                0 => put::<1>(&mut file, at, number >> 32),
                1 => put::<2>(&mut file, at, number >> 32),
                2 => put::<4>(&mut file, at, number >> 32),
                _ => put::<4>(&mut file, at, number >> 56),
            }
        }
        repair(&mut file);
        open_soundly(&file);
    }
}

#[test]
fn errors_differ_by_cause() {
    let told: HashSet<String> = [
        open_soundly(b"").unwrap(),
        open_soundly(b"CLNCLAIM").unwrap(),
        refused(|file| put::<4>(file, layout::COUNT, 0)),
        refused(|file| put::<2>(file, layout::HEADER, 77)),
        changed::<8>(CODES, 0, 1),
        changed::<1>(RELEASES, 4, 200),
    ]
    .into();
    assert_eq!(told.len(), 6);
}

#[test]
fn the_description_of_the_format_has_every_table() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/packed-format.md");
    let page = std::fs::read_to_string(page).unwrap();
    let (_, list) = page.split_once("| table | number |").unwrap();
    let rows = list.lines().take_while(|line| !line.is_empty());
    let numbers: Vec<u8> = rows
        .flat_map(|line| line.split('|').nth(2).unwrap_or_default().split(';'))
        .filter_map(|number| number.trim().parse().ok())
        .collect();
    let tables: Vec<u8> = Table::ALL.iter().map(|&table| table as u8).collect();
    assert_eq!(numbers, tables, "docs/packed-format.md lists the tables by number");
}
