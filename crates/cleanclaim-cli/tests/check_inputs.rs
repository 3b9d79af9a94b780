//! What `check` takes: 837 files, folders, patterns, several at once, and what it says of each.

use crate::common;

use std::io::Write as _;
use std::path::PathBuf;

use cleanclaim_formats::x12::example;
use common::{fed, file, folder, run};

const CLEAN: &str = r#"{"id":"clean","form":"professional","payer":"medicare","lines":[{"number":1,"date":"2024-08-06","code":"64632","modifiers":["RT"],"units":1,"site":"11","provider":"1234567893"}]}"#;

/// One claim of the starter's quarter, with a modifier that does not go with its code.
fn component() -> String {
    example().replace("HC:64632:RT", "HC:64632:26")
}

#[test]
fn an_837_file_is_checked_and_its_findings_point_back() {
    let folder = folder("x12");
    let path = file(&folder, "monday.837", component());
    run(&["check", &path]).exits(1).says("M010").says("claim A1");
    let position =
        format!("\"position\":\"{path}: interchange `000000001`, group `1`, transaction `0001`, segment 18\"");
    run(&["check", "--format", "ndjson", &path])
        .exits(1)
        .says(&position)
        .says("\"claim\":\"A1\"")
        .says("\"line\":1");
    fed(&["check", "-"], component().as_bytes()).exits(1).says("M010");
}

#[test]
fn an_unknown_payer_is_incomplete_and_said() {
    let text = example()
        .replace("SBR*P*18*******MB", "SBR*P*18*******CI")
        .replace("NM1*PR*2*MEDICARE*****PI*01112", "NM1*PR*2*KEY INSURANCE*****PI*KEY01");
    let folder = folder("unknown-payer");
    let path = file(&folder, "other.837", &text);
    run(&["check", &path])
        .exits(3)
        .says("no policy of this payer")
        .says("note: payer `KEY INSURANCE` (`KEY01`) not recognised");
    run(&["check", "--format", "json", &path]).says("\"notes\":[\"payer `KEY INSURANCE`");
    // The sender's own table recognises it.
    let payers = file(&folder, "payers.csv", PAYERS);
    let ran = run(&["check", "--payers", &payers, &path]);
    assert!(!ran.out.contains("not recognised"), "{}", ran.out);
    run(&[
        "check",
        "--payers",
        &file(&folder, "wrong.csv", "no,such,columns\n"),
        &path,
    ])
    .exits(2)
    .complains("wrong.csv");
}

const PAYERS: &str =
    "match,pattern,payer,licensee,line_of_business,source,why\nid,KEY01,aetna,,commercial,name,our own contract\n";

#[test]
fn older_versions_and_damage_are_said_and_the_rest_goes_on() {
    let folder = folder("x12-damage");
    let old = file(
        &folder,
        "old.837",
        example()
            .replace("005010X222A1", "004010X098A1")
            .replace("*00501*", "*00401*"),
    );
    run(&["check", &old])
        .exits(2)
        .complains("old.837")
        .complains("version `004010X098A1` is not supported: ask for 005010")
        .says("1 not read");
    let damaged = file(
        &folder,
        "damaged.837",
        component() + &example().replacen("DTP*472*D8*20240806", "DTP*472*D8*20240832", 1),
    );
    let ran = run(&["check", "--format", "ndjson", &damaged]);
    ran.exits(2)
        .complains("DTP03 `20240832` is not valid")
        .says("\"verdict\":\"findings\"")
        .says("\"verdict\":\"not-read\"");
}

