//! One claim, both feet on one line, as several payers read it: what each says of the line, and what is not known of it.

use std::error::Error;
use std::io::{Write, stdout};

use cleanclaim::policy::PolicySet;
use cleanclaim::reference::Reference;
use cleanclaim::{Claim, Evaluator};

const PAYERS: [&str; 9] = [
    "medicare",
    "bcbs/ND",
    "bcbs/Nebraska",
    "bcbs/Mississippi",
    "bcbs/Regence+medicare-advantage",
    "bcbs/Triple-S",
    "uhc+medicaid",
    "cigna+commercial",
    "other/County Plan",
];

/// What a practice knows from its own contract, beside what comes with the library.
const CONTRACT: &str = r#"
    payer = "other"

    [[plan]]
    name = "County Plan"

    [[policy]]
    id = "our contract with County Plan"
    plan = "County Plan"
    from = "2024-01-01"
    status = "in-force"
    confidence = "own-page"
    verified = true
    title = "Our contract, appendix B"
    read = "2026-11-23"
    says.bilateral_formats = ["right-and-left-lines"]
    says.follows = ["ptp", "mue"]
"#;

pub(crate) fn run(out: &mut dyn Write) -> Result<(), Box<dyn Error>> {
    let seed = Evaluator::starter();
    for payer in PAYERS {
        tell(out, &seed, payer, "64632-50 x2 2024-08-06 @11")?;
    }

    writeln!(out, "\nBCBS North Dakota, before and after its change")?;
    for line in [
        "64632-50 x2 2019-05-06 @11",
        "64632-50 2019-05-06 @11",
        "64632-50 2024-08-06 @11",
    ] {
        tell(out, &seed, "bcbs/ND", line)?;
    }

    writeln!(out, "\nWith a contract of one's own")?;
    let policies = PolicySet::seed().with_files([("contract.toml", CONTRACT)])?;
    let own = Evaluator::builder(Reference::starter().clone())
        .policies(policies)
        .build()?;
    tell(out, &own, "other/County Plan", "64632-50 x2 2024-08-06 @11")
}

fn tell(out: &mut dyn Write, evaluator: &Evaluator, payer: &str, line: &str) -> Result<(), Box<dyn Error>> {
    let claim = Claim::from_shorthand(&format!("\"{payer}\": {line}"))?;
    let explained = evaluator.check(&claim);
    writeln!(out, "{payer}, {line}: {}", explained.verdict)?;
    for finding in explained.findings {
        writeln!(
            out,
            "    {} ({}) {}",
            finding.rule, finding.disposition, finding.message
        )?;
        if let Some(source) = finding.citation.first() {
            writeln!(out, "        {source}")?;
        }
    }
    let no_policy = explained
        .not_evaluated
        .iter()
        .filter(|gap| gap.reason.starts_with("no policy"))
        .count();
    if no_policy > 0 {
        writeln!(out, "    no policy of this payer known for {no_policy} rules")?;
    }
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    run(&mut stdout())
}
