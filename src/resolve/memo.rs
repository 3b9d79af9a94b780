//! What the tables of one era say of the codes met so far, so that each code is looked up once.

use crate::model::ProcedureCode;

use super::era::CodeFacts;

/// An open table: a code's facts lie at the place that its text leads to, or at the next free one after it. At least three
/// quarters of the places are free, so that nearly every code lies where it is looked for first.
#[derive(Clone, Debug, Default)]
pub(super) struct CodeMemo {
    places: Vec<CodeFacts>,
    used: usize,
}

/// What facts are found by: the text of a code, or one of two numbers that are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key(u64);

impl Key {
    /// A place that is free.
    pub(super) const FREE: Self = Self(0);
    /// No code was given.
    pub(super) const NO_CODE: Self = Self(1);
    /// A code that the reference does not have: all of them share their facts, so that a file of wrong codes takes no
    /// memory.
    pub(super) const UNKNOWN: Self = Self(2);

    #[inline]
    pub(super) fn of(code: Option<ProcedureCode>) -> Self {
        code.map_or(Self::NO_CODE, |code| {
            let [a, b, c, d, e] = code.as_bytes();
            Self(u64::from(u32::from_le_bytes([a, b, c, d])) | u64::from(e) << 32)
        })
    }

    /// Spreads the keys over 64 bits, the highest best: Fibonacci hashing.
    #[inline]
    fn spread(self) -> u64 {
        self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

const FEWEST_PLACES: usize = 32;

impl CodeMemo {
    /// Makes room for so many codes more. The places of those met may change.
    pub(super) fn reserve(&mut self, codes: usize) {
        let wanted = (self.used + codes).saturating_mul(4);
        if wanted <= self.places.len() {
            return;
        }
        let met = std::mem::take(self);
        self.places = vec![CodeFacts::NOTHING; wanted.next_power_of_two().max(FEWEST_PLACES)];
        for facts in met.places {
            if facts.key != Key::FREE {
                self.insert(facts);
            }
        }
    }

    /// The place of a key; none where it was not met.
    #[inline]
    pub(super) fn find(&self, key: Key) -> Option<u32> {
        let mut at = self.first_place(key);
        loop {
            let found = self.places.get(at)?.key;
            if found == key {
                return Some(at as u32);
            }
            if found == Key::FREE {
                return None;
            }
            at = self.after(at);
        }
    }

    /// Keeps facts that were not met, and says where.
    pub(super) fn insert(&mut self, facts: CodeFacts) -> u32 {
        let mut at = self.first_place(facts.key);
        while self.places.get(at).is_some_and(|place| place.key != Key::FREE) {
            at = self.after(at);
        }
        if let Some(place) = self.places.get_mut(at) {
            *place = facts;
            self.used += 1;
        }
        at as u32
    }

    /// The facts at a place.
    #[inline]
    pub(super) fn at(&self, place: u32) -> &CodeFacts {
        self.places.get(place as usize).unwrap_or(&CodeFacts::NOTHING)
    }

    #[inline]
    fn first_place(&self, key: Key) -> usize {
        // The number of places is a power of two; of none, any place is none.
        (key.spread() >> 32) as usize & self.places.len().wrapping_sub(1)
    }

    #[inline]
    fn after(&self, at: usize) -> usize {
        (at + 1) & self.places.len().wrapping_sub(1)
    }
}
