//! The command run, fed and read back.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self
    }

    pub(crate) fn says(&self, text: &str) -> &Self {
        assert!(
            self.out.contains(text),
            "`{text}` is not in\n{}\n{}",
            self.out,
            self.err
        );
        self
    }

    pub(crate) fn complains(&self, text: &str) -> &Self {
        assert!(self.err.contains(text), "`{text}` is not in\n{}", self.err);
        self
    }
}

pub(crate) fn start(arguments: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_cleanclaim"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

pub(crate) fn fed(arguments: &[&str], input: &[u8]) -> Ran {
    let mut child = start(arguments);
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeding = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().unwrap();
    feeding.join().unwrap();
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

pub(crate) fn run(arguments: &[&str]) -> Ran {
    fed(arguments, b"")
}

/// A folder of this test's own, emptied.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

pub(crate) fn file(folder: &std::path::Path, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Waits until a command catches Ctrl-C, and a moment more, in which it reads what it was fed.
#[cfg(unix)]
pub(crate) fn wait_until_it_listens(pid: u32) {
    const INTERRUPT: u64 = 1 << 1;
    for _ in 0..1_000 {
        std::thread::sleep(std::time::Duration::from_millis(20));
        // Where there is no such file, the whole time is waited for.
        let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        let caught = caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
        if caught.is_some_and(|mask| mask & INTERRUPT != 0) {
            break;
        }
    }
    std::thread::sleep(std::time::Duration::from_millis(500));
}
