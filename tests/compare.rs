//! What changed between two references: each kind of change in each shape of table, and, for any two sets of pairs, the
//! changes that follow from the rows.

#[path = "support/tables.rs"]
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use cleanclaim::compare::{ChangeKind, RowChange, TableChanges, compare};
use cleanclaim::reference::{Reference, Table};
use proptest::prelude::*;
use tables::Tables;

fn reference(lines: &str) -> Reference {
    let mut tables = Tables::new();
    tables.read(lines);
    tables.build()
}

fn changes(old: &Reference, new: &Reference) -> Vec<TableChanges> {
    compare(old, new).collect()
}

/// The changes of a table, each on a line.
fn told(old: &str, new: &str, table: Table) -> Vec<String> {
    let (old, new) = (reference(old), reference(new));
    let changes = changes(&old, &new);
    let others = changes.iter().filter(|changes| changes.table != table);
    assert!(others.into_iter().all(|changes| changes.rows.is_empty()));
    let of_table = changes.iter().find(|changes| changes.table == table).unwrap();
    of_table.rows.iter().map(line).collect()
}

fn line(row: &RowChange) -> String {
    let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let fields: Vec<String> = row
        .fields
        .iter()
        .map(|field| format!("{} {} -> {}", field.name, or_none(&field.old), or_none(&field.new)))
        .collect();
    format!("{} {}: {}", row.kind, row.key, fields.join(", "))
}

#[test]
fn rows_of_a_code_are_told_with_the_fields_that_differ() {
    assert_eq!(
        told(
            "mue 64632 1 2\nmue 64640 2 3\nmue 99213 1 1",
            "mue 64632 4 2\nmue 99213 1 1\nmue 99214 1 1",
            Table::PractitionerMue
        ),
        [
            "changed 64632: units 1 -> 4",
            "ended 64640: units 2 -> -, adjudication indicator 3 -> -",
            "added 99214: units - -> 1, adjudication indicator - -> 1",
        ]
    );
}

#[test]
fn rows_of_components_addenda_and_primaries_are_told_apart() {
    assert_eq!(
        told(
            "fee 70450 pctc=1\nfee 70450/26 pctc=1\nfee 64632 bilateral=1",
            "fee 70450 pctc=1\nfee 70450/26 pctc=1 status=I\nfee 64632 bilateral=1 na=facility",
            Table::FeeSchedule
        ),
        [
            "changed 64632: facility NA no -> yes",
            "changed 70450 26: status A -> I"
        ]
    );
    assert_eq!(
        told(
            "addon 1 64634 64633\naddon 2 64727 CCCCC",
            "addon 3 64634 64633\naddon 1 64634 64635",
            Table::AddOn
        ),
        [
            "changed 64634 with 64633: type 1 -> 3",
            "added 64634 with 64635: type - -> 1",
            "ended 64727 by contractor: type 2 -> -",
        ]
    );
    assert_eq!(told("asc AA 64632", "asc BB 64632", Table::Asc).len(), 2);
}

#[test]
fn pairs_are_one_row_whichever_code_is_paid() {
    assert_eq!(
        told(
            "pair 64632 64455 1\npair 64632 20550 1\npair 64632 99213 0\npair 64640 99213 1",
            "pair 64455 64632 1\npair 64632 20550 0\npair 64640 99213 1\npair G0463 64632 1",
            Table::PractitionerPairs
        ),
        [
            "changed 20550 and 64632: indicator 1 -> 0",
            "flipped 64455 and 64632: column 1 64632 -> 64455",
            "ended 64632 and 99213: column 1 64632 -> -, indicator 0 -> -",
            "added 64632 and G0463: column 1 - -> G0463, indicator - -> 1",
        ]
    );
    // In force both ways at once, and no longer.
    assert_eq!(
        told(
            "hospital-pair 64632 64455 1\nhospital-pair 64455 64632 0",
            "hospital-pair 64632 64455 1\nhospital-pair 64455 64632 0 2015-01-01..2024-08-31",
            Table::HospitalPairs
        ),
        ["flipped 64455 and 64632: column 1 64455 and 64632 -> 64632, indicator 0 and 1 -> 1"]
    );
}

