//! A claim against the tables in force: facts looked up once, so that rules only compare.

mod day;
mod era;
mod line;
mod outpatient;

use crate::claim::{Claim, ClaimForm, ServiceLine};
use crate::model::{ProcedureCode, ServiceDate};
use crate::reference::{CodeId, Reference, Setting, Stale};

pub(crate) use self::day::Day;
pub use self::day::{CodeDay, Pair};
pub(crate) use self::era::{CodeFacts, table_bit};
pub use self::line::Line;
pub(crate) use self::outpatient::Unseen;
pub use self::outpatient::{SetAside, WholeClaim};

use self::era::{BY_DATE_OF_LINE, Era, ModifierFacts};
use self::outpatient::OutpatientFacts;

/// What the tables say of one line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineFacts {
    id: Option<CodeId>,
    /// The era of the line's date; of an institutional claim that of its first day.
    era: u32,
    /// The era of the line's own date.
    own_era: u32,
    pub(crate) code: CodeFacts,
    pub(crate) modifiers: ModifierFacts,
    pub(crate) spans_days: bool,
    /// The line's provider-day in the order of the claim's lines by day.
    group: (u32, u32),
}

impl LineFacts {
    /// Takes from the era of the line's own date what goes by it on every claim.
    fn by_own_date(&mut self, line: &ServiceLine, at: usize, era: &mut Era<'_>) {
        let (_, code) = era.code(line.code);
        self.own_era = at as u32;
        self.code.mue = code.mue;
        self.code.gaps = self.code.gaps & !BY_DATE_OF_LINE | code.gaps & BY_DATE_OF_LINE;
    }
}

/// A line in the order of day, provider and code, which its key numbers in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    key: u64,
    line: u32,
}

/// The number of a code in the tables, or, marked by the highest bit, of one that they do not name.
const CODE_BITS: u32 = ProcedureCode::NUMBER_BITS + 1;
const UNNAMED: u64 = 1 << ProcedureCode::NUMBER_BITS;
const PROVIDER_BITS: u32 = 21;

impl Place {
    fn same_provider_day(&self, other: &Self) -> bool {
        self.key >> CODE_BITS == other.key >> CODE_BITS
    }
}

/// The buffers of a resolved claim, kept between claims so that nothing is allocated once they have grown.
///
/// They serve one reference and one choice of stale tables.
#[derive(Debug)]
pub(crate) struct Buffers<'r> {
    reference: &'r Reference,
    stale: Stale,
    /// Whether eras remember what they find for each code.
    keep: bool,
    /// Those met so far, whatever the claim: there are as many as releases and rows begin and end.
    eras: Vec<Era<'r>>,
    lines: Vec<LineFacts>,
    order: Vec<Place>,
    outpatient: OutpatientFacts,
    /// The providers of the claim, each once.
    providers: Vec<u64>,
}

impl<'r> Buffers<'r> {
    /// Buffers for one claim.
    pub(crate) fn for_one(reference: &'r Reference, stale: Stale) -> Self {
        Self {
            reference,
            stale,
            keep: false,
            eras: Vec::new(),
            lines: Vec::new(),
            order: Vec::new(),
            outpatient: OutpatientFacts::default(),
            providers: Vec::new(),
        }
    }

    /// Buffers for many claims, in which each code is looked up once.
    pub(crate) fn for_many(reference: &'r Reference, stale: Stale) -> Self {
        Self {
            keep: true,
            ..Self::for_one(reference, stale)
        }
    }

