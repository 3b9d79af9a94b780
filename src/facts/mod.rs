//! A claim against the tables in force: facts looked up once, so that rules only compare.

mod code;
mod code_cache;
mod day;
mod days;
mod dispatch;
mod header;
mod line;
mod line_in_claim;
mod outpatient;
mod pairs;
mod period;
mod schedules;
mod standing;
mod trigger;

use std::cell::Cell;

use crate::claim::{Claim, ClaimForm, ServiceLine};
use crate::kinds::KindRanges;
use crate::model::{Measure, Npi, ProcedureCode, ServiceDate};
use crate::modifiers::ModifierTable;
use crate::reference::{CodeId, Gap, Mue, PairCode, Reference, Setting, Stale};

pub(crate) use self::code::{RuleSet, table_bit};
pub use self::day::{CodeDay, Pair};
pub(crate) use self::dispatch::Dispatch;
pub use self::header::Header;
pub use self::line::Line;
pub use self::line_in_claim::LineInClaim;
pub use self::outpatient::{Order, SetAside, WholeClaim};
pub(crate) use self::outpatient::{Unseen, latest_order};
pub use self::standing::ModifierStanding;
pub use self::trigger::Trigger;

use self::code::CodeFacts;
use self::days::Days;
use self::outpatient::{Entries, OutpatientFacts};
use self::pairs::Pairs;
use self::period::{BY_DATE_OF_LINE, Period};

/// The facts of one line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineFacts {
    /// The rules that it triggers.
    pub(crate) called: RuleSet,
    /// Its day and code in one number: lines of one code and day have the same.
    key: u64,
    /// Its provider's NPI, or [`NOT_NAMED`]; a facility's lines are all its own.
    provider: u64,
    mue: Option<Mue>,
    /// The tables that do not answer for it.
    pub(crate) gaps: u32,
    /// The period of the line's date; of an institutional claim that of its first day.
    period: u32,
    /// The period of the line's own date.
    own_period: u32,
    /// The slot of its code's facts in the period.
    code: u32,
    /// The line's code among those of the pair table, as [`PairCode`] has it.
    pair_number: u16,
    pair_groups: u64,
    /// The facts of its modifiers.
    modifiers: u8,
    pub(crate) spans_days: bool,
    /// Whether its own units are within the MUE.
    pub(crate) is_within_mue: bool,
    /// Its position among the lines of its code, provider and day.
    pub(crate) standing: Standing,
}

/// A line's position among the lines of its code, provider and day. A line over several days is alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is the only one.
    Alone,
    /// It is the first of several.
    First,
    /// It is another of several.
    Later,
}

/// The key of a line over several days.
const NO_DAY: u64 = u64::MAX;

/// The number of a code in the tables, or, marked by the highest bit, of one that they do not name.
const CODE_BITS: u32 = ProcedureCode::NUMBER_BITS + 1;
const UNNAMED: u64 = 1 << ProcedureCode::NUMBER_BITS;

/// No NPI is this.
const NOT_NAMED: u64 = 0;

impl LineFacts {
    #[inline(always)]
    fn pair_code(&self) -> PairCode {
        PairCode {
            number: self.pair_number,
            groups: self.pair_groups,
        }
    }

    /// Whether another line is of the same provider and day. A line over several days shares its day with none.
    #[inline(always)]
    fn shares_day(&self, other: &Self) -> bool {
        let same_day = (self.key ^ other.key) >> CODE_BITS == 0;
        same_day & (self.provider == other.provider) & !self.spans_days
    }

    /// Whether another line is of the same code, provider and day.
    #[inline(always)]
    fn is_of_code_day(&self, other: &Self) -> bool {
        (self.key == other.key) & (self.provider == other.provider) & !self.spans_days
    }

    /// Whether one of its modifiers has a fact of [`ModifierFacts`](code::ModifierFacts).
    #[inline]
    fn has_modifier(&self, fact: u8) -> bool {
        self.modifiers & fact != 0
    }
}

/// The lines of a line's provider and day, by their positions in the claim; empty for a line over several days.
fn day_of<'l>(line: &'l LineFacts, lines: &'l [LineFacts], days: &'l Days) -> impl Iterator<Item = usize> + use<'l> {
    let (few, many) = match days.are_few() {
        true => (lines, &[][..]),
        false => (&[][..], days.of_day(line, lines)),
    };
    let few = few.iter().enumerate().filter(|(_, other)| line.shares_day(other));
    few.map(|(position, _)| position)
        .chain(many.iter().map(|&position| position as usize))
}

