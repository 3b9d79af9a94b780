//! `cleanclaim data diff`: what changed between two references, table by table, each by its newest release.

use std::io::{Write, stdout};

use cleanclaim::reference::{Reference, ReleaseId, Table};
use serde_json::{Map, Value, json};

use super::rows::{COLUMN_1, Row, Rows, rows};
use crate::args::{DiffArgs, TextOrJson};
use crate::{CommandError, Outcome, reference};

/// One row that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    key: String,
    kind: Kind,
    /// What the old row said: of a row that is in both, where they differ.
    old: Row,
    /// What the new row says, likewise.
    new: Row,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Added,
    Ended,
    Changed,
    /// The codes of a pair changed places.
    Flipped,
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
            changes.retain(|change| change.key.split(' ').any(names));
        }
        differs |= !changes.is_empty();
        let names = (name(&old, before), name(&new, after));
        match args.format {
            TextOrJson::Text => print_text(&mut out, table, &names, &changes)?,
            TextOrJson::Json => print_json(&mut out, table, &names, &changes)?,
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

/// What differs between the rows of two releases.
fn changes(old: &Rows, new: &Rows) -> Vec<Change> {
    let change = |key: &String, kind, old: &Row, new: &Row| Change {
        key: key.clone(),
        kind,
        old: old.clone(),
        new: new.clone(),
    };
    let none = Row::new();
    let mut changes = Vec::new();
    for (key, before) in old {
        match new.get(key) {
            None => changes.push(change(key, Kind::Ended, before, &none)),
            Some(after) if after != before => {
                let (before, after) = differing(before, after);
                changes.push(change(key, kind_of(&before), &before, &after));
            }
            Some(_) => {}
        }
    }
    let added = new.iter().filter(|(key, _)| !old.contains_key(*key));
    changes.extend(added.map(|(key, after)| change(key, Kind::Added, &none, after)));
    changes.sort_by(|one, two| one.key.cmp(&two.key));
    changes
}

/// The fields in which two rows differ. Rows of one table have the same fields.
fn differing(before: &Row, after: &Row) -> (Row, Row) {
    let both = before.iter().cloned().zip(after.iter().cloned());
    both.filter(|(before, after)| before != after).unzip()
}

fn kind_of(differing: &Row) -> Kind {
    if differing.iter().any(|(field, _)| *field == COLUMN_1) {
        Kind::Flipped
    } else {
        Kind::Changed
    }
}

fn print_text(out: &mut impl Write, table: Table, names: &(String, String), changes: &[Change]) -> std::io::Result<()> {
    let count = |kind| changes.iter().filter(|change| change.kind == kind).count();
    write!(
        out,
        "{}, {} -> {}: {} added, {} ended, {} changed",
        table.title(),
        names.0,
        names.1,
        count(Kind::Added),
        count(Kind::Ended),
        count(Kind::Changed),
    )?;
    if matches!(table, Table::PractitionerPairs | Table::HospitalPairs) {
        write!(out, ", {} flipped", count(Kind::Flipped))?;
    }
    writeln!(out)?;
    for Change { key, kind, old, new } in changes {
        match kind {
            Kind::Added => writeln!(out, "  + {key}{}", in_words(new))?,
            Kind::Ended => writeln!(out, "  - {key}{}", in_words(old))?,
            Kind::Changed | Kind::Flipped => {
                let fields = old.iter().zip(new);
                let fields: Vec<String> = fields
                    .map(|((field, old), (_, new))| format!("{field} {old} -> {new}"))
                    .collect();
                writeln!(out, "  ~ {key}: {}", fields.join(", "))?;
            }
        }
    }
    Ok(())
}

/// The fields of a row after a colon; nothing where it has none.
fn in_words(row: &Row) -> String {
    let fields: Vec<String> = row.iter().map(|(field, value)| format!("{field} {value}")).collect();
    if fields.is_empty() {
        String::new()
    } else {
        format!(": {}", fields.join(", "))
    }
}

/// One object a change.
fn print_json(out: &mut impl Write, table: Table, names: &(String, String), changes: &[Change]) -> std::io::Result<()> {
    let table = table.to_string();
    for Change { key, kind, old, new } in changes {
        let object = json!({
            "table": table, "old_release": names.0, "new_release": names.1,
            "change": kind, "key": key,
            "old": (*kind != Kind::Added).then(|| object(old)),
            "new": (*kind != Kind::Ended).then(|| object(new)),
        });
        writeln!(out, "{object}")?;
    }
    Ok(())
}

fn object(row: &Row) -> Value {
    let fields = row
        .iter()
        .map(|(field, value)| ((*field).to_owned(), Value::from(value.as_str())));
    Value::Object(fields.collect::<Map<_, _>>())
}

/// A table that only one of the references has.
fn one_sided(out: &mut impl Write, args: &DiffArgs, table: Table, is_old: bool) -> std::io::Result<()> {
    let (side, what) = if is_old {
        (&args.old, "table-ended")
    } else {
        (&args.new, "table-added")
    };
    match args.format {
        TextOrJson::Text => writeln!(out, "{}: only in {side}", table.title()),
        TextOrJson::Json => writeln!(
            out,
            "{}",
            json!({"table": table.to_string(), "change": what, "only_in": side})
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[(&str, &[(&'static str, &str)])]) -> Rows {
        let row = |fields: &[(&'static str, &str)]| -> Row {
            fields.iter().map(|&(field, value)| (field, value.to_owned())).collect()
        };
        rows.iter()
            .map(|&(key, fields)| (key.to_owned(), row(fields)))
            .collect()
    }

    #[test]
    fn every_kind_of_change_is_told_with_the_fields_that_differ() {
        let found = changes(
            &rows(&[
                ("a", &[("work", "1")]),
                ("b", &[("work", "1"), ("status", "A")]),
                ("c", &[("work", "1")]),
                ("x and y", &[(COLUMN_1, "x"), ("indicator", "1")]),
            ]),
            &rows(&[
                ("b", &[("work", "2"), ("status", "A")]),
                ("c", &[("work", "1")]),
                ("d", &[("work", "1")]),
                ("x and y", &[(COLUMN_1, "y"), ("indicator", "1")]),
            ]),
        );
        let kinds: Vec<_> = found.iter().map(|change| (&*change.key, change.kind)).collect();
        assert_eq!(
            kinds,
            [
                ("a", Kind::Ended),
                ("b", Kind::Changed),
                ("d", Kind::Added),
                ("x and y", Kind::Flipped)
            ]
        );
        assert_eq!(
            (&found[1].old, &found[1].new),
            (&vec![("work", "1".to_owned())], &vec![("work", "2".to_owned())])
        );
    }
}
