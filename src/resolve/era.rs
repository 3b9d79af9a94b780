//! The tables that answer for a run of days, and what they say of a code.

use crate::model::{DateRange, Modifier, ProcedureCode, ServiceDate};
use crate::modifier;
use crate::reference::{
    AddOnEdit, AscEntry, CodeId, CodeRows, Component, FeeTable, Gap, Loaded, ModifierConflictRow, ModifierFlag,
    ModifierRow, Mue, OutpatientEntry, PairIndex, PolicyIndicators, Reference, Setting, Stale, Table, modifier_row,
};

/// A bit a table.
pub(crate) const fn table_bit(table: Table) -> u32 {
    1 << table as u8
}

type InForce<'r, T> = Result<&'r Loaded<T>, Gap>;

/// The tables that answer for every date of a run of days: between two days on which some release or row begins or ends.
#[derive(Clone, Debug)]
pub(super) struct Era<'r> {
    pub(super) days: DateRange,
    pub(super) setting: Setting,
    reference: &'r Reference,
    pub(super) fee_schedule: InForce<'r, FeeTable>,
    pub(super) pairs: InForce<'r, PairIndex>,
    mue: InForce<'r, CodeRows<Mue>>,
    pub(super) add_on: InForce<'r, CodeRows<AddOnEdit>>,
    pub(super) asc: InForce<'r, CodeRows<AscEntry>>,
    pub(super) modifiers: InForce<'r, CodeRows<ModifierRow>>,
    pub(super) conflicts: InForce<'r, CodeRows<ModifierConflictRow>>,
    pub(super) outpatient_codes: InForce<'r, CodeRows<OutpatientEntry>>,
    /// The tables that do not answer for the date at all.
    gaps: u32,
    /// The tables that answer for some codes only.
    excerpts: u32,
    /// What was found for each code so far, by its number; empty where nothing is kept.
    codes: Vec<Option<CodeFacts>>,
    /// The same for each modifier.
    modifier_facts: Vec<Option<ModifierFacts>>,
}

/// What the tables of an era say of a code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CodeFacts {
    /// The tables that do not answer for the code.
    pub(crate) gaps: u32,
    pub(crate) mue: Option<Mue>,
    pub(super) pair_code: Option<u16>,
    pub(crate) fee: Option<PolicyIndicators>,
    /// Whether a row of the fee schedule, of whatever component, says NA for some site.
    pub(crate) has_na: bool,
    pub(crate) is_add_on: bool,
}

/// What the modifier table of an era says of a modifier, or of several together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ModifierFacts {
    /// One that is NCCI-associated.
    pub(super) ncci: bool,
    /// One that is NCCI-associated and none of 59, XE, XP, XS and XU.
    pub(super) ncci_other_than_distinct: bool,
    /// One that the table does not list.
    pub(crate) unknown: bool,
    /// One that began inside a quarter, on a day that its row states.
    pub(crate) dated: bool,
}

impl ModifierFacts {
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            ncci: self.ncci | other.ncci,
            ncci_other_than_distinct: self.ncci_other_than_distinct | other.ncci_other_than_distinct,
            unknown: self.unknown | other.unknown,
            dated: self.dated | other.dated,
        }
    }
}

/// 59 and its four narrower forms.
pub(super) const DISTINCT: [Modifier; 5] = [
    modifier!("59"),
    modifier!("XE"),
    modifier!("XP"),
    modifier!("XS"),
    modifier!("XU"),
];

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

/// The tables, a bit each, that answer for a line's own date on every claim. The others answer for the first day of an
/// institutional claim, which the outpatient editor takes as a whole by one version.
pub(super) const BY_DATE_OF_LINE: u32 = table_bit(Table::PractitionerMue) | table_bit(Table::HospitalMue);

