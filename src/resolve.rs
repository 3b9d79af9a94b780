//! A claim against the tables in force: facts looked up once, so that rules only compare.

use crate::claim::{Biller, Claim, ClaimForm, ServiceLine};
use crate::model::{DateRange, Modifier, Modifiers, ProcedureCode, ServiceDate, SiteOfService, Units};
use crate::modifier;
use crate::reference::{
    AddOnEdit, AscEntry, CodeId, Component, FeeTable, Gap, ModifierFlag, Mue, PairEdit, PolicyIndicators, Reference,
    Setting, Stale, Table,
};
use crate::reference::{CodeRows, Loaded, ModifierConflictRow, ModifierRow, OutpatientEntry, PairIndex, modifier_row};

mod outpatient;

pub use self::outpatient::{SetAside, WholeClaim};

pub(crate) use self::outpatient::Unseen;

use self::outpatient::OutpatientFacts;

/// A bit a table.
pub(crate) const fn table_bit(table: Table) -> u32 {
    1 << table as u8
}

type InForce<'r, T> = Result<&'r Loaded<T>, Gap>;

/// The tables that answer for every date of one run of days: between two days on which some release begins or ends.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Era<'r> {
    days: DateRange,
    fee_schedule: InForce<'r, FeeTable>,
    pairs: InForce<'r, PairIndex>,
    mue: InForce<'r, CodeRows<Mue>>,
    add_on: InForce<'r, CodeRows<AddOnEdit>>,
    asc: InForce<'r, CodeRows<AscEntry>>,
    modifiers: InForce<'r, CodeRows<ModifierRow>>,
    conflicts: InForce<'r, CodeRows<ModifierConflictRow>>,
    outpatient_codes: InForce<'r, CodeRows<OutpatientEntry>>,
    setting: Setting,
    /// The tables that do not answer for the date at all.
    gaps: u32,
    /// The tables that answer for some codes only.
    excerpts: u32,
}

impl<'r> Era<'r> {
    fn new(reference: &'r Reference, setting: Setting, date: ServiceDate, stale: Stale) -> Self {
        let mut era = Self {
            days: reference.era(date),
            fee_schedule: reference.fee_schedule.on(date, stale),
            pairs: reference.pair_table(setting).on(date, stale),
            mue: reference.mue_table(setting).on(date, stale),
            add_on: reference.add_on.on(date, stale),
            asc: reference.asc.on(date, stale),
            modifiers: reference.modifiers.on(date, stale),
            conflicts: reference.modifier_conflicts.on(date, stale),
            outpatient_codes: reference.outpatient_codes.on(date, stale),
            setting,
            gaps: 0,
            excerpts: 0,
        };
        for &table in tables_of(setting) {
            let bit = table_bit(table);
            match era.coverage(table) {
                Err(_) => era.gaps |= bit,
                Ok(true) => era.excerpts |= bit,
                Ok(false) => {}
            }
        }
        era
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
            Table::ModifierConflicts => excerpt(self.conflicts),
            Table::OutpatientCodes => excerpt(self.outpatient_codes),
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
            Table::ModifierConflicts => self.conflicts.err(),
            Table::OutpatientCodes => gap(self.outpatient_codes, code),
            _ => Some(Gap::NotLoaded(table)),
        }
    }
}

/// The tables that facts are looked up in.
const fn tables_of(setting: Setting) -> &'static [Table] {
    match setting {
        Setting::OutpatientHospital => &[
            Table::OutpatientCodes,
            Table::HospitalPairs,
            Table::HospitalMue,
            Table::Modifiers,
            Table::ModifierConflicts,
        ],
        Setting::Practitioner | Setting::DmeSupplier => &[
            Table::FeeSchedule,
            Table::PractitionerPairs,
            Table::PractitionerMue,
            Table::AddOn,
            Table::Asc,
            Table::Modifiers,
        ],
    }
}

/// The tables that answer for a line's own date on every claim. The others answer for the first day of an institutional
/// claim, which the outpatient editor takes as a whole by one version.
const BY_DATE_OF_LINE: [Table; 2] = [Table::PractitionerMue, Table::HospitalMue];
const BY_DATE_OF_LINE_BITS: u32 = table_bit(Table::PractitionerMue) | table_bit(Table::HospitalMue);