    /// Looks up every line of a claim.
    pub(crate) fn resolve<'a>(&'a mut self, claim: &'a Claim) -> Resolved<'a>
    where
        'r: 'a,
    {
        self.lines.clear();
        self.order.clear();
        self.providers.clear();
        self.outpatient.clear();
        match claim.form() {
            ClaimForm::Institutional(form) => self.take_institutional(claim, form.dates.first()),
            _ => self.take_professional(claim),
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

    fn take_professional(&mut self, claim: &Claim) {
        let mut last = 0;
        for (number, line) in (0..).zip(claim.lines()) {
            last = self.era(last, Setting::Practitioner, line.date());
            let provider = self.provider(line);
            self.take(number, line, provider, last);
        }
        self.group();
    }

    /// The tables of the claim's first day take the whole claim; its lines are all the facility's.
    fn take_institutional(&mut self, claim: &Claim, first_day: ServiceDate) {
        let setting = Setting::OutpatientHospital;
        let at = self.era(0, setting, first_day);
        let mut own = at;
        for (number, line) in (0..).zip(claim.lines()) {
            own = self.era(own, setting, line.date());
            self.take(number, line, 0, at);
            let Some(facts) = self.lines.last_mut() else {
                continue;
            };
            if own != at
                && let Some(era) = self.eras.get_mut(own)
            {
                facts.by_own_date(line, own, era);
            }
            if let Some(era) = self.eras.get(at) {
                self.outpatient.take(line, facts, era, first_day);
            }
        }
        self.group();
        self.outpatient.set_aside(claim, &self.lines, &self.order);
    }

    /// The place of the era of a date; `last` is where the line before was found, and nearly always holds again.
    #[inline]
    fn era(&mut self, last: usize, setting: Setting, date: ServiceDate) -> usize {
        let holds = |era: &Era<'_>| era.days.contains(date) && era.setting == setting;
        if self.eras.get(last).is_some_and(holds) {
            return last;
        }
        self.eras.iter().position(holds).unwrap_or_else(|| {
            let era = Era::new(self.reference, setting, date, self.stale, self.keep);
            self.eras.push(era);
            self.eras.len() - 1
        })
    }

    #[inline]
    fn take(&mut self, number: u32, line: &ServiceLine, provider: u64, at: usize) {
        let Some(era) = self.eras.get_mut(at) else {
            return;
        };
        let (id, code) = era.code(line.code);
        let modifiers = line.modifiers.iter().map(|modifier| era.modifier(modifier));
        let facts = LineFacts {
            id,
            era: at as u32,
            own_era: at as u32,
            code,
            modifiers: modifiers.fold(ModifierFacts::default(), ModifierFacts::and),
            spans_days: !line.dates.is_single(),
            group: (0, 0),
        };
        if !facts.spans_days {
            let code = id.map_or_else(
                || UNNAMED | u64::from(line.code.map_or(0, ProcedureCode::number)),
                |id| id.index() as u64,
            );
            let day = u64::from(line.date().day_number());
            self.order.push(Place {
                key: (day << PROVIDER_BITS | provider) << CODE_BITS | code,
                line: number,
            });
        }
        self.lines.push(facts);
    }

    /// The provider's number in the claim; a missing provider is one, too.
    #[inline]
    fn provider(&mut self, line: &ServiceLine) -> u64 {
        let provider = line.provider.map_or(0, |provider| provider.number());
        let known = self.providers.iter().position(|&known| known == provider);
        known.unwrap_or_else(|| {
            self.providers.push(provider);
            self.providers.len() - 1
        }) as u64
    }

    /// Orders the lines by day, provider and code, and notes for each its provider-day.
    fn group(&mut self) {
        let (lines, order) = (&mut self.lines, &mut self.order);
        if !order.is_sorted() {
            order.sort_unstable();
        }
        let mut start = 0;
        for day in order.chunk_by(Place::same_provider_day) {
            let group = (start, start + day.len() as u32);
            for place in day {
                if let Some(facts) = lines.get_mut(place.line as usize) {
                    facts.group = group;
                }
            }
            start = group.1;
        }
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
        both.map(|((position, line), facts)| Line {
            resolved: self,
            line,
            facts,
            position,
        })
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
            .chunk_by(Place::same_provider_day)
            .map(|lines| Day { resolved: self, lines })
    }

    /// Whether the pair table of the first line's date has any edit between the codes of two lines.
    #[inline]
    fn is_pair(&self, one: u32, two: u32) -> bool {
        let facts = |at: u32| self.lines.get(at as usize);
        let (Some(one), Some(two)) = (facts(one), facts(two)) else {
            return false;
        };
        let (Some(a), Some(b)) = (one.code.pair_code, two.code.pair_code) else {
            return false;
        };
        let era = self.eras.get(one.era as usize);
        era.and_then(|era| era.pairs.ok())
            .is_some_and(|pairs| pairs.table.has(a, b))
    }
}
