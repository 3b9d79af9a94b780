//! What the rows of a table say, field by field.

use std::collections::{BTreeMap, BTreeSet};

use strum::VariantArray;

use super::RowKey;
use crate::model::{Modifier, ProcedureCode, ServiceDate, fixed};
use crate::reference::{
    AscEntry, Component, FeeScheduleRow, Locality, ModifierFlag, Mue, OutpatientEntry, OutpatientFlag, PairIndicator,
    Reference, ReleaseId, Setting, Stale, Table,
};

/// The field of a pair that says which of its codes is paid.
pub(super) const COLUMN_1: &str = "column 1";

/// What a row says: the names of its fields with their values, in the order of the published file.
pub(crate) type Row = Vec<(&'static str, String)>;

/// The rows of a release that hold on its last day.
pub(super) fn small_table(reference: &Reference, table: Table, id: ReleaseId) -> BTreeMap<RowKey, Row> {
    let Some(day) = reference.release(id).map(|release| release.in_force.last()) else {
        return BTreeMap::new();
    };
    match table {
        Table::Modifiers => modifiers(reference, day),
        Table::ModifierConflicts => conflicts(reference, day),
        Table::Gpci | Table::AnesthesiaFactors | Table::Localities => reference
            .localities()
            .into_iter()
            .filter_map(|locality| {
                let row = in_locality(reference, table, locality, day)?;
                Some((RowKey::Locality(locality), row))
            })
            .collect(),
        _ => {
            let by_code = reference.codes().flat_map(|code| of_code(reference, table, code, day));
            let mut rows: BTreeMap<RowKey, Row> = by_code.collect();
            if table == Table::FeeSchedule {
                rows.insert(RowKey::AllCodes, conversion_factors(reference, day));
            }
            rows
        }
    }
}

/// What a table says of a code on a day; nothing of pairs.
pub(crate) fn of_code(
    reference: &Reference,
    table: Table,
    code: ProcedureCode,
    day: ServiceDate,
) -> Vec<(RowKey, Row)> {
    let mue = |setting| {
        let found = reference.mue(setting, code, day, Stale::Refuse).found();
        let row = found.map(|found| (RowKey::Code(code), mue_row(found.row)));
        row.into_iter().collect()
    };
    match table {
        Table::FeeSchedule => Component::ALL
            .iter()
            .filter_map(|&component| {
                let found = reference.fee_schedule(code, component, day, Stale::Refuse).found()?;
                Some((RowKey::Component(code, component), fee_schedule_row(&found.row)))
            })
            .collect(),
        Table::PractitionerMue => mue(Setting::Practitioner),
        Table::HospitalMue => mue(Setting::OutpatientHospital),
        Table::DmeMue => mue(Setting::DmeSupplier),
        Table::AddOn => {
            let edits = reference.add_on_edits(code, day, Stale::Refuse).found();
            let edits = edits.into_iter().flat_map(|found| found.row);
            edits
                .map(|edit| (RowKey::AddOn(code, edit.primary), vec![("type", edit.kind.to_string())]))
                .collect()
        }
        Table::Asc => {
            let entries = reference.asc(code, day, Stale::Refuse).found();
            let entries = entries.into_iter().flat_map(|found| found.row);
            entries
                .map(|entry| (RowKey::InAddendum(code, entry.addendum), asc_row(&entry)))
                .collect()
        }
        Table::OutpatientCodes => {
            let found = reference.outpatient_code(code, day, Stale::Refuse).found();
            let row = found.map(|found| (RowKey::Code(code), outpatient_row(&found.row)));
            row.into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Said once: it is the same, or one of two, in every row.
fn conversion_factors(reference: &Reference, day: ServiceDate) -> Row {
    let of = |code| {
        reference
            .fee_schedule(code, Component::Global, day, Stale::Refuse)
            .found()
    };
    let factors: BTreeSet<u32> = reference
        .codes()
        .filter_map(of)
        .map(|found| found.row.values.conversion_factor)
        .collect();
    let factors: Vec<String> = factors.into_iter().map(|factor| fixed::text(factor, 4)).collect();
    vec![("conversion factor", factors.join(" and "))]
}

fn fee_schedule_row(row: &FeeScheduleRow) -> Row {
    let (is, values) = (&row.indicators, &row.values);
    let relative = |value: u32| fixed::text(value, 2);
    vec![
        ("status", is.status.to_string()),
        ("PC/TC", is.pc_tc.to_string()),
        ("global days", is.global.to_string()),
        ("multiple procedures", is.multiple.to_string()),
        ("both sides", is.bilateral.to_string()),
        ("assistant at surgery", is.assistant.to_string()),
        ("two surgeons", is.co_surgeon.to_string()),
        ("surgical team", is.team.to_string()),
        ("non-facility NA", yes_or_no(is.nonfacility_na)),
        ("facility NA", yes_or_no(is.facility_na)),
        ("work", relative(values.work)),
        (
            "non-facility practice expense",
            relative(values.nonfacility_practice_expense),
        ),
        ("facility practice expense", relative(values.facility_practice_expense)),
        ("malpractice", relative(values.malpractice)),
        ("care before, percent", values.preoperative.to_string()),
        ("operation, percent", values.intraoperative.to_string()),
        ("care after, percent", values.postoperative.to_string()),
        ("endoscopic base", or_none(values.endoscopic_base)),
        ("supervision", as_published(&values.supervision)),
        ("imaging family", values.imaging_family.to_string()),
        (
            "OPPS non-facility practice expense",
            relative(values.opps_nonfacility_practice_expense),
        ),
        (
            "OPPS facility practice expense",
            relative(values.opps_facility_practice_expense),
        ),
        ("OPPS malpractice", relative(values.opps_malpractice)),
    ]
}

fn mue_row(mue: Mue) -> Row {
    vec![
        ("units", mue.value.to_string()),
        ("adjudication indicator", mue.mai.to_string()),
    ]
}

fn asc_row(entry: &AscEntry) -> Row {
    vec![
        ("payment indicator", as_published(&entry.payment_indicator)),
        ("discounted beside others", or_none(entry.multiple_procedure_discount)),
        ("weight", or_none(entry.weight.map(|weight| fixed::text(weight, 4)))),
        ("rate", or_none(entry.rate)),
    ]
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

fn modifiers(reference: &Reference, day: ServiceDate) -> BTreeMap<RowKey, Row> {
    (0..Modifier::COUNT)
        .filter_map(Modifier::from_index)
        .filter_map(|modifier| reference.modifier(modifier, day, Stale::Refuse).found())
        .map(|found| {
            let attributes = names(|flag: ModifierFlag| found.row.flags.has(flag));
            (RowKey::Modifier(found.row.modifier), vec![("attributes", attributes)])
        })
        .collect()
}

fn conflicts(reference: &Reference, day: ServiceDate) -> BTreeMap<RowKey, Row> {
    let found = reference.modifier_conflicts(day, Stale::Refuse).found();
    let rows = found.into_iter().flat_map(|found| found.row);
    rows.map(|row| (RowKey::Modifiers(row.first, row.second), Row::new()))
        .collect()
}

fn in_locality(reference: &Reference, table: Table, locality: Locality, day: ServiceDate) -> Option<Row> {
    let index = |value: u16| fixed::text(value, 3);
    match table {
        Table::Gpci => {
            let row = reference.gpci(locality, day, Stale::Refuse).found()?.row;
            Some(vec![
                ("name", format!("{}, {}", row.name, row.state)),
                ("work", index(row.work)),
                ("work without the floor", or_none(row.work_without_floor.map(index))),
                ("practice expense", index(row.practice_expense)),
                ("malpractice", index(row.malpractice)),
            ])
        }
        Table::AnesthesiaFactors => {
            let row = reference.anesthesia_factor(locality, day, Stale::Refuse).found()?.row;
            Some(vec![
                ("name", row.name.to_string()),
                ("conversion factor", fixed::text(row.conversion_factor, 2)),
            ])
        }
        _ => {
            let rows = reference.locality(locality, day, Stale::Refuse).found()?.row;
            let areas: Vec<String> = rows
                .iter()
                .map(|row| format!("{}, {}: {}", row.state, row.area, row.counties))
                .collect();
            Some(vec![("areas", areas.join("; "))])
        }
    }
}

/// Two codes and the edits between them that are in force.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    low: ProcedureCode,
    high: ProcedureCode,
    /// The indicator where the lower code stands in column 1.
    low_first: Option<PairIndicator>,
    /// The indicator where the higher one does; both directions may be in force at once.
    high_first: Option<PairIndicator>,
}

impl Pair {
    pub(super) fn key(self) -> RowKey {
        RowKey::Pair(self.low, self.high)
    }

    /// Where both directions are in force, both are said.
    pub(super) fn row(self) -> Row {
        let both = [(self.low, self.low_first), (self.high, self.high_first)];
        let said = both
            .iter()
            .filter_map(|(column1, indicator)| Some((column1, (*indicator)?)));
        let (columns, indicators): (Vec<_>, Vec<_>) = said
            .map(|(column1, indicator)| (column1.to_string(), indicator.to_string()))
            .unzip();
        vec![
            (COLUMN_1, columns.join(" and ")),
            ("indicator", indicators.join(" and ")),
        ]
    }
}

/// The pairs of a release that are in force on its last day, each once whichever code stands in column 1, with its place in
/// the order of [`Reference::pairs_of`].
pub(super) fn pairs(reference: &Reference, id: ReleaseId) -> impl Iterator<Item = ([Option<u32>; 2], Pair)> + '_ {
    let day = reference.release(id).map(|release| release.in_force.last());
    let mut edits = reference
        .pairs_of(id)
        .filter(move |(_, _, edit)| day.is_some_and(|day| edit.in_force.contains(day)))
        .peekable();
    std::iter::from_fn(move || {
        let (low, high, _) = *edits.peek()?;
        let mut pair = Pair {
            low,
            high,
            low_first: None,
            high_first: None,
        };
        while let Some((.., edit)) = edits.next_if(|(one, other, _)| (*one, *other) == (low, high)) {
            if edit.reversed {
                pair.high_first = Some(edit.indicator);
            } else {
                pair.low_first = Some(edit.indicator);
            }
        }
        Some(([high.index(), low.index()], pair))
    })
}

fn or_none(value: Option<impl ToString>) -> String {
    value.map_or_else(|| "none".to_owned(), |value| value.to_string())
}

fn as_published(value: &[u8]) -> String {
    String::from_utf8_lossy(value).trim().to_owned()
}

fn yes_or_no(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
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
