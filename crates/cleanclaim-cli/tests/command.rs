//! The command as it is used: what it prints, and how it exits.

use crate::common;

use std::io::{Read as _, Write as _};

use common::{fed, file, folder, run, start};

const CLEAN: &str = r#"{"id":"clean","form":"professional","payer":"medicare","lines":[{"number":1,"date":"2024-08-06","code":"64632","modifiers":["RT"],"units":1,"site":"11","provider":"1234567893"}]}"#;
const FINDING: &str = r#"{"id":"component","form":"professional","payer":"medicare","lines":[{"number":1,"date":"2024-08-06","code":"64632","modifiers":["26"],"units":1,"site":"11","provider":"1234567893"}]}"#;
const OUTSIDE: &str = r#"{"id":"outside","form":"professional","payer":"medicare","lines":[{"number":1,"date":"2024-08-06","code":"27130","modifiers":["RT"],"units":1,"site":"11","provider":"1234567893"}]}"#;
const CLINIC: &str = r#"{"id":"not-a-site","form":"professional","payer":"medicare","lines":[{"number":3,"date":"2024-08-06","code":"64632","modifiers":[],"units":1,"site":"pain clinic"}]}"#;

#[test]
fn exits_tell_clean_findings_errors_and_gaps_apart() {
    let folder = folder("exits");
    let clean = file(&folder, "clean.json", CLEAN);
    let finding = file(&folder, "finding.json", FINDING);
    let outside = file(&folder, "outside.json", OUTSIDE);
    run(&["check", &clean])
        .exits(0)
        .says("1 claim: 1 clean, 0 with findings, 0 incomplete");
    run(&["check", &clean, &finding])
        .exits(1)
        .says("2 claims: 1 clean, 1 with findings, 0 incomplete");
    run(&["check", &outside, &clean]).exits(3).says("1 incomplete");
    run(&["check", &outside, &finding]).exits(1);
    let missing = folder.join("nothing.json");
    run(&["check", missing.to_str().unwrap(), &finding])
        .exits(2)
        .complains("nothing.json")
        .says("1 with findings");
    run(&["check", "--data", missing.to_str().unwrap(), &clean])
        .exits(2)
        .complains("nothing.json");
    run(&["check", "--data", &clean, &clean])
        .exits(2)
        .complains("not a packed reference");
    run(&["check", "--data", &file(&folder, "empty.ccr", ""), &clean])
        .exits(2)
        .complains("not a packed reference");
    run(&["check", "--only", "M999", &clean]).exits(2).complains("M999");
    run(&["check", "--no-such-option"]).exits(2);
}

