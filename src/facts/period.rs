//! The tables that answer for a run of days, and the facts of each code in them.

use std::num::NonZeroU16;

use crate::kinds::{KindRanges, Known, ServiceKinds};
use crate::model::modifier_groups::DISTINCT;
use crate::model::{DateRange, Modifier, Modifiers, ProcedureCode, ServiceDate};
use crate::modifiers::{MedicareUse, ModifierEntry, ModifierForm, ModifierTable, StandsOn};
use crate::reference::{
    CodeId, Component, InForce, ModifierFlag, MueTable, OutpatientEntry, PairCode, PairIndex, PolicyIndicators,
    Reference, Setting, Stale, Table, TablesInForce, modifier_row,
};

use super::Called;
use super::code::{CodeFacts, CodeRules, Key, ModifierFacts, NO_ID, kind_bit, na_of, table_bit};
use super::code_cache::CodeCache;
use super::dispatch::Dispatch;

/// The tables that answer for every date of a run of days: between two days on which some release or row begins or ends.
#[derive(Clone, Debug)]
pub(super) struct Period<'r> {
    pub(super) days: DateRange,
    /// The number of the plan whose rules it triggers.
    pub(super) plan: u16,
    pub(super) setting: Setting,
    reference: &'r Reference,
    pub(super) tables: TablesInForce<'r>,
    modifier_table: &'r ModifierTable,
    /// The tables that do not answer for the date at all, of those that a rule needs.
    gaps: u32,
    /// The tables that answer for some codes only, of those that a rule needs.
    excerpts: u32,
    pub(super) codes: CodeCache,
    /// The sets of rules that codes trigger, each once: there are few, so they stay in the processor's cache.
    code_rules: Vec<CodeRules>,
    /// The outpatient editor's rows of the codes in the cache.
    entries: Vec<OutpatientEntry>,
    /// What was found for each modifier so far.
    modifiers: ModifierCache,
    /// The claim that it was last made ready for.
    claim: u64,
}

/// A power of two beyond every number of a modifier, so that a number needs no check where it is taken modulo this.
const MODIFIER_NUMBERS: usize = (Modifier::COUNT + 1).next_power_of_two();

/// The facts of the modifiers that were met, and where they are. Few modifiers are common, so their facts lie together.
#[derive(Clone, Debug)]
struct ModifierCache {
    /// For each number of a modifier the place of its facts.
    places: Box<[u16]>,
    /// What stands for a modifier that was not met, then no modifier, then those that were met.
    facts: Vec<ModifierFacts>,
}

impl ModifierCache {
    fn new() -> Self {
        let not_met = ModifierFacts {
            facts: ModifierFacts::NOT_MET,
            ..ModifierFacts::NONE
        };
        let mut places = vec![0; MODIFIER_NUMBERS].into_boxed_slice();
        if let Some(no_modifier) = places.first_mut() {
            *no_modifier = 1;
        }
        Self {
            places,
            facts: vec![not_met, ModifierFacts::NONE],
        }
    }

    /// The facts of a modifier, by its number in [`Modifiers::places`].
    #[inline(always)]
    fn at(&self, number: u16) -> ModifierFacts {
        let place = self.places.get(usize::from(number) % MODIFIER_NUMBERS);
        let facts = place.and_then(|&place| self.facts.get(usize::from(place)));
        facts.copied().unwrap_or(ModifierFacts::NONE)
    }

    fn insert(&mut self, number: u16, facts: ModifierFacts) {
        if let Some(place) = self.places.get_mut(usize::from(number)) {
            *place = self.facts.len() as u16;
            self.facts.push(facts);
        }
    }
}

/// The days round a date on which the tables, the kinds of service and the table of modifiers answer alike.
fn days_alike(reference: &Reference, modifiers: &ModifierTable, date: ServiceDate) -> DateRange {
    let periods = [
        reference.period(date),
        KindRanges::seed().period(date),
        modifiers.period(date),
    ];
    let first = periods.iter().map(|period| period.first()).max();
    let last = periods.iter().map(|period| period.last()).min();
    let days = first.zip(last).and_then(|(first, last)| DateRange::new(first, last));
    days.unwrap_or(DateRange::single(date))
}

