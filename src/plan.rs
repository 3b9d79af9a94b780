//! The rules of one kind of claim, laid out so that a line only meets the rules that its own facts call for.

use crate::claim::{Biller, ClaimForm, FormKind};
use crate::finding::Disposition;
use crate::model::{Modifier, SiteOfService};
use crate::reference::{Mai, OutpatientEntry, OutpatientFlag, OutpatientFlags, StatusCode, Table};
use crate::resolve::{CodeDay, Line, Pair, WholeClaim, table_bit};
use crate::rule::{Bills, Check, Found, OnAscClaim, Order, Payers, Rule, Trigger};

/// A set of rules of lines and of code days, a bit each.
pub(crate) type Set = u64;

/// The most rules of lines and of code days that one kind of claim can have.
pub(crate) const MOST_RULES: usize = Set::BITS as usize;

/// What claims are told apart by before any line is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClaimKind {
    Practitioner,
    Asc,
    HospitalOutpatient,
    OtherInstitutional,
}

/// Why rules about hospital outpatient claims are not evaluated on other institutional ones.
const OTHER_BILL: &str = "the rule is about hospital outpatient bills, 013x, and the claim has another type of bill";

impl ClaimKind {
    pub(crate) const ALL: [Self; 4] = [
        Self::Practitioner,
        Self::Asc,
        Self::HospitalOutpatient,
        Self::OtherInstitutional,
    ];

    pub(crate) fn of(form: &ClaimForm) -> Self {
        match form {
            ClaimForm::Professional { biller: Biller::Asc } => Self::Asc,
            ClaimForm::Professional { .. } => Self::Practitioner,
            ClaimForm::Institutional(form) if form.bill_type.is_hospital_outpatient() => Self::HospitalOutpatient,
            ClaimForm::Institutional(_) => Self::OtherInstitutional,
        }
    }

    /// How many rules of lines and of code days a claim of this kind can meet.
    pub(crate) fn rules_of_lines(self, rules: &[&'static Rule]) -> usize {
        let counts = |rule: &&&Rule| self.takes(rule) && matches!(rule.check, Check::Line(_) | Check::CodeDay(_));
        rules.iter().filter(counts).count()
    }

    /// Why a rule about claims of this form is not evaluated on those of this kind, where it is not.
    fn not_settled(self, rule: &Rule) -> Option<&'static str> {
        match (self, rule.form, rule.asc) {
            (Self::Asc, FormKind::Professional, OnAscClaim::NotSettled(why)) => Some(why),
            (Self::OtherInstitutional, FormKind::Institutional, _) if rule.bills != Bills::Every => Some(OTHER_BILL),
            _ => None,
        }
    }

