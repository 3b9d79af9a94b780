//! PTP edits: text in zips.

use cleanclaim::reference::{PairIndicator, PairRows, Rows, Setting, Table};
use cleanclaim::{code, date};
use cleanclaim_cms::{FileProblemKind, FileSource, Options, Severity, collect_sources, read};

use super::{problems, read_one, small};

const PTP_HEAD: &str = "CPT only copyright 2023.  All rights reserved.\t\t\t\t\t\t\r
Column1/Column2 Edits\t\t\t\t\t\t\r
Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\r
\t\tprior to 1996\tDate\tDate\t0=not allowed\t\r
\t\t\t\t*=no data\t1=allowed\t\r
\t\t\t\t\t9=not applicable\t\r\n";

pub(super) fn ptp(rows: &[&str]) -> String {
    format!("{PTP_HEAD}{}\r\n", rows.join("\r\n"))
}

pub(super) fn zip_of(name: &str, text: &str) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive
        .start_file(name, zip::write::SimpleFileOptions::default())
        .unwrap();
    archive.write_all(text.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn pairs_are_read_from_text_in_zips() {
    let text = ptp(&[
        "64632\t20550\t\t20200401\t*\t1\tMisuse of Column Two code with Column One code",
        "64632\t36000\t*\t19960101\t20191231\t0\tStandards of medical/surgical practice",
        "0001A\tG0008\t\t20180101\t20180101\t9\tMisuse of Column Two code with Column One code",
        "64632\t2055\t\t20200401\t*\t1\tx",
        "64632\t20551\t\t20200431\t*\t1\tx",
        "64632\t20551\t\t20200401\tnone\t1\tx",
        "64632\t20551\t\t20200401\t*\t2\tx",
        "64632\t20552\t\t20200401\t20200331\t1\tx",
        "\u{1a}",
    ]);
    let read = read_one("ccipra-v302r0-f1.zip", zip_of("CCIPRA-V302R0-F1.TXT", &text)).unwrap();
    assert_eq!(
        (read.release.table, &*read.release.name),
        (Table::PractitionerPairs, "v30.2")
    );
    // From the first edit that was ever in force, so not from the row of indicator 9.
    assert_eq!(read.release.in_force, "1996-01-01..2024-09-30".parse().unwrap());
    let Rows::Pairs(PairRows { rows, rationales }) = &read.rows else {
        panic!()
    };
    assert_eq!(rows.len(), 4);
    assert_eq!((rows[0].column1, rows[0].column2), (code!("64632"), code!("20550")));
    assert_eq!((rows[0].effective, rows[0].deletion), (date!(2020, 4, 1), None));
    assert_eq!(rows[2].indicator, PairIndicator::NotApplicable);
    assert_eq!(rows[0].rationale, rows[2].rationale);
    assert_eq!(
        &*rationales[usize::from(rows[1].rationale)],
        "Standards of medical/surgical practice"
    );
    assert_eq!(
        problems(&read),
        [
            "ccipra-v302r0-f1.zip!CCIPRA-V302R0-F1.TXT:10: field `Column 2`: `2055` is not valid: expected a \
             procedure code: five digits, four digits and a letter, or a letter and four digits",
            "ccipra-v302r0-f1.zip!CCIPRA-V302R0-F1.TXT:11: field `Effective Date`: `20200431` is not valid: expected \
             YYYYMMDD from 19700101 to 21490606",
            "ccipra-v302r0-f1.zip!CCIPRA-V302R0-F1.TXT:12: field `Deletion Date`: `none` is not valid: expected a \
             date as YYYYMMDD, or `*` for none",
            "ccipra-v302r0-f1.zip!CCIPRA-V302R0-F1.TXT:13: field `Modifier`: `2` is not valid: expected one of 0 1 9, \
             the values of the modifier indicator",
            "ccipra-v302r0-f1.zip!CCIPRA-V302R0-F1.TXT: rows that end before they begin, such as `64632 20552`: 1; they \
             are in force on no day",
        ]
    );
}

#[test]
fn parts_of_a_release_are_merged_and_missing_ones_named() {
    // Part 1 from 10000 on, part 2 from 30000, and so on; each with a rationale of its own.
    let part = |n: u32| {
        let first = n * 20_000 - 10_000;
        let row = |code| format!("{code}\t99999\t\t20200401\t*\t1\trationale {n}");
        let rows: Vec<String> = (first..first + 10_000).map(row).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        FileSource::bytes(&format!("ccioph-v321r0-f{n}.txt"), ptp(&rows))
    };
    let options = Options::default();
    let whole = collect_sources((1..=4).map(part).collect(), &options, &mut |_| {});
    assert_eq!((whole.errors(), whole.releases.len()), (0, 1), "{:?}", whole.problems);
    let (release, rows) = &whole.releases[0];
    assert_eq!(
        (release.table, &*release.name, *rows),
        (Table::HospitalPairs, "v32.1", 40_000)
    );
    assert_eq!(release.in_force, "2020-04-01..2026-06-30".parse().unwrap());
    let reference = whole.builder.build().unwrap();
    let found = reference.pair_edits(
        Setting::OutpatientHospital,
        code!("75000"),
        code!("99999"),
        date!(2026, 6, 30),
        cleanclaim::reference::Stale::Refuse,
    );
    let edit = found.found().unwrap().row[0];
    assert_eq!(reference.pair_rationale(edit), "rationale 4");

    let some = collect_sources(vec![part(1), part(3)], &options, &mut |_| {});
    assert_eq!(some.releases.len(), 0);
    assert_eq!(
        some.problems[0].to_string(),
        "ccioph-v321r0-f1.txt: release `v32.1` is missing part f2 and part f4: its codes would \
         wrongly be reported as not listed"
    );
    let twice = collect_sources((1..=4).chain([2]).map(part).collect(), &options, &mut |_| {});
    assert_eq!((twice.errors(), twice.releases[0].1), (0, 40_000));
    assert!(
        twice.problems[0]
            .to_string()
            .contains("holds the same rows as `ccioph-v321r0-f2.txt`")
    );
}

#[test]
fn overlapping_pairs_are_one_note() {
    let read = read_one(
        "ccipra-v302r0-f1.txt",
        ptp(&[
            "64632\t20550\t\t20190101\t20191231\t1\tx",
            "64632\t20550\t\t20190101\t*\t0\tx",
        ]),
    )
    .unwrap();
    assert_eq!(read.problems.len(), 1);
    assert_eq!(read.problems[0].severity, Severity::Note);
    assert!(matches!(
        read.problems[0].kind,
        FileProblemKind::OverlappingPairs { count: 1 }
    ));
}

#[test]
fn pairs_that_name_no_setting_or_version_ask_for_it() {
    let text = ptp(&["64632\t20550\t\t20190101\t*\t1\tx"]);
    let error = read_one("pairs-v302r0-f1.txt", text.clone()).unwrap_err();
    assert!(
        matches!(error.problem().kind, FileProblemKind::NoSetting { .. }),
        "{error}"
    );
    let error = read_one("ccipra.txt", text.clone()).unwrap_err();
    assert!(
        matches!(error.problem().kind, FileProblemKind::NoRelease { what: "version", .. }),
        "{error}"
    );
    let options = small()
        .setting(Setting::OutpatientHospital)
        .release("mine")
        .period("2024-07-01..2024-09-30".parse().unwrap());
    let read = read(FileSource::bytes("pairs.txt", text), &options).unwrap();
    assert_eq!(
        (read[0].release.table, &*read[0].release.name),
        (Table::HospitalPairs, "mine")
    );
    assert_eq!(read[0].release.in_force, "2024-07-01..2024-09-30".parse().unwrap());
}
