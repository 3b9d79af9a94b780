//! The facts of codes in one period, so that each code is looked up once.

use super::code::{CodeFacts, Key};

/// A hash table with open addressing: a code's facts are in the slot of its hash, or in the next free slot after it. At least
/// three quarters of the slots are free, so nearly every code is found at the first try.
#[derive(Clone, Debug, Default)]
pub(super) struct CodeCache {
    places: Vec<CodeFacts>,
    used: usize,
}

const FEWEST_PLACES: usize = 32;

impl CodeCache {
    /// Makes room for so many more codes. The slots of known codes may change.
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

    /// The slot of a key; `None` if it is not in the cache.
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

    /// Adds facts that are not in the cache, and returns their slot.
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

    /// The facts in a slot.
    #[inline]
    pub(super) fn at(&self, place: u32) -> &CodeFacts {
        self.places.get(place as usize).unwrap_or(&CodeFacts::NOTHING)
    }

    #[inline]
    fn first_place(&self, key: Key) -> usize {
        // The number of slots is a power of two. With no slots, any index misses.
        (key.spread() >> 32) as usize & self.places.len().wrapping_sub(1)
    }

    #[inline]
    fn after(&self, at: usize) -> usize {
        (at + 1) & self.places.len().wrapping_sub(1)
    }
}
