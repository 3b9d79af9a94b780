//! `map_modifier_conflict`: pairs of modifiers that may not stand on one line.

use std::fmt;

use cleanclaim::model::Modifier;
use cleanclaim::reference::{ModifierConflictRow, Rows, Table};

use super::versions::Versions;
use super::{Part, Records, ReleaseTable, VersionColumns};
use crate::fields::modifier;
use crate::problem::{FileProblemKind, Log};
use crate::rows::Intervals;

pub(super) const TABLE: ReleaseTable = ReleaseTable {
    headings: &["modifier1", "modifier2"],
    table: Table::ModifierConflicts,
    // The table at hand has 12 rows.
    least: 1,
    read: |part, versions, log| read(part, versions, log).map(Rows::ModifierConflicts),
};

#[derive(PartialEq, Eq, Hash)]
struct Key(Modifier, Modifier);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0, self.1)
    }
}

fn read(part: &Part, versions: &Versions, log: &mut Log) -> Result<Vec<ModifierConflictRow>, FileProblemKind> {
    let records = Records::of(part)?;
    let first = records.headings.column("modifier1")?;
    let second = records.headings.column("modifier2")?;
    let columns = VersionColumns::of(&records.headings)?;
    let mut found = Intervals::new(|_, _| true);
    records.each(log, |record| {
        let row = ModifierConflictRow {
            first: modifier("modifier1", record.text(first))?,
            second: modifier("modifier2", record.text(second))?,
            in_force: columns.days(record, versions)?,
        };
        found.push(Key(row.first, row.second), Some(row.in_force), row)
    });
    Ok(found.finish(log))
}
