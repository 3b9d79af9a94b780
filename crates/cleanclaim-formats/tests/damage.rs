//! Damaged files: never a panic, never an intact claim lost that precedes the damage.

#[path = "common/generate.rs"]
mod generate;

use cleanclaim::Claim;
use cleanclaim_formats::x12::{ClaimInFile, Reader, X12Error};
use generate::{Style, USUAL, professional};
use proptest::prelude::*;

fn read(bytes: &[u8]) -> Vec<Result<ClaimInFile, X12Error>> {
    let found: Vec<_> = Reader::new(bytes).collect();
    for error in found.iter().filter_map(|found| found.as_ref().err()) {
        assert!(!error.to_string().is_empty());
    }
    found
}

fn claims(bytes: &[u8]) -> Vec<Claim> {
    read(bytes)
        .into_iter()
        .filter_map(|found| Some(found.ok()?.claim))
        .collect()
}

/// The claims of a sound file, each with the byte at which the segment after its last one begins.
fn ends(text: &str, whole: &[Claim]) -> Vec<usize> {
    let starts: Vec<usize> = text.match_indices("CLM*").map(|(at, _)| at).collect();
    assert_eq!(starts.len(), whole.len());
    let after = |at: usize| {
        let next = ["~\nHL*", "~\nSE*"]
            .iter()
            .filter_map(|mark| text[at..].find(mark))
            .min();
        at + next.unwrap() + 2
    };
    starts.into_iter().map(after).collect()
}

#[test]
fn generated_files_come_out_whole_in_every_style() {
    let whole = claims(professional(30, USUAL).as_bytes());
    assert_eq!(whole.len(), 30);
    assert_eq!(
        whole[3].to_shorthand(),
        "#P3 medicare 2024-08-04 @19 by=1234567893 age=101 sex=male dx=G5761,M79671: J3301 x2 $100.00 dx=1,2; 76942-26 x3 \
         $100.00 dx=1,2; 64640-LT $100.00 dx=1,2; 99203-25-57-AI-GC x2 $100.00 dx=1,2"
    );
    for (element, component, end) in [
        ('*', ':', "~"),
        ('|', '>', "~\r\n"),
        ('\t', '\\', "\n"),
        ('#', '<', "\r\n"),
        ('*', ':', "\u{1c}\n\n"),
        ('!', '@', "'  "),
    ] {
        let style = Style {
            element,
            component,
            end,
            batch: 7,
        };
        assert_eq!(claims(professional(30, style).as_bytes()), whole, "{style:?}");
    }
}

#[test]
fn one_byte_at_a_time_reads_the_same() {
    struct Drops<'a>(&'a [u8]);
    impl std::io::Read for Drops<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            std::io::Read::read(&mut self.0.take(1), into).inspect(|&read| self.0 = &self.0[read..])
        }
    }
    use std::io::Read as _;
    let text = professional(5, USUAL);
    let slow: Vec<Claim> = Reader::new(Drops(text.as_bytes()))
        .map(|found| found.unwrap().claim)
        .collect();
    assert_eq!(slow, claims(text.as_bytes()));
    let _ = Drops(b"").read(&mut []);
}

#[test]
fn truncated_at_every_byte() {
    let text = professional(4, USUAL);
    let whole = claims(text.as_bytes());
    let ends = ends(&text, &whole);
    for cut in 0..text.len() {
        let left = claims(&text.as_bytes()[..cut]);
        let intact = ends.iter().filter(|&&end| end <= cut).count();
        assert!(left.len() >= intact, "cut at {cut}: {} of {intact}", left.len());
        assert_eq!(left[..intact], whole[..intact], "cut at {cut}");
        // A claim that is cut comes out only where nothing of it is missing that shows.
        assert!(left.len() <= intact + 1, "cut at {cut}");
    }
}

#[test]
fn any_segment_dropped_or_doubled() {
    let text = professional(6, USUAL);
    let whole = claims(text.as_bytes());
    let ends = ends(&text, &whole);
    let segments: Vec<&str> = text.split_inclusive("~\n").collect();
    let mut begin = 0;
    for (index, segment) in segments.iter().enumerate() {
        let intact = ends.iter().filter(|&&end| end <= begin).count();
        for times in [0, 2] {
            let changed: String = segments[..index]
                .iter()
                .chain(&vec![*segment; times])
                .chain(&segments[index + 1..])
                .copied()
                .collect();
            let found = claims(changed.as_bytes());
            if index > 0 || times > 0 {
                assert_eq!(found[..intact], whole[..intact], "{times} times {segment}");
            }
            // One segment touches one claim, or the two it stands between, unless the levels above all claims lack.
            if index > 12 && times == 0 {
                let kept = whole.iter().filter(|claim| found.contains(claim)).count();
                assert!(kept + 2 >= whole.len(), "without {segment}: {kept} kept");
            }
        }
        begin += segment.len();
    }
}