#[test]
fn every_format_tells_the_same() {
    let input = format!("{CLEAN}\n{FINDING}\n{OUTSIDE}\n");
    let text = fed(&["check", "-"], input.as_bytes());
    text.exits(1)
        .says("claim component")
        .says("3 claims: 1 clean, 1 with findings, 1 incomplete");
    let ndjson = fed(&["check", "--format", "ndjson"], input.as_bytes());
    let objects: Vec<serde_json::Value> = ndjson
        .exits(1)
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let verdicts: Vec<_> = objects.iter().map(|one| one["verdict"].as_str().unwrap()).collect();
    assert_eq!(verdicts, ["clean", "findings", "incomplete"]);
    let json = fed(
        &["check", "--format", "json", "-"],
        format!("[{CLEAN},\n{FINDING},\n{OUTSIDE}]").as_bytes(),
    );
    let array: Vec<serde_json::Value> = serde_json::from_str(&json.exits(1).out).unwrap();
    assert_eq!(array, objects);
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_goes_on() {
    let folder = folder("malformed");
    let bad = r#"{"id":"bad","form":"professional","lines":[{"number":1,"date":"2025-02-29","code":"64632","units":1,"site":"11"}]}"#;
    let path = file(
        &folder,
        "claims.ndjson",
        format!("{CLEAN}\nhello\n{{\"id\":\"cut\",\n{bad}\n\n{CLINIC}\n{FINDING}\n"),
    );
    let ran = run(&["check", "--format", "ndjson", &path]);
    ran.exits(2);
    ran.complains(&format!("{path}:2: "));
    ran.complains(&format!("{path}:3: "));
    for text in [&format!("{path}:4: "), "`bad`", "date", "2025-02-29"] {
        ran.complains(text);
    }
    for text in [&format!("{path}:6: "), "not-a-site", "site", "pain clinic", "49"] {
        ran.complains(text);
    }
    let verdicts: Vec<String> = ran
        .out
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["verdict"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(
        verdicts,
        ["clean", "not-read", "not-read", "not-read", "not-read", "findings"]
    );
    run(&["check", &path])
        .exits(2)
        .says("6 claims: 1 clean, 1 with findings, 0 incomplete, 4 not read");
}

#[test]
fn unknown_fields_are_refused_unless_passed_over() {
    let claim = CLEAN.replacen("\"form\"", "\"colour\":1,\"form\"", 1);
    fed(&["check"], claim.as_bytes()).exits(2).complains("colour");
    fed(&["check", "--lenient"], claim.as_bytes()).exits(0);
}

#[test]
fn input_that_holds_no_claims_is_an_error() {
    fed(&["check"], b"").exits(2).complains("empty");
    let x12 = fed(&["check", "--format", "json"], b"ISA*00*          *00*~");
    x12.exits(2).complains("the ISA has 4 elements").says("not-read");
    assert!(serde_json::from_str::<serde_json::Value>(&x12.out).is_ok());
    fed(&["check"], format!("\u{feff}{CLEAN}").as_bytes()).exits(0);
}

#[test]
fn a_closed_pipe_ends_with_the_code_of_what_was_seen() {
    let mut child = start(&["check", "--format", "ndjson"]);
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    let feeding = std::thread::spawn(move || {
        for _ in 0..2_000 {
            if writeln!(stdin, "{FINDING}").is_err() {
                break;
            }
        }
    });
    let mut noise = String::new();
    child.stderr.take().unwrap().read_to_string(&mut noise).unwrap();
    assert_eq!(noise, "");
    assert_eq!(child.wait().unwrap().code(), Some(1));
    feeding.join().unwrap();
}

#[test]
fn rules_are_listed_and_explained() {
    let all = run(&["rule"]);
    all.exits(0).says("M010 ").says("N001 ");
    let id = all.out.split_whitespace().next().unwrap();
    run(&["rule", &id.to_lowercase()])
        .exits(0)
        .says("Sources")
        .says("What it checks");
    run(&["rule", "Q999"]).exits(2).complains("Q999");
}

#[test]
fn what_is_missing_for_a_date_is_named_as_cms_names_it() {
    let missing = run(&["data", "info", "--missing", "2025-02-03"]);
    assert_eq!(missing.code, Some(3));
    let text = missing.out;
    assert!(
        text.contains("MUE 2025Q1: MCR_MUE_PractitionerServices_Eff_01-01-2025"),
        "{text}"
    );
    assert!(
        !text.contains("NCCI PTP edits, practitioner, 2025Q1"),
        "a history answers for 2025: {text}"
    );
    let newest = run(&["data", "info", "--missing"]);
    assert!(newest.out.starts_with("no release in force on 2026-"), "{}", newest.out);
}

#[test]
fn the_starter_is_described() {
    let info = run(&["data", "info"]);
    info.exits(0)
        .says("Medicare Physician Fee Schedule")
        .says("2024C")
        .says("an excerpt: answers for")
        .says("codes in all");
}

/// An MUE table of `count` codes; the files' readers refuse tables far smaller than any published.
fn mue(count: u32, value: u32) -> String {
    let mut text =
        "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n".to_owned();
    for code in 0..count {
        text.push_str(&format!(
            "{:05},{value},2 Date of Service Edit: Policy,CMS Policy\n",
            64_000 + code
        ));
    }
    text
}

#[test]
fn references_are_built_described_and_compared() {
    let folder = folder("build");
    let old = file(&folder, "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv", mue(700, 1));
    let rows = mue(701, 1)
        .replace("64010,1,", "64010,4,")
        .replace("64011,1,2 Date", "64011,1,7 Date");
    let new = file(&folder, "MCR_MUE_PractitionerServices_Eff_10-01-2024.csv", rows);
    let (old_packed, new_packed) = (folder.join("old.ccr"), folder.join("new.ccr"));
    let (old_packed, new_packed) = (old_packed.to_str().unwrap(), new_packed.to_str().unwrap());

    run(&["data", "build", "--out", old_packed, &old])
        .exits(0)
        .says("700 rows")
        .says("2024-07-01..2024-09-30");
    let lost = run(&["data", "build", "--out", new_packed, &new]);
    lost.exits(2)
        .complains(":13: ")
        .complains("7 Date")
        .complains("--keep-going");
    assert!(
        !std::path::Path::new(new_packed).exists(),
        "nothing is written where rows were lost"
    );
    run(&["data", "build", "--keep-going", "--out", new_packed, &new])
        .exits(1)
        .says("700 rows");
    run(&[
        "data",
        "build",
        "--release",
        "mine",
        "--period",
        "2024-07-01..2024-07-31",
        "--out",
        old_packed,
        &old,
    ])
    .exits(0)
    .says("mine")
    .says("2024-07-01..2024-07-31");
    run(&["data", "info", old_packed])
        .exits(0)
        .says("700 rows")
        .says("mine")
        .says("700 codes in all");

    run(&["data", "diff", old_packed, old_packed])
        .exits(0)
        .says("0 added, 0 ended, 0 changed");
    run(&["data", "diff", old_packed, new_packed])
        .exits(1)
        .says("1 added, 1 ended, 1 changed")
        .says("+ 64700: units 1, adjudication indicator 2\n")
        .says("- 64011: units 1, adjudication indicator 2\n")
        .says("~ 64010: units 1 -> 4\n");
    let one = run(&[
        "data", "diff", "--code", "64010", "--format", "json", old_packed, new_packed,
    ]);
    let change: serde_json::Value = serde_json::from_str(&one.exits(1).out).unwrap();
    assert_eq!(
        (&change["change"], &change["key"]),
        (&"changed".into(), &"64010".into())
    );
    let units = |units: &str| serde_json::json!({ "units": units });
    assert_eq!((&change["old"], &change["new"]), (&units("1"), &units("4")));

    run(&["check", "--data", old_packed, "-"]).exits(2).complains("empty");
    fed(&["check", "--data", old_packed], CLEAN.as_bytes()).exits(3);
}

#[test]
fn a_build_that_reads_nothing_is_an_error() {
    let folder = folder("nothing");
    let out = folder.join("out.ccr");
    let text = file(&folder, "notes.txt", "nothing to see\n");
    run(&["data", "build", "--out", out.to_str().unwrap(), &text])
        .exits(2)
        .complains("notes.txt");
    let missing = folder.join("missing");
    run(&[
        "data",
        "build",
        "--out",
        out.to_str().unwrap(),
        missing.to_str().unwrap(),
    ])
    .exits(2)
    .complains("missing");
    assert!(!out.exists());
}

/// Claims stream: however many there are, and on however many lines, memory stays where it is.
#[test]
fn memory_does_not_grow_with_the_input() {
    if !cfg!(target_os = "linux") {
        // Not by a macro, whose words the harness keeps from who runs the tests.
        let _ = writeln!(std::io::stderr(), "skipped: peak memory is read from /proc");
        return;
    }
    for (name, between) in [("objects by line", "\n"), ("one line", ",")] {
        let mut child = start(&["check", "--format", "ndjson", "--only", "M001"]);
        let mut out = child.stdout.take().unwrap();
        let reading = std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()).unwrap());
        let mut stdin = child.stdin.take().unwrap();
        let claim = format!("{CLEAN}{between}");
        let block = claim.repeat(1_000);
        for _ in 0..(60 << 20) / block.len() {
            stdin.write_all(block.as_bytes()).unwrap();
        }
        // What is written but for a pipe's length has been read.
        let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
        let peak = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
        let kilobytes: u64 = peak.split_whitespace().nth(1).unwrap().parse().unwrap();
        assert!(kilobytes < 100 * 1024, "{name}: {peak}");
        println!("{name}: {kilobytes} kB");
        drop(stdin);
        assert!(child.wait().unwrap().success());
        reading.join().unwrap();
    }
}

