//! The hospital catalogue: one million claims, one core, claims already in memory, nanoseconds a claim. The floor beside it
//! only walks the claims' lines.
//!
//! With CMS's files beside the checkout (`../shared/data`) these are the golden claims over the full tables, again and again;
//! without them, generated claims over the starter.

#![allow(missing_docs, reason = "what a bench is, its names say")]

use std::hint::black_box;
use std::io::Read as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use cleanclaim::claim::ServiceLine;
use cleanclaim::model::{DateRange, Units};
use cleanclaim::reference::Reference;
use cleanclaim::{Claim, Evaluator};
use cleanclaim_cms::{Options, collect};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use flate2::read::GzDecoder;

const CLAIMS: usize = 1_000_000;

fn shared(what: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data")
        .join(what)
}

/// The golden claims and the tables that they are edited by.
fn golden() -> (Vec<Claim>, Reference) {
    let file = std::fs::File::open(shared("golden/hospital_outpatient_013x.jsonl.gz")).unwrap();
    let mut text = String::new();
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    let claims = text.lines().map(|line| {
        let golden: serde_json::Value = serde_json::from_str(line).unwrap();
        Claim::from_json(golden["claim"].to_string()).unwrap()
    });
    let paths = ["ioce", "ncci"].map(shared);
    let reference = collect(&paths, &Options::default(), &mut |_| {})
        .builder
        .build()
        .unwrap();
    (claims.collect(), reference)
}

/// Claims of three lines over the starter's codes.
fn generated() -> (Vec<Claim>, Reference) {
    let reference = Reference::starter().clone();
    let codes: Vec<_> = reference.codes().collect();
    let day: DateRange = "2024-08-06".parse().unwrap();
    let modifiers = ["", "50", "59", "RT", "73"];
    let line = |number: usize| {
        let line = ServiceLine::new(0, day, codes[number * 7 % codes.len()])
            .with_units(Units::whole(1 + u32::from(number.is_multiple_of(11))).unwrap())
            .with_revenue_code("0360".parse().unwrap());
        match modifiers[number % modifiers.len()] {
            "" => line,
            modifier => line.with_modifiers([modifier.parse().unwrap()]),
        }
    };
    let claim = |number: usize| {
        let lines = (0..3).map(|at| line(number * 3 + at));
        let claim = Claim::institutional(number.to_string(), "131".parse().unwrap(), day);
        claim.lines(lines).build().unwrap()
    };
    ((0..6_000).map(claim).collect(), reference)
}

fn hospital(criterion: &mut Criterion) {
    let (claims, reference) = if shared("golden").exists() {
        golden()
    } else {
        println!("CMS's files are not beside this checkout: generated claims over the starter");
        generated()
    };
    let evaluator = Evaluator::new(reference);
    let lines: usize = claims.iter().map(|claim| claim.lines().len()).sum();
    let mut session = evaluator.session();
    let findings: usize = claims
        .iter()
        .map(|claim| session.evaluate(claim).findings().len())
        .sum();
    println!(
        "{} claims, {lines} lines, {findings} findings, again and again",
        claims.len()
    );
    let mut group = criterion.benchmark_group("hospital");
    group.throughput(Throughput::Elements(1));
    group.sample_size(10);
    group.bench_function("walk the lines", |bencher| {
        bencher.iter_custom(|rounds| {
            per_claim(rounds, &claims, |claim| {
                black_box(claim.lines().iter().map(|line| line.units.thousandths()).sum::<u64>());
            })
        });
    });
    group.bench_function("whole catalogue", |bencher| {
        bencher.iter_custom(|rounds| {
            per_claim(rounds, &claims, |claim| {
                black_box(session.evaluate(claim));
            })
        });
    });
    group.finish();
}

/// The time of `rounds` claims, taken from a million.
fn per_claim(rounds: u64, claims: &[Claim], mut run: impl FnMut(&Claim)) -> Duration {
    let start = Instant::now();
    for claim in claims.iter().cycle().take(CLAIMS) {
        run(claim);
    }
    start.elapsed().mul_f64(rounds as f64 / CLAIMS as f64)
}

criterion_group!(benches, hospital);
criterion_main!(benches);
