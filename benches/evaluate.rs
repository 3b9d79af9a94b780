//! The professional catalogue over the embedded starter: nanoseconds a claim, claims already in memory.
//!
//! The floor beside it only walks the claims' lines.

#![allow(missing_docs, reason = "what a bench is, its names say")]

#[path = "support/workload.rs"]
mod workload;

use std::hint::black_box;

use cleanclaim::Evaluator;
use cleanclaim::reference::Reference;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use workload::Workload;

const CLAIMS: usize = 10_000;

fn evaluate(criterion: &mut Criterion) {
    let codes = Reference::starter().codes().collect();
    let claims = Workload::new(codes, "2024-07-01..2024-09-30".parse().unwrap()).claims(CLAIMS);
    let evaluator = Evaluator::starter();
    let mut group = criterion.benchmark_group("starter");
    group.throughput(Throughput::Elements(CLAIMS as u64));
    group.bench_function("walk the lines", |bencher| {
        bencher.iter(|| {
            for claim in &claims {
                black_box(claim.lines().iter().map(|line| line.units.thousandths()).sum::<u64>());
            }
        });
    });
    group.bench_function("whole catalogue", |bencher| {
        let mut session = evaluator.session();
        bencher.iter(|| {
            for claim in &claims {
                black_box(session.evaluate(claim));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, evaluate);
criterion_main!(benches);
