//! The header and directory of a packed file, written down a second time from `docs/packed-format.md`: finds the sections
//! and repairs the checksums, so that changed bytes reach the checks behind them.

/// Where the directory begins, and how long one of its entries is.
pub const HEADER: usize = 32;
pub const ENTRY: usize = 32;
/// Where the numbers of the header stand.
pub const FORMAT: usize = 8;
pub const COUNT: usize = 12;
pub const LENGTH: usize = 16;
pub const CHECKSUM: usize = 24;
/// Where the numbers of an entry stand, from its beginning.
pub const KIND: usize = 0;
pub const VERSION: usize = 2;
pub const ORDINAL: usize = 4;
pub const OFFSET: usize = 8;
pub const SIZE: usize = 16;
pub const SUM: usize = 24;

/// One entry of the directory.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Where the entry itself begins.
    pub at: usize,
    pub kind: u64,
    pub ordinal: u64,
    pub offset: u64,
    pub size: u64,
}

/// A little-endian number of `N` bytes; 0 beyond the end.
pub fn number<const N: usize>(file: &[u8], at: usize) -> u64 {
    let bytes = at.checked_add(N).and_then(|end| file.get(at..end)).unwrap_or_default();
    bytes
        .iter()
        .rev()
        .fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// Writes the lowest `N` bytes of a number; nothing beyond the end.
pub fn put<const N: usize>(file: &mut [u8], at: usize, number: u64) {
    if let Some(bytes) = at.checked_add(N).and_then(|end| file.get_mut(at..end)) {
        bytes.copy_from_slice(&number.to_le_bytes()[..N]);
    }
}

/// The entries that lie whole in the file.
pub fn entries(file: &[u8]) -> Vec<Entry> {
    let count = number::<4>(file, COUNT).min((file.len() / ENTRY) as u64) as usize;
    (0..count)
        .map(|entry| HEADER + entry * ENTRY)
        .filter(|at| at + ENTRY <= file.len())
        .map(|at| Entry {
            at,
            kind: number::<2>(file, at + KIND),
            ordinal: number::<4>(file, at + ORDINAL),
            offset: number::<8>(file, at + OFFSET),
            size: number::<8>(file, at + SIZE),
        })
        .collect()
}

/// The bytes of a section, as far as they lie in the file.
pub fn section<'a>(file: &'a [u8], entry: &Entry) -> Option<&'a [u8]> {
    let start = usize::try_from(entry.offset).ok()?;
    let end = start.checked_add(usize::try_from(entry.size).ok()?)?;
    file.get(start..end)
}

/// Makes the length and every checksum hold.
pub fn repair(file: &mut [u8]) {
    let length = file.len() as u64;
    put::<8>(file, LENGTH, length);
    let entries = entries(file);
    for entry in &entries {
        let sum = section(file, entry).map(crc32fast::hash);
        if let Some(sum) = sum {
            put::<4>(file, entry.at + SUM, u64::from(sum));
        }
    }
    let end = HEADER + entries.len() * ENTRY;
    if let Some(sum) = file.get(HEADER..end).map(crc32fast::hash) {
        put::<4>(file, CHECKSUM, u64::from(sum));
    }
}
