use crate::model::{ProcedureCode, closed_set, serde_as_text};

closed_set! {
    what: "a list of codes";
    /// A published list of codes that policies name.
    #[strum(serialize_all = "kebab-case")]
    #[non_exhaustive]
    pub enum CodeList {
        /// What CMS calls always therapy.
        AlwaysTherapy,
        /// CMS's list of drugs of single-dose containers, for JW and JZ.
        SingleDoseDrugs,
    }
}

serde_as_text!(CodeList);

impl CodeList {
    /// The file: a code a line, in order, after lines of `#` that say where it is from.
    const fn text(self) -> &'static str {
        match self {
            Self::AlwaysTherapy => include_str!("../../data/code-lists/always-therapy.txt"),
            Self::SingleDoseDrugs => include_str!("../../data/code-lists/single-dose-drugs.txt"),
        }
    }

    fn lines(self) -> impl Iterator<Item = &'static str> {
        self.text().lines().filter(|line| !line.starts_with('#'))
    }

    /// The codes.
    pub(super) fn codes(self) -> impl Iterator<Item = ProcedureCode> {
        self.lines().filter_map(|line| line.parse().ok())
    }

    /// Whether a code is on the list.
    pub(super) fn contains(self, code: ProcedureCode) -> bool {
        self.lines().any(|line| line == code.as_str())
    }
}

#[cfg(test)]
mod tests {

    use super::*;

    #[test]
    fn every_line_is_a_code_once() {
        for &list in CodeList::ALL {
            let codes: Vec<_> = list.codes().collect();
            assert_eq!(codes.len(), list.lines().count(), "{list}");
            assert!(
                codes.len() > 20 && codes.windows(2).all(|pair| pair[0] < pair[1]),
                "{list}"
            );
            assert!(codes.iter().all(|&code| list.contains(code)));
        }
    }
}
