//! What the rows of a table say, field by field, for comparing releases.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use cleanclaim::model::{Modifier, ProcedureCode, ServiceDate};
use cleanclaim::reference::{
    Component, Locality, ModifierFlag, OutpatientEntry, OutpatientFlag, Reference, ReleaseId, Setting, Stale, Table,
};
use strum::VariantArray;

/// The field of a pair that says which of its codes is paid.
pub(super) const COLUMN_1: &str = "column 1";

/// What a row says: the names of its fields with their values, in the order of the published file.
pub(super) type Row = Vec<(&'static str, String)>;

/// Rows by what they are about: a code, two codes, a code and a component, a modifier, a locality.
pub(super) type Rows = BTreeMap<String, Row>;

/// The rows of a release that hold on its last day.
pub(super) fn rows(reference: &Reference, table: Table, id: ReleaseId) -> Rows {
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
        _ => {
            let by_code = reference.codes().flat_map(|code| by_code(reference, table, code, day));
            let mut rows: Rows = by_code.collect();
            if table == Table::FeeSchedule {
                rows.insert("all codes".to_owned(), conversion_factors(reference, day));
            }
            rows
        }
    }
}

/// Said once: it is the same, or one of two, in every row.
fn conversion_factors(reference: &Reference, day: ServiceDate) -> Row {
    let of = |code| reference.fee_schedule(code, Component::Global, day, Stale::Use).found();
    let factors: BTreeSet<u32> = reference
        .codes()
        .filter_map(of)
        .map(|found| found.row.values.conversion_factor)
        .collect();
    let factors: Vec<String> = factors.into_iter().map(ten_thousandths).collect();
    vec![("conversion factor", factors.join(" and "))]
}

fn by_code(reference: &Reference, table: Table, code: ProcedureCode, day: ServiceDate) -> Vec<(String, Row)> {
    let row = |row: Row| vec![(code.to_string(), row)];
    match table {
        Table::FeeSchedule => Component::ALL
            .iter()
            .filter_map(|&component| {
                let found = reference.fee_schedule(code, component, day, Stale::Use).found()?.row;
                let key = format!("{code} {component}").trim_end().to_owned();
                Some((key, fee_schedule_row(&found)))
            })
            .collect(),
        Table::PractitionerMue | Table::HospitalMue | Table::DmeMue => {
            let setting = match table {
                Table::HospitalMue => Setting::OutpatientHospital,
                Table::DmeMue => Setting::DmeSupplier,
                _ => Setting::Practitioner,
            };
            let mue = reference.mue(setting, code, day, Stale::Use).found();
            mue.map_or_else(Vec::new, |mue| {
                row(vec![
                    ("units", mue.row.value.to_string()),
                    ("adjudication indicator", mue.row.mai.to_string()),
                ])
            })
        }
        Table::AddOn => {
            let edits = reference.add_on_edits(code, day, Stale::Use).found();
            let each = edits.into_iter().flat_map(|found| found.row).map(|edit| {
                let primary = edit.primary.map_or("by contractor".to_owned(), |code| code.to_string());
                (format!("{code} with {primary}"), vec![("type", edit.kind.to_string())])
            });
            each.collect()
        }
        Table::Asc => {
            let entries = reference.asc(code, day, Stale::Use).found();
            let each = entries.into_iter().flat_map(|found| found.row).map(|entry| {
                (
                    format!("{code} in {}", entry.addendum),
                    vec![
                        ("payment indicator", as_published(&entry.payment_indicator)),
                        ("discounted beside others", or_none(entry.multiple_procedure_discount)),
                        ("weight", or_none(entry.weight.map(ten_thousandths))),
                        ("rate", or_none(entry.rate)),
                    ],
                )
            });
            each.collect()
        }
        Table::OutpatientCodes => {
            let found = reference.outpatient_code(code, day, Stale::Use).found();
            found.map_or_else(Vec::new, |found| row(outpatient_row(&found.row)))
        }
        _ => Vec::new(),
    }
}

fn fee_schedule_row(row: &cleanclaim::reference::FeeScheduleRow) -> Row {
    let (is, values) = (&row.indicators, &row.values);
    vec![
        ("status", is.status.to_string()),
        ("PC/TC", is.pc_tc.to_string()),
        ("global days", is.global.to_string()),
        ("multiple procedures", is.multiple.to_string()),
        ("bilateral", is.bilateral.to_string()),
        ("assistant", is.assistant.to_string()),
        ("co-surgeon", is.co_surgeon.to_string()),
        ("team", is.team.to_string()),
        ("non-facility NA", yes_or_no(is.nonfacility_na)),
        ("facility NA", yes_or_no(is.facility_na)),
        ("work", hundredths(values.work)),
        (
            "non-facility practice expense",
            hundredths(values.nonfacility_practice_expense),
        ),
        (
            "facility practice expense",
            hundredths(values.facility_practice_expense),
        ),
        ("malpractice", hundredths(values.malpractice)),
        ("care before, percent", values.preoperative.to_string()),
        ("operation, percent", values.intraoperative.to_string()),
        ("care after, percent", values.postoperative.to_string()),
        ("endoscopic base", or_none(values.endoscopic_base)),
        ("supervision", as_published(&values.supervision)),
        ("imaging family", values.imaging_family.to_string()),
        (
            "OPPS non-facility practice expense",
            hundredths(values.opps_nonfacility_practice_expense),
        ),
        (
            "OPPS facility practice expense",
            hundredths(values.opps_facility_practice_expense),
        ),
        ("OPPS malpractice", hundredths(values.opps_malpractice)),
    ]
}

