//! The rules of one kind of claim, laid out so that a line only meets the rules that its own facts call for.

use crate::claim::{Biller, ClaimForm, FormKind};
use crate::finding::Disposition;
use crate::model::{Modifier, SiteOfService};
use crate::reference::{Mai, StatusCode, Table};
use crate::resolve::{CodeDay, Line, Pair, table_bit};
use crate::rule::{Check, Found, OnAscClaim, Payers, Rule, Trigger};

/// A set of rules of lines and of code days, a bit each.
pub(crate) type Set = u64;

/// The most rules of lines and of code days that one kind of claim can have.
pub(crate) const MOST_RULES: usize = Set::BITS as usize;

/// What claims are told apart by before any line is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClaimKind {
    Practitioner,
    Asc,
    Institutional,
}

impl ClaimKind {
    pub(crate) const ALL: [Self; 3] = [Self::Practitioner, Self::Asc, Self::Institutional];

    pub(crate) fn of(form: &ClaimForm) -> Self {
        match form {
            ClaimForm::Professional { biller: Biller::Asc } => Self::Asc,
            ClaimForm::Professional { .. } => Self::Practitioner,
            ClaimForm::Institutional(_) => Self::Institutional,
        }
    }

    fn takes(self, rule: &Rule) -> bool {
        match self {
            Self::Institutional => rule.form == FormKind::Institutional,
            Self::Practitioner => rule.form == FormKind::Professional && rule.asc != OnAscClaim::Only,
            Self::Asc => {
                rule.form == FormKind::Professional && matches!(rule.asc, OnAscClaim::Applies | OnAscClaim::Only)
            }
        }
    }
}

/// A rule with what the loop needs of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step<C> {
    pub(crate) rule: u16,
    pub(crate) needs: u32,
    pub(crate) reads_day: bool,
    pub(crate) medicare_only: bool,
    pub(crate) disposition: Disposition,
    pub(crate) check: C,
}

pub(crate) type LineCheck = fn(&Line<'_>, &mut Found<'_>);
pub(crate) type PairCheck = fn(&Pair<'_>, &mut Found<'_>);
pub(crate) type CodeDayCheck = fn(&CodeDay<'_>, &mut Found<'_>);

/// The rules of one kind of claim.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) lines: Vec<Step<LineCheck>>,
    pub(crate) pairs: Vec<Step<PairCheck>>,
    pub(crate) code_days: Vec<Step<CodeDayCheck>>,
    /// Rules that are not evaluated on claims of this kind, and why.
    pub(crate) not_settled: Vec<(u16, &'static str)>,
    triggers: Triggers,
    for_every_payer: Set,
    /// The bits of `lines`; those of `code_days` follow.
    line_bits: Set,
}

#[derive(Clone, Debug)]
struct Triggers {
    every_line: Set,
    more_than_four_modifiers: Set,
    unknown_modifier: Set,
    several_modifiers: Set,
    by_modifier: Vec<Set>,
    by_status: [Set; StatusCode::ALL.len()],
    not_in_fee_schedule: Set,
    /// Rules that the fee schedule's row would call for, run where there is no telling.
    fee_schedule_gap: Set,
    by_site: Vec<Set>,
    by_mai: [Set; Mai::ALL.len()],
    /// Rules that the MUE would call for, run where there is no telling.
    mue_gap: Set,
    na_indicator: Set,
    add_on: Set,
}

impl Plan {
    pub(crate) fn new(kind: ClaimKind, rules: &[&'static Rule]) -> Self {
        let mut plan = Self {
            lines: Vec::new(),
            pairs: Vec::new(),
            code_days: Vec::new(),
            not_settled: Vec::new(),
            triggers: Triggers::none(),
            for_every_payer: 0,
            line_bits: 0,
        };
        let numbered = || (0_u16..).zip(rules.iter().copied());
        for (number, rule) in numbered().filter(|(_, rule)| kind.takes(rule)) {
            plan.take_line_or_pair(kind, number, rule);
        }
        plan.line_bits = ((1_u128 << plan.lines.len()) - 1) as Set;
        for (number, rule) in numbered().filter(|(_, rule)| kind.takes(rule)) {
            plan.take_code_day(kind, number, rule);
        }
        for (number, rule) in numbered() {
            if let (ClaimKind::Asc, OnAscClaim::NotSettled(why)) = (kind, rule.asc) {
                plan.not_settled.push((number, why));
            }
        }
        plan
    }

    fn take_line_or_pair(&mut self, kind: ClaimKind, number: u16, rule: &'static Rule) {
        match rule.check {
            Check::Line(check) => {
                let bit = 1 << self.lines.len();
                self.call(rule, bit);
                self.lines.push(step(kind, number, rule, check));
            }
            Check::Pair(check) => self.pairs.push(step(kind, number, rule, check)),
            Check::CodeDay(_) => {}
        }
    }

    fn take_code_day(&mut self, kind: ClaimKind, number: u16, rule: &'static Rule) {
        if let Check::CodeDay(check) = rule.check {
            let bit = 1 << (self.lines.len() + self.code_days.len());
            self.call(rule, bit);
            self.code_days.push(step(kind, number, rule, check));
        }
    }

    fn call(&mut self, rule: &Rule, bit: Set) {
        self.triggers.add(rule.on, bit);
        if rule.payers == Payers::All {
            self.for_every_payer |= bit;
        }
    }

    /// The rules of lines among those called for.
    #[inline]
    pub(crate) fn of_lines(&self, called: Set) -> impl Iterator<Item = &Step<LineCheck>> {
        bits(called & self.line_bits).filter_map(|bit| self.lines.get(bit))
    }

    /// The rules of code days among those called for.
    #[inline]
    pub(crate) fn of_code_days(&self, called: Set) -> impl Iterator<Item = &Step<CodeDayCheck>> {
        let first = self.lines.len();
        bits(called & !self.line_bits).filter_map(move |bit| self.code_days.get(bit - first))
    }

    /// Whether no rule is about claims of this kind.
    pub(crate) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.pairs.is_empty() && self.code_days.is_empty()
    }