/// The buffers of a resolved claim, kept between claims so that nothing is allocated once they have grown.
///
/// They serve one reference, one table of modifiers and one choice of stale tables.
#[derive(Debug)]
pub(crate) struct Buffers<'r> {
    reference: &'r Reference,
    modifier_table: &'r ModifierTable,
    stale: Stale,
    /// The periods of all claims so far. Their number is bounded by the days on which releases and rows begin or end.
    periods: Vec<Period<'r>>,
    lines: Vec<LineFacts>,
    days: Days,
    pairs: Pairs,
    outpatient: OutpatientFacts,
    unanswered: Cell<Option<Unanswered>>,
    /// How many claims there were.
    claims: u64,
}

/// A check read a table that does not answer for a line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unanswered {
    pub(crate) position: usize,
    /// Why it does not answer; `None` if the table is not read at all on claims of this form.
    pub(crate) gap: Option<Gap>,
}

/// The rules that a claim can trigger: the number of their plan, and the trigger of each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Called<'p> {
    pub(crate) plan: u16,
    pub(crate) calls: &'p Dispatch,
}

impl<'p> Called<'p> {
    /// No rules: the facts are for words alone.
    pub(crate) fn for_words(nothing: &'p Dispatch) -> Self {
        Self {
            plan: u16::MAX,
            calls: nothing,
        }
    }
}

impl<'r> Buffers<'r> {
    pub(crate) fn new(reference: &'r Reference, modifier_table: &'r ModifierTable, stale: Stale) -> Self {
        // Read now, so that no claim waits for it.
        let _ = KindRanges::seed();
        Self {
            reference,
            modifier_table,
            stale,
            periods: Vec::new(),
            lines: Vec::new(),
            days: Days::default(),
            pairs: Pairs::default(),
            outpatient: OutpatientFacts::default(),
            unanswered: Cell::new(None),
            claims: 0,
        }
    }

