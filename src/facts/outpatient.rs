//! A hospital outpatient claim as CMS's outpatient editor (I/OCE) takes it: every code by the version of the claim's first
//! day, and the lines that its first edits set aside.

use crate::claim::Claim;
use crate::model::Modifier;
use crate::model::modifier_groups::INPATIENT_EMERGENCY;
use crate::reference::{Gap, ModifierRow, OutpatientEntry, OutpatientFlag, Table, modifier_row};

use super::code::table_bit;
use super::days::Days;
use super::period::Period;
use super::{Header, Line, LineFacts, LineInClaim, Resolved, day_of};

/// Status indicators that conditional packaging may change, or that may choose a comprehensive primary.
const CONDITIONAL: [[u8; 2]; 6] = [*b"J1", *b"J2", *b"Q1", *b"Q2", *b"Q3", *b"Q4"];

/// Which edit set a line aside, so that later edits do not look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SetAside {
    /// Edit 18: the line is an inpatient procedure.
    Inpatient,
    /// Edit 49: another line of its day is one.
    BesideInpatient,
    /// The line is an inpatient procedure under modifier CA. The first such line of a claim is its comprehensive primary.
    UnderCa,
    /// Another line of the claim is one.
    BesideCa,
}

/// A rule's stage in the outpatient editor: some edits keep later ones from looking at a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Order {
    /// It looks at every line, whatever another edit found.
    Always,
    /// It comes after edit 27: on a claim of nothing but incidental services it is not applicable.
    AfterIncidental,
    /// It also comes after the edits that set lines aside (18, 49 and modifier CA): to a line
    /// [set aside](Line::set_aside) it is not applicable. They set aside all lines of a day, so that the other lines of
    /// the day of a line that it looks at are not set aside either.
    AfterSetAside,
}

/// The latest of the editor's stages that a line comes to.
#[inline]
pub(crate) fn latest_order(line: &Line<'_>) -> Order {
    if WholeClaim::new(line.resolved).is_incidental_only() {
        Order::Always
    } else if line.set_aside().is_some() {
        Order::AfterIncidental
    } else {
        Order::AfterSetAside
    }
}

/// Why edits that read other lines cannot be evaluated: one of the lines is not known well enough.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Unseen {
    /// It covers several days.
    SeveralDays,
    /// The editor's codes do not answer for it.
    Gap(Gap),
    /// It could not be read.
    NotRead,
}

/// What the editor knows of a claim and its lines; of a professional claim nothing.
#[derive(Debug, Default)]
pub(super) struct OutpatientFacts {
    /// By line, which edit set it aside.
    set_aside: Vec<Option<SetAside>>,
    of_claim: ClaimFacts,
}

#[derive(Clone, Copy, Debug, Default)]
struct ClaimFacts {
    /// A line has a row in the editor's codes.
    any_row: bool,
    /// A line has a row of a status indicator other than N.
    any_other_than_n: bool,
    any_j1: bool,
    any_inpatient: bool,
    any_conditional: bool,
    unseen: Option<Unseen>,
}

/// The editor's rows of a claim's lines.
pub(super) struct Entries<'a> {
    pub(super) periods: &'a [Period<'a>],
    pub(super) lines: &'a [LineFacts],
    pub(super) days: &'a Days,
}

impl Entries<'_> {
    fn of(&self, at: usize) -> Option<&OutpatientEntry> {
        let facts = self.lines.get(at)?;
        let period = self.periods.get(facts.period as usize)?;
        period.entry(period.codes.at(facts.code))
    }

    /// Whether a line has a status indicator, padded with a blank.
    fn has_status(&self, at: usize, status: [u8; 2]) -> bool {
        self.of(at).is_some_and(|entry| entry.status == status)
    }
}

impl OutpatientFacts {
    pub(super) fn clear(&mut self) {
        self.set_aside.clear();
        self.of_claim = ClaimFacts::default();
    }

