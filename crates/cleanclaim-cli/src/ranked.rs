//! Parts of a report, the worst first. Their memory is bounded: who fills it writes what is there, or lets go of the mildest.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use cleanclaim::{Disposition, Explanation, Verdict};

/// How bad a part is; the worst is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    class: Class,
    disposition: Option<Disposition>,
    findings: usize,
}

/// What is worse than every disposition: what could not even be read; and what comes after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Clean,
    Incomplete,
    Findings,
    NotRead,
}

impl Rank {
    pub(crate) const NOT_READ: Self = Self {
        class: Class::NotRead,
        disposition: None,
        findings: 0,
    };

    pub(crate) fn of(explanation: &Explanation) -> Self {
        let findings = &explanation.findings;
        Self {
            class: match explanation.verdict {
                Verdict::Clean => Class::Clean,
                Verdict::Incomplete => Class::Incomplete,
                Verdict::Findings => Class::Findings,
            },
            disposition: findings.iter().map(|finding| finding.disposition).max(),
            findings: findings.iter().filter(|finding| finding.disposition.stops()).count(),
        }
    }

    pub(crate) fn is_not_read(self) -> bool {
        self.class == Class::NotRead
    }
}

/// Parts by their rank; among equals the earlier comes first.
#[derive(Debug, Default)]
pub(crate) struct Ranked {
    parts: BTreeMap<(Reverse<Rank>, u64), String>,
    /// How many were ever given.
    given: u64,
    bytes: usize,
}

impl Ranked {
    pub(crate) fn add(&mut self, rank: Rank, part: String) {
        self.bytes += part.len();
        self.parts.insert((Reverse(rank), self.given), part);
        self.given += 1;
    }

    /// Lets go of the mildest parts until so many are left, of so many bytes.
    pub(crate) fn keep(&mut self, parts: usize, bytes: usize) {
        while self.parts.len() > parts || self.bytes > bytes {
            let Some((_, part)) = self.parts.pop_last() else { return };
            self.bytes -= part.len();
        }
    }

    /// Takes the parts out, the worst first.
    pub(crate) fn take(&mut self) -> impl Iterator<Item = (Rank, String)> + use<> {
        self.bytes = 0;
        let parts = std::mem::take(&mut self.parts);
        parts.into_iter().map(|((Reverse(rank), _), part)| (rank, part))
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many parts are here.
    pub(crate) fn len(&self) -> u64 {
        self.parts.len() as u64
    }

    /// How many parts were ever given.
    pub(crate) fn given(&self) -> u64 {
        self.given
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(class: Class, disposition: Option<Disposition>, findings: usize) -> Rank {
        Rank {
            class,
            disposition,
            findings,
        }
    }

    #[test]
    fn the_worst_come_first_and_stay() {
        let mut ranked = Ranked::default();
        for (name, rank) in [
            ("clean", rank(Class::Clean, None, 0)),
            ("advised", rank(Class::Clean, Some(Disposition::Advisory), 0)),
            ("denied", rank(Class::Findings, Some(Disposition::LineDenial), 1)),
            ("incomplete", rank(Class::Incomplete, None, 0)),
            ("lost", Rank::NOT_READ),
            ("denied twice", rank(Class::Findings, Some(Disposition::LineDenial), 2)),
            ("denied later", rank(Class::Findings, Some(Disposition::LineDenial), 1)),
            (
                "returned",
                rank(Class::Findings, Some(Disposition::ReturnToProvider), 1),
            ),
        ] {
            ranked.add(rank, name.to_owned());
        }
        ranked.keep(7, 1_000);
        assert_eq!((ranked.len(), ranked.given()), (7, 8));
        ranked.keep(7, 55);
        let names: Vec<String> = ranked.take().map(|(_, name)| name).collect();
        assert_eq!(
            names,
            [
                "lost",
                "returned",
                "denied twice",
                "denied",
                "denied later",
                "incomplete"
            ]
        );
        assert_eq!((ranked.len(), ranked.bytes()), (0, 0));
    }
}
