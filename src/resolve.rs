//! A claim against the tables in force: facts looked up once, so that rules only compare.

use crate::claim::{Biller, Claim, ClaimForm, ServiceLine};
use crate::model::{Modifier, Modifiers, ProcedureCode, ServiceDate, SiteOfService, Units};
use crate::modifier;
use crate::reference::{
    AddOnEdit, AscEntry, CodeId, Component, FeeTable, Gap, ModifierFlag, Mue, PairEdit, PolicyIndicators, Reference,
    Setting, Stale, Table,
};
use crate::reference::{CodeRows, Loaded, ModifierRow, PairIndex, modifier_row};

/// A bit a table.
pub(crate) const fn table_bit(table: Table) -> u32 {
    1 << table as u8
}

type InForce<'r, T> = Result<&'r Loaded<T>, Gap>;

/// The tables that answer for one date.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DayTables<'r> {
    date: ServiceDate,
    fee_schedule: InForce<'r, FeeTable>,
    pairs: InForce<'r, PairIndex>,
    mue: InForce<'r, CodeRows<Mue>>,
    add_on: InForce<'r, CodeRows<AddOnEdit>>,
    asc: InForce<'r, CodeRows<AscEntry>>,
    modifiers: InForce<'r, CodeRows<ModifierRow>>,
    setting: Setting,
    /// The tables that do not answer for the date at all.
    gaps: u32,
    /// The tables that answer for some codes only.
    excerpts: u32,
}

impl<'r> DayTables<'r> {
    fn new(reference: &'r Reference, setting: Setting, date: ServiceDate, stale: Stale) -> Self {
        let mut day = Self {
            date,
            fee_schedule: reference.fee_schedule.on(date, stale),
            pairs: reference.pair_table(setting).on(date, stale),
            mue: reference.mue_table(setting).on(date, stale),
            add_on: reference.add_on.on(date, stale),
            asc: reference.asc.on(date, stale),
            modifiers: reference.modifiers.on(date, stale),
            setting,
            gaps: 0,
            excerpts: 0,
        };
        for table in TABLES {
            let bit = table_bit(day.published(table));
            match day.coverage(table) {
                Err(_) => day.gaps |= bit,
                Ok(true) => day.excerpts |= bit,
                Ok(false) => {}
            }
        }
        day
    }

    /// The published table behind a practitioner's table, in this claim's setting.
    fn published(&self, table: Table) -> Table {
        match (table, self.setting) {
            (Table::PractitionerPairs, Setting::OutpatientHospital) => Table::HospitalPairs,
            (Table::PractitionerMue, Setting::OutpatientHospital) => Table::HospitalMue,
            _ => table,
        }
    }

    /// Whether a table is an excerpt; an error where it does not answer for the date.
    fn coverage(&self, table: Table) -> Result<bool, Gap> {
        fn excerpt<T>(table: InForce<'_, T>) -> Result<bool, Gap> {
            table.map(|loaded| loaded.covered.is_some())
        }
        match table {
            Table::FeeSchedule => excerpt(self.fee_schedule),
            Table::PractitionerPairs | Table::HospitalPairs => excerpt(self.pairs),
            Table::PractitionerMue | Table::HospitalMue => excerpt(self.mue),
            Table::AddOn => excerpt(self.add_on),
            Table::Asc => excerpt(self.asc),
            Table::Modifiers => excerpt(self.modifiers),
            _ => Err(Gap::NotLoaded(table)),
        }
    }

    /// Why a table does not answer for a code on this date.
    fn gap(&self, table: Table, code: Option<CodeId>) -> Option<Gap> {
        fn gap<T>(table: InForce<'_, T>, code: Option<CodeId>) -> Option<Gap> {
            match table {
                Err(gap) => Some(gap),
                Ok(loaded) => (!loaded.covers(code)).then_some(Gap::OutsideExcerpt(loaded.id)),
            }
        }
        match table {
            Table::FeeSchedule => gap(self.fee_schedule, code),
            Table::PractitionerPairs | Table::HospitalPairs => gap(self.pairs, code),
            Table::PractitionerMue | Table::HospitalMue => gap(self.mue, code),
            Table::AddOn => gap(self.add_on, code),
            Table::Asc => gap(self.asc, code),
            Table::Modifiers => self.modifiers.err(),
            _ => Some(Gap::NotLoaded(table)),
        }
    }
}

/// The tables that facts are looked up in.
const TABLES: [Table; 6] = [
    Table::FeeSchedule,
    Table::PractitionerPairs,
    Table::PractitionerMue,
    Table::AddOn,
    Table::Asc,
    Table::Modifiers,
];

