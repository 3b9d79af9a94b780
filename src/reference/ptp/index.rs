//! The index of a pair table in a packed file.
//!
//! A pair is found by one bit for each unordered pair of codes, so one test answers both directions and a miss, the
//! common case, costs one cache line. The bits are in blocks of 64 bytes that begin with the number of bits set before
//! them; that rank leads to the pair's history, and pairs with the same history share it.
//!
//! Two codes of a claim are seldom a pair, and seldom even near one: for each code 64 bits say in which groups of codes it
//! has any, which nine times in ten answers without a look at the table.

use bytes::Bytes;

use super::super::bytes::{u16_at, u32_at, u64_at};
use super::super::codes::CodeId;
use super::super::records::Limits;
use super::PairEdit;

/// A code among those of a pair table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PairCode {
    /// Its number in the table.
    pub(crate) number: u16,
    /// The groups of codes with which it has a pair, a bit each.
    pub(crate) groups: u64,
}

impl PairCode {
    /// A code that no pair names.
    pub(crate) const NONE: Self = Self {
        number: NOT_IN_TABLE,
        groups: 0,
    };

    /// 1 where there may be a pair, as each has one with some code of the other's group; else 0.
    #[inline(always)]
    pub(crate) fn nearness(self, other: Self) -> u64 {
        self.groups >> group(other.number) & other.groups >> group(self.number) & 1
    }
}

/// The group of a code: 256 numbers that follow each other. The 65th group shares its bit with the first, and so on.
#[inline]
pub(super) fn group(number: u16) -> u32 {
    u32::from(number) >> 8 & 63
}

pub(super) const BLOCK: usize = 64;
pub(super) const BITS_A_BLOCK: u64 = 480;
/// Bytes of groups a code.
const GROUPS: u64 = 8;
pub(super) const NOT_IN_TABLE: u16 = u16::MAX;

/// Every pair of one release.
#[derive(Clone, Debug)]
pub(crate) struct PairIndex {
    /// By code number, the code's number among the codes of this table.
    codes: Bytes,
    /// By number in this table, the groups of codes with which the code has a pair.
    groups: Bytes,
    blocks: Bytes,
    /// By rank, the number of the pair's history: two bytes, or four where there are too many histories for two.
    payload: Bytes,
    wide: bool,
    /// By history, where its intervals begin; one number more than histories.
    starts: Bytes,
    intervals: Bytes,
}

impl PairIndex {
    pub(crate) const VERSION: u16 = 2;

    pub(crate) fn open(limits: Limits, sections: [Bytes; 4]) -> Option<Self> {
        let [codes, blocks, payload, histories] = sections;
        let count = u32_at(&histories, 0)? as usize;
        let split = count.checked_add(2)?.checked_mul(4)?;
        let groups_from = limits.codes * 2;
        if codes.len() < groups_from || blocks.len() % BLOCK != 0 || histories.len() < split {
            return None;
        }
        let index = Self {
            groups: codes.slice(groups_from..),
            codes: codes.slice(..groups_from),
            blocks,
            payload,
            wide: is_wide(count),
            starts: histories.slice(4..split),
            intervals: histories.slice(split..),
        };
        index.is_sound(count, limits).then_some(index)
    }

    /// The number of the history of the pair of a rank.
    #[inline]
    fn number(&self, rank: usize) -> Option<usize> {
        if self.wide {
            u32_at(&self.payload, rank).map(|number| number as usize)
        } else {
            u16_at(&self.payload, rank).map(usize::from)
        }
    }

