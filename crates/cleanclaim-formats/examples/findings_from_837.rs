//! From the text of an 837 to what is wrong with its claims: `cargo run --example findings_from_837 [FILE]`.

use cleanclaim::Evaluator;
use cleanclaim_formats::x12;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = match std::env::args().nth(1) {
        Some(path) => std::fs::read(path)?,
        // A made-up claim, with 26 on a code that has no professional component.
        None => x12::example().replace("64632:RT", "64632:26").into_bytes(),
    };
    // The ten lines.
    let evaluator = Evaluator::starter();
    for found in x12::Reader::new(&*text) {
        match found {
            Err(error) => eprintln!("{error}"),
            Ok(found) => {
                let answer = evaluator.check(&found.claim);
                for finding in answer.findings {
                    println!(
                        "{}: claim {}: {} {}",
                        found.at,
                        found.claim.id(),
                        finding.rule,
                        finding.message
                    );
                }
            }
        }
    }
    Ok(())
}
