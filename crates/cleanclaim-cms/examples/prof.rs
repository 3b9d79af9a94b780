#![allow(warnings)]
#[path = "../../../benches/support/workload.rs"]
mod workload;
use cleanclaim::reference::*;
use cleanclaim::*;
use std::time::Instant;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let reference = Reference::open(std::fs::read("/tmp/lead.ccr").unwrap()).unwrap();
    let n: usize = args[1].parse().unwrap();
    let passes: usize = args[2].parse().unwrap();
    let day = date!(2024, 8, 6);
    let codes: Vec<_> = reference
        .codes()
        .filter(|&c| {
            reference
                .fee_schedule(c, Component::Global, day, Stale::Refuse)
                .found()
                .is_some_and(|f| f.row.indicators.status.is_priced())
        })
        .take(10_000)
        .collect();
    let claims = workload::Workload::new(codes, "2024-07-01..2024-09-30".parse().unwrap()).claims(n);
    let six = [
        "N001", "N002", "N003", "U001", "U002", "U003", "M010", "M020", "M021", "M022", "C001", "S001", "S002",
    ];
    let b = Evaluator::builder(reference);
    let e = match args.get(3).map(|s| s.as_str()) {
        Some("six") => b.only(six).unwrap().build().unwrap(),
        Some(x) => b.only(x.split(',')).unwrap().build().unwrap(),
        None => b.build().unwrap(),
    };
    let mut s = e.session();
    let mut best = f64::MAX;
    for _ in 0..passes {
        let t = Instant::now();
        let mut f = 0;
        for c in &claims {
            f += s.evaluate(c).findings().len();
        }
        let x = t.elapsed().as_nanos() as f64 / n as f64;
        best = best.min(x);
        std::hint::black_box(f);
    }
    println!("{best:.0} ns/claim");
}
