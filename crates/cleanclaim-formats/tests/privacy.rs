//! Nothing of a person is in what is said of a file, whatever is damaged: every field of an invented patient, subscriber and
//! provider carries a mark that is looked for in all notes, errors and claims.

use cleanclaim_formats::x12::Reader;
use proptest::prelude::*;

const FILE: &str = "\
ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240807*0900*^*00501*000000001*0*T*:~
GS*HC*SENDER*RECEIVER*20240807*0900*1*X*005010X222A1~
ST*837*0001*005010X222A1~
BHT*0019*00*1*20240807*0900*CH~
NM1*41*2*EXAMPLE BILLING*****46*1~
NM1*40*2*EXAMPLE RECEIVER*****46*2~
HL*1**20*1~
NM1*85*2*EXAMPLE PRACTICE*****XX*1234567893~
HL*2*1*22*1~
SBR*P*18*QQGROUP******MB~
NM1*IL*1*QQLAST*QQFIRST****MI*1EG4TE5MK73~
N3*QQSTREET~
N4*QQCITY*CA*90001~
DMG*D8*19370917*F~
REF*SY*987654329~
NM1*PR*2*MEDICARE*****PI*01112~
HL*3*2*23*0~
PAT*19~
NM1*QC*1*QQCHILD*QQKIDDO~
N3*QQROAD~
DMG*D8*20130227*M~
CLM*A1*310***11:B:1*Y*A*Y*Y~
REF*EA*QQRECORD~
NTE*ADD*QQNOTE~
HI*ABK:G5761~
NM1*DN*1*QQREFERRER*QQDOCTOR****XX*1234567893~
NM1*82*1*QQRENDERER*QQDOCTOR****34*987654328~
LX*1~
SV1*HC:64632:26*310*UN*1***1~
DTP*472*D8*20240806~
REF*6R*QQCONTROL~
NTE*ADD*QQREMARK~
SE*31*0001~
GE*1*1~
IEA*1*000000001~
";
const MARK: &str = "QQ";
const NUMBERS: [&str; 5] = ["19370917", "20130227", "987654329", "987654328", "1EG4TE5MK73"];

/// What random damage may not bring out. A few letters of a name that damage glues to a code look like a code: only so much
/// of a name as no code can hold counts.
const NAMES: [&str; 15] = [
    "QQGROUP",
    "QQLAST",
    "QQFIRST",
    "QQSTREET",
    "QQCITY",
    "QQCHILD",
    "QQKIDDO",
    "QQROAD",
    "QQRECORD",
    "QQNOTE",
    "QQREFERRER",
    "QQDOCTOR",
    "QQRENDERER",
    "QQCONTROL",
    "QQREMARK",
];

/// All that is said of a file: notes, errors, and the claims themselves.
fn said(bytes: &[u8]) -> String {
    let each = Reader::new(bytes).map(|found| match found {
        Ok(found) => {
            let notes: Vec<String> = found.notes.iter().map(ToString::to_string).collect();
            format!("{}\n{}\n{:?}", found.claim.to_json(), notes.join("\n"), found.at)
        }
        Err(error) => format!("{error}\n{error:?}"),
    });
    each.collect::<Vec<_>>().join("\n")
}

fn assert_nothing_of_a_person(bytes: &[u8], marks: &[&str]) {
    let said = said(bytes);
    for mark in marks.iter().chain(&NUMBERS) {
        let at = said.find(mark);
        let around = at.map(|at| &said[at.saturating_sub(200)..said.len().min(at + 60)]);
        assert!(
            at.is_none(),
            "`{mark}` in {around:?}\nof {}",
            String::from_utf8_lossy(bytes)
        );
    }
}

#[test]
fn damage_as_it_happens() {
    let cases = [
        ("20130227", "20139999"),
        ("20130227", "02/27/2013"),
        ("20130227", "20550227"),
        ("DMG*D8*20130227*M", "DMG*D8*20130227*QQSEX"),
        ("NM1*IL", "IEA*1*000000001~\nNM1*IL"),
        ("1EG4TE5MK73~\n", "1EG4TE5MK73"),
        (":26*310*", ":26*QQNOTE*"),
        ("HC:64632:26", "HC:QQCODE:26"),
        ("HC:64632:26", "HC:64632:QQMOD"),
        ("*310*UN*1*", "*310*QQMEASURE*QQUNITS*"),
        ("D8*20240806", "D8*QQDATE"),
        (
            "NM1*PR*2*MEDICARE*****PI*01112",
            "NM1*PR*1*QQLAST*QQFIRST****MI*QQMEMBER",
        ),
        ("ABK:G5761", "ABK:QQDIAGNOSIS"),
        ("NM1*IL*1*QQLAST", "NM1*QQLAST"),
        ("SE*31*0001", "SE*31*QQLAST"),
        ("ST*837*0001*005010X222A1", "ST*QQL*QQLAST*QQVERSION"),
        (
            "GS*HC*SENDER*RECEIVER*20240807*0900*1*X*005010X222A1",
            "GS*HC*S*R*20240807*0900*QQ*X*QQVERSION",
        ),
        ("11:B:1", "QQPLACE"),
        ("CLM*A1*310", "CLM*A1*QQAMOUNT"),
        ("CLM*", "QQ*"),
    ];
    assert_nothing_of_a_person(FILE.as_bytes(), &[MARK]);
    for (from, to) in cases {
        let damaged = FILE.replacen(from, to, 1);
        assert_ne!(damaged, FILE, "{from}");
        assert_nothing_of_a_person(damaged.as_bytes(), &[MARK]);
    }
    for (at, _) in FILE.match_indices('\n') {
        assert_nothing_of_a_person(&FILE.as_bytes()[at + 1..], &[MARK]);
        assert_nothing_of_a_person(&FILE.as_bytes()[..=at], &[MARK]);
    }
}

/// A change at a place of a file, given in parts of it.
#[derive(Clone, Debug)]
enum Change {
    Set(f64, u8),
    Cut(f64, usize),
    Insert(f64, u8),
}

fn any_change() -> impl Strategy<Value = Change> {
    let at = || 0.0..1.0;
    let separator = || prop::sample::select(b"~*:\n^|".to_vec());
    prop_oneof![
        (at(), 32..127_u8).prop_map(|(at, byte)| Change::Set(at, byte)),
        (at(), 1..30_usize).prop_map(|(at, length)| Change::Cut(at, length)),
        (at(), separator()).prop_map(|(at, byte)| Change::Insert(at, byte)),
    ]
}

fn damaged(changes: &[Change]) -> Vec<u8> {
    let mut bytes = FILE.as_bytes().to_vec();
    for change in changes {
        let (Change::Set(part, _) | Change::Cut(part, _) | Change::Insert(part, _)) = *change;
        let at = ((bytes.len() - 1) as f64 * part) as usize;
        match *change {
            Change::Set(_, byte) => bytes[at] = byte,
            Change::Cut(_, length) => drop(bytes.drain(at..(at + length).min(bytes.len()))),
            Change::Insert(_, byte) => bytes.insert(at, byte),
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn random_damage(changes in prop::collection::vec(any_change(), 1..4)) {
        assert_nothing_of_a_person(&damaged(&changes), &NAMES);
    }
}
