//! What may be said on the command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand, ValueEnum};
use cleanclaim::Disposition;
use cleanclaim::claim::MOST_LINES;
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
    Completions(CompletionsArgs),
}

/// Check claims.
///
/// Reads X12 837 files (837P and 837I, 005010), and claims as JSON: one object, an array, or one object a line. What a file
/// holds is told by its beginning.
///
/// Exits with 0 where every claim is clean, 1 where one has findings other than advisories, 3 where something could not be
/// evaluated, 2 where input could not be read, 130 where Ctrl-C ended it: what was found until then is printed, and a file that
/// `--out` names stays as it was.
///
/// In text and HTML the worst comes first: what could not be read, then the claims by their worst finding, then those on which
/// something was not evaluated, then the clean ones. A text report of more than 16 MiB is in that order block by block; an HTML
/// report keeps the 20,000 worst claims, and says so. CSV, JSON and NDJSON have every claim in the order of the input.
///
/// In a folder, a file that begins like neither JSON nor X12 is passed over with a note, unless its name ends as those of
/// claims do (.837, .837p, .837i, .x12, .edi, .json, .ndjson, .jsonl) or an ISA segment is in it: then it is an error.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  cleanclaim check monday.837
  cleanclaim check outbox/ --format csv --out findings.csv
  cleanclaim check 'outbox/*.837' --format html --out report.html
  cleanclaim check --summary claims.json
  cleanclaim check outbox/ --format csv --min-disposition line-rejection --out worklist.csv
  cleanclaim check --format ndjson - < claims.ndjson
  cleanclaim check --only M,U002 claims.json")]
pub(crate) struct CheckArgs {
    /// Files of claims, folders with such files, or patterns such as `*.837`; `-` or none is standard input.
    #[arg(value_name = "FILE|FOLDER|-")]
    pub(crate) files: Vec<OsString>,
    /// A packed reference; without one, the embedded starter reference answers.
    #[arg(long, value_name = "FILE")]
    pub(crate) data: Option<PathBuf>,
    /// Payers' policies of your own (TOML), beside those that come with the command; may be given several times.
    #[arg(long, value_name = "FILE")]
    pub(crate) policies: Vec<PathBuf>,
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
    /// Print only what the answers come to: claims by verdict, findings by rule, the worst claims.
    #[arg(long)]
    pub(crate) summary: bool,
    /// Print nothing but errors: the exit code says how it went.
    #[arg(long, short, conflicts_with = "summary")]
    pub(crate) quiet: bool,
    /// Say of each finding that stops a line of a Medicare claim what Medicare would allow for the line, nationally: `stake` in
    /// text, `at_stake` in CSV and JSON, `At stake` in HTML.
    #[arg(long)]
    pub(crate) amounts: bool,
    /// Say which single changes would remove findings that stop: what each resolves and leaves, and what the record must show.
    /// In text, JSON and HTML.
    #[arg(long)]
    pub(crate) repairs: bool,
    /// Print only findings at least this severe (values are listed mildest first). CSV and HTML become worklists: claims with
    /// no such finding, and what was not evaluated, are omitted, and the number omitted is reported. Verdicts, exit code and
    /// summary still count everything.
    #[arg(long, value_name = "DISPOSITION", value_parser = dispositions())]
    pub(crate) min_disposition: Option<Disposition>,
    /// Write the report to a file, which is replaced when the report is whole.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Payers to recognise in 837 files before those known: CSV with the columns
    /// `match,pattern,payer,licensee,line_of_business,source,why`, where `match` is `id`, `name` or `prefix`.
    #[arg(long, value_name = "FILE")]
    pub(crate) payers: Option<PathBuf>,
    /// Pass over fields that a claim should not have, instead of refusing it.
    #[arg(long)]
    pub(crate) lenient: bool,
    /// How many lines a claim in JSON may have; the guides of the 837 know no more than 999. One that has more is refused.
    #[arg(long, value_name = "LINES", default_value_t = MOST_LINES)]
    pub(crate) most_lines: usize,
}

