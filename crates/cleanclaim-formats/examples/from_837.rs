//! From the text of an 837 file to findings: `cargo run -p cleanclaim-formats --example from_837`

use std::error::Error;
use std::io::{Write, stdout};

use cleanclaim::{Evaluator, report};
use cleanclaim_formats::x12::{Reader, example};

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout())
}

pub(crate) fn run(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let file = example().replace("HC:64632:RT", "HC:64632:26");
    let evaluator = Evaluator::starter();
    for found in Reader::new(file.as_bytes()).with_name("monday.837") {
        let found = found?;
        let why = evaluator.check(&found.claim);
        write!(out, "{}\n{}", found.at, report::Text::new(&found.claim, &why))?;
    }
    Ok(())
}