/// What the tables say of one line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineFacts {
    id: Option<CodeId>,
    /// The tables in force on `as_of`, and on the line's own date.
    era: u32,
    era_of_line: u32,
    /// The line's date; of an institutional claim its first day.
    as_of: ServiceDate,
    date: ServiceDate,
    /// Day, provider and code in one number, in this order.
    key: u128,
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
    /// Those met so far, whatever the claim: there are as many as releases begin and end.
    eras: Vec<Era<'r>>,
    lines: Vec<LineFacts>,
    order: Vec<(u128, u32)>,
    outpatient: OutpatientFacts,
}

impl<'r> Buffers<'r> {
    /// Looks up every line of a claim. The buffers serve one reference and one choice of stale tables.
    pub(crate) fn resolve<'a>(&'a mut self, reference: &'r Reference, claim: &'a Claim, stale: Stale) -> Resolved<'a>
    where
        'r: 'a,
    {
        self.lines.clear();
        self.order.clear();
        self.outpatient.clear();
        let (setting, first_day) = match claim.form() {
            ClaimForm::Institutional(form) => (Setting::OutpatientHospital, Some(form.dates.first())),
            _ => (Setting::Practitioner, None),
        };
        let mut last = 0;
        for line in claim.lines() {
            let as_of = first_day.unwrap_or(line.date());
            last = self.era(last, reference, setting, as_of, stale);
            let of_line = self.era(last, reference, setting, line.date(), stale);
            let (Some(era), Some(era_of_line)) = (self.eras.get(last), self.eras.get(of_line)) else {
                continue;
            };
            let mut facts = facts(reference, era, era_of_line, as_of, line);
            (facts.era, facts.era_of_line) = (last as u32, of_line as u32);
            if first_day.is_some() {
                self.outpatient.take(line, &facts, era);
            }
            self.lines.push(facts);
        }
        self.group();
        self.outpatient.set_aside(claim, &self.lines, &self.order);
        Resolved {
            claim,
            reference,
            eras: &self.eras,
            lines: &self.lines,
            order: &self.order,
            outpatient: &self.outpatient,
        }
    }

    /// The place of the era of a date; `last` is where the line before was found, and nearly always holds again.
    #[inline]
    fn era(
        &mut self,
        last: usize,
        reference: &'r Reference,
        setting: Setting,
        date: ServiceDate,
        stale: Stale,
    ) -> usize {
        let holds = |era: &Era<'_>| era.days.contains(date) && era.setting == setting;
        if self.eras.get(last).is_some_and(holds) {
            return last;
        }
        self.eras.iter().position(holds).unwrap_or_else(|| {
            self.eras.push(Era::new(reference, setting, date, stale));
            self.eras.len() - 1
        })
    }

    /// Orders the lines by day, provider and code, and notes for each its provider-day.
    fn group(&mut self) {
        let (lines, order) = (&mut self.lines, &mut self.order);
        order.extend(
            (0..)
                .zip(lines.iter())
                .filter(|(_, facts)| !facts.spans_days)
                .map(|(at, facts)| (facts.key, at)),
        );
        order.sort_unstable();
        let mut start = 0;
        for day in order.chunk_by(|(one, _), (two, _)| same_provider_day(*one, *two)) {
            let group = (start, start + day.len() as u32);
            for &(_, at) in day {
                if let Some(facts) = lines.get_mut(at as usize) {
                    facts.group = group;
                }
            }
            start = group.1;
        }
    }
}

const CODE_BITS: u32 = 40;
const PROVIDER_BITS: u32 = 64;

/// A number that orders lines by day, then provider, then code. The lines of an institutional claim are one provider's.
fn key(line: &ServiceLine, setting: Setting) -> u128 {
    let code = line.code.map_or([0; 5], ProcedureCode::as_bytes);
    let code = code.into_iter().fold(0, |all, byte| all << 8 | u128::from(byte));
    let provider = match setting {
        Setting::OutpatientHospital => 0,
        _ => u128::from(line.provider.map_or(0, |provider| provider.number())),
    };
    let day = u128::from(line.date().day_number());
    (day << PROVIDER_BITS | provider) << CODE_BITS | code
}

fn same_provider_day(one: u128, two: u128) -> bool {
    one >> CODE_BITS == two >> CODE_BITS
}

