//! `cleanclaim price`.

use std::cell::RefCell;
use std::io::{IsTerminal as _, Write as _, stdout};

use cleanclaim::price::{Participation, Program, Terms, price};
use cleanclaim::report;

use crate::args::PriceArgs;
use crate::claims::{self, Given, Reading};
use crate::console::Console;
use crate::destination::{self, Destination};
use crate::inputs::{Input, named_by};
use crate::{CommandError, Outcome, reference};

pub(crate) fn run(args: &PriceArgs) -> Result<Outcome, CommandError> {
    let reference = reference::open(args.data.as_deref())?;
    let terms = terms(args);
    let console = Console::new(!stdout().is_terminal());
    let inputs = named_by(std::slice::from_ref(&args.file));
    let named = inputs.iter().flatten().filter_map(Input::path);
    destination::refuse_inputs(args.out.as_deref(), named.chain(args.data.as_deref()))?;
    let mut out = destination(args)?;
    let mut seen = Seen::default();
    let mut visit = |given: Given| {
        seen.claims = true;
        match given.claim {
            Ok(claim) => {
                let prices = price(&claim, &reference, &terms);
                seen.open |= prices.total().is_none();
                let explained = prices.explain(&reference);
                if args.format.is_json() {
                    let json = serde_json::to_string(&explained).map_err(std::io::Error::from)?;
                    writeln!(out, "{}", report::shown_json(&json))?;
                } else {
                    write!(out, "{}", report::PriceText::new(&claim, &explained))?;
                }
            }
            Err(why) => {
                seen.unread = true;
                for line in why.lines(&given.location) {
                    console.say(format_args!("error: {line}"));
                }
            }
        }
        Ok(())
    };
    let reading = Reading {
        json: claims::from_json(args.lenient, args.most_lines),
        payers: None,
        console: &console,
        repeats: RefCell::default(),
    };
    for input in inputs {
        let input = input?;
        match reading.read(&input, &mut visit) {
            Ok(claims::Outcome::PassedOver(why)) => {
                console.say(format_args!("note: {}: passed over, as {why}", input.name()));
            }
            Ok(claims::Outcome::Read) => {}
            Err(error) if error.is_closed_pipe() => return Ok(seen.outcome()),
            Err(error) => return Err(error),
        }
    }
    if !seen.claims {
        return Err(CommandError::NoClaim);
    }
    out.finish()?;
    Ok(seen.outcome())
}

fn destination(args: &PriceArgs) -> Result<Destination, CommandError> {
    match &args.out {
        None => Ok(Destination::stream(stdout().lock())),
        Some(path) => Destination::file(path).map_err(|error| CommandError::File {
            path: path.clone(),
            error,
        }),
    }
}

fn terms(args: &PriceArgs) -> Terms {
    let terms = Terms::national()
        .with_stale(args.stale.into())
        .with_participation(if args.non_participating {
            Participation::NonParticipating
        } else {
            Participation::Participating
        })
        .with_program(if args.qpp {
            Program::Qualifying
        } else {
            Program::NotQualifying
        });
    match args.locality {
        Some(locality) => terms.in_locality(locality),
        None => terms,
    }
}

/// What the exit code says.
#[derive(Debug, Default)]
struct Seen {
    claims: bool,
    open: bool,
    unread: bool,
}

impl Seen {
    fn outcome(&self) -> Outcome {
        if self.unread {
            Outcome::Error
        } else if self.open {
            Outcome::Incomplete
        } else {
            Outcome::Clean
        }
    }
}
