//! The primaries that a code is an add-on to, and its own add-ons.

use crate::model::ProcedureCode;
use crate::reference::{AddOnType, Lookup};

use super::{Asked, Section, gap_text, named, release_name};

/// Add-on codes round the code.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct AddOnPage {
    /// The primaries that it may be added to, by the type of the edit; empty if it is not an add-on.
    pub added_to: Vec<AddOnPartners>,
    /// The add-ons that may be added to it, by the type of the edit.
    pub add_ons: Vec<AddOnPartners>,
}

/// Codes of one type of add-on edit.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct AddOnPartners {
    /// The type: 1 all primaries listed, 2 the contractor decides, 3 some listed and the contractor may accept more.
    pub kind: &'static str,
    /// How many codes are listed.
    pub count: usize,
    /// The first of them, in order.
    pub codes: Vec<ProcedureCode>,
}

impl Asked<'_> {
    pub(super) fn add_ons(&self) -> Section<AddOnPage> {
        let (reference, stale) = (self.reference(), self.evaluator.stale());
        let own = reference.add_on_edits(self.code, self.date, stale);
        if let Lookup::NotCovered(gap) = own {
            return Section::NotCovered(gap_text(reference, gap));
        }
        let mut release = None;
        let mut added_to: Vec<(AddOnType, Option<ProcedureCode>)> = Vec::new();
        if let Lookup::Found(found) = own {
            release = Some(found.release);
            added_to.extend(found.row.iter().map(|edit| (edit.kind, edit.primary)));
        }
        let mut add_ons: Vec<(AddOnType, Option<ProcedureCode>)> = Vec::new();
        for &add_on in &self.codes {
            let Some(found) = reference.add_on_edits(add_on, self.date, stale).found() else {
                continue;
            };
            let naming = found.row.iter().filter(|edit| edit.primary == Some(self.code));
            add_ons.extend(naming.map(|edit| (edit.kind, Some(add_on))));
            release = release.or(Some(found.release).filter(|_| !add_ons.is_empty()));
        }
        match release {
            None => Section::NotListed,
            Some(release) => Section::Listed {
                release: release_name(reference, release),
                says: AddOnPage {
                    added_to: by_kind(added_to),
                    add_ons: by_kind(add_ons),
                },
            },
        }
    }
}

fn by_kind(mut edits: Vec<(AddOnType, Option<ProcedureCode>)>) -> Vec<AddOnPartners> {
    edits.sort_unstable();
    edits.dedup();
    let of = |list: &[(AddOnType, Option<ProcedureCode>)]| {
        let codes: Vec<_> = list.iter().filter_map(|(_, code)| *code).collect();
        Some(AddOnPartners {
            kind: list.first()?.0.text(),
            count: codes.len(),
            codes: named(&codes),
        })
    };
    edits.chunk_by(|one, other| one.0 == other.0).filter_map(of).collect()
}
