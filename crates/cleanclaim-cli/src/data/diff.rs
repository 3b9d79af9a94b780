//! `cleanclaim data diff`: what changed between two references, table by table, each by its newest release.

use std::collections::BTreeMap;
use std::io::{Write, stdout};

use cleanclaim::model::{Modifier, ProcedureCode, ServiceDate};
use cleanclaim::reference::{Component, Locality, PairIndicator, Reference, ReleaseId, Setting, Stale, Table};
use serde_json::json;

use crate::args::{DiffArgs, DiffFormat};
use crate::{CommandError, Outcome, reference};

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Change {
    Added { key: String, new: String },
    Ended { key: String, old: String },
    Changed { key: String, old: String, new: String },
}

impl Change {
    fn key(&self) -> &str {
        match self {
            Self::Added { key, .. } | Self::Ended { key, .. } | Self::Changed { key, .. } => key,
        }
    }
}

pub(crate) fn run(args: &DiffArgs) -> Result<Outcome, CommandError> {
    let old = reference::open(Some(&args.old))?;
    let new = reference::open(Some(&args.new))?;
    let mut out = std::io::BufWriter::new(stdout().lock());
    let mut differs = false;
    for table in TABLES {
        let (before, after) = match (newest(&old, table), newest(&new, table)) {
            (Some(before), Some(after)) => (before, after),
            (None, None) => continue,
            (one, _) => {
                differs = true;
                one_sided(&mut out, args, table, one.is_some())?;
                continue;
            }
        };
        let mut changes = changes(&rows(&old, table, before), &rows(&new, table, after));
        if !args.code.is_empty() {
            let names = |word: &str| args.code.iter().any(|code| code.eq_ignore_ascii_case(word));
            changes.retain(|change| change.key().split(' ').any(names));
        }
        differs |= !changes.is_empty();
        let names = (name(&old, before), name(&new, after));
        match args.format {
            DiffFormat::Text => print_text(&mut out, table, &names, &changes)?,
            DiffFormat::Json => print_json(&mut out, table, &names, &changes)?,
        }
    }
    out.flush()?;
    Ok(if differs { Outcome::Findings } else { Outcome::Clean })
}

const TABLES: [Table; 14] = [
    Table::FeeSchedule,
    Table::PractitionerPairs,
    Table::HospitalPairs,
    Table::PractitionerMue,
    Table::HospitalMue,
    Table::DmeMue,
    Table::AddOn,
    Table::Asc,
    Table::Modifiers,
    Table::ModifierConflicts,
    Table::OutpatientCodes,
    Table::Gpci,
    Table::AnesthesiaFactors,
    Table::Localities,
];

/// The release of a table that lasts longest.
fn newest(reference: &Reference, table: Table) -> Option<ReleaseId> {
    reference
        .release_ids()
        .zip(reference.releases())
        .filter(|(_, release)| release.table == table)
        .max_by_key(|(_, release)| (release.in_force.last(), release.in_force.first()))
        .map(|(id, _)| id)
}

fn name(reference: &Reference, id: ReleaseId) -> String {
    reference
        .release(id)
        .map_or_else(String::new, |release| release.name.to_string())
}

/// The rows of a release that hold on its last day, by key.
fn rows(reference: &Reference, table: Table, id: ReleaseId) -> BTreeMap<String, String> {
    let Some(day) = reference.release(id).map(|release| release.in_force.last()) else {
        return BTreeMap::new();
    };
    match table {
        Table::PractitionerPairs | Table::HospitalPairs => pairs(reference, id, day),
        Table::Modifiers => modifiers(reference, day),
        Table::ModifierConflicts => conflicts(reference, day),
        Table::Gpci | Table::AnesthesiaFactors | Table::Localities => reference
            .localities()
            .into_iter()
            .filter_map(|locality| Some((locality.to_string(), in_locality(reference, table, locality, day)?)))
            .collect(),
        _ => reference
            .codes()
            .flat_map(|code| by_code(reference, table, code, day))
            .collect(),
    }
}