/// What the tables say of one line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineFacts {
    id: Option<CodeId>,
    day: u32,
    date: ServiceDate,
    provider: u64,
    /// The tables that do not answer for this line.
    pub(crate) gaps: u32,
    pub(crate) fee: Option<PolicyIndicators>,
    mue: Option<Mue>,
    pair_code: Option<u16>,
    pub(crate) is_add_on: bool,
    modifiers: ModifierFacts,
    pub(crate) spans_days: bool,
    /// The line's provider-day in the order of the claim's lines by day.
    group: (u32, u32),
}

/// What the modifier table says of a line's modifiers.
#[derive(Clone, Copy, Debug, Default)]
struct ModifierFacts {
    /// One that is NCCI-associated.
    ncci: bool,
    /// One that is NCCI-associated and none of 59, XE, XP, XS and XU.
    ncci_other_than_distinct: bool,
    /// One that the table does not list on the date.
    unknown: bool,
}

/// 59 and its four narrower forms.
pub(crate) const DISTINCT: [Modifier; 5] = [
    modifier!("59"),
    modifier!("XE"),
    modifier!("XP"),
    modifier!("XS"),
    modifier!("XU"),
];

/// The first date of service (2019-07-01) on which 59 and X{EPSU} count on either line of a pair.
const EITHER_COLUMN: ServiceDate = crate::date!(2019, 7, 1);

/// The buffers of a resolved claim, kept between claims so that nothing is allocated once they have grown.
#[derive(Debug, Default)]
pub(crate) struct Buffers<'r> {
    days: Vec<DayTables<'r>>,
    lines: Vec<LineFacts>,
    order: Vec<u32>,
}

impl<'r> Buffers<'r> {
    /// Looks up every line of a claim.
    pub(crate) fn resolve<'a>(&'a mut self, reference: &'r Reference, claim: &'a Claim, stale: Stale) -> Resolved<'a>
    where
        'r: 'a,
    {
        self.days.clear();
        self.lines.clear();
        self.order.clear();
        let setting = match claim.form() {
            ClaimForm::Institutional(_) => Setting::OutpatientHospital,
            _ => Setting::Practitioner,
        };
        for line in claim.lines() {
            let day = self.day(reference, setting, line.date(), stale);
            if let Some(tables) = self.days.get(day) {
                self.lines.push(facts(reference, tables, day as u32, line));
            }
        }
        self.group(claim);
        Resolved {
            claim,
            reference,
            days: &self.days,
            lines: &self.lines,
            order: &self.order,
        }
    }

    fn day(&mut self, reference: &'r Reference, setting: Setting, date: ServiceDate, stale: Stale) -> usize {
        // Lines of a claim nearly always share a date with the line before.
        if let Some(at) = self.days.iter().rposition(|day| day.date == date) {
            return at;
        }
        self.days.push(DayTables::new(reference, setting, date, stale));
        self.days.len() - 1
    }

    /// Orders the lines by day, provider and code, and notes for each its provider-day.
    fn group(&mut self, claim: &Claim) {
        let (lines, order) = (&mut self.lines, &mut self.order);
        order.extend(
            (0_u32..)
                .zip(lines.iter())
                .filter(|(_, facts)| !facts.spans_days)
                .map(|(at, _)| at),
        );
        let key = |lines: &[LineFacts], at: u32| {
            let code = claim.lines().get(at as usize).and_then(|line| line.code);
            lines.get(at as usize).map(|facts| (facts.date, facts.provider, code))
        };
        order.sort_unstable_by_key(|&at| (key(lines, at), at));
        let mut start = 0;
        while let Some(&first) = order.get(start) {
            let same = |at: &&u32| {
                let day = |at: u32| lines.get(at as usize).map(|facts| (facts.date, facts.provider));
                day(**at) == day(first)
            };
            let length = order.iter().skip(start).take_while(same).count();
            for &at in order.iter().skip(start).take(length) {
                if let Some(facts) = lines.get_mut(at as usize) {
                    facts.group = (start as u32, (start + length) as u32);
                }
            }
            start += length;
        }
    }
}

fn facts(reference: &Reference, day: &DayTables<'_>, number: u32, line: &ServiceLine) -> LineFacts {
    let id = line.code.and_then(|code| reference.code_id(code));
    let mut gaps = day.gaps;
    if day.excerpts != 0 {
        for table in TABLES {
            let published = day.published(table);
            if day.excerpts & table_bit(published) != 0 && day.gap(table, id).is_some() {
                gaps |= table_bit(published);
            }
        }
    }
    let date = day.date;
    LineFacts {
        id,
        day: number,
        date,
        provider: line.provider.map_or(0, |provider| provider.number()),
        gaps,
        fee: id.zip(day.fee_schedule.ok()).and_then(|(id, loaded)| {
            let rows = &loaded.table.indicators;
            rows.first(id).filter(|row| row.component == Component::Global)
        }),
        mue: id.zip(day.mue.ok()).and_then(|(id, loaded)| loaded.table.first(id)),
        pair_code: id.zip(day.pairs.ok()).and_then(|(id, loaded)| loaded.table.local(id)),
        is_add_on: id
            .zip(day.add_on.ok())
            .is_some_and(|(id, loaded)| loaded.table.rows(id).any(|edit| edit.in_force.contains(date))),
        modifiers: modifier_facts(day, &line.modifiers),
        spans_days: line.dates.first() != line.dates.last(),
        group: (0, 0),
    }
}

