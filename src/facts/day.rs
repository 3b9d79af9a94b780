//! Lines of one provider and day: two that are a pair of codes, and those of one code.

use crate::kinds::ServiceKind;
use crate::model::modifier_groups::{DISTINCT, VISITS};
use crate::model::{Measure, Modifier, ServiceDate, Units};
use crate::reference::{Mue, PairEdit, Table};

use super::code::ModifierFacts;
use super::{Line, LineFacts, Resolved, Standing};

/// The first date of service (2019-07-01) on which 59 and X{EPSU} count on either line of a pair.
const EITHER_COLUMN: ServiceDate = crate::date!(2019, 7, 1);

/// Used for both pair tables, which answer for the same date of a claim.
const PAIRS: Table = Table::PractitionerPairs;

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
        let Some(pairs) = one.period().and_then(|period| period.pairs().ok()) else {
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

    /// Whether a practitioner's visit is the code that is not paid. Only 24, 25 and 57, on its own line, say that it was
    /// separate: a side or 59 on either line does not make the visit separate.
    #[must_use]
    pub fn has_visit_in_column2(&self) -> bool {
        self.column2.is(ServiceKind::Visit) && self.column2.biller().is_some()
    }

    /// Whether an NCCI-associated modifier on either line sets an edit of indicator 1 aside. For dates before 2019-07-01
    /// the modifiers 59 and X{EPSU} count on the column 2 line only; for a [visit in column 2](Self::has_visit_in_column2)
    /// only 24, 25 and 57 count, on its own line.
    #[must_use]
    pub fn has_bypassing_modifier(&self) -> bool {
        if self.has_visit_in_column2() {
            return self.column2.has_any(&VISITS);
        }
        self.column1.rely_on(Table::Modifiers);
        self.column2.rely_on(Table::Modifiers);
        let on_column1 = if self.column1.as_of(PAIRS) < EITHER_COLUMN {
            ModifierFacts::NCCI_OTHER_THAN_DISTINCT
        } else {
            ModifierFacts::NCCI
        };
        self.column1.facts.has_modifier(on_column1) || self.column2.facts.has_modifier(ModifierFacts::NCCI)
    }

    /// The modifier that sets an edit of indicator 1 aside, where [one does](Self::has_bypassing_modifier): the first of
    /// the column 2 line, else of the column 1 line.
    #[must_use]
    pub fn bypassing_modifier(&self) -> Option<Modifier> {
        if self.has_visit_in_column2() {
            let carried = self.column2.modifiers();
            return carried.iter().find(|modifier| VISITS.contains(modifier));
        }
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
    /// The first of them.
    facts: &'a LineFacts,
    position: usize,
}

impl<'a> CodeDay<'a> {
    pub(super) fn new(resolved: &'a Resolved<'a>, first: usize) -> Option<Self> {
        Some(Self {
            resolved,
            facts: resolved.lines.get(first)?,
            position: first,
        })
    }

    /// The positions in the claim of the lines after the first.
    #[inline]
    fn later(&self) -> impl Iterator<Item = usize> + use<'a> {
        let Self {
            resolved,
            facts,
            position,
        } = *self;
        let after = position + 1;
        let (few, many) = match facts.standing {
            Standing::Alone => (None, &[][..]),
            Standing::First | Standing::Later if resolved.days.are_few() => (resolved.lines.get(after..), &[][..]),
            Standing::First | Standing::Later => (None, resolved.days.of_code_day(facts, resolved.lines)),
        };
        let few = few.unwrap_or_default().iter().zip(after..);
        let few = few.filter(|(line, _)| line.is_of_code_day(facts));
        let many = many
            .iter()
            .map(|&other| other as usize)
            .filter(move |&other| other > position);
        few.map(|(_, position)| position).chain(many)
    }

    /// The lines' positions in the claim.
    #[inline]
    pub(crate) fn positions(&self) -> impl Iterator<Item = usize> + use<'a> {
        let (mut first, mut later) = (Some(self.position), self.later());
        std::iter::from_fn(move || first.take().or_else(|| later.next()))
    }

    /// Whether the code is on one line of the day alone.
    #[must_use]
    pub fn is_one_line(&self) -> bool {
        self.positions().nth(1).is_none()
    }

    /// The lines; never none.
    pub fn lines(&self) -> impl Iterator<Item = Line<'a>> + use<'a> {
        let resolved = self.resolved;
        self.positions().filter_map(|position| resolved.line(position))
    }

    /// The first line.
    #[must_use]
    pub fn first(&self) -> Option<Line<'a>> {
        self.resolved.line(self.position)
    }

    /// The tables that do not answer for the code.
    pub(crate) fn gaps(&self) -> u32 {
        self.facts.gaps
    }

    /// The code's MUE on the day; `None` if the table has none.
    #[must_use]
    pub fn mue(&self) -> Option<Mue> {
        self.first()?.mue()
    }

    /// Whether the quantity of every line counts units of the service.
    #[must_use]
    pub fn counts_units(&self) -> bool {
        let given = self.resolved.claim.lines();
        let in_units = |at: usize| given.get(at).is_some_and(|line| line.measure == Measure::Units);
        in_units(self.position) && self.later().all(in_units)
    }

    /// The units of all lines.
    #[must_use]
    pub fn units(&self) -> Units {
        let given = self.resolved.claim.lines();
        let units = |at: usize| given.get(at).map(|line| line.units);
        let later = self.later().filter_map(units);
        later.fold(units(self.position).unwrap_or(Units::ONE), Units::saturating_add)
    }
}
