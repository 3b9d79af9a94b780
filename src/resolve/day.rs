//! The lines of one provider and day: by twos, and by code.

use crate::model::{Measure, Modifier, ServiceDate, Units};
use crate::reference::{Mue, PairEdit, PairIndex, Table};

use super::era::{DISTINCT, ModifierFacts};
use super::{Line, LineFacts, Place, Resolved};

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
        let [_, _, ..] = self.lines else {
            return;
        };
        let Some(table) = self.pair_table() else {
            return;
        };
        let mut rest = self.lines;
        while let Some((one, after)) = rest.split_first() {
            rest = after;
            for two in after {
                if table.has(one.pair_code(), two.pair_code()) {
                    self.edits(*one, *two, visit);
                }
            }
        }
    }

    /// The pair table of the day.
    fn pair_table(&self) -> Option<&'a PairIndex> {
        let first = self.resolved.lines.get(self.lines.first()?.line as usize)?;
        let era = self.resolved.eras.get(first.era as usize)?;
        era.pairs.ok().map(|loaded| &loaded.table)
    }

    /// Calls `visit` for every edit in force between two lines.
    #[inline(never)]
    fn edits(&self, one: Place, two: Place, visit: &mut impl FnMut(&Pair<'a>)) {
        let line = |place: Place| self.resolved.line(place.line as usize);
        if let Some((one, two)) = line(one).zip(line(two)) {
            Pair::between(one, two, visit);
        }
    }

    /// The lines of each code.
    pub(crate) fn codes(&self) -> impl Iterator<Item = CodeDay<'a>> + use<'a> {
        let resolved = self.resolved;
        self.lines
            .chunk_by(|one, two| one.key == two.key)
            .map(move |lines| CodeDay { resolved, lines })
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
        let (a, b) = (one.code_facts.pair_code(), two.code_facts.pair_code());
        let Some(pairs) = one.tables().and_then(|tables| tables.pairs.ok()) else {
            return;
        };
        let as_of = one.as_of(PAIRS);
        for edit in pairs.table.edits(a.number, b.number) {
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
        let on_column1 = if self.column1.as_of(PAIRS) < EITHER_COLUMN {
            ModifierFacts::NCCI_OTHER_THAN_DISTINCT
        } else {
            ModifierFacts::NCCI
        };
        self.column1.facts.modifiers.has(on_column1) || self.column2.facts.modifiers.has(ModifierFacts::NCCI)
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

    /// What the tables say of the first line, as of all: they are of one code and day.
    fn facts(&self) -> Option<&'a LineFacts> {
        self.resolved.lines.get(self.lines.first()?.line as usize)
    }

    /// The tables that do not answer for the code.
    pub(crate) fn gaps(&self) -> u32 {
        self.facts().map_or(0, |facts| facts.gaps)
    }

    /// The code's MUE on the day; none where the table has none.
    #[must_use]
    pub fn mue(&self) -> Option<Mue> {
        self.facts()?.mue
    }

    /// Whether the quantity of every line counts units of the service.
    #[must_use]
    pub fn counts_units(&self) -> bool {
        let given = self.resolved.claim.lines();
        let mut lines = self.positions().filter_map(|at| given.get(at));
        lines.all(|line| line.measure == Measure::Units)
    }

    /// The units of all lines.
    #[must_use]
    pub fn units(&self) -> Units {
        let given = self.resolved.claim.lines();
        let mut units = self.positions().filter_map(|at| given.get(at)).map(|line| line.units);
        let first = units.next().unwrap_or(Units::ONE);
        units.fold(first, Units::saturating_add)
    }
}
