//! What is no claim, or a damaged one: said once and clearly, counted, and in every report.

use crate::common;

use std::io::{Read as _, Write as _};

use cleanclaim_formats::x12::example;
use common::{fed, file, folder, run, start, wait_until_it_listens};

const LOG_LINE: &str = "# exported by a billing system\n";

/// A claim without findings.
fn clean() -> String {
    example().replace("*120*UN*2*", "*120*UN*1*")
}

#[test]
fn a_broken_file_in_a_folder_is_not_passed_over() {
    let folder = folder("broken-in-folder");
    file(&folder, "ok.837", clean());
    let path = folder.to_str().unwrap();
    run(&["check", path]).exits(0);
    for (name, text) in [
        ("log-first.837", format!("{LOG_LINE}{}", clean())),
        ("log-first.txt", format!("{LOG_LINE}{}{}", "#".repeat(200_000), clean())),
        ("small.txt", clean().replacen("ISA", "isa", 1)),
        (
            "headless.txt",
            clean().split_once('~').unwrap().1.trim_start().to_owned(),
        ),
        ("empty.837", String::new()),
        ("words.edi", "nothing that is a claim".to_owned()),
        ("words.X12", "nothing that is a claim".to_owned()),
    ] {
        let broken = file(&folder, name, text);
        let quiet = run(&["check", "-q", path]);
        quiet.exits(2).complains(name);
        assert_eq!(quiet.err.lines().count(), 1, "{}", quiet.err);
        run(&["check", path])
            .exits(2)
            .says("2 claims: 1 clean, 0 with findings, 0 incomplete, 1 not read");
        std::fs::remove_file(broken).unwrap();
    }
    file(&folder, "notes.txt", "ISABEL: ISA is the name of a segment*of*X12");
    let packed = file(&folder, "monday.837.gz", b"\x1f\x8b\x08\0");
    run(&["check", path])
        .exits(2)
        .complains("notes.txt: passed over, as it begins like neither JSON nor X12")
        .complains("monday.837.gz: the file is compressed");
    std::fs::remove_file(packed).unwrap();
    run(&["check", path]).exits(0);
}

#[test]
fn what_begins_strangely_is_one_error() {
    let utf16: Vec<u8> = example().encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (_, headless) = example()
        .split_once('~')
        .map(|(_, rest)| ((), rest.trim_start().to_owned()))
        .unwrap();
    for (input, why) in [
        (headless.into_bytes(), "the one before this is missing"),
        (
            format!("{LOG_LINE}{}", example()).into_bytes(),
            "stands before the first ISA segment",
        ),
        (example().replacen("ISA", "isa", 1).into_bytes(), "in capital letters"),
        (utf16, "UTF-16"),
        (b"\x1f\x8b\x08\0\0".to_vec(), "compressed"),
        (format!("\0{}", example()).into_bytes(), "`\\u{0}ISA"),
        (b"hello\nworld\n".to_vec(), "begins with `hello`"),
    ] {
        let ran = fed(&["check", "-"], &input);
        ran.exits(2).complains(why).says("1 not read");
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    }
    let blanks = format!("{}{}", " \n".repeat(1 << 20), clean());
    fed(&["check", "-"], blanks.as_bytes()).exits(0);
}

