//! What changed of a code, by two clocks: from one loaded release of a table to the next, and in rows that began or ended
//! in the meantime.

use crate::compare::RowKey;
use crate::model::{ProcedureCode, ServiceDate, fixed};
use crate::reference::{
    Component, Fields, InRelease, Lookup, OutpatientEntry, PairEdit, Reference, Release, Setting, Stale, Table,
};

use super::Asked;

/// What changed of the code.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Changes {
    /// From the release before to the one in force, table by table.
    pub releases: Vec<Change>,
    /// The releases of snapshot tables that were compared, as `table: old -> new`.
    pub compared: Vec<String>,
    /// Since when rows are looked at.
    pub since: Option<ServiceDate>,
    /// Rows that began or ended since, up to the date.
    pub rows: Vec<DatedChange>,
}

/// A value that differs between two releases.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The table.
    pub table: &'static str,
    /// Which value.
    pub what: String,
    /// The value before; `None` if the code was not listed.
    pub from: Option<String>,
    /// The value now; `None` if the code is no longer listed.
    pub to: Option<String>,
}

/// A row that began or ended.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct DatedChange {
    /// The table.
    pub table: &'static str,
    /// Which row.
    pub what: String,
    /// The first day on which it held, or no longer did.
    pub day: ServiceDate,
    /// Whether it began that day; else it had ended the day before.
    pub began: bool,
}

/// The snapshot tables that are compared.
const SNAPSHOTS: [Table; 4] = [
    Table::FeeSchedule,
    Table::PractitionerMue,
    Table::HospitalMue,
    Table::Asc,
];

impl Asked<'_> {
    pub(super) fn changes(&self) -> Changes {
        let mut changes = Changes {
            releases: Vec::new(),
            compared: Vec::new(),
            since: None,
            rows: Vec::new(),
        };
        for table in SNAPSHOTS {
            let Some((before, now)) = self.releases_of(table) else {
                continue;
            };
            let (old, new) = (self.values(table, before), self.values(table, now));
            let (Some(old), Some(new)) = (old, new) else { continue };
            changes
                .compared
                .push(format!("{}: {} -> {}", table.title(), before.name, now.name));
            changes.releases.extend(differences(table, &old, &new));
            if table == Table::FeeSchedule {
                changes.since = Some(before.in_force.last());
            }
        }
        if let Some(since) = changes.since {
            changes.rows = self.row_changes(since);
        }
        changes
    }

    /// The release of a snapshot table that answers for the date, and the one loaded before it.
    fn releases_of(&self, table: Table) -> Option<(&Release, &Release)> {
        let of_table = |release: &&Release| release.table == table;
        let releases = || self.reference().releases().iter().filter(of_table);
        let first = |release: &&Release| release.in_force.first();
        let now = releases()
            .filter(|release| release.in_force.contains(self.date))
            .max_by_key(first)?;
        let before = releases()
            .filter(|release| release.in_force.last() < now.in_force.first())
            .max_by_key(first)?;
        Some((before, now))
    }

    /// The values of the code in a release; `None` if it does not answer.
    fn values(&self, table: Table, release: &Release) -> Option<Values> {
        let excerpt = release.excerpt.as_ref();
        if excerpt.is_some_and(|codes| !codes.contains(&self.code)) {
            return None;
        }
        // A release answers best for its own last day: an earlier one cannot.
        let date = release.in_force.last();
        let rows = self.reference().told(table, self.code, date, Stale::Refuse).found();
        let rows = rows.into_iter().flat_map(|found| found.row);
        let mut values: Values = rows.flat_map(|(key, row)| named(key, row)).collect();
        if table == Table::FeeSchedule {
            values.extend(conversion_factor(self.reference(), self.code, date));
        }
        Some(values)
    }

    /// Rows of the cumulative tables that began or ended after `since`, up to the date.
    fn row_changes(&self, since: ServiceDate) -> Vec<DatedChange> {
        let mut rows = self.pair_changes(Setting::Practitioner, Table::PractitionerPairs, since);
        rows.extend(self.pair_changes(Setting::OutpatientHospital, Table::HospitalPairs, since));
        rows.extend(self.outpatient_changes(since));
        rows.sort_by(|one, other| (one.table, one.day, &one.what).cmp(&(other.table, other.day, &other.what)));
        rows
    }

    fn pair_changes(&self, setting: Setting, table: Table, since: ServiceDate) -> Vec<DatedChange> {
        let (reference, stale) = (self.reference(), self.evaluator.stale());
        let mut rows = Vec::new();
        for &partner in &self.codes {
            let on = |day| reference.pair_edits(setting, self.code, partner, day, stale);
            let (before, now) = (on(since), on(self.date));
            if before.gap().is_some() || now.gap().is_some() {
                continue;
            }
            let (before, now) = (edits(before), edits(now));
            let row = |edit: &PairEdit, day: Option<ServiceDate>, began| DatedChange {
                table: table.title(),
                what: pair_text(self.code, partner, edit),
                day: day.unwrap_or(self.date),
                began,
            };
            let ended = before.iter().filter(|edit| !now.contains(edit));
            rows.extend(ended.map(|edit| row(edit, edit.in_force.last().next(), false)));
            let began = now.iter().filter(|edit| !before.contains(edit));
            rows.extend(began.map(|edit| row(edit, Some(edit.in_force.first()), true)));
        }
        rows
    }

    /// The values of the outpatient editor's row that are on the page and differ, each separately: a new row may begin for
    /// other reasons.
    fn outpatient_changes(&self, since: ServiceDate) -> Vec<DatedChange> {
        let values: [(&str, OutpatientValue); 2] = [
            ("status", |entry| entry.status_text().to_owned()),
            ("APC", |entry| apc_text(entry.apc)),
        ];
        let changes = values
            .into_iter()
            .filter_map(|(what, value)| self.outpatient_change(since, what, value));
        changes.collect()
    }

    fn outpatient_change(&self, since: ServiceDate, what: &str, value: OutpatientValue) -> Option<DatedChange> {
        let entry = |day| {
            let found = self.reference().outpatient_code(self.code, day, self.evaluator.stale());
            found.found().map(|found| found.row)
        };
        let (before, now) = (value(&entry(since)?), value(&entry(self.date)?));
        if before == now {
            return None;
        }
        // The row of the date may have begun later than the value.
        let mut first = entry(self.date)?.in_force.first();
        while let Some(row) = first.previous().and_then(entry).filter(|row| value(row) == now) {
            first = row.in_force.first();
        }
        Some(DatedChange {
            table: Table::OutpatientCodes.title(),
            what: format!("{what} {now} (was {before})"),
            day: first,
            began: true,
        })
    }
}

