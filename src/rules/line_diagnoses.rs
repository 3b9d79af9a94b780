//! The diagnoses that a line is for.

use crate::model::DiagnosisCode;
use crate::rule::prelude::Line;

/// Those that the line points to; where it points to none, all of the claim's.
pub(super) fn line_diagnoses(line: &Line<'_>) -> impl Iterator<Item = DiagnosisCode> + Clone {
    let pointers = line.given().diagnosis_pointers;
    let numbered = (1_u8..).zip(line.claim().diagnoses().iter().copied());
    numbered
        .filter(move |(number, _)| pointers.is_empty() || pointers.iter().any(|pointer| pointer == *number))
        .map(|(_, diagnosis)| diagnosis)
}