fn facts(
    reference: &Reference,
    era: &Era<'_>,
    era_of_line: &Era<'_>,
    as_of: ServiceDate,
    line: &ServiceLine,
) -> LineFacts {
    let id = line.code.and_then(|code| reference.code_id(code));
    let setting = era.setting;
    let mut gaps = era.gaps & !BY_DATE_OF_LINE_BITS | era_of_line.gaps & BY_DATE_OF_LINE_BITS;
    if (era.excerpts | era_of_line.excerpts) != 0 && line.code.is_some() {
        for &table in tables_of(setting) {
            let era = if BY_DATE_OF_LINE.contains(&table) {
                era_of_line
            } else {
                era
            };
            if era.excerpts & table_bit(table) != 0 && era.gap(table, id).is_some() {
                gaps |= table_bit(table);
            }
        }
    }
    let professional = setting != Setting::OutpatientHospital;
    LineFacts {
        id,
        era: 0,
        era_of_line: 0,
        as_of,
        date: line.date(),
        key: key(line, setting),
        gaps,
        fee: id
            .filter(|_| professional)
            .zip(era.fee_schedule.ok())
            .and_then(|(id, loaded)| {
                let rows = &loaded.table.indicators;
                rows.first(id).filter(|row| row.component == Component::Global)
            }),
        mue: id
            .zip(era_of_line.mue.ok())
            .and_then(|(id, loaded)| loaded.table.first(id)),
        pair_code: id.zip(era.pairs.ok()).and_then(|(id, loaded)| loaded.table.local(id)),
        is_add_on: id
            .filter(|_| professional)
            .zip(era.add_on.ok())
            .is_some_and(|(id, loaded)| loaded.table.rows(id).any(|edit| edit.in_force.contains(as_of))),
        modifiers: modifier_facts(era, as_of, &line.modifiers),
        spans_days: line.dates.first() != line.dates.last(),
        group: (0, 0),
    }
}

fn modifier_facts(era: &Era<'_>, date: ServiceDate, modifiers: &Modifiers) -> ModifierFacts {
    let mut found = ModifierFacts::default();
    let Ok(loaded) = era.modifiers else {
        return found;
    };
    for modifier in modifiers.iter() {
        let row = modifier_row(&loaded.table, modifier, date);
        found.unknown |= row.is_none();
        if row.is_some_and(is_ncci) {
            found.ncci = true;
            found.ncci_other_than_distinct |= !DISTINCT.contains(&modifier);
        }
    }
    found
}

fn is_ncci(row: ModifierRow) -> bool {
    row.flags.has(ModifierFlag::Ncci)
}

/// A claim with what the tables say of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resolved<'a> {
    claim: &'a Claim,
    reference: &'a Reference,
    eras: &'a [Era<'a>],
    lines: &'a [LineFacts],
    order: &'a [(u128, u32)],
    outpatient: &'a OutpatientFacts,
}

