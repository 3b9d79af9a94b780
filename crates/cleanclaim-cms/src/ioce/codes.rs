//! `data_hcpcs`: what the editor knows of a code, version by version.

use cleanclaim::reference::{OutpatientCodeRow, OutpatientEntry, OutpatientFlag, OutpatientFlags, Rows, Table};

use super::versions::Versions;
use super::{Part, Records, ReleaseTable, VersionColumns, optional_date};
use crate::fields::{Field, code, decimal, flag, two_characters};
use crate::headings::Headings;
use crate::problem::{FileProblemKind, Log};
use crate::rows::Intervals;
use crate::sheet::Row;

pub(super) const TABLE: ReleaseTable = ReleaseTable {
    headings: &["hcpcs", "status_indicator"],
    table: Table::OutpatientCodes,
    // The table at hand has more than 31,000 rows.
    least: 5_000,
    read: |part, versions, log| read(part, versions, log).map(Rows::OutpatientCodes),
};

fn read(part: &Part, versions: &Versions, log: &mut Log) -> Result<Vec<OutpatientCodeRow>, FileProblemKind> {
    let records = Records::of(part)?;
    let columns = Columns::of(&records.headings)?;
    let mut found = Intervals::new(|a: &OutpatientCodeRow, b| {
        let mut other = b.entry;
        other.in_force = a.entry.in_force;
        a.entry == other
    });
    records.each(log, |record| {
        let row = columns.row(record, versions)?;
        found.push(row.code, Some(row.entry.in_force), row)
    });
    Ok(found.finish(log))
}

struct Columns {
    code: usize,
    apc: usize,
    low_age: usize,
    high_age: usize,
    status: usize,
    payment: usize,
    approved: usize,
    terminated: usize,
    flags: Vec<(OutpatientFlag, &'static str, usize)>,
    versions: VersionColumns,
}

impl Columns {
    fn of(headings: &Headings) -> Result<Self, FileProblemKind> {
        let flags = OutpatientFlag::ALL.iter().map(|&flag| {
            let name: &'static str = flag.into();
            Ok((flag, name, headings.column(name)?))
        });
        Ok(Self {
            code: headings.column("hcpcs")?,
            apc: headings.column("apc")?,
            low_age: headings.column("lo_age")?,
            high_age: headings.column("hi_age")?,
            status: headings.column("status_indicator")?,
            payment: headings.column("payment_indicator")?,
            approved: headings.column("date_approved")?,
            terminated: headings.column("date_terminated")?,
            flags: flags.collect::<Result<_, FileProblemKind>>()?,
            versions: VersionColumns::of(headings)?,
        })
    }

    fn row(&self, record: &Row, versions: &Versions) -> Field<OutpatientCodeRow> {
        let days = self.versions.days(record, versions)?;
        let status = two_characters("status_indicator", record.text(self.status))?;
        let mut entry = OutpatientEntry::new(days, status);
        entry.apc = decimal("apc", record.text(self.apc), 0)?;
        entry.payment_indicator = decimal("payment_indicator", record.text(self.payment), 0)?;
        entry.low_age = decimal("lo_age", record.text(self.low_age), 0)?;
        entry.high_age = decimal("hi_age", record.text(self.high_age), 0)?;
        entry.approved = optional_date("date_approved", record.text(self.approved))?;
        entry.terminated = optional_date("date_terminated", record.text(self.terminated))?;
        entry.flags = self.flags(record)?;
        Ok(OutpatientCodeRow {
            code: code("hcpcs", record.text(self.code))?,
            entry,
        })
    }

    fn flags(&self, record: &Row) -> Field<OutpatientFlags> {
        let mut flags = OutpatientFlags::default();
        for &(which, name, column) in &self.flags {
            if flag(name, record.text(column))? {
                flags = flags.with(which);
            }
        }
        Ok(flags)
    }
}
