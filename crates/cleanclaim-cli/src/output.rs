//! Answers on standard output, in the format asked for.

use std::io::{BufWriter, Result, StdoutLock, Write as _, stdout};

use cleanclaim::claim::Claim;
use cleanclaim::{Explanation, report};

use crate::args::Format;

pub(crate) struct Output {
    format: Format,
    out: BufWriter<StdoutLock<'static>>,
    written: u64,
}

impl Output {
    pub(crate) fn new(format: Format) -> Self {
        Self {
            format,
            out: BufWriter::with_capacity(1 << 16, stdout().lock()),
            written: 0,
        }
    }

    pub(crate) fn answer(&mut self, claim: &Claim, explanation: &Explanation) -> Result<()> {
        match self.format {
            Format::Text => write!(self.out, "{}", report::Text::new(claim, explanation)),
            Format::Json | Format::Ndjson => self.object(&report::to_json(explanation)),
        }
    }

    /// A claim that could not be read, so that a program that reads the answers misses none.
    pub(crate) fn unreadable(&mut self, position: &str, claim: Option<&str>, problem: &str) -> Result<()> {
        match self.format {
            Format::Text => Ok(()),
            Format::Json | Format::Ndjson => {
                let object = serde_json::json!({
                    "claim": claim,
                    "verdict": "not-read",
                    "position": position,
                    "problems": problem.lines().collect::<Vec<_>>(),
                });
                self.object(&object.to_string())
            }
        }
    }

    fn object(&mut self, object: &str) -> Result<()> {
        let before = match (self.format, self.written) {
            (Format::Json, 0) => "[\n",
            (Format::Json, _) => ",\n",
            _ => "",
        };
        let after = if self.format == Format::Json { "" } else { "\n" };
        self.written += 1;
        write!(self.out, "{before}{object}{after}")
    }

    /// Ends the output; `summary` goes under a text report.
    pub(crate) fn finish(mut self, summary: &str) -> Result<()> {
        match (self.format, self.written) {
            (Format::Text, _) => writeln!(self.out, "{summary}")?,
            (Format::Json, 0) => writeln!(self.out, "[]")?,
            (Format::Json, _) => writeln!(self.out, "\n]")?,
            (Format::Ndjson, _) => {}
        }
        self.out.flush()
    }
}