fn or_none(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "none".to_owned(), |value| value.to_string())
}

fn as_published(value: &[u8]) -> String {
    String::from_utf8_lossy(value).trim().to_owned()
}

fn outpatient_row(entry: &OutpatientEntry) -> Row {
    vec![
        ("status indicator", entry.status_text().to_owned()),
        ("APC", entry.apc.to_string()),
        ("payment indicator", entry.payment_indicator.to_string()),
        ("ages", format!("{} to {}", entry.low_age, entry.high_age)),
        ("approved", or_none(entry.approved)),
        ("terminated", or_none(entry.terminated)),
        ("attributes", names(|flag: OutpatientFlag| entry.flags.has(flag))),
    ]
}

/// The names of those of a closed set that are chosen.
fn names<F>(chosen: impl Fn(F) -> bool) -> String
where
    F: VariantArray + Copy + Into<&'static str>,
{
    let names: Vec<&str> = F::VARIANTS
        .iter()
        .filter(|&&flag| chosen(flag))
        .map(|&flag| flag.into())
        .collect();
    if names.is_empty() {
        "none".to_owned()
    } else {
        names.join(" and ")
    }
}

fn yes_or_no(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
}

fn hundredths(value: u32) -> String {
    format!("{}.{:02}", value / 100, value % 100)
}

/// A pair by its two codes, whichever stands in column 1, so that a pair whose columns changed places is a change. Where both
/// directions are in force, both are said.
fn pairs(reference: &Reference, id: ReleaseId, day: ServiceDate) -> Rows {
    let mut found = Rows::new();
    for (low, high, edit) in reference
        .pairs_of(id)
        .filter(|(_, _, edit)| edit.in_force.contains(day))
    {
        let column1 = if edit.reversed { high } else { low }.to_string();
        let indicator = edit.indicator.to_string();
        match found.entry(format!("{low} and {high}")) {
            Entry::Vacant(place) => {
                place.insert(vec![(COLUMN_1, column1), ("indicator", indicator)]);
            }
            Entry::Occupied(mut place) => {
                for ((_, said), other) in place.get_mut().iter_mut().zip([column1, indicator]) {
                    *said = format!("{said} and {other}");
                }
            }
        }
    }
    found
}

fn modifiers(reference: &Reference, day: ServiceDate) -> Rows {
    (0..Modifier::COUNT)
        .filter_map(Modifier::from_index)
        .filter_map(|modifier| reference.modifier(modifier, day, Stale::Use).found())
        .map(|found| {
            let attributes = names(|flag: ModifierFlag| found.row.flags.has(flag));
            (found.row.modifier.to_string(), vec![("attributes", attributes)])
        })
        .collect()
}

fn conflicts(reference: &Reference, day: ServiceDate) -> Rows {
    let found = reference.modifier_conflicts(day, Stale::Use).found();
    let rows = found.into_iter().flat_map(|found| found.row);
    rows.map(|row| (format!("{} with {}", row.first, row.second), Row::new()))
        .collect()
}

fn in_locality(reference: &Reference, table: Table, locality: Locality, day: ServiceDate) -> Option<Row> {
    match table {
        Table::Gpci => {
            let row = reference.gpci(locality, day, Stale::Use).found()?.row;
            let floorless = row.work_without_floor;
            Some(vec![
                ("name", format!("{}, {}", row.name, row.state)),
                ("work", thousandths(row.work)),
                ("work without the floor", or_none(floorless.map(thousandths))),
                ("practice expense", thousandths(row.practice_expense)),
                ("malpractice", thousandths(row.malpractice)),
            ])
        }
        Table::AnesthesiaFactors => {
            let row = reference.anesthesia_factor(locality, day, Stale::Use).found()?.row;
            Some(vec![
                ("name", row.name.to_string()),
                ("conversion factor", hundredths(row.conversion_factor)),
            ])
        }
        _ => {
            let rows = reference.locality(locality, day, Stale::Use).found()?.row;
            let areas: Vec<String> = rows
                .iter()
                .map(|row| format!("{}, {}: {}", row.state, row.area, row.counties))
                .collect();
            Some(vec![("areas", areas.join("; "))])
        }
    }
}

fn ten_thousandths(value: u32) -> String {
    format!("{}.{:04}", value / 10_000, value % 10_000)
}

fn thousandths(value: u16) -> String {
    format!("{}.{:03}", value / 1_000, value % 1_000)
}
