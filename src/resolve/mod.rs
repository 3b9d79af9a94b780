//! A claim against the tables in force: facts looked up once, so that rules only compare.

mod day;
mod era;
mod line;
mod memo;
mod outpatient;
mod trigger;

use crate::claim::{Claim, ClaimForm, ServiceLine};
use crate::model::{ProcedureCode, ServiceDate};
use crate::reference::{CodeId, Mue, PairCode, Reference, Setting, Stale};

pub(crate) use self::day::Day;
pub use self::day::{CodeDay, Pair};
pub(crate) use self::era::table_bit;
pub use self::line::Line;
pub use self::outpatient::{Order, SetAside, WholeClaim};
pub(crate) use self::outpatient::{Unseen, latest_order};
pub use self::trigger::Trigger;
pub(crate) use self::trigger::{Calls, Set};

use self::era::{BY_DATE_OF_LINE, CodeFacts, Era, ModifierFacts};
use self::outpatient::{Entries, OutpatientFacts};

/// What the tables say of one line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineFacts {
    /// The rules that it calls for.
    pub(crate) called: Set,
    mue: Option<Mue>,
    /// The tables that do not answer for it.
    pub(crate) gaps: u32,
    /// The era of the line's date; of an institutional claim that of its first day.
    era: u32,
    /// The era of the line's own date.
    own_era: u32,
    /// The place of its code's facts in the era.
    code: u32,
    modifiers: ModifierFacts,
    pub(crate) spans_days: bool,
    /// Its place among the claim's lines by day; of a line over several days, which has none, a key beyond all.
    key: u64,
}

/// A line in the order of day, provider and code, which its key numbers in this order.
#[derive(Clone, Copy, Debug)]
struct Place {
    key: u64,
    line: u32,
    pair_number: u16,
    pair_groups: u64,
}

/// The key of a line over several days.
const NO_DAY: u64 = u64::MAX;

/// The number of a code in the tables, or, marked by the highest bit, of one that they do not name.
const CODE_BITS: u32 = ProcedureCode::NUMBER_BITS + 1;
const UNNAMED: u64 = 1 << ProcedureCode::NUMBER_BITS;
const PROVIDER_BITS: u32 = 21;

impl Place {
    fn same_provider_day(&self, other: &Self) -> bool {
        self.key >> CODE_BITS == other.key >> CODE_BITS
    }

    /// The line's code among those of the pair table.
    fn pair_code(&self) -> PairCode {
        PairCode {
            number: self.pair_number,
            groups: self.pair_groups,
        }
    }
}

/// The lines of a line's provider and day, of all in order; none for a line over several days.
fn day_of<'o>(line: &LineFacts, order: &'o [Place]) -> &'o [Place] {
    let day = line.key >> CODE_BITS;
    let first = order.partition_point(|place| place.key >> CODE_BITS < day);
    let rest = order.get(first..).unwrap_or_default();
    let end = rest.partition_point(|place| place.key >> CODE_BITS == day);
    rest.get(..end).unwrap_or_default()
}

/// The buffers of a resolved claim, kept between claims so that nothing is allocated once they have grown.
///
/// They serve one reference and one choice of stale tables.
#[derive(Debug)]
pub(crate) struct Buffers<'r> {
    reference: &'r Reference,
    stale: Stale,
    /// Those met so far, whatever the claim: there are as many as releases and rows begin and end.
    eras: Vec<Era<'r>>,
    lines: Vec<LineFacts>,
    /// The places of the codes' facts, of the lines at hand.
    codes: Vec<u32>,
    order: Vec<Place>,
    outpatient: OutpatientFacts,
    /// The providers of the claim, each once.
    providers: Vec<u64>,
    /// How many claims there were.
    claims: u64,
}

/// The rules to be called for on a claim: the number of their plan, and what calls for each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Called<'p> {
    pub(crate) plan: u8,
    pub(crate) calls: &'p Calls,
}