    /// Adds a line to the facts of the claim.
    pub(super) fn take(&mut self, facts: &LineFacts, period: &Period<'_>) {
        self.set_aside.push(None);
        let code = period.codes.at(facts.code);
        let claim = &mut self.of_claim;
        if let Some(entry) = period.entry(code) {
            claim.any_row = true;
            claim.any_other_than_n |= entry.status != *b"N ";
            claim.any_j1 |= entry.status == *b"J1";
            claim.any_inpatient |= entry.status == *b"C ";
            claim.any_conditional |= CONDITIONAL.contains(&entry.status);
        }
        if code.is_given() && claim.unseen.is_none() {
            if facts.gaps & table_bit(Table::OutpatientCodes) != 0 {
                claim.unseen = period.tables.gap(Table::OutpatientCodes, code.id()).map(Unseen::Gap);
            } else if facts.spans_days {
                claim.unseen = Some(Unseen::SeveralDays);
            }
        }
    }

    /// Sets lines aside: all of a claim with an inpatient procedure under modifier CA, else all of a day with an inpatient
    /// procedure. One that is a separate procedure, on a day with a major one, sets nothing aside: edit 45 rejects it.
    pub(super) fn set_aside(&mut self, claim: &Claim, entries: &Entries<'_>) {
        if !self.of_claim.any_inpatient {
            return;
        }
        let mut under_ca = false;
        for (at, line) in claim.lines().iter().enumerate() {
            if line.modifiers.contains(INPATIENT_EMERGENCY) && self.is_inpatient(entries, at) {
                under_ca = true;
                self.mark(at, SetAside::UnderCa);
            }
        }
        for at in 0..entries.lines.len() {
            if under_ca {
                self.mark(at, SetAside::BesideCa);
            } else if self.is_inpatient(entries, at) {
                self.mark(at, SetAside::Inpatient);
            }
        }
        for facts in entries.lines {
            if day_of(facts, entries.lines, entries.days).any(|at| self.set_aside_by(at) == Some(SetAside::Inpatient)) {
                for at in day_of(facts, entries.lines, entries.days) {
                    self.mark(at, SetAside::BesideInpatient);
                }
            }
        }
    }

    /// Whether a line is an inpatient procedure of its own, not a part of another.
    fn is_inpatient(&self, entries: &Entries<'_>, at: usize) -> bool {
        let separate = || entries.of(at).is_some_and(is_separate);
        entries.has_status(at, *b"C ") && !(separate() && self.is_on_t_day(entries, at))
    }

    fn is_on_t_day(&self, entries: &Entries<'_>, at: usize) -> bool {
        let mut day = entries
            .lines
            .get(at)
            .into_iter()
            .flat_map(|facts| day_of(facts, entries.lines, entries.days));
        self.of_claim.any_j1 || day.any(|at| entries.has_status(at, *b"T "))
    }

    fn set_aside_by(&self, at: usize) -> Option<SetAside> {
        self.set_aside.get(at).copied().flatten()
    }

    /// Marks a line, unless it is marked already.
    fn mark(&mut self, at: usize, why: SetAside) {
        if let Some(line) = self.set_aside.get_mut(at) {
            line.get_or_insert(why);
        }
    }
}

fn is_separate(entry: &OutpatientEntry) -> bool {
    entry.flags.has(OutpatientFlag::SeparateProcedure)
}

