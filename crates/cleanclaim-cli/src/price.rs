//! `cleanclaim price`.

use std::io::{BufWriter, Write as _, stdout};

use cleanclaim::price::{Participation, Program, Terms, price};
use cleanclaim::report;

use crate::args::PriceArgs;
use crate::claims::{self, Given};
use crate::{CommandError, Outcome, reference};

pub(crate) fn run(args: &PriceArgs) -> Result<Outcome, CommandError> {
    let reference = reference::open(args.data.as_deref())?;
    let terms = terms(args);
    let mut out = BufWriter::new(stdout().lock());
    let mut seen = Seen::default();
    let mut visit = |given: Given| {
        match given.claim {
            Ok(claim) => {
                let prices = price(&claim, &reference, &terms);
                seen.open |= prices.total().is_none();
                let explained = prices.explain(&reference);
                if args.format.is_json() {
                    let object = serde_json::to_string(&explained).unwrap_or_default();
                    writeln!(out, "{object}")?;
                } else {
                    write!(out, "{}", report::PriceText::new(&claim, &explained))?;
                }
            }
            Err(why) => {
                seen.unread = true;
                for problem in why.to_string().lines() {
                    eprintln!("error: {}: {problem}", given.position);
                }
            }
        }
        Ok(())
    };
    claims::read(&args.file, args.lenient, &mut visit)?;
    out.flush()?;
    Ok(seen.outcome())
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