fn modifier_facts(day: &DayTables<'_>, modifiers: &Modifiers) -> ModifierFacts {
    let mut found = ModifierFacts::default();
    let Ok(loaded) = day.modifiers else {
        return found;
    };
    for modifier in modifiers.iter() {
        let row = modifier_row(&loaded.table, modifier, day.date);
        found.unknown |= row.is_none();
        if row.is_some_and(|row| row.flags.has(ModifierFlag::Ncci)) {
            found.ncci = true;
            found.ncci_other_than_distinct |= !DISTINCT.contains(&modifier);
        }
    }
    found
}

/// A claim with what the tables say of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resolved<'a> {
    claim: &'a Claim,
    reference: &'a Reference,
    days: &'a [DayTables<'a>],
    lines: &'a [LineFacts],
    order: &'a [u32],
}

impl<'a> Resolved<'a> {
    pub(crate) fn lines(&'a self) -> impl Iterator<Item = Line<'a>> {
        let positions = 0..self.lines.len();
        positions.filter_map(|position| self.line(position))
    }

    pub(crate) fn line(&'a self, position: usize) -> Option<Line<'a>> {
        Some(Line {
            resolved: self,
            line: self.claim.lines().get(position)?,
            facts: self.lines.get(position)?,
            position: position as u32,
        })
    }

    /// The provider-days of the claim: each a run of lines by code.
    pub(crate) fn days(&'a self) -> impl Iterator<Item = &'a [u32]> {
        let mut rest = self.order;
        std::iter::from_fn(move || {
            let facts = self.lines.get(*rest.first()? as usize)?;
            let (start, end) = facts.group;
            let (day, after) = rest.split_at_checked((end - start) as usize)?;
            rest = after;
            Some(day)
        })
    }
}

/// One line of a claim, with what the tables say of it on its date.
///
/// A line over several days is evaluated by its first.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    resolved: &'a Resolved<'a>,
    line: &'a ServiceLine,
    facts: &'a LineFacts,
    position: u32,
}

impl<'a> Line<'a> {
    pub(crate) fn facts(&self) -> &'a LineFacts {
        self.facts
    }

    /// The line as it was given.
    #[must_use]
    pub fn given(&self) -> &'a ServiceLine {
        self.line
    }

