//! A small mutation loop with a fixed start, for the ordinary tests: the same seeds give the same inputs in the same order.

use std::path::Path;
use std::time::{Duration, Instant};

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit.max(1)
    }
}

/// Gives `target` every seed of a folder as it is, then mutated ones until `rounds` or the time is up, whichever is first.
/// `FUZZ_SECONDS` states another time.
pub fn replay(seeds: &Path, rounds: usize, target: impl Fn(&[u8])) {
    replay_some(seeds, "", rounds, target);
}

/// The same for the seeds whose names begin with `kind`.
pub fn replay_some(seeds: &Path, kind: &str, rounds: usize, target: impl Fn(&[u8])) {
    let mut files: Vec<_> = std::fs::read_dir(seeds)
        .expect("a folder of seeds")
        .map(|entry| entry.expect("a seed").path())
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with(kind))
        })
        .collect();
    files.sort();
    let seeds: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).expect("a seed")).collect();
    assert!(!seeds.is_empty(), "no seeds");
    seeds.iter().for_each(|seed| target(seed));
    let stated = std::env::var("FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let until = Instant::now() + Duration::from_secs(stated.unwrap_or(2));
    let rounds = if stated.is_some() { usize::MAX } else { rounds };
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut done = 0;
    while done < rounds && Instant::now() < until {
        let input = mutated(&seeds, &mut random);
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| target(&input)));
        if let Err(panic) = caught {
            eprintln!("round {done}: {}", input.escape_ascii());
            std::panic::resume_unwind(panic);
        }
        done += 1;
    }
    println!("{done} mutated inputs");
}

fn mutated(seeds: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    const WORDS: [&[u8]; 16] = [
        b"0",
        b"-1",
        b"99999999999999999999",
        b"2149-06-06",
        b"2149-06-07",
        b"1970-01-01",
        b"20249999",
        b"\"\"",
        b"null",
        b"\xff\xfe",
        b"\xc3\xa9",
        b"\r\n",
        b"\t",
        b"[{",
        b"00",
        b"1e308",
    ];
    let mut input = seeds[random.below(seeds.len())].clone();
    for _ in 0..=random.below(4) {
        let at = random.below(input.len() + 1);
        let length = random.below(16).min(input.len() - at);
        match random.below(7) {
            0 if at < input.len() => input[at] ^= 1 << random.below(8),
            1 if at < input.len() => input[at] = random.below(256) as u8,
            2 => drop(input.drain(at..at + length)),
            3 => {
                let word = WORDS[random.below(WORDS.len())];
                input.splice(at..at, word.iter().copied());
            }
            4 => {
                let word = WORDS[random.below(WORDS.len())];
                input.splice(at..at + length, word.iter().copied());
            }
            5 => {
                let again = input[at..at + length].to_vec();
                let to = random.below(input.len() + 1);
                input.splice(to..to, again);
            }
            _ => {
                let other = &seeds[random.below(seeds.len())];
                let from = random.below(other.len() + 1);
                let end = (from + random.below(64)).min(other.len());
                input.splice(at..at + length, other[from..end].iter().copied());
            }
        }
    }
    input
}
