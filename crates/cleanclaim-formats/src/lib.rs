//! Reads medical claims as billing systems send them into the [`Claim`](cleanclaim::Claim)s that `cleanclaim` checks.
//!
//! - [`x12`]: files of X12 837 professional (837P) and institutional (837I) claims, and of X12 835 remittances, version 005010.
//!
//! ```
//! use cleanclaim_formats::x12;
//!
//! # let file = x12::example();
//! for found in x12::Reader::new(file.as_bytes()) {
//!     let found = found?;
//!     println!("{}: {} lines for {}", found.at, found.claim.lines().len(), found.claim.payer());
//! }
//! # Ok::<(), x12::X12Error>(())
//! ```
#![forbid(unsafe_code)]
#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

pub mod x12;

/// The README's code runs, too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
