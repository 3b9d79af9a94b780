//! Answers in the format asked for, on standard output or in a file.

use std::io::{IsTerminal as _, Result, Write as _, sink, stderr, stdout};

use cleanclaim::claim::Claim;
use cleanclaim::model::Location;
use cleanclaim::{Disposition, Explanation, report};

use crate::CommandError;
use crate::args::{CheckArgs, Format};
use crate::claims::Unreadable;
use crate::destination::Destination;
use crate::ranked::{Rank, Ranked};

/// How much of a text report is held back to put the worst claims of it first.
const TEXT_HELD: usize = 16 << 20;
/// How many claims a page for a browser holds, which has to show and to search them all.
const PAGE_CLAIMS: usize = 20_000;
const PAGE_BYTES: usize = 64 << 20;
/// How many input files a page lists.
const PAGE_FILES: usize = 1_000;

pub(crate) struct Output {
    format: Format,
    /// Whether answers are printed, or only what they come to.
    answers: bool,
    is_on_terminal: bool,
    colour: bool,
    least: Option<Disposition>,
    out: Destination,
    written: u64,
    /// What is put in order before it is written.
    ranked: Ranked,
    /// How many claims were left out, as they have no finding of those asked for.
    left_out: u64,
    page: Page,
}

/// What a page for a browser says of its making.
#[derive(Default)]
struct Page {
    files: Vec<String>,
    more_files: u64,
    releases: Vec<String>,
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
    problems: &'a [String],
}

impl Output {
    /// The output that was asked for; the releases are those that answer.
    pub(crate) fn new(args: &CheckArgs, releases: Vec<String>) -> std::result::Result<Self, CommandError> {
        let is_on_terminal = args.out.is_none() && !args.quiet && stdout().is_terminal();
        let out = match &args.out {
            Some(path) => Destination::file(path).map_err(|error| CommandError::File {
                path: path.clone(),
                error,
            })?,
            None if args.quiet => Destination::stream(sink()),
            None => Destination::stream(stdout().lock()),
        };
        let mut output = Self {
            format: args.format,
            answers: !args.summary,
            is_on_terminal,
            colour: is_on_terminal && wants_colour(),
            least: args.min_disposition,
            out,
            written: 0,
            ranked: Ranked::default(),
            left_out: 0,
            page: Page {
                releases,
                ..Page::default()
            },
        };
        if output.format == Format::Csv && output.answers {
            output.row(&report::csv::HEADER.map(str::to_owned))?;
        }
        Ok(output)
    }

    /// Whether answers run over a terminal.
    pub(crate) fn is_on_terminal(&self) -> bool {
        self.is_on_terminal && self.answers
    }

    /// Whether the answers say in front of the same eyes what standard error would say of claims that could not be read.
    pub(crate) fn shows_errors(&self) -> bool {
        self.is_on_terminal() && self.format == Format::Text && stderr().is_terminal()
    }

    /// Whether the report is seen only when it is finished.
    pub(crate) fn is_put_in_place(&self) -> bool {
        self.out.is_put_in_place()
    }

    /// How many claims were left out, as they have no finding of those asked for.
    pub(crate) fn left_out(&self) -> u64 {
        self.left_out
    }

    pub(crate) fn answer(
        &mut self,
        location: &Location,
        claim: &Claim,
        explanation: &mut Explanation,
        notes: &[String],
        rules: &[&str],
    ) -> Result<()> {
        if !self.answers {
            return Ok(());
        }
        let rank = Rank::of(explanation);
        let milder = self.take_out_milder(explanation);
        match self.format {
            Format::Text => {
                let text = report::Text::new(claim, explanation)
                    .at(location)
                    .with_notes(notes)
                    .among(rules);
                let text = if self.colour { text.with_colour() } else { text };
                self.text(rank, format!("{text}{milder}"))
            }
            Format::Json | Format::Ndjson => self.object(&Answer {
                explanation,
                position: &location.to_string(),
                notes,
            }),
            Format::Csv | Format::Html if self.is_no_work(explanation) => {
                self.left_out += 1;
                Ok(())
            }
            Format::Csv => {
                let rows = report::csv::rows(location, claim, explanation, notes);
                rows.iter().try_for_each(|row| self.row(row))
            }
            Format::Html => {
                let article = report::html::Article::new(location, claim, explanation)
                    .with_notes(notes)
                    .among(rules);
                self.article(rank, article.to_string());
                Ok(())
            }
        }
    }

