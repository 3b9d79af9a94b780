//! `cleanclaim check`.

use cleanclaim::price::{Terms, price};
use cleanclaim::{Evaluator, report};
use cleanclaim_formats::x12::PayerTable;

use crate::args::CheckArgs;
use crate::claims::{Given, Reading};
use crate::console::Console;
use crate::inputs::{Input, named_by};
use crate::output::Output;
use crate::{CommandError, Outcome, interrupt, policies, reference};

pub(crate) fn run(args: &CheckArgs) -> Result<Outcome, CommandError> {
    let evaluator = evaluator(args)?;
    // Named before the output is made, so that a report is not among the files of the folder that it is written into.
    let inputs = named_by(&args.files);
    if let Some(out) = &args.out {
        refuse_to_overwrite(&inputs, out)?;
    }
    let mut output = Output::new(args)?;
    let console = Console::new(!output.is_on_terminal());
    let reading = reading(args, &console)?;
    let mut session = evaluator.session();
    let mut summary = report::Summary::default();
    let terms = Terms::national().with_stale(args.stale.into());
    interrupt::listen();
    let mut visit = |given: Given| {
        match given.claim {
            Ok(claim) => {
                let evaluation = session.evaluate(&claim);
                let mut explanation = evaluator.explain(&claim, evaluation);
                if args.amounts {
                    explanation = explanation.with_amounts(&price(&claim, evaluator.reference(), &terms));
                }
                summary.add(&given.position, &explanation);
                output.answer(&given.position, &claim, &mut explanation, &given.notes)?;
            }
            Err(why) => {
                for line in why.lines(&given.position) {
                    console.say(format_args!("error: {line}"));
                }
                (0..why.claims()).for_each(|_| summary.add_not_read());
                output.unreadable(&given.position, &why)?;
            }
        }
        if interrupt::is_asked_for() {
            Err(CommandError::Interrupted)
        } else {
            Ok(())
        }
    };
    let mut stopped = None;
    for input in inputs {
        match input.and_then(|input| reading.read(&input, &mut visit)) {
            Ok(()) => {}
            Err(CommandError::Interrupted) => {
                stopped = Some(Outcome::Interrupted);
                break;
            }
            // An input that cannot be read does not keep the others from being checked.
            Err(error) if error.is_of_input() => {
                console.say(format_args!("error: {error}"));
                stopped = Some(Outcome::Error);
            }
            Err(error) => return Err(error),
        }
    }
    output.finish(&summary)?;
    if stopped.is_none() && summary.claims() == 0 {
        return Err(CommandError::NoClaim);
    }
    Ok(stopped.unwrap_or_else(|| outcome(&summary)))
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
    Ok(builder.build()?)
}

/// A report written over what it is about would lose the claims.
fn refuse_to_overwrite(inputs: &[Result<Input, CommandError>], out: &str) -> Result<(), CommandError> {
    let Ok(place) = std::fs::canonicalize(out) else {
        return Ok(()); // Not there yet.
    };
    let is_input = |input: &Input| {
        input
            .path()
            .is_some_and(|path| std::fs::canonicalize(path).is_ok_and(|path| path == place))
    };
    if inputs.iter().flatten().any(is_input) {
        return Err(CommandError::OutIsInput(out.to_owned()));
    }
    Ok(())
}

fn reading<'a>(args: &CheckArgs, console: &'a Console) -> Result<Reading<'a>, CommandError> {
    let payers = args.payers.as_ref().map(|path| payers(path)).transpose()?;
    Ok(Reading {
        lenient: args.lenient,
        payers,
        console,
    })
}

/// The rows of a file before those that come with the reader.
fn payers(path: &str) -> Result<PayerTable, CommandError> {
    let text = std::fs::read_to_string(path).map_err(|error| CommandError::File {
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