impl<'a> Resolved<'a> {
    pub(crate) fn lines(&'a self) -> impl Iterator<Item = Line<'a>> + use<'a> {
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

    /// The claim as a whole.
    pub(crate) fn whole(&'a self) -> WholeClaim<'a> {
        WholeClaim::new(self)
    }

    /// The provider-days of the claim.
    pub(crate) fn days(&'a self) -> impl Iterator<Item = Day<'a>> {
        self.order
            .chunk_by(|(one, _), (two, _)| same_provider_day(*one, *two))
            .map(|lines| Day { resolved: self, lines })
    }
}

/// The lines of one provider and day, by code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Day<'a> {
    resolved: &'a Resolved<'a>,
    lines: &'a [(u128, u32)],
}

impl<'a> Day<'a> {
    /// Calls `visit` for every two lines.
    #[inline]
    pub(crate) fn two_lines(&self, mut visit: impl FnMut(Line<'a>, Line<'a>)) {
        let mut rest = self.lines;
        while let Some((&(_, one), after)) = rest.split_first() {
            rest = after;
            let Some(one) = self.resolved.line(one as usize) else {
                continue;
            };
            for &(_, two) in after {
                if let Some(two) = self.resolved.line(two as usize) {
                    visit(one, two);
                }
            }
        }
    }

    /// The lines of each code.
    pub(crate) fn codes(&self) -> impl Iterator<Item = CodeDay<'a>> + use<'a> {
        let resolved = self.resolved;
        self.lines
            .chunk_by(|(one, _), (two, _)| one == two)
            .map(move |lines| CodeDay { resolved, lines })
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

    /// The procedure that an add-on edit names as primary; none where the contractor says which.
    #[must_use]
    pub fn primary(&self, edit: &AddOnEdit) -> Option<ProcedureCode> {
        edit.primary.and_then(|id| self.reference().code(id))
    }

    /// Whether the line bills the primary that an add-on edit names.
    #[must_use]
    pub fn is_primary_of(&self, edit: &AddOnEdit) -> bool {
        edit.primary.is_some() && edit.primary == self.facts.id
    }

    /// Whether a table has any row of the code, whatever its component and its dates; of the add-on table, a row of the
    /// code as an add-on. False where the table does not answer, and for tables that are not read line by line.
    #[must_use]
    pub fn is_listed(&self, table: Table) -> bool {
        let Some((id, tables)) = self.facts.id.zip(self.tables()) else {
            return false;
        };
        match table {
            Table::FeeSchedule => tables.fee_schedule.is_ok_and(|loaded| loaded.table.indicators.has(id)),
            Table::PractitionerPairs | Table::HospitalPairs => self.facts.pair_code.is_some(),
            Table::PractitionerMue | Table::HospitalMue => self.facts.mue.is_some(),
            Table::AddOn => tables.add_on.is_ok_and(|loaded| loaded.table.has(id)),
            Table::Asc => tables.asc.is_ok_and(|loaded| loaded.table.has(id)),
            _ => false,
        }
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

    /// The NCCI-associated modifiers that the line carries.
    fn ncci_modifiers(&self) -> impl Iterator<Item = Modifier> + use<'a> {
        let date = self.facts.as_of;
        let table = self.tables().and_then(|tables| tables.modifiers.ok());
        let modifiers = self.line.modifiers.iter();
        modifiers.filter(move |&modifier| {
            table.is_some_and(|loaded| modifier_row(&loaded.table, modifier, date).is_some_and(is_ncci))
        })
    }

    /// Whether the modifier table has a modifier on the date.
    #[must_use]
    pub fn knows_modifier(&self, modifier: Modifier) -> bool {
        self.tables()
            .and_then(|tables| tables.modifiers.ok())
            .is_some_and(|loaded| modifier_row(&loaded.table, modifier, self.facts.as_of).is_some())
    }

    /// Whether the line carries a modifier that the modifier table does not have on the date.
    #[must_use]
    pub fn has_unknown_modifier(&self) -> bool {
        self.facts.modifiers.unknown
    }

    /// Why a table does not answer for this line.
    #[must_use]
    pub fn gap(&self, table: Table) -> Option<Gap> {
        self.era_for(table).and_then(|era| era.gap(table, self.facts.id))
    }

    /// The lines of the same provider and day, this one among them. None for a line over several days.
    pub fn day(&self) -> impl Iterator<Item = Line<'a>> {
        let resolved = self.resolved;
        let (start, end) = self.facts.group;
        let positions = resolved.order.get(start as usize..end as usize).unwrap_or_default();
        positions.iter().filter_map(|&(_, at)| resolved.line(at as usize))
    }

    /// The lines over several days, of the same provider, that cover this line's date. [`day`](Self::day) has none of
    /// them: what was done on which of their days is not known.
    pub fn lines_over_days(&self) -> impl Iterator<Item = Line<'a>> {
        let (date, provider) = (self.facts.date, self.line.provider);
        self.resolved.lines().filter(move |other| {
            other.facts.spans_days && other.line.provider == provider && other.line.dates.contains(date)
        })
    }

    /// The date for which a table answers: the line's own, or the first day of an institutional claim.
    pub(crate) fn as_of(&self, table: Table) -> ServiceDate {
        if BY_DATE_OF_LINE.contains(&table) {
            self.facts.date
        } else {
            self.facts.as_of
        }
    }

    fn era_for(&self, table: Table) -> Option<&'a Era<'a>> {
        let era = if BY_DATE_OF_LINE.contains(&table) {
            self.facts.era_of_line
        } else {
            self.facts.era
        };
        self.resolved.eras.get(era as usize)
    }

    fn tables(&self) -> Option<&'a Era<'a>> {
        self.resolved.eras.get(self.facts.era as usize)
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
            if edit.in_force.contains(one.facts.as_of) {
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
        let on_column1 = if self.column1.facts.as_of < EITHER_COLUMN {
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
        let only_column2 = self.column1.facts.as_of < EITHER_COLUMN;
        let on_column1 = |modifier: &Modifier| !(only_column2 && DISTINCT.contains(modifier));
        let column2 = self.column2.ncci_modifiers().next();
        column2.or_else(|| self.column1.ncci_modifiers().find(on_column1))
    }
}

/// The lines of one code, provider and day.
#[derive(Clone, Copy, Debug)]
pub struct CodeDay<'a> {
    resolved: &'a Resolved<'a>,
    lines: &'a [(u128, u32)],
}

impl<'a> CodeDay<'a> {
    /// The lines; never none.
    pub fn lines(&self) -> impl Iterator<Item = Line<'a>> + use<'a> {
        let resolved = self.resolved;
        self.lines.iter().filter_map(|&(_, at)| resolved.line(at as usize))
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
