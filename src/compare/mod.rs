//! What changed between two references: table by table, each by the release that lasts longest, row by row and field by
//! field.
//!
//! Rows are compared as they hold on the last day of their release. What a row says is text, in the order of the published
//! file, so that a change reads as it would in the two files.

mod pairs;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::reference::{Fields, Reference, ReleaseId, Table};

pub use crate::reference::row_key::RowKey;

use self::pairs::{COLUMN_1, Pair, pairs};

/// What changed in one table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableChanges {
    /// The table.
    pub table: Table,
    /// The old release; `None` if the old reference has no such table. Its rows are then not listed one by one.
    pub old: Option<Box<str>>,
    /// The new release; `None` if the new reference has no such table. Its rows are then not listed one by one.
    pub new: Option<Box<str>>,
    /// The rows that differ, in the order of their keys.
    pub rows: Vec<RowChange>,
}

impl TableChanges {
    /// Whether both references have the table.
    #[must_use]
    pub fn is_in_both(&self) -> bool {
        self.old.is_some() && self.new.is_some()
    }
}

/// A row that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RowChange {
    /// What the row is about.
    pub key: RowKey,
    /// How it differs.
    pub kind: ChangeKind,
    /// All its fields if only one side has it, else those that differ.
    pub fields: Vec<FieldChange>,
}

/// How a row differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::Display)]
#[strum(serialize_all = "kebab-case")]
#[non_exhaustive]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Ended,
    /// It says something else.
    Changed,
    /// It is a pair of codes whose columns were exchanged.
    Flipped,
}

/// A field of a row that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldChange {
    /// Its name.
    pub name: &'static str,
    /// The old value; `None` for a new row.
    pub old: Option<String>,
    /// The new value; `None` for a removed row.
    pub new: Option<String>,
}

/// Compares two references, one table after the other; a table that neither has is left out.
///
/// # Example
/// ```
/// use cleanclaim::compare::compare;
/// use cleanclaim::reference::Reference;
///
/// let changed = compare(Reference::starter(), Reference::starter());
/// assert!(changed.into_iter().all(|table| table.is_in_both() && table.rows.is_empty()));
/// let all_new: Vec<_> = compare(&Reference::empty(), Reference::starter()).collect();
/// assert!(!all_new.is_empty() && all_new.iter().all(|table| table.old.is_none() && table.new.is_some()));
/// ```
pub fn compare<'r>(old: &'r Reference, new: &'r Reference) -> impl Iterator<Item = TableChanges> + use<'r> {
    let name = |reference: &Reference, id: Option<ReleaseId>| {
        let release = id.and_then(|id| reference.release(id));
        release.map(|release| release.name.clone())
    };
    Table::ALL.iter().filter_map(move |&table| {
        let ids = (last_release(old, table), last_release(new, table));
        let rows = match ids {
            (None, None) => return None,
            (Some(before), Some(after)) => changed_rows(table, (old, before), (new, after)),
            _ => Vec::new(),
        };
        Some(TableChanges {
            table,
            old: name(old, ids.0),
            new: name(new, ids.1),
            rows,
        })
    })
}

/// The release of a table that lasts longest.
fn last_release(reference: &Reference, table: Table) -> Option<ReleaseId> {
    let all = reference.release_ids().zip(reference.releases());
    all.filter(|(_, release)| release.table == table)
        .max_by_key(|(_, release)| (release.in_force.last(), release.in_force.first()))
        .map(|(id, _)| id)
}

fn changed_rows(table: Table, old: (&Reference, ReleaseId), new: (&Reference, ReleaseId)) -> Vec<RowChange> {
    let mut changes: Vec<RowChange> = match table {
        // There are millions of rows, and most are equal: only the others are put in words.
        Table::PractitionerPairs | Table::HospitalPairs => differing(pairs(old.0, old.1), pairs(new.0, new.1))
            .filter_map(|(_, old, new)| Some(change(old.or(new)?.key(), old.map(Pair::row), new.map(Pair::row))))
            .collect(),
        _ => {
            let rows = |(reference, id): (&Reference, _)| told(reference, table, id).into_iter();
            differing(rows(old), rows(new))
                .map(|(key, old, new)| change(key, old, new))
                .collect()
        }
    };
    changes.sort_unstable_by_key(|change| change.key);
    changes
}

/// What the rows of a release say that hold on its last day, in the order of their keys.
fn told(reference: &Reference, table: Table, id: ReleaseId) -> BTreeMap<RowKey, Fields> {
    reference.told_of_release(table, id).into_iter().collect()
}

/// The rows that only one side has, or that differ. Both sides are sorted by key.
fn differing<K: Ord, V: PartialEq>(
    old: impl Iterator<Item = (K, V)>,
    new: impl Iterator<Item = (K, V)>,
) -> impl Iterator<Item = (K, Option<V>, Option<V>)> {
    let (mut old, mut new) = (old.peekable(), new.peekable());
    std::iter::from_fn(move || {
        loop {
            let order = match (old.peek(), new.peek()) {
                (None, None) => return None,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((before, _)), Some((after, _))) => before.cmp(after),
            };
            let before = if order.is_le() { old.next() } else { None };
            let after = if order.is_ge() { new.next() } else { None };
            match (before, after) {
                (Some((_, before)), Some((_, after))) if before == after => {}
                (Some((key, before)), after) => return Some((key, Some(before), after.map(|(_, after)| after))),
                (None, Some((key, after))) => return Some((key, None, Some(after))),
                (None, None) => return None,
            }
        }
    })
}

fn change(key: RowKey, old: Option<Fields>, new: Option<Fields>) -> RowChange {
    let fields: Vec<FieldChange> = match (&old, &new) {
        // Rows of one table have the same fields.
        (Some(old), Some(new)) => old
            .iter()
            .zip(new)
            .filter(|(old, new)| old != new)
            .map(|(old, new)| field(old.0, Some(&old.1), Some(&new.1)))
            .collect(),
        (old, new) => {
            let of = |row: &Option<Fields>, is_old: bool| -> Vec<FieldChange> {
                let fields = row.iter().flatten();
                let one = |(name, value): &(&'static str, String)| {
                    field(name, is_old.then_some(value), (!is_old).then_some(value))
                };
                fields.map(one).collect()
            };
            if old.is_some() { of(old, true) } else { of(new, false) }
        }
    };
    let kind = match (old, new) {
        (None, _) => ChangeKind::Added,
        (_, None) => ChangeKind::Ended,
        _ if fields.iter().any(|field| field.name == COLUMN_1) => ChangeKind::Flipped,
        _ => ChangeKind::Changed,
    };
    RowChange { key, kind, fields }
}

fn field(name: &'static str, old: Option<&String>, new: Option<&String>) -> FieldChange {
    FieldChange {
        name,
        old: old.cloned(),
        new: new.cloned(),
    }
}