/// The tables, a bit each, that answer for a line's own date on every claim. The others answer for the first day of an
/// institutional claim, which the outpatient editor takes as a whole by one version.
pub(super) const BY_DATE_OF_LINE: u32 = table_bit(Table::PractitionerMue) | table_bit(Table::HospitalMue);

impl<'r> Period<'r> {
    /// The period of a date, for the rules of one plan.
    // Seldom called, and not to weigh on the caller.
    #[cold]
    #[inline(never)]
    pub(super) fn new(
        (reference, modifier_table): (&'r Reference, &'r ModifierTable),
        called: Called<'_>,
        setting: Setting,
        date: ServiceDate,
        stale: Stale,
    ) -> Self {
        let mut period = Self {
            days: days_alike(reference, modifier_table, date),
            plan: called.plan,
            setting,
            reference,
            tables: reference.tables.on(date, stale),
            modifier_table,
            gaps: 0,
            excerpts: 0,
            codes: CodeCache::default(),
            code_rules: Vec::new(),
            entries: Vec::new(),
            modifiers: ModifierCache::new(),
            claim: 0,
        };
        // A gap in a table that no rule needs keeps no rule from being evaluated.
        for &table in Table::ALL.iter().filter(|&&table| called.calls.needs(table)) {
            let bit = table_bit(table);
            match period.tables.is_excerpt(table) {
                Err(_) => period.gaps |= bit,
                Ok(true) => period.excerpts |= bit,
                Ok(false) => {}
            }
        }
        period
    }

    /// Whether the facts of a line hold anything of a table: each setting has tables of its own.
    pub(super) fn reads(&self, table: Table) -> bool {
        match self.setting {
            Setting::OutpatientHospital => !matches!(
                table,
                Table::FeeSchedule | Table::AddOn | Table::Asc | Table::PractitionerPairs | Table::PractitionerMue
            ),
            Setting::Practitioner | Setting::DmeSupplier => !matches!(
                table,
                Table::OutpatientCodes | Table::HospitalPairs | Table::HospitalMue
            ),
        }
    }

