//! CPT 64632 (destruction of a plantar common digital nerve) billed in the ways that people ask about.
//!
//! Modifier 26 asks for a component that the code does not have. Both sides are one line with modifier 50 and one unit; two
//! lines with RT and LT are two units, which its MUE denies. And a thoracic medial branch is not a plantar nerve: that is
//! 64633.

use std::error::Error;
use std::io::{Write, stdout};

use cleanclaim::{Claim, Evaluator, report};

const CASES: [(&str, &str); 5] = [
    ("with 26, in the office", "#component 2024-08-06 @11: 64632-26"),
    ("with 50, one unit", "#both-sides 2024-08-06 @11: 64632-50"),
    (
        "as an RT and an LT line",
        "#two-lines 2024-08-06 @11: 64632-RT; 64632-LT",
    ),
    ("with 50 and two units", "#two-units 2024-08-06 @11: 64632-50 x2"),
    (
        "the right T6 medial branch, by radiofrequency with imaging: the facet joint's code",
        "#thoracic 2024-08-06 @11: 64633-RT",
    ),
];

pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let evaluator = Evaluator::starter();
    for (what, shorthand) in CASES {
        let claim = Claim::from_shorthand(shorthand)?;
        let explanation = evaluator.check(&claim);
        writeln!(out, "-- {what}\n{}", report::Text::new(&claim, &explanation))?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout())
}
