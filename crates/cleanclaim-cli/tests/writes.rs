//! What becomes of files that are written: they are whole or as they were, and nothing stays beside them.

use crate::common;

use std::path::Path;
use std::process::{Child, Command, Stdio};

use common::{file, folder, run};

const CLAIM: &str = r#"{"id":"A1","form":"professional","payer":"medicare","lines":[{"number":1,"date":"2024-08-06","code":"64632","modifiers":["26"],"units":1,"site":"11","provider":"1234567893"}]}"#;

fn mue() -> String {
    let rows = (64_000..64_700).map(|code| format!("{code},1,2 Date of Service Edit: Policy,CMS Policy\n"));
    "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n".to_owned()
        + &rows.collect::<String>()
}

fn spawn(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_cleanclaim"))
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    names
}

/// The three commands that write a file, each with its input: named `MUE`, or `claims.json`.
fn commands(folder: &Path) -> [Vec<String>; 3] {
    let claims = file(folder, "claims.json", CLAIM);
    let table = file(folder, "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv", mue());
    [
        vec!["check".to_owned(), claims.clone()],
        vec!["price".to_owned(), claims],
        vec!["data".to_owned(), "build".to_owned(), table],
    ]
}

fn write(command: &[String], out: &Path) -> common::Ran {
    let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
    arguments.extend(["--out", out.to_str().unwrap()]);
    run(&arguments)
}

#[test]
fn every_command_replaces_a_file_and_leaves_nothing_beside_it() {
    let folder = folder("writes");
    let inputs = commands(&folder);
    for command in inputs {
        let out = folder.join("out");
        std::fs::write(&out, "the older one").unwrap();
        let ran = write(&command, &out);
        assert_ne!(ran.code, Some(2), "{}", ran.err);
        assert_ne!(std::fs::read(&out).unwrap(), b"the older one", "{command:?}");
        assert_eq!(names(&folder).len(), 3, "{:?}", names(&folder));
    }
}

#[test]
fn no_input_is_an_output() {
    let folder = folder("inputs-stay");
    for command in commands(&folder) {
        let input = command.last().unwrap();
        let before = std::fs::read(input).unwrap();
        write(&command, Path::new(input))
            .exits(2)
            .complains("is among the inputs");
        // The same file by another name.
        let other = folder.join("other");
        std::fs::hard_link(input, &other).unwrap();
        write(&command, &other).exits(2).complains("is among the inputs");
        assert_eq!(std::fs::read(input).unwrap(), before);
        std::fs::remove_file(other).unwrap();
    }
    // A folder that is read, and whatever else is.
    let table = folder.join("MCR_MUE_PractitionerServices_Eff_07-01-2024.csv");
    let (folder_name, table_name) = (folder.to_str().unwrap(), table.to_str().unwrap());
    run(&["data", "build", folder_name, "--out", table_name])
        .exits(2)
        .complains("is among the inputs");
    let claims = folder.join("claims.json");
    let claims = claims.to_str().unwrap();
    let packed = folder.join("own.ccr");
    let packed = packed.to_str().unwrap();
    for _ in 0..2 {
        // The packed file of before lies in the folder: it may be made anew.
        run(&["data", "build", folder_name, "--out", packed]).exits(0);
    }
    run(&["data", "build", packed, "--out", packed])
        .exits(2)
        .complains("is among the inputs");
    let policies = file(&folder, "policies.toml", "payer = \"aetna\"\n");
    let payers = file(
        &folder,
        "payers.csv",
        "match,pattern,payer,licensee,line_of_business,source,why\n",
    );
    for (option, path) in [
        ("--data", packed),
        ("--policies", policies.as_str()),
        ("--payers", payers.as_str()),
    ] {
        let before = std::fs::read(path).unwrap();
        run(&["check", claims, option, path, "--out", path])
            .exits(2)
            .complains("is among the inputs");
        assert_eq!(std::fs::read(path).unwrap(), before, "{option}");
    }
}

