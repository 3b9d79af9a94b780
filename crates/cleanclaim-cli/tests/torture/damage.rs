//! Damaged inputs: nothing panics, and nothing is lost that is not told.

use std::io::Write as _;

use cleanclaim::reference::Reference;
use cleanclaim_cms::{FileSource, Options, collect_sources};
use cleanclaim_formats::x12::{Reader, example};

use crate::common::{fed, file, folder, run};
use crate::{Random, row};

const CLAIM: &str = r#"{"id":"A1","form":"professional","payer":"medicare","lines":[{"number":1,"date":"2024-08-06","code":"64632","modifiers":["RT"],"units":1,"site":"11","provider":"1234567893"}]}"#;

/// Two interchanges of a claim each.
fn two_claims() -> String {
    let other = example()
        .replace("000000001", "000000002")
        .replacen("CLM*A1", "CLM*A2", 1);
    example() + &other
}

/// How many claims a report of the command counts, and how many of them were lost.
fn counted(out: &str) -> (u64, u64) {
    let last = out.lines().find(|line| line.contains(" clean, ")).unwrap_or_default();
    let number = |text: &str| text.split_whitespace().next().and_then(|count| count.parse().ok());
    let all = number(last).unwrap_or(0);
    let lost = last.split(", ").find(|part| part.contains("not read")).and_then(number);
    (all, lost.unwrap_or(0))
}

/// A file cut at each of its bytes: what it held is read, or the exit code says that something was lost.
#[test]
#[ignore = "cargo xtask torture"]
fn truncation_at_every_byte() {
    let pretty = CLAIM.replace("{\"", "{\n  \"").replace("\",\"", "\",\n  \"");
    let files = [
        ("837, one interchange", example(), 1),
        ("837, two interchanges", two_claims(), 2),
        ("JSON array on one line", format!("[{CLAIM},{CLAIM},{CLAIM}]"), 3),
        ("JSON array on many lines", format!("[\n{pretty},\n{pretty}\n]\n"), 2),
        ("JSON, an object a line", format!("{CLAIM}\n{CLAIM}\n{CLAIM}"), 3),
    ];
    for (name, text, claims) in files {
        let whole = fed(&["check", "--summary", "-"], text.as_bytes());
        assert_eq!(counted(&whole.out).0, claims, "{name}: {}{}", whole.out, whole.err);
        let mut told = 0;
        for at in 0..text.trim_end().len() {
            let ran = fed(&["check", "--summary", "-"], &text.as_bytes()[..at]);
            let (all, lost) = counted(&ran.out);
            let code = ran.code.expect("no signal ends it");
            // Between two objects of lines, or between interchanges, a cut file is a whole one.
            let is_whole = text.as_bytes()[at] == b'\n' && name.contains("a line")
                || name.contains("two") && at == example().len()
                || name.contains("two") && text[..at].trim_end() == example().trim_end();
            assert!(
                is_whole || code == 2,
                "{name} cut at {at}: {code}, {}{}",
                ran.out,
                ran.err
            );
            assert!(all - lost <= claims);
            told += usize::from(code == 2);
        }
        row(
            &format!("truncation at every byte: {name}"),
            text.trim_end().len(),
            &format!("{told} say that something is lost, the others are whole files; no panic"),
        );
    }
}

#[test]
#[ignore = "cargo xtask torture"]
fn damaged_837s() {
    const TRIED: usize = 220_000;
    let text = two_claims();
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut whole, mut told) = (0, 0);
    for _ in 0..TRIED {
        let damaged = random.damage(text.as_bytes());
        let (mut claims, mut errors) = (0, 0);
        for found in Reader::new(damaged.as_slice()) {
            match found {
                Ok(_) => claims += 1,
                Err(_) => errors += 1,
            }
            assert!(claims + errors < 1_000);
        }
        assert!(
            claims >= 2 || errors > 0,
            "lost without a word:\n{}",
            String::from_utf8_lossy(&damaged)
        );
        whole += usize::from(claims >= 2);
        told += usize::from(errors > 0);
    }
    row(
        "damaged 837s of two claims",
        TRIED,
        &format!("{whole} with both claims, {told} with errors, none with fewer claims and no error; no panic"),
    );
}