#[test]
fn modifiers_and_their_conflicts_are_told() {
    assert_eq!(
        told("modifier Q7", "modifier Q7 ncci", Table::Modifiers),
        ["changed Q7: attributes none -> ncci"]
    );
    assert_eq!(
        told("", "conflict CT FX", Table::ModifierConflicts),
        ["added CT with FX: "]
    );
}

#[test]
fn a_table_that_one_side_has_is_told_as_such() {
    let (old, new) = (Reference::empty(), reference(""));
    let all = changes(&old, &new);
    assert!(!all.is_empty());
    for table in &all {
        assert!(table.old.is_none() && table.new.is_some() && table.rows.is_empty());
    }
    assert_eq!(
        changes(&new, &old).iter().filter(|table| table.new.is_none()).count(),
        all.len()
    );
}

/// Codes of every shape, whose order as texts is not that of their numbers.
const CODES: [&str; 7] = ["00100", "0001F", "0001T", "64632", "99213", "A0021", "G0463"];

type Pairs = BTreeMap<(usize, usize), (bool, bool)>;

fn pairs() -> impl Strategy<Value = Pairs> {
    let codes = (0..CODES.len(), 0..CODES.len()).prop_filter("a pair has two codes", |(one, other)| one < other);
    proptest::collection::btree_map(codes, any::<(bool, bool)>(), 0..15)
}

fn of_pairs(pairs: &Pairs) -> Reference {
    let lines = pairs.iter().map(|(&(one, other), &(is_reversed, may_bypass))| {
        let (column1, column2) = if is_reversed { (other, one) } else { (one, other) };
        format!("pair {} {} {}", CODES[column1], CODES[column2], u8::from(may_bypass))
    });
    reference(&lines.collect::<Vec<_>>().join("\n"))
}

/// What follows from the two sets, row by row.
fn expected(old: &Pairs, new: &Pairs) -> BTreeSet<(BTreeSet<String>, String)> {
    let names = |pair: &(usize, usize)| BTreeSet::from([CODES[pair.0].to_owned(), CODES[pair.1].to_owned()]);
    let all: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    all.into_iter()
        .filter_map(|pair| {
            let kind = match (old.get(pair), new.get(pair)) {
                (None, _) => ChangeKind::Added,
                (_, None) => ChangeKind::Ended,
                (Some(before), Some(after)) if before.0 != after.0 => ChangeKind::Flipped,
                (Some(before), Some(after)) if before.1 != after.1 => ChangeKind::Changed,
                _ => return None,
            };
            Some((names(pair), kind.to_string()))
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_changes_of_pairs_follow_from_their_rows_and_back_again(old in pairs(), new in pairs()) {
        let (before, after) = (of_pairs(&old), of_pairs(&new));
        let rows = |changes: Vec<TableChanges>| {
            let of_pairs = changes.into_iter().find(|changes| changes.table == Table::PractitionerPairs);
            of_pairs.unwrap().rows
        };
        let found = rows(changes(&before, &after));
        let keys = |row: &RowChange| row.key.to_string().split(" and ").map(str::to_owned).collect();
        let seen: BTreeSet<(BTreeSet<String>, String)> =
            found.iter().map(|row| (keys(row), row.kind.to_string())).collect();
        prop_assert_eq!(seen, expected(&old, &new));
        let back = rows(changes(&after, &before));
        prop_assert_eq!(found.len(), back.len());
        for (row, back) in found.iter().zip(&back) {
            prop_assert_eq!(row.key, back.key);
            for (field, back) in row.fields.iter().zip(&back.fields) {
                prop_assert_eq!((field.name, &field.old, &field.new), (back.name, &back.new, &back.old));
            }
        }
    }
}
