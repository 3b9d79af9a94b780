//! What may be said on the command line.

use clap::{Parser, Subcommand, ValueEnum};
use cleanclaim::model::DateRange;
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
    /// Build, describe and compare packed references.
    #[command(subcommand)]
    Data(DataCommand),
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
    /// Payers' policies of your own (TOML), beside those that come with the command; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) policies: Vec<String>,
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

#[derive(Debug, Subcommand)]
pub(crate) enum DataCommand {
    Build(BuildArgs),
    Info(InfoArgs),
    Diff(DiffArgs),
}

/// Read CMS's files as downloaded, write one packed reference.
///
/// Files are told apart by their content. Where a file does not say which release it is, `--release` and `--period` do.
#[derive(Debug, Parser)]
pub(crate) struct BuildArgs {
    /// Files, or folders with everything below them.
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    /// The packed file to write.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: String,
    /// The release's name, for files that do not state it.
    #[arg(long, value_name = "NAME")]
    pub(crate) release: Option<String>,
    /// The days the release was published for, for files that do not state them.
    #[arg(long, value_name = "FIRST..LAST")]
    pub(crate) period: Option<DateRange>,
    /// Write the file even where rows or files were lost.
    #[arg(long)]
    pub(crate) keep_going: bool,
}

/// Say what a packed reference holds: every table with release, rows and dates.
#[derive(Debug, Parser)]
pub(crate) struct InfoArgs {
    /// The packed file; without one, the embedded starter.
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<String>,
}

/// Say what changed between two packed references: codes, indicators, pairs. Exits with 1 where something did.
#[derive(Debug, Parser)]
pub(crate) struct DiffArgs {
    #[arg(value_name = "OLD")]
    pub(crate) old: String,
    #[arg(value_name = "NEW")]
    pub(crate) new: String,
    /// Only what names these codes, separated by commas.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) code: Vec<String>,
    /// As text, or one JSON object a change.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub(crate) format: DiffFormat,
}

/// How changes are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For a person.
    Text,
    /// One JSON object a line.
    Json,
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