#[test]
fn what_comes_slowly_is_read_all_the_same() {
    for (first, cut) in [("\n", 0), ("IS", 2), ("\u{feff}I", 1), ("", 0)] {
        let mut child = start(&["check", "-"]);
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(first.as_bytes()).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(200));
        stdin.write_all(&clean().as_bytes()[cut..]).unwrap();
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn a_claim_that_is_too_large_is_one_error() {
    let line = r#"{"number":1,"date":"2024-08-06","code":"64632","modifiers":["RT"],"units":1,"site":"11","provider":"1234567893"}"#;
    let claim = |lines: &str| format!(r#"{{"id":"A","form":"professional","payer":"medicare","lines":[{lines}]}}"#);
    let large = vec![line; 40_000].join(",\n");
    let input = format!("[{},\n{},\n{}]", claim(line), claim(&large), claim(line));
    let ran = fed(&["check", "-"], input.as_bytes());
    ran.exits(2)
        .complains("standard input:2: the claim begins at line 2 and is larger than 4 MiB")
        .says("3 claims: 2 clean, 0 with findings, 0 incomplete, 1 not read");
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}

/// As programs write arrays: on one line. What is lost has a place of its own, and an exit code whatever is printed.
#[test]
fn what_is_lost_of_an_array_is_said_by_itself() {
    let claim = r#"{"id":"A1","form":"professional","payer":"medicare","lines":[{"number":1,"date":"2024-08-06","code":"64632","modifiers":["RT"],"units":1,"site":"11","provider":"1234567893"}]}"#;
    let input = format!("[{claim},null,{claim},{claim}]");
    fed(&["check", "-"], input.as_bytes())
        .exits(2)
        .complains("standard input:1, element 2: claim: claim is missing")
        .says("4 claims: 3 clean, 0 with findings, 0 incomplete, 1 not read");
    fed(&["check", "--quiet", "-"], input.as_bytes())
        .exits(2)
        .complains("standard input:1, element 2: ");
    fed(&["price", "-"], input.as_bytes()).exits(2).complains("element 2: ");
    for format in ["text", "html", "csv", "json", "ndjson"] {
        let cut = format!("[{claim},\n");
        fed(&["check", "--format", format, "-"], cut.as_bytes())
            .exits(2)
            .says("the input ends within its array")
            .complains("standard input:2: the input ends within its array");
    }
    let deep = format!("{{\"id\":{}1{}}}\n{claim}", "[".repeat(70), "]".repeat(70));
    fed(&["check", "-"], deep.as_bytes())
        .exits(2)
        .complains("standard input:1: the claim begins at line 1 and has brackets in more than 64 others")
        .says("2 claims: 1 clean");
}

#[test]
fn our_own_reports_are_no_claims() {
    let folder = folder("own-reports");
    file(&folder, "ok.837", clean());
    let path = folder.to_str().unwrap();
    for (format, name) in [
        ("json", "a.json"),
        ("ndjson", "b.ndjson"),
        ("text", "c.txt"),
        ("html", "d.html"),
    ] {
        let out = folder.join(name);
        run(&["check", path, "--format", format, "--out", out.to_str().unwrap()]).exits(0);
    }
    let out = folder.join("e.json");
    run(&[
        "check",
        path,
        "--format",
        "json",
        "--summary",
        "--out",
        out.to_str().unwrap(),
    ])
    .exits(0);
    let ran = run(&["check", path]);
    ran.exits(0)
        .says("1 claim: 1 clean")
        .complains("a.json: passed over, as it is a report of this command")
        .complains("e.json: passed over, as it is a report of this command");
    run(&["check", out.to_str().unwrap()])
        .exits(2)
        .complains("no claim was found");
}

#[test]
fn what_could_not_be_read_is_in_every_report() {
    let folder = folder("unread-in-reports");
    let bad = file(&folder, "bad.837", example().replace("HC:64632", "HC:646"));
    let gone = folder.join("gone.837");
    let inputs = [bad.as_str(), gone.to_str().unwrap()];
    for format in ["text", "html", "csv", "json", "ndjson"] {
        let out = folder.join("report");
        let out = out.to_str().unwrap();
        let ran = run(&["check", inputs[0], inputs[1], "--format", format, "--out", out]);
        ran.exits(2).complains("SV101-2 `646`").complains("gone.837");
        let report = std::fs::read_to_string(out).unwrap();
        for text in ["A1", "646", "gone.837", "No such file"] {
            assert!(report.contains(text), "{format} lacks `{text}`:\n{report}");
        }
    }
}

/// A file may say anything, and what it says is shown on terminals.
#[test]
fn nothing_of_a_file_steers_a_terminal() {
    let folder = folder("escapes");
    let id = "CLM*\u{1b}[31mA1\u{7}*";
    let text = example()
        .replacen("CLM*A1*", id, 1)
        .replace("MEDICARE*****PI*01112", "\u{1b}]0;PWNED\u{7}*****PI*KEY01");
    let text = text.replace("SBR*P*18*******MB", "SBR*P*18*******CI");
    let good = file(&folder, "good.837", &text);
    let bad = file(&folder, "bad.837", text.replacen("20240806~", "2024\u{1b}[2J06~", 1));
    let json = file(&folder, "bad.json", r#"{"id":"\u001b[31mB","form":"x\u009b2J\n"}"#);
    for format in ["text", "html", "csv"] {
        let ran = run(&["check", "--format", format, &good, &bad, &json]);
        for letter in ran.out.chars().chain(ran.err.chars()) {
            assert!(
                letter == '\n' || !letter.is_control(),
                "{format}: {letter:?}\n{}{}",
                ran.out,
                ran.err
            );
        }
        ran.exits(2).says("\\u{1b}[31mA1\\u{7}");
    }
    let ran = run(&["price", &good]);
    assert!(ran.out.contains("claim \\u{1b}[31mA1"), "{}", ran.out);
}

/// What is said where nobody listens is lost, and nothing else is.
#[cfg(target_os = "linux")]
#[test]
fn a_full_or_closed_standard_error_is_no_panic() {
    let folder = folder("no-stderr");
    let text = example().replace("HC:64632", "HC:646").repeat(20);
    let path = file(&folder, "bad.837", text);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    for arguments in [
        vec!["check", path.as_str()],
        vec!["check", "nothing.837"],
        vec!["data", "build", "--out", "x", "nothing"],
    ] {
        let status = std::process::Command::new(env!("CARGO_BIN_EXE_cleanclaim"))
            .args(&arguments)
            .current_dir(&folder)
            .stdout(std::process::Stdio::null())
            .stderr(full.try_clone().unwrap())
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(2), "{arguments:?}");
    }
}

/// Ctrl-C while a pipe is waited for: reports are whole, and say that they are not all.
#[cfg(unix)]
#[test]
fn an_interrupted_report_says_so() {
    for (format, sign) in [
        ("text", "interrupted: the input was not read to its end\n"),
        ("html", "<p class=\"notice\">Interrupted"),
        ("csv", "interrupted,,,,"),
        ("json", "\"claim\":\"A1\""),
        ("ndjson", "\"claim\":\"A1\""),
    ] {
        let mut child = start(&["check", "--format", format, "-"]);
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(example().repeat(2).as_bytes()).unwrap();
        wait_until_it_listens(child.id());
        let pid = child.id().to_string();
        std::process::Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .unwrap();
        let mut out = String::new();
        child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(130));
        drop(stdin);
        assert!(out.contains(sign), "{format}: {out}");
        if format == "json" {
            let answers: Vec<serde_json::Value> = serde_json::from_str(&out).unwrap();
            assert!(!answers.is_empty());
        }
    }
}

/// Small inputs that stand for much: what is said of them is bounded, and so is the time.
#[test]
fn what_is_said_of_an_input_is_bounded() {
    let claim = |lines: &str| format!(r#"{{"id":"A1","form":"professional","payer":"medicare","lines":[{lines}]}}"#);
    let line = |number: usize, code: &str| {
        format!(r#"{{"number":{number},"date":"2024-08-06","code":"{code}","units":1,"site":"11"}}"#)
    };
    // Lines of two codes that are a pair.
    let pairs = |count: usize| {
        let lines = (1..=count).map(|number| line(number, ["64632", "95870"][number % 2]));
        claim(&lines.collect::<Vec<_>>().join(","))
    };
    let ran = fed(&["check", "--format", "ndjson", "-"], pairs(4_000).as_bytes());
    ran.exits(2)
        .complains("lines `4000` is not valid: expected at most 999 of them; send the rest as another claim");
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    let ran = fed(&["check", "-"], claim(&vec!["{}"; 40_000].join(",")).as_bytes());
    ran.exits(2).complains("lines `40000` is not valid");
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    let ran = fed(&["check", "-"], claim(&vec!["{}"; 900].join(",")).as_bytes());
    ran.exits(2)
        .complains("2600 more problems of this claim: mend these first");
    assert_eq!(ran.err.lines().count(), 101, "{}", ran.err);
    let ran = fed(&["check", "-"], "{}\n".repeat(5_000).as_bytes());
    ran.exits(2).complains("more errors, which the report names");
    assert!(ran.err.lines().count() <= 1_001);

    let many = fed(
        &["check", "--only", "N", "--format", "ndjson", "-"],
        pairs(400).as_bytes(),
    );
    let answer: serde_json::Value = serde_json::from_str(&many.exits(1).out).unwrap();
    assert_eq!(answer["findings"].as_array().unwrap().len(), 200 * 64);
    many.says("the code is a pair with those of 136 lines more of the day: 64 are compared with each line");
    fed(
        &["check", "--only", "N", "--summary", "--most-lines", "2000", "-"],
        pairs(1_500).as_bytes(),
    )
    .exits(1);
}
