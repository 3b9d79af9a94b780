//! The professional catalogue over CMS's full tables: one million claims of about four lines, one core, claims already in
//! memory, nanoseconds a claim. The floor beside it only walks the claims' lines; "six edits" are the ones that the peers
//! of `benches/peers` run on the same claims and tables.
//!
//! Reads CMS's files beside the checkout (`../shared/data`), and without them says so and measures nothing.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a bench that fails may panic"
)]

#[path = "../../../benches/support/workload.rs"]
mod workload;

use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use cleanclaim::model::ProcedureCode;
use cleanclaim::reference::{Component, Reference, Stale};
use cleanclaim::{Claim, Evaluator, date};
use cleanclaim_cms::{Options, collect};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use workload::Workload;

const CLAIMS: usize = 1_000_000;
const CODES: usize = 10_000;

/// Pairs by indicator, MUE by line and day, 26 and TC, 50, unknown code, site.
const SIX_EDITS: [&str; 13] = [
    "N001", "N002", "N003", "U001", "U002", "U003", "M010", "M020", "M021", "M022", "C001", "S001", "S002",
];

fn shared() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data")
}

/// Codes that the fee schedule lists, as many as the prototype's workload had.
fn codes(reference: &Reference) -> Vec<ProcedureCode> {
    let day = date!(2024, 8, 6);
    reference
        .codes()
        .filter(|&code| {
            let row = reference
                .fee_schedule(code, Component::Global, day, Stale::Refuse)
                .found();
            row.is_some_and(|found| found.row.indicators.status.is_priced())
        })
        .take(CODES)
        .collect()
}

fn professional(criterion: &mut Criterion) {
    if !shared().exists() {
        println!("skipped: CMS's files are not beside this checkout");
        return;
    }
    let paths = ["mpfs", "ncci", "asc", "ioce"].map(|folder| shared().join(folder));
    let collected = collect(&paths, &Options::default(), &mut |_| {});
    let reference = collected.builder.build().unwrap();
    let claims = Workload::new(codes(&reference), "2024-07-01..2024-09-30".parse().unwrap()).claims(CLAIMS);
    let lines: usize = claims.iter().map(|claim| claim.lines().len()).sum();
    let catalogue = Evaluator::new(reference.clone());
    let six = Evaluator::builder(reference)
        .only(SIX_EDITS)
        .and_then(|builder| builder.build())
        .unwrap();
    let findings = |evaluator: &Evaluator| {
        let mut session = evaluator.session();
        claims
            .iter()
            .map(|claim| session.evaluate(claim).findings().len())
            .sum::<usize>()
    };
    println!(
        "{CLAIMS} claims, {lines} lines; findings: {} of the catalogue, {} of the six edits",
        findings(&catalogue),
        findings(&six)
    );

    let mut group = criterion.benchmark_group("professional");
    group.throughput(Throughput::Elements(1));
    group.sample_size(10);
    group.bench_function("walk the lines", |bencher| {
        bencher.iter_custom(|rounds| {
            per_claim(rounds, &claims, |claim| {
                black_box(claim.lines().iter().map(|line| line.units.thousandths()).sum::<u64>());
            })
        });
    });
    for (name, evaluator) in [("six edits", &six), ("whole catalogue", &catalogue)] {
        group.bench_function(name, |bencher| {
            let mut session = evaluator.session();
            bencher.iter_custom(|rounds| {
                per_claim(rounds, &claims, |claim| {
                    black_box(session.evaluate(claim));
                })
            });
        });
    }
    group.finish();
}

/// The time of `rounds` claims, taken from whole passes over all of them.
fn per_claim(rounds: u64, claims: &[Claim], mut run: impl FnMut(&Claim)) -> Duration {
    let start = Instant::now();
    for claim in claims {
        run(claim);
    }
    start.elapsed().mul_f64(rounds as f64 / claims.len() as f64)
}

criterion_group!(benches, professional);
criterion_main!(benches);
