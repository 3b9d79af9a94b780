//! `cleanclaim rule`.

use std::io::{Write, stdout};

use cleanclaim::{Rule, rules};

use crate::args::RuleArgs;
use crate::{CommandError, Outcome};

pub(crate) fn run(args: &RuleArgs) -> Result<Outcome, CommandError> {
    let mut out = stdout().lock();
    match &args.id {
        None => {
            for rule in rules::ALL {
                writeln!(out, "{} {:34} {}", rule.id, rule.name, rule.summary())?;
            }
        }
        Some(id) => {
            let rule = rules::ALL
                .iter()
                .find(|rule| rule.id.eq_ignore_ascii_case(id) || rule.name == id)
                .ok_or_else(|| CommandError::NoSuchRule(id.clone()))?;
            explain(rule, &mut out)?;
        }
    }
    Ok(Outcome::Clean)
}

fn explain(rule: &Rule, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(
        out,
        "{} {} ({}, since {})",
        rule.id, rule.name, rule.disposition, rule.since
    )?;
    for heading in ["What it checks", "Why", "What to do", "Limits"] {
        writeln!(out, "\n{heading}")?;
        for line in rule.section(heading).lines() {
            writeln!(out, "  {}", line.trim())?;
        }
    }
    if !rule.needs.is_empty() {
        writeln!(out, "\nTables it needs")?;
        for table in rule.needs {
            writeln!(out, "  {}", table.title())?;
        }
    }
    writeln!(out, "\nSources")?;
    for source in rule.sources {
        writeln!(out, "  {source}")?;
    }
    Ok(())
}
