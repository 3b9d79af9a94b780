//! The index of a pair table, written: the same pairs give the same bytes.

use std::collections::HashMap;

use crate::model::{DateRange, ProcedureCode};

use super::super::builder::{NewRows, Numbers};
use super::super::bytes::Writer;
use super::super::codes::CodeId;
use super::super::packed::SectionKind;
#[cfg(feature = "starter")]
use super::super::starter::{EmbeddedFile, StarterError};
use super::super::table::Published;
use super::index::{BITS_A_BLOCK, BLOCK, NOT_IN_TABLE, PairIndex, group, is_wide, position, positions};
use super::{PairEdit, PairRow, PairRows};

impl Published for PairRows {
    type Opened = PairIndex;

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn codes(&self) -> impl Iterator<Item = ProcedureCode> {
        self.rows.iter().flat_map(|row| [row.column1, row.column2])
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.rationales.iter().map(AsRef::as_ref)
    }

    /// One pair may have several rows.
    fn twice(&self) -> Option<String> {
        None
    }

    fn first_difference(&self, other: &Self) -> Option<String> {
        (self != other).then(|| "some row".to_owned())
    }

    fn write(&self, numbers: &Numbers<'_>) -> Vec<NewRows> {
        let words: Vec<u16> = self.rationales.iter().map(|word| numbers.word(word)).collect();
        let mut edits: Vec<_> = self.rows.iter().filter_map(|row| edit(row, numbers, &words)).collect();
        edits.sort_unstable();
        let mut histories = Histories::default();
        let same_pair = |a: &(CodeId, CodeId, PairEdit), b: &(CodeId, CodeId, PairEdit)| (a.0, a.1) == (b.0, b.1);
        let table: Vec<_> = edits
            .chunk_by(same_pair)
            .filter_map(|pair| {
                let &(low, high, _) = pair.first()?;
                let history = settle(pair.iter().map(|&(_, _, edit)| edit).collect());
                Some((low, high, histories.number(history)))
            })
            .collect();
        let sections = PairIndex::write(numbers.codes(), &table, histories);
        let sections = [
            (SectionKind::PairCodes, sections.codes),
            (SectionKind::PairBlocks, sections.blocks),
            (SectionKind::PairPayload, sections.payload),
            (SectionKind::PairHistories, sections.histories),
        ];
        let version = PairIndex::VERSION;
        sections.map(|(kind, bytes)| NewRows { kind, version, bytes }).into()
    }

    #[cfg(feature = "starter")]
    fn read(file: &EmbeddedFile) -> Result<Self, StarterError> {
        let mut rationales = Vec::new();
        let rows = file.each(|row| PairRow::read(row, &mut rationales))?;
        Ok(Self { rows, rationales })
    }
}

/// A row's edit between the lower and the higher of its codes; `None` for a row that is in force on no day.
fn edit(row: &PairRow, numbers: &Numbers<'_>, words: &[u16]) -> Option<(CodeId, CodeId, PairEdit)> {
    let (one, two) = (numbers.id(row.column1), numbers.id(row.column2));
    let in_force = row.in_force().filter(|_| one != two)?;
    let rationale = words.get(usize::from(row.rationale)).copied().unwrap_or_default();
    let edit = PairEdit::new(in_force, row.indicator, two < one, rationale);
    Some((one.min(two), one.max(two), edit))
}

/// Makes the intervals of each direction of a pair disjoint. Where two rows overlap, the one that ends first holds until
/// its end: it was in force, and the other succeeded it. Published tables do not overlap; copies that lost the effective
/// dates do.
fn settle(mut edits: Vec<PairEdit>) -> Vec<PairEdit> {
    edits.sort_by_key(|edit| (edit.reversed, edit.in_force.last(), edit.in_force.first(), *edit));
    let mut settled: Vec<PairEdit> = Vec::with_capacity(edits.len());
    for edit in edits {
        let before = settled.last().filter(|before| before.reversed == edit.reversed);
        let first = match before.map(|before| before.in_force.last().next()) {
            None => edit.in_force.first(),
            Some(None) => continue,
            Some(Some(next)) => edit.in_force.first().max(next),
        };
        if let Some(in_force) = DateRange::new(first, edit.in_force.last()) {
            settled.push(PairEdit { in_force, ..edit });
        }
    }
    settled
}

