//! Which rules a line triggers.

use crate::claim::ServiceLine;
use crate::model::{Modifier, Modifiers, ProcedureCode, SiteOfService, SiteRate};
use crate::reference::{OutpatientEntry, PolicyIndicators, Table};

use super::code::{CodeFacts, CodeRules, ModifierFacts, RuleSet, kind_bit, na_bit, table_bit};
use super::trigger::Trigger;

/// The triggers of each rule of a plan. Each code and each modifier is matched with them once; a line takes the union of
/// the sets.
#[derive(Clone, Debug)]
pub(crate) struct Dispatch {
    by_code: Vec<(Trigger, RuleSet)>,
    /// Facts that the code must have for a rule to be triggered at all.
    only_by_code: Vec<(Trigger, RuleSet)>,
    by_modifier: Vec<RuleSet>,
    unknown_modifier: RuleSet,
    dated_modifier: RuleSet,
    modifier_in_doubt: RuleSet,
    modifier_needs_another: RuleSet,
    several_modifiers: RuleSet,
    more_than_four_modifiers: RuleSet,
    na_indicator: RuleSet,
    above_mue: RuleSet,
    by_site: Box<[OfSite; SITE_NUMBERS]>,
    /// The tables that some rule of the plan needs.
    needs: u32,
}

/// The rules that a site triggers.
#[derive(Clone, Copy, Debug, Default)]
struct OfSite {
    calls: RuleSet,
    /// The rate at the site, as [`na_bit`] has it.
    rate: u8,
}

/// The bit of the rate at a site; both where it is not known, as either may be it.
fn na_bits(site: SiteOfService) -> u8 {
    match site.rate() {
        Some(rate) => na_bit(rate),
        None if site.is_assigned() => na_bit(SiteRate::Facility) | na_bit(SiteRate::NonFacility),
        None => 0,
    }
}

/// Beyond the numbers of sites, which are below 100: no site.
const NO_SITE: u8 = 127;
/// A power of two, so that a site's number needs no check where it is taken modulo this.
const SITE_NUMBERS: usize = NO_SITE as usize + 1;

impl Dispatch {
    pub(crate) fn none() -> Self {
        let of_site = |number: usize| OfSite {
            calls: 0,
            rate: SiteOfService::from_number(number as u8).map_or(0, na_bits),
        };
        Self {
            by_code: Vec::new(),
            only_by_code: Vec::new(),
            by_modifier: vec![0; Modifier::COUNT],
            unknown_modifier: 0,
            dated_modifier: 0,
            modifier_in_doubt: 0,
            modifier_needs_another: 0,
            several_modifiers: 0,
            more_than_four_modifiers: 0,
            na_indicator: 0,
            above_mue: 0,
            by_site: Box::new(std::array::from_fn(of_site)),
            needs: 0,
        }
    }

    /// Notes the tables that a rule needs.
    pub(crate) fn need(&mut self, tables: u32) {
        self.needs |= tables;
    }

    /// Whether some rule of the plan needs a table.
    pub(super) fn needs(&self, table: Table) -> bool {
        self.needs & table_bit(table) != 0
    }

    /// The tables that some rule of the plan needs, one bit each.
    pub(super) fn all_needs(&self) -> u32 {
        self.needs
    }

    /// Adds the trigger of the rule with this bit, and the fact that the code must have besides.
    pub(crate) fn add(&mut self, on: Trigger, and: Trigger, bit: RuleSet) {
        if and != Trigger::EveryLine {
            self.only_by_code.push((and, bit));
        }
        match on {
            Trigger::MoreThanFourModifiers => self.more_than_four_modifiers |= bit,
            Trigger::UnknownModifier => self.unknown_modifier |= bit,
            Trigger::DatedModifier => self.dated_modifier |= bit,
            Trigger::ModifierInDoubt => self.modifier_in_doubt |= bit,
            Trigger::ModifierNeedsAnother => self.modifier_needs_another |= bit,
            Trigger::SeveralModifiers => self.several_modifiers |= bit,
            Trigger::NaIndicator => self.na_indicator |= bit,
            Trigger::Modifiers(modifiers) => {
                for modifier in modifiers {
                    if let Some(set) = self.by_modifier.get_mut(modifier.index()) {
                        *set |= bit;
                    }
                }
            }
            Trigger::Sites(sites) => self.add_sites(|site| sites.contains(&site), bit),
            Trigger::UnassignedSite => self.add_sites(|site| !site.is_assigned(), bit),
            of_code => {
                if matches!(of_code, Trigger::AboveMue(_)) {
                    self.above_mue |= bit;
                }
                self.by_code.push((of_code, bit));
            }
        }
    }

    fn add_sites(&mut self, which: impl Fn(SiteOfService) -> bool, bit: RuleSet) {
        for (number, of_site) in (0..).zip(self.by_site.iter_mut()) {
            if SiteOfService::from_number(number).is_some_and(&which) {
                of_site.calls |= bit;
            }
        }
    }

    /// The rules that are about units above the MUE.
    #[inline]
    pub(crate) fn above_mue(&self) -> RuleSet {
        self.above_mue
    }

