//! `cleanclaim check`.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use cleanclaim::claim::FormKind;
use cleanclaim::model::Location;
use cleanclaim::price::{Terms, price};
use cleanclaim::reference::Release;
use cleanclaim::{Claim, Evaluator, Explanation, Session, report};
use cleanclaim_formats::x12::PayerTable;

use crate::args::CheckArgs;
use crate::claims::{self, Given, Reading, Unreadable};
use crate::console::Console;
use crate::inputs::{Input, named_by};
use crate::output::Output;
use crate::{CommandError, Outcome, destination, interrupt, policies, reference, whole};

pub(crate) fn run(args: &CheckArgs) -> Result<Outcome, CommandError> {
    let evaluator = evaluator(args)?;
    let payers = args.payers.as_ref().map(|path| payers(path)).transpose()?;
    // Named before the output is made, so that a report is not among the files of the folder that it is written into.
    let inputs = named_by(&args.files);
    let named = inputs.iter().flatten();
    // A report on standard output may stand in a folder that is checked: it is passed over there.
    let named = named.filter(|input| args.out.is_some() || matches!(input, Input::File(_)));
    let others = args.policies.iter().chain(&args.data).chain(&args.payers);
    destination::refuse_inputs(
        args.out.as_deref(),
        named.filter_map(Input::path).chain(others.map(PathBuf::as_path)),
    )?;
    let releases = evaluator.reference().releases().iter().map(described).collect();
    // The last that can fail before claims are read: what stands in its place stays where anything else does.
    let output = Output::new(args, releases)?;
    let console = Console::new(!output.is_on_terminal());
    let reading = Reading {
        json: claims::from_json(args.lenient, args.most_lines),
        payers,
        console: &console,
        repeats: RefCell::default(),
    };
    interrupt::listen();
    let mut check = Check::new(args, &evaluator, output, &console);
    for input in inputs {
        match check.input(&reading, input) {
            // Whoever read the answers has enough of them: what was found until then is the answer.
            Err(error) if error.is_closed_pipe() => return Ok(check.outcome()),
            other => other?,
        }
        if check.summary.is_partial {
            break;
        }
    }
    check.finish()
}

/// A check that goes on.
struct Check<'a> {
    args: &'a CheckArgs,
    evaluator: &'a Evaluator,
    session: Session<'a>,
    terms: Terms,
    output: Output,
    console: &'a Console,
    summary: report::Summary,
    /// The ids of the rules that run, of each form.
    rules: [(FormKind, Vec<&'static str>); 2],
    has_lost_input: bool,
    /// How many errors of the input were said, or would have been.
    said: usize,
}

/// How many errors of one input are said beside the report.
const MOST_SAID: usize = 1_000;

impl<'a> Check<'a> {
    fn new(args: &'a CheckArgs, evaluator: &'a Evaluator, output: Output, console: &'a Console) -> Self {
        let mut summary = report::Summary::default();
        summary.selection = selection(args);
        Self {
            args,
            evaluator,
            session: evaluator.session(),
            terms: Terms::national().with_stale(args.stale.into()),
            output,
            console,
            summary,
            rules: [FormKind::Professional, FormKind::Institutional].map(|form| (form, rules_about(form, evaluator))),
            has_lost_input: false,
            said: 0,
        }
    }

    /// Checks the claims of an input. One that cannot be read does not keep the others from being checked.
    fn input(&mut self, reading: &Reading<'_>, input: Result<Input, CommandError>) -> Result<(), CommandError> {
        let before = self.summary.claims();
        let name = input.as_ref().map_or_else(|_| String::new(), Input::name);
        let result = input.and_then(|input| reading.read(&input, &mut |given| self.visit(given)));
        match result {
            Ok(claims::Outcome::Read) => {
                let count = self.summary.claims() - before;
                let claims = if count == 1 { "claim" } else { "claims" };
                self.output.input(&name, &format!("{count} {claims}"));
            }
            Ok(claims::Outcome::PassedOver(why)) => {
                self.console.say(format_args!("note: {name}: passed over, as {why}"));
                self.output.input(&name, &format!("passed over, as {why}"));
            }
            Err(CommandError::Interrupted) => {
                self.summary.is_partial = true;
                self.output.input(&name, "interrupted");
            }
            Err(error) => match error.input() {
                Some(name) => {
                    self.output.input(&name, "could not be read");
                    self.lose(&Location::in_file(name), &Unreadable::input(&error))?;
                }
                None => return Err(error),
            },
        }
        self.say_more(&name);
        Ok(())
    }

    /// Says how many errors of an input were not said one by one.
    fn say_more(&mut self, name: &str) {
        let more = std::mem::take(&mut self.said).saturating_sub(MOST_SAID);
        if more > 0 {
            self.console.say(format_args!(
                "error: {name}: {more} more errors, which the report names: mend these first"
            ));
        }
    }

    fn visit(&mut self, given: Given) -> Result<(), CommandError> {
        match &given.claim {
            Ok(claim) => self.answer(&given.location, claim, &given.notes)?,
            Err(why) => self.lose(&given.location, why)?,
        }
        if interrupt::is_asked_for() {
            Err(CommandError::Interrupted)
        } else {
            Ok(())
        }
    }

    fn answer(&mut self, location: &Location, claim: &Claim, notes: &[String]) -> Result<(), CommandError> {
        let mut explanation = self.session.check(claim);
        if self.args.amounts {
            explanation = explanation.with_amounts(&price(claim, self.evaluator.reference(), &self.terms));
        }
        if self.args.repairs {
            explanation = explanation.with_repairs(self.evaluator.repairs(claim));
        }
        if self.summary.selection.is_some() {
            say_of_chosen_rules(&mut explanation);
        }
        self.summary.add(&location.to_string(), &explanation);
        notes.iter().for_each(|note| self.summary.add_note(note));
        let rules = self.rules.iter().find(|(form, _)| *form == claim.form().kind());
        let rules = rules.map_or(&[][..], |(_, rules)| rules);
        Ok(self.output.answer(location, claim, &mut explanation, notes, rules)?)
    }

    /// Says of something that it could not be read.
    fn lose(&mut self, location: &Location, why: &Unreadable) -> Result<(), CommandError> {
        if !self.output.shows_errors() {
            let lines = why.lines(location);
            let room = MOST_SAID.saturating_sub(self.said);
            for line in lines.iter().take(room) {
                self.console.say(format_args!("error: {line}"));
            }
            self.said += lines.len();
        }
        self.has_lost_input |= why.claims == 0;
        (0..why.claims).for_each(|_| self.summary.add_not_read());
        Ok(self.output.unreadable(location, why)?)
    }

    fn finish(self) -> Result<Outcome, CommandError> {
        if self.summary.is_partial && self.output.is_put_in_place() {
            let out = self.args.out.as_deref().unwrap_or(Path::new("")).display();
            self.console.say(format_args!(
                "interrupted: the input was not read to its end, so no report was written, and what `{out}` was before it still is"
            ));
            return Ok(Outcome::Interrupted);
        }
        let (left_out, outcome) = (self.output.left_out(), self.outcome());
        let has_claims = self.summary.claims() > 0 || self.has_lost_input || self.summary.is_partial;
        match self.output.finish(&self.summary).map_err(CommandError::from) {
            Err(error) if error.is_closed_pipe() => return Ok(outcome),
            other => other?,
        }
        if left_out > 0 && !self.args.quiet {
            self.console.say(format_args!(
                "note: {left_out} of {} claims have no finding that `--min-disposition` asks for, and were left out",
                self.summary.claims()
            ));
        }
        if has_claims {
            Ok(outcome)
        } else {
            Err(CommandError::NoClaim)
        }
    }

    /// What the claims came to so far.
    fn outcome(&self) -> Outcome {
        if self.summary.is_partial {
            Outcome::Interrupted
        } else if self.has_lost_input {
            Outcome::Error
        } else {
            outcome(&self.summary)
        }
    }
}

fn rules_about(form: FormKind, evaluator: &Evaluator) -> Vec<&'static str> {
    let rules = evaluator.rules().iter().filter(|rule| rule.form == form);
    rules.map(|rule| rule.id).collect()
}

