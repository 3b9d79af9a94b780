//! `data_modifier`: which two characters are a modifier, version by version.

use cleanclaim::reference::{ModifierFlag, ModifierFlags, ModifierRow, Rows, Table};

use super::versions::Versions;
use super::{Part, Records, ReleaseTable, VersionColumns, optional_date};
use crate::fields::{Field, flag, modifier};
use crate::headings::Headings;
use crate::problem::{FileProblemKind, Log};
use crate::rows::Intervals;
use crate::sheet::Row;

pub(super) const TABLE: ReleaseTable = ReleaseTable {
    headings: &["modifier"],
    table: Table::Modifiers,
    // The table at hand has more than 400 rows.
    least: 100,
    read: |part, versions, log| read(part, versions, log).map(Rows::Modifiers),
};

fn read(part: &Part, versions: &Versions, log: &mut Log) -> Result<Vec<ModifierRow>, FileProblemKind> {
    let records = Records::of(part)?;
    let columns = Columns::of(&records.headings)?;
    let mut found = Intervals::new(|a: &ModifierRow, b| (a.activated, a.flags) == (b.activated, b.flags));
    records.each(log, |record| {
        // Placeholders of the editor (`#0` to `#Z`), which no claim can carry.
        if record.text(columns.modifier).starts_with('#') {
            return Ok(());
        }
        let row = columns.row(record, versions)?;
        found.push(row.modifier, Some(row.in_force), row)
    });
    Ok(found.finish(log))
}

struct Columns {
    modifier: usize,
    activated: usize,
    flags: Vec<(ModifierFlag, &'static str, usize)>,
    versions: VersionColumns,
}

impl Columns {
    fn of(headings: &Headings) -> Result<Self, FileProblemKind> {
        let flags = ModifierFlag::ALL.iter().map(|&flag| {
            let name: &'static str = flag.into();
            Ok((flag, name, headings.column(name)?))
        });
        Ok(Self {
            modifier: headings.column("modifier")?,
            activated: headings.column("date_activated")?,
            flags: flags.collect::<Result<_, FileProblemKind>>()?,
            versions: VersionColumns::of(headings)?,
        })
    }

    fn row(&self, record: &Row, versions: &Versions) -> Field<ModifierRow> {
        let mut flags = ModifierFlags::default();
        for &(which, name, column) in &self.flags {
            if flag(name, record.text(column))? {
                flags = flags.with(which);
            }
        }
        Ok(ModifierRow {
            modifier: modifier("modifier", record.text(self.modifier))?,
            in_force: self.versions.days(record, versions)?,
            activated: optional_date("date_activated", record.text(self.activated))?,
            flags,
        })
    }
}