/// A file of several interchanges, groups and transactions, no two control numbers alike: claims that are their subscriber's
/// only one, and several of one subscriber with providers, other payers and a hospital's segments.
fn several() -> String {
    let style = Style { batch: 2, ..USUAL };
    let first = professional(3, style);
    let other = professional(2, Style { batch: 1, ..USUAL })
        .replace('*', "|")
        .replace("CLM|P", "CLM|Q")
        .replace("|000000001", "|000000002")
        .replace("|0900|1|X|", "|0900|7|X|")
        .replace("GE|2|1~", "GE|2|7~");
    [first, several_of_a_subscriber(), other].concat()
}

fn several_of_a_subscriber() -> String {
    let head = |set: u32, version: &str| {
        format!(
            "ST*837*100{set}*{version}~\nBHT*0019*00*1*20240807*0900*CH~\nHL*1**20*1~\nNM1*85*2*EXAMPLE*****XX*1234567893~\n\
             HL*2*1*22*0~\nSBR*P*18*******MB~\nNM1*IL*1*EXAMPLE*PAT****MI*1AA~\nDMG*D8*19540101*F~\n\
             NM1*PR*2*MEDICARE*****PI*01112~\n"
        )
    };
    let lines = |service: &str, lines: u32, day: u32| -> String {
        let line = |number: u32| format!("LX*{number}~\n{service}~\nDTP*472*D8*202408{day:02}~\n");
        (1..=lines).map(line).collect()
    };
    let doctors = |number: u32, count: u32| {
        format!(
            "CLM*R{number}*{}***11:B:1~\nHI*ABK:G576{count}~\nNM1*82*1*OTHER*DOC****XX*199999999{number}~\nPRV*PE*PXC*208D00000X~\n\
             SBR*S*18*******CI~\nNM1*IL*1*EXAMPLE*KIM~\nNM1*PR*2*AETNA*****PI*60054~\n{}",
            10 * count,
            lines("SV1*HC:64632*10*UN*1***1", count, number + 1),
        )
    };
    let hospitals = |number: u32, count: u32| {
        format!(
            "CLM*H{number}*{}***13:A:1~\nDTP*434*D8*2024080{number}~\nCL1*1*1*01~\nHI*ABK:G576{count}~\nHI*BG:0{number}~\n{}",
            10 * count,
            lines("SV2*0360*HC:64632*10*UN*1", count, number),
        )
    };
    let set = |set: u32, version: &str, claims: String| {
        let text = head(set, version) + &claims;
        let count = text.matches('~').count() + 1;
        format!("{text}SE*{count}*100{set}~\n")
    };
    let isa =
        "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *240807*0900*^*00501*000000005*0*T*:~\n";
    [
        isa.to_owned(),
        "GS*HC*S*R*20240807*0900*51*X*005010X222A1~\n".to_owned(),
        set(1, "005010X222A1", doctors(1, 1) + &doctors(2, 2) + &doctors(3, 1)),
        "GE*1*51~\nGS*HC*S*R*20240807*0900*52*X*005010X223A2~\n".to_owned(),
        set(2, "005010X223A2", hospitals(1, 1) + &hospitals(2, 2)),
        "GE*1*52~\nIEA*2*000000005~\n".to_owned(),
    ]
    .concat()
}

/// A sound file's claims, and how far the file must be sound that each is.
struct Sound {
    text: String,
    claims: Vec<Claim>,
    ends: Vec<usize>,
}

impl Sound {
    fn new(text: String) -> Self {
        let found = read(text.as_bytes());
        let claims: Vec<Claim> = found
            .into_iter()
            .map(|found| {
                let found = found.unwrap();
                assert_eq!(found.notes, []);
                found.claim
            })
            .collect();
        let starts = text.match_indices("\nCLM").map(|(at, _)| at + 1);
        let ends: Vec<usize> = starts
            .map(|start| {
                let next = ["\nHL", "\nSE", "\nCLM"]
                    .iter()
                    .filter_map(|mark| text[start..].find(mark));
                start + next.min().unwrap() + 1
            })
            .collect();
        assert_eq!(ends.len(), claims.len());
        Self { text, claims, ends }
    }

