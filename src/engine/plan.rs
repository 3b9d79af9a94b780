//! The rules of one kind of claim, laid out so that a line only meets the rules that its own facts call for.

use crate::claim::{Biller, ClaimForm, FormKind};
use crate::evaluation::Disposition;
use crate::facts::{Called, CodeDay, Dispatch, Line, Order, Pair, RuleSet, WholeClaim, latest_order, table_bit};
use crate::rule::{Bills, Check, Found, OnAscClaim, Payers, Rule};

/// The most rules of lines and of code days that one kind of claim can have.
pub(crate) const MOST_RULES: usize = RuleSet::BITS as usize;

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
    kind: ClaimKind,
    pub(crate) lines: Vec<Step<LineCheck>>,
    pub(crate) pairs: Vec<Step<PairCheck>>,
    pub(crate) code_days: Vec<Step<CodeDayCheck>>,
    pub(crate) claims: Vec<Step<ClaimCheck>>,
    /// Rules that are not evaluated on claims of this kind, and why.
    pub(crate) not_settled: Vec<(u16, &'static str)>,
    calls: Dispatch,
    /// Rules that look at Medicare's claims, and those that look at other payers' if their policy speaks to them.
    for_medicare: RuleSet,
    for_others: RuleSet,
    /// Rules that look at a line whatever other edits found, and those that do so unless edit 27 did.
    always: RuleSet,
    after_incidental: RuleSet,
    /// The bits of `lines`; those of `code_days` follow.
    line_bits: RuleSet,
    is_empty: bool,
}

impl Plan {
    pub(crate) fn new(kind: ClaimKind, rules: &[&'static Rule]) -> Self {
        let mut plan = Self {
            kind,
            lines: Vec::new(),
            pairs: Vec::new(),
            code_days: Vec::new(),
            claims: Vec::new(),
            not_settled: Vec::new(),
            calls: Dispatch::none(),
            for_medicare: 0,
            for_others: 0,
            always: 0,
            after_incidental: 0,
            line_bits: 0,
            is_empty: false,
        };
        let numbered = || (0_u16..).zip(rules.iter().copied());
        for (number, rule) in numbered().filter(|(_, rule)| kind.takes(rule)) {
            plan.take_all_but_code_days(number, rule);
        }
        plan.line_bits = first_bits(plan.lines.len());
        for (number, rule) in numbered().filter(|(_, rule)| kind.takes(rule)) {
            plan.take_code_day(number, rule);
        }
        for (number, rule) in numbered() {
            if let Some(why) = kind.not_settled(rule) {
                plan.not_settled.push((number, why));
            }
        }
        let needs = plan.steps().fold(0, |all, (_, needs, _)| all | needs);
        plan.calls.need(needs);
        plan.is_empty = plan.steps().next().is_none() && plan.not_settled.is_empty();
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

    fn call(&mut self, rule: &Rule, bit: RuleSet) {
        self.calls.add(rule.on, rule.and, bit);
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

    /// Whether a rule of lines is among those called for.
    #[inline]
    pub(crate) fn has_of_lines(&self, called: RuleSet) -> bool {
        called & self.line_bits != 0
    }

    /// Whether a rule of code days is among those called for.
    #[inline]
    pub(crate) fn has_of_code_days(&self, called: RuleSet) -> bool {
        called & !self.line_bits != 0
    }

    /// The rules that find nothing where units are within the MUE.
    #[inline]
    pub(crate) fn above_mue(&self) -> RuleSet {
        self.calls.above_mue()
    }

    /// The rules of lines among those called for.
    #[inline]
    pub(crate) fn of_lines(&self, called: RuleSet) -> impl Iterator<Item = &Step<LineCheck>> {
        bits(called & self.line_bits).filter_map(|bit| self.lines.get(bit))
    }

    /// The rules of code days among those called for.
    #[inline]
    pub(crate) fn of_code_days(&self, called: RuleSet) -> impl Iterator<Item = &Step<CodeDayCheck>> {
        let first = self.lines.len();
        bits(called & !self.line_bits).filter_map(move |bit| self.code_days.get(bit - first))
    }

    /// Whether a rule concerns a line that calls for `called`.
    pub(crate) fn applies(&self, rule: usize, called: RuleSet) -> bool {
        let is = |number: u16| usize::from(number) == rule;
        self.of_lines(called).any(|step| is(step.rule))
            || self.of_code_days(called).any(|step| is(step.rule))
            || self.pairs.iter().any(|step| is(step.rule))
            || self.claims.iter().any(|step| is(step.rule))
    }

    /// The tables that rules of pairs, or those called for, need.
    pub(crate) fn needs(&self, called: RuleSet) -> u32 {
        let of_pairs = self.pairs.iter().map(|step| step.needs);
        let of_lines = self.of_lines(called).map(|step| step.needs);
        let of_code_days = self.of_code_days(called).map(|step| step.needs);
        let all = of_pairs.chain(of_lines).chain(of_code_days);
        all.fold(0, |all, needs| all | needs)
    }

    /// Whether no rule is about claims of this kind.
    pub(crate) fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// Every rule, with the tables it needs, and whose claims it looks at.
    pub(crate) fn steps(&self) -> impl Iterator<Item = (u16, u32, Payers)> {
        fn facts<C>(steps: &[Step<C>]) -> impl Iterator<Item = (u16, u32, Payers)> {
            steps.iter().map(|step| (step.rule, step.needs, step.payers))
        }
        let lines_and_pairs = facts(&self.lines).chain(facts(&self.pairs));
        lines_and_pairs.chain(facts(&self.code_days)).chain(facts(&self.claims))
    }

    /// What a line's facts call for.
    pub(crate) fn called(&self) -> Called<'_> {
        Called {
            plan: self.kind as u8,
            calls: &self.calls,
        }
    }

    /// The rules that bind a payer.
    pub(crate) fn binding(&self, medicare: bool) -> RuleSet {
        if medicare { self.for_medicare } else { self.for_others }
    }

    /// The rules that come to a line, of those that an institutional line calls for.
    pub(crate) fn in_order(&self, line: &Line<'_>) -> RuleSet {
        match latest_order(line) {
            Order::AfterSetAside => RuleSet::MAX,
            Order::AfterIncidental => self.always | self.after_incidental,
            Order::Always => self.always,
        }
    }
}

/// The lowest bits, so many of them.
fn first_bits(count: usize) -> RuleSet {
    let above = u32::try_from(count)
        .ok()
        .and_then(|count| RuleSet::MAX.checked_shl(count));
    !above.unwrap_or_default()
}

/// The numbers of the set bits.
#[inline(always)]
fn bits(mut set: RuleSet) -> impl Iterator<Item = usize> {
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
