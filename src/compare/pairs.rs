//! The pairs of a release, each once.

use crate::model::ProcedureCode;
use crate::reference::row_key::RowKey;
use crate::reference::{Fields, PairIndicator, Reference, ReleaseId};

/// The field of a pair that says which of its codes is paid.
pub(super) const COLUMN_1: &str = "column 1";

/// Two codes and the edits between them that are in force.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    low: ProcedureCode,
    high: ProcedureCode,
    /// The indicator of the edit with the lower code in column 1.
    low_first: Option<PairIndicator>,
    /// The indicator where the higher one does; both directions may be in force at once.
    high_first: Option<PairIndicator>,
}

impl Pair {
    pub(super) fn key(self) -> RowKey {
        RowKey::Pair(self.low, self.high)
    }

    /// Where both directions are in force, both are said.
    pub(super) fn row(self) -> Fields {
        let both = [(self.low, self.low_first), (self.high, self.high_first)];
        let said = both
            .iter()
            .filter_map(|(column1, indicator)| Some((column1, (*indicator)?)));
        let (columns, indicators): (Vec<_>, Vec<_>) = said
            .map(|(column1, indicator)| (column1.to_string(), indicator.to_string()))
            .unzip();
        vec![
            (COLUMN_1, columns.join(" and ")),
            ("indicator", indicators.join(" and ")),
        ]
    }
}

/// The pairs of a release that are in force on its last day, each once whichever code stands in column 1, with its place in
/// the order of [`Reference::pairs_of`].
pub(super) fn pairs(reference: &Reference, id: ReleaseId) -> impl Iterator<Item = ([Option<u32>; 2], Pair)> + '_ {
    let day = reference.release(id).map(|release| release.in_force.last());
    let mut edits = reference
        .pairs_of(id)
        .filter(move |(_, _, edit)| day.is_some_and(|day| edit.in_force.contains(day)))
        .peekable();
    std::iter::from_fn(move || {
        let (low, high, _) = *edits.peek()?;
        let mut pair = Pair {
            low,
            high,
            low_first: None,
            high_first: None,
        };
        while let Some((.., edit)) = edits.next_if(|(one, other, _)| (*one, *other) == (low, high)) {
            if edit.reversed {
                pair.high_first = Some(edit.indicator);
            } else {
                pair.low_first = Some(edit.indicator);
            }
        }
        Some(([high.index(), low.index()], pair))
    })
}