    /// The PTP edits of the claim's setting.
    pub(super) fn pairs(&self) -> InForce<'r, PairIndex> {
        match self.setting {
            Setting::OutpatientHospital => self.tables.hospital_pairs,
            Setting::Practitioner | Setting::DmeSupplier => self.tables.practitioner_pairs,
        }
    }

    fn mue(&self) -> InForce<'r, MueTable> {
        match self.setting {
            Setting::OutpatientHospital => self.tables.hospital_mue,
            Setting::Practitioner => self.tables.practitioner_mue,
            Setting::DmeSupplier => self.tables.dme_mue,
        }
    }

    /// The kinds of service that a code is.
    fn kinds(&self, id: Option<CodeId>, fee_rows: &[PolicyIndicators]) -> ServiceKinds {
        let Some((id, code)) = id.and_then(|id| Some((id, self.reference.code(id)?))) else {
            return ServiceKinds::NONE;
        };
        let date = self.days.first();
        let editor = self.tables.outpatient_codes.ok();
        let mut rows = editor.into_iter().flat_map(|loaded| loaded.table.rows(id));
        let suppliers = self.tables.dme_mue.ok();
        let known = Known::by_number(code, date)
            .with_fee_schedule(fee_rows)
            .with_editor(rows.find(|row| row.in_force.contains(date)))
            .with_supplier_units(suppliers.is_some_and(|loaded| loaded.table.first(id).is_some()));
        known.kinds()
    }

    /// Whether a table has any row of a code.
    pub(super) fn is_listed(&self, table: Table, id: Option<CodeId>) -> bool {
        id.is_some_and(|id| self.tables.is_listed(table, id))
    }

    /// Makes room for the codes of a claim, so that their slots do not move while it is evaluated.
    #[inline]
    pub(super) fn make_ready(&mut self, claim: u64, lines: usize) {
        if self.claim != claim {
            self.claim = claim;
            self.codes.reserve(lines);
        }
    }

    /// The slot of a code's facts.
    #[inline]
    pub(super) fn code(&mut self, code: Option<ProcedureCode>, calls: &Dispatch) -> u32 {
        let key = Key::of(code);
        match self.codes.find(key) {
            Some(place) => place,
            None => self.meet(key, code, calls),
        }
    }

    #[cold]
    fn meet(&mut self, key: Key, code: Option<ProcedureCode>, calls: &Dispatch) -> u32 {
        let id = code.and_then(|code| self.reference.code_id(code));
        let key = match (code, id) {
            (Some(_), None) => Key::UNKNOWN,
            _ => key,
        };
        self.codes.find(key).unwrap_or_else(|| {
            let mut facts = self.look_up(key, id);
            let entry = id.and_then(|id| self.editors_row(id));
            let fee_rows: Vec<_> = self.fee_rows(id).collect();
            facts.kinds = self.kinds(id, &fee_rows);
            let code = code.filter(|_| key != Key::UNKNOWN);
            let rules = calls.of_code(&facts, &fee_rows, entry, code, &|table| self.is_listed(table, id));
            facts.rules = self.share(rules);
            self.entries.extend(entry);
            facts.entry = entry.and_then(|_| NonZeroU16::new(self.entries.len() as u16));
            self.codes.insert(facts)
        })
    }

    /// The index of two sets among those of the period.
    fn share(&mut self, rules: CodeRules) -> u16 {
        let known = self.code_rules.iter().position(|known| *known == rules);
        let index = known.unwrap_or_else(|| {
            self.code_rules.push(rules);
            self.code_rules.len() - 1
        });
        // A reference has fewer codes than an index has values.
        u16::try_from(index).unwrap_or(u16::MAX)
    }

    /// The sets of rules that a code triggers.
    #[inline(always)]
    pub(super) fn rules_of(&self, code: &CodeFacts) -> CodeRules {
        const NONE: CodeRules = CodeRules { calls: 0, allows: 0 };
        self.code_rules.get(usize::from(code.rules)).copied().unwrap_or(NONE)
    }

    fn look_up(&self, key: Key, id: Option<CodeId>) -> CodeFacts {
        let pairs = id.zip(self.pairs().ok());
        let pair_code = pairs.map_or(PairCode::NONE, |(id, loaded)| loaded.table.local(id));
        let facts = CodeFacts {
            key,
            id: id.map_or(NO_ID, |id| id.0),
            pair_number: pair_code.number,
            pair_groups: pair_code.groups,
            // A line without a code lies outside no excerpt.
            gaps: if key == Key::NO_CODE {
                self.gaps
            } else {
                self.gaps_of(id)
            },
            mue: id.zip(self.mue().ok()).and_then(|(id, loaded)| loaded.table.first(id)),
            ..CodeFacts::NOTHING
        };
        let mut facts = match (self.setting, id) {
            (Setting::Practitioner, Some(id)) => self.with_practitioners_tables(id, facts),
            _ => facts,
        };
        if facts.gaps & table_bit(Table::FeeSchedule) != 0 {
            facts.na = u8::MAX;
        }
        facts
    }

    /// The outpatient editor's row of a code.
    fn editors_row(&self, id: CodeId) -> Option<OutpatientEntry> {
        if self.setting != Setting::OutpatientHospital {
            return None;
        }
        let mut rows = self.tables.outpatient_codes.ok()?.table.rows(id);
        rows.find(|row| row.in_force.contains(self.days.first()))
    }

    /// The editor's row of a code already in the cache.
    pub(super) fn entry(&self, code: &CodeFacts) -> Option<&OutpatientEntry> {
        self.entries.get(usize::from(code.entry?.get()) - 1)
    }

    fn with_practitioners_tables(&self, id: CodeId, facts: CodeFacts) -> CodeFacts {
        let edits = self
            .tables
            .add_on
            .ok()
            .into_iter()
            .flat_map(|loaded| loaded.table.rows(id));
        let in_force = edits.filter(|edit| edit.in_force.contains(self.days.first()));
        let rows = || self.fee_rows(Some(id));
        CodeFacts {
            // The first row is that of the whole code, if there is one; a few codes have a professional component only.
            fee: rows().next(),
            has_component_rows: rows().any(|row| row.component != Component::Global),
            na: rows().fold(0, |all, row| all | na_of(row)),
            add_on: in_force.fold(0, |all, edit| all | kind_bit(edit.kind)),
            ..facts
        }
    }

    /// The fee schedule's rows of a code, one a component; of a hospital's code none.
    fn fee_rows(&self, id: Option<CodeId>) -> impl Iterator<Item = PolicyIndicators> {
        let is_practitioners = self.setting == Setting::Practitioner;
        let rows = self.tables.fee_schedule.ok().map(|loaded| &loaded.table.indicators);
        let found = id.zip(rows).filter(|_| is_practitioners);
        found.into_iter().flat_map(|(id, rows)| rows.rows(id))
    }

    fn gaps_of(&self, id: Option<CodeId>) -> u32 {
        let mut gaps = self.gaps;
        if self.excerpts != 0 {
            for &table in Table::ALL {
                let bit = table_bit(table);
                if self.excerpts & bit != 0 && self.tables.gap(table, id).is_some() {
                    gaps |= bit;
                }
            }
        }
        gaps
    }

    /// The modifier table's facts of a line's modifiers together.
    #[inline(always)]
    pub(super) fn modifiers(&mut self, modifiers: Modifiers, calls: &Dispatch) -> ModifierFacts {
        let facts = self.met_modifiers(modifiers);
        if facts.has(ModifierFacts::NOT_MET) {
            return self.meet_modifiers(modifiers, calls);
        }
        facts
    }

    /// The same for modifiers that are all in the cache.
    #[inline(always)]
    pub(super) fn met_modifiers(&self, modifiers: Modifiers) -> ModifierFacts {
        let [first, second, third, fourth] = modifiers.places();
        let facts = self.modifiers.at(first).and(self.modifiers.at(second));
        // Seldom are there more than two, and how many there are is hard to foresee.
        if third == 0 {
            return facts;
        }
        facts.and(self.modifiers.at(third)).and(self.modifiers.at(fourth))
    }

    #[cold]
    fn meet_modifiers(&mut self, modifiers: Modifiers, calls: &Dispatch) -> ModifierFacts {
        let mut all = ModifierFacts::NONE;
        for (modifier, number) in modifiers.iter().zip(modifiers.places()) {
            let mut facts = self.look_up_modifier(modifier);
            facts.calls = calls.of_modifier(modifier, &facts, self.tables.modifiers.is_ok());
            if self.modifiers.at(number).has(ModifierFacts::NOT_MET) {
                self.modifiers.insert(number, facts);
            }
            all = all.and(facts);
        }
        all
    }

    /// The kinds of service on which there is nothing to be said of a modifier: a line of one of these needs no second look.
    fn quiet_kinds(&self, row: &ModifierEntry) -> ServiceKinds {
        let form = match self.setting {
            Setting::OutpatientHospital => ModifierForm::Professional,
            Setting::Practitioner | Setting::DmeSupplier => ModifierForm::Institutional,
        };
        let is_used = row.form != form && row.medicare != MedicareUse::NotUsed;
        match row.stands_on {
            _ if !is_used || !row.in_force.contains(self.days.first()) => ServiceKinds::NONE,
            StandsOn::Any => ServiceKinds::ALL,
            StandsOn::Kinds(kinds) => kinds,
        }
    }

    fn look_up_modifier(&self, modifier: Modifier) -> ModifierFacts {
        let own = self.modifier_table.row(modifier);
        let kinds = own.map_or(ServiceKinds::NONE, |row| self.quiet_kinds(row));
        let needs = if own.is_some_and(|row| !row.needs.is_empty()) {
            ModifierFacts::NEEDS_ANOTHER
        } else {
            0
        };
        let Ok(loaded) = self.tables.modifiers else {
            return ModifierFacts {
                calls: 0,
                kinds,
                facts: needs,
            };
        };
        let row = modifier_row(&loaded.table, modifier, self.days.first());
        let ncci = row.is_some_and(|row| row.flags.has(ModifierFlag::Ncci));
        let facts = [
            (ModifierFacts::NCCI, ncci),
            (
                ModifierFacts::NCCI_OTHER_THAN_DISTINCT,
                ncci && !DISTINCT.contains(&modifier),
            ),
            (ModifierFacts::UNKNOWN, row.is_none()),
            (ModifierFacts::DATED, row.is_some_and(|row| row.activated.is_some())),
        ];
        let holding = facts.into_iter().filter(|(_, holds)| *holds);
        ModifierFacts {
            calls: 0,
            kinds,
            facts: holding.fold(needs, |all, (fact, _)| all | fact),
        }
    }
}