    /// Whether every number leads somewhere: the ranks follow from the bits, the histories are in order and readable.
    fn is_sound(&self, histories: usize, limits: Limits) -> bool {
        let Some(members) = self.members() else {
            return false;
        };
        let positions = positions(members);
        let mut rank = 0_u32;
        for block in self.blocks.chunks_exact(BLOCK) {
            if u32_at(block, 0) != Some(rank) {
                return false;
            }
            let Some(next) = ones_before(block, BITS_A_BLOCK as usize).and_then(|ones| rank.checked_add(ones)) else {
                return false;
            };
            rank = next;
        }
        let pairs = rank as usize;
        let starts_in_order = (0..histories).all(|at| u32_at(&self.starts, at) <= u32_at(&self.starts, at + 1));
        let end = u32_at(&self.starts, histories).map(|end| end as usize * PairEdit::SIZE);
        // A bit set beyond the last position would be a pair of no codes.
        let bits = self.blocks.len() as u64 / BLOCK as u64 * BITS_A_BLOCK;
        let beyond = bits.saturating_sub(positions);
        let last = self.blocks.chunks_exact(BLOCK).next_back().unwrap_or_default();
        let within = ones_before(last, BITS_A_BLOCK.saturating_sub(beyond) as usize);
        self.groups.len() as u64 == members * GROUPS
            && positions.next_multiple_of(BITS_A_BLOCK) == bits
            && within == ones_before(last, BITS_A_BLOCK as usize)
            && self.payload.len() == pairs * width(self.wide)
            && (0..pairs).all(|rank| self.number(rank).is_some_and(|number| number < histories))
            && u32_at(&self.starts, 0) == Some(0)
            && starts_in_order
            && end == Some(self.intervals.len())
            && self
                .intervals
                .chunks_exact(PairEdit::SIZE)
                .all(|interval| PairEdit::decode(interval).is_some_and(|edit| limits.has_words(&[edit.rationale])))
    }

    /// How many codes the pairs name; `None` if their numbers have gaps.
    fn members(&self) -> Option<u64> {
        let mut next = 0;
        for number in self.codes.chunks_exact(2).filter_map(|number| u16_at(number, 0)) {
            if number == next {
                next += 1;
            } else if number != NOT_IN_TABLE {
                return None;
            }
        }
        Some(next.into())
    }

    /// How many unordered pairs there are.
    pub(crate) fn len(&self) -> usize {
        self.payload.len() / width(self.wide)
    }

    /// The code among those of this table.
    pub(crate) fn local(&self, code: CodeId) -> PairCode {
        let found = u16_at(&self.codes, code.index()).filter(|&number| number != NOT_IN_TABLE);
        let groups = found.and_then(|number| u64_at(&self.groups, usize::from(number)));
        found
            .zip(groups)
            .map_or(PairCode::NONE, |(number, groups)| PairCode { number, groups })
    }

    /// Whether there is any edit between two codes.
    #[inline]
    pub(crate) fn has(&self, a: PairCode, b: PairCode) -> bool {
        a.nearness(b) != 0 && self.is_set(a.number, b.number)
    }

    fn is_set(&self, a: u16, b: u16) -> bool {
        let Some(position) = position(a.min(b), a.max(b)) else {
            return false;
        };
        let (block, bit) = (position / BITS_A_BLOCK, position % BITS_A_BLOCK);
        let byte = block as usize * BLOCK + 4 + bit as usize / 8;
        self.blocks.get(byte).is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
    }