/// The bytes of a PTP table, one vector a section of the packed file.
pub(super) struct PairSections {
    pub(crate) codes: Vec<u8>,
    pub(crate) blocks: Vec<u8>,
    pub(crate) payload: Vec<u8>,
    pub(crate) histories: Vec<u8>,
}

impl PairIndex {
    /// Writes the pairs of `table`: (lower code, higher code, the number of the pair's history), sorted and distinct.
    pub(super) fn write(codes: usize, table: &[(CodeId, CodeId, u32)], histories: Histories) -> PairSections {
        let local = local_numbers(codes, table);
        let (histories, numbers) = histories.sorted();
        let mut pairs: Vec<(u64, u32)> = table
            .iter()
            .filter_map(|(low, high, history)| {
                let low = *local.get(low.index())?;
                let high = *local.get(high.index())?;
                Some((position(low, high)?, *numbers.get(*history as usize)?))
            })
            .collect();
        pairs.sort_unstable();

        let mut codes = Writer::default();
        for number in &local {
            codes.u16(*number);
        }
        let members = local.iter().filter(|&&number| number != NOT_IN_TABLE).count() as u64;
        for groups in groups_of(members as usize, &local, table) {
            codes.u64(groups);
        }
        PairSections {
            codes: codes.into_vec(),
            blocks: write_blocks(members, &pairs),
            payload: write_payload(&pairs, is_wide(histories.len())),
            histories: write_histories(&histories),
        }
    }
}

fn local_numbers(codes: usize, table: &[(CodeId, CodeId, u32)]) -> Vec<u16> {
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

/// By number, the groups of codes with which each code has a pair.
fn groups_of(members: usize, local: &[u16], table: &[(CodeId, CodeId, u32)]) -> Vec<u64> {
    let mut groups = vec![0_u64; members];
    for (low, high, _) in table {
        let (Some(&low), Some(&high)) = (local.get(low.index()), local.get(high.index())) else {
            continue;
        };
        for (one, other) in [(low, high), (high, low)] {
            if let Some(groups) = groups.get_mut(usize::from(one)) {
                *groups |= 1 << group(other);
            }
        }
    }
    groups
}

/// The intervals of pairs, each list of them once: millions of pairs share some hundreds.
#[derive(Debug, Default)]
pub(crate) struct Histories(HashMap<Vec<PairEdit>, u32>);

impl Histories {
    /// The number of a history, for as long as it is not [`sorted`](Self::sorted).
    pub(crate) fn number(&mut self, history: Vec<PairEdit>) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(history).or_insert(next)
    }

    /// The histories in an order that does not depend on the order of the rows, and the new index of each by its old number.
    fn sorted(self) -> (Vec<Vec<PairEdit>>, Vec<u32>) {
        let mut histories: Vec<(Vec<PairEdit>, u32)> = self.0.into_iter().collect();
        histories.sort_unstable();
        let mut places = vec![0; histories.len()];
        for (place, (_, number)) in (0..).zip(&histories) {
            if let Some(at) = places.get_mut(*number as usize) {
                *at = place;
            }
        }
        (histories.into_iter().map(|(history, _)| history).collect(), places)
    }
}

fn write_blocks(members: u64, pairs: &[(u64, u32)]) -> Vec<u8> {
    let blocks = positions(members).div_ceil(BITS_A_BLOCK) as usize;
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

fn write_payload(pairs: &[(u64, u32)], wide: bool) -> Vec<u8> {
    let mut payload = Writer::default();
    for &(_, history) in pairs {
        if wide {
            payload.u32(history);
        } else {
            payload.u16(history as u16);
        }
    }
    payload.into_vec()
}

fn write_histories(histories: &[Vec<PairEdit>]) -> Vec<u8> {
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