/// What a release is, for the heading of a report.
fn described(release: &Release) -> String {
    let excerpt = match &release.excerpt {
        None => String::new(),
        Some(codes) => format!(", an excerpt of {} codes", codes.len()),
    };
    format!(
        "{} {} ({}){excerpt}",
        release.table.title(),
        release.name,
        release.in_force
    )
}

/// Which rules run, in words, where not all of them do: a claim that is clean by some is not clean.
fn selection(args: &CheckArgs) -> Option<String> {
    let (only, skip) = (args.only.join(", "), args.skip.join(", "));
    match (only.is_empty(), skip.is_empty()) {
        (true, true) => None,
        (false, true) => Some(format!("only {only} ran")),
        (true, false) => Some(format!("all rules but {skip} ran")),
        (false, false) => Some(format!("only {only} without {skip} ran")),
    }
}

/// If no rule ran on a claim, none of those chosen is about it.
fn say_of_chosen_rules(explanation: &mut Explanation) {
    for gap in explanation.not_evaluated.iter_mut().filter(|gap| gap.rule.is_none()) {
        gap.reason = "none of the rules that were chosen is about claims of this form".to_owned();
    }
}

fn evaluator(args: &CheckArgs) -> Result<Evaluator, CommandError> {
    let mut builder = Evaluator::builder(reference::open(args.data.as_deref())?).stale(args.stale.into());
    if !args.policies.is_empty() {
        builder = builder.policies(policies::read(&args.policies)?);
    }
    if !args.only.is_empty() {
        builder = builder.only(args.only.iter().map(String::as_str))?;
    }
    if !args.skip.is_empty() {
        builder = builder.skip(args.skip.iter().map(String::as_str))?;
    }
    let evaluator = builder.build()?;
    if evaluator.rules().is_empty() {
        return Err(CommandError::NoRules);
    }
    Ok(evaluator)
}

/// How large a file of payers may be.
const MOST_PAYERS_MIB: u64 = 16;

/// The rows of a file before those that come with the reader.
fn payers(path: &Path) -> Result<PayerTable, CommandError> {
    let text = whole::text(path, MOST_PAYERS_MIB).map_err(|error| CommandError::File {
        path: path.to_owned(),
        error,
    })?;
    let own = PayerTable::from_csv(&text).map_err(|error| CommandError::Payers {
        path: path.to_owned(),
        error,
    })?;
    Ok(PayerTable::built_in().with(own))
}

/// What the claims came to.
fn outcome(summary: &report::Summary) -> Outcome {
    if summary.not_read > 0 {
        Outcome::Error
    } else if summary.findings > 0 {
        Outcome::Findings
    } else if summary.incomplete > 0 {
        Outcome::Incomplete
    } else {
        Outcome::Clean
    }
}