/// Facts of a line of a hospital outpatient claim. On a professional claim the editor does not look at any line.
impl<'a> Line<'a> {
    /// The code's row in the editor's version of the claim's first day; `None` if it does not list the code.
    #[must_use]
    pub fn entry(&self) -> Option<&'a OutpatientEntry> {
        self.rely_on(Table::OutpatientCodes);
        self.period()?.entry(self.code_facts)
    }

    /// The OPPS status indicator; empty where the editor does not list the code.
    #[must_use]
    pub fn status(&self) -> &'a str {
        self.entry().map_or("", OutpatientEntry::status_text)
    }

    /// Whether the editor's code table sets an attribute.
    #[must_use]
    pub fn flag(&self, flag: OutpatientFlag) -> bool {
        self.entry().is_some_and(|entry| entry.flags.has(flag))
    }

    /// The edit that set the line aside, if one did.
    #[must_use]
    pub fn set_aside(&self) -> Option<SetAside> {
        self.resolved.outpatient.set_aside_by(self.position())
    }

    /// The modifier table's row of a modifier.
    #[must_use]
    pub fn modifier_row(&self, modifier: Modifier) -> Option<ModifierRow> {
        self.rely_on(Table::Modifiers);
        let loaded = self.tables()?.modifiers.ok()?;
        modifier_row(&loaded.table, modifier, self.as_of(Table::Modifiers))
    }

    /// Two of the line's modifiers that the table of modifier conflicts has, in either order.
    #[must_use]
    pub fn conflicting_modifiers(&self) -> Option<(Modifier, Modifier)> {
        self.rely_on(Table::ModifierConflicts);
        let loaded = self.tables()?.modifier_conflicts.ok()?;
        let as_of = self.as_of(Table::ModifierConflicts);
        let conflicts = |first: Modifier| {
            loaded
                .table
                .rows(first.into())
                .filter(|row| row.in_force.contains(as_of))
                .find(|row| self.has(row.second))
                .map(|row| (row.first, row.second))
        };
        self.modifiers().iter().find_map(conflicts)
    }
}

/// A claim as a whole, for rules that are about more than one line or day.
#[derive(Clone, Copy, Debug)]
pub struct WholeClaim<'a> {
    resolved: &'a Resolved<'a>,
}

impl<'a> WholeClaim<'a> {
    pub(crate) fn new(resolved: &'a Resolved<'a>) -> Self {
        Self { resolved }
    }

    fn facts(&self) -> &'a ClaimFacts {
        &self.resolved.outpatient.of_claim
    }

    /// What the claim says outside its lines.
    #[must_use]
    pub fn header(&self) -> Header<'a> {
        Header::new(self.resolved.claim)
    }

    /// The lines.
    pub fn lines(&self) -> impl Iterator<Item = LineInClaim<'a>> + use<'a> {
        self.resolved.lines().map(LineInClaim::new)
    }

    /// Whether the outpatient editor lists the code of some line, and all that it lists are incidental: status indicator N.
    /// Not known, and no, where a line is not covered.
    #[must_use]
    pub fn is_incidental_only(&self) -> bool {
        let claim = self.facts();
        claim.any_row && !claim.any_other_than_n && self.unseen().is_none()
    }

    /// Whether one line carries the payment for all: one of status indicator J1, or an inpatient procedure under modifier CA.
    #[must_use]
    pub fn has_comprehensive_primary(&self) -> bool {
        self.facts().any_j1
            || self.facts().any_inpatient && self.lines().any(|line| line.set_aside() == Some(SetAside::UnderCa))
    }

    /// Whether a line has a status indicator that conditional packaging may change (Q1 to Q4), or that chooses a
    /// comprehensive primary or may do so (J1, J2): then the final status indicators are not known.
    #[must_use]
    pub fn has_conditional_packaging(&self) -> bool {
        self.facts().any_conditional
    }

    /// Why rules that read other lines cannot be evaluated.
    pub(crate) fn unseen(&self) -> Option<Unseen> {
        let is_unread = !self.resolved.claim.unread_lines().is_empty();
        is_unread.then_some(Unseen::NotRead).or(self.facts().unseen)
    }

    /// Why the outpatient editor's codes answer for no line at all.
    pub(crate) fn outpatient_gap(&self) -> Option<Gap> {
        let line = self.lines().next()?;
        line.tables()?.outpatient_codes.err()
    }
}
