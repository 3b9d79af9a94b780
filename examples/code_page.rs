//! The page for a code: what the tables and the rules say of it on a date.

use std::error::Error;
use std::io::{Write, stdout};

use cleanclaim::model::Payer;
use cleanclaim::{Evaluator, code, date, report};

pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let evaluator = Evaluator::starter();
    let page = evaluator.profile(code!("64632"), date!(2026, 4, 6), &Payer::medicare());
    write!(out, "{}", report::PageText::new(&page))?;

    // The same as data.
    let page = evaluator.profile(code!("76942"), date!(2024, 8, 6), &Payer::medicare());
    writeln!(out, "\n76942 on 2024-08-06, what is paid")?;
    for site in &page.sites {
        for price in &site.prices {
            let amount = price
                .amount
                .map_or_else(|| "none".to_owned(), |amount| amount.to_string());
            writeln!(out, "  {} {:2} {amount}", site.site, price.component)?;
        }
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout())
}
