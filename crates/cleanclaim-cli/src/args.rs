//! What may be said on the command line.

use clap::{Parser, Subcommand, ValueEnum};
use cleanclaim::model::{DateRange, Payer, ProcedureCode, ServiceDate};
use cleanclaim::reference::{Locality, Stale};

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
    Price(PriceArgs),
    Code(CodeArgs),
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

/// Say what Medicare allows for each line of claims, step by step with the sources.
///
/// Exits with 0 where every line has an amount or is not paid, 3 where one is priced by report or not at all, 2 where
/// input could not be read.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  cleanclaim price claims.json
  cleanclaim price --data cms.ccr --locality 10112-00 claims.json")]
pub(crate) struct PriceArgs {
    /// A file of claims as JSON; `-` is standard input.
    #[arg(value_name = "FILE|-")]
    pub(crate) file: String,
    /// A packed reference; without one, the embedded starter reference answers.
    #[arg(long, value_name = "FILE")]
    pub(crate) data: Option<String>,
    /// The payment locality, as contractor and number; without one, national amounts.
    #[arg(long, value_name = "MAC-NUMBER")]
    pub(crate) locality: Option<Locality>,
    /// For a provider who does not participate in Medicare.
    #[arg(long)]
    pub(crate) non_participating: bool,
    /// With the conversion factor of qualifying participants (QPP), which differs since 2026.
    #[arg(long)]
    pub(crate) qpp: bool,
    /// How to print the prices; JSON is one object a claim.
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) format: TextOrJson,
    /// Whether tables may be used past the period they were published for.
    #[arg(long, value_enum, default_value_t = StaleArg::Refuse)]
    pub(crate) stale: StaleArg,
    /// Pass over fields that a claim should not have, instead of refusing it.
    #[arg(long)]
    pub(crate) lenient: bool,
}

/// Print the page for a code: indicators, modifiers, sites, payment, units, pairs, add-ons, changes.
///
/// Exits with 0 where a table lists the code, 1 where none does, 3 where none that answers does and not every one answers.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  cleanclaim code 64632 --date 2024-08-06
  cleanclaim code 64632 --date 2026-04-06 --format markdown > 64632.md
  cleanclaim code 70450 --data cms.ccr --date 2026-04-06 --format json")]
pub(crate) struct CodeArgs {
    /// The procedure code.
    #[arg(value_name = "CODE")]
    pub(crate) code: ProcedureCode,
    /// The date of service; without one, the first day of the newest fee schedule for
    /// which modifiers are loaded too.
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<ServiceDate>,
    /// A packed reference; without one, the embedded starter reference answers.
    #[arg(long, value_name = "FILE")]
    pub(crate) data: Option<String>,
    /// How to print the page.
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    pub(crate) format: PageFormat,
    /// The payer whose rules of modifiers count; without one, Medicare.
    #[arg(long, value_name = "PAYER")]
    pub(crate) payer: Option<Payer>,
    /// Whether tables may be used past the period they were published for.
    #[arg(long, value_enum, default_value_t = StaleArg::Refuse)]
    pub(crate) stale: StaleArg,
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

/// How the page for a code is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageFormat {
    /// For a person.
    Text,
    /// One JSON object.
    Json,
    /// For a document.
    Markdown,
}

/// How prices are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextOrJson {
    /// For a person.
    Text,
    /// One JSON object a line.
    Json,
}

impl TextOrJson {
    pub(crate) fn is_json(self) -> bool {
        self == Self::Json
    }
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
