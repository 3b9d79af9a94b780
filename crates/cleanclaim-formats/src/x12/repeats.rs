use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::{ClaimInFile, Note};

/// Which interchanges and claims were met in a run, so that a copy is noticed: over one file or many.
///
/// It keeps eight bytes a claim, for up to four million claims; after that copies of what was met so far are still noticed.
/// Claims are copies if all of them is the same: many senders give every claim of a patient one identifier.
///
/// ```
/// use cleanclaim_formats::x12::{Note, Reader, Repeats, example};
///
/// let mut repeats = Repeats::default();
/// let file = example();
/// for times in 1..=2 {
///     let found = Reader::new(file.as_bytes()).next().unwrap()?;
///     let notes = repeats.take(&found);
///     assert_eq!(notes.contains(&Note::ClaimRepeated), times == 2);
/// }
/// # Ok::<(), cleanclaim_formats::x12::X12Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Repeats {
    hasher: RandomState,
    met: HashSet<u64>,
    /// The interchange of the last claim, and whether it was met before.
    last: Option<(u64, bool)>,
}

/// The most that are kept.
const MOST: usize = 4_000_000;

impl Repeats {
    /// Takes a claim, and says whether it or its interchange was met before.
    pub fn take(&mut self, found: &ClaimInFile) -> Vec<Note> {
        let mut notes = Vec::new();
        let at = &found.at;
        // The same interchange of the same file goes on; a second one of that number is a copy.
        let interchange = self.hasher.hash_one((&at.file, found.interchange_byte));
        let is_copy = match self.last {
            Some((last, is_copy)) if last == interchange => is_copy,
            _ => at.interchange.is_some() && !self.keep(("interchange", &found.sender, &at.interchange)),
        };
        self.last = Some((interchange, is_copy));
        if is_copy {
            notes.push(Note::InterchangeRepeated {
                control: at.interchange.as_deref().unwrap_or_default().to_owned(),
            });
        }
        if !self.keep(("claim", &found.claim)) {
            notes.push(Note::ClaimRepeated);
        }
        notes
    }

    /// Whether something was not met before.
    fn keep(&mut self, what: impl std::hash::Hash) -> bool {
        let hash = self.hasher.hash_one(what);
        if self.met.len() < MOST {
            self.met.insert(hash)
        } else {
            !self.met.contains(&hash)
        }
    }
}