#[test]
fn folders_and_patterns_are_read_in_order_of_names() {
    let folder = folder("inputs");
    let inner = folder.join("b");
    std::fs::create_dir(&inner).unwrap();
    file(&folder, "a.837", component());
    file(&inner, "c.json", CLEAN);
    file(&folder, "notes.txt", "not a claim");
    file(&folder, "empty", "");
    let path = folder.to_str().unwrap();
    let ran = run(&["check", path]);
    ran.exits(1)
        .says("2 claims: 1 clean, 1 with findings")
        .complains("notes.txt: passed over");
    assert!(
        ran.out.find("claim A1").unwrap() < ran.out.find("claim clean").unwrap(),
        "{}",
        ran.out
    );
    let pattern = format!("{path}/*.837");
    run(&["check", &pattern]).exits(1).says("1 claim:");
    run(&["check", &format!("{path}/**/*.json")])
        .exits(0)
        .says("1 claim: 1 clean");
    run(&["check", &format!("{path}/*.x12"), &pattern])
        .exits(2)
        .complains("fits no file")
        .says("1 claim:");
    run(&["check", &format!("{path}/[.x12")])
        .exits(2)
        .complains("no pattern either");
}

#[test]
fn only_what_is_asked_for_is_printed() {
    let folder = folder("asked-for");
    let path = file(&folder, "monday.837", component());
    let quiet = run(&["check", "--quiet", &path]);
    quiet.exits(1);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
    let summary = run(&["check", "--summary", &path]);
    summary.exits(1).says("1 claim: 0 clean, 1 with findings").says("M010");
    assert!(!summary.out.contains("source:"), "{}", summary.out);
    let worst = run(&["check", "--min-disposition", "claim-denial", &path]);
    worst.exits(1).says("claim A1: findings");
    assert!(!worst.out.contains("carries"), "{}", worst.out);
    run(&["check", "--min-disposition", "terrible", &path]).exits(2);
    let out = folder.join("report.txt");
    let written = run(&["check", "--out", out.to_str().unwrap(), &path]);
    written.exits(1);
    assert_eq!(written.out, "");
    assert!(std::fs::read_to_string(out).unwrap().contains("M010"));
}

#[test]
fn a_spreadsheet_and_a_browser_get_every_claim() {
    let folder = folder("formats");
    let path = file(
        &folder,
        "monday.837",
        component()
            + &component()
                .replacen("CLM*A1", "CLM*=A2", 1)
                .replace("000000001", "000000002"),
    );
    let damaged = file(&folder, "tuesday.json", "{\"id\":\"=B\"}");
    let csv = run(&["check", "--format", "csv", &path, &damaged]);
    csv.exits(2);
    let mut reader = csv::Reader::from_reader(csv.out.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let column = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let of = |claim: &str| {
        rows.iter()
            .filter(|row| &row[column("claim")] == claim)
            .collect::<Vec<_>>()
    };
    assert!(
        of("A1")
            .iter()
            .any(|row| &row[column("rule")] == "M010" && &row[column("code")] == "64632")
    );
    assert_eq!(of("A1").len(), of("'=A2").len());
    assert_eq!(&of("'=B")[0][column("kind")], "not-read");

    let page = folder.join("report.html");
    run(&["check", "--format", "html", "--out", page.to_str().unwrap(), &path]).exits(1);
    let page = std::fs::read_to_string(page).unwrap();
    assert_eq!(page.matches("<article").count(), 2);
    assert!(page.ends_with("</html>\n"));
}

#[test]
fn what_is_at_stake_is_said_where_it_is_asked_for() {
    let folder = folder("amounts");
    let path = file(&folder, "monday.837", component());
    let without = run(&["check", &path]);
    assert!(!without.out.contains("stake:"), "{}", without.out);
    let text = example();
    let twice = file(&folder, "tuesday.837", &text);
    run(&["check", "--amounts", &twice]).exits(1).says("stake:");
}

#[test]
fn no_report_is_written_over_what_it_is_about() {
    let folder = folder("out-is-input");
    let path = file(&folder, "monday.837", component());
    let folder = folder.to_str().unwrap();
    for input in [path.as_str(), folder, &format!("{folder}/*.837")] {
        run(&["check", input, "--out", &format!("{folder}/./monday.837")])
            .exits(2)
            .complains("monday.837` is among the inputs");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), component());
    }
    // The report is not among the files of the folder that it is written into.
    let out = format!("{folder}/report.json");
    let ran = run(&["check", folder, "--format", "json", "--out", &out]);
    ran.exits(1);
    assert_eq!(ran.err, "");
    run(&["check", folder, "--out", &out])
        .exits(2)
        .complains("report.json` is among the inputs");
}

