//! Procedure-to-procedure edits (PTP): pairs of codes of which the second is not paid beside the first.
//!
//! Source: CMS, NCCI PTP coding edits, one table for practitioners and one for outpatient hospitals.
//!
//! A pair is found by one bit for each unordered pair of codes, so one test answers both directions and a miss, the
//! common case, costs one cache line. The bits stand in blocks of 64 bytes that begin with the number of bits set before
//! them; that rank leads to the pair's history, and pairs with the same history share it.

use bytes::Bytes;

use crate::model::{DateRange, ProcedureCode, ServiceDate};

use super::bytes::{Reader, Writer, u16_at, u32_at};
use super::codes::CodeId;
use super::indicator::indicator;

indicator! {
    /// Whether a modifier may set the edit aside: the correct coding modifier indicator (CCMI).
    PairIndicator("the modifier indicator") {
        /// No modifier sets it aside.
        NotAllowed = "0",
        /// An NCCI-associated modifier may, where the record supports it.
        Allowed = "1",
        /// The pair was never in force.
        NotApplicable = "9",
    }
}

/// One row of a PTP table as published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PairRow {
    /// The code that is paid.
    pub column1: ProcedureCode,
    /// The code that is not.
    pub column2: ProcedureCode,
    /// The first day of the edit.
    pub effective: ServiceDate,
    /// The last day of the edit, if it has one.
    pub deletion: Option<ServiceDate>,
    /// Whether a modifier may set it aside.
    pub indicator: PairIndicator,
    /// Why CMS made the pair: a place in the list of rationales that goes with the rows.
    pub rationale: u16,
}

impl PairRow {
    /// The days on which the edit is in force; none for the rows of indicator 9, which never were.
    #[must_use]
    pub fn in_force(&self) -> Option<DateRange> {
        if self.indicator == PairIndicator::NotApplicable {
            return None;
        }
        DateRange::new(self.effective, self.deletion.unwrap_or(ServiceDate::MAX))
    }
}

/// One interval of an edit between two codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct PairEdit {
    /// When it is in force.
    pub in_force: DateRange,
    /// Whether a modifier may set it aside.
    pub indicator: PairIndicator,
    /// Whether the second code asked for, and not the first, stands in column 1.
    pub reversed: bool,
    pub(crate) rationale: u16,
}

impl PairEdit {
    const SIZE: usize = 8;

    pub(crate) fn new(in_force: DateRange, indicator: PairIndicator, reversed: bool, rationale: u16) -> Self {
        Self {
            in_force,
            indicator,
            reversed,
            rationale,
        }
    }

    fn encode(&self, out: &mut Writer) {
        out.u16(self.in_force.first().day_number());
        out.u16(self.in_force.last().day_number());
        out.u16(self.rationale);
        out.u8(self.indicator as u8);
        out.u8(u8::from(self.reversed));
    }

    #[inline]
    fn decode(bytes: &[u8]) -> Option<Self> {
        let mut from = Reader::new(bytes);
        let first = ServiceDate::from_day_number(from.u16()?);
        let last = ServiceDate::from_day_number(from.u16()?);
        let rationale = from.u16()?;
        Some(Self {
            in_force: DateRange::new(first, last)?,
            indicator: PairIndicator::from_repr(from.u8()?)?,
            reversed: from.u8()? != 0,
            rationale,
        })
    }
}

const BLOCK: usize = 64;
const BITS_A_BLOCK: u64 = 480;
const NOT_IN_TABLE: u16 = u16::MAX;

/// The bytes of a PTP table, one vector a section of the packed file.
pub(crate) struct PairSections {
    pub(crate) codes: Vec<u8>,
    pub(crate) blocks: Vec<u8>,
    pub(crate) payload: Vec<u8>,
    pub(crate) histories: Vec<u8>,
}

