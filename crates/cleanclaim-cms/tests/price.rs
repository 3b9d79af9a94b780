//! Prices over the published fee schedules: each row's own total, which the file states and the reader does not keep, by
//! the conversion factor.

use std::fs;
use std::io::Read as _;

use cleanclaim::Claim;
use cleanclaim::claim::ServiceLine;
use cleanclaim::model::{Modifier, Money, ProcedureCode, ServiceDate, SiteOfService, SiteRate};
use cleanclaim::price::{Condition, NotPaid, Outcome, StepKind, Terms, price};
use cleanclaim::reference::{Locality, Reference, ReferenceBuilder, Rows};
use flate2::read::GzDecoder;

use crate::common;
use common::{published, releases};

const FILE: &str = "mpfs/PPRRVU2026_Apr_nonQPP.txt";

fn reference() -> Option<Reference> {
    let mut builder = ReferenceBuilder::new();
    for path in [FILE, "mpfs/GPCI2026.csv"] {
        for read in releases(path)? {
            builder.add(read.release, read.rows).unwrap();
        }
    }
    Some(builder.build().unwrap())
}

/// Hundredths in fixed columns, counted from 1.
fn hundredths(record: &str, first: usize, last: usize) -> u64 {
    record[first - 1..last].trim().replace('.', "").parse().unwrap()
}

#[test]
fn every_row_is_worth_its_published_total() {
    let (Some(path), Some(reference)) = (published(FILE), reference()) else {
        return;
    };
    let text = fs::read_to_string(path).unwrap();
    let date: ServiceDate = "2026-04-06".parse().unwrap();
    let mut compared = 0;
    for record in text.lines().filter(|line| line.len() > 140 && !line.starts_with("HDR")) {
        let status = &record[57..58];
        let code: ProcedureCode = record[..5].parse().unwrap();
        let component = record[5..7].trim();
        for (site, column, na) in [
            (SiteOfService::Office, 91, 73),
            (SiteOfService::OnCampusOutpatientHospital, 97, 82),
        ] {
            let total = hundredths(record, column, column + 5);
            let mut line = ServiceLine::new(1, date, code).at_site(site);
            if !component.is_empty() {
                line = line.with_modifiers([component.parse::<Modifier>().unwrap()]);
            }
            let claim = Claim::professional("T").line(line).build().unwrap();
            let prices = price(&claim, &reference, &Terms::national());
            let priced = &prices.lines[0];
            let is_na = record[na - 1..na + 1].trim() == "NA";
            match status {
                "A" | "R" | "T" if is_na && site.rate() == Some(SiteRate::Facility) => {
                    assert_eq!(
                        priced.outcome,
                        Outcome::NotPaid(NotPaid::NoFacilityRate),
                        "{code}-{component}"
                    );
                }
                "A" | "R" | "T" if total > 0 => {
                    let StepKind::FeeSchedule(_) = priced.steps[0].kind else {
                        panic!("{code}")
                    };
                    // Hundredths by ten-thousandths, in cents, half up.
                    let cents = (total * 334_009 + 5_000) / 10_000;
                    assert_eq!(
                        priced.steps[0].amount.cents(),
                        cents as i64,
                        "{code}-{component} at {site}"
                    );
                    // The total that the file prints where there is no non-facility rate is the facility's.
                    let at_facility_rate = priced.conditions.contains(&Condition::FacilityRateElsewhere);
                    assert_eq!(
                        at_facility_rate,
                        is_na && priced.amount().is_some(),
                        "{code}-{component}"
                    );
                    compared += 1;
                }
                _ => assert_eq!(priced.amount(), None, "{code}-{component}"),
            }
        }
    }
    assert!(compared > 16_000, "only {compared} totals were compared");
}

#[test]
fn every_locality_has_its_amounts() {
    let Some(reference) = reference() else { return };
    let gpci = releases("mpfs/GPCI2026.csv").unwrap();
    let Rows::Gpci(rows) = &gpci[0].rows else {
        panic!("no indices")
    };
    assert!(rows.len() > 100);
    let claim = Claim::from_shorthand("2026-04-06 @11: 64632").unwrap();
    for row in rows {
        let terms = Terms::national().in_locality(row.locality);
        let sum = 120 * u64::from(row.work) + 141 * u64::from(row.practice_expense) + 9 * u64::from(row.malpractice);
        let cents = (sum * 334_009 + 5_000_000) / 10_000_000;
        let priced = price(&claim, &reference, &terms);
        assert_eq!(
            priced.lines[0].amount().unwrap().cents(),
            cents as i64,
            "{}",
            row.locality
        );
    }
    // Alabama: 1.20 x 1.000 + 1.41 x 0.875 + 0.09 x 0.566.
    let alabama = Terms::national().in_locality(Locality::new(10_112, 0).unwrap());
    assert_eq!(
        price(&claim, &reference, &alabama).total().unwrap().to_string(),
        "82.99"
    );
}

/// What holds for every claim holds for the golden ones over the whole schedule.
#[test]
fn golden_claims_are_priced() {
    let (Some(golden), Some(reference)) = (published("golden/professional_medicare_2026q2.jsonl.gz"), reference())
    else {
        return;
    };
    let mut text = String::new();
    GzDecoder::new(fs::File::open(golden).unwrap())
        .read_to_string(&mut text)
        .unwrap();
    let (mut lines, mut amounts) = (0, 0);
    for line in text.lines() {
        let golden: serde_json::Value = serde_json::from_str(line).unwrap();
        let claim = Claim::from_json(golden["claim"].to_string()).unwrap();
        let prices = price(&claim, &reference, &Terms::national());
        let words = prices.explain(&reference);
        for ((line, priced), words) in claim.lines().iter().zip(&prices.lines).zip(&words.lines) {
            lines += 1;
            assert!(words.amount.is_some() != words.reason.is_some());
            let Some(amount) = priced.amount() else { continue };
            amounts += 1;
            assert!(amount >= Money::ZERO);
            assert!(line.charge.is_none_or(|charge| amount <= charge));
        }
    }
    println!("{amounts} of {lines} lines have an amount");
    assert!(amounts * 3 > lines, "only {amounts} of {lines} lines have an amount");
}
