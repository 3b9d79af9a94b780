//! `cleanclaim completions`.

use std::io::stdout;

use clap::CommandFactory as _;

use crate::args::{Args, CompletionsArgs};
use crate::{CommandError, Outcome};

pub(crate) fn run(args: &CompletionsArgs) -> Result<Outcome, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Args::command(), "cleanclaim", &mut script);
    std::io::Write::write_all(&mut stdout().lock(), &script)?;
    Ok(Outcome::Clean)
}
