//! Damaged files give errors, never a panic.

use cleanclaim_cms::{FileSource, Options, collect_sources, read};
use proptest::prelude::*;

const SCHEDULE: &str = include_str!("excerpts/pprrvu.csv");
const RECORDS: &str = include_str!("excerpts/pprrvu.txt");
const PAIRS: &str = "Column1/Column2 Edits\t\t\t\t\t\t\r\nColumn 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\r\n64632\t20550\t\t20200401\t*\t1\tx\r\n64632\t20551\t\t20200401\t20201231\t9\ty\r\n";
const MUE: &str = "\"Notice\r\n\",,,\r\n\"HCPCS/\r\nCPT Code\",Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\r\n64632,1,2 Day,x\r\n";
const ADD_ON: &str = "Notice\t\t\t\t\t\t\t\nAOC_Edit_Type\tAdd-On_Code\tAOC_DelDT\tPrimary_Code\tPrimary_Code_DelDT\tAOC_Edit_EffDT\tAOC_Edit_DelDT\tSpecial_Instruction_Notes\n1\t64634\t\t64633\t\t2013091\t\t\n";
const EXCLUDED: &str = "Addendum EE -- Excluded for CY 2024,\nHCPCS Code,Short Descriptor\n64999,REDACTED\n";
const CONFLICTS: &str = "modifier1,modifier2,lo_version,hi_version\nCT,FX,101,103\n";
const VERSIONS: &str = "version,version_id,date_started,date_ended\n103,27.1.0,20260401,20360331\n101,26.3.2,20251001,20251231\n102,27.0.1,20260101,20260331\n";
const GPCI: &str = "CY 2025\nMedicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2025 PW GPCI (with 1.0 Floor),2025 PE GPCI,2025 MP GPCI\n10112,AL,00,ALABAMA,1,0.869,0.575\n";

const SAMPLES: [(&str, &str); 9] = [
    ("PPRRVU24_JUL.csv", SCHEDULE),
    ("PPRRVU24_JUL.txt", RECORDS),
    ("ccipra-v302r0-f1.txt", PAIRS),
    ("MUE_Eff_07-01-2024.csv", MUE),
    ("AOC_V2026Q2.txt", ADD_ON),
    ("20240701/EE.csv", EXCLUDED),
    ("ioce/map_modifier_conflict.csv", CONFLICTS),
    ("ioce/version_range.csv", VERSIONS),
    ("GPCI2025.csv", GPCI),
];

fn read_anything(name: &str, bytes: Vec<u8>) {
    let options = Options::default().allow_small();
    if let Err(error) = read(FileSource::bytes(name, bytes.clone()), &options) {
        assert!(!error.to_string().is_empty());
    }
    let collected = collect_sources(vec![FileSource::bytes(name, bytes)], &options, &mut |_| {});
    // Whatever could be read can be packed.
    collected.builder.build().unwrap();
}

#[test]
fn every_sample_is_read_whole_before_it_is_damaged() {
    let options = Options::default().allow_small();
    let sources = SAMPLES
        .iter()
        .map(|(name, text)| FileSource::bytes(name, *text))
        .collect();
    let collected = collect_sources(sources, &options, &mut |_| {});
    let problems: Vec<String> = collected.problems.iter().map(ToString::to_string).collect();
    // Of the ASC there is one addendum only, and the two forms of the schedule agree.
    assert_eq!((collected.errors(), collected.releases.len()), (1, 6), "{problems:?}");
}

proptest! {
    #[test]
    fn random_bytes_are_no_table(bytes in prop::collection::vec(any::<u8>(), 0..2_000), name in "[a-zA-Z0-9._/-]{0,30}") {
        read_anything(&name, bytes);
    }

    #[test]
    fn a_truncated_file_is_read_as_far_as_it_goes(which in 0..SAMPLES.len(), cut in 0.0..1.0) {
        let (name, text) = SAMPLES[which];
        let length = (text.len() as f64 * cut) as usize;
        read_anything(name, text.as_bytes()[..length].to_vec());
    }

    #[test]
    fn changed_bytes_cost_rows_at_most(
        which in 0..SAMPLES.len(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
    ) {
        let (name, text) = SAMPLES[which];
        let mut bytes = text.as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        read_anything(name, bytes);
    }

    #[test]
    fn any_start_of_a_container_is_survived(
        magic in prop::sample::select(vec![&b"PK\x03\x04"[..], b"\x1f\x8b\x08", b"HDR ", b"Column 1\tColumn 2\t"]),
        bytes in prop::collection::vec(any::<u8>(), 0..500),
        name in "[a-z]{1,8}\\.(xlsx|zip|gz|txt)",
    ) {
        read_anything(&name, [magic, &bytes].concat());
    }
}
