//! What codes of the neurolysis family are, in our own words.

use crate::model::ProcedureCode;

const TEXT: &str = include_str!("../../data/own-words.txt");

/// The words for a code.
pub(super) fn of(code: ProcedureCode) -> Option<&'static str> {
    let lines = TEXT.lines().filter_map(|line| line.split_once(' '));
    lines
        .into_iter()
        .find(|(of, _)| *of == code.as_str())
        .map(|(_, words)| words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_code_and_its_words() {
        for line in TEXT.lines().filter(|line| !line.starts_with('#')) {
            let (code, words) = line.split_once(' ').unwrap();
            assert_eq!(of(code.parse().unwrap()), Some(words));
        }
    }
}
