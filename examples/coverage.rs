//! What was not checked is said: a code outside the reference, dates outside its releases, stale tables used on request.

use std::error::Error;
use std::io::{Write, stdout};

use cleanclaim::reference::{Reference, Stale};
use cleanclaim::{Claim, Evaluator, report};

pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let evaluator = Evaluator::starter();
    let reference = Reference::starter();
    writeln!(out, "loaded:")?;
    for release in reference.releases() {
        writeln!(
            out,
            "  {} {} ({})",
            release.table.title(),
            release.name,
            release.in_force
        )?;
    }

    writeln!(out, "\na code and a date outside the reference:")?;
    for shorthand in [
        "#outside 2024-08-06 @11: 27130-RT",
        "#later 2026-05-06 @11: 64632-50",
        "#before 2018-05-06 @11: 64632-50",
    ] {
        let claim = Claim::from_shorthand(shorthand)?;
        let explanation = evaluator.check(&claim);
        writeln!(out, "{}", report::Text::new(&claim, &explanation))?;
    }

    writeln!(out, "stale tables used on request:")?;
    let using = Evaluator::builder(reference.clone()).stale(Stale::Use).build()?;
    let claim = Claim::from_shorthand("#later 2026-05-06 @11: 64632; 64455")?;
    let explanation = using.check(&claim);
    write!(out, "{}", report::Text::new(&claim, &explanation))?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout())
}
