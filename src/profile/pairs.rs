//! The codes that a code is not paid beside.

use crate::model::ProcedureCode;
use crate::reference::{Lookup, PairIndicator, Setting};

use super::{Asked, gap_text, named, release_name};

/// The pairs of the code in one setting's table.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct PairPage {
    /// The setting.
    pub setting: String,
    /// The release; `None` if the table does not answer.
    pub release: Option<String>,
    /// Why the table does not answer.
    pub not_covered: Option<String>,
    /// The pairs in force, by column and indicator; lists without a partner are left out.
    pub lists: Vec<PairList>,
}

/// The partners of one direction and indicator.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct PairList {
    /// The code's column: 1 is paid, 2 is not.
    pub column: u8,
    /// The modifier indicator: 0 no modifier sets the pair aside, 1 an NCCI-associated one may.
    pub indicator: &'static str,
    /// How many partners.
    pub count: usize,
    /// The first of them, in order.
    pub partners: Vec<ProcedureCode>,
}

impl Asked<'_> {
    pub(super) fn pairs(&self) -> Vec<PairPage> {
        [Setting::Practitioner, Setting::OutpatientHospital]
            .into_iter()
            .map(|setting| self.pairs_in(setting))
            .collect()
    }

    fn pairs_in(&self, setting: Setting) -> PairPage {
        let (reference, stale) = (self.reference(), self.evaluator.stale());
        let mut page = PairPage {
            setting: setting.to_string(),
            release: None,
            not_covered: None,
            lists: Vec::new(),
        };
        match reference.pair_edits(setting, self.code, self.code, self.date, stale) {
            Lookup::NotCovered(gap) => {
                page.not_covered = Some(gap_text(reference, gap));
                return page;
            }
            Lookup::Found(_) | Lookup::NotListed => {}
        }
        let mut found: Vec<(u8, PairIndicator, ProcedureCode)> = Vec::new();
        for &partner in &self.codes {
            let edits = reference.pair_edits(setting, self.code, partner, self.date, stale);
            let Some(edits) = edits.found() else { continue };
            page.release = Some(release_name(reference, edits.release));
            for edit in edits.row {
                found.push((if edit.reversed { 2 } else { 1 }, edit.indicator, partner));
            }
        }
        found.sort_unstable();
        found.dedup();
        let lists = found.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1));
        page.lists = lists
            .filter_map(|list| {
                let &(column, indicator, _) = list.first()?;
                let partners: Vec<_> = list.iter().map(|(_, _, partner)| *partner).collect();
                Some(PairList {
                    column,
                    indicator: indicator.text(),
                    count: partners.len(),
                    partners: named(&partners),
                })
            })
            .collect();
        page
    }
}