    /// Takes out findings that were not asked for; a worklist, which a spreadsheet and a page then are, has nothing else of a
    /// claim either. What a text report says of it.
    fn take_out_milder(&self, explanation: &mut Explanation) -> String {
        let Some(least) = self.least else {
            return String::new();
        };
        let before = explanation.findings.len();
        explanation.findings.retain(|finding| finding.disposition >= least);
        if matches!(self.format, Format::Csv | Format::Html) {
            explanation.not_evaluated.clear();
        }
        match before - explanation.findings.len() {
            0 => String::new(),
            count => format!("  left out: {count} milder than {least}\n"),
        }
    }

    fn is_no_work(&self, explanation: &Explanation) -> bool {
        self.least.is_some() && explanation.findings.is_empty()
    }

    pub(crate) fn unreadable(&mut self, location: &Location, why: &Unreadable) -> Result<()> {
        if !self.answers {
            return Ok(());
        }
        let claim = why.claim.as_deref();
        match self.format {
            Format::Text => {
                let text = self.unreadable_text(location, why);
                self.text(Rank::NOT_READ, text)
            }
            Format::Html => {
                let part = report::html::NotRead::new(location, claim, &why.problems);
                self.article(Rank::NOT_READ, part.to_string());
                Ok(())
            }
            Format::Json | Format::Ndjson => self.object(&NotRead {
                claim,
                verdict: "not-read",
                position: &location.to_string(),
                problems: &why.problems,
            }),
            Format::Csv => self.row(&report::csv::not_read(location, claim, &why.problems.join("; "))),
        }
    }

    fn unreadable_text(&self, location: &Location, why: &Unreadable) -> String {
        let what = match &why.claim {
            Some(id) => format!("claim {}", report::shown(id)),
            None => "input".to_owned(),
        };
        let verdict = if self.colour {
            "\x1b[31mnot read\x1b[0m"
        } else {
            "not read"
        };
        let lines = why.lines(location).into_iter().map(|line| format!("    {line}\n"));
        format!("{what}: {verdict}\n{}", lines.collect::<String>())
    }

    /// Says in a page what became of an input.
    pub(crate) fn input(&mut self, name: &str, what: &str) {
        if self.page.files.len() < PAGE_FILES {
            self.page.files.push(format!("{name}: {what}"));
        } else {
            self.page.more_files += 1;
        }
    }

    fn text(&mut self, rank: Rank, text: String) -> Result<()> {
        self.ranked.add(rank, text);
        if self.ranked.bytes() > TEXT_HELD {
            self.write_ranked()?;
        }
        Ok(())
    }

    fn write_ranked(&mut self) -> Result<()> {
        let out = &mut self.out;
        self.ranked
            .take()
            .try_for_each(|(_, text)| out.write_all(text.as_bytes()))
    }

    fn article(&mut self, rank: Rank, article: String) {
        self.ranked.add(rank, article);
        self.ranked.keep(PAGE_CLAIMS, PAGE_BYTES);
    }

    fn object(&mut self, object: &impl serde::Serialize) -> Result<()> {
        let before = match (self.format, self.written) {
            (Format::Json, 0) => "[\n",
            (Format::Json, _) => ",\n",
            _ => "",
        };
        self.written += 1;
        self.out.write_all(before.as_bytes())?;
        let json = serde_json::to_string(object)?;
        self.out.write_all(report::shown_json(&json).as_bytes())?;
        self.out
            .write_all(if self.format == Format::Json { b"" } else { b"\n" })
    }

