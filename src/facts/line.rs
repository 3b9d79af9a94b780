//! A line as rules see it.

use crate::claim::{Biller, ClaimForm, ServiceLine};
use crate::kinds::{Known, ServiceKind, ServiceKinds};
use crate::model::modifier_groups::FEE_SCHEDULE_ROWS;
use crate::model::{DiagnosisCode, Modifier, Modifiers, ProcedureCode, ServiceDate, SiteOfService, Units};
use crate::reference::{
    AddOnEdit, AddOnType, AscEntry, Gap, Lookup, ModifierFlag, Mue, PolicyIndicators, Reference, Table, TablesInForce,
    modifier_row,
};

use super::code::{CodeFacts, ModifierFacts, table_bit};
use super::period::{BY_DATE_OF_LINE, Period};
use super::{Header, LineFacts, Resolved, Unanswered};

/// One line of a claim, with its facts from the tables on its date.
///
/// A line over several days is evaluated by its first.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    pub(super) resolved: &'a Resolved<'a>,
    pub(super) line: &'a ServiceLine,
    pub(super) facts: &'a LineFacts,
    pub(super) code_facts: &'a CodeFacts,
    pub(super) position: u32,
}

impl<'a> Line<'a> {
    pub(crate) fn facts(&self) -> &'a LineFacts {
        self.facts
    }

    /// The line as it was given.
    #[must_use]
    pub fn given(&self) -> &'a ServiceLine {
        self.line
    }

    /// What the claim says outside its lines.
    #[must_use]
    pub fn header(&self) -> Header<'a> {
        Header::new(self.resolved.claim)
    }

    /// Its position in the claim, from 0.
    #[must_use]
    pub fn position(&self) -> usize {
        self.position as usize
    }

    /// The procedure.
    #[must_use]
    pub fn code(&self) -> Option<ProcedureCode> {
        self.line.code
    }

    /// The date of service.
    #[must_use]
    pub fn date(&self) -> ServiceDate {
        self.line.date()
    }

    /// The modifiers.
    #[must_use]
    pub fn modifiers(&self) -> Modifiers {
        self.line.modifiers
    }

    /// Whether the line carries a modifier.
    #[must_use]
    pub fn has(&self, modifier: Modifier) -> bool {
        self.line.modifiers.contains(modifier)
    }

    /// Whether the line carries one of several modifiers.
    #[must_use]
    pub fn has_any(&self, modifiers: &[Modifier]) -> bool {
        self.line.modifiers.iter().any(|modifier| modifiers.contains(&modifier))
    }

    /// The diagnoses that the line points to; where it points to none, all of the claim's.
    pub fn diagnoses(&self) -> impl Iterator<Item = DiagnosisCode> + Clone + use<'a> {
        let pointers = self.line.diagnosis_pointers;
        let numbered = (1_u8..).zip(self.header().diagnoses().iter().copied());
        numbered
            .filter(move |(number, _)| pointers.is_empty() || pointers.iter().any(|pointer| pointer == *number))
            .map(|(_, diagnosis)| diagnosis)
    }

    /// The units.
    #[must_use]
    pub fn units(&self) -> Units {
        self.line.units
    }

    /// The site of service; `None` on an institutional line.
    #[must_use]
    pub fn site(&self) -> Option<SiteOfService> {
        self.line.site
    }

    /// Who bills.
    #[must_use]
    pub fn biller(&self) -> Option<Biller> {
        match self.resolved.claim.form() {
            ClaimForm::Professional { biller } => Some(*biller),
            _ => None,
        }
    }

    /// The fee schedule's row for the line: that of the component that it names (26, TC or 53), if there is one, else that
    /// of the whole code. `None` if the fee schedule does not list the code.
    #[must_use]
    pub fn fee(&self) -> Option<PolicyIndicators> {
        self.rely_on(Table::FeeSchedule);
        if self.code_facts.has_component_rows && self.has_any(&FEE_SCHEDULE_ROWS) {
            self.component_row().or(self.code_facts.fee)
        } else {
            self.code_facts.fee
        }
    }

    /// The same row for a rule that can answer without the fee schedule: it tells a code that is not listed from a fee
    /// schedule that does not answer.
    #[must_use]
    pub fn look_up_fee(&self) -> Lookup<PolicyIndicators> {
        match self.gap(Table::FeeSchedule) {
            Some(gap) => Lookup::NotCovered(gap),
            None => self.fee().map_or(Lookup::NotListed, Lookup::Found),
        }
    }

    fn component_row(&self) -> Option<PolicyIndicators> {
        let rows = &self.tables()?.fee_schedule.ok()?.table.indicators;
        let of_line = |row: &PolicyIndicators| row.component.modifier().is_some_and(|modifier| self.has(modifier));
        rows.rows(self.code_facts.id()?).filter(of_line).last()
    }

    /// The kinds of service that the code is on the date.
    #[must_use]
    pub fn kinds(&self) -> ServiceKinds {
        match self.code() {
            Some(code) if self.code_facts.id().is_none() => Known::by_number(code, self.date()).kinds(),
            _ => self.code_facts.kinds,
        }
    }

    /// Whether the code is a service of a kind.
    #[must_use]
    pub fn is(&self, kind: ServiceKind) -> bool {
        self.kinds().has(kind)
    }

    /// The code's MUE; `None` if the table has none.
    #[must_use]
    pub fn mue(&self) -> Option<Mue> {
        self.rely_on(self.mue_table());
        self.facts.mue
    }

    /// Whether the add-on table has the code as an add-on on the date.
    #[must_use]
    pub fn is_add_on(&self) -> bool {
        self.rely_on(Table::AddOn);
        self.code_facts.add_on != 0
    }

    /// The add-on edits of the code that are in force on the date.
    pub fn add_on_edits(&self) -> impl Iterator<Item = AddOnEdit> + 'a {
        self.rely_on(Table::AddOn);
        let (date, tables) = (self.date(), self.tables());
        self.code_facts
            .id()
            .zip(tables.and_then(|tables| tables.add_on.ok()))
            .into_iter()
            .flat_map(|(id, loaded)| loaded.table.rows(id))
            .filter(move |edit| edit.in_force.contains(date))
    }

    /// The procedure that an add-on edit names as primary; `None` if the contractor decides.
    #[must_use]
    pub fn primary(&self, edit: &AddOnEdit) -> Option<ProcedureCode> {
        edit.primary.and_then(|id| self.reference().code(id))
    }

    /// Whether another line bills a primary that an add-on edit of this type, in force on the date, names for this line.
    #[must_use]
    pub fn has_primary(&self, other: &Line<'_>, kind: AddOnType) -> bool {
        self.rely_on(Table::AddOn);
        let table = self.tables().and_then(|tables| tables.add_on.ok());
        let Some(((add_on, primary), loaded)) = self.code_facts.id().zip(other.code_facts.id()).zip(table) else {
            return false;
        };
        let mut edits = loaded.table.naming(add_on, primary);
        edits.any(|edit| edit.kind == kind && edit.in_force.contains(self.date()))
    }

    /// Whether a table has any row of the code, whatever its component and its dates; of the add-on table, a row of the
    /// code as an add-on. False where the table does not answer, and for tables that are not about codes.
    #[must_use]
    pub fn is_listed(&self, table: Table) -> bool {
        self.rely_on(table);
        let listed = |(id, period): (_, &Period<'_>)| period.tables.is_listed(table, id);
        self.code_facts.id().zip(self.period_for(table)).is_some_and(listed)
    }

    /// The code's entries in the ASC addenda.
    pub fn asc_entries(&self) -> impl Iterator<Item = AscEntry> + 'a {
        self.rely_on(Table::Asc);
        let tables = self.tables();
        self.code_facts
            .id()
            .zip(tables.and_then(|tables| tables.asc.ok()))
            .into_iter()
            .flat_map(|(id, loaded)| loaded.table.rows(id))
    }

    /// The NCCI-associated modifiers that the line carries.
    pub(super) fn ncci_modifiers(&self) -> impl Iterator<Item = Modifier> + use<'a> {
        self.rely_on(Table::Modifiers);
        let date = self.as_of(Table::Modifiers);
        let table = self.tables().and_then(|tables| tables.modifiers.ok());
        let modifiers = self.line.modifiers.iter();
        modifiers.filter(move |&modifier| {
            let row = table.and_then(|loaded| modifier_row(&loaded.table, modifier, date));
            row.is_some_and(|row| row.flags.has(ModifierFlag::Ncci))
        })
    }

    /// Whether the modifier table has a modifier on the date.
    #[must_use]
    pub fn knows_modifier(&self, modifier: Modifier) -> bool {
        self.rely_on(Table::Modifiers);
        self.tables()
            .and_then(|tables| tables.modifiers.ok())
            .is_some_and(|loaded| modifier_row(&loaded.table, modifier, self.as_of(Table::Modifiers)).is_some())
    }

    /// Whether a modifier that the line carries is one that the modifier table does not have on the date, and no pair of an
    /// ambulance's origin and destination on such a service.
    #[must_use]
    pub fn is_unknown(&self, modifier: Modifier) -> bool {
        self.rely_on(Table::Modifiers);
        self.facts.has_modifier(ModifierFacts::UNKNOWN)
            && !self.knows_modifier(modifier)
            && !self.is_ambulance_pair(modifier)
    }

    /// Notes that a check relies on a table for this line. If the table does not answer, the engine drops what the check
    /// found and reports the rule as not evaluated, whether the rule names the table in its `needs` or not.
    #[inline]
    pub(super) fn rely_on(&self, table: Table) {
        if (self.facts.gaps | !self.resolved.needed) & table_bit(table) != 0 {
            self.note_unanswered(table);
        }
    }

    #[cold]
    fn note_unanswered(&self, table: Table) {
        let is_read = self.period().is_some_and(|period| period.reads(table));
        let unanswered = Unanswered {
            position: self.position(),
            gap: self.gap(table).filter(|_| is_read),
        };
        if self.resolved.unanswered.get().is_none() && (unanswered.gap.is_some() || !is_read) {
            self.resolved.unanswered.set(Some(unanswered));
        }
    }

    /// The table of code pairs for claims of this form.
    pub(super) fn pair_table(&self) -> Table {
        match self.resolved.claim.form() {
            ClaimForm::Institutional(_) => Table::HospitalPairs,
            _ => Table::PractitionerPairs,
        }
    }

    /// The table of MUEs for claims of this form.
    fn mue_table(&self) -> Table {
        match self.resolved.claim.form() {
            ClaimForm::Institutional(_) => Table::HospitalMue,
            _ => Table::PractitionerMue,
        }
    }

    /// Why a table does not answer for this line.
    #[must_use]
    pub fn gap(&self, table: Table) -> Option<Gap> {
        self.period_for(table)
            .and_then(|period| period.tables.gap(table, self.code_facts.id()))
    }

    /// The sort key that chooses the line that a finding names, so that the choice does not depend on their order in the
    /// claim.
    pub(crate) fn code_and_number(&self) -> (Option<ProcedureCode>, u32) {
        (self.code(), self.line.number)
    }

    /// The date for which a table answers: the line's own, or the first day of an institutional claim.
    pub(crate) fn as_of(&self, table: Table) -> ServiceDate {
        match self.resolved.claim.form() {
            ClaimForm::Institutional(form) if table_bit(table) & BY_DATE_OF_LINE == 0 => form.dates.first(),
            _ => self.date(),
        }
    }

    fn period_for(&self, table: Table) -> Option<&'a Period<'a>> {
        let by_own_date = table_bit(table) & BY_DATE_OF_LINE != 0;
        let period = if by_own_date {
            self.facts.own_period
        } else {
            self.facts.period
        };
        self.resolved.periods.get(period as usize)
    }

    pub(super) fn period(&self) -> Option<&'a Period<'a>> {
        self.resolved.periods.get(self.facts.period as usize)
    }

    /// The tables that answer for the line's date; of an institutional claim for its first day.
    pub(super) fn tables(&self) -> Option<&'a TablesInForce<'a>> {
        self.period().map(|period| &period.tables)
    }

    pub(crate) fn reference(&self) -> &'a Reference {
        self.resolved.reference
    }
}
