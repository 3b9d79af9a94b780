//! What the tables say of a code, a modifier or a locality on a date.

use std::collections::BTreeSet;

use crate::model::{Modifier, ProcedureCode, ServiceDate};

use super::records::{CodeRows, Record};
use super::release::{Loaded, Releases};
use super::{
    AddOnPrimary, AnesthesiaRow, AscEntry, CodeId, Component, FeeScheduleRow, Gap, GpciRow, InRelease, Locality,
    LocalityRow, Lookup, ModifierConflictRow, ModifierRow, Mue, OutpatientEntry, PairEdit, PairIndex, Reference,
    ReleaseId, Setting, Stale,
};

impl Reference {
    /// The fee schedule's row of a code and component.
    #[must_use]
    pub fn fee_schedule(
        &self,
        code: ProcedureCode,
        component: Component,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<FeeScheduleRow>> {
        self.look_up(&self.fee_schedule, code, date, stale, |table, id| {
            table.indicators.range(id).find_map(|at| {
                let indicators = table.indicators.row(at)?;
                (indicators.component == component).then_some(FeeScheduleRow {
                    code,
                    indicators,
                    values: table.values.row(at)?,
                })
            })
        })
    }

    /// The MUE of a code in one setting's table.
    #[must_use]
    pub fn mue(
        &self,
        setting: Setting,
        code: ProcedureCode,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<Mue>> {
        self.look_up(self.mue_table(setting), code, date, stale, CodeRows::first)
    }

    pub(crate) fn mue_table(&self, setting: Setting) -> &Releases<CodeRows<Mue>> {
        match setting {
            Setting::Practitioner => &self.practitioner_mue,
            Setting::OutpatientHospital => &self.hospital_mue,
            Setting::DmeSupplier => &self.dme_mue,
        }
    }

    /// Why CMS chose an MUE, in its words.
    #[must_use]
    pub fn mue_rationale(&self, mue: Mue) -> &str {
        self.word(mue.rationale)
    }

    /// The PTP edit between two codes on a date: [`PairEdit::reversed`] where `b` stands in column 1. Both directions
    /// may be in force at once.
    #[must_use]
    pub fn pair_edits(
        &self,
        setting: Setting,
        a: ProcedureCode,
        b: ProcedureCode,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<Vec<PairEdit>>> {
        let (a, b) = (self.code_id(a), self.code_id(b));
        answer(self.pair_table(setting), date, stale, |loaded| {
            if !loaded.covers(a) || !loaded.covers(b) {
                return Err(Gap::OutsideExcerpt(loaded.id));
            }
            let edits = a.zip(b).into_iter().flat_map(|(a, b)| loaded.table.between(a, b));
            Ok(some(edits.filter(|edit| edit.in_force.contains(date))))
        })
    }

    pub(crate) fn pair_table(&self, setting: Setting) -> &Releases<PairIndex> {
        match setting {
            Setting::OutpatientHospital => &self.hospital_pairs,
            Setting::Practitioner | Setting::DmeSupplier => &self.practitioner_pairs,
        }
    }

    /// Every edit of a pair table's release, lower code first: for comparing releases.
    pub fn pairs_of(&self, id: ReleaseId) -> impl Iterator<Item = (ProcedureCode, ProcedureCode, PairEdit)> + '_ {
        let codes: Vec<ProcedureCode> = self.codes.codes().collect();
        self.practitioner_pairs
            .all()
            .iter()
            .chain(self.hospital_pairs.all())
            .filter(move |loaded| loaded.id == id)
            .flat_map(|loaded| loaded.table.pairs())
            .filter_map(move |(a, b, edit)| Some((*codes.get(a.index())?, *codes.get(b.index())?, edit)))
    }

    /// Why CMS made a pair, in its words.
    #[must_use]
    pub fn pair_rationale(&self, edit: PairEdit) -> &str {
        self.word(edit.rationale)
    }

    /// The add-on edits of a code that are in force on a date: found where the code is an add-on.
    #[must_use]
    pub fn add_on_edits(
        &self,
        code: ProcedureCode,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<Vec<AddOnPrimary>>> {
        self.look_up(&self.add_on, code, date, stale, |table, id| {
            let edits = table.rows(id).filter(|edit| edit.in_force.contains(date));
            some(edits.map(|edit| AddOnPrimary {
                kind: edit.kind,
                primary: edit.primary.and_then(|id| self.code(id)),
            }))
        })
    }

    /// What the ASC addenda say of a code, addendum by addendum.
    #[must_use]
    pub fn asc(&self, code: ProcedureCode, date: ServiceDate, stale: Stale) -> Lookup<InRelease<Vec<AscEntry>>> {
        self.look_up(&self.asc, code, date, stale, |table, id| some(table.rows(id)))
    }

    /// What the outpatient editor's version of a date says of a code.
    #[must_use]
    pub fn outpatient_code(
        &self,
        code: ProcedureCode,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<OutpatientEntry>> {
        self.look_up(&self.outpatient_codes, code, date, stale, |table, id| {
            table.rows(id).find(|entry| entry.in_force.contains(date))
        })
    }

    /// The modifier table's row of a modifier on a date.
    #[must_use]
    pub fn modifier(&self, modifier: Modifier, date: ServiceDate, stale: Stale) -> Lookup<InRelease<ModifierRow>> {
        answer(&self.modifiers, date, stale, |loaded| {
            Ok(modifier_row(&loaded.table, modifier, date))
        })
    }

    /// The pairs of modifiers that the outpatient editor refuses on a date.
    #[must_use]
    pub fn modifier_conflicts(&self, date: ServiceDate, stale: Stale) -> Lookup<InRelease<Vec<ModifierConflictRow>>> {
        answer(&self.modifier_conflicts, date, stale, |loaded| {
            let rows = loaded.table.all().filter(|row| row.in_force.contains(date));
            Ok(Some(rows.collect()))
        })
    }

    /// Every payment locality that some table names, in order.
    ///
    /// ```
    /// use cleanclaim::reference::Reference;
    ///
    /// assert!(Reference::starter().localities().iter().any(|locality| locality.to_string() == "10112-00"));
    /// ```
    #[must_use]
    pub fn localities(&self) -> Vec<Locality> {
        fn named<R: Record>(tables: &Releases<CodeRows<R>>, of: fn(&R) -> Locality) -> impl Iterator<Item = Locality> {
            tables
                .all()
                .iter()
                .flat_map(|loaded| loaded.table.all())
                .map(move |row| of(&row))
        }
        let named: BTreeSet<Locality> = named(&self.gpci, |row| row.locality)
            .chain(named(&self.anesthesia_factors, |row| row.locality))
            .chain(named(&self.localities, |row| row.locality))
            .collect();
        named.into_iter().collect()
    }

    /// The geographic practice cost indices of a locality.
    #[must_use]
    pub fn gpci(&self, locality: Locality, date: ServiceDate, stale: Stale) -> Lookup<InRelease<GpciRow>> {
        answer(&self.gpci, date, stale, |loaded| {
            let mut rows = loaded.table.rows(locality.key());
            Ok(rows.find(|row| row.locality == locality).map(|row| GpciRow {
                locality,
                state: self.word(row.state).into(),
                name: self.word(row.name).into(),
                work: row.work,
                work_without_floor: row.work_without_floor,
                practice_expense: row.practice_expense,
                malpractice: row.malpractice,
            }))
        })
    }

    /// The anaesthesia conversion factor of a locality.
    #[must_use]
    pub fn anesthesia_factor(
        &self,
        locality: Locality,
        date: ServiceDate,
        stale: Stale,
    ) -> Lookup<InRelease<AnesthesiaRow>> {
        answer(&self.anesthesia_factors, date, stale, |loaded| {
            let mut rows = loaded.table.rows(locality.key());
            Ok(rows.find(|row| row.locality == locality).map(|row| AnesthesiaRow {
                locality,
                name: self.word(row.name).into(),
                conversion_factor: row.conversion_factor,
                national: row.national,
            }))
        })
    }

    /// The counties of a locality, in one row or several.
    #[must_use]
    pub fn locality(&self, locality: Locality, date: ServiceDate, stale: Stale) -> Lookup<InRelease<Vec<LocalityRow>>> {
        answer(&self.localities, date, stale, |loaded| {
            let rows = loaded.table.rows(locality.key());
            let rows = rows.filter(|row| row.locality == locality);
            Ok(some(rows.map(|row| LocalityRow {
                locality,
                state: self.word(row.state).into(),
                area: self.word(row.area).into(),
                counties: self.word(row.counties).into(),
            })))
        })
    }

    fn look_up<T, R>(
        &self,
        releases: &Releases<T>,
        code: ProcedureCode,
        date: ServiceDate,
        stale: Stale,
        find: impl FnOnce(&T, CodeId) -> Option<R>,
    ) -> Lookup<InRelease<R>> {
        let id = self.code_id(code);
        answer(releases, date, stale, |loaded| {
            if !loaded.covers(id) {
                return Err(Gap::OutsideExcerpt(loaded.id));
            }
            Ok(id.and_then(|id| find(&loaded.table, id)))
        })
    }
}

/// What the release of a date says, where one answers.
fn answer<T, R>(
    releases: &Releases<T>,
    date: ServiceDate,
    stale: Stale,
    find: impl FnOnce(&Loaded<T>) -> Result<Option<R>, Gap>,
) -> Lookup<InRelease<R>> {
    let found = releases
        .on(date, stale)
        .and_then(|loaded| Ok((find(loaded)?, loaded.id)));
    match found {
        Err(gap) => Lookup::NotCovered(gap),
        Ok((None, _)) => Lookup::NotListed,
        Ok((Some(row), release)) => Lookup::Found(InRelease { row, release }),
    }
}

/// The rows, if there are any.
fn some<R>(rows: impl Iterator<Item = R>) -> Option<Vec<R>> {
    let rows: Vec<R> = rows.collect();
    (!rows.is_empty()).then_some(rows)
}

#[inline]
pub(crate) fn modifier_row(
    table: &CodeRows<ModifierRow>,
    modifier: Modifier,
    date: ServiceDate,
) -> Option<ModifierRow> {
    table.rows(modifier.into()).find(|row| row.in_force.contains(date))
}
