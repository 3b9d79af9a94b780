//! The lines of one provider and day: by twos, and by code.

use crate::model::{Modifier, ServiceDate, Units};
use crate::reference::{PairEdit, Table};

use super::era::DISTINCT;
use super::{Line, Place, Resolved};

/// The first date of service (2019-07-01) on which 59 and X{EPSU} count on either line of a pair.
const EITHER_COLUMN: ServiceDate = crate::date!(2019, 7, 1);

/// Either pair table stands for both: they go by the same date of a claim.
const PAIRS: Table = Table::PractitionerPairs;

/// The lines of one provider and day, by code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Day<'a> {
    pub(super) resolved: &'a Resolved<'a>,
    pub(super) lines: &'a [Place],
}

impl<'a> Day<'a> {
    /// Calls `visit` for every PTP edit in force between two lines.
    pub(crate) fn pairs(&self, visit: &mut impl FnMut(&Pair<'a>)) {
        if self.lines.len() < 2 {
            return;
        }
        let mut tested = Tested::default();
        let mut rest = self.lines;
        while let Some((one, after)) = rest.split_first() {
            rest = after;
            for two in after {
                tested.test(self.resolved, one.line, two.line);
                if tested.is_full() {
                    tested.visit(self.resolved, visit);
                }
            }
        }
        tested.visit(self.resolved, visit);
    }

    /// The lines of each code.
    pub(crate) fn codes(&self) -> impl Iterator<Item = CodeDay<'a>> + use<'a> {
        let resolved = self.resolved;
        self.lines
            .chunk_by(|one, two| one.key == two.key)
            .map(move |lines| CodeDay { resolved, lines })
    }
}

const TESTS: usize = 32;

/// Pairs of lines whose bit in the table was read, before any is looked at: the reads, each of which may miss the cache,
/// then overlap.
struct Tested {
    lines: [(u32, u32); TESTS],
    count: u32,
    listed: u32,
}

impl Default for Tested {
    fn default() -> Self {
        Self {
            lines: [(0, 0); TESTS],
            count: 0,
            listed: 0,
        }
    }
}

impl Tested {
    fn is_full(&self) -> bool {
        self.count as usize == TESTS
    }

    #[inline]
    fn test(&mut self, resolved: &Resolved<'_>, one: u32, two: u32) {
        let listed = resolved.is_pair(one, two);
        if let Some(place) = self.lines.get_mut(self.count as usize) {
            *place = (one, two);
            self.listed |= u32::from(listed) << self.count;
            self.count += 1;
        }
    }

    fn visit<'a>(&mut self, resolved: &'a Resolved<'a>, visit: &mut impl FnMut(&Pair<'a>)) {
        while self.listed != 0 {
            let at = self.listed.trailing_zeros() as usize;
            self.listed &= self.listed - 1;
            let lines = self
                .lines
                .get(at)
                .map(|&(one, two)| (resolved.line(one as usize), resolved.line(two as usize)));
            if let Some((Some(one), Some(two))) = lines {
                Pair::between(one, two, visit);
            }
        }
        self.count = 0;
    }
}

/// A PTP edit in force between two lines of one provider and day.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// The line whose code is paid.
    pub column1: Line<'a>,
    /// The line whose code is not.
    pub column2: Line<'a>,
    /// The edit.
    pub edit: PairEdit,
}

impl<'a> Pair<'a> {
    /// Calls `visit` for every edit between two lines.
    pub(super) fn between(one: Line<'a>, two: Line<'a>, visit: &mut impl FnMut(&Self)) {
        let codes = one.facts.code.pair_code.zip(two.facts.code.pair_code);
        let tables = one.tables().and_then(|tables| tables.pairs.ok());
        let Some(((a, b), pairs)) = codes.zip(tables) else {
            return;
        };
        let as_of = one.as_of(PAIRS);
        for edit in pairs.table.edits(a, b) {
            if edit.in_force.contains(as_of) {
                let (column1, column2) = if edit.reversed { (two, one) } else { (one, two) };
                visit(&Self { column1, column2, edit });
            }
        }
    }

    /// Whether an NCCI-associated modifier on either line sets an edit of indicator 1 aside. For dates before 2019-07-01
    /// the modifiers 59 and X{EPSU} count on the column 2 line only.
    #[must_use]
    pub fn has_bypassing_modifier(&self) -> bool {
        let one = self.column1.facts.modifiers;
        let on_column1 = if self.column1.as_of(PAIRS) < EITHER_COLUMN {
            one.ncci_other_than_distinct
        } else {
            one.ncci
        };
        on_column1 || self.column2.facts.modifiers.ncci
    }

    /// The modifier that sets an edit of indicator 1 aside, where [one does](Self::has_bypassing_modifier): the first of
    /// the column 2 line, else of the column 1 line.
    #[must_use]
    pub fn bypassing_modifier(&self) -> Option<Modifier> {
        let only_column2 = self.column1.as_of(PAIRS) < EITHER_COLUMN;
        let on_column1 = |modifier: &Modifier| !(only_column2 && DISTINCT.contains(modifier));
        let column2 = self.column2.ncci_modifiers().next();
        column2.or_else(|| self.column1.ncci_modifiers().find(on_column1))
    }
}

/// The lines of one code, provider and day.
#[derive(Clone, Copy, Debug)]
pub struct CodeDay<'a> {
    resolved: &'a Resolved<'a>,
    lines: &'a [Place],
}

impl<'a> CodeDay<'a> {
    /// The lines' positions in the claim.
    pub(crate) fn positions(&self) -> impl Iterator<Item = usize> + use<'a> {
        self.lines.iter().map(|place| place.line as usize)
    }

    /// The lines; never none.
    pub fn lines(&self) -> impl Iterator<Item = Line<'a>> + use<'a> {
        let resolved = self.resolved;
        self.lines.iter().filter_map(|place| resolved.line(place.line as usize))
    }

    /// The first line.
    #[must_use]
    pub fn first(&self) -> Option<Line<'a>> {
        self.lines().next()
    }

    /// The units of all lines.
    #[must_use]
    pub fn units(&self) -> Units {
        let mut lines = self.lines();
        let first = lines.next().map_or(Units::ONE, |line| line.units());
        lines.fold(first, |sum, line| sum.saturating_add(line.units()))
    }
}
