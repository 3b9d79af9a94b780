//! `cleanclaim data info`: what a reference holds.

use std::io::{Write as _, stdout};

use cleanclaim::model::ServiceDate;
use cleanclaim::reference::{Reference, Table};
use cleanclaim::report::shown;

use crate::args::InfoArgs;
use crate::{CommandError, Outcome, reference};

pub(crate) fn run(args: &InfoArgs) -> Result<Outcome, CommandError> {
    let reference = reference::open(args.file.as_deref())?;
    if let Some(date) = args.missing {
        return missing(
            &reference,
            date.or_else(|| last_day(&reference))
                .ok_or(CommandError::NoMissingDate)?,
        );
    }
    let mut out = stdout().lock();
    for (id, release) in reference.release_ids().zip(reference.releases()) {
        let unit = if release.table.title().contains("PTP") {
            "pairs"
        } else {
            "rows"
        };
        let excerpt = match &release.excerpt {
            None => String::new(),
            Some(codes) => format!("  (an excerpt: answers for {} codes)", codes.len()),
        };
        writeln!(
            out,
            "{:38} {:12} {:>9} {unit:5} {}{excerpt}",
            release.table.title(),
            shown(&release.name),
            reference.rows(id),
            release.in_force,
        )?;
        writeln!(out, "    from {}", shown(&release.source))?;
    }
    writeln!(out, "{} codes in all", reference.codes().count())?;
    Ok(Outcome::Clean)
}

/// The last day of the newest fee schedule; no clock is read.
fn last_day(reference: &Reference) -> Option<ServiceDate> {
    let releases = reference.releases().iter();
    let schedules = releases.filter(|release| release.table == Table::FeeSchedule);
    schedules.map(|release| release.in_force.last()).max()
}

fn missing(reference: &Reference, date: ServiceDate) -> Result<Outcome, CommandError> {
    let mut out = stdout().lock();
    let files = reference.missing(date);
    if files.is_empty() {
        writeln!(out, "every table has a release in force on {date}")?;
        return Ok(Outcome::Clean);
    }
    writeln!(out, "no release in force on {date} of")?;
    for file in files {
        writeln!(out, "  {:38} {file}", file.table().title())?;
    }
    Ok(Outcome::Incomplete)
}