    /// The intervals between two codes, by their numbers in this table. `reversed` in an answer means that `b` stands in
    /// column 1.
    #[inline]
    pub(crate) fn edits(&self, a: u16, b: u16) -> impl Iterator<Item = PairEdit> + '_ {
        let swapped = a > b;
        let intervals = self.history(a, b).unwrap_or_default();
        intervals
            .chunks_exact(PairEdit::SIZE)
            .filter_map(PairEdit::decode)
            .map(move |edit| PairEdit {
                reversed: edit.reversed != swapped,
                ..edit
            })
    }

    #[inline]
    fn history(&self, a: u16, b: u16) -> Option<&[u8]> {
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        let position = position(low, high)?;
        let (block, bit) = (position / BITS_A_BLOCK, (position % BITS_A_BLOCK) as usize);
        let start = block as usize * BLOCK;
        let block = self.blocks.get(start..start + BLOCK)?;
        let byte = block.get(4 + bit / 8)?;
        if byte >> (bit % 8) & 1 == 0 {
            return None;
        }
        let rank = u32_at(block, 0)? + ones_before(block, bit)?;
        self.history_at(rank as usize)
    }

    /// The history of the pair of a rank.
    #[inline]
    fn history_at(&self, rank: usize) -> Option<&[u8]> {
        let number = self.number(rank)?;
        let start = u32_at(&self.starts, number)? as usize;
        let end = u32_at(&self.starts, number + 1)? as usize;
        self.intervals.get(start * PairEdit::SIZE..end * PairEdit::SIZE)
    }

    /// Every pair with its intervals, the lower code before the higher, in the order of the higher and then of the lower:
    /// for comparing releases, not for claims.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (CodeId, CodeId, PairEdit)> + '_ {
        let codes = self.codes_by_number();
        let (mut high, mut first_of_high) = (1, 0);
        self.taken_positions().enumerate().flat_map(move |(rank, position)| {
            while position >= first_of_high + high {
                first_of_high += high;
                high += 1;
            }
            let code = |number: u64| codes.get(number as usize).copied();
            let pair = code(position - first_of_high).zip(code(high));
            let intervals = self.history_at(rank).unwrap_or_default();
            let edits = intervals.chunks_exact(PairEdit::SIZE).filter_map(PairEdit::decode);
            edits.filter_map(move |edit| pair.map(|(low, high)| (low, high, edit)))
        })
    }

    /// The codes by their numbers in this table.
    fn codes_by_number(&self) -> Vec<CodeId> {
        let all = (0..=u16::MAX).map(CodeId).take(self.codes.len() / 2);
        let mut codes: Vec<(u16, CodeId)> = all.map(|code| (self.local(code).number, code)).collect();
        codes.retain(|&(number, _)| number != NOT_IN_TABLE);
        codes.sort_unstable();
        codes.into_iter().map(|(_, code)| code).collect()
    }

    /// The indices of the pairs in the triangle, in order.
    fn taken_positions(&self) -> impl Iterator<Item = u64> + '_ {
        self.blocks.chunks_exact(BLOCK).zip(0..).flat_map(|(block, number)| {
            let bits = block.get(4..).unwrap_or_default();
            let taken = move |bit: &u64| {
                bits.get(*bit as usize / 8)
                    .is_some_and(|byte| byte >> (bit % 8) & 1 == 1)
            };
            (0..BITS_A_BLOCK)
                .filter(taken)
                .map(move |bit| number * BITS_A_BLOCK + bit)
        })
    }

    /// The intervals between two codes by their numbers in the reference.
    pub(crate) fn between(&self, a: CodeId, b: CodeId) -> impl Iterator<Item = PairEdit> + '_ {
        self.edits(self.local(a).number, self.local(b).number)
    }
}

/// The index of an unordered pair in the triangle of pairs; `None` for a code with itself.
#[inline]
pub(super) fn position(low: u16, high: u16) -> Option<u64> {
    let (low, high) = (u64::from(low), u64::from(high));
    (low < high).then(|| high * (high - 1) / 2 + low)
}

/// How many unordered pairs so many codes make.
pub(super) fn positions(members: u64) -> u64 {
    members * members.saturating_sub(1) / 2
}

/// The set bits of a block before bit `bit`.
#[inline]
fn ones_before(block: &[u8], bit: usize) -> Option<u32> {
    // The rank takes the first 32 bits of the block's words, so bit 0 of the block is bit 32 of word 0.
    let end = bit + 32;
    let mut ones = 0;
    for (number, word) in block.chunks_exact(8).enumerate() {
        let mut word = u64::from_le_bytes(*word.first_chunk()?);
        if number == 0 {
            word &= !u64::from(u32::MAX);
        }
        let start = number * 64;
        if start >= end {
            break;
        }
        if end - start < 64 {
            word &= (1 << (end - start)) - 1;
        }
        ones += word.count_ones();
    }
    Some(ones)
}

/// Whether two bytes are too few for the number of a history.
pub(super) fn is_wide(histories: usize) -> bool {
    histories > usize::from(u16::MAX) + 1
}

