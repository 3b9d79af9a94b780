//! The lines of a large claim, in the order of their providers, days and codes: so that those of one day are found without
//! looking at all. Of a claim of few lines, looking at all is faster.

use super::{CODE_BITS, LineFacts};

/// How many lines a claim has at most to be looked through line by line.
pub(super) const FEW: usize = 64;

/// Positions of the lines that have one day; none for a claim of few lines.
#[derive(Debug, Default)]
pub(super) struct Days {
    /// By provider, day and position.
    by_day: Vec<u32>,
    /// By provider, day, code and position.
    by_code: Vec<u32>,
}

impl Days {
    pub(super) fn clear(&mut self) {
        self.by_day.clear();
        self.by_code.clear();
    }

    pub(super) fn sort(&mut self, lines: &[LineFacts]) {
        self.clear();
        let with_day = (0..).zip(lines).filter(|(_, line)| !line.spans_days);
        self.by_day.extend(with_day.map(|(position, _)| position));
        self.by_code.clone_from(&self.by_day);
        let of = |position: &u32| lines.get(*position as usize);
        self.by_day.sort_by_key(|position| of(position).map(LineFacts::day));
        self.by_code
            .sort_by_key(|position| of(position).map(LineFacts::code_day));
    }

    /// Whether the claim has few lines, which are to be looked through.
    pub(super) fn are_few(&self) -> bool {
        self.by_day.is_empty()
    }

    /// The lines of a line's provider and day.
    pub(super) fn of_day(&self, line: &LineFacts, lines: &[LineFacts]) -> &[u32] {
        range(&self.by_day, lines, LineFacts::day, line)
    }

    /// The lines of a line's code, provider and day.
    pub(super) fn of_code_day(&self, line: &LineFacts, lines: &[LineFacts]) -> &[u32] {
        range(&self.by_code, lines, LineFacts::code_day, line)
    }

    /// The lines of each provider and day, by their codes.
    pub(super) fn each_day<'a>(&'a self, lines: &'a [LineFacts]) -> impl Iterator<Item = &'a [u32]> {
        chunks(&self.by_code, lines, LineFacts::day)
    }
}

impl LineFacts {
    fn day(&self) -> (u64, u64) {
        (self.provider, self.key >> CODE_BITS)
    }

    pub(super) fn code_day(&self) -> (u64, u64) {
        (self.provider, self.key)
    }
}

type Key = fn(&LineFacts) -> (u64, u64);

fn range<'a>(order: &'a [u32], lines: &[LineFacts], key: Key, line: &LineFacts) -> &'a [u32] {
    if line.spans_days {
        return &[];
    }
    let of = |position: &u32| lines.get(*position as usize).map(key);
    let wanted = Some(key(line));
    let first = order.partition_point(|position| of(position) < wanted);
    let rest = order.get(first..).unwrap_or_default();
    let count = rest.partition_point(|position| of(position) == wanted);
    rest.get(..count).unwrap_or_default()
}

/// The pieces of an order within which a key is the same.
pub(super) fn chunks<'a>(order: &'a [u32], lines: &'a [LineFacts], key: Key) -> impl Iterator<Item = &'a [u32]> {
    let of = move |position: &u32| lines.get(*position as usize).map(key);
    order.chunk_by(move |one, two| of(one) == of(two))
}
