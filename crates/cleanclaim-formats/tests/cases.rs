//! Small files with one fault each, of the collection beside the checkout: what is read of each, and what is said. Where the
//! collection is not, the test says so and ends.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use cleanclaim_formats::x12::{Reader, Repeats};

/// A file, how many claims come out of it, and texts that stand in its notes or errors, in this order. Nothing may be said of
/// a file without texts.
type Case = (&'static str, usize, &'static [&'static str]);

const CASES: &[Case] = &[
    ("01-isa11-letter.837", 1, &[]),
    ("03a-name-isa.837", 1, &[]),
    ("03b-name-isa-at-record-start.837", 1, &[]),
    ("04-institutional-three-2320.837", 1, &[]),
    ("05-institutional-dependent.837", 1, &[]),
    ("06a-void-medicare.837", 1, &[]),
    (
        "06b-replacement-without-original.837",
        1,
        &["CLM05-3 is `7`, but REF F8"],
    ),
    (
        "06d-frequency-unknown.837",
        0,
        &["CLM05-3 `X` is not valid: expected `1` (original), `7` (replacement) or `8` (void)"],
    ),
    ("07-noc-description.837", 1, &[]),
    (
        "10-sixty-lines-professional.837",
        1,
        &["the claim has 60 lines, but an 837P may have 50"],
    ),
    (
        "10b-hundred-and-twenty.837",
        1,
        &["the claim has 120 lines, but an 837P may have 50"],
    ),
    ("13-utf16le.837", 0, &["the file is in UTF-16"]),
    ("13b-utf16be-no-bom.837", 0, &["the file is in UTF-16"]),
    ("13c-utf8-bom.837", 1, &[]),
    ("14-ebcdic.837", 0, &["the file is in EBCDIC"]),
    (
        "15-negative-charge.837",
        1,
        &[
            "CLM02 is -60.00, less than nothing",
            "line 1: SV102 is -150.00, less than nothing",
        ],
    ),
    ("15b-negative-units.837", 0, &["SV104 `-1` is not valid"]),
    (
        "15d-dollar-commas.837",
        1,
        &["line 1, segment 21: SV102 `$1,150.00` is not valid"],
    ),
    (
        "17-pos-without-zero.837",
        0,
        &["SV105 `2` is not valid: expected a place of service of two digits"],
    ),
    (
        "17b-pos-in-clm05.837",
        0,
        &["CLM05-1 `2` is not valid: expected a place of service of two digits"],
    ),
    ("18a-duplicate-claim.837", 2, &["the same claim was met before"]),
    ("20a-medicare-secondary.837", 1, &[]),
    (
        "20c-medigap-mb-filing.837",
        1,
        &["does not go with payer", "not recognised"],
    ),
    ("21-two-dependents.837", 3, &[]),
    (
        "22-er-qualifier-valid-in-guide.837",
        1,
        &["line 1: the qualifier `ER` is that of a code set that is not judged"],
    ),
    (
        "22b-institutional-er.837",
        1,
        &["line 1: the qualifier `ER` is that of a code set that is not judged"],
    ),
    (
        "23a-predetermination.837",
        0,
        &["version `005010X291` asks for a predetermination", "(1 claim not read)"],
    ),
    (
        "23b-predetermination-with-date.837",
        0,
        &["version `005010X291` asks for a predetermination"],
    ),
    ("23d-dental.837", 0, &["is for dental claims", "(1 claim not read)"]),
    (
        "23f-008020.837",
        0,
        &["version `008020X323` is not supported: ask for 005010 (1 claim not read)"],
    ),
    ("25a-fhir-claim.json", 0, &["JSON is not the start of an X12 file"]),
    ("30-isa16-missing.837", 0, &["ISA16 is missing"]),
    ("30b-isa16-missing-one-line.837", 0, &["ISA16 is missing"]),
    ("31-cr-terminator.837", 1, &[]),
    ("31b-crlf-terminator.837", 1, &[]),
    ("40-ndc-loop.837", 1, &[]),
    ("60-empty/zero.837", 0, &["the input is empty"]),
    ("60-empty/blank.837", 0, &["the input is empty"]),
    ("60-empty/hollow.837", 0, &["holds no transaction"]),
    ("60-empty/hollow2.837", 0, &["holds no transaction"]),
    ("60-empty/good.837", 1, &[]),
    (
        "11-outbox/ack.999",
        0,
        &["transaction set `999` is an acknowledgment of transactions"],
    ),
    ("11-outbox/ack.ta1", 0, &["holds a TA1"]),
    ("11-outbox/remit.835", 0, &["transaction set `835` is a remittance"]),
    ("11-outbox/claims.837", 1, &[]),
    (
        "61-hi-after-other-payer.837",
        1,
        &["HI (segment", "stands behind another payer's loop (2320)"],
    ),
    ("61b-hi-before.837", 1, &[]),
    ("62-hospital-void-138.837", 1, &["CLM05-3 is `8`, but REF F8"]),
    ("62b-hospital-131.837", 1, &[]),
    ("72-blank-isa-qualifiers.837", 1, &[]),
];

fn folder() -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases/x12");
    if !found.exists() {
        // Not by a macro, whose words the harness keeps from who runs the tests.
        let _ = writeln!(std::io::stderr(), "skipped: {} is not here", found.display());
        return None;
    }
    Some(found)
}

#[test]
fn every_case_is_read_and_said_as_it_should_be() {
    let Some(folder) = folder() else { return };
    let mut wrong = Vec::new();
    for &(name, claims, texts) in CASES {
        let mut repeats = Repeats::default();
        let (mut read, mut said) = (0, Vec::new());
        for found in
            Reader::new(std::fs::File::open(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}")))
        {
            match found {
                Ok(found) => {
                    read += 1;
                    let repeated = repeats.take(&found);
                    said.extend(found.notes.iter().chain(&repeated).map(ToString::to_string));
                }
                Err(error) => said.extend(error.messages()),
            }
        }
        let all = said.join("\n");
        let mut rest = &*all;
        let is_said = texts.iter().all(|text| {
            let found = rest.find(text);
            rest = found.map_or(rest, |at| &rest[at + text.len()..]);
            found.is_some()
        });
        if read != claims || !is_said || texts.is_empty() && !all.is_empty() {
            wrong.push(format!("{name}: {read} claims, expected {claims}; {texts:?}\n{all}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