#[test]
fn input_without_claims_is_an_error() {
    let none = "no claim was found in what was given";
    let folder = folder("no-claims");
    run(&["check", folder.to_str().unwrap()]).exits(2).complains(none);
    fed(&["check", "-"], b"[]").exits(2).complains(none).says("0 claims");
    fed(&["price", "-"], b"[]").exits(2).complains(none);
    let text = example();
    let (head, _) = text.split_once("ST*").unwrap();
    let (_, tail) = text.split_once("GE*").unwrap();
    fed(
        &["check", "-"],
        format!("{head}GE*{}", tail.replacen('1', "0", 1)).as_bytes(),
    )
    .exits(2)
    .complains("standard input")
    .complains("the group holds no transaction");
    fed(&["check", "-"], format!("{head}GE*{tail}").as_bytes())
        .exits(2)
        .complains("transactions of the group: 0, but GE01 says 1");
    file(&folder, "notes.txt", "no claim");
    run(&["check", folder.to_str().unwrap()])
        .exits(2)
        .complains("notes.txt: passed over")
        .complains(none);
}

#[test]
fn words_are_completed() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        run(&["completions", shell]).exits(0).says("min-disposition");
    }
    run(&["completions", "tcl"]).exits(2);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_with_what_was_found() {
    use std::io::{Read as _, Write as _};
    let mut child = common::start(&["check", "--format", "ndjson", "-"]);
    let mut stdin = child.stdin.take().unwrap();
    let stdout = child.stdout.take().unwrap();
    let pid = child.id().to_string();
    let claims = format!("{CLEAN}\n");
    let (sender, receiver) = std::sync::mpsc::channel();
    // Claims without end, until the command no longer takes them.
    let feeding = std::thread::spawn(move || while stdin.write_all(claims.as_bytes()).is_ok() {});
    let reading = std::thread::spawn(move || {
        let mut stdout = stdout;
        let mut all = vec![0; 1 << 16];
        stdout.read_exact(&mut all).unwrap();
        sender.send(()).unwrap();
        stdout.read_to_end(&mut all).unwrap();
        all
    });
    receiver.recv().unwrap();
    assert!(
        std::process::Command::new("kill")
            .args(["-INT", &pid])
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(child.wait().unwrap().code(), Some(130));
    feeding.join().unwrap();
    let all = String::from_utf8(reading.join().unwrap()).unwrap();
    assert!(all.ends_with("}\n"), "the last answer is whole");
    let (answers, last) = all.trim_end().rsplit_once('\n').unwrap();
    for line in answers.lines() {
        assert!(line.starts_with("{\"claim\":\"clean\",\"verdict\":\"clean\""), "{line}");
    }
    assert!(
        last.contains("interrupted: the input was not read to its end"),
        "{last}"
    );
}

/// The public sample files, which lie beside the checkout.
#[test]
fn every_public_sample_is_checked_or_refused() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/x12");
    if !folder.exists() {
        // Not by a macro, whose words the harness keeps from who runs the tests.
        let _ = writeln!(
            std::io::stderr(),
            "skipped: the public 837 files are not beside this checkout"
        );
        return;
    }
    let ran = run(&["check", "--format", "ndjson", folder.to_str().unwrap()]);
    ran.exits(2);
    let verdicts: Vec<serde_json::Value> = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let read = verdicts.iter().filter(|answer| answer["verdict"] != "not-read");
    assert_eq!(read.count(), 23, "the claims of the 005010 files");
    assert!(
        ran.err
            .lines()
            .filter(|line| line.starts_with("error"))
            .all(|line| line.contains("is not supported: ask for 005010"))
    );
}