    /// Whether this byte is one of an ISA or IEA, or of the line end after it.
    fn is_in_envelope(&self, at: usize) -> bool {
        let start = self.text[..at.min(self.text.len() - 1)]
            .rfind('\n')
            .map_or(0, |end| end + 1);
        let at_end = at == self.text.len();
        at_end || ["ISA", "IEA"].iter().any(|id| self.text[start..].starts_with(id))
    }

    /// Holds that no claim that was whole before the damage is lost or changed.
    fn check_intact(&self, damaged: &[u8], upto: usize, what: &str) {
        let left = claims(damaged);
        let intact = self.ends.iter().filter(|&&end| end <= upto).count();
        assert!(
            left.get(..intact).is_some_and(|left| left == &self.claims[..intact]),
            "{what}: of {intact} intact claims not all are left as they were"
        );
    }

    /// Holds what is read of a damaged file against the sound one, which is the same up to a byte.
    fn check(&self, damaged: &[u8], upto: usize, what: &str) {
        let found = read(damaged);
        let mut said = 0;
        let mut left = Vec::new();
        for found in found {
            match found {
                Ok(found) => {
                    said += found.notes.len();
                    left.push(found.claim);
                }
                Err(_) => said += 1,
            }
        }
        assert!(said > 0 || left.len() >= self.claims.len(), "{what}: lost in silence");
        let intact = self.ends.iter().filter(|&&end| end <= upto).count();
        assert!(
            left.get(..intact).is_some_and(|left| left == &self.claims[..intact]),
            "{what}: of {intact} intact claims not all are left as they were"
        );
    }
}

/// Whether nothing at all is said of a file.
fn is_whole(text: &[u8]) -> bool {
    read(text)
        .iter()
        .all(|found| found.as_ref().is_ok_and(|found| found.notes.is_empty()))
}

/// Every so many positions are tried; `DAMAGE_STEP=1` tries all.
fn step(usual: usize) -> usize {
    std::env::var("DAMAGE_STEP").map_or(usual, |step| step.parse().unwrap())
}

#[test]
fn no_hole_loses_a_claim_in_silence_or_changes_one_before_it() {
    let sound = Sound::new(several());
    let bytes = sound.text.as_bytes();
    let step = step(131);
    // Every end of a segment too: what is cut there looks the most sound.
    let ends: Vec<usize> = sound.text.match_indices('\n').map(|(at, _)| at + 1).collect();
    let at_ends = ends
        .iter()
        .enumerate()
        .flat_map(|(index, &begin)| ends[index + 1..].iter().map(move |&end| (begin, end)));
    let anywhere = (1..bytes.len())
        .step_by(step)
        .flat_map(|begin| (begin + 1..=bytes.len()).step_by(step + 2).map(move |end| (begin, end)));
    for (begin, end) in at_ends.step_by(step.min(29)).chain(anywhere) {
        let damaged = [&bytes[..begin], &bytes[end..]].concat();
        let joint = &damaged[begin.saturating_sub(30)..damaged.len().min(begin + 30)];
        let what = format!("without {begin}..{end}, joined as `{}`", joint.escape_ascii());
        // What is left may be whole interchanges. Nothing in a file counts those.
        let is_of_whole = [begin, end].into_iter().all(|at| sound.is_in_envelope(at)) && is_whole(&damaged);
        if !is_of_whole {
            sound.check(&damaged, begin, &what);
        }
    }
}

#[test]
fn no_changed_byte_loses_a_claim_in_silence_or_changes_one_before_it() {
    let sound = Sound::new(several());
    for at in (0..sound.text.len()).step_by(step(17)) {
        for byte in *b"X~*1:\n\xff" {
            let mut damaged = sound.text.clone().into_bytes();
            if damaged[at] != byte {
                damaged[at] = byte;
                sound.check(&damaged, at, &format!("{} at {at}", byte.escape_ascii()));
            }
        }
    }
}

