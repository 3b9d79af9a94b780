//! `cleanclaim data diff`: what changed between two references, table by table.

use std::io::{BufWriter, Write, stdout};

use cleanclaim::compare::{ChangeKind, FieldChange, RowChange, TableChanges, compare};
use cleanclaim::reference::Table;
use cleanclaim::report::{shown, shown_json};
use serde_json::{Map, Value, json};

use crate::args::{DiffArgs, TextOrJson};
use crate::{CommandError, Outcome, reference};

pub(crate) fn run(args: &DiffArgs) -> Result<Outcome, CommandError> {
    let old = reference::open(Some(&args.old))?;
    let new = reference::open(Some(&args.new))?;
    let mut out = BufWriter::new(stdout().lock());
    let mut differs = false;
    for mut changes in compare(&old, &new) {
        if !args.code.is_empty() {
            changes
                .rows
                .retain(|row| args.code.iter().any(|&code| row.key.names(code)));
        }
        differs |= !changes.is_in_both() || !changes.rows.is_empty();
        match args.format {
            TextOrJson::Text => print_text(&mut out, args, &changes)?,
            TextOrJson::Json => print_json(&mut out, args, &changes)?,
        }
    }
    out.flush()?;
    Ok(if differs { Outcome::Findings } else { Outcome::Clean })
}

fn print_text(out: &mut impl Write, args: &DiffArgs, changes: &TableChanges) -> std::io::Result<()> {
    let title = changes.table.title();
    let (Some(old), Some(new)) = (&changes.old, &changes.new) else {
        return writeln!(out, "{title}: only in {}", shown(&only_in(args, changes)));
    };
    let count = |kind| changes.rows.iter().filter(|row| row.kind == kind).count();
    write!(
        out,
        "{title}, {old} -> {new}: {} added, {} ended, {} changed",
        count(ChangeKind::Added),
        count(ChangeKind::Ended),
        count(ChangeKind::Changed),
    )?;
    if matches!(changes.table, Table::PractitionerPairs | Table::HospitalPairs) {
        write!(out, ", {} flipped", count(ChangeKind::Flipped))?;
    }
    writeln!(out)?;
    changes.rows.iter().try_for_each(|row| print_row(out, row))
}

fn print_row(out: &mut impl Write, row: &RowChange) -> std::io::Result<()> {
    let sign = match row.kind {
        ChangeKind::Added => '+',
        ChangeKind::Ended => '-',
        _ => '~',
    };
    let fields: Vec<String> = row.fields.iter().map(in_words).collect();
    let colon = if fields.is_empty() { "" } else { ": " };
    writeln!(out, "  {sign} {}{colon}{}", row.key, shown(&fields.join(", ")))
}

fn in_words(field: &FieldChange) -> String {
    let values: Vec<&str> = [&field.old, &field.new]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    format!("{} {}", field.name, values.join(" -> "))
}

/// The file that alone has a table.
fn only_in(args: &DiffArgs, changes: &TableChanges) -> String {
    let file = if changes.old.is_some() { &args.old } else { &args.new };
    file.display().to_string()
}

/// One object a change.
fn print_json(out: &mut impl Write, args: &DiffArgs, changes: &TableChanges) -> std::io::Result<()> {
    let table = changes.table.to_string();
    if !changes.is_in_both() {
        let what = if changes.old.is_some() {
            "table-ended"
        } else {
            "table-added"
        };
        let object = json!({"table": table, "change": what, "only_in": only_in(args, changes)});
        return writeln!(out, "{}", shown_json(&object.to_string()));
    }
    for row in &changes.rows {
        let object = json!({
            "table": table, "old_release": changes.old, "new_release": changes.new,
            "change": row.kind.to_string(), "key": row.key.to_string(),
            "old": (row.kind != ChangeKind::Added).then(|| object(row, |field| field.old.as_deref())),
            "new": (row.kind != ChangeKind::Ended).then(|| object(row, |field| field.new.as_deref())),
        });
        writeln!(out, "{}", shown_json(&object.to_string()))?;
    }
    Ok(())
}

fn object<'a>(row: &'a RowChange, value: impl Fn(&'a FieldChange) -> Option<&'a str>) -> Value {
    let fields = row.fields.iter();
    Value::Object(
        fields
            .map(|field| (field.name.to_owned(), value(field).into()))
            .collect::<Map<_, _>>(),
    )
}
