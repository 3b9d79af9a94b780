//! An ambulance's modifiers: a letter for where the trip begins and one for where it ends.
//!
//! Source: First Coast Service Options, ambulance modifiers.

use crate::model::Modifier;

/// What each letter stands for, as the place where a trip begins, and as the place where it ends.
const PLACES: [(u8, &str, bool, bool); 11] = [
    (b'D', "a place of diagnosis or treatment", true, true),
    (b'E', "a residential or custodial facility", true, true),
    (b'G', "a hospital's dialysis facility", true, true),
    (b'H', "a hospital", true, true),
    (b'I', "a change from one ambulance to another", true, true),
    (b'J', "a dialysis facility outside a hospital", true, true),
    (b'N', "a skilled nursing facility", true, true),
    (b'P', "a physician's office", true, true),
    (b'R', "a residence", true, true),
    (b'S', "the scene of an accident or acute event", true, false),
    (b'X', "a physician's office on the way to a hospital", false, true),
];

fn place(letter: u8) -> Option<&'static (u8, &'static str, bool, bool)> {
    PLACES.iter().find(|(of, ..)| *of == letter)
}

/// Whether the two letters say where an ambulance's trip begins and where it ends.
///
/// ```
/// use cleanclaim::modifier;
/// use cleanclaim::modifiers::is_ambulance_pair;
///
/// assert!(is_ambulance_pair(modifier!("RH")));
/// assert!(!is_ambulance_pair(modifier!("XH")));
/// assert!(!is_ambulance_pair(modifier!("59")));
/// ```
#[must_use]
pub fn is_ambulance_pair(modifier: Modifier) -> bool {
    ambulance_pair_words(modifier).is_some()
}

/// Where an ambulance's trip begins and ends, in words; `None` for a modifier that is no such pair.
#[must_use]
pub fn ambulance_pair_words(modifier: Modifier) -> Option<(&'static str, &'static str)> {
    let [origin, destination] = *modifier.as_str().as_bytes() else {
        return None;
    };
    let (_, from, begins, _) = place(origin)?;
    let (_, to, _, ends) = place(destination)?;
    (*begins && *ends).then_some((*from, *to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_a_hundred_pairs() {
        let all = (0..Modifier::COUNT).filter_map(Modifier::from_index);
        assert_eq!(all.filter(|&modifier| is_ambulance_pair(modifier)).count(), 100);
    }
}
