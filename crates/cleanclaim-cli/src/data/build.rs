//! `cleanclaim data build`: published files into one packed file.

use std::fs;
use std::io::{Write as _, stdout};
use std::path::Path;

use cleanclaim_cms::{Collected, Options, Progress, Severity, collect};
use indicatif::{ProgressBar, ProgressStyle};

use crate::args::BuildArgs;
use crate::console::say;
use crate::{CommandError, Outcome};

pub(crate) fn run(args: &BuildArgs) -> Result<Outcome, CommandError> {
    let collected = read(args);
    for problem in &collected.problems {
        say(problem);
    }
    let lost = collected
        .problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count();
    if lost > 0 && !args.keep_going {
        return Err(CommandError::Lost(lost));
    }
    if collected.releases.is_empty() {
        return Err(CommandError::NothingRead);
    }
    let bytes = collected.builder.pack()?;
    write_whole(Path::new(&args.out), &bytes).map_err(|error| CommandError::File {
        path: args.out.clone(),
        error,
    })?;
    let mut out = stdout().lock();
    for (release, rows) in &collected.releases {
        writeln!(
            out,
            "{:38} {:12} {rows:>9} rows  {}",
            release.table.title(),
            release.name,
            release.in_force
        )?;
    }
    writeln!(out, "{}: {} bytes", args.out, bytes.len())?;
    Ok(if lost > 0 { Outcome::Findings } else { Outcome::Clean })
}

fn read(args: &BuildArgs) -> Collected {
    let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {msg}");
    let bar = ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let mut options = Options::default();
    options.release = args.release.as_deref().map(Into::into);
    options.period = args.period;
    let collected = collect(&args.paths, &options, &mut |progress| match progress {
        Progress::Reading { file, done, all } => {
            bar.set_length(all);
            bar.set_position(done);
            bar.set_message(file.to_owned());
        }
        _ => bar.set_message("putting releases together"),
    });
    bar.finish_and_clear();
    collected
}

/// Writes beside the file and then puts it in place, so that no reader ever sees half of it.
fn write_whole(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    fs::write(&beside, bytes)?;
    fs::rename(&beside, path)
}