/// Print a script that completes this command's words in a shell.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:
  cleanclaim completions bash > ~/.local/share/bash-completion/completions/cleanclaim
  cleanclaim completions zsh > ~/.zfunc/_cleanclaim
  cleanclaim completions fish > ~/.config/fish/completions/cleanclaim.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum)]
    pub(crate) shell: clap_complete::Shell,
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
  cleanclaim price monday.837
  cleanclaim price --data cms.ccr --locality 10112-00 claims.json")]
pub(crate) struct PriceArgs {
    /// A file of claims, X12 837 or JSON; `-` is standard input.
    #[arg(value_name = "FILE|-")]
    pub(crate) file: OsString,
    /// A packed reference; without one, the embedded starter reference answers.
    #[arg(long, value_name = "FILE")]
    pub(crate) data: Option<PathBuf>,
    /// The payment locality, as contractor and number; without one, national amounts.
    #[arg(long, value_name = "MAC-NUMBER")]
    pub(crate) locality: Option<Locality>,
    /// For a provider who does not participate in Medicare.
    #[arg(long)]
    pub(crate) non_participating: bool,
    /// With the conversion factor of qualifying participants (QPP), which differs since 2026.
    #[arg(long)]
    pub(crate) qpp: bool,
    /// Write the prices to a file, which is replaced when they are all there.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// How to print the prices; JSON is one object a claim.
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) format: TextOrJson,
    /// Whether tables may be used past the period they were published for.
    #[arg(long, value_enum, default_value_t = StaleArg::Refuse)]
    pub(crate) stale: StaleArg,
    /// Pass over fields that a claim should not have, instead of refusing it.
    #[arg(long)]
    pub(crate) lenient: bool,
    /// How many lines a claim in JSON may have. One that has more is refused.
    #[arg(long, value_name = "LINES", default_value_t = MOST_LINES)]
    pub(crate) most_lines: usize,
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
    pub(crate) data: Option<PathBuf>,
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
    pub(crate) paths: Vec<OsString>,
    /// The packed file to write.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: PathBuf,
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
    pub(crate) file: Option<PathBuf>,
    /// Instead, the published files that it lacks for a date of service, by CMS's names; without a date, for the last day of
    /// its newest fee schedule. Exits with 3 if there are any.
    #[arg(long, value_name = "DATE", num_args = 0..=1)]
    pub(crate) missing: Option<Option<ServiceDate>>,
}

/// Say what changed between two packed references: codes, indicators, pairs. Exits with 1 where something did.
#[derive(Debug, Parser)]
pub(crate) struct DiffArgs {
    #[arg(value_name = "OLD")]
    pub(crate) old: PathBuf,
    #[arg(value_name = "NEW")]
    pub(crate) new: PathBuf,
    /// Only what names these codes, separated by commas.
    #[arg(long, value_name = "CODE", value_delimiter = ',')]
    pub(crate) code: Vec<ProcedureCode>,
    /// As text, or one JSON object a change.
    #[arg(long, value_enum, default_value_t = TextOrJson::Text)]
    pub(crate) format: TextOrJson,
}

/// The dispositions by their names, from the mildest to the worst.
fn dispositions() -> impl TypedValueParser<Value = Disposition> {
    let named = |&disposition: &Disposition| PossibleValue::new(<&str>::from(disposition)).help(disposition.words());
    let values = Disposition::ALL.iter().map(named);
    PossibleValuesParser::new(values).try_map(|name| name.parse::<Disposition>())
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

/// How prices and changes are printed.
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

/// How answers are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For a person.
    Text,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Ndjson,
    /// For a spreadsheet: a row for each finding, and for whatever was not evaluated.
    Csv,
    /// For a browser: one page that needs nothing else, with filters.
    Html,
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
