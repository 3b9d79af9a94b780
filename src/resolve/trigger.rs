//! What calls for a rule: a fact of a line. Sets of rules by fact, so that a line meets only the rules that concern it.

use crate::claim::ServiceLine;
use crate::model::{Modifier, Modifiers, ProcedureCode, SiteOfService, SiteRate};
use crate::reference::{AddOnType, Mai, OutpatientEntry, OutpatientFlag, PcTc, PolicyIndicators, StatusCode, Table};

use super::era::{CodeFacts, ModifierFacts, kind_bit, table_bit};

/// Which lines a rule concerns; on every other line it is not applicable. The engine reads this before it calls. A rule of
/// code days is called where one of the day's lines of the code calls for it; a rule of pairs for every pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trigger {
    /// Every line.
    EveryLine,
    /// Lines with one of these modifiers.
    Modifiers(&'static [Modifier]),
    /// Lines with two modifiers or more.
    SeveralModifiers,
    /// Lines with more than four modifiers.
    MoreThanFourModifiers,
    /// Lines with a modifier that the modifier table does not list.
    UnknownModifier,
    /// Lines whose code has one of these status codes in the fee schedule, in some row, of whatever component.
    Status(&'static [StatusCode]),
    /// Lines whose code has one of these PC/TC indicators in the fee schedule, in some row, of whatever component.
    PcTc(&'static [PcTc]),
    /// Lines at a site for whose rate, non-facility or facility, the fee schedule says NA in some row of the code, of
    /// whatever component. Where it is not known which is the rate at the site, either may be.
    NaIndicator,
    /// Lines whose code the fee schedule does not list.
    NotInFeeSchedule,
    /// Lines with one of these codes, and lines with a code that no table lists: of those it is not told which they are, so
    /// that a rule looks again.
    Codes(&'static [ProcedureCode]),
    /// Lines at one of these sites.
    Sites(&'static [SiteOfService]),
    /// Lines at a two-digit code that is not an assigned place of service.
    UnassignedSite,
    /// Lines whose code has an MUE of this adjudication indicator. The rule is about units above it: where a line's units
    /// are within it, and no other line of the day has the code, it is not called, and counts as evaluated.
    AboveMue(Mai),
    /// Lines whose code is an add-on of this type.
    AddOn(AddOnType),
    /// Lines with a modifier that began inside a quarter, on a day that its row states.
    DatedModifier,
    /// Lines whose code has one of these attributes in the outpatient editor.
    Outpatient(&'static [OutpatientFlag]),
    /// Lines whose code has one of these status indicators in the outpatient editor.
    OutpatientStatus(&'static [&'static str]),
    /// Lines whose code the outpatient editor does not list.
    NotInOutpatientCodes,
}

/// A set of rules of lines and of code days, a bit each.
pub(crate) type Set = u64;

/// What calls for each rule of a plan. What a code calls for is worked out once a code, and what a modifier does once a
/// modifier; a line joins the sets.
#[derive(Clone, Debug)]
pub(crate) struct Calls {
    by_code: Vec<(Trigger, Set)>,
    /// Facts of the code without which nothing else calls for a rule.
    only_by_code: Vec<(Trigger, Set)>,
    by_modifier: Vec<Set>,
    unknown_modifier: Set,
    dated_modifier: Set,
    several_modifiers: Set,
    more_than_four_modifiers: Set,
    na_indicator: Set,
    above_mue: Set,
    by_site: Box<[OfSite; SITE_NUMBERS]>,
}

/// What a site calls for.
#[derive(Clone, Copy, Debug, Default)]
struct OfSite {
    calls: Set,
    /// The rate at the site, as [`na_bit`] has it.
    rate: u8,
}

/// The bit of a rate among those for which the fee schedule says NA.
pub(super) const fn na_bit(rate: SiteRate) -> u8 {
    match rate {
        SiteRate::Facility => 1,
        SiteRate::NonFacility => 2,
    }
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

impl Calls {
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
            several_modifiers: 0,
            more_than_four_modifiers: 0,
            na_indicator: 0,
            above_mue: 0,
            by_site: Box::new(std::array::from_fn(of_site)),
        }
    }

    /// Notes what calls for the rule of `bit`, and the fact of the code without which it does not.
    pub(crate) fn add(&mut self, on: Trigger, and: Trigger, bit: Set) {
        if and != Trigger::EveryLine {
            self.only_by_code.push((and, bit));
        }
        match on {
            Trigger::MoreThanFourModifiers => self.more_than_four_modifiers |= bit,
            Trigger::UnknownModifier => self.unknown_modifier |= bit,
            Trigger::DatedModifier => self.dated_modifier |= bit,
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

    fn add_sites(&mut self, which: impl Fn(SiteOfService) -> bool, bit: Set) {
        for (number, of_site) in (0..).zip(self.by_site.iter_mut()) {
            if SiteOfService::from_number(number).is_some_and(&which) {
                of_site.calls |= bit;
            }
        }
    }

    /// The rules that are about units above the MUE.
    #[inline]
    pub(crate) fn above_mue(&self) -> Set {
        self.above_mue
    }

    /// The rules that the facts of a code call for, and those that they leave to what else calls. The code is not given
    /// where the facts are those of every code that the reference does not have.
    pub(super) fn of_code(
        &self,
        facts: &CodeFacts,
        fee_rows: &[PolicyIndicators],
        entry: Option<OutpatientEntry>,
        code: Option<ProcedureCode>,
    ) -> (Set, Set) {
        let row_calls = |calls: &dyn Fn(&PolicyIndicators) -> bool| {
            fee_rows.iter().any(calls) || fee_rows.is_empty() && facts.lacks(Table::FeeSchedule)
        };
        let calls = |trigger: Trigger| match trigger {
            Trigger::Codes(codes) => code.is_none_or(|code| codes.contains(&code)),
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
        let all = |sets: Set, (_, set): &(Trigger, Set)| sets | set;
        (calling.fold(0, all), !silent.fold(0, all))
    }

    /// The rules that a modifier's facts call for; `listed` is whether the modifier table answers at all.
    pub(super) fn of_modifier(&self, modifier: Modifier, facts: &ModifierFacts, listed: bool) -> Set {
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
        let by_modifier = self.by_modifier.get(modifier.index()).copied().unwrap_or_default();
        by_modifier | by_unknown | by_date
    }

    /// The rules that a line calls for.
    #[inline(always)]
    pub(super) fn of_line(&self, line: &ServiceLine, code: &CodeFacts, modifiers: ModifierFacts) -> Set {
        let number = line.site.map_or(NO_SITE, SiteOfService::number);
        let site = self.by_site.get(usize::from(number) % SITE_NUMBERS);
        let site = site.copied().unwrap_or_default();
        let by_na = if code.na & site.rate == 0 { 0 } else { self.na_indicator };
        let by_number = self.by_number_of_modifiers(line.modifiers);
        (code.calls | modifiers.calls | site.calls | by_na | by_number) & code.allows
    }

    #[inline]
    fn by_number_of_modifiers(&self, modifiers: Modifiers) -> Set {
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
    /// Whether a fact of the code calls for a rule; where a table does not tell, it does.
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

/// Whether the outpatient editor's row of a code calls for a rule.
fn is_called_by(entry: &OutpatientEntry, trigger: Trigger) -> bool {
    match trigger {
        Trigger::Outpatient(flags) => flags.iter().any(|&flag| entry.flags.has(flag)),
        Trigger::OutpatientStatus(statuses) => statuses.contains(&entry.status_text()),
        _ => false,
    }
}
