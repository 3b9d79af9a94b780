//! What the tables say of a code, a modifier or a locality on a date.

use std::collections::BTreeSet;

use crate::model::{Modifier, ProcedureCode, ServiceDate};

use super::records::{CodeRows, Record};
use super::release::Releases;
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
        let loaded = match self.pair_table(setting).on(date, stale) {
            Ok(loaded) => loaded,
            Err(gap) => return Lookup::NotCovered(gap),
        };
        let (id_a, id_b) = (self.code_id(a), self.code_id(b));
        if !loaded.covers(id_a) || !loaded.covers(id_b) {
            return Lookup::NotCovered(Gap::OutsideExcerpt(loaded.id));
        }
        let edits: Vec<PairEdit> = id_a
            .zip(id_b)
            .into_iter()
            .flat_map(|(a, b)| loaded.table.between(a, b))
            .filter(|edit| edit.in_force.contains(date))
            .collect();
        if edits.is_empty() {
            return Lookup::NotListed;
        }
        Lookup::Found(InRelease {
            row: edits,
            release: loaded.id,
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
            let edits: Vec<_> = table
                .rows(id)
                .filter(|edit| edit.in_force.contains(date))
                .map(|edit| AddOnPrimary {
                    kind: edit.kind,
                    primary: edit.primary.and_then(|id| self.code(id)),
                })
                .collect();
            (!edits.is_empty()).then_some(edits)
        })
    }

    /// What the ASC addenda say of a code, addendum by addendum.
    #[must_use]
    pub fn asc(&self, code: ProcedureCode, date: ServiceDate, stale: Stale) -> Lookup<InRelease<Vec<AscEntry>>> {
        self.look_up(&self.asc, code, date, stale, |table, id| {
            let entries: Vec<_> = table.rows(id).collect();
            (!entries.is_empty()).then_some(entries)
        })
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
        let loaded = match self.modifiers.on(date, stale) {
            Ok(loaded) => loaded,
            Err(gap) => return Lookup::NotCovered(gap),
        };
        modifier_row(&loaded.table, modifier, date).map_or(Lookup::NotListed, |row| {
            Lookup::Found(InRelease {
                row,
                release: loaded.id,
            })
        })
    }

    /// The pairs of modifiers that the outpatient editor refuses on a date.
    #[must_use]
    pub fn modifier_conflicts(&self, date: ServiceDate, stale: Stale) -> Lookup<InRelease<Vec<ModifierConflictRow>>> {
        match self.modifier_conflicts.on(date, stale) {
            Err(gap) => Lookup::NotCovered(gap),
            Ok(loaded) => Lookup::Found(InRelease {
                row: loaded.table.all().filter(|row| row.in_force.contains(date)).collect(),
                release: loaded.id,
            }),
        }
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
        in_locality(&self.gpci, locality, date, stale, |rows| {
            let row = rows.into_iter().find(|row| row.locality == locality)?;
            Some(GpciRow {
                locality,
                state: self.word(row.state).into(),
                name: self.word(row.name).into(),
                work: row.work,
                work_without_floor: row.work_without_floor,
                practice_expense: row.practice_expense,
                malpractice: row.malpractice,
            })
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
        in_locality(&self.anesthesia_factors, locality, date, stale, |rows| {
            let row = rows.into_iter().find(|row| row.locality == locality)?;
            Some(AnesthesiaRow {
                locality,
                name: self.word(row.name).into(),
                conversion_factor: row.conversion_factor,
                national: row.national,
            })
        })
    }

    /// The counties of a locality, in one row or several.
    #[must_use]
    pub fn locality(&self, locality: Locality, date: ServiceDate, stale: Stale) -> Lookup<InRelease<Vec<LocalityRow>>> {
        in_locality(&self.localities, locality, date, stale, |rows| {
            let rows = rows
                .into_iter()
                .filter(|row| row.locality == locality)
                .map(|row| LocalityRow {
                    locality,
                    state: self.word(row.state).into(),
                    area: self.word(row.area).into(),
                    counties: self.word(row.counties).into(),
                });
            Some(rows.collect::<Vec<_>>()).filter(|rows| !rows.is_empty())
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
        let loaded = match releases.on(date, stale) {
            Ok(loaded) => loaded,
            Err(gap) => return Lookup::NotCovered(gap),
        };
        let id = self.code_id(code);
        if !loaded.covers(id) {
            return Lookup::NotCovered(Gap::OutsideExcerpt(loaded.id));
        }
        match id.and_then(|id| find(&loaded.table, id)) {
            None => Lookup::NotListed,
            Some(row) => Lookup::Found(InRelease {
                row,
                release: loaded.id,
            }),
        }
    }
}

#[inline]
pub(crate) fn modifier_row(
    table: &CodeRows<ModifierRow>,
    modifier: Modifier,
    date: ServiceDate,
) -> Option<ModifierRow> {
    table.rows(modifier.into()).find(|row| row.in_force.contains(date))
}

fn in_locality<R: Record, T>(
    releases: &Releases<CodeRows<R>>,
    locality: Locality,
    date: ServiceDate,
    stale: Stale,
    find: impl FnOnce(Vec<R>) -> Option<T>,
) -> Lookup<InRelease<T>> {
    let loaded = match releases.on(date, stale) {
        Ok(loaded) => loaded,
        Err(gap) => return Lookup::NotCovered(gap),
    };
    find(loaded.table.rows(locality.key()).collect()).map_or(Lookup::NotListed, |row| {
        Lookup::Found(InRelease {
            row,
            release: loaded.id,
        })
    })
}
