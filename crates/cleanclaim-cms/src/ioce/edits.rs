//! `dsc_edit`: the edits with their dispositions. Names and texts are not read.

use std::fmt;

use cleanclaim::reference::{EditDisposition, EditRow, Rows, Table};

use super::versions::Versions;
use super::{Part, Records, ReleaseTable, VersionColumns};
use crate::fields::{Field, decimal, indicator};
use crate::problem::{FileProblemKind, Log};
use crate::rows::Intervals;

pub(super) const TABLE: ReleaseTable = ReleaseTable {
    headings: &["k1", "disposition_id", "buffer"],
    table: Table::Edits,
    // The table at hand has 151 rows.
    least: 50,
    read: |part, versions, log| read(part, versions, log).map(Rows::Edits),
};

#[derive(PartialEq, Eq, Hash)]
struct Key(u16);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "edit {}", self.0)
    }
}

fn read(part: &Part, versions: &Versions, log: &mut Log) -> Result<Vec<EditRow>, FileProblemKind> {
    let records = Records::of(part)?;
    let edit = records.headings.column("k1")?;
    let disposition = records.headings.column("disposition_id")?;
    let columns = VersionColumns::of(&records.headings)?;
    let mut found = Intervals::new(|a: &EditRow, b| a.disposition == b.disposition);
    records.each(log, |record| {
        let row = EditRow {
            number: number(record.text(edit))?,
            disposition: indicator("disposition_id", record.text(disposition), EditDisposition::parse)?,
            in_force: columns.days(record, versions)?,
        };
        found.push(Key(row.number), Some(row.in_force), row)
    });
    Ok(found.finish(log))
}

fn number(text: &str) -> Field<u16> {
    let number = decimal("k1", text, 0)?;
    if number < EditRow::NUMBERS {
        Ok(number)
    } else {
        Err(FileProblemKind::value("k1", text, "the number of an edit, below 1000"))
    }
}
