//! The Medicare Physician Fee Schedule (MPFS): the PPRRVU files, as sheets and as fixed-width text.

mod columns;
pub(crate) mod sheet;
pub(crate) mod text;

use std::borrow::Cow;
use std::fmt;

use cleanclaim::model::ProcedureCode;
use cleanclaim::reference::{Component, FeeScheduleRow, Release, Rows, Table};

use crate::fields::is_placeholder;
use crate::options::Options;
use crate::period::Quarter;
use crate::problem::{FileProblemKind, Log, ReadError};
use crate::release::ReadRelease;
use crate::rows::Distinct;
use crate::source::FileName;

/// The smallest release at hand has more than 17,000.
const LEAST: usize = 1_000;

/// What tells two rows apart.
#[derive(PartialEq, Eq, Hash)]
struct Key(ProcedureCode, Component);

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(format!("{} {}", self.0, self.1).trim_end())
    }
}

/// The rows of a file on their way to a release.
struct Schedule {
    rows: Distinct<Key, FeeScheduleRow>,
    placeholders: Vec<String>,
    log: Log,
}

impl Schedule {
    fn new(name: &FileName) -> Self {
        Self {
            rows: Distinct::new(),
            placeholders: Vec::new(),
            log: Log::new(name.display()),
        }
    }

    fn add(&mut self, texts: &[Cow<'_, str>; columns::COUNT]) -> Result<(), FileProblemKind> {
        let code = texts.first().map_or("", AsRef::as_ref);
        if is_placeholder(code) {
            self.placeholders.push(code.to_owned());
            return Ok(());
        }
        let row = columns::row(texts)?;
        self.rows.push(Key(row.code, row.indicators.component), row)
    }

    fn finish(mut self, name: &FileName, title: Option<Quarter>, options: &Options) -> Result<ReadRelease, ReadError> {
        let quarter = title.or_else(|| name.quarter());
        let stated = options.release.as_deref().zip(options.period);
        let (release, period) = match (stated, quarter.and_then(|quarter| Some((quarter, quarter.days()?)))) {
            (Some((release, period)), _) => (release.to_owned(), period),
            (None, Some((quarter, days))) => (
                options
                    .release
                    .as_deref()
                    .map_or_else(|| published_name(quarter, name), str::to_owned),
                options.period.unwrap_or(days),
            ),
            (None, None) => {
                let (what, example) = ("quarter", "PPRRVU2025_Oct.txt");
                return Err(ReadError::new(
                    name.display(),
                    FileProblemKind::NoRelease { what, example },
                ));
            }
        };
        if let Some(example) = self.placeholders.first() {
            let (count, example) = (self.placeholders.len(), example.as_str().into());
            self.log.note(FileProblemKind::Placeholders { count, example });
        }
        let rows = self.rows.finish(&mut self.log);
        let release = Release::new(
            Table::FeeSchedule,
            &release,
            period,
            &name.source("PFS Relative Value File"),
        );
        ReadRelease::new(release, Rows::FeeSchedule(rows), self.log, LEAST, options)
    }
}

/// `2024C`; since 2026 there is a second file for the participants of the Quality Payment Program (QPP).
fn published_name(quarter: Quarter, name: &FileName) -> String {
    let upper = name.base().to_ascii_uppercase();
    let qpp = upper.contains("QPP") && !upper.contains("NONQPP");
    format!(
        "{}{}{}",
        quarter.year(),
        quarter.letter(),
        if qpp { " QPP" } else { "" }
    )
}
