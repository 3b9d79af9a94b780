//! The facts of codes in one period, so that each code is looked up once.

use super::code::{CodeFacts, Key};

/// A hash table with open addressing. Facts lie together in the order in which their codes were met, so that those of common
/// codes are close to each other; a slot holds where the facts of its code are. At least half of the slots are free.
#[derive(Clone, Debug, Default)]
pub(super) struct CodeCache {
    /// One more than the place of the facts; 0 is free.
    slots: Vec<u32>,
    /// What the hash is shifted by to number a slot.
    shift: u32,
    facts: Vec<CodeFacts>,
}

const FEWEST_SLOTS: usize = 32;

impl CodeCache {
    /// Makes room for so many more codes.
    pub(super) fn reserve(&mut self, codes: usize) {
        let wanted = self.facts.len().saturating_add(codes).saturating_mul(2);
        if wanted <= self.slots.len() {
            return;
        }
        let count = wanted.next_power_of_two().max(FEWEST_SLOTS);
        self.slots = vec![0; count];
        self.shift = u32::BITS - count.trailing_zeros();
        for place in 0..self.facts.len() {
            self.enter(place);
        }
    }

    /// The place of a key's facts; `None` if they are not in the cache.
    #[inline]
    pub(super) fn find(&self, key: Key) -> Option<u32> {
        let mut at = self.first_slot(key);
        loop {
            let place = self.slots.get(at)?.checked_sub(1)?;
            if self.facts.get(place as usize)?.key == key {
                return Some(place);
            }
            at = self.after(at);
        }
    }

    /// Adds facts that are not in the cache, and returns their place. There is room for them.
    pub(super) fn insert(&mut self, facts: CodeFacts) -> u32 {
        let place = self.facts.len();
        self.facts.push(facts);
        self.enter(place);
        place as u32
    }

    /// The facts at a place.
    #[inline]
    pub(super) fn at(&self, place: u32) -> &CodeFacts {
        self.facts.get(place as usize).unwrap_or(&CodeFacts::NOTHING)
    }

    fn enter(&mut self, place: usize) {
        let Some(key) = self.facts.get(place).map(|facts| facts.key) else {
            return;
        };
        let mut at = self.first_slot(key);
        while self.slots.get(at).is_some_and(|&slot| slot != 0) {
            at = self.after(at);
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = place as u32 + 1;
        }
    }

    /// With no slots, any index misses.
    #[inline]
    fn first_slot(&self, key: Key) -> usize {
        key.spread().checked_shr(self.shift).unwrap_or_default() as usize
    }

    #[inline]
    fn after(&self, at: usize) -> usize {
        // The number of slots is a power of two.
        (at + 1) & self.slots.len().wrapping_sub(1)
    }
}