    /// The rules that a line calls for.
    #[inline]
    pub(crate) fn called_for(&self, line: &Line<'_>, medicare: bool) -> Set {
        let set = self.triggers.called_for(line);
        if medicare { set } else { set & self.for_every_payer }
    }
}

/// The numbers of the set bits.
fn bits(mut set: Set) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let bit = (set != 0).then(|| set.trailing_zeros() as usize)?;
        set &= set - 1;
        Some(bit)
    })
}

fn step<C>(kind: ClaimKind, number: u16, rule: &Rule, check: C) -> Step<C> {
    let needs = rule.needs.iter().map(|&table| table_bit(setting_table(kind, table)));
    Step {
        rule: number,
        needs: needs.fold(0, |all, bit| all | bit),
        reads_day: rule.reads_day,
        medicare_only: rule.payers == Payers::Medicare,
        disposition: rule.disposition,
        check,
    }
}

/// An institutional claim meets the outpatient hospital's tables.
fn setting_table(kind: ClaimKind, table: Table) -> Table {
    match (kind, table) {
        (ClaimKind::Institutional, Table::PractitionerPairs) => Table::HospitalPairs,
        (ClaimKind::Institutional, Table::PractitionerMue) => Table::HospitalMue,
        _ => table,
    }
}

const SITES: usize = 100;
const MUE_TABLES: u32 = table_bit(Table::PractitionerMue) | table_bit(Table::HospitalMue);

impl Triggers {
    fn none() -> Self {
        Self {
            every_line: 0,
            more_than_four_modifiers: 0,
            unknown_modifier: 0,
            several_modifiers: 0,
            by_modifier: vec![0; Modifier::COUNT],
            by_status: [0; StatusCode::ALL.len()],
            not_in_fee_schedule: 0,
            fee_schedule_gap: 0,
            by_site: vec![0; SITES],
            by_mai: [0; Mai::ALL.len()],
            mue_gap: 0,
            na_indicator: 0,
            add_on: 0,
        }
    }

    fn add(&mut self, trigger: Trigger, bit: Set) {
        match trigger {
            Trigger::EveryLine => self.every_line |= bit,
            Trigger::MoreThanFourModifiers => self.more_than_four_modifiers |= bit,
            Trigger::UnknownModifier => self.unknown_modifier |= bit,
            Trigger::SeveralModifiers => self.several_modifiers |= bit,
            Trigger::Modifiers(modifiers) => {
                for modifier in modifiers {
                    set(&mut self.by_modifier, modifier.index(), bit);
                }
            }
            Trigger::Status(statuses) => {
                self.fee_schedule_gap |= bit;
                for &status in statuses {
                    set(&mut self.by_status, status as usize, bit);
                }
            }
            Trigger::NotInFeeSchedule => {
                self.fee_schedule_gap |= bit;
                self.not_in_fee_schedule |= bit;
            }
            Trigger::NaIndicator => {
                self.fee_schedule_gap |= bit;
                self.na_indicator |= bit;
            }
            Trigger::Sites(sites) => {
                for site in sites {
                    set(&mut self.by_site, usize::from(site.number()), bit);
                }
            }
            Trigger::UnassignedSite => {
                for number in 0..SITES as u8 {
                    if SiteOfService::from_number(number).is_some_and(|site| !site.is_assigned()) {
                        set(&mut self.by_site, usize::from(number), bit);
                    }
                }
            }
            Trigger::Mue(mai) => {
                self.mue_gap |= bit;
                set(&mut self.by_mai, mai as usize, bit);
            }
            Trigger::AddOn => self.add_on |= bit,
        }
    }

    #[inline]
    fn called_for(&self, line: &Line<'_>) -> Set {
        let facts = line.facts();
        let mut called = self.every_line;
        let modifiers = line.modifiers();
        if !modifiers.is_empty() {
            if facts.modifiers.unknown || facts.code.gaps & table_bit(Table::Modifiers) != 0 {
                called |= self.unknown_modifier;
            }
            if modifiers.more_were_given() {
                called |= self.more_than_four_modifiers;
            }
            for modifier in modifiers.iter() {
                called |= get(&self.by_modifier, modifier.index());
            }
            if modifiers.len() > 1 {
                called |= self.several_modifiers;
            }
        }
        called |= match facts.code.fee {
            Some(row) => get(&self.by_status, row.status as usize),
            None if facts.code.gaps & table_bit(Table::FeeSchedule) != 0 => self.fee_schedule_gap,
            None => self.not_in_fee_schedule,
        };
        called |= match facts.code.mue {
            Some(mue) => get(&self.by_mai, mue.mai as usize),
            None if facts.code.gaps & MUE_TABLES != 0 => self.mue_gap,
            None => 0,
        };
        if facts.code.has_na {
            called |= self.na_indicator;
        }
        if let Some(site) = line.site() {
            called |= get(&self.by_site, usize::from(site.number()));
        }
        if facts.code.is_add_on || facts.code.gaps & table_bit(Table::AddOn) != 0 {
            called |= self.add_on;
        }
        called
    }
}

fn set(sets: &mut [Set], at: usize, bit: Set) {
    if let Some(set) = sets.get_mut(at) {
        *set |= bit;
    }
}

#[inline]
fn get(sets: &[Set], at: usize) -> Set {
    sets.get(at).copied().unwrap_or_default()
}