/// `check claims.json >> claims.json` would read what it writes, without end.
#[cfg(unix)]
#[test]
fn standard_output_is_no_input() {
    let folder = folder("stdout-is-input");
    let path = file(&folder, "claims.json", CLAIM);
    let append = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
    let ran = Command::new(env!("CARGO_BIN_EXE_cleanclaim"))
        .args(["check", &path])
        .stdout(append)
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert!(String::from_utf8(ran.stderr).unwrap().contains("is among the inputs"));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), CLAIM);
}

#[cfg(unix)]
#[test]
fn links_devices_and_pipes_are_written_to_and_never_replaced() {
    let folder = folder("links-stay");
    for (at, command) in commands(&folder).iter().enumerate() {
        let real = folder.join(format!("real{at}"));
        let link = folder.join(format!("link{at}"));
        std::fs::write(&real, "").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        assert_ne!(write(command, &link).code, Some(2));
        assert!(link.is_symlink() && !std::fs::read(&real).unwrap().is_empty());
        std::fs::remove_file(&real).unwrap();
        write(command, &link).exits(2).complains("a link that leads to no file");
        assert!(link.is_symlink() && !real.exists());
        assert_ne!(write(command, Path::new("/dev/null")).code, Some(2));
        let pipe = folder.join(format!("pipe{at}"));
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || std::fs::read(pipe).unwrap()
        });
        assert_ne!(write(command, &pipe).code, Some(2));
        assert!(!reader.join().unwrap().is_empty());
        let kind = std::fs::symlink_metadata(&pipe).unwrap().file_type();
        assert!(std::os::unix::fs::FileTypeExt::is_fifo(&kind));
        if cfg!(target_os = "linux") {
            write(command, Path::new("/dev/full"))
                .exits(2)
                .complains("No space left");
        }
    }
}

#[test]
fn commands_that_write_one_file_at_once_leave_a_whole_one() {
    let folder = folder("parallel");
    for command in commands(&folder) {
        let out = folder.join("out");
        let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
        arguments.extend(["--out", out.to_str().unwrap()]);
        run(&arguments);
        let alone = std::fs::read(&out).unwrap();
        let children: Vec<Child> = (0..16).map(|_| spawn(&arguments)).collect();
        for child in children {
            assert_ne!(child.wait_with_output().unwrap().status.code(), Some(2));
        }
        assert_eq!(std::fs::read(&out).unwrap(), alone, "{command:?}");
        assert_eq!(names(&folder).len(), 3, "{:?}", names(&folder));
    }
}

/// Each signal that asks a process to end, while a report of each format is written.
#[cfg(unix)]
#[test]
fn after_a_signal_the_older_report_stays_and_nothing_else() {
    use std::io::Write as _;
    let folder = folder("signals");
    let out = folder.join("report");
    for signal in ["INT", "TERM", "HUP"] {
        for format in ["text", "html", "csv", "json", "ndjson"] {
            std::fs::write(&out, "the older one").unwrap();
            let mut child = common::start(&["check", "--format", format, "--out", out.to_str().unwrap(), "-"]);
            let mut stdin = child.stdin.take().unwrap();
            stdin.write_all(format!("{CLAIM}\n").repeat(200).as_bytes()).unwrap();
            // The part is there once claims are read.
            while names(&folder).len() < 2 {
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
            let pid = child.id().to_string();
            let signal = format!("-{signal}");
            assert!(Command::new("kill").args([&signal, &pid]).status().unwrap().success());
            let ran = child.wait_with_output().unwrap();
            assert_eq!(ran.status.code(), Some(130), "{signal} {format}");
            drop(stdin);
            let said = String::from_utf8(ran.stderr).unwrap();
            assert!(said.contains("no report was written"), "{signal} {format}: {said}");
            assert_eq!(std::fs::read_to_string(&out).unwrap(), "the older one");
            assert_eq!(names(&folder), ["report"], "{signal} {format}");
        }
    }
}
