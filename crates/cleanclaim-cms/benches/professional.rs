//! The professional catalogue over CMS's full tables: one million claims of about four lines, one core, claims already in
//! memory, nanoseconds a claim. The floor beside it only walks the claims' lines; "six edits" are the ones that the peers
//! of `benches/peers` run on the same claims and tables. "All cores" evaluates them with `evaluate_many` and keeps every
//! answer; "one core, answers kept" is what it compares with.
//!
//! Reads CMS's files beside the checkout (`../shared/data`), and without them says so and measures nothing.

#![allow(missing_docs, reason = "what a bench is, its names say")]

#[path = "../../../benches/support/six_edits.rs"]
mod six_edits;
#[path = "../../../benches/support/workload.rs"]
mod workload;

use std::hint::black_box;
use std::time::{Duration, Instant};

use cleanclaim::{Claim, Evaluator};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const CLAIMS: usize = 1_000_000;

fn professional(criterion: &mut Criterion) {
    let Some(published) = six_edits::published() else {
        println!("skipped: CMS's files are not beside this checkout");
        return;
    };
    let reference = six_edits::reference(&published);
    let claims = six_edits::claims(&reference, CLAIMS);
    let lines: usize = claims.iter().map(|claim| claim.lines().len()).sum();
    let catalogue = Evaluator::new(reference.clone());
    let six = six_edits::evaluator(reference);
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
    group.bench_function("whole catalogue, all cores, answers kept", |bencher| {
        bencher.iter_custom(|rounds| {
            let start = Instant::now();
            let answers = catalogue.evaluate_many(&claims);
            let elapsed = start.elapsed();
            drop(black_box(answers));
            elapsed.mul_f64(rounds as f64 / claims.len() as f64)
        });
    });
    group.bench_function("whole catalogue, one core, answers kept", |bencher| {
        bencher.iter_custom(|rounds| {
            let mut session = catalogue.session();
            let start = Instant::now();
            let answers: Vec<_> = claims.iter().map(|claim| session.evaluate(claim).clone()).collect();
            let elapsed = start.elapsed();
            drop(black_box(answers));
            elapsed.mul_f64(rounds as f64 / claims.len() as f64)
        });
    });
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
