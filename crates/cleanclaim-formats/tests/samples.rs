//! The guides' own sample files beside the checkout: every 005010 file gives the claims that a reader sees in it, every
//! 004010 file is refused by name. Where the files are not, the tests say so and end.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use cleanclaim_formats::x12::{Note, Reader, X12ErrorKind};

fn samples() -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/x12");
    if !found.exists() {
        // Not by a macro, whose words the harness keeps from who runs the tests.
        let _ = writeln!(std::io::stderr(), "skipped: {} is not here", found.display());
        return None;
    }
    Some(found)
}

/// File, claims in the shorthand.
type Sample = (&'static str, &'static [&'static str]);

/// Written by hand from the files: identifier, payer by NM1*PR and SBR09, type of bill, days, site, provider (the rendering
/// one, else the billing one), the patient's age on the first day and sex, status; then code, modifiers, units, charge.
/// No diagnoses: those of the files are ICD-9.
const PROFESSIONAL: &[Sample] = &[
    (
        "demo.ambulance.example5.837",
        &[
            "#051068 medicare 2005-02-08 @41 by=2366554859 age=41 sex=female: A0427-RH $700.00; A0425-RH x21 $8.20; A0422-RH $46.00; A0382-RH $12.30",
        ],
    ),
    (
        "demo.autoaccident.837",
        &[
            r#"#900000032 "other/HEISMAN INSURANCE COMPANY" 2005-10-31 @11 by=2366552595 age=57 sex=male: 99201 $150.00; 26010 $35.00"#,
        ],
    ),
    (
        "demo.cob.2ndary.example4.837",
        &["#125WILL medicare 2005-02-15 @11 by=1234567890 age=80 sex=male: 98940 $145.50"],
    ),
    (
        "demo.cob.example3.A.837",
        &[
            r#"#26407789 "other/KEY INSURANCE COMPANY+commercial" 2005-10-03 @11 by=1999996666 age=32 sex=male: 99213 $43.00; 90782 $15.00; J3301 $21.04"#,
        ],
    ),
    (
        "demo.cob.example3.B.837",
        &[
            r#"#26407789 "other/GREAT PRAIRIES HEALTH+commercial" 2005-10-03 @11 by=1999996666 age=32 sex=male: 99213 $43.00; 90782 $15.00; J3301 $21.04"#,
        ],
    ),
    (
        "demo.cob.example3.C.837",
        &[
            r#"#26407789 "other/GREAT PRAIRIES HEALTH+commercial" 2005-10-03 @11 by=1999996666 age=32 sex=male: 99213 $43.00; 90782 $15.00; J3301 $21.04"#,
        ],
    ),
    (
        "demo.cob.example4.837",
        &["#101KEN6055 medicare 2005-01-19 @11 by=9090909090 age=49 sex=male: 99203-25 $120.00"],
    ),
    (
        "demo.drug.example10.1.837",
        &[
            r#"#CLMNO12345 "other/R&R Health Plan+commercial" 2004-07-11 @11 by=1122333341 age=61 sex=male: 90782 $50.00; J1550 $53.37"#,
        ],
    ),
    (
        "demo.drug.example10.2.837",
        &[
            r#"#CLMNO12345 "other/R&R Health Plan+commercial" 2004-02-01..2004-02-07 @12 by=1234567893 age=60 sex=male: S9500 x7 $1400.00; S5001 x7 $682.50; S5000 x14 $15.12; S5000 x7 $67.69; S5000 x14 $57.12; S5000 x7 $10.50"#,
        ],
    ),
    (
        "demo.drug.example10.3.837",
        &[
            r#"#CLMNO12345 "other/R&R Health Plan+commercial" 2004-02-01..2004-02-07 @12 by=1234567893 age=60 sex=male: S9500 x7 $1400.00; J0696 x56 $682.50; J7051 x28 $15.12; J3490 x7 $67.69; J3490 x14 $57.12; J3490 x7 $10.50"#,
        ],
    ),
    (
        "demo.example1.837",
        &[
            r#"#26463774 "other/KEY INSURANCE COMPANY+commercial" @11 by=1912301953 age=33 sex=male: 99213 2006-10-03 $40.00; 87070 2006-10-03 $15.00; 99214 2006-10-10 $35.00; 86663 2006-10-10 $10.00"#,
        ],
    ),
    (
        "demo.example11.837",
        &[
            r#"#ABC123-RI "other/EXTRA HEALTHY INSURANCE+commercial" supplier 2005-05-14 @11 by=1122334455 age=64 sex=female: E0570-RR $25.00; A7003-NU $3.75"#,
        ],
    ),
    (
        "demo.example12.837",
        &[
            r#"#TS234H3 "other/CONSERVATIVE INSURANCE+commercial" 2005-05-06 @23 by=1112223336 age=8 sex=male: 99284 $252.71"#,
        ],
    ),
    (
        "demo.example2.837",
        &[
            r#"#26462967 "other/ALLIANCE HEALTH AND LIFE INSURANCE" @11 by=9876543210 age=63 sex=male: 99213 2006-10-03 $40.00; 87072 2006-10-03 $15.00; 99214 2006-10-10 $35.00; 86663 2006-10-10 $10.00"#,
        ],
    ),
    (
        "demo.example6.837",
        &["#125WILL medicare 2005-02-15 @11 by=1234567890 age=80 sex=male: 98940 $145.50"],
    ),
    (
        "demo.example7.837",
        &[
            r##""#R03996273 #01" medicare supplier 2005-03-21 @11 by=9992233334 age=67 sex=female: E1390-RR $461.10; E0431-RR $59.14"##,
        ],
    ),
    (
        "demo.example8.837",
        &["#SMI123 medicare supplier 2005-03-21 @12 by=7778889999 age=84 sex=male: K0001-RR-KH-BR $75.00"],
    ),
    (
        "demo.example9.837",
        &[
            "#153829140 medicare 2005-01-12 @22 by=5678912345 age=30 sex=female: 00142-QK-QS-P1 x61 $827.00 measure=minutes",
        ],
    ),
];

const INSTITUTIONAL: &[Sample] = &[
    (
        "institutional-claim.837i",
        &[
            "#756048Q medicare tob=141 1996-09-11 age=69 sex=male status=01 cc=09: 85025 $13.39 rev=0305; 93005 x3 $76.54 rev=0730",
        ],
    ),
    (
        "out-of-network-repriced-claim.837i",
        &[
            r#"#W392-49141 "other/CONSERVATIVE INSURANCE+commercial" tob=131 2005-06-17 age=42 sex=male status=01: 82270 $14.84 rev=0301"#,
        ],
    ),
    (
        "ppo-repriced-claim.837i",
        &[
            r#"#456DFH43 "other/LOCAL INSURANCE COMPANY+commercial" tob=131 2005-07-06 age=6 sex=female status=01: 92557 $178.00 rev=0471; 92567 $59.50 rev=0471"#,
        ],
    ),
    (
        "two-claims-single-provider.837i",
        &[
            "#756048Q other/TRICARE tob=131 2005-03-15 age=36 sex=male status=01: 85025 $13.39 rev=0305; 93005 x3 $76.56 rev=0730",
            "#756049Q other/TRICARE tob=131 2005-04-01 age=42 sex=male status=01: 85087 $50.00 rev=0300",
        ],
    ),
];

fn check(folder: &Path, table: &[Sample]) {
    let files = std::fs::read_dir(folder).unwrap().count();
    assert_eq!(
        files,
        table.len(),
        "{} holds other files than the table",
        folder.display()
    );
    for (file, expected) in table {
        let bytes = std::fs::read(folder.join(file)).unwrap();
        let mut found = Vec::new();
        for result in Reader::new(&*bytes).with_name(*file) {
            let claim = result.unwrap_or_else(|error| panic!("{error}"));
            let other_separator = claim
                .notes
                .iter()
                .any(|note| matches!(note, Note::ComponentSeparator { .. }));
            let text = String::from_utf8_lossy(&bytes);
            assert_eq!(
                other_separator,
                text.contains(">B>1") || text.contains(">A>1"),
                "{file}"
            );
            let unknown = claim
                .notes
                .iter()
                .any(|note| matches!(note, Note::PayerNotRecognised { .. }));
            assert_eq!(unknown, claim.claim.payer().to_string().starts_with("other"), "{file}");
            found.push(claim.claim.to_shorthand());
        }
        assert_eq!(found, *expected, "{file}");
    }
}

#[test]
fn professional() {
    if let Some(folder) = samples() {
        check(&folder.join("837_005010X222A2"), PROFESSIONAL);
    }
}

#[test]
fn institutional() {
    if let Some(folder) = samples() {
        check(&folder.join("837_005010X223A3"), INSTITUTIONAL);
    }
}

#[test]
fn older_versions_are_refused_and_the_rest_goes_on() {
    let Some(folder) = samples() else { return };
    let sound = cleanclaim_formats::x12::example();
    for version in ["837_004010X096A1", "837_004010X098A1"] {
        for entry in std::fs::read_dir(folder.join(version)).unwrap() {
            let mut bytes = std::fs::read(entry.unwrap().path()).unwrap();
            bytes.extend(sound.as_bytes());
            let found: Vec<_> = Reader::new(&*bytes).collect();
            let [Err(error), Ok(next)] = &*found else {
                panic!("{found:?}")
            };
            assert!(
                matches!(&error.kind, X12ErrorKind::Version { version, claims: 1, .. } if version.starts_with("004010"))
            );
            assert!(
                error.to_string().contains("is not supported: ask for 005010"),
                "{error}"
            );
            assert_eq!(next.claim.id(), "A1");
        }
    }
}
