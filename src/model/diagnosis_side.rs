use super::DiagnosisCode;

/// The side of the body that a diagnosis code of ICD-10-CM names.
///
/// Source: CDC and CMS, ICD-10-CM tabular list, April 1, 2026 (`data/icd10cm-laterality.csv`). Which character names the
/// side, and by which values, differs from category to category.
///
/// ```
/// use cleanclaim::model::{DiagnosisCode, DiagnosisSide};
///
/// let side = |code: &str| code.parse().ok().and_then(DiagnosisSide::of);
/// assert_eq!(side("M17.11"), Some(DiagnosisSide::Right));
/// assert_eq!(side("E11.3593"), Some(DiagnosisSide::Both));
/// assert_eq!(side("H25.10"), Some(DiagnosisSide::Unspecified));
/// assert_eq!(side("I10"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DiagnosisSide {
    /// The right side.
    Right,
    /// The left side.
    Left,
    /// Both sides.
    Both,
    /// None, although codes beside it name one.
    Unspecified,
}

/// In order of the stems: a stem, then the characters after it that say right, left, both, unspecified.
const TABLE: &str = include_str!("../../data/icd10cm-laterality.csv");

impl DiagnosisSide {
    /// The side that a code names; none for a code of no side.
    #[must_use]
    pub fn of(code: DiagnosisCode) -> Option<Self> {
        let text = code.as_str();
        // The shortest stem that tells decides; what follows is no side.
        (3..text.len()).find_map(|length| {
            let (stem, rest) = (text.get(..length)?, text.get(length..)?);
            named(row(stem)?, rest.chars().next()?)
        })
    }
}

/// The fields after a stem.
fn row(stem: &str) -> Option<&'static str> {
    let (mut low, mut high) = (first_row(), TABLE.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = TABLE.get(low..middle)?.rfind('\n').map_or(low, |at| low + at + 1);
        let line = TABLE.get(start..)?.lines().next()?;
        let (found, fields) = line.split_once(',')?;
        match found.cmp(stem) {
            std::cmp::Ordering::Equal => return Some(fields),
            std::cmp::Ordering::Less => low = start + line.len() + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    None
}

/// Where the rows begin: after the lines of `#` and the header.
fn first_row() -> usize {
    const HEADER: &str = "\nstem,right,left,both,unspecified\n";
    TABLE.find(HEADER).map_or(TABLE.len(), |at| at + HEADER.len())
}

fn named(fields: &str, character: char) -> Option<DiagnosisSide> {
    const SIDES: [DiagnosisSide; 4] = [
        DiagnosisSide::Right,
        DiagnosisSide::Left,
        DiagnosisSide::Both,
        DiagnosisSide::Unspecified,
    ];
    let mut named = fields.split(',').zip(SIDES);
    named.find_map(|(characters, side)| characters.contains(character).then_some(side))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> impl Iterator<Item = &'static str> {
        TABLE[first_row()..].lines()
    }

    #[test]
    fn every_row_is_found_by_its_stem() {
        let stems: Vec<_> = rows().map(|line| line.split_once(',').unwrap()).collect();
        assert!(stems.len() > 4_000 && stems.windows(2).all(|pair| pair[0].0 < pair[1].0));
        for (stem, fields) in stems {
            assert_eq!(row(stem), Some(fields));
            assert_eq!(fields.split(',').count(), 4, "{stem}");
        }
    }

    #[test]
    fn sides_are_told_as_the_titles_tell_them() {
        for (code, side) in [
            ("G5760", Some(DiagnosisSide::Unspecified)),
            ("G5761", Some(DiagnosisSide::Right)),
            ("G5762", Some(DiagnosisSide::Left)),
            ("G5763", Some(DiagnosisSide::Both)),
            ("M170", Some(DiagnosisSide::Both)),
            ("S83241A", Some(DiagnosisSide::Right)),
            ("C43121", Some(DiagnosisSide::Left)),
            ("E113591", Some(DiagnosisSide::Right)),
            ("E113599", Some(DiagnosisSide::Unspecified)),
            ("H2511", Some(DiagnosisSide::Right)),
            ("I501", None),
            ("K5150", None),
            ("M542", None),
            ("Z00", None),
        ] {
            assert_eq!(DiagnosisSide::of(code.parse().unwrap()), side, "{code}");
        }
    }
}