fn by_code(reference: &Reference, table: Table, code: ProcedureCode, day: ServiceDate) -> Vec<(String, String)> {
    let row = |text: String| vec![(code.to_string(), text)];
    match table {
        Table::FeeSchedule => Component::ALL
            .iter()
            .filter_map(|&component| {
                let found = reference.fee_schedule(code, component, day, Stale::Use).found()?.row;
                let key = format!("{code} {component}").trim_end().to_owned();
                Some((key, fee_text(&found)))
            })
            .collect(),
        Table::PractitionerMue | Table::HospitalMue | Table::DmeMue => {
            let setting = match table {
                Table::HospitalMue => Setting::OutpatientHospital,
                Table::DmeMue => Setting::DmeSupplier,
                _ => Setting::Practitioner,
            };
            let mue = reference.mue(setting, code, day, Stale::Use).found();
            mue.map_or_else(Vec::new, |mue| row(format!("{} MAI {}", mue.row.value, mue.row.mai)))
        }
        Table::AddOn => {
            let edits = reference.add_on_edits(code, day, Stale::Use).found();
            let each = edits.into_iter().flat_map(|found| found.row).map(|edit| {
                let primary = edit.primary.map_or("by contractor".to_owned(), |code| code.to_string());
                (format!("{code} with {primary}"), format!("type {}", edit.kind))
            });
            each.collect()
        }
        Table::Asc => {
            let entries = reference.asc(code, day, Stale::Use).found();
            let each = entries.into_iter().flat_map(|found| found.row).map(|entry| {
                let indicator = String::from_utf8_lossy(&entry.payment_indicator).trim().to_owned();
                let rate = entry.rate.map_or_else(String::new, |rate| format!(" ${rate}"));
                (format!("{code} in {}", entry.addendum), format!("{indicator}{rate}"))
            });
            each.collect()
        }
        Table::OutpatientCodes => {
            let found = reference.outpatient_code(code, day, Stale::Use).found();
            found.map_or_else(Vec::new, |found| {
                row(format!("SI {} APC {}", found.row.status_text(), found.row.apc))
            })
        }
        _ => Vec::new(),
    }
}

fn fee_text(row: &cleanclaim::reference::FeeScheduleRow) -> String {
    let (is, values) = (&row.indicators, &row.values);
    let na = match (is.nonfacility_na, is.facility_na) {
        (false, false) => "",
        (true, false) => " non-facility NA",
        (false, true) => " facility NA",
        (true, true) => " both NA",
    };
    format!(
        "status {} PC/TC {} global {} multiple {} bilateral {} assistant {} co-surgeon {} team {}{na} \
         work {} PE {}/{} MP {}",
        is.status,
        is.pc_tc,
        is.global,
        is.multiple,
        is.bilateral,
        is.assistant,
        is.co_surgeon,
        is.team,
        hundredths(values.work),
        hundredths(values.nonfacility_practice_expense),
        hundredths(values.facility_practice_expense),
        hundredths(values.malpractice),
    )
}

fn hundredths(value: u32) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

/// A pair by its two codes, whichever stands in column 1, so that a pair whose columns changed places is a change.
fn pairs(reference: &Reference, id: ReleaseId, day: ServiceDate) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for (low, high, edit) in reference
        .pairs_of(id)
        .filter(|(_, _, edit)| edit.in_force.contains(day))
    {
        let (column1, column2) = if edit.reversed { (high, low) } else { (low, high) };
        let allowed = match edit.indicator {
            PairIndicator::Allowed => "a modifier may",
            _ => "no modifier may",
        };
        let text = found.entry(format!("{low} and {high}")).or_default();
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(&format!("{column1} over {column2}, {allowed}"));
    }
    found
}

fn modifiers(reference: &Reference, day: ServiceDate) -> BTreeMap<String, String> {
    (0..Modifier::COUNT)
        .filter_map(Modifier::from_index)
        .filter_map(|modifier| reference.modifier(modifier, day, Stale::Use).found())
        .map(|found| (found.row.modifier.to_string(), format!("{:?}", found.row.flags)))
        .collect()
}

fn conflicts(reference: &Reference, day: ServiceDate) -> BTreeMap<String, String> {
    let found = reference.modifier_conflicts(day, Stale::Use).found();
    let rows = found.into_iter().flat_map(|found| found.row);
    rows.map(|row| {
        (
            format!("{} with {}", row.first, row.second),
            "not on one line".to_owned(),
        )
    })
    .collect()
}