/// Every pair of one release.
#[derive(Clone, Debug)]
pub(crate) struct PairIndex {
    /// By code number, the code's number among the codes of this table.
    codes: Bytes,
    blocks: Bytes,
    /// By rank, the pair's history.
    payload: Bytes,
    /// By history, where its intervals begin; one number more than histories.
    starts: Bytes,
    intervals: Bytes,
}

impl PairIndex {
    pub(crate) const VERSION: u16 = 1;

    /// Writes the pairs of `table`: (lower code, higher code, the intervals between them), sorted and distinct.
    pub(crate) fn write(codes: usize, table: &[(CodeId, CodeId, Vec<PairEdit>)]) -> PairSections {
        let local = local_numbers(codes, table);
        let mut pairs: Vec<_> = table
            .iter()
            .filter_map(|(low, high, history)| {
                let low = *local.get(low.index())?;
                let high = *local.get(high.index())?;
                Some((position(low, high)?, history))
            })
            .collect();
        pairs.sort_unstable_by_key(|&(position, _)| position);

        let mut histories: Vec<&Vec<PairEdit>> = pairs.iter().map(|&(_, history)| history).collect();
        histories.sort_unstable();
        histories.dedup();
        let payload = write_payload(&pairs, &histories);

        let mut codes = Writer::default();
        for number in &local {
            codes.u16(*number);
        }
        let members = local.iter().filter(|&&number| number != NOT_IN_TABLE).count() as u64;
        PairSections {
            codes: codes.into_vec(),
            blocks: write_blocks(members, &pairs),
            payload,
            histories: write_histories(&histories),
        }
    }

    pub(crate) fn open(codes: usize, sections: [Bytes; 4]) -> Option<Self> {
        let [code_map, blocks, payload, histories] = sections;
        let count = u32_at(&histories, 0)? as usize;
        let split = 4 + (count.checked_add(1)?).checked_mul(4)?;
        if code_map.len() != codes * 2 || blocks.len() % BLOCK != 0 || histories.len() < split {
            return None;
        }
        let index = Self {
            codes: code_map,
            blocks,
            payload,
            starts: histories.slice(4..split),
            intervals: histories.slice(split..),
        };
        index.is_sound(count).then_some(index)
    }

    /// Whether every number leads somewhere: the ranks follow from the bits, the histories are in order and readable.
    fn is_sound(&self, histories: usize) -> bool {
        let mut rank = 0_u32;
        for block in self.blocks.chunks_exact(BLOCK) {
            if u32_at(block, 0) != Some(rank) {
                return false;
            }
            rank += ones_before(block, BITS_A_BLOCK as usize).unwrap_or(0);
        }
        let pairs = rank as usize;
        let starts_in_order = (0..histories).all(|at| u32_at(&self.starts, at) <= u32_at(&self.starts, at + 1));
        let end = u32_at(&self.starts, histories).map(|end| end as usize * PairEdit::SIZE);
        self.payload.len() == pairs * 2
            && self
                .payload
                .chunks_exact(2)
                .all(|number| u16_at(number, 0).is_some_and(|number| usize::from(number) < histories))
            && starts_in_order
            && end == Some(self.intervals.len())
            && self
                .intervals
                .chunks_exact(PairEdit::SIZE)
                .all(|interval| PairEdit::decode(interval).is_some())
    }

    /// How many unordered pairs there are.
    pub(crate) fn len(&self) -> usize {
        self.payload.len() / 2
    }

    /// The code's number among the codes of this table; none where no pair names it.
    #[inline]
    pub(crate) fn local(&self, code: CodeId) -> Option<u16> {
        u16_at(&self.codes, code.index()).filter(|&number| number != NOT_IN_TABLE)
    }

    /// Whether there is any edit between two codes, by their numbers in this table.
    #[inline]
    pub(crate) fn has(&self, a: u16, b: u16) -> bool {
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
        let number = usize::from(u16_at(&self.payload, rank as usize)?);
        let start = u32_at(&self.starts, number)? as usize;
        let end = u32_at(&self.starts, number + 1)? as usize;
        self.intervals.get(start * PairEdit::SIZE..end * PairEdit::SIZE)
    }

