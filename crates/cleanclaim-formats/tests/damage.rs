//! Damaged files: never a panic, never an intact claim lost that precedes the damage.

#[path = "common/generate.rs"]
mod generate;

use cleanclaim::Claim;
use cleanclaim_formats::x12::{Found, Reader, X12Error};
use generate::{Style, USUAL, professional};
use proptest::prelude::*;

fn read(bytes: &[u8]) -> Vec<Result<Found, X12Error>> {
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
