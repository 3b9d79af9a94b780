//! Another reader's word for what stands in a file: x12-types, which holds a whole transmission as nested loops of texts.
//! Claims, lines, services, modifiers, quantities, charges and dates are compared.
//!
//! A package of its own, since x12-types alone takes as long to compile as half of the workspace's tests.

#![cfg(test)]

#[path = "../../tests/common/generate.rs"]
mod generate;

use std::io::Write as _;
use std::path::{Path, PathBuf};

use cleanclaim::Claim;
use cleanclaim::claim::ServiceLine;
use cleanclaim_formats::x12::Reader;
use x12_types::util::Parser;
use x12_types::v005010::{_837, _837Loop2300, _837Loop2400, DTP, Transmission};

/// A claim's identifier, and of each line the service with its modifiers, the quantity, the charge and the dates.
type Read = (String, Vec<[String; 4]>);

/// What the other reader sees; none where it does not take the file.
fn oracle(text: &str) -> Option<Vec<Read>> {
    let whole: String = text.lines().collect();
    let parsed: Result<_, nom::Err<nom::error::Error<&str>>> = Transmission::<_837>::parse(&whole);
    let (rest, transmission) = parsed.ok()?;
    assert_eq!(rest, "");
    let sets = transmission
        .functional_group
        .into_iter()
        .flat_map(|group| group.segments);
    let claims = sets.flat_map(|set| set.loop_2000).flat_map(|level| level.loop_2300);
    Some(claims.map(|claim| claim_of(&claim)).collect())
}

fn claim_of(claim: &_837Loop2300) -> Read {
    let dates = dates(&claim.dtp, "434").unwrap_or_default();
    let lines = claim.loop_2400.iter().map(|line| line_of(line, &dates));
    (claim.clm._01.clone(), lines.collect())
}

fn line_of(line: &_837Loop2400, claims_dates: &str) -> [String; 4] {
    let (service, charge, quantity) = match (&line.sv1, &line.sv2) {
        (Some(sv1), _) => (Some(sv1._01.clone()), sv1._02.clone(), sv1._04.clone()),
        (_, Some(sv2)) => (sv2._02.clone(), sv2._03.clone(), sv2._05.clone()),
        _ => panic!("a line without a service"),
    };
    let service: Vec<String> = service
        .iter()
        // One sample joins the parts of a service otherwise than its header says.
        .flat_map(|service| service.split([':', '>']).skip(1).take(5))
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect();
    [
        service.join("-"),
        number(quantity.as_deref().unwrap_or_default()),
        number(charge.as_deref().unwrap_or_default()),
        dates(&line.dtp, "472").unwrap_or_else(|| claims_dates.to_owned()),
    ]
}

/// First and last day, or the one day, as a file has them.
fn dates(dates: &[DTP], qualifier: &str) -> Option<String> {
    let found = dates.iter().find(|date| date._01.to_string() == qualifier)?;
    match found._03.split_once('-') {
        Some((first, last)) if first == last => Some(first.to_owned()),
        _ => Some(found._03.clone()),
    }
}

/// A number without zeros that say nothing.
fn number(text: &str) -> String {
    let value: f64 = text.parse().unwrap();
    value.to_string()
}

fn ours(text: &str) -> Vec<Read> {
    let claims = Reader::new(text.as_bytes()).map(|found| found.unwrap().claim);
    claims
        .map(|claim: Claim| (claim.id().to_owned(), claim.lines().iter().map(of_line).collect()))
        .collect()
}

fn of_line(line: &ServiceLine) -> [String; 4] {
    let modifiers = line.modifiers.iter().map(|modifier| modifier.to_string());
    let service: Vec<String> = line.code.iter().map(ToString::to_string).chain(modifiers).collect();
    let day = |day: cleanclaim::model::ServiceDate| day.to_string().replace('-', "");
    let dates = &line.dates;
    [
        service.join("-"),
        number(&line.units.to_string()),
        line.charge
            .map(|charge| number(&charge.to_string()))
            .unwrap_or_default(),
        if dates.is_single() {
            day(dates.first())
        } else {
            format!("{}-{}", day(dates.first()), day(dates.last()))
        },
    ]
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// It refuses the sample with two CRC segments in a claim, of which its claim has room for one.
const REFUSED: &str = "demo.ambulance.example5.837";

#[test]
fn the_samples_hold_what_another_reader_sees() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data/x12");
    if !samples.exists() {
        // Not by a macro, whose words the harness keeps from who runs the tests.
        let _ = writeln!(std::io::stderr(), "skipped: {} is not here", samples.display());
        return;
    }
    let mut compared = 0;
    for file in ["837_005010X222A2", "837_005010X223A3"]
        .iter()
        .flat_map(|name| files(&samples.join(name)))
    {
        let text = std::fs::read_to_string(&file).unwrap();
        match oracle(&text) {
            Some(seen) => assert_eq!(ours(&text), seen, "{}", file.display()),
            None => assert!(file.ends_with(REFUSED), "{}", file.display()),
        }
        compared += 1;
    }
    assert_eq!(compared, 22);
}

#[test]
fn generated_files_hold_what_another_reader_sees() {
    let text = generate::professional(300, generate::USUAL);
    let seen = oracle(&text).unwrap();
    assert_eq!(seen.len(), 300);
    assert_eq!(ours(&text), seen);
}
