//! Runs every scenario of every rule's fixture, and holds each rule to the conventions of the catalogue.
//! `UPDATE=1 cargo test` rewrites the expected reports.

#[path = "support/fixture.rs"]
mod fixture;
#[path = "support/tables.rs"]
mod tables;

use std::collections::BTreeSet;
use std::path::PathBuf;

use cleanclaim::rule::{Payers, Rule};
use cleanclaim::rules;
use fixture::{Kind, Scenario, rewrite, scenarios};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = vec![Trial::test("ids_are_unique", ids_are_unique)];
    for rule in rules::ALL {
        trials.push(Trial::test(format!("{}::conventions", rule.id), || conventions(rule)));
        match fixture(rule) {
            Err(why) => trials.push(Trial::test(format!("{}::fixture", rule.id), || Err(why.into()))),
            Ok((text, found)) => {
                if std::env::var_os("UPDATE").is_some() {
                    update(rule, &text, &found);
                }
                for scenario in found {
                    let name = format!("{}::{}", rule.id, scenario.heading);
                    trials.push(Trial::test(name, move || compare(rule, &scenario)));
                }
            }
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn path(rule: &Rule) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/rules");
    folder.join(format!("{}.md", rule.id))
}

fn fixture(rule: &Rule) -> Result<(String, Vec<Scenario>), String> {
    let path = path(rule);
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let found = scenarios(&text)?;
    Ok((text, found))
}

fn update(rule: &'static Rule, text: &str, found: &[Scenario]) {
    let reports: Result<Vec<_>, _> = found.iter().map(|scenario| scenario.run(rule)).collect();
    if let Ok(reports) = reports {
        std::fs::write(path(rule), rewrite(text, &reports)).unwrap();
    }
}

fn compare(rule: &'static Rule, scenario: &Scenario) -> Result<(), Failed> {
    let report = scenario.run(rule)?;
    if std::env::var_os("UPDATE").is_some() || report == scenario.report {
        return Ok(());
    }
    Err(format!(
        "expected:\n{}\nfound:\n{report}\n(UPDATE=1 cargo test rewrites it)",
        scenario.report
    )
    .into())
}

fn ids_are_unique() -> Result<(), Failed> {
    let ids: BTreeSet<_> = rules::ALL.iter().map(|rule| rule.id).collect();
    let names: BTreeSet<_> = rules::ALL.iter().map(|rule| rule.name).collect();
    demand(ids.len() == rules::ALL.len(), "two rules share an id")?;
    demand(names.len() == rules::ALL.len(), "two rules share a name")
}

/// Rules that only say what was not evaluated.
const NEVER_EVALUATED: [&str; 1] = ["E100"];

fn conventions(rule: &'static Rule) -> Result<(), Failed> {
    for heading in ["What it checks", "Why", "Example", "What to do", "Limits"] {
        demand(
            !rule.section(heading).is_empty(),
            &format!("its docs have no text under `{heading}`"),
        )?;
    }
    demand(
        rule.section("Example").contains("```"),
        "its example is not code that runs",
    )?;
    demand(!rule.sources.is_empty(), "it cites no source")?;
    demand(!rule.since.is_empty(), "it does not say since when")?;
    demand(file_name_fits(rule), "its file is not named after its id and name")?;
    let (_, found) = fixture(rule)?;
    let kinds: BTreeSet<Kind> = found.iter().map(|scenario| scenario.kind).collect();
    let mut wanted = vec![Kind::OutOfScope];
    if !NEVER_EVALUATED.contains(&rule.id) {
        wanted.extend([Kind::Fires, Kind::Passes]);
    }
    if !rule.needs.is_empty() || rule.payers == Payers::Medicare || rule.payers.topic().is_some() {
        wanted.push(Kind::NotEvaluated);
    }
    for kind in wanted {
        demand(
            kinds.contains(&kind),
            &format!("its fixture has no scenario of the kind {kind:?}"),
        )?;
    }
    if rule.check.reads_other_lines() && !NEVER_EVALUATED.contains(&rule.id) {
        let over_days = |scenario: &Scenario| {
            let claim = scenario.parse_claim();
            claim.lines().iter().any(|line| !line.dates.is_single())
        };
        demand(
            found
                .iter()
                .any(|scenario| scenario.kind == Kind::NotEvaluated && over_days(scenario)),
            "it reads other lines, and its fixture has no scenario of a line over several days that is not evaluated",
        )?;
    }
    let dates: BTreeSet<_> = found
        .iter()
        .flat_map(|scenario| {
            scenario
                .parse_claim()
                .lines()
                .iter()
                .map(|line| line.date())
                .collect::<Vec<_>>()
        })
        .collect();
    for boundary in rule.boundaries {
        let before = boundary.previous().unwrap();
        demand(
            dates.contains(boundary) && dates.contains(&before),
            &format!("its fixture has no scenario on {before} and {boundary}"),
        )?;
    }
    Ok(())
}

fn file_name_fits(rule: &Rule) -> bool {
    let name = format!("{}_{}.rs", rule.id.to_lowercase(), rule.name.replace('-', "_"));
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("src/rules")
        .join(name)
        .exists()
}

fn demand(holds: bool, why: &str) -> Result<(), Failed> {
    if holds { Ok(()) } else { Err(why.into()) }
}
