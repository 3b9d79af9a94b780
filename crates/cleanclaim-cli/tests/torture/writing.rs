//! Outputs under signals, on full disks, and written by many at once.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::common::{file, folder, run, start, wait_until_it_listens};
use crate::row;

const FORMATS: [&str; 5] = ["text", "html", "csv", "json", "ndjson"];
const CLAIM: &str = r#"{"id":"A1","form":"professional","payer":"medicare","lines":[{"number":1,"date":"2024-08-06","code":"64632","modifiers":["26"],"units":1,"site":"11","provider":"1234567893"}]}"#;

fn names(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

#[cfg(unix)]
#[test]
#[ignore = "cargo xtask torture"]
fn signals() {
    use std::io::Write as _;
    let folder = folder("torture-signals");
    let mut tried = 0;
    for signal in ["INT", "TERM", "HUP"] {
        for format in FORMATS {
            for to_file in [true, false] {
                let out = folder.join("report");
                std::fs::write(&out, "the older one").unwrap();
                let mut arguments = vec!["check", "--format", format, "-"];
                if to_file {
                    arguments.extend(["--out", out.to_str().unwrap()]);
                }
                let mut child = start(&arguments);
                let mut stdin = child.stdin.take().unwrap();
                stdin.write_all(format!("{CLAIM}\n").repeat(100).as_bytes()).unwrap();
                wait_until_it_listens(child.id());
                let signal = format!("-{signal}");
                assert!(
                    Command::new("kill")
                        .args([&signal, &child.id().to_string()])
                        .status()
                        .unwrap()
                        .success()
                );
                let ran = child.wait_with_output().unwrap();
                drop(stdin);
                assert_eq!(ran.status.code(), Some(130), "{signal} {format}");
                assert_eq!(std::fs::read_to_string(&out).unwrap(), "the older one");
                assert_eq!(names(&folder), 1, "{signal} {format}");
                let printed = String::from_utf8(ran.stdout).unwrap().to_lowercase();
                assert!(
                    to_file || printed.contains("interrupted"),
                    "{signal} {format}: {printed}"
                );
                tried += 1;
            }
        }
    }
    row(
        "signals INT, TERM, HUP x five formats x file or standard output",
        tried,
        "the older report stays, nothing lies beside it; what is printed says that it is not all",
    );
}

/// A file system that is full after 64 KiB, where one may be made; and the device that is always full.
#[cfg(target_os = "linux")]
#[test]
#[ignore = "cargo xtask torture"]
fn full_disks() {
    let folder = folder("torture-full");
    let claims = file(&folder, "claims.ndjson", format!("{CLAIM}\n").repeat(2_000));
    let mut tried = 0;
    for format in FORMATS {
        run(&["check", &claims, "--format", format, "--out", "/dev/full"])
            .exits(2)
            .complains("No space left");
        tried += 1;
    }
    let small = folder.join("small");
    std::fs::create_dir_all(&small).unwrap();
    let mounted = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"])
        .arg(&small)
        .status();
    if !mounted.is_ok_and(|status| status.success()) {
        row(
            "full disk (the device that is always full; no right to mount one)",
            tried,
            "an error each time",
        );
        return;
    }
    let out = small.join("report");
    for format in FORMATS {
        std::fs::write(&out, "the older one").unwrap();
        let ran = run(&["check", &claims, "--format", format, "--out", out.to_str().unwrap()]);
        let after = std::fs::read_to_string(&out).unwrap();
        let left = names(&small);
        if ran.code != Some(2) || after != "the older one" || left != 1 {
            Command::new("umount").arg(&small).status().unwrap();
            panic!("{format}: {:?}, {left} files, {} bytes", ran.code, after.len());
        }
        tried += 1;
    }
    assert!(Command::new("umount").arg(&small).status().unwrap().success());
    row(
        "full disk (a file system of 64 KiB, and the device that is always full)",
        tried,
        "an error each time; the older report stays, nothing lies beside it",
    );
}

#[test]
#[ignore = "cargo xtask torture"]
fn many_at_once() {
    const AT_ONCE: usize = 64;
    let folder = folder("torture-parallel");
    let claims = file(&folder, "claims.ndjson", format!("{CLAIM}\n").repeat(500));
    let out = folder.join("report");
    let arguments = ["check", &claims, "--format", "html", "--out", out.to_str().unwrap()];
    run(&arguments).exits(1);
    let alone = std::fs::read(&out).unwrap();
    let spawn = || {
        Command::new(env!("CARGO_BIN_EXE_cleanclaim"))
            .args(arguments)
            .stdin(Stdio::null())
            .spawn()
            .unwrap()
    };
    let children: Vec<Child> = (0..AT_ONCE).map(|_| spawn()).collect();
    for mut child in children {
        assert_eq!(child.wait().unwrap().code(), Some(1));
        assert_eq!(std::fs::read(&out).unwrap(), alone, "whole at any moment");
    }
    assert_eq!(names(&folder), 2);
    row(
        "runs at once that write one file",
        AT_ONCE,
        "the file is whole at any moment, nothing lies beside it",
    );
}
