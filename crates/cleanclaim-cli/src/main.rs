//! The command `cleanclaim`: checks files of medical claims and explains its rules.

mod args;
mod check;
mod claims;
mod code;
mod data;
mod json_values;
mod output;
mod policies;
mod price;
mod reference;
mod rule;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};

/// What the process answers, as DESIGN has it: clean, findings, an error of usage or input, incomplete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Clean,
    Findings,
    Error,
    Incomplete,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Clean => 0,
            Outcome::Findings => 1,
            Outcome::Error => 2,
            Outcome::Incomplete => 3,
        })
    }
}

/// Why a command stops.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error("`{path}`: {error}")]
    File { path: String, error: std::io::Error },
    #[error("`{path}`: {error}")]
    Reference {
        path: String,
        error: cleanclaim::reference::PackedError,
    },
    #[error(transparent)]
    Policies(#[from] cleanclaim::policy::PolicyError),
    #[error(transparent)]
    Setup(#[from] cleanclaim::SetupError),
    #[error("the reference could not be built: {0}")]
    Build(#[from] cleanclaim::reference::BuildError),
    #[error("{0} rows, files or releases were lost, as said above: mend them, or write the rest with `--keep-going`")]
    Lost(usize),
    #[error("no release was read: give the files as CMS publishes them")]
    NothingRead,
    #[error("the output could not be written: {0}")]
    Output(#[from] std::io::Error),
    #[error("no fee schedule is loaded, so there is no day to take: say one with `--date`")]
    NoDate,
    #[error("the page could not be made: {0}")]
    Page(String),
    #[error("`{0}` is no rule of the catalogue: `cleanclaim rule` lists them")]
    NoSuchRule(String),
}

fn main() -> ExitCode {
    let result = match Args::parse().command {
        Command::Check(args) => check::run(&args),
        Command::Rule(args) => rule::run(&args),
        Command::Price(args) => price::run(&args),
        Command::Code(args) => code::run(&args),
        Command::Data(command) => data::run(&command),
    };
    match result {
        Ok(outcome) => outcome.into(),
        // A reader that closed the pipe has what it wanted.
        Err(CommandError::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            Outcome::Error.into()
        }
    }
}
