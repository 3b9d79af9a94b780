//! `cleanclaim check`.

use cleanclaim::{Evaluator, Verdict};

use crate::args::CheckArgs;
use crate::claims::{self, Given, Unreadable};
use crate::output::Output;
use crate::{CommandError, Outcome, policies, reference};

pub(crate) fn run(args: &CheckArgs) -> Result<Outcome, CommandError> {
    let evaluator = evaluator(args)?;
    let mut session = evaluator.session();
    let mut output = Output::new(args.format);
    let mut seen = Seen::default();
    let mut visit = |given: Given| {
        match given.claim {
            Ok(claim) => {
                let evaluation = session.evaluate(&claim);
                seen.count(evaluation.verdict());
                output.answer(&claim, &evaluator.explain(&claim, evaluation))?;
            }
            Err(why) => {
                seen.unread += 1;
                complain(&given.position, &why);
                output.unreadable(&given.position, claim_id(&why), &why.to_string())?;
            }
        }
        Ok(())
    };
    let standard_input = ["-".to_owned()];
    let files = if args.files.is_empty() {
        &standard_input[..]
    } else {
        &args.files
    };
    let mut missing = false;
    for file in files {
        match claims::read(file, args.lenient, &mut visit) {
            // A file that cannot be read does not keep the others from being checked.
            Err(error @ CommandError::File { .. }) => {
                eprintln!("error: {error}");
                missing = true;
            }
            other => other?,
        }
    }
    output.finish(&seen.summary())?;
    Ok(if missing { Outcome::Error } else { seen.outcome() })
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

fn complain(position: &str, why: &Unreadable) {
    for problem in why.to_string().lines() {
        eprintln!("error: {position}: {problem}");
    }
}

fn claim_id(why: &Unreadable) -> Option<&str> {
    match why {
        Unreadable::Claim(error) => error.claim.as_deref(),
        Unreadable::Empty | Unreadable::X12 => None,
    }
}

/// How many claims came out how.
#[derive(Debug, Default)]
struct Seen {
    clean: u64,
    findings: u64,
    incomplete: u64,
    unread: u64,
}

impl Seen {
    fn count(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Clean => self.clean += 1,
            Verdict::Findings => self.findings += 1,
            Verdict::Incomplete => self.incomplete += 1,
        }
    }

    fn outcome(&self) -> Outcome {
        if self.unread > 0 {
            Outcome::Error
        } else if self.findings > 0 {
            Outcome::Findings
        } else if self.incomplete > 0 {
            Outcome::Incomplete
        } else {
            Outcome::Clean
        }
    }

    fn summary(&self) -> String {
        let claims = self.clean + self.findings + self.incomplete + self.unread;
        let mut text = format!(
            "{claims} {}: {} clean, {} with findings, {} incomplete",
            if claims == 1 { "claim" } else { "claims" },
            self.clean,
            self.findings,
            self.incomplete,
        );
        if self.unread > 0 {
            text.push_str(&format!(", {} not read", self.unread));
        }
        text
    }
}
