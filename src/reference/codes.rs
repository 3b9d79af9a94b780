//! From a procedure code to its dense number without hashing: a bit for each code shape in use, and the count of set
//! bits before each word.

use bytes::Bytes;

use crate::model::ProcedureCode;

use super::bytes::Writer;

/// The number of a code inside one reference: dense, in the order of [`ProcedureCode::index`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeId(pub(crate) u16);

impl From<crate::model::Modifier> for CodeId {
    /// The tables of modifiers are kept like those of codes.
    fn from(modifier: crate::model::Modifier) -> Self {
        Self(modifier.index() as u16)
    }
}

impl CodeId {
    pub(crate) fn index(self) -> usize {
        usize::from(self.0)
    }
}

const BITS: usize = 64;
/// A word of bits and the number of codes before it, side by side so that a lookup touches one cache line.
const ENTRY: usize = 10;
const WORDS: usize = (ProcedureCode::INDEX_LIMIT as usize).div_ceil(BITS);

/// Every code of a reference.
#[derive(Clone, Debug, Default)]
pub(crate) struct CodeIndex {
    entries: Bytes,
    count: u16,
}

impl CodeIndex {
    pub(crate) const VERSION: u16 = 1;

    /// Writes the index of `codes`, which are sorted by [`ProcedureCode::index`] and distinct.
    pub(crate) fn write(codes: &[u32]) -> Vec<u8> {
        let mut words = vec![0_u64; WORDS];
        for &code in codes {
            let at = code as usize;
            if let Some(word) = words.get_mut(at / BITS) {
                *word |= 1 << (at % BITS);
            }
        }
        let mut out = Writer::default();
        let mut before = 0_u16;
        for word in words {
            out.u64(word);
            out.u16(before);
            before = before.wrapping_add(word.count_ones() as u16);
        }
        out.into_vec()
    }

    /// Takes the section as it is and checks that its counts follow from its bits.
    pub(crate) fn open(entries: Bytes) -> Option<Self> {
        if entries.len() != WORDS * ENTRY {
            return None;
        }
        let mut total = 0_u32;
        let beyond = entries.len() / ENTRY * BITS - ProcedureCode::INDEX_LIMIT as usize;
        let last = split(entries.get(entries.len() - ENTRY..)?)?.0;
        if last.leading_zeros() < beyond as u32 {
            return None;
        }
        for entry in entries.chunks_exact(ENTRY) {
            let (bits, before) = split(entry)?;
            if u32::from(before) != total {
                return None;
            }
            total += bits.count_ones();
        }
        let count = u16::try_from(total).ok().filter(|&count| count < u16::MAX)?;
        Some(Self { entries, count })
    }

    pub(crate) fn len(&self) -> usize {
        usize::from(self.count)
    }

    #[inline]
    pub(crate) fn id(&self, code: ProcedureCode) -> Option<CodeId> {
        let index = code.index()? as usize;
        let (bits, before) = split(self.entries.get(index / BITS * ENTRY..)?)?;
        let mask = 1_u64 << (index % BITS);
        if bits & mask == 0 {
            return None;
        }
        Some(CodeId(before + (bits & (mask - 1)).count_ones() as u16))
    }

    /// The codes in the order of their numbers.
    pub(crate) fn codes(&self) -> impl Iterator<Item = ProcedureCode> + '_ {
        self.entries
            .chunks_exact(ENTRY)
            .enumerate()
            .filter_map(|(word, entry)| Some((word, split(entry)?.0)))
            .filter(|&(_, bits)| bits != 0)
            .flat_map(|(word, bits)| {
                (0..BITS)
                    .filter(move |bit| bits >> bit & 1 == 1)
                    .map(move |bit| word * BITS + bit)
            })
            .filter_map(|index| ProcedureCode::from_index(u32::try_from(index).ok()?))
    }

    /// The code of a number: the last word with at most so many codes before it, and in it the bit of the remainder.
    pub(crate) fn code(&self, id: CodeId) -> Option<ProcedureCode> {
        let word_at = |word: usize| split(self.entries.get(word * ENTRY..)?);
        let mut words = 0..WORDS;
        while words.len() > 1 {
            let middle = words.start + words.len() / 2;
            if word_at(middle)?.1 <= id.0 {
                words.start = middle;
            } else {
                words.end = middle;
            }
        }
        let (bits, before) = word_at(words.start)?;
        let mut set = (0..BITS).filter(|bit| bits >> bit & 1 == 1);
        let bit = set.nth(usize::from(id.0.checked_sub(before)?))?;
        ProcedureCode::from_index(u32::try_from(words.start * BITS + bit).ok()?)
    }
}

#[inline]
fn split(entry: &[u8]) -> Option<(u64, u16)> {
    let (bits, rest) = entry.split_first_chunk()?;
    Some((u64::from_le_bytes(*bits), u16::from_le_bytes(*rest.first_chunk()?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_leads_back_to_its_code() {
        let last = ProcedureCode::INDEX_LIMIT - 1;
        let codes: Vec<u32> = (0..last)
            .filter(|index| index % 97 < 3 && index / 5_000 % 2 == 1)
            .chain([last])
            .collect();
        let index = CodeIndex::open(CodeIndex::write(&codes).into()).unwrap();
        assert_eq!(index.len(), codes.len());
        for (number, &code) in (0..).zip(&codes) {
            let code = ProcedureCode::from_index(code).unwrap();
            assert_eq!(index.id(code), Some(CodeId(number)));
            assert_eq!(index.code(CodeId(number)), Some(code));
        }
        assert_eq!(index.code(CodeId(codes.len() as u16)), None);
    }
}