impl<'r> Era<'r> {
    /// The era of a date. `keep` makes it remember what it finds for each code, for whoever evaluates many claims.
    pub(super) fn new(reference: &'r Reference, setting: Setting, date: ServiceDate, stale: Stale, keep: bool) -> Self {
        let kept = |count: usize| if keep { count } else { 0 };
        // A hospital's claims have an era for each version of the editor: what would be kept for each is larger than the
        // tables themselves, of which they need three.
        let keep_codes = setting == Setting::Practitioner;
        let mut era = Self {
            days: reference.era(date),
            setting,
            reference,
            fee_schedule: reference.fee_schedule.on(date, stale),
            pairs: reference.pair_table(setting).on(date, stale),
            mue: reference.mue_table(setting).on(date, stale),
            add_on: reference.add_on.on(date, stale),
            asc: reference.asc.on(date, stale),
            modifiers: reference.modifiers.on(date, stale),
            conflicts: reference.modifier_conflicts.on(date, stale),
            outpatient_codes: reference.outpatient_codes.on(date, stale),
            gaps: 0,
            excerpts: 0,
            codes: vec![None; if keep_codes { kept(reference.code_count()) } else { 0 }],
            modifier_facts: vec![None; kept(Modifier::COUNT)],
        };
        for &table in tables_of(setting) {
            let bit = table_bit(table);
            match era.is_excerpt(table) {
                Err(_) => era.gaps |= bit,
                Ok(true) => era.excerpts |= bit,
                Ok(false) => {}
            }
        }
        era
    }

    /// Whether a table is an excerpt; an error where it does not answer for the date.
    fn is_excerpt(&self, table: Table) -> Result<bool, Gap> {
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

    /// Why a table does not answer for a code in this era.
    pub(super) fn gap(&self, table: Table, code: Option<CodeId>) -> Option<Gap> {
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

    /// The number of a code, and what the tables say of it.
    #[inline]
    pub(super) fn code(&mut self, code: Option<ProcedureCode>) -> (Option<CodeId>, CodeFacts) {
        let id = code.and_then(|code| self.reference.code_id(code));
        let at = id.map_or(usize::MAX, CodeId::index);
        if let Some(Some(kept)) = self.codes.get(at) {
            return (id, *kept);
        }
        let mut found = self.look_up(id);
        if code.is_none() {
            // A line without a code lies outside no excerpt.
            found.gaps = self.gaps;
        }
        if let Some(place) = self.codes.get_mut(at) {
            *place = Some(found);
        }
        (id, found)
    }

    fn look_up(&self, id: Option<CodeId>) -> CodeFacts {
        let facts = CodeFacts {
            gaps: self.gaps_of(id),
            mue: id.zip(self.mue.ok()).and_then(|(id, loaded)| loaded.table.first(id)),
            pair_code: id.zip(self.pairs.ok()).and_then(|(id, loaded)| loaded.table.local(id)),
            fee: None,
            has_na: false,
            is_add_on: false,
        };
        match (self.setting, id) {
            (Setting::Practitioner, Some(id)) => self.with_practitioners_tables(id, facts),
            _ => facts,
        }
    }

    fn with_practitioners_tables(&self, id: CodeId, facts: CodeFacts) -> CodeFacts {
        let rows = self.fee_schedule.ok().map(|loaded| &loaded.table.indicators);
        let says_na = |row: PolicyIndicators| row.nonfacility_na || row.facility_na;
        let in_force = |edit: AddOnEdit| edit.in_force.contains(self.days.first());
        CodeFacts {
            fee: rows.and_then(|rows| rows.first(id).filter(|row| row.component == Component::Global)),
            has_na: rows.is_some_and(|rows| rows.rows(id).any(says_na)),
            is_add_on: self.add_on.is_ok_and(|loaded| loaded.table.rows(id).any(in_force)),
            ..facts
        }
    }

    fn gaps_of(&self, id: Option<CodeId>) -> u32 {
        let mut gaps = self.gaps;
        if self.excerpts != 0 {
            for &table in tables_of(self.setting) {
                let bit = table_bit(table);
                if self.excerpts & bit != 0 && self.gap(table, id).is_some() {
                    gaps |= bit;
                }
            }
        }
        gaps
    }

    /// What the modifier table says of a modifier.
    #[inline]
    pub(super) fn modifier(&mut self, modifier: Modifier) -> ModifierFacts {
        if let Some(Some(kept)) = self.modifier_facts.get(modifier.index()) {
            return *kept;
        }
        let found = self.look_up_modifier(modifier);
        if let Some(place) = self.modifier_facts.get_mut(modifier.index()) {
            *place = Some(found);
        }
        found
    }

    fn look_up_modifier(&self, modifier: Modifier) -> ModifierFacts {
        let Ok(loaded) = self.modifiers else {
            return ModifierFacts::default();
        };
        let row = modifier_row(&loaded.table, modifier, self.days.first());
        let ncci = row.is_some_and(|row| row.flags.has(ModifierFlag::Ncci));
        ModifierFacts {
            ncci,
            ncci_other_than_distinct: ncci && !DISTINCT.contains(&modifier),
            unknown: row.is_none(),
            dated: row.is_some_and(|row| row.activated.is_some()),
        }
    }
}
