//! What may be said on the command line.

use clap::{Parser, Subcommand, ValueEnum};
use cleanclaim::reference::Stale;

/// Checks US medical claims before they are sent: modifiers, site of service, code pairs, units, add-on codes, each
/// finding with its source.
#[derive(Debug, Parser)]
#[command(name = "cleanclaim", version, arg_required_else_help = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(CheckArgs),
    Rule(RuleArgs),
}

/// Check claims.
///
/// Reads claims as JSON: one object, an array, or one object a line. Exits with 0 where every claim is clean, 1 where
/// one has findings other than advisories, 3 where something could not be evaluated, 2 where input could not be read.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  cleanclaim check claims.json
  cleanclaim check --format ndjson - < claims.ndjson
  cleanclaim check --only M,U002 claims.json")]
pub(crate) struct CheckArgs {
    /// Files of claims; `-` or none is standard input.
    #[arg(value_name = "FILE|-")]
    pub(crate) files: Vec<String>,
    /// A packed reference; without one, the embedded starter reference answers.
    #[arg(long, value_name = "FILE")]
    pub(crate) data: Option<String>,
    /// How to print the answers.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(crate) format: Format,
    /// Whether tables may be used past the period they were published for.
    #[arg(long, value_enum, default_value_t = StaleArg::Refuse)]
    pub(crate) stale: StaleArg,
    /// Leave rules out: ids, names or families, separated by commas.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) skip: Vec<String>,
    /// Keep only these rules: ids, names or families, separated by commas.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Pass over fields that a claim should not have, instead of refusing it.
    #[arg(long)]
    pub(crate) lenient: bool,
}

/// List the rules, or explain one with its sources.
#[derive(Debug, Parser)]
pub(crate) struct RuleArgs {
    /// The rule's id or name.
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,
}

/// How answers are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a person.
    Text,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Ndjson,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StaleArg {
    /// Use them, and say so.
    Use,
    /// What they would decide is not evaluated.
    Refuse,
}

impl From<StaleArg> for Stale {
    fn from(arg: StaleArg) -> Self {
        match arg {
            StaleArg::Use => Self::Use,
            StaleArg::Refuse => Self::Refuse,
        }
    }
}
