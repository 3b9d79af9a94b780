//! `cleanclaim data info`: what a reference holds.

use std::io::{Write as _, stdout};

use cleanclaim::report::shown;

use crate::args::InfoArgs;
use crate::{CommandError, Outcome, reference};

pub(crate) fn run(args: &InfoArgs) -> Result<Outcome, CommandError> {
    let reference = reference::open(args.file.as_deref())?;
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