    /// The rules that the facts of a code trigger, and those that they leave to other triggers. The code is not given
    /// where the facts are those of every code that the reference does not have.
    pub(super) fn of_code(
        &self,
        facts: &CodeFacts,
        fee_rows: &[PolicyIndicators],
        entry: Option<OutpatientEntry>,
        code: Option<ProcedureCode>,
        is_listed: &dyn Fn(Table) -> bool,
    ) -> CodeRules {
        let row_calls = |calls: &dyn Fn(&PolicyIndicators) -> bool| {
            fee_rows.iter().any(calls) || fee_rows.is_empty() && facts.lacks(Table::FeeSchedule)
        };
        let calls = |trigger: Trigger| match trigger {
            Trigger::Codes(codes) => code.is_none_or(|code| codes.contains(&code)),
            Trigger::Kinds(kinds) => code.is_none() || facts.kinds.has_any_of(kinds),
            Trigger::Listed(table) => is_listed(table) || facts.is_given() && facts.lacks(table),
            Trigger::NotInOutpatientCodes => facts.is_given() && entry.is_none(),
            Trigger::Outpatient(_) | Trigger::OutpatientStatus(_) => entry
                .map_or(facts.is_given() && facts.lacks(Table::OutpatientCodes), |row| {
                    is_called_by(&row, trigger)
                }),
            Trigger::Status(statuses) => row_calls(&|row| statuses.contains(&row.status)),
            Trigger::PcTc(indicators) => row_calls(&|row| indicators.contains(&row.pc_tc)),
            trigger => facts.calls_by(trigger),
        };
        let calling = self.by_code.iter().filter(|(trigger, _)| calls(*trigger));
        let silent = self.only_by_code.iter().filter(|(trigger, _)| !calls(*trigger));
        let all = |sets: RuleSet, (_, set): &(Trigger, RuleSet)| sets | set;
        CodeRules {
            calls: calling.fold(0, all),
            allows: !silent.fold(0, all),
        }
    }

    /// The rules that a modifier's facts trigger; `listed` is whether the modifier table answers at all.
    pub(super) fn of_modifier(&self, modifier: Modifier, facts: &ModifierFacts, listed: bool) -> RuleSet {
        let by_unknown = if facts.has(ModifierFacts::UNKNOWN) || !listed {
            self.unknown_modifier
        } else {
            0
        };
        let by_date = if facts.has(ModifierFacts::DATED) || !listed {
            self.dated_modifier
        } else {
            0
        };
        let by_need = if facts.has(ModifierFacts::NEEDS_ANOTHER) {
            self.modifier_needs_another
        } else {
            0
        };
        let by_modifier = self.by_modifier.get(modifier.index()).copied().unwrap_or_default();
        by_modifier | by_unknown | by_date | by_need
    }

    /// The rules that a line triggers.
    #[inline(always)]
    pub(super) fn of_line(
        &self,
        line: &ServiceLine,
        code: &CodeFacts,
        of_code: CodeRules,
        modifiers: ModifierFacts,
    ) -> RuleSet {
        let number = line.site.map_or(NO_SITE, SiteOfService::number);
        let site = self.by_site.get(usize::from(number) % SITE_NUMBERS);
        let site = site.copied().unwrap_or_default();
        let by_na = if code.na & site.rate == 0 { 0 } else { self.na_indicator };
        let by_number = self.by_number_of_modifiers(line.modifiers);
        let is_plain = line.modifiers.is_empty() | modifiers.kinds.has_any_of(code.kinds);
        let by_doubt = if is_plain { 0 } else { self.modifier_in_doubt };
        (of_code.calls | modifiers.calls | site.calls | by_na | by_number | by_doubt) & of_code.allows
    }

    #[inline]
    fn by_number_of_modifiers(&self, modifiers: Modifiers) -> RuleSet {
        let several = if modifiers.are_several() {
            self.several_modifiers
        } else {
            0
        };
        let more = if modifiers.more_were_given() {
            self.more_than_four_modifiers
        } else {
            0
        };
        several | more
    }
}

impl CodeFacts {
    /// Whether a fact of the code triggers a rule. It does if the table does not answer.
    fn calls_by(&self, trigger: Trigger) -> bool {
        match trigger {
            Trigger::EveryLine => true,
            Trigger::NotInFeeSchedule => self.fee.is_none(),
            Trigger::AboveMue(mai) => match self.mue {
                Some(mue) => mue.mai == mai,
                None => self.lacks(Table::PractitionerMue) || self.lacks(Table::HospitalMue),
            },
            Trigger::AddOn(kind) => self.add_on & kind_bit(kind) != 0 || self.lacks(Table::AddOn),
            _ => false,
        }
    }

    /// Whether a table does not answer for the code.
    fn lacks(&self, table: Table) -> bool {
        self.gaps & table_bit(table) != 0
    }
}

/// Whether the outpatient editor's row of a code triggers a rule.
fn is_called_by(entry: &OutpatientEntry, trigger: Trigger) -> bool {
    match trigger {
        Trigger::Outpatient(flags) => flags.iter().any(|&flag| entry.flags.has(flag)),
        Trigger::OutpatientStatus(statuses) => statuses.contains(&entry.status_text()),
        _ => false,
    }
}
