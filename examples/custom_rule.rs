//! A rule of one's own, beside the catalogue: the same macro, the same function, the same report.

use std::error::Error;
use std::io::{Write, stdout};

use cleanclaim::reference::Reference;
use cleanclaim::rule::prelude::*;
use cleanclaim::{Claim, Evaluator, modifier, report};

cleanclaim::rule! {
    /// # What it checks
    /// Modifier 22 on any line.
    ///
    /// # Why
    /// This practice sends the operative report along with every such claim, so a second person looks at it first.
    ///
    /// # What to do
    /// Attach the report and release the claim.
    pub static H001 = {
        name: "unusual-work-read-twice",
        check: Check::Line(check),
        on: Trigger::Modifiers(&[modifier!("22")]),
        payers: Payers::All,
        disposition: Disposition::Suspension,
        sources: &[Citation::new("billing manual of the practice", "claims held back")],
        remedies: &[Remedy::display_only("Attach the operative report and release the claim.")],
        since: "1.0.0",
        message: |raised| format!("{} is billed with 22, which this practice reviews before sending", raised.code()),
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    found.raise(line);
}

pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let evaluator = Evaluator::builder(Reference::starter().clone()).rule(&H001).build()?;
    let claim = Claim::from_shorthand("#A1 2024-08-06 @11: 64632-22")?;
    let explanation = evaluator.check(&claim);
    write!(out, "{}", report::Text::new(&claim, &explanation))?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout())
}
