//! `cleanclaim data build`: published files into one packed file.

use std::io::{Write as _, stdout};
use std::path::Path;

use cleanclaim::report::shown;
use cleanclaim_cms::{Collected, Options, Progress, Severity, collect};
use indicatif::{ProgressBar, ProgressStyle};

use crate::args::BuildArgs;
use crate::console::say;
use crate::destination::{self, Destination};
use crate::inputs::{self, Input};
use crate::{CommandError, Outcome, reference};

pub(crate) fn run(args: &BuildArgs) -> Result<Outcome, CommandError> {
    refuse_inputs(args)?;
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
    write(&args.out, &bytes).map_err(|error| CommandError::File {
        path: args.out.clone(),
        error,
    })?;
    let mut out = stdout().lock();
    for (release, rows) in &collected.releases {
        writeln!(
            out,
            "{:38} {:12} {rows:>9} rows  {}",
            release.table.title(),
            shown(&release.name),
            release.in_force
        )?;
    }
    writeln!(out, "{}: {} bytes", shown(&args.out.display().to_string()), bytes.len())?;
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
            bar.set_message(shown(file).into_owned());
        }
        _ => bar.set_message("putting releases together"),
    });
    bar.finish_and_clear();
    collected
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut out = Destination::file(path)?;
    out.write_all(bytes)?;
    out.finish()
}

/// A published file is not written over. A packed file in the folder that is read is none: it is the one of before.
fn refuse_inputs(args: &BuildArgs) -> Result<(), CommandError> {
    let out = args.out.as_path();
    let inputs = inputs::named_by(&args.paths).into_iter().flatten();
    let inputs: Vec<Input> = match reference::is_packed(out) {
        true => inputs.filter(|input| matches!(input, Input::File(_))).collect(),
        false => inputs.collect(),
    };
    let paths = inputs.iter().filter_map(Input::path);
    destination::refuse_inputs(Some(out), paths)
}
