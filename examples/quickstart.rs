//! One claim, its verdict, and the reasons.

use std::error::Error;
use std::io::{Write, stdout};

use cleanclaim::claim::ServiceLine;
use cleanclaim::model::SiteOfService;
use cleanclaim::{Claim, Evaluator, code, date, modifier, report};

pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let evaluator = Evaluator::starter();

    let claim = Claim::professional("A1")
        .line(
            ServiceLine::new(1, date!(2024, 8, 6), code!("64632"))
                .with_modifiers([modifier!("26")])
                .at_site(SiteOfService::Office),
        )
        .build()?;

    let evaluation = evaluator.evaluate(&claim);
    writeln!(out, "verdict: {}", evaluation.verdict())?;

    let explanation = evaluator.explain(&claim, &evaluation)?;
    for finding in &explanation.findings {
        writeln!(out, "{} {}: {}", finding.rule, finding.name, finding.message)?;
    }

    writeln!(
        out,
        "\nas a person reads it:\n{}",
        report::Text::new(&claim, &explanation)
    )?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout())
}
