//! What `cargo xtask torture` runs: damage, bombs, signals, full disks and large inputs, each in numbers too large for the
//! ordinary tests. Each prints a row for `docs/reliability.md`: what was tried, how often, and what came of it.

#[path = "../common/mod.rs"]
mod common;

mod damage;
mod large;
mod writing;

/// Prints a row of the table.
fn row(what: &str, tried: usize, result: &str) {
    println!("| {what} | {tried} | {result} |");
}

/// Numbers by a fixed start: each run tries the same.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }

    /// Bytes with one, two or three damages: another byte, some lost, or some put in.
    fn damage(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut damaged = bytes.to_vec();
        for _ in 0..=self.below(3) {
            let at = self.below(damaged.len());
            match self.below(4) {
                0 => damaged[at] = self.below(256) as u8,
                1 => damaged[at] = b"*:~^\n \0"[self.below(7)],
                2 => drop(damaged.drain(at..(at + 1 + self.below(40)).min(damaged.len()))),
                _ => damaged.insert(at, b"*:~^\nA1"[self.below(7)]),
            }
            if damaged.is_empty() {
                break;
            }
        }
        damaged
    }
}
