//! The rules of one kind of claim, laid out so that a line only runs the rules that its own facts trigger.

use crate::claim::{Biller, ClaimForm, FormKind};
use crate::evaluation::Disposition;
use crate::facts::{
    Called, CodeDay, Dispatch, Header, Line, LineInClaim, Order, Pair, RuleSet, WholeClaim, latest_order, table_bit,
};
use crate::reference::Table;
use crate::rule::{Bills, Check, Found, OnAscClaim, Payers, Rule};

/// The most rules of lines and of code days that one plan can hold. A kind of claim with more has several plans.
pub(crate) const RULES_A_PLAN: usize = RuleSet::BITS as usize;

/// The kinds of claims, each with rules of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClaimKind {
    Practitioner,
    Asc,
    Supplier,
    HospitalOutpatient,
    OtherInstitutional,
}

/// Why rules about hospital outpatient claims are not evaluated on other institutional ones.
const OTHER_BILL: &str = "the rule is about hospital outpatient bills, 013x, and the claim has another type of bill";

/// Tables that CMS publishes for the claims of practitioners and of ambulatory surgical centres: they say nothing of a
/// supplier's.
///
/// Source: CMS, NCCI policy manual for Medicare, chapter I (UNVERIFIED): procedure-to-procedure edits are for those claims, and
/// suppliers have a table of medically unlikely units of their own.
const PRACTITIONERS: [Table; 2] = [Table::PractitionerPairs, Table::PractitionerMue];

impl ClaimKind {
    pub(crate) const ALL: [Self; 5] = [
        Self::Practitioner,
        Self::Asc,
        Self::Supplier,
        Self::HospitalOutpatient,
        Self::OtherInstitutional,
    ];

    pub(crate) fn of(form: &ClaimForm) -> Self {
        match form {
            ClaimForm::Professional { biller: Biller::Asc } => Self::Asc,
            ClaimForm::Professional {
                biller: Biller::Supplier,
            } => Self::Supplier,
            ClaimForm::Professional { .. } => Self::Practitioner,
            ClaimForm::Institutional(form) if form.bill_type.is_hospital_outpatient() => Self::HospitalOutpatient,
            ClaimForm::Institutional(_) => Self::OtherInstitutional,
        }
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
            Self::Supplier => {
                let is_practitioners = rule.needs.iter().any(|table| PRACTITIONERS.contains(table));
                rule.form == FormKind::Professional && rule.asc != OnAscClaim::Only && !is_practitioners
            }
            Self::Asc => {
                rule.form == FormKind::Professional && matches!(rule.asc, OnAscClaim::Applies | OnAscClaim::Only)
            }
        }
    }
}

/// A rule with the fields that the loop needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step<C> {
    pub(crate) rule: u16,
    pub(crate) needs: u32,
    pub(crate) reads_other_lines: bool,
    pub(crate) payers: Payers,
    pub(crate) order: Order,
    pub(crate) disposition: Disposition,
    pub(crate) check: C,
}

/// The check of a rule about lines.
#[derive(Clone, Copy, Debug)]
pub(crate) enum LineCheck {
    Line(fn(&Line<'_>, &mut Found<'_>)),
    LineInClaim(fn(&LineInClaim<'_>, &mut Found<'_>)),
}

impl LineCheck {
    #[inline]
    pub(crate) fn run(self, line: &Line<'_>, found: &mut Found<'_>) {
        match self {
            Self::Line(check) => check(line, found),
            Self::LineInClaim(check) => check(&LineInClaim::new(*line), found),
        }
    }
}

pub(crate) type PairCheck = fn(&Pair<'_>, &mut Found<'_>);
pub(crate) type CodeDayCheck = fn(&CodeDay<'_>, &mut Found<'_>);

/// The check of a rule about the claim.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ClaimCheck {
    Header(fn(&Header<'_>, &mut Found<'_>)),
    Claim(fn(&WholeClaim<'_>, &mut Found<'_>)),
}

impl ClaimCheck {
    pub(crate) fn run(self, claim: &WholeClaim<'_>, found: &mut Found<'_>) {
        match self {
            Self::Header(check) => check(&claim.header(), found),
            Self::Claim(check) => check(claim, found),
        }
    }
}

/// The rules of one kind of claim.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The number of the plan among all of an evaluator.
    number: u16,
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
    /// For each table, by its number, the rules that need it.
    needing: [RuleSet; u32::BITS as usize],
    /// The tables that rules of pairs need, a bit each.
    needed_by_pairs: u32,
}