    fn row(&mut self, row: &[String]) -> Result<()> {
        // Made anew for each row, so that none of it is left in a buffer of its own when the output is put in its place.
        let mut writer = csv::WriterBuilder::new()
            .buffer_capacity(1 << 10)
            .from_writer(Unflushed(&mut self.out));
        writer.write_record(row)?;
        writer.flush()
    }

    /// Ends the output; the summary goes under a text report, or stands for the answers where only it is asked for.
    pub(crate) fn finish(mut self, summary: &report::Summary) -> Result<()> {
        match (self.format, self.written) {
            (Format::Text, _) => {
                self.write_ranked()?;
                write!(self.out, "{summary}")?;
            }
            (Format::Json | Format::Ndjson, _) if !self.answers => {
                let json = serde_json::to_string(summary)?;
                writeln!(self.out, "{}", report::shown_json(&json))?;
            }
            (Format::Csv, _) if !self.answers => write!(self.out, "{summary}")?,
            (Format::Html, _) => self.write_page(summary)?,
            (Format::Json | Format::Ndjson, _) => self.end_objects(summary)?,
            (Format::Csv, _) if summary.is_partial => self.row(&report::csv::interrupted())?,
            (Format::Csv, _) => {}
        }
        self.out.finish()
    }

    /// Ends what programs read: where the input was not read to its end the last object says so.
    fn end_objects(&mut self, summary: &report::Summary) -> Result<()> {
        if summary.is_partial {
            self.object(&NotRead {
                claim: None,
                verdict: "not-read",
                position: "",
                problems: &["interrupted: the input was not read to its end".to_owned()],
            })?;
        }
        match (self.format, self.written) {
            (Format::Json, 0) => writeln!(self.out, "[]"),
            (Format::Json, _) => writeln!(self.out, "\n]"),
            _ => Ok(()),
        }
    }

    fn write_page(&mut self, summary: &report::Summary) -> Result<()> {
        let notices = self.notices(summary);
        let more = self.page.more_files;
        if more > 0 {
            self.page.files.push(format!("and {more} more"));
        }
        let lists = [
            ("Input files", &*self.page.files),
            ("Releases of reference data", &*self.page.releases),
        ];
        let head = report::html::Head::new("Claims checked before they are sent")
            .with_notices(&notices)
            .with_summary(summary)
            .with_lists(&lists);
        write!(self.out, "{head}")?;
        let mut heading = "";
        for (rank, article) in self.ranked.take() {
            let of_this = if rank.is_not_read() { "Not read" } else { "Claims" };
            if heading != of_this {
                heading = of_this;
                write!(self.out, "{}", report::html::Heading(heading))?;
            }
            self.out.write_all(article.as_bytes())?;
        }
        write!(self.out, "{}", report::html::Foot::without_summary())
    }

    /// What a reader of a page must not miss.
    fn notices(&self, summary: &report::Summary) -> Vec<String> {
        let mut notices = Vec::new();
        if summary.is_partial {
            notices.push("Interrupted: the input was not read to its end.".to_owned());
        }
        let (here, all) = (self.ranked.len(), self.ranked.given());
        if here < all {
            notices.push(format!(
                "This page holds the worst {here} of {all} claims. The summary counts all of them, and they are all in a report \
                 made with --format csv, json or ndjson."
            ));
        }
        if let (Some(least), true) = (self.least, self.left_out > 0) {
            notices.push(format!(
                "Only claims with a finding of {least} or worse are here: {} others were left out by --min-disposition. The \
                 summary counts all of them.",
                self.left_out
            ));
        }
        notices
    }
}

/// A writer of rows flushes what it is given to; here a row is no reason to.
struct Unflushed<'a>(&'a mut Destination);

impl std::io::Write for Unflushed<'_> {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// By the convention of <https://no-color.org>, and by what the terminal says that it is.
fn wants_colour() -> bool {
    let is_dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
    !is_dumb && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
