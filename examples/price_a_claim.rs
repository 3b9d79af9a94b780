//! What Medicare allows for a claim, step by step, and what is at stake in its findings.

use std::error::Error;
use std::io::{Write, stdout};

use cleanclaim::price::{Participation, Terms, price};
use cleanclaim::{Claim, Evaluator, report};

const CASES: [(&str, &str); 4] = [
    (
        "both sides, beside a higher procedure, in the office",
        "#office 2026-04-06 @11: 64632-50 $310.00; 64640-59 $400.00",
    ),
    (
        "the assistant's claim and one of reduced services, in the hospital",
        "#hospital 2026-04-06 @22: 64632-AS; 64640-52 by=1234567893",
    ),
    (
        "the surgical centre's own claim",
        "#centre asc 2026-04-06 @24: 64632-RT; 64640-RT",
    ),
    (
        "codes without an amount",
        "#without 2026-04-06 @22: 64999; 76942; 27130 by=1234567893",
    ),
];

pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let evaluator = Evaluator::starter();
    let reference = evaluator.reference();
    for (what, shorthand) in CASES {
        let claim = Claim::from_shorthand(shorthand)?;
        let prices = price(&claim, reference, &Terms::national()).explain(reference);
        writeln!(out, "-- {what}\n{}", report::PriceText::new(&claim, &prices))?;
    }

    writeln!(out, "-- for a provider who does not participate")?;
    let terms = Terms::national().with_participation(Participation::NonParticipating);
    let claim = Claim::from_shorthand("#office 2026-04-06 @11: 64632")?;
    let prices = price(&claim, reference, &terms).explain(reference);
    writeln!(out, "{}", report::PriceText::new(&claim, &prices))?;

    writeln!(out, "-- what the findings of a claim cost")?;
    let claim = Claim::from_shorthand("#pair 2024-08-06 @11: 64632; 64455")?;
    let prices = price(&claim, reference, &Terms::national());
    let explanation = evaluator.check(&claim).with_amounts(&prices);
    for finding in &explanation.findings {
        let stake = finding
            .at_stake
            .map_or_else(|| "nothing".to_owned(), |amount| amount.to_string());
        writeln!(
            out,
            "{} on line {}: {stake} at stake",
            finding.rule,
            finding.line.unwrap_or_default()
        )?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout())
}