    /// The claim that it stands in.
    #[must_use]
    pub fn claim(&self) -> &'a Claim {
        self.resolved.claim
    }

    /// Its position in the claim, from 0.
    #[must_use]
    pub fn position(&self) -> usize {
        self.position as usize
    }

    /// The procedure.
    #[must_use]
    pub fn code(&self) -> Option<ProcedureCode> {
        self.line.code
    }

    /// The date of service.
    #[must_use]
    pub fn date(&self) -> ServiceDate {
        self.facts.date
    }

    /// The modifiers.
    #[must_use]
    pub fn modifiers(&self) -> Modifiers {
        self.line.modifiers
    }

    /// Whether the line carries a modifier.
    #[must_use]
    pub fn has(&self, modifier: Modifier) -> bool {
        self.line.modifiers.contains(modifier)
    }

    /// Whether the line carries one of several modifiers.
    #[must_use]
    pub fn has_any(&self, modifiers: &[Modifier]) -> bool {
        self.line.modifiers.iter().any(|modifier| modifiers.contains(&modifier))
    }

    /// The units.
    #[must_use]
    pub fn units(&self) -> Units {
        self.line.units
    }

    /// The site of service; none on an institutional line.
    #[must_use]
    pub fn site(&self) -> Option<SiteOfService> {
        self.line.site
    }

    /// Who bills.
    #[must_use]
    pub fn biller(&self) -> Option<Biller> {
        match self.resolved.claim.form() {
            ClaimForm::Professional { biller } => Some(*biller),
            _ => None,
        }
    }

    /// The fee schedule's row of the whole code; none where it does not list the code.
    #[must_use]
    pub fn fee(&self) -> Option<PolicyIndicators> {
        self.facts.fee
    }

    /// The fee schedule's row of the component that the line bills (26, TC or 53), where the file has that row, else the
    /// row of the whole code.
    #[must_use]
    pub fn fee_of_component(&self) -> Option<PolicyIndicators> {
        let rows = &self.tables()?.fee_schedule.ok()?.table.indicators;
        let id = self.facts.id?;
        rows.rows(id)
            .filter(|row| row.component.modifier().is_some_and(|modifier| self.has(modifier)))
            .last()
            .or(self.facts.fee)
    }

    /// The code's MUE; none where the table has none.
    #[must_use]
    pub fn mue(&self) -> Option<Mue> {
        self.facts.mue
    }

    /// Whether the add-on table has the code as an add-on on the date.
    #[must_use]
    pub fn is_add_on(&self) -> bool {
        self.facts.is_add_on
    }

    /// The add-on edits of the code that are in force on the date.
    pub fn add_on_edits(&self) -> impl Iterator<Item = AddOnEdit> + 'a {
        let (facts, tables) = (self.facts, self.tables());
        facts
            .id
            .zip(tables.and_then(|tables| tables.add_on.ok()))
            .into_iter()
            .flat_map(|(id, loaded)| loaded.table.rows(id))
            .filter(|edit| edit.in_force.contains(facts.date))
    }

    /// Whether the line bills the primary that an add-on edit names.
    #[must_use]
    pub fn is_primary_of(&self, edit: &AddOnEdit) -> bool {
        edit.primary.is_some() && edit.primary == self.facts.id
    }

    /// What the ASC addenda say of the code.
    pub fn asc_entries(&self) -> impl Iterator<Item = AscEntry> + 'a {
        let tables = self.tables();
        self.facts
            .id
            .zip(tables.and_then(|tables| tables.asc.ok()))
            .into_iter()
            .flat_map(|(id, loaded)| loaded.table.rows(id))
    }

    /// Whether the modifier table has a modifier on the date.
    #[must_use]
    pub fn knows_modifier(&self, modifier: Modifier) -> bool {
        self.tables()
            .and_then(|tables| tables.modifiers.ok())
            .is_some_and(|loaded| modifier_row(&loaded.table, modifier, self.date()).is_some())
    }

    /// Whether the line carries a modifier that the modifier table does not have on the date.
    #[must_use]
    pub fn has_unknown_modifier(&self) -> bool {
        self.facts.modifiers.unknown
    }

    /// Why a table does not answer for this line.
    #[must_use]
    pub fn gap(&self, table: Table) -> Option<Gap> {
        self.tables().and_then(|tables| tables.gap(table, self.facts.id))
    }

    /// The lines of the same provider and day, this one among them. None for a line over several days.
    pub fn day(&self) -> impl Iterator<Item = Line<'a>> {
        let resolved = self.resolved;
        let (start, end) = self.facts.group;
        let positions = resolved.order.get(start as usize..end as usize).unwrap_or_default();
        positions.iter().filter_map(|&at| resolved.line(at as usize))
    }

    /// The published table behind a practitioner's table, in this claim's setting.
    pub(crate) fn published(&self, table: Table) -> Table {
        self.tables().map_or(table, |tables| tables.published(table))
    }

    fn tables(&self) -> Option<&'a DayTables<'a>> {
        self.resolved.days.get(self.facts.day as usize)
    }

    pub(crate) fn reference(&self) -> &'a Reference {
        self.resolved.reference
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
    #[inline]
    pub(crate) fn between(one: Line<'a>, two: Line<'a>, mut visit: impl FnMut(&Pair<'a>)) {
        let (Some(a), Some(b)) = (one.facts.pair_code, two.facts.pair_code) else {
            return;
        };
        let Some(Ok(pairs)) = one.tables().map(|tables| tables.pairs) else {
            return;
        };
        for edit in pairs.table.edits(a, b) {
            if edit.in_force.contains(one.facts.date) {
                let (column1, column2) = if edit.reversed { (two, one) } else { (one, two) };
                visit(&Pair { column1, column2, edit });
            }
        }
    }

    /// Whether an NCCI-associated modifier on either line sets an edit of indicator 1 aside. For dates before 2019-07-01
    /// the modifiers 59 and X{EPSU} count on the column 2 line only.
    #[must_use]
    pub fn has_bypassing_modifier(&self) -> bool {
        let one = self.column1.facts.modifiers;
        let on_column1 = if self.column1.date() < EITHER_COLUMN {
            one.ncci_other_than_distinct
        } else {
            one.ncci
        };
        on_column1 || self.column2.facts.modifiers.ncci
    }
}

/// The lines of one code, provider and day.
#[derive(Clone, Copy, Debug)]
pub struct CodeDay<'a> {
    pub(crate) resolved: &'a Resolved<'a>,
    pub(crate) positions: &'a [u32],
}

impl<'a> CodeDay<'a> {
    /// The lines; never none.
    pub fn lines(&self) -> impl Iterator<Item = Line<'a>> + use<'a> {
        let resolved = self.resolved;
        self.positions.iter().filter_map(|&at| resolved.line(at as usize))
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
