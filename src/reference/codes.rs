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

    /// The code of a number: a search over the counts, for explanations only.
    pub(crate) fn code(&self, id: CodeId) -> Option<ProcedureCode> {
        let entry = |word: usize| split(self.entries.get(word * ENTRY..)?);
        let begins_after = |word: usize| entry(word).is_none_or(|(_, before)| before > id.0);
        let (mut low, mut high) = (0, self.entries.len() / ENTRY);
        while low < high {
            let middle = low.midpoint(high);
            if begins_after(middle) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        let word = low.checked_sub(1)?;
        let (bits, before) = entry(word)?;
        let bit = (0..BITS)
            .filter(|bit| bits >> bit & 1 == 1)
            .nth(usize::from(id.0 - before))?;
        ProcedureCode::from_index(u32::try_from(word * BITS + bit).ok()?)
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
    fn the_code_of_a_number_has_that_number() {
        let codes: Vec<u32> = [0, 1, 63, 64, 99_213, 200_000, ProcedureCode::INDEX_LIMIT - 1].into();
        let index = CodeIndex::open(CodeIndex::write(&codes).into()).unwrap();
        for (number, code) in (0..).zip(index.codes()) {
            assert_eq!(index.id(code), Some(CodeId(number)));
            assert_eq!(index.code(CodeId(number)), Some(code));
        }
        assert_eq!(index.codes().count(), codes.len());
        assert_eq!(index.code(CodeId(codes.len() as u16)), None);
    }
}
