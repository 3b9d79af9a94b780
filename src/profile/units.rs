//! The most units of a code.

use crate::reference::{Lookup, Mue, Setting};

use super::{Asked, gap_text, meanings, release_name};

/// The most units of the code in one setting.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct UnitsPage {
    /// The setting.
    pub setting: String,
    /// Whether the table answers for the date.
    pub answers: bool,
    /// The most units; `None` if none is published or the table does not answer.
    pub value: Option<u32>,
    /// What the value is compared with: the MUE adjudication indicator.
    pub mai: Option<&'static str>,
    /// What the indicator means, and what follows from a value of 0; or why there is no value.
    pub words: String,
    /// Why CMS chose the value, in its words.
    pub rationale: Option<String>,
    /// The release.
    pub release: Option<String>,
}

impl Asked<'_> {
    pub(super) fn units(&self) -> Vec<UnitsPage> {
        let settings = [Setting::Practitioner, Setting::OutpatientHospital, Setting::DmeSupplier];
        let pages = settings.into_iter().map(|setting| self.units_in(setting));
        // Of suppliers' equipment only where it is.
        pages
            .filter(|page| page.value.is_some() || page.setting != Setting::DmeSupplier.to_string())
            .collect()
    }

    fn units_in(&self, setting: Setting) -> UnitsPage {
        let reference = self.reference();
        let none = |answers: bool, words: String| UnitsPage {
            setting: setting.to_string(),
            answers,
            value: None,
            mai: None,
            words,
            rationale: None,
            release: None,
        };
        match reference.mue(setting, self.code, self.date, self.evaluator.stale()) {
            Lookup::Found(found) => UnitsPage {
                value: Some(found.row.value),
                mai: Some(found.row.mai.text()),
                words: compared(found.row),
                rationale: Some(reference.mue_rationale(found.row).to_owned()),
                release: Some(release_name(reference, found.release)),
                ..none(true, String::new())
            },
            Lookup::NotListed => none(true, "no value is published; some are confidential".to_owned()),
            Lookup::NotCovered(gap) => none(false, gap_text(reference, gap)),
        }
    }
}

/// What the value is compared with. A value of 0 looks like no limit but is the strictest.
fn compared(mue: Mue) -> String {
    let meaning = meanings::mai(mue.mai);
    match mue.value {
        0 => format!("{meaning}: any unit is above the MUE"),
        _ => meaning.to_owned(),
    }
}
