//! Inputs of a gigabyte, and small ones that stand for much: memory stays where it is.

use std::io::Write as _;
use std::time::Instant;

use cleanclaim_formats::x12::example;

use crate::common::start;
use crate::row;

const GIGABYTE: usize = 1 << 30;
const CLAIM: &str = r#"{"id":"A1","form":"professional","payer":"medicare","lines":[{"number":1,"date":"2024-08-06","code":"64632","modifiers":["RT"],"units":1,"site":"11","provider":"1234567893"}]}"#;

/// Feeds so many bytes of repeated blocks to a check; its exit code, and the most memory that it took, in MB.
fn feed(first: &[u8], block: &[u8], bytes: usize, arguments: &[&str]) -> (Option<i32>, u64) {
    let mut child = start(arguments);
    let mut stdin = child.stdin.take().unwrap();
    let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let reading = std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
    let hearing = std::thread::spawn(move || std::io::copy(&mut err, &mut std::io::sink()));
    stdin.write_all(first).unwrap();
    let mut fed = 0;
    while fed < bytes && stdin.write_all(block).is_ok() {
        fed += block.len();
    }
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: u64 = peak
        .and_then(|peak| peak.split_whitespace().next()?.parse().ok())
        .unwrap_or(0);
    drop(stdin);
    let code = child.wait().unwrap().code();
    drop((reading.join().unwrap(), hearing.join().unwrap()));
    (code, kilobytes / 1024)
}

#[cfg(target_os = "linux")]
#[test]
#[ignore = "cargo xtask torture"]
fn gigabytes() {
    let lines = format!("{CLAIM}\n").repeat(2_000);
    let array = format!("{CLAIM},").repeat(2_000);
    let x12 = example().repeat(500);
    let openings = "{\"a\":".repeat(50_000);
    let text = "x".repeat(1 << 20);
    let quiet = ["check", "--quiet", "--only", "M", "-"];
    let inputs: [(&str, &[u8], &[u8], usize); 7] = [
        ("JSON, an object a line", b"", lines.as_bytes(), GIGABYTE),
        ("a JSON array on one line", b"[", array.as_bytes(), GIGABYTE),
        ("837 interchanges", b"", x12.as_bytes(), GIGABYTE),
        ("one JSON text without end", b"{\"id\":\"", text.as_bytes(), GIGABYTE),
        ("one line of anything", b"[x", text.as_bytes(), GIGABYTE),
        (
            "JSON openings without closings",
            b"",
            openings.as_bytes(),
            GIGABYTE / 16,
        ),
        ("blanks", b"", &[b' '; 1 << 20], GIGABYTE),
    ];
    for (name, first, block, bytes) in inputs {
        let begun = Instant::now();
        let (code, peak) = feed(first, block, bytes, &quiet);
        assert!(code.is_some() && peak < 200, "{name}: {code:?}, {peak} MB");
        let seconds = begun.elapsed().as_secs();
        row(
            &format!("{} MiB of {name}", bytes >> 20),
            1,
            &format!("{peak} MB at most, {seconds} s, exit {}", code.unwrap_or(-1)),
        );
    }
}
