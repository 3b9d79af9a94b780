//! Answers in the format asked for, on standard output or in a file.

use std::fs::File;
use std::io::{BufWriter, IsTerminal as _, Result, Write, stdout};

use cleanclaim::claim::Claim;
use cleanclaim::{Disposition, Explanation, report};

use crate::CommandError;
use crate::args::{CheckArgs, Format};
use crate::claims::Unreadable;

pub(crate) struct Output {
    format: Format,
    /// Whether answers are printed, or only what they come to.
    answers: bool,
    is_on_terminal: bool,
    colour: bool,
    least: Disposition,
    out: Box<dyn Write>,
    written: u64,
}

/// An answer as JSON has it.
#[derive(serde::Serialize)]
struct Answer<'a> {
    #[serde(flatten)]
    explanation: &'a Explanation,
    position: &'a str,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    notes: &'a [String],
}

/// A claim that could not be read as JSON has it, so that a program that reads the answers misses none.
#[derive(serde::Serialize)]
struct NotRead<'a> {
    claim: Option<&'a str>,
    verdict: &'static str,
    position: &'a str,
    problems: Vec<String>,
}

impl Output {
    pub(crate) fn new(args: &CheckArgs) -> std::result::Result<Self, CommandError> {
        let (out, is_on_terminal): (Box<dyn Write>, bool) = match &args.out {
            Some(path) => {
                let file = File::create(path).map_err(|error| CommandError::File {
                    path: path.clone(),
                    error,
                })?;
                (Box::new(file), false)
            }
            None if args.quiet => (Box::new(std::io::sink()), false),
            None => (Box::new(stdout().lock()), stdout().is_terminal()),
        };
        let mut output = Self {
            format: args.format,
            answers: !args.summary,
            is_on_terminal,
            colour: is_on_terminal && wants_colour(),
            least: args.min_disposition.unwrap_or(Disposition::Advisory),
            out: Box::new(BufWriter::with_capacity(1 << 16, out)),
            written: 0,
        };
        output.begin()?;
        Ok(output)
    }

    /// Whether answers run over a terminal.
    pub(crate) fn is_on_terminal(&self) -> bool {
        self.is_on_terminal
    }

    fn begin(&mut self) -> Result<()> {
        match self.format {
            Format::Csv if self.answers => self.row(&report::csv::HEADER.map(str::to_owned)),
            Format::Html => write!(
                self.out,
                "{}",
                report::html::Head::new("Claims checked before they are sent")
            ),
            _ => Ok(()),
        }
    }

    pub(crate) fn answer(
        &mut self,
        position: &str,
        claim: &Claim,
        explanation: &mut Explanation,
        notes: &[String],
    ) -> Result<()> {
        if !self.answers {
            return Ok(());
        }
        explanation.findings.retain(|finding| finding.disposition >= self.least);
        match self.format {
            Format::Text => {
                let text = report::Text::new(claim, explanation);
                let text = if self.colour { text.with_colour() } else { text };
                write!(self.out, "{text}")?;
                notes.iter().try_for_each(|note| writeln!(self.out, "  note: {note}"))
            }
            Format::Json | Format::Ndjson => self.object(&Answer {
                explanation,
                position,
                notes,
            }),
            Format::Csv => {
                let rows = report::csv::rows(position, claim, explanation);
                rows.iter().try_for_each(|row| self.row(row))
            }
            Format::Html => write!(self.out, "{}", report::html::Article::new(position, claim, explanation)),
        }
    }

    pub(crate) fn unreadable(&mut self, position: &str, why: &Unreadable) -> Result<()> {
        if !self.answers {
            return Ok(());
        }
        let problems: Vec<String> = why.to_string().lines().map(str::to_owned).collect();
        match self.format {
            // On standard error it has been said; the summary counts it.
            Format::Text | Format::Html => Ok(()),
            Format::Json | Format::Ndjson => self.object(&NotRead {
                claim: why.claim(),
                verdict: "not-read",
                position,
                problems,
            }),
            Format::Csv => self.row(&report::csv::not_read(position, why.claim(), &problems.join("; "))),
        }
    }

    fn object(&mut self, object: &impl serde::Serialize) -> Result<()> {
        let before = match (self.format, self.written) {
            (Format::Json, 0) => "[\n",
            (Format::Json, _) => ",\n",
            _ => "",
        };
        self.written += 1;
        self.out.write_all(before.as_bytes())?;
        serde_json::to_writer(&mut self.out, object)?;
        self.out
            .write_all(if self.format == Format::Json { b"" } else { b"\n" })
    }

    fn row(&mut self, row: &[String]) -> Result<()> {
        // Made anew for each row, so that what was written stands whole in the output when it ends.
        let mut writer = csv::Writer::from_writer(&mut self.out);
        writer.write_record(row)?;
        writer.flush()
    }

    /// Ends the output; the summary goes under a text report, or stands for the answers where only it is asked for.
    pub(crate) fn finish(mut self, summary: &report::Summary) -> Result<()> {
        match (self.format, self.written) {
            (Format::Text, _) => write!(self.out, "{summary}")?,
            (Format::Json | Format::Ndjson, _) if !self.answers => {
                serde_json::to_writer(&mut self.out, summary)?;
                writeln!(self.out)?;
            }
            (Format::Csv, _) if !self.answers => write!(self.out, "{summary}")?,
            (Format::Html, _) => write!(self.out, "{}", report::html::Foot::new(summary))?,
            (Format::Json, 0) => writeln!(self.out, "[]")?,
            (Format::Json, _) => writeln!(self.out, "\n]")?,
            (Format::Ndjson | Format::Csv, _) => {}
        }
        self.out.flush()
    }
}

/// By the convention of <https://no-color.org>.
fn wants_colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