impl<'r> Buffers<'r> {
    pub(crate) fn new(reference: &'r Reference, stale: Stale) -> Self {
        Self {
            reference,
            stale,
            eras: Vec::new(),
            lines: Vec::new(),
            codes: Vec::new(),
            order: Vec::new(),
            outpatient: OutpatientFacts::default(),
            providers: Vec::new(),
            claims: 0,
        }
    }

    /// Looks up every line of a claim.
    pub(crate) fn resolve<'a>(&'a mut self, claim: &'a Claim, called: Called<'_>) -> Resolved<'a>
    where
        'r: 'a,
    {
        self.lines.clear();
        self.order.clear();
        self.providers.clear();
        self.outpatient.clear();
        self.claims += 1;
        match claim.form() {
            ClaimForm::Institutional(form) => self.take_institutional(claim, form.dates.first(), called),
            _ => self.take_professional(claim, called),
        }
        Resolved {
            claim,
            reference: self.reference,
            eras: &self.eras,
            lines: &self.lines,
            order: &self.order,
            outpatient: &self.outpatient,
        }
    }

    fn take_professional(&mut self, claim: &Claim, called: Called<'_>) {
        let mut rest = claim.lines();
        let mut number = 0;
        while let Some(first) = rest.first() {
            let at = self.era(0, claim, first.date(), Setting::Practitioner, called.plan);
            let Some(era) = self.eras.get_mut(at) else {
                return;
            };
            let outside = rest.iter().position(|line| !era.days.contains(line.date()));
            let (inside, after) = rest.split_at(outside.unwrap_or(rest.len()));
            // All codes first, so that the processor fetches what it does not have at hand for all of them at once.
            self.codes.clear();
            self.codes
                .extend(inside.iter().map(|line| era.code(line.code, called.calls)));
            for (line, &code) in inside.iter().zip(&self.codes) {
                let provider = number_of_provider(&mut self.providers, line);
                let facts = era.line(line, code, at as u32, provider, called.calls);
                self.order.extend(era.place(number, &facts));
                self.lines.push(facts);
                number += 1;
            }
            rest = after;
        }
        self.sort();
    }

    /// The tables of the claim's first day take the whole claim; its lines are all the facility's.
    fn take_institutional(&mut self, claim: &Claim, first_day: ServiceDate, called: Called<'_>) {
        let setting = Setting::OutpatientHospital;
        let at = self.era(0, claim, first_day, setting, called.plan);
        let mut own = at;
        for (number, line) in (0..).zip(claim.lines()) {
            own = self.era(own, claim, line.date(), setting, called.plan);
            self.take(number, line, at, called.calls);
            if own != at {
                self.take_by_own_date(line, own, called.calls);
            }
            if let Some((facts, era)) = self.lines.last().zip(self.eras.get(at)) {
                self.outpatient.take(facts, era);
            }
        }
        self.sort();
        let entries = Entries {
            eras: &self.eras,
            lines: &self.lines,
        };
        self.outpatient.set_aside(claim, &entries, &self.order);
    }

    /// Takes for the last line, from the era of its own date, what goes by it on every claim.
    fn take_by_own_date(&mut self, line: &ServiceLine, own: usize, calls: &Calls) {
        let Some(facts) = self.lines.last_mut() else {
            return;
        };
        let Some(era) = self.eras.get_mut(own) else {
            return;
        };
        let place = era.code(line.code, calls);
        let by_own_date = era.codes.at(place);
        facts.own_era = own as u32;
        facts.mue = by_own_date.mue;
        facts.gaps = facts.gaps & !BY_DATE_OF_LINE | by_own_date.gaps & BY_DATE_OF_LINE;
        if let Some(era) = self.eras.get(facts.era as usize) {
            let mut code = *era.codes.at(facts.code);
            (code.mue, code.gaps) = (facts.mue, facts.gaps);
            (code.calls, code.allows) = calls.of_code(&code, era.entry(&code).copied(), line.code);
            facts.called = calls.of_line(line, &code, &facts.modifiers);
        }
    }

    /// The place of the era of a date; `last` is where the line before was found, and nearly always holds again.
    #[inline]
    fn era(&mut self, last: usize, claim: &Claim, date: ServiceDate, setting: Setting, plan: u8) -> usize {
        let holds = |era: &Era<'_>| era.days.contains(date) && era.plan == plan;
        let at = if self.eras.get(last).is_some_and(holds) {
            last
        } else {
            self.eras.iter().position(holds).unwrap_or_else(|| {
                self.eras
                    .push(Era::new(self.reference, plan, setting, date, self.stale));
                self.eras.len() - 1
            })
        };
        if let Some(era) = self.eras.get_mut(at) {
            era.make_ready(self.claims, claim.lines().len());
        }
        at
    }

    fn take(&mut self, number: u32, line: &ServiceLine, at: usize, calls: &Calls) {
        if let Some(era) = self.eras.get_mut(at) {
            let code = era.code(line.code, calls);
            let facts = era.line(line, code, at as u32, 0, calls);
            self.order.extend(era.place(number, &facts));
            self.lines.push(facts);
        }
    }

    /// Orders the lines by day, provider and code.
    fn sort(&mut self) {
        let order = |place: &Place| (place.key, place.line);
        if !self.order.is_sorted_by_key(order) {
            self.order.sort_unstable_by_key(order);
        }
    }
}

