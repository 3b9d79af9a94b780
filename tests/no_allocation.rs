//! A session that has grown its buffers evaluates without allocating.

#![cfg(feature = "starter")]
#![allow(
    unsafe_code,
    reason = "an allocator that counts cannot be written without it; this one only counts and hands on"
)]

#[path = "../benches/support/workload.rs"]
mod workload;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;

use cleanclaim::model::Payer;
use cleanclaim::reference::Reference;
use cleanclaim::{Claim, Evaluator};
use workload::Workload;

thread_local! {
    /// How often this thread allocated; other threads, such as the test harness's own, do not disturb it.
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

struct Counting;

fn count() {
    // A thread that is ending has no counter any more, and is not the one that is watched.
    let _ = ALLOCATIONS.try_with(|allocations| allocations.set(allocations.get() + 1));
}

// SAFETY: every call is handed on to the system's allocator as it came. Counting neither allocates nor panics: the
// counter is a plain number of the thread, built in place and without a destructor.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: the caller's promise is passed on.
        unsafe { System.realloc(old, layout, size) }
    }

    unsafe fn dealloc(&self, old: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(old, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

fn allocations(run: impl FnOnce()) -> u64 {
    let before = ALLOCATIONS.get();
    run();
    ALLOCATIONS.get() - before
}

const CLAIMS: usize = 20_000;

fn claims() -> Vec<Claim> {
    let codes = Reference::starter().codes().collect();
    Workload::new(codes, "2024-07-01..2024-09-30".parse().unwrap()).claims(CLAIMS)
}

/// The same claims for payers of whom more or less is known.
fn other_payers_claims() -> Vec<Claim> {
    let payers = [
        "bcbs/ND",
        "uhc+medicaid",
        "aetna+commercial",
        "bcbs/Horizon",
        "other/Nobody",
    ];
    let payers: Vec<Payer> = payers.iter().map(|text| text.parse().unwrap()).collect();
    let of_payer = |(claim, payer): (Claim, &Payer)| {
        Claim::professional(claim.id())
            .payer(payer.clone())
            .lines(claim.lines().to_vec())
            .build()
            .unwrap()
    };
    claims().into_iter().zip(payers.iter().cycle()).map(of_payer).collect()
}

#[test]
fn evaluation_allocates_nothing_once_its_buffers_have_grown() {
    let (claims, evaluator) = (claims(), Evaluator::starter());
    // Lists and tables that come with the library are read when they are first asked for, once.
    for claim in &claims {
        black_box(evaluator.evaluate(claim));
    }
    let mut session = evaluator.session();
    let mut findings = 0;
    let warm_up = allocations(|| {
        for claim in &claims {
            findings += session.evaluate(claim).findings().len();
        }
    });
    assert!(
        findings > CLAIMS / 2,
        "claims that raise nothing show nothing: {findings}"
    );
    assert!(
        warm_up > 0,
        "the buffers must have grown, or the counter counts nothing"
    );
    // A code is looked up once a session, which takes a few allocations; claims are many more.
    let most = 20 * Reference::starter().codes().count() as u64;
    assert!(
        warm_up < most,
        "{warm_up} allocations for {CLAIMS} claims: buffers grow, they are not made anew"
    );
    let after = allocations(|| {
        for claim in &claims {
            black_box(session.evaluate(claim));
        }
    });
    assert_eq!(after, 0, "allocations after warm-up");
}

#[test]
fn nor_does_it_for_payers_with_policies_of_their_own() {
    let (claims, evaluator) = (other_payers_claims(), Evaluator::starter());
    let mut session = evaluator.session();
    let mut findings = 0;
    for claim in &claims {
        findings += session.evaluate(claim).findings().len();
    }
    assert!(
        findings > CLAIMS / 10,
        "claims that raise nothing show nothing: {findings}"
    );
    let after = allocations(|| {
        for claim in &claims {
            black_box(session.evaluate(claim));
        }
    });
    assert_eq!(after, 0, "allocations after warm-up");
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocations(|| drop(black_box(Box::new(1_u64)))), 1);
    assert_eq!(allocations(|| drop(black_box(vec![0_u64; 4]))), 1);
    assert_eq!(allocations(|| {}), 0);
}