/// How a value of the outpatient editor's row reads.
type OutpatientValue = fn(&OutpatientEntry) -> String;

fn apc_text(apc: u16) -> String {
    match apc {
        0 => "none".to_owned(),
        apc => apc.to_string(),
    }
}

fn edits(lookup: Lookup<InRelease<Vec<PairEdit>>>) -> Vec<PairEdit> {
    lookup.found().map_or_else(Vec::new, |found| found.row)
}

fn pair_text(code: ProcedureCode, partner: ProcedureCode, edit: &PairEdit) -> String {
    let (column1, column2) = if edit.reversed {
        (partner, code)
    } else {
        (code, partner)
    };
    format!("{column1} before {column2}, indicator {}", edit.indicator)
}

/// Names and values.
type Values = Vec<(String, String)>;

fn differences(table: Table, old: &Values, new: &Values) -> Vec<Change> {
    let value = |values: &Values, name: &str| values.iter().find(|(of, _)| of == name).map(|(_, value)| value.clone());
    let mut names: Vec<&String> = old.iter().chain(new).map(|(name, _)| name).collect();
    let mut seen = Vec::new();
    names.retain(|name| {
        let first = !seen.contains(name);
        seen.push(name);
        first
    });
    names
        .into_iter()
        .filter_map(|name| {
            let (from, to) = (value(old, name), value(new, name));
            (from != to).then(|| Change {
                table: table.title(),
                what: name.clone(),
                from,
                to,
            })
        })
        .collect()
}

/// The fields of a row, by their names among all of the code's rows.
fn named(key: RowKey, row: Fields) -> impl Iterator<Item = (String, String)> {
    let of_row = match key {
        RowKey::Component(_, component) => component.text(),
        RowKey::InAddendum(_, addendum) => addendum.text(),
        _ => "",
    };
    row.into_iter()
        .map(move |(field, value)| (format!("{of_row} {field}").trim_start().to_owned(), value))
}

fn conversion_factor(reference: &Reference, code: ProcedureCode, date: ServiceDate) -> Option<(String, String)> {
    let found = reference
        .fee_schedule(code, Component::Global, date, Stale::Refuse)
        .found()?;
    let factor = fixed::text(found.row.values.conversion_factor, 4);
    Some(("conversion factor".to_owned(), factor))
}