#[test]
fn several_interchanges_truncated_at_every_byte() {
    let sound = Sound::new(several());
    for cut in 1..sound.text.len() {
        // What ends behind an IEA is whole.
        if !is_whole(&sound.text.as_bytes()[..cut]) {
            sound.check(&sound.text.as_bytes()[..cut], cut, &format!("cut at {cut}"));
        }
    }
}

/// `FLIPS=20000` is what the project's claims of reliability rest on.
#[test]
fn random_flips() {
    let rounds = std::env::var("FLIPS").map_or(3_000, |rounds| rounds.parse().unwrap());
    let sound = Sound::new(several());
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    for round in 0..rounds {
        let mut damaged = sound.text.clone().into_bytes();
        let mut first = damaged.len();
        for _ in 0..=random(3) {
            let at = random(damaged.len());
            damaged[at] ^= 1 << random(8);
            first = first.min(at);
        }
        // An even number of flips of one bit is none.
        if damaged != sound.text.as_bytes() {
            sound.check_intact(&damaged, first, &format!("round {round}, first flip at {first}"));
        }
    }
}

#[test]
fn one_bad_claim_loses_no_other() {
    let text = professional(6, USUAL).replacen("SV1*HC:", "SV1*HC:WRONG", 3);
    let found = read(text.as_bytes());
    assert_eq!(found.len(), 6);
    let lost: Vec<usize> = (0..6).filter(|&index| found[index].is_err()).collect();
    assert_eq!(lost, [0, 1]);
    assert_eq!(found[1].as_ref().unwrap_err().to_string().lines().count(), 2);
}

#[test]
fn long_segments_do_not_fill_memory() {
    let text = professional(3, USUAL).replacen("N3*1 EXAMPLE", &format!("N3*{}", "x".repeat(3 << 20)), 1);
    assert_eq!(claims(text.as_bytes()).len(), 3);
    let text = professional(3, USUAL).replacen("LX*1~", &format!("NTE*ADD*{}~\nLX*1~", "x".repeat(3 << 20)), 1);
    let found = read(text.as_bytes());
    assert!(found[0].is_err() && found[1].is_ok() && found[2].is_ok());
}

/// Inputs that once mattered, or are odd enough to keep.
#[test]
fn seeds() {
    let sound = professional(2, USUAL);
    let seeds: [&[u8]; 16] = [
        b"",
        b"I",
        b"ISA",
        b"ISA*",
        b"ISA****************",
        b"ISA****************:",
        b"ISA****************:~",
        b"ISA****************:~CLM",
        b"ISA****************:~CLM~SV1~SV2~DTP~HI~NM1~LX",
        b"ISA****************:~CLM*A*1***::~LX*4294967296~SV1*HC*1*UN*1~SE*0*0~",
        b"ISA****************:~ISX*?~CLM*A?*?~*1~SE~",
        b"ISA****************:~GS~ST~SE~GE~IEA~ISA****************:~",
        b"ISA****************AB",
        b"\xef\xbb\xbfISA****************:~CLM*\xff\xfe*1***11:B:1~LX*1~SV1*HC:64632*1*UN*1~DTP*472*D8*20240806~SE*1*1~",
        b"ISA****************:~ST*837~SE*99999999999999999999~",
        b"\0\0\0\0",
    ];
    for seed in seeds {
        read(seed);
        let mut followed = seed.to_vec();
        followed.extend(b"~\n");
        followed.extend(sound.as_bytes());
        read(&followed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        read(&bytes);
        read(&[b"ISA****************:~".as_slice(), &bytes].concat());
    }

    #[test]
    fn random_segments(words in prop::collection::vec("(ISA|GS|ST|HL|SBR|NM1|DMG|CLM|HI|LX|SV1|SV2|DTP|SE|GE|IEA)(\\*[A-Z0-9:.-]{0,9}){0,9}~", 0..80)) {
        read(&[b"ISA****************:~".as_slice(), words.concat().as_bytes()].concat());
    }

    #[test]
    fn changed_bytes(at in 120_usize..3_000, byte in any::<u8>(), length in 1_usize..40) {
        let text = professional(6, USUAL);
        let whole = claims(text.as_bytes());
        let intact = ends(&text, &whole).iter().filter(|&&end| end <= at).count();
        let mut bytes = text.into_bytes();
        let end = bytes.len().min(at + length);
        bytes[at..end].fill(byte);
        prop_assert_eq!(&claims(&bytes)[..intact], &whole[..intact]);
    }
}