    /// Looks up every line of a claim.
    pub(crate) fn resolve<'a>(&'a mut self, claim: &'a Claim, called: Called<'_>) -> Resolved<'a>
    where
        'r: 'a,
    {
        self.lines.clear();
        self.days.clear();
        self.pairs.clear();
        self.outpatient.clear();
        self.unanswered.set(None);
        self.claims += 1;
        match claim.form() {
            ClaimForm::Institutional(form) => self.take_institutional(claim, form.dates.first(), called),
            _ => self.take_professional(claim, called),
        }
        Resolved {
            claim,
            reference: self.reference,
            modifier_table: self.modifier_table,
            periods: &self.periods,
            lines: &self.lines,
            days: &self.days,
            pairs: &self.pairs,
            outpatient: &self.outpatient,
            needed: called.calls.all_needs(),
            unanswered: &self.unanswered,
        }
    }

    #[inline(never)]
    fn take_professional(&mut self, claim: &Claim, called: Called<'_>) {
        let lines = claim.lines();
        let mut providers = Providers::default();
        self.lines.reserve(lines.len());
        while let Some(first) = lines.get(self.lines.len()) {
            let at = self.period(0, claim, first.date(), Setting::Practitioner, called);
            let Some(period) = self.periods.get_mut(at) else {
                return;
            };
            let days = period.days;
            for line in lines.get(self.lines.len()..).unwrap_or_default() {
                if !days.contains(line.date()) {
                    break;
                }
                let provider = line.provider.map_or(NOT_NAMED, Npi::number);
                providers.take(provider);
                self.lines.push(period.line(line, at as u32, provider, called.calls));
            }
        }
        if let Some(provider) = providers.one() {
            self.lines.iter_mut().for_each(|line| line.provider = provider);
        }
        self.pairs.compare(&mut self.lines, &mut self.days, &self.periods);
    }

    /// The tables of the claim's first day take the whole claim; its lines are all the facility's.
    fn take_institutional(&mut self, claim: &Claim, first_day: ServiceDate, called: Called<'_>) {
        let setting = Setting::OutpatientHospital;
        let at = self.period(0, claim, first_day, setting, called);
        let mut own = at;
        for line in claim.lines() {
            own = self.period(own, claim, line.date(), setting, called);
            self.take(line, at, called.calls);
            if own != at {
                self.take_by_own_date(line, own, called.calls);
            }
            if let Some((facts, period)) = self.lines.last().zip(self.periods.get(at)) {
                self.outpatient.take(facts, period);
            }
        }
        self.pairs.compare(&mut self.lines, &mut self.days, &self.periods);
        let entries = Entries {
            periods: &self.periods,
            lines: &self.lines,
            days: &self.days,
        };
        self.outpatient.set_aside(claim, &entries);
    }

    /// Replaces the last line's MUE with the one in force on the line's own date.
    fn take_by_own_date(&mut self, line: &ServiceLine, own: usize, calls: &Dispatch) {
        let Some(facts) = self.lines.last_mut() else {
            return;
        };
        let Some(period) = self.periods.get_mut(own) else {
            return;
        };
        let place = period.code(line.code, calls);
        let by_own_date = period.codes.at(place);
        facts.own_period = own as u32;
        facts.mue = by_own_date.mue;
        facts.is_within_mue = is_within(facts.mue, line);
        facts.gaps = facts.gaps & !BY_DATE_OF_LINE | by_own_date.gaps & BY_DATE_OF_LINE;
        if let Some(period) = self.periods.get(facts.period as usize) {
            let mut code = *period.codes.at(facts.code);
            (code.mue, code.gaps) = (facts.mue, facts.gaps);
            let is_listed = |table| period.is_listed(table, code.id());
            let rules = calls.of_code(&code, &[], period.entry(&code).copied(), line.code, &is_listed);
            // They are in the cache since the line was taken.
            let modifiers = period.met_modifiers(line.modifiers);
            facts.called = calls.of_line(line, &code, rules, modifiers);
        }
    }

    /// The index of the period containing `date`. `last`, the previous line's period, is tried first.
    #[inline]
    fn period(&mut self, last: usize, claim: &Claim, date: ServiceDate, setting: Setting, called: Called<'_>) -> usize {
        let holds = |period: &Period<'_>| period.days.contains(date) && period.plan == called.plan;
        let at = if self.periods.get(last).is_some_and(holds) {
            last
        } else {
            self.periods.iter().position(holds).unwrap_or_else(|| {
                self.periods.push(Period::new(
                    (self.reference, self.modifier_table),
                    called,
                    setting,
                    date,
                    self.stale,
                ));
                self.periods.len() - 1
            })
        };
        if let Some(period) = self.periods.get_mut(at) {
            period.make_ready(self.claims, claim.lines().len());
        }
        at
    }

    fn take(&mut self, line: &ServiceLine, at: usize, calls: &Dispatch) {
        if let Some(period) = self.periods.get_mut(at) {
            self.lines.push(period.line(line, at as u32, NOT_NAMED, calls));
        }
    }
}

/// Who rendered the lines of a claim.
#[derive(Default)]
struct Providers {
    /// The one named first.
    named: u64,
    several_are_named: bool,
    some_line_names_none: bool,
}

impl Providers {
    #[inline(always)]
    fn take(&mut self, provider: u64) {
        let is_named = provider != NOT_NAMED;
        self.several_are_named |= is_named & (self.named != NOT_NAMED) & (provider != self.named);
        self.some_line_names_none |= !is_named;
        self.named = if self.named == NOT_NAMED { provider } else { self.named };
    }

    /// The provider of all lines, where some name one and the others none.
    fn one(&self) -> Option<u64> {
        let is_one = self.some_line_names_none & (self.named != NOT_NAMED) & !self.several_are_named;
        is_one.then_some(self.named)
    }
}

impl Period<'_> {
    /// The facts of a line.
    #[inline(always)]
    fn line(&mut self, line: &ServiceLine, at: u32, provider: u64, calls: &Dispatch) -> LineFacts {
        let place = self.code(line.code, calls);
        let modifiers = self.modifiers(line.modifiers, calls);
        let code = self.codes.at(place);
        let pair = code.pair_code();
        let spans_days = !line.dates.is_single();
        let day = u64::from(line.date().day_number());
        let key = day << CODE_BITS | number_of_code(code.id(), line);
        LineFacts {
            called: calls.of_line(line, code, self.rules_of(code), modifiers),
            key: if spans_days { NO_DAY } else { key },
            provider,
            mue: code.mue,
            gaps: code.gaps,
            period: at,
            own_period: at,
            code: place,
            pair_number: pair.number,
            pair_groups: pair.groups,
            modifiers: modifiers.facts,
            spans_days,
            is_within_mue: is_within(code.mue, line),
            standing: Standing::Alone,
        }
    }
}