fn in_locality(reference: &Reference, table: Table, locality: Locality, day: ServiceDate) -> Option<String> {
    match table {
        Table::Gpci => {
            let row = reference.gpci(locality, day, Stale::Use).found()?.row;
            Some(format!(
                "{}, {}: work {} (without the floor {}) PE {} MP {}",
                row.name,
                row.state,
                thousandths(row.work),
                row.work_without_floor.map_or_else(|| "-".to_owned(), thousandths),
                thousandths(row.practice_expense),
                thousandths(row.malpractice),
            ))
        }
        Table::AnesthesiaFactors => {
            let row = reference.anesthesia_factor(locality, day, Stale::Use).found()?.row;
            Some(format!("{}: {}", row.name, hundredths(row.conversion_factor)))
        }
        _ => {
            let rows = reference.locality(locality, day, Stale::Use).found()?.row;
            let areas: Vec<String> = rows
                .iter()
                .map(|row| format!("{}, {}: {}", row.state, row.area, row.counties))
                .collect();
            Some(areas.join("; "))
        }
    }
}

fn thousandths(value: u16) -> String {
    format!("{}.{:03}", value / 1_000, value % 1_000)
}

/// What differs between two sorted lists of rows.
fn changes(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> Vec<Change> {
    let mut changes = Vec::new();
    for (key, old_row) in old {
        match new.get(key) {
            None => changes.push(Change::Ended {
                key: key.clone(),
                old: old_row.clone(),
            }),
            Some(new_row) if new_row != old_row => changes.push(Change::Changed {
                key: key.clone(),
                old: old_row.clone(),
                new: new_row.clone(),
            }),
            Some(_) => {}
        }
    }
    let added = new.iter().filter(|(key, _)| !old.contains_key(*key));
    changes.extend(added.map(|(key, new)| Change::Added {
        key: key.clone(),
        new: new.clone(),
    }));
    changes.sort_by(|one, two| one.key().cmp(two.key()));
    changes
}

fn print_text(out: &mut impl Write, table: Table, names: &(String, String), changes: &[Change]) -> std::io::Result<()> {
    let count = |of: fn(&Change) -> bool| changes.iter().filter(|change| of(change)).count();
    writeln!(
        out,
        "{}, {} -> {}: {} added, {} ended, {} changed",
        table.title(),
        names.0,
        names.1,
        count(|change| matches!(change, Change::Added { .. })),
        count(|change| matches!(change, Change::Ended { .. })),
        count(|change| matches!(change, Change::Changed { .. })),
    )?;
    for change in changes {
        match change {
            Change::Added { key, new } => writeln!(out, "  + {key}: {new}")?,
            Change::Ended { key, old } => writeln!(out, "  - {key}: {old}")?,
            Change::Changed { key, old, new } => writeln!(out, "  ~ {key}: {old} -> {new}")?,
        }
    }
    Ok(())
}

/// One object a change.
fn print_json(out: &mut impl Write, table: Table, names: &(String, String), changes: &[Change]) -> std::io::Result<()> {
    let table = table.to_string();
    for change in changes {
        let (what, old, new) = match change {
            Change::Added { new, .. } => ("added", None, Some(new)),
            Change::Ended { old, .. } => ("ended", Some(old), None),
            Change::Changed { old, new, .. } => ("changed", Some(old), Some(new)),
        };
        let object = json!({
            "table": table, "old_release": names.0, "new_release": names.1,
            "change": what, "key": change.key(), "old": old, "new": new,
        });
        writeln!(out, "{object}")?;
    }
    Ok(())
}

/// A table that only one of the references has.
fn one_sided(out: &mut impl Write, args: &DiffArgs, table: Table, is_old: bool) -> std::io::Result<()> {
    let (side, what) = if is_old {
        (&args.old, "table-ended")
    } else {
        (&args.new, "table-added")
    };
    match args.format {
        DiffFormat::Text => writeln!(out, "{}: only in {side}", table.title()),
        DiffFormat::Json => writeln!(
            out,
            "{}",
            json!({"table": table.to_string(), "change": what, "only_in": side})
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(&str, &str)]) -> BTreeMap<String, String> {
        rows.iter()
            .map(|&(key, row)| (key.to_owned(), row.to_owned()))
            .collect()
    }

    #[test]
    fn every_kind_of_change_is_told() {
        let found = changes(
            &table(&[("a", "1"), ("b", "1"), ("c", "1")]),
            &table(&[("b", "2"), ("c", "1"), ("d", "1")]),
        );
        let keys: Vec<_> = found.iter().map(Change::key).collect();
        assert_eq!(keys, ["a", "b", "d"]);
        assert!(matches!(found[0], Change::Ended { .. }));
        assert!(matches!(found[1], Change::Changed { .. }));
        assert!(matches!(found[2], Change::Added { .. }));
    }
}
