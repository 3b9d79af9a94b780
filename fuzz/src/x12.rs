//! Target: X12 files.

use cleanclaim::Claim;
use cleanclaim_formats::x12::Reader;

/// Reads a file to its end; each claim of it is a claim by its own text, and each error and note has words.
pub fn x12(data: &[u8]) {
    for found in Reader::new(data) {
        match found {
            Ok(found) => {
                let written = found.claim.to_json();
                assert_eq!(Claim::from_json(&written).as_ref(), Ok(&found.claim), "{written}");
                assert!(found.notes.iter().all(|note| !note.to_string().is_empty()));
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}