    fn takes(self, rule: &Rule) -> bool {
        match self {
            Self::HospitalOutpatient => rule.form == FormKind::Institutional,
            Self::OtherInstitutional => rule.form == FormKind::Institutional && rule.bills == Bills::Every,
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
    pub(crate) payers: Payers,
    pub(crate) order: Order,
    pub(crate) disposition: Disposition,
    pub(crate) check: C,
}

pub(crate) type LineCheck = fn(&Line<'_>, &mut Found<'_>);
pub(crate) type PairCheck = fn(&Pair<'_>, &mut Found<'_>);
pub(crate) type CodeDayCheck = fn(&CodeDay<'_>, &mut Found<'_>);
pub(crate) type ClaimCheck = fn(&WholeClaim<'_>, &mut Found<'_>);

/// The rules of one kind of claim.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) lines: Vec<Step<LineCheck>>,
    pub(crate) pairs: Vec<Step<PairCheck>>,
    pub(crate) code_days: Vec<Step<CodeDayCheck>>,
    pub(crate) claims: Vec<Step<ClaimCheck>>,
    /// Rules that are not evaluated on claims of this kind, and why.
    pub(crate) not_settled: Vec<(u16, &'static str)>,
    triggers: Triggers,
    /// Rules that look at Medicare's claims, and those that look at other payers' if their policy speaks to them.
    for_medicare: Set,
    for_others: Set,
    /// Rules that look at a line whatever other edits found, and those that do so unless edit 27 did.
    always: Set,
    after_incidental: Set,
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
    dated_modifier: Set,
    by_flag: Vec<(OutpatientFlag, Set)>,
    /// The attributes that call for some rule.
    flags: OutpatientFlags,
    by_outpatient_status: Vec<([u8; 2], Set)>,
    not_in_outpatient_codes: Set,
    /// Rules that the editor's row would call for, run where there is no telling.
    outpatient_gap: Set,
}

impl Plan {
    pub(crate) fn new(kind: ClaimKind, rules: &[&'static Rule]) -> Self {
        let mut plan = Self {
            lines: Vec::new(),
            pairs: Vec::new(),
            code_days: Vec::new(),
            claims: Vec::new(),
            not_settled: Vec::new(),
            triggers: Triggers::none(),
            for_medicare: 0,
            for_others: 0,
            always: 0,
            after_incidental: 0,
            line_bits: 0,
        };
        let numbered = || (0_u16..).zip(rules.iter().copied());
        for (number, rule) in numbered().filter(|(_, rule)| kind.takes(rule)) {
            plan.take_all_but_code_days(number, rule);
        }
        plan.line_bits = ((1_u128 << plan.lines.len()) - 1) as Set;
        for (number, rule) in numbered().filter(|(_, rule)| kind.takes(rule)) {
            plan.take_code_day(number, rule);
        }
        for (number, rule) in numbered() {
            if let Some(why) = kind.not_settled(rule) {
                plan.not_settled.push((number, why));
            }
        }
        plan
    }

    fn take_all_but_code_days(&mut self, number: u16, rule: &'static Rule) {
        match rule.check {
            Check::Line(check) => {
                let bit = 1 << self.lines.len();
                self.call(rule, bit);
                self.lines.push(step(number, rule, check));
            }
            Check::Pair(check) => self.pairs.push(step(number, rule, check)),
            Check::Claim(check) => self.claims.push(step(number, rule, check)),
            Check::CodeDay(_) => {}
        }
    }

    fn take_code_day(&mut self, number: u16, rule: &'static Rule) {
        if let Check::CodeDay(check) = rule.check {
            let bit = 1 << (self.lines.len() + self.code_days.len());
            self.call(rule, bit);
            self.code_days.push(step(number, rule, check));
        }
    }

    fn call(&mut self, rule: &Rule, bit: Set) {
        self.triggers.add(rule.on, bit);
        if rule.payers.has_medicare() {
            self.for_medicare |= bit;
        }
        if rule.payers == Payers::All || rule.payers.topic().is_some() {
            self.for_others |= bit;
        }
        match rule.order {
            Order::Always => self.always |= bit,
            Order::AfterIncidental => self.after_incidental |= bit,
            Order::AfterSetAside => {}
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

    /// Whether a rule concerns a line that calls for `called`.
    pub(crate) fn applies(&self, rule: usize, called: Set) -> bool {
        let is = |number: u16| usize::from(number) == rule;
        self.of_lines(called).any(|step| is(step.rule))
            || self.of_code_days(called).any(|step| is(step.rule))
            || self.pairs.iter().any(|step| is(step.rule))
            || self.claims.iter().any(|step| is(step.rule))
    }

    /// Whether no rule is about claims of this kind.
    pub(crate) fn is_empty(&self) -> bool {
        self.steps().next().is_none() && self.not_settled.is_empty()
    }

    /// Every rule, with the tables it needs, and whose claims it looks at.
    pub(crate) fn steps(&self) -> impl Iterator<Item = (u16, u32, Payers)> {
        fn facts<C>(steps: &[Step<C>]) -> impl Iterator<Item = (u16, u32, Payers)> {
            steps.iter().map(|step| (step.rule, step.needs, step.payers))
        }
        let lines_and_pairs = facts(&self.lines).chain(facts(&self.pairs));
        lines_and_pairs.chain(facts(&self.code_days)).chain(facts(&self.claims))
    }

    /// The rules that a line calls for.
    #[inline]
    pub(crate) fn called_for(&self, line: &Line<'_>, medicare: bool) -> Set {
        let mut set = self.triggers.called_for(line);
        match latest_order(line) {
            Order::AfterSetAside => {}
            Order::AfterIncidental => set &= self.always | self.after_incidental,
            Order::Always => set &= self.always,
        }
        set & if medicare { self.for_medicare } else { self.for_others }
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

fn step<C>(number: u16, rule: &Rule, check: C) -> Step<C> {
    let needs = rule.needs.iter().map(|&table| table_bit(table));
    Step {
        rule: number,
        needs: needs.fold(0, |all, bit| all | bit),
        reads_day: rule.reads_day,
        payers: rule.payers,
        order: rule.order,
        disposition: rule.disposition,
        check,
    }
}

/// The latest of the editor's stages that a line comes to.
#[inline]
pub(crate) fn latest_order(line: &Line<'_>) -> Order {
    if line.whole_claim().is_incidental_only() {
        Order::Always
    } else if line.set_aside().is_some() {
        Order::AfterIncidental
    } else {
        Order::AfterSetAside
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
            dated_modifier: 0,
            by_flag: Vec::new(),
            flags: OutpatientFlags::default(),
            by_outpatient_status: Vec::new(),
            not_in_outpatient_codes: 0,
            outpatient_gap: 0,
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
            Trigger::DatedModifier => self.dated_modifier |= bit,
            Trigger::Outpatient(flags) => {
                self.outpatient_gap |= bit;
                for &flag in flags {
                    self.flags = self.flags.with(flag);
                    self.by_flag.push((flag, bit));
                }
            }
            Trigger::OutpatientStatus(statuses) => {
                self.outpatient_gap |= bit;
                let padded = statuses.iter().map(|status| OutpatientEntry::padded(status));
                self.by_outpatient_status.extend(padded.map(|status| (status, bit)));
            }
            Trigger::NotInOutpatientCodes => {
                self.outpatient_gap |= bit;
                self.not_in_outpatient_codes |= bit;
            }
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
            if facts.modifiers.dated || facts.code.gaps & table_bit(Table::Modifiers) != 0 {
                called |= self.dated_modifier;
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
        called | self.called_for_by_editor(line)
    }

    /// The rules that the outpatient editor's row of the code calls for; none on a professional claim.
    #[inline]
    fn called_for_by_editor(&self, line: &Line<'_>) -> Set {
        let Some(entry) = line.entry() else {
            return match line.code() {
                Some(_) if line.facts().code.gaps & table_bit(Table::OutpatientCodes) != 0 => self.outpatient_gap,
                Some(_) => self.not_in_outpatient_codes,
                None => 0,
            };
        };
        let mut called = 0;
        if entry.flags.has_any_of(self.flags) {
            for &(flag, set) in &self.by_flag {
                if entry.flags.has(flag) {
                    called |= set;
                }
            }
        }
        for &(status, set) in &self.by_outpatient_status {
            if entry.status == status {
                called |= set;
            }
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
