//! 64632 beside 64455: bare, with XS, with a modifier that does not count, and on another day.

use std::error::Error;
use std::io::{Write, stdout};

use cleanclaim::{Claim, Evaluator};

const CASES: [&str; 5] = [
    "2024-08-06 @11: 64632; 64455",
    "2024-08-06 @11: 64632; 64455-XS",
    "2024-08-06 @11: 64632-XS; 64455",
    "2024-08-06 @11: 64632; 64455-51",
    "@11: 64632 2024-08-06; 64455 2024-08-07",
];

pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let evaluator = Evaluator::starter();
    for shorthand in CASES {
        let claim = Claim::from_shorthand(shorthand)?;
        let explanation = evaluator.check(&claim);
        writeln!(out, "{shorthand}\n  {}", explanation.verdict)?;
        for finding in &explanation.findings {
            writeln!(
                out,
                "  line {} beside line {}: {} ({}) {}",
                finding.line.unwrap_or_default(),
                finding.other_line.unwrap_or_default(),
                finding.rule,
                finding.disposition,
                finding.message,
            )?;
            for evidence in &finding.evidence {
                writeln!(out, "    {} {}: {}", evidence.table, evidence.release, evidence.row)?;
            }
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout())
}
