//! The command `cleanclaim`: checks files of medical claims and explains its rules.

#![forbid(unsafe_code)]
#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod args;
mod check;
mod claims;
mod code;
mod completions;
mod console;
mod data;
mod destination;
mod inputs;
mod interrupt;
mod json_values;
mod output;
mod patient;
mod policies;
mod price;
mod ranked;
mod reference;
mod rule;
mod start;
mod whole;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command};

/// What the process answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Clean,
    Findings,
    Error,
    Incomplete,
    /// Ctrl-C, as shells have it.
    Interrupted,
}

impl Outcome {
    const fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Error => 2,
            Self::Incomplete => 3,
            Self::Interrupted => 130,
        }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(outcome.code())
    }
}

/// Why a command stops.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error("`{}`: {error}", path.display())]
    File { path: PathBuf, error: std::io::Error },
    #[error("`{}`: {error}", path.display())]
    Reference {
        path: PathBuf,
        error: cleanclaim::reference::PackedError,
    },
    #[error("`{}`: {error}", path.display())]
    Payers {
        path: PathBuf,
        error: cleanclaim_formats::x12::PayerTableError,
    },
    #[error("`{pattern}` is no file, and no pattern either: {why}")]
    Pattern { pattern: String, why: &'static str },
    #[error("`{0}` fits no file: give files, folders, or a pattern such as `outbox/*.837`")]
    NoFit(String),
    #[error("`{0}` is among the inputs, and would be written over while it is read: write to another file")]
    OutIsInput(String),
    #[error("no claim was found in what was given: expected claims as JSON or X12 837")]
    NoClaim,
    #[error("`--only` and `--skip` leave no rule to run: leave one in; `cleanclaim rule` lists them")]
    NoRules,
    #[error("interrupted")]
    Interrupted,
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
    #[error("no fee schedule is loaded to take a default date from: pass `--date`")]
    NoDate,
    #[error("no fee schedule is loaded to take a default date from: write `--missing DATE`")]
    NoMissingDate,
    #[error("unknown rule `{0}`: `cleanclaim rule` lists them")]
    NoSuchRule(String),
}

impl CommandError {
    /// Whether it says that a reader of the output closed the pipe: it has what it wanted.
    fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe)
    }

    /// The input that it is about, if it is about one among several.
    fn input(&self) -> Option<String> {
        match self {
            Self::File { path, .. } => Some(path.display().to_string()),
            Self::Pattern { pattern, .. } | Self::NoFit(pattern) => Some(pattern.clone()),
            _ => None,
        }
    }
}

fn main() -> ExitCode {
    let result = match Args::parse().command {
        Command::Check(args) => check::run(&args),
        Command::Rule(args) => rule::run(&args),
        Command::Price(args) => price::run(&args),
        Command::Code(args) => code::run(&args),
        Command::Data(command) => data::run(&command),
        Command::Completions(args) => completions::run(&args),
    };
    match result {
        Ok(outcome) => outcome.into(),
        Err(error) if error.is_closed_pipe() => ExitCode::SUCCESS,
        Err(error) => {
            console::say(format_args!("error: {error}"));
            Outcome::Error.into()
        }
    }
}
