//! Target: bytes as files that CMS publishes. The first byte chooses the names, a file separator (`\x1c`) divides files.

use cleanclaim::reference::Reference;
use cleanclaim_cms::{FileSource, Options, collect_sources, read};

use super::lookups::ask_everything;

/// By first byte, `a` onwards: the names that the files have.
pub const NAMES: [&[&str]; 10] = [
    &["PPRRVU24_JUL.csv", "PPRRVU24_JUL.txt"],
    &["PPRRVU2025_Oct.txt", "PPRRVU2025_Oct.csv"],
    &[
        "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv",
        "MCR_MUE_OutpatientHospitalServices_Eff_07-01-2024.csv",
    ],
    &["ccipra-v302r0-f1.txt", "ccipra-v302r0-f2.txt"],
    &["AOC_V2026Q2-MCR.txt"],
    &["asc/20240701/AA.txt", "asc/20240701/BB.csv", "asc/20240701/EE.txt"],
    &["GPCI2025.csv"],
    &["ANES2025.csv"],
    &["25LOCCO.csv"],
    &[
        "ioce/version_range.csv",
        "ioce/data_hcpcs.csv",
        "ioce/data_modifier.csv",
        "ioce/map_modifier_conflict.csv",
    ],
];

/// Reads the files together and one by one; what was read can be packed, opened and asked.
pub fn readers(data: &[u8]) {
    let Some((&first, data)) = data.split_first() else {
        return;
    };
    let Some(names) = NAMES.get(usize::from(first.wrapping_sub(b'a')) % NAMES.len()) else {
        return;
    };
    let options = Options::default().allow_small();
    let parts: Vec<&[u8]> = data.split(|&byte| byte == 0x1c).collect();
    if let [only] = *parts {
        for name in *names {
            match read(FileSource::bytes(name, only), &options) {
                Ok(releases) => assert!(releases.iter().all(|one| !one.rows.is_empty())),
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
    }
    let sources = names
        .iter()
        .zip(parts)
        .map(|(name, part)| FileSource::bytes(name, part));
    let collected = collect_sources(sources.collect(), &options, &mut |_| {});
    for problem in &collected.problems {
        assert!(!problem.to_string().is_empty());
    }
    if !collected.releases.is_empty() {
        let packed = collected.builder.pack().expect("what was read can be packed");
        let reference = Reference::open(packed).expect("what was packed opens");
        ask_everything(&reference, 3);
    }
}
