//! `cleanclaim check`.

use cleanclaim::price::{Terms, price};
use cleanclaim::{Evaluator, Verdict, report};
use cleanclaim_formats::x12::PayerTable;

use crate::args::CheckArgs;
use crate::claims::{Given, Reading};
use crate::inputs::named_by;
use crate::output::Output;
use crate::{CommandError, Outcome, interrupt, policies, reference};

pub(crate) fn run(args: &CheckArgs) -> Result<Outcome, CommandError> {
    let evaluator = evaluator(args)?;
    let reading = reading(args)?;
    let mut session = evaluator.session();
    let mut output = Output::new(args)?;
    let mut seen = Seen::default();
    interrupt::listen();
    let mut visit = |given: Given| {
        match given.claim {
            Ok(claim) => {
                let evaluation = session.evaluate(&claim);
                let mut explanation = evaluator.explain(&claim, evaluation);
                if args.amounts {
                    let terms = Terms::national().with_stale(args.stale.into());
                    explanation = explanation.with_amounts(&price(&claim, evaluator.reference(), &terms));
                }
                seen.count(&given.position, &explanation);
                output.answer(&given.position, &claim, &mut explanation, &given.notes)?;
            }
            Err(why) => {
                for line in why.lines(&given.position) {
                    eprintln!("error: {line}");
                }
                (0..why.claims()).for_each(|_| seen.summary.add_not_read());
                seen.is_unread = true;
                output.unreadable(&given.position, &why)?;
            }
        }
        if interrupt::is_asked_for() {
            Err(CommandError::Interrupted)
        } else {
            Ok(())
        }
    };
    let mut outcome = None;
    for input in named_by(&args.files) {
        match input.and_then(|input| reading.read(&input, &mut visit)) {
            Ok(()) => {}
            Err(CommandError::Interrupted) => {
                outcome = Some(Outcome::Interrupted);
                break;
            }
            // An input that cannot be read does not keep the others from being checked.
            Err(error) if error.is_of_input() => {
                eprintln!("error: {error}");
                outcome = Some(Outcome::Error);
            }
            Err(error) => return Err(error),
        }
    }
    output.finish(&seen.summary)?;
    Ok(outcome.unwrap_or_else(|| seen.outcome()))
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

fn reading(args: &CheckArgs) -> Result<Reading, CommandError> {
    let payers = args.payers.as_ref().map(|path| payers(path)).transpose()?;
    Ok(Reading {
        lenient: args.lenient,
        payers,
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

/// How the claims came out.
#[derive(Debug, Default)]
struct Seen {
    summary: report::Summary,
    is_unread: bool,
    has_findings: bool,
    is_incomplete: bool,
}

impl Seen {
    fn count(&mut self, position: &str, explanation: &cleanclaim::Explanation) {
        self.summary.add(position, explanation);
        match explanation.verdict {
            Verdict::Clean => {}
            Verdict::Findings => self.has_findings = true,
            Verdict::Incomplete => self.is_incomplete = true,
        }
    }

    fn outcome(&self) -> Outcome {
        if self.is_unread {
            Outcome::Error
        } else if self.has_findings {
            Outcome::Findings
        } else if self.is_incomplete {
            Outcome::Incomplete
        } else {
            Outcome::Clean
        }
    }
}