impl Plan {
    /// The plans for a kind of claim: rules of lines and of code days in groups as large as a set of rules, all others in
    /// the first plan.
    pub(crate) fn all(kind: ClaimKind, rules: &[&'static Rule]) -> Vec<Self> {
        let numbered = || (0_u16..).zip(rules.iter().copied());
        let taken: Vec<_> = numbered().filter(|(_, rule)| kind.takes(rule)).collect();
        let (by_line, others): (Vec<_>, Vec<_>) = taken.into_iter().partition(|(_, rule)| looks_at_lines(rule.check));
        let mut groups = by_line.chunks(RULES_A_PLAN);
        let mut first = Self::new(kind, 0, groups.next().unwrap_or_default());
        for (number, rule) in others {
            first.take_other(number, rule);
        }
        let not_settled = numbered().filter_map(|(number, rule)| Some((number, kind.not_settled(rule)?)));
        first.not_settled.extend(not_settled);
        let more = groups.zip(1..).map(|(group, number)| Self::new(kind, number, group));
        let mut plans: Vec<_> = std::iter::once(first).chain(more).collect();
        for plan in &mut plans {
            let needs = plan.steps().fold(0, |all, (_, needs, _)| all | needs);
            plan.calls.need(needs);
        }
        plans
    }

    /// A plan of at most [`RULES_A_PLAN`] rules of lines and of code days.
    fn new(kind: ClaimKind, number: u16, rules: &[(u16, &'static Rule)]) -> Self {
        let mut plan = Self {
            number: kind as u16 + number * ClaimKind::ALL.len() as u16,
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
            needing: [0; u32::BITS as usize],
            needed_by_pairs: 0,
        };
        // Rules of lines take the first bits, those of code days the bits that follow.
        for &(number, rule) in rules {
            let check = match rule.check {
                Check::Line(check) => LineCheck::Line(check),
                Check::LineInClaim(check) => LineCheck::LineInClaim(check),
                _ => continue,
            };
            let bit = 1 << plan.lines.len();
            plan.call(rule, bit);
            plan.line_bits |= bit;
            plan.lines.push(step(number, rule, check));
        }
        for &(number, rule) in rules {
            if let Check::CodeDay(check) = rule.check {
                let bit = 1 << (plan.lines.len() + plan.code_days.len());
                plan.call(rule, bit);
                plan.code_days.push(step(number, rule, check));
            }
        }
        plan
    }

    fn take_other(&mut self, number: u16, rule: &'static Rule) {
        match rule.check {
            Check::Pair(check) => {
                let pairs = step(number, rule, check);
                self.needed_by_pairs |= pairs.needs;
                self.pairs.push(pairs);
            }
            Check::Header(check) => self.claims.push(step(number, rule, ClaimCheck::Header(check))),
            Check::Claim(check) => self.claims.push(step(number, rule, ClaimCheck::Claim(check))),
            Check::Line(_) | Check::LineInClaim(_) | Check::CodeDay(_) | Check::Missing => {}
        }
    }

    fn call(&mut self, rule: &Rule, bit: RuleSet) {
        self.calls.add(rule.on, rule.and, bit);
        for &table in rule.needs {
            if let Some(rules) = self.needing.get_mut(table as usize) {
                *rules |= bit;
            }
        }
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

    /// Whether a rule of lines is triggered.
    #[inline]
    pub(crate) fn has_of_lines(&self, called: RuleSet) -> bool {
        called & self.line_bits != 0
    }

    /// Whether a rule of code days is triggered.
    #[inline]
    pub(crate) fn has_of_code_days(&self, called: RuleSet) -> bool {
        called & !self.line_bits != 0
    }

    /// The rules that find nothing where units are within the MUE.
    #[inline]
    pub(crate) fn above_mue(&self) -> RuleSet {
        self.calls.above_mue()
    }

    /// The triggered rules of lines.
    #[inline]
    pub(crate) fn of_lines(&self, called: RuleSet) -> impl Iterator<Item = &Step<LineCheck>> {
        bits(called & self.line_bits).filter_map(|bit| self.lines.get(bit))
    }

    /// The triggered rules of code days.
    #[inline]
    pub(crate) fn of_code_days(&self, called: RuleSet) -> impl Iterator<Item = &Step<CodeDayCheck>> {
        let first = self.lines.len();
        bits(called & !self.line_bits).filter_map(move |bit| self.code_days.get(bit - first))
    }

    /// The numbers of the rules that concern a line that triggers `called`.
    pub(crate) fn applying(&self, called: RuleSet) -> impl Iterator<Item = usize> {
        let of_lines = self.of_lines(called).map(|step| step.rule);
        let of_code_days = self.of_code_days(called).map(|step| step.rule);
        let of_pairs = self.pairs.iter().map(|step| step.rule);
        let of_claims = self.claims.iter().map(|step| step.rule);
        let all = of_lines.chain(of_code_days).chain(of_pairs).chain(of_claims);
        all.map(usize::from)
    }

    /// Whether a rule of pairs, or a triggered rule, needs one of these tables, which do not answer. Most lines lack no table or
    /// few, so it is the tables that are walked over and not the rules.
    #[inline]
    pub(crate) fn is_kept_by(&self, gaps: u32, called: RuleSet) -> bool {
        gaps & self.needed_by_pairs != 0
            || bits(RuleSet::from(gaps)).any(|table| self.needing.get(table).is_some_and(|rules| called & rules != 0))
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

    /// The triggers of the plan's rules.
    pub(crate) fn called(&self) -> Called<'_> {
        Called {
            plan: self.number,
            calls: &self.calls,
        }
    }

    /// The rules that bind a payer.
    pub(crate) fn binding(&self, medicare: bool) -> RuleSet {
        if medicare { self.for_medicare } else { self.for_others }
    }

    /// The rules whose stage of the outpatient editor reaches a line.
    pub(crate) fn in_order(&self, line: &Line<'_>) -> RuleSet {
        match latest_order(line) {
            Order::AfterSetAside => RuleSet::MAX,
            Order::AfterIncidental => self.always | self.after_incidental,
            Order::Always => self.always,
        }
    }
}

/// Whether a rule is triggered by the facts of lines.
fn looks_at_lines(check: Check) -> bool {
    matches!(check, Check::Line(_) | Check::LineInClaim(_) | Check::CodeDay(_))
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
        reads_other_lines: rule.check.reads_other_lines(),
        payers: rule.payers,
        order: rule.order,
        disposition: rule.disposition,
        check,
    }
}