/// The provider's number in the claim; a missing provider is one, too.
#[inline]
fn number_of_provider(providers: &mut Vec<u64>, line: &ServiceLine) -> u64 {
    let provider = line.provider.map_or(0, |provider| provider.number());
    let known = providers.iter().position(|&known| known == provider);
    known.unwrap_or_else(|| {
        providers.push(provider);
        providers.len() - 1
    }) as u64
}

impl Era<'_> {
    /// What the tables say of a line.
    #[inline(always)]
    fn line(&mut self, line: &ServiceLine, place: u32, at: u32, provider: u64, calls: &Calls) -> LineFacts {
        let modifiers = self.modifiers(line.modifiers, calls);
        let code = self.codes.at(place);
        let spans_days = !line.dates.is_single();
        let day = u64::from(line.date().day_number());
        LineFacts {
            called: calls.of_line(line, code, &modifiers),
            mue: code.mue,
            gaps: code.gaps,
            era: at,
            own_era: at,
            code: place,
            modifiers,
            spans_days,
            key: if spans_days {
                NO_DAY
            } else {
                (day << PROVIDER_BITS | provider) << CODE_BITS | number_in_order(code.id(), line)
            },
        }
    }

    /// The place of a line in the order by day.
    #[inline(always)]
    fn place(&self, number: u32, line: &LineFacts) -> Option<Place> {
        let pair_code = self.codes.at(line.code).pair_code();
        (!line.spans_days).then_some(Place {
            key: line.key,
            line: number,
            pair_number: pair_code.number,
            pair_groups: pair_code.groups,
        })
    }
}

/// A claim with what the tables say of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Resolved<'a> {
    claim: &'a Claim,
    reference: &'a Reference,
    eras: &'a [Era<'a>],
    lines: &'a [LineFacts],
    order: &'a [Place],
    outpatient: &'a OutpatientFacts,
}

impl<'a> Resolved<'a> {
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

    /// What the tables say of a line's code.
    #[inline]
    fn code_facts(&self, line: &LineFacts) -> Option<&'a CodeFacts> {
        Some(self.eras.get(line.era as usize)?.codes.at(line.code))
    }

    /// The claim as a whole.
    pub(crate) fn whole(&'a self) -> WholeClaim<'a> {
        WholeClaim::new(self)
    }

    /// The provider-days of the claim.
    pub(crate) fn days(&'a self) -> impl Iterator<Item = Day<'a>> {
        self.order
            .chunk_by(Place::same_provider_day)
            .map(|lines| Day { resolved: self, lines })
    }
}

/// The number of a line's code in the order of a day: that in the tables, or a mark and that of its text.
#[inline]
fn number_in_order(id: Option<CodeId>, line: &ServiceLine) -> u64 {
    id.map_or_else(
        || UNNAMED | u64::from(line.code.map_or(0, ProcedureCode::number)),
        |id| id.index() as u64,
    )
}