fn width(wide: bool) -> usize {
    if wide { 4 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::super::write::Histories;
    use super::super::{PairIndicator, PairRow, PairRows};
    use super::*;
    use crate::model::{DateRange, ProcedureCode, ServiceDate};
    use crate::reference::{Lookup, ReferenceBuilder, Release, Rows, Setting, Stale, Table};

    fn code(index: u32) -> ProcedureCode {
        ProcedureCode::from_index(index).unwrap()
    }

    /// Over more codes than there are groups, so that groups share bits.
    #[test]
    fn a_pair_is_found_exactly_where_there_is_one() {
        let codes = 20_000_u16;
        let mut state = 1_u32;
        let mut draw = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as u16 % codes
        };
        // Half of the pairs are among the first 300 codes, so that many are found when any two are asked for.
        let drawn = (0..20_000).map(|at| {
            if at % 2 == 0 {
                (draw() % 300, draw() % 300)
            } else {
                (draw(), draw())
            }
        });
        let pairs: std::collections::BTreeSet<(CodeId, CodeId)> = drawn
            .filter(|(a, b)| a != b)
            .map(|(a, b)| (CodeId(a.min(b)), CodeId(a.max(b))))
            .collect();
        let mut histories = Histories::default();
        let days = DateRange::new(ServiceDate::MIN, ServiceDate::MAX).unwrap();
        let number = histories.number(vec![PairEdit::new(days, PairIndicator::Allowed, false, 0)]);
        let table: Vec<_> = pairs.iter().map(|&(low, high)| (low, high, number)).collect();
        let written = PairIndex::write(usize::from(codes), &table, histories);
        let limits = Limits {
            codes: usize::from(codes),
            words: 1,
        };
        let sections = [written.codes, written.blocks, written.payload, written.histories];
        let index = PairIndex::open(limits, sections.map(Bytes::from)).unwrap();
        let mut by_higher: Vec<(CodeId, CodeId)> = pairs.iter().map(|&(low, high)| (high, low)).collect();
        by_higher.sort_unstable();
        let all: Vec<(CodeId, CodeId)> = index.pairs().map(|(low, high, _)| (high, low)).collect();
        assert_eq!(all, by_higher);
        for &(low, high) in &pairs {
            let (low, high) = (index.local(low), index.local(high));
            assert!(index.has(low, high) && index.has(high, low), "{low:?} {high:?}");
        }
        for _ in 0..200_000 {
            let (a, b) = (CodeId(draw() % 600), CodeId(draw()));
            let is_pair = pairs.contains(&(a.min(b), a.max(b)));
            assert_eq!(index.has(index.local(a), index.local(b)), is_pair, "{a:?} {b:?}");
        }
    }

    /// The published tables have so many intervals that their pairs may have more different histories than two bytes
    /// can number.
    #[test]
    fn more_histories_than_two_bytes_can_number_are_kept_apart() {
        let pairs = (0..400_u32).flat_map(|high| (0..high).map(move |low| (low, high)));
        let rows: Vec<PairRow> = (0_u32..70_000)
            .zip(pairs)
            .map(|(number, (low, high))| PairRow {
                column1: code(low),
                column2: code(high),
                effective: ServiceDate::from_day_number(10_000 + (number % 300) as u16),
                deletion: Some(ServiceDate::from_day_number(20_000 + (number / 300) as u16)),
                indicator: PairIndicator::Allowed,
                rationale: 0,
            })
            .collect();
        assert_eq!(rows.len(), 70_000);
        let days = DateRange::new(
            ServiceDate::from_day_number(10_000),
            ServiceDate::from_day_number(21_000),
        )
        .unwrap();
        let release = Release::new(Table::PractitionerPairs, "v0.0", days, "made up");
        let mut builder = ReferenceBuilder::new();
        let rationales = vec!["none".into()];
        builder
            .add(
                release,
                Rows::Pairs(PairRows {
                    rows: rows.clone(),
                    rationales,
                }),
            )
            .unwrap();
        let reference = builder.build().unwrap();
        for row in rows.iter().step_by(7).chain(rows.last()) {
            let date = row.effective;
            let found = reference.pair_edits(Setting::Practitioner, row.column1, row.column2, date, Stale::Refuse);
            let Lookup::Found(found) = found else { panic!("{row:?}") };
            assert_eq!(Some(found.row[0].in_force), row.in_force(), "{row:?}");
        }
    }
}
