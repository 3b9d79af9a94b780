//! Memory does not grow with the file. In a binary of its own: the most memory is that of a process, and other tests take some.

use cleanclaim_formats::x12::{Remittance, Remittances, example_remittance};

/// A reader of a file that is as long as is asked for, without being held.
struct Endless {
    head: Vec<u8>,
    claim: Vec<u8>,
    at: usize,
    left: u64,
}

impl std::io::Read for Endless {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let mut written = 0;
        while written < into.len() && self.left > 0 {
            let from = if self.head.is_empty() { &self.claim } else { &self.head };
            let part = &from[self.at..];
            let count = part.len().min(into.len() - written);
            into[written..written + count].copy_from_slice(&part[..count]);
            written += count;
            self.at += count;
            if self.at == from.len() {
                self.at = 0;
                if self.head.is_empty() {
                    self.left -= 1
                } else {
                    self.head.clear()
                }
            }
        }
        Ok(written)
    }
}

/// The most memory that the process had, in kilobytes.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// `REMITTANCE_MB=1000` reads a gigabyte.
#[test]
fn a_large_file_takes_no_more_memory_than_a_small_one() {
    let megabytes: u64 = std::env::var("REMITTANCE_MB").map_or(32, |text| text.parse().unwrap());
    let text = example_remittance();
    let (head, rest) = text.split_once("CLP*").unwrap();
    let (claim, _) = rest.split_once("PLB*").unwrap();
    let claim = format!("CLP*{claim}");
    let claims = megabytes * 1_000_000 / claim.len() as u64;
    let input = Endless {
        head: head.into(),
        claim: claim.into(),
        at: 0,
        left: claims,
    };
    let before = peak();
    let read = Remittances::new(input)
        .filter(|answer| matches!(answer, Ok(Remittance::Claim(_))))
        .count() as u64;
    // The last is cut off, as the file has no end.
    assert_eq!(read, claims - 1);
    if let (Some(before), Some(after)) = (before, peak()) {
        assert!(after - before < 16_000, "{before} kB before, {after} kB after");
    }
}
