//! 200,000 generated 837P claims of three lines on average: the claims of them, beside the floor of only splitting the
//! text into segments, both from memory. The throughput is given in bytes; the claims a second are printed first.

#![allow(missing_docs, reason = "what a bench is, its names say")]

#[path = "../tests/common/generate.rs"]
mod generate;

use std::hint::black_box;
use std::time::{Duration, Instant};

use cleanclaim_formats::x12::{Reader, Segments};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const CLAIMS: usize = 200_000;

fn x12(criterion: &mut Criterion) {
    let file = generate::professional(CLAIMS, generate::USUAL);
    let bytes = file.as_bytes();
    let start = Instant::now();
    let found = Reader::new(bytes).filter(Result::is_ok).count();
    let seconds = start.elapsed().as_secs_f64();
    assert_eq!(found, CLAIMS);
    println!(
        "{CLAIMS} claims, {:.0} MB: {:.0} claims/s, {:.0} MB/s",
        bytes.len() as f64 / 1e6,
        CLAIMS as f64 / seconds,
        bytes.len() as f64 / 1e6 / seconds,
    );
    let mut group = criterion.benchmark_group("x12");
    group
        .throughput(Throughput::Bytes(bytes.len() as u64))
        .sample_size(10)
        .measurement_time(Duration::from_secs(5));
    group.bench_function("claims", |bencher| {
        bencher.iter(|| Reader::new(black_box(bytes)).count())
    });
    group.bench_function("segments only (the floor)", |bencher| {
        bencher.iter(|| {
            let mut segments = Segments::new(black_box(bytes));
            let mut count = 0_u64;
            while let Some(segment) = segments.next_segment().unwrap() {
                count += segment.number & 1;
            }
            count
        });
    });
    group.finish();
}

criterion_group!(benches, x12);
criterion_main!(benches);