    /// Every pair with its intervals, lower code first: for comparing releases, not for claims.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (CodeId, CodeId, PairEdit)> + '_ {
        let mut members: Vec<CodeId> = Vec::new();
        for id in 0..self.codes.len() / 2 {
            if let Ok(id) = u16::try_from(id)
                && self.local(CodeId(id)).is_some()
            {
                members.push(CodeId(id));
            }
        }
        let highs = members.clone();
        highs.into_iter().flat_map(move |high| {
            let lows: Vec<CodeId> = members.iter().copied().take_while(|&low| low < high).collect();
            lows.into_iter()
                .flat_map(move |low| self.between(low, high).map(move |edit| (low, high, edit)))
        })
    }

    /// The intervals between two codes by their numbers in the reference.
    pub(crate) fn between(&self, a: CodeId, b: CodeId) -> impl Iterator<Item = PairEdit> + '_ {
        self.local(a)
            .zip(self.local(b))
            .into_iter()
            .flat_map(|(a, b)| self.edits(a, b))
    }
}

/// The place of an unordered pair in the triangle of pairs; none for a code with itself.
#[inline]
fn position(low: u16, high: u16) -> Option<u64> {
    let (low, high) = (u64::from(low), u64::from(high));
    (low < high).then(|| high * (high - 1) / 2 + low)
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

fn local_numbers(codes: usize, table: &[(CodeId, CodeId, Vec<PairEdit>)]) -> Vec<u16> {
    let mut numbers = vec![NOT_IN_TABLE; codes];
    for (low, high, _) in table {
        for id in [low, high] {
            if let Some(number) = numbers.get_mut(id.index()) {
                *number = 0;
            }
        }
    }
    for (next, number) in (0..).zip(numbers.iter_mut().filter(|number| **number == 0)) {
        *number = next;
    }
    numbers
}

fn write_blocks(members: u64, pairs: &[(u64, &Vec<PairEdit>)]) -> Vec<u8> {
    let positions = members * members.saturating_sub(1) / 2;
    let blocks = positions.div_ceil(BITS_A_BLOCK) as usize;
    let mut bytes = vec![0_u8; blocks * BLOCK];
    for &(position, _) in pairs {
        let bit = (position % BITS_A_BLOCK) as usize;
        let at = (position / BITS_A_BLOCK) as usize * BLOCK + 4 + bit / 8;
        if let Some(byte) = bytes.get_mut(at) {
            *byte |= 1 << (bit % 8);
        }
    }
    let mut rank = 0_u32;
    for block in bytes.chunks_exact_mut(BLOCK) {
        let ones: u32 = block.iter().map(|byte| byte.count_ones()).sum();
        if let Some(head) = block.first_chunk_mut::<4>() {
            *head = rank.to_le_bytes();
        }
        rank += ones;
    }
    bytes
}

fn write_payload(pairs: &[(u64, &Vec<PairEdit>)], histories: &[&Vec<PairEdit>]) -> Vec<u8> {
    let mut payload = Writer::default();
    for (_, history) in pairs {
        let number = histories.binary_search(history).unwrap_or(0);
        payload.u16(number as u16);
    }
    payload.into_vec()
}

fn write_histories(histories: &[&Vec<PairEdit>]) -> Vec<u8> {
    let mut out = Writer::default();
    let mut intervals = Writer::default();
    out.u32(histories.len() as u32);
    for history in histories {
        out.u32((intervals.len() / PairEdit::SIZE) as u32);
        for edit in history.iter() {
            edit.encode(&mut intervals);
        }
    }
    out.u32((intervals.len() / PairEdit::SIZE) as u32);
    out.bytes(&intervals.into_vec());
    out.into_vec()
}
