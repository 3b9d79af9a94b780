//! Where a service is billed: the office, hospital outpatient departments, a surgical centre, and a "pain clinic".

use std::error::Error;
use std::io::{Write, stdout};

use cleanclaim::claim::Biller;
use cleanclaim::model::{Payer, SiteOfService};
use cleanclaim::{Evaluator, code, date};

pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let evaluator = Evaluator::starter();
    let (day, medicare) = (date!(2024, 8, 6), Payer::medicare());
    let sites = [
        SiteOfService::Office,
        SiteOfService::OffCampusOutpatientHospital,
        SiteOfService::OnCampusOutpatientHospital,
        SiteOfService::AmbulatorySurgicalCenter,
    ];
    for code in [code!("64632"), code!("64628"), code!("64633"), code!("76942")] {
        for site in sites {
            let answer = evaluator.site_eligibility(code, site, Biller::Practitioner, &medicare, day);
            writeln!(out, "{code} at {site} ({}): {}", site.name(), answer.judgement)?;
            for finding in answer.findings {
                writeln!(out, "    {} {}", finding.rule, finding.message)?;
            }
        }
    }

    writeln!(out, "\nthe surgical centre's own claim")?;
    for code in [code!("64632"), code!("64999")] {
        let centre = SiteOfService::AmbulatorySurgicalCenter;
        let answer = evaluator.site_eligibility(code, centre, Biller::Asc, &medicare, day);
        writeln!(out, "{code}: {}", answer.judgement)?;
        for finding in answer.findings {
            writeln!(out, "    {} {}", finding.rule, finding.message)?;
        }
    }

    let error = "pain clinic".parse::<SiteOfService>().err();
    writeln!(out, "\n{}", error.map_or_else(String::new, |error| error.to_string()))?;
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout())
}