/// JSON arrays on one line, damaged anywhere.
#[test]
#[ignore = "cargo xtask torture"]
fn damaged_json() {
    const TRIED: usize = 1_500;
    let claims: Vec<String> = (0..4).map(|at| CLAIM.replacen("A1", &format!("A{at}"), 1)).collect();
    let text = format!("[{}]", claims.join(","));
    let mut random = Random(0xD1B5_4A32_D192_ED03);
    let mut told = 0;
    for _ in 0..TRIED {
        let damaged = random.damage(text.as_bytes());
        let ran = fed(&["check", "--summary", "-"], &damaged);
        let (all, lost) = counted(&ran.out);
        assert!(
            all - lost >= 4 || ran.code == Some(2),
            "{}\n{}",
            String::from_utf8_lossy(&damaged),
            ran.out
        );
        told += usize::from(ran.code == Some(2));
    }
    row(
        "damaged JSON arrays of four claims",
        TRIED,
        &format!("{told} say what is lost, none lost a claim without a word; no panic"),
    );
}

#[test]
#[ignore = "cargo xtask torture"]
fn damaged_packed_files() {
    const TRIED: usize = 5_000;
    let folder = folder("torture-packed");
    let rows = (64_000..64_700).map(|code| format!("{code},1,2 Date of Service Edit: Policy,CMS Policy\n"));
    let table = "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n".to_owned()
        + &rows.collect::<String>();
    let table = file(&folder, "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv", table);
    let packed = folder.join("a.ccr");
    run(&["data", "build", "--out", packed.to_str().unwrap(), &table]).exits(0);
    let bytes = std::fs::read(packed).unwrap();
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let mut same = 0;
    for _ in 0..TRIED {
        let damaged = random.damage(&bytes);
        match Reference::open(damaged.clone()) {
            Ok(_) => {
                assert_eq!(damaged, bytes, "damage that is not noticed");
                same += 1;
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
    row(
        "damaged packed files",
        TRIED,
        &format!("{} refused, {same} changed nothing; no panic", TRIED - same),
    );
}

fn zipped(members: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        archive
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Archives that are cut, that lie, that hold archives, and that hold far more than they are.
fn archives() -> Vec<(&'static str, Vec<u8>)> {
    let table =
        b"HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n64632,1,2 Day,x\n"
            .to_vec();
    let sound = zipped(&[
        ("MUE_Eff_07-01-2024.csv", table.clone()),
        ("notes.txt", b"nothing".to_vec()),
    ]);
    let mut archives: Vec<(&'static str, Vec<u8>)> = Vec::new();
    for tenth in 0..10 {
        archives.push(("cut", sound[..sound.len() * tenth / 10 + 4].to_vec()));
    }
    for at in [6, 8, 14, 18, 22, 26, 28] {
        for byte in [0xFF, 0x00] {
            let mut lies = sound.clone();
            lies[at] = byte;
            archives.push(("a header that lies", lies));
        }
    }
    let nested = zipped(&[("a.zip", zipped(&[("b.zip", zipped(&[("c.zip", sound.clone())]))]))]);
    archives.push(("zips in zips", nested));
    archives.push(("a name that leads out", zipped(&[("../../etc/MUE.csv", table.clone())])));
    archives.push(("many members", zipped(&vec![("a.csv", Vec::new()); 1]).repeat(200)));
    archives.push((
        "a member of 300 MiB",
        zipped(&[("PPRRVU24_JUL.csv", vec![b'x'; 300 << 20])]),
    ));
    let bomb = zipped(&[("a.csv", vec![b'x'; 250 << 20])]);
    archives.push((
        "a zip of bombs",
        zipped(&["a.zip", "b.zip", "c.zip", "d.zip", "e.zip"].map(|name| (name, bomb.clone()))),
    ));
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&vec![b','; 16 << 20]).unwrap();
    let gzip = gzip.finish().unwrap();
    archives.push(("a gzip of commas", gzip.clone()));
    archives.push(("a gzip of 320 MiB", gzip.repeat(20)));
    archives.push(("a gzip that is cut", gzip[..gzip.len() / 2].to_vec()));
    archives.push((
        "a workbook without parts",
        zipped(&[("[Content_Types].xml", b"<Types/>".to_vec())]),
    ));
    archives.push((
        "a workbook of 300 MiB",
        zipped(&[("[Content_Types].xml", vec![b' '; 300 << 20])]),
    ));
    archives
}

#[test]
#[ignore = "cargo xtask torture"]
fn archives_that_are_not_what_they_seem() {
    let archives = archives();
    for (what, bytes) in &archives {
        let options = Options::default().allow_small();
        let collected = collect_sources(vec![FileSource::bytes("a.zip", bytes.clone())], &options, &mut |_| {});
        let is_read = collected.releases.len() == 1;
        assert!(is_read || !collected.problems.is_empty(), "{what}: lost without a word");
    }
    row(
        "archives that are cut, lie, nest or explode",
        archives.len(),
        "each read, or refused with its reason; no panic",
    );
}
