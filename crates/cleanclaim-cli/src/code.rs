//! `cleanclaim code`: the page for a code.

use std::io::{Write as _, stdout};

use cleanclaim::model::{Payer, ServiceDate};
use cleanclaim::reference::{Reference, Stale, Table};
use cleanclaim::{Evaluator, modifier, report};

use crate::args::{CodeArgs, PageFormat};
use crate::{CommandError, Outcome, reference};

pub(crate) fn run(args: &CodeArgs) -> Result<Outcome, CommandError> {
    let reference = reference::open(args.data.as_deref())?;
    let date = args.date.or_else(|| newest(&reference)).ok_or(CommandError::NoDate)?;
    let payer = args.payer.clone().unwrap_or_else(Payer::medicare);
    let evaluator = Evaluator::builder(reference).stale(args.stale.into()).build()?;
    let page = evaluator.profile(args.code, date, &payer);
    let mut out = stdout().lock();
    match args.format {
        PageFormat::Text => write!(out, "{}", report::PageText::new(&page))?,
        PageFormat::Markdown => write!(out, "{}", report::PageMarkdown::new(&page))?,
        PageFormat::Json => {
            let object = serde_json::to_string_pretty(&page).map_err(std::io::Error::from)?;
            writeln!(out, "{}", report::shown_json(&object))?;
        }
    }
    Ok(match page.listed {
        Some(true) => Outcome::Clean,
        Some(false) => Outcome::Findings,
        None => Outcome::Incomplete,
    })
}

/// The first day of the newest fee schedule on which the modifiers are known too; no clock is read.
fn newest(reference: &Reference) -> Option<ServiceDate> {
    let schedules = reference
        .releases()
        .iter()
        .filter(|release| release.table == Table::FeeSchedule);
    let mut days: Vec<ServiceDate> = schedules.map(|release| release.in_force.first()).collect();
    days.sort_unstable();
    let knows_modifiers = |day: &&ServiceDate| {
        reference
            .modifier(modifier!("26"), **day, Stale::Refuse)
            .gap()
            .is_none()
    };
    days.iter().rev().find(knows_modifiers).or(days.last()).copied()
}
