//! Target: bytes as a packed reference.

use std::sync::LazyLock;

use cleanclaim::reference::Reference;

use super::layout::{entries, put, repair};
use super::lookups::ask_everything;
use super::sample;

static SAMPLE: LazyLock<Vec<u8>> = LazyLock::new(sample::packed);

/// Bytes that begin as a packed file does are opened as they are, then with their checksums repaired. Any others are read
/// as changes to a sound file, eight bytes a change: the section, the width, the place (two bytes), the number (four).
pub fn packed_bytes(data: &[u8]) {
    if data.starts_with(b"CLN") {
        let mut file = data.to_vec();
        open(&file);
        repair(&mut file);
        open(&file);
        return;
    }
    let mut file = SAMPLE.clone();
    let places = entries(&file);
    for change in data.chunks_exact(8) {
        let &[section, width, low, high, ref number @ ..] = change else {
            continue;
        };
        let number = number.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte));
        let place = places.get(usize::from(section) % places.len());
        let Some(place) = place else { continue };
        // Places in the section, from its end, or in its entry of the directory.
        let within = usize::from(low) | usize::from(high) << 8;
        let at = match width / 64 {
            0 | 1 => place.offset as usize + within,
            2 => ((place.offset + place.size) as usize).saturating_sub(within + 1),
            _ => place.at + within % 32,
        };
        match width % 3 {
            0 => put::<1>(&mut file, at, number),
            1 => put::<2>(&mut file, at, number),
            _ => put::<4>(&mut file, at, number),
        }
    }
    repair(&mut file);
    open(&file);
}

fn open(file: &[u8]) {
    match Reference::open(file.to_vec()) {
        Ok(reference) => ask_everything(&reference, 6),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
