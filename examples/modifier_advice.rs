//! Which modifiers may stand on a line, when, and what each does to the payment.

use std::error::Error;
use std::io::{Write, stdout};

use cleanclaim::claim::ServiceLine;
use cleanclaim::model::{Payer, SiteOfService};
use cleanclaim::{Evaluator, code, date};

pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let evaluator = Evaluator::starter();
    for code in [code!("64632"), code!("99213")] {
        let line = ServiceLine::new(1, date!(2024, 8, 6), code).at_site(SiteOfService::Office);
        let advice = evaluator.advise(&line, &Payer::medicare())?;
        writeln!(out, "{code} may carry")?;
        for proposal in advice.proposals {
            writeln!(out, "  {} {}", proposal.modifier, proposal.meaning)?;
            writeln!(out, "     when:   {}", proposal.when)?;
            if let Some(condition) = proposal.condition {
                writeln!(out, "     if:     {condition}")?;
            }
            writeln!(out, "     record: {}", proposal.documentation)?;
            for advisory in proposal.advisories {
                writeln!(out, "     note:   {advisory}")?;
            }
            if let Some(effect) = proposal.effect {
                writeln!(out, "     pays:   {}", effect.words)?;
            }
        }
        // Never proposed: they need another service of the day, and a record that tells the two apart.
        if !advice.distinct.is_empty() {
            writeln!(out, "{code} may be told from another service by")?;
        }
        for distinct in advice.distinct {
            writeln!(out, "  {} {}", distinct.modifier, distinct.meaning)?;
            writeln!(out, "     when:   {}", distinct.when)?;
            writeln!(out, "     record: {}", distinct.documentation)?;
        }
        writeln!(out, "{code} may not carry")?;
        for stopped in advice.stopped {
            writeln!(out, "  {} ({}) {}", stopped.modifier, stopped.rule, stopped.why)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout())
}