#[test]
fn policies_of_ones_own_are_read_or_refused() {
    let folder = std::env::temp_dir().join(format!("cleanclaim-policies-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("contract.toml");
    let path = file.to_str().unwrap();
    let contract = r#"payer = "aetna"

[[policy]]
id = "our contract"
status = "in-force"
confidence = "own-page"
verified = true
title = "Our contract"
read = "2026-11-23"
says.bilateral_formats = ["one-line-one-unit"]
"#;
    let claim = br#"{"id":"A","form":"professional","payer":"aetna","lines":[{"number":1,"date":"2024-08-06","code":"64632","modifiers":["50"],"units":2,"site":"11"}]}"#;
    fed(&["check", "-"], claim).exits(3);
    std::fs::write(&file, contract).unwrap();
    fed(&["check", "--policies", path, "-"], claim)
        .exits(1)
        .says("P001 bilateral-line-format")
        .says("source: Aetna, Our contract, read 2026-11-23");
    std::fs::write(&file, contract.replace("one-line-one-unit", "one-unit")).unwrap();
    fed(&["check", "--policies", path, "-"], claim)
        .exits(2)
        .complains("line 10, policy `our contract`")
        .complains("`one-unit` is not a bilateral format: expected one of one-line-one-unit");
    std::fs::remove_dir_all(&folder).unwrap();
}