/// Whether a line's units are within the MUE. Where there is no MUE, or the line counts something else, they are not.
#[inline(always)]
fn is_within(mue: Option<Mue>, line: &ServiceLine) -> bool {
    let limit = mue.map_or(0, |mue| mue.value);
    mue.is_some() & (line.measure == Measure::Units) & !line.units.exceeds(limit)
}

/// A claim with the facts of its lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resolved<'a> {
    claim: &'a Claim,
    reference: &'a Reference,
    modifier_table: &'a ModifierTable,
    periods: &'a [Period<'a>],
    lines: &'a [LineFacts],
    days: &'a Days,
    pairs: &'a Pairs,
    outpatient: &'a OutpatientFacts,
    /// The tables whose gaps the lines' facts hold, one bit each: those that a rule needs.
    needed: u32,
    unanswered: &'a Cell<Option<Unanswered>>,
}

impl<'a> Resolved<'a> {
    /// The first table since the last call that a check read although it does not answer for the line.
    #[inline]
    pub(crate) fn take_unanswered(&self) -> Option<Unanswered> {
        let unanswered = self.unanswered.get();
        if unanswered.is_some() {
            self.unanswered.set(None);
        }
        unanswered
    }

    pub(crate) fn lines(&'a self) -> impl Iterator<Item = Line<'a>> + use<'a> {
        let both = (0..).zip(self.claim.lines()).zip(self.lines);
        both.filter_map(|((position, line), facts)| {
            Some(Line {
                resolved: self,
                line,
                facts,
                code_facts: self.code_facts(facts)?,
                position,
            })
        })
    }

    pub(crate) fn claim(&self) -> &'a Claim {
        self.claim
    }

    /// The facts of the lines, in their order in the claim.
    pub(crate) fn facts(&self) -> &'a [LineFacts] {
        self.lines
    }

    pub(crate) fn line(&'a self, position: usize) -> Option<Line<'a>> {
        let facts = self.lines.get(position)?;
        Some(Line {
            resolved: self,
            line: self.claim.lines().get(position)?,
            facts,
            code_facts: self.code_facts(facts)?,
            position: position as u32,
        })
    }

    /// The facts of a line's code.
    #[inline]
    fn code_facts(&self, line: &LineFacts) -> Option<&'a CodeFacts> {
        Some(self.periods.get(line.period as usize)?.codes.at(line.code))
    }

    /// The claim as a whole.
    pub(crate) fn whole(&'a self) -> WholeClaim<'a> {
        WholeClaim::new(self)
    }

    /// Calls `visit` for every PTP edit in force between two lines of one provider and day.
    #[inline]
    pub(crate) fn pairs(&'a self, visit: &mut impl FnMut(&Pair<'a>)) {
        for &(one, two) in &self.pairs.lines {
            if let Some((one, two)) = self.line(one as usize).zip(self.line(two as usize)) {
                Pair::between(one, two, visit);
            }
        }
    }

    /// The lines that are pairs with more lines than [`pairs`](Self::pairs) visits, and with how many more.
    pub(crate) fn more_pairs(&'a self) -> impl Iterator<Item = (Line<'a>, u32)> {
        let more = self.pairs.more.iter();
        more.filter_map(|&(line, count)| Some((self.line(line as usize)?, count)))
    }

    /// The lines of one code, provider and day whose first line is at this position.
    pub(crate) fn code_day(&'a self, first: usize) -> Option<CodeDay<'a>> {
        CodeDay::new(self, first)
    }
}

/// The number of a line's code: that in the tables, or a mark and that of its text.
#[inline]
fn number_of_code(id: Option<CodeId>, line: &ServiceLine) -> u64 {
    id.map_or_else(
        || UNNAMED | u64::from(line.code.map_or(0, ProcedureCode::number)),
        |id| id.index() as u64,
    )
}
