//! The rows that a rule read, in the tables' own terms.

use std::fmt;

use crate::facts::Line;
use crate::model::{DateRange, ProcedureCode, ServiceDate};
use crate::reference::row_key::RowKey;
use crate::reference::{
    Component, Fields, InRelease, ModifierRow, OutpatientEntry, OutpatientFlag, PairEdit, PolicyIndicators, Reference,
    ReleaseId, Setting, Stale, Table,
};

/// A row that a rule read.
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[non_exhaustive]
pub struct Evidence {
    /// The table.
    pub table: &'static str,
    /// The release.
    pub release: String,
    /// The row, in the table's own terms.
    pub row: String,
    /// The days on which the row holds.
    pub in_force: String,
    /// Whether the release was used past the period it was published for.
    pub stale: bool,
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stale = if self.stale { ", STALE" } else { "" };
        write!(
            f,
            "{} {} ({}{stale}): {}",
            self.table, self.release, self.in_force, self.row
        )
    }
}

/// The rows of `table` for a line, and for the other line if the table is about two; `None` if it has none.
pub(crate) fn of(line: &Line<'_>, table: Table, other: Option<&Line<'_>>) -> Option<Evidence> {
    let reference = line.reference();
    let code = line.code()?;
    let date = line.as_of(table);
    let (row, in_force, release) = match table {
        Table::FeeSchedule => {
            let component = line.fee().map_or(Component::Global, |row| row.component);
            let found = reference.fee_schedule(code, component, date, Stale::Use).found()?;
            (policy(code, &found.row.indicators), None, found.release)
        }
        Table::PractitionerPairs | Table::HospitalPairs => pair(line, other?, table)?,
        Table::PractitionerMue | Table::HospitalMue => {
            let found = reference.mue(setting(table), code, date, Stale::Use).found()?;
            let rationale = reference.mue_rationale(found.row);
            let row = format!("{code}: MUE {}, MAI {}, {rationale}", found.row.value, found.row.mai);
            (row, None, found.release)
        }
        Table::AddOn => add_on(reference, line)?,
        Table::Asc => {
            let found = reference.asc(code, date, Stale::Use).found()?;
            let entries: Vec<_> = found.row.iter().map(asc_entry).collect();
            (format!("{code}: {}", entries.join("; ")), None, found.release)
        }
        Table::Modifiers => modifiers(line)?,
        Table::OutpatientCodes => {
            let found = reference.outpatient_code(code, date, Stale::Use).found()?;
            let row = outpatient_code(code, &found.row);
            (row, Some(found.row.in_force), found.release)
        }
        _ => {
            let found = reference.told(table, code, date, Stale::Use).found()?;
            (by_fields(code, &found.row), None, found.release)
        }
    };
    let published = reference.release(release)?;
    Some(Evidence {
        table: published.table.title(),
        release: published.name.to_string(),
        row,
        in_force: days(in_force.unwrap_or(published.in_force)),
        stale: date > published.in_force.last(),
    })
}

/// A range of dates; one that never ends is printed without an end.
fn days(range: DateRange) -> String {
    if range.last() == ServiceDate::MAX {
        format!("{}..", range.first())
    } else {
        range.to_string()
    }
}

type Row = (String, Option<DateRange>, ReleaseId);

fn setting(table: Table) -> Setting {
    match table {
        Table::HospitalPairs | Table::HospitalMue => Setting::OutpatientHospital,
        _ => Setting::Practitioner,
    }
}

fn policy(code: ProcedureCode, row: &PolicyIndicators) -> String {
    let component = row.component.modifier().map(|modifier| format!("-{modifier}"));
    format!(
        "{code}{}: status {}, PC/TC {}, global {}, multiple {}, bilateral {}, assistant {}, co-surgeon {}, team {}{}{}",
        component.unwrap_or_default(),
        row.status,
        row.pc_tc,
        row.global,
        row.multiple,
        row.bilateral,
        row.assistant,
        row.co_surgeon,
        row.team,
        if row.nonfacility_na { ", non-facility NA" } else { "" },
        if row.facility_na { ", facility NA" } else { "" },
    )
}

/// Rows of any table, field by field.
fn by_fields(code: ProcedureCode, rows: &[(RowKey, Fields)]) -> String {
    let fields = rows.iter().flat_map(|(_, fields)| fields);
    let fields: Vec<String> = fields.map(|(name, value)| format!("{name} {value}")).collect();
    format!("{code}: {}", fields.join(", "))
}

fn outpatient_code(code: ProcedureCode, row: &OutpatientEntry) -> String {
    let flags = OutpatientFlag::ALL.iter().filter(|&&flag| row.flags.has(flag));
    let names: Vec<&str> = flags.map(Into::into).collect();
    format!("{code}: status indicator {}, {}", row.status_text(), names.join(", "))
        .trim_end_matches(", ")
        .to_owned()
}

fn pair(line: &Line<'_>, other: &Line<'_>, table: Table) -> Option<Row> {
    let (reference, column2, column1) = (line.reference(), line.code()?, other.code()?);
    let date = line.as_of(table);
    let found = reference
        .pair_edits(setting(table), column1, column2, date, Stale::Use)
        .found()?;
    let edit = found.row.into_iter().find(|edit| !edit.reversed)?;
    Some((
        pair_row(reference, column1, column2, edit),
        Some(edit.in_force),
        found.release,
    ))
}

fn pair_row(reference: &Reference, column1: ProcedureCode, column2: ProcedureCode, edit: PairEdit) -> String {
    format!(
        "column 1 {column1}, column 2 {column2}, indicator {}, {}",
        edit.indicator,
        reference.pair_rationale(edit)
    )
}

fn add_on(reference: &Reference, line: &Line<'_>) -> Option<Row> {
    const SHOWN: usize = 6;
    let code = line.code()?;
    let found = reference.add_on_edits(code, line.date(), Stale::Use).found()?;
    let kind = found.row.first()?.kind;
    let primaries: Vec<String> = found
        .row
        .iter()
        .map(|edit| edit.primary.map_or("by contractor".to_owned(), |code| code.to_string()))
        .collect();
    let shown = primaries
        .iter()
        .take(SHOWN)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    let more = match primaries.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some((
        format!("{code}: add-on of type {kind}, primaries {shown}{more}"),
        None,
        found.release,
    ))
}

fn asc_entry(entry: &crate::reference::AscEntry) -> String {
    let indicator = String::from_utf8_lossy(&entry.payment_indicator);
    format!("addendum {} {indicator}", entry.addendum).trim_end().to_owned()
}

fn modifiers(line: &Line<'_>) -> Option<Row> {
    let known: Vec<InRelease<ModifierRow>> = line
        .modifiers()
        .iter()
        .filter_map(|modifier| {
            line.reference()
                .modifier(modifier, line.as_of(Table::Modifiers), Stale::Use)
                .found()
        })
        .collect();
    let release = known.first()?.release;
    let names: Vec<_> = known.iter().map(|found| found.row.modifier.to_string()).collect();
    Some((format!("lists {}", names.join(", ")), None, release))
}