/// A folder as it may lie on a disk: a pipe that nobody writes to, a socket, links in a circle, and a name that is no text.
#[cfg(target_os = "linux")]
#[test]
fn whatever_lies_in_a_folder_is_read_or_named() {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;
    let folder = folder("strange-files");
    let name = folder.join(std::ffi::OsStr::from_bytes(b"mond\xe9y.837"));
    std::fs::write(&name, component()).unwrap();
    assert!(
        std::process::Command::new("mkfifo")
            .arg(folder.join("pipe.837"))
            .status()
            .unwrap()
            .success()
    );
    let _socket = std::os::unix::net::UnixListener::bind(folder.join("socket")).unwrap();
    symlink(&folder, folder.join("circle")).unwrap();
    symlink(folder.join("two"), folder.join("one")).unwrap();
    symlink(folder.join("one"), folder.join("two")).unwrap();
    run(&["check", folder.to_str().unwrap()])
        .exits(2)
        .says("1 claim: 0 clean, 1 with findings")
        .complains("pipe.837: passed over, as it is a pipe, a socket or a device")
        .complains("socket: passed over, as it is a pipe, a socket or a device")
        .complains("strange-files/one`: Too many levels of symbolic links");
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_cleanclaim"))
        .arg("check")
        .arg(&name)
        .arg("--out")
        .arg(folder.join(std::ffi::OsStr::from_bytes(b"r\xe9port")))
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(1), "{}", String::from_utf8_lossy(&ran.stderr));
    let report = std::fs::read_to_string(folder.join(std::ffi::OsStr::from_bytes(b"r\xe9port"))).unwrap();
    assert!(report.contains("M010"), "{report}");
}

/// Markup, formulas, escapes and letters that are not seen, in every text of a claim.
#[test]
fn nothing_of_a_claim_is_active_in_any_format() {
    const EVIL: [&str; 8] = [
        "</script><img src=x onerror=alert(1)>",
        "=1+1",
        " =1+1",
        "\u{a0}@SUM(A1)",
        "\u{ff1d}1",
        "\u{1b}]0;x\u{7}\u{9b}2J\u{7f}",
        "a\u{202e}b\u{200b}c\u{feff}",
        "\u{feff}-1",
    ];
    for evil in EVIL {
        let good = CLEAN.replacen("\"clean\"", &serde_json::to_string(evil).unwrap(), 1);
        let bad = good.replacen(
            "64632",
            &format!("6{}", serde_json::to_string(evil).unwrap().trim_matches('"')),
            1,
        );
        for format in ["text", "html", "csv", "json", "ndjson"] {
            let ran = fed(
                &["check", "--format", format, "-"],
                format!("{good}\n{bad}\n").as_bytes(),
            );
            ran.exits(2);
            let seen =
                |letter: char| letter == '\n' || !letter.is_control() && !"\u{202e}\u{200b}\u{feff}".contains(letter);
            assert!(
                ran.out.chars().chain(ran.err.chars()).all(seen),
                "{format}: {evil:?}\n{}{}",
                ran.out,
                ran.err
            );
            assert!(format != "html" || !ran.out.contains("<img"), "{}", ran.out);
            if format == "csv" {
                let mut reader = csv::Reader::from_reader(ran.out.as_bytes());
                for value in reader
                    .records()
                    .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
                {
                    assert!(
                        !value.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}']),
                        "{value:?}"
                    );
                }
            }
            if format == "ndjson" {
                let first: serde_json::Value = serde_json::from_str(ran.out.lines().next().unwrap()).unwrap();
                assert_eq!(first["claim"], evil, "a program reads what the claim says");
            }
        }
    }
}
