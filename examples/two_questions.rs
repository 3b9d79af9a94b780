//! May this modifier stand on this code? May this code be billed at this site? Answered by the rules of whole claims.

use std::error::Error;
use std::io::{Write, stdout};

use cleanclaim::claim::Biller;
use cleanclaim::model::{Payer, PayerName, SiteOfService};
use cleanclaim::{Evaluator, code, date, modifier};

pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let evaluator = Evaluator::starter();
    let (code, day, office) = (code!("64632"), date!(2024, 8, 6), SiteOfService::Office);

    for modifier in [
        modifier!("50"),
        modifier!("RT"),
        modifier!("26"),
        modifier!("80"),
        modifier!("62"),
        modifier!("ZZ"),
    ] {
        let answer = evaluator.modifier_usage(code, modifier, office, &Payer::medicare(), day);
        writeln!(out, "{code}-{modifier}: {}", answer.judgement)?;
        for finding in answer.findings {
            writeln!(out, "    {} {}", finding.rule, finding.message)?;
        }
    }

    let answer = evaluator.modifier_usage(code, modifier!("50"), office, &Payer::new(PayerName::Cigna), day);
    writeln!(out, "{code}-50 at Cigna: {}", answer.judgement)?;

    let medicare = Payer::medicare();
    let answer = evaluator.site_eligibility(code!("64628"), office, Biller::Practitioner, &medicare, day);
    writeln!(out, "64628 in the office: {}", answer.judgement)?;
    for finding in answer.findings {
        writeln!(out, "    {} {}", finding.rule, finding.message)?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout())
}
