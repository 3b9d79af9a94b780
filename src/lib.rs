#![cfg_attr(all(feature = "json", feature = "starter"), doc = include_str!("../README.md"))]
//!
//! # Tour
//!
//! - [`model`]: the vocabulary of a claim; [`claim`]: claims, their builder, JSON and shorthand.
//! - [`reference`](mod@reference): published tables by release and date; [`compare`](mod@compare): what changed from one to the next.
//! - [`policy`]: payers' policies as data, and which one answers for a claim.
//! - [`Evaluator`]: the rules over a reference; a [`Session`] evaluates claim after claim without allocating.
//! - [`Evaluation`]: findings, what was not evaluated, and the [`Verdict`]; [`Explanation`]: the same in words, and
//!   [`report`] prints it.
//! - [`price`](mod@price): what Medicare allows for each line, step by step; [`Evaluator::advise`]: the modifiers that may stand on a
//!   line; [`Evaluator::profile`]: the page for a code.
//! - [`rules`]: the catalogue, one item a rule; [`rule`](mod@rule): what a rule is, and [`rule!`] to write one.
//!
//! # Features
//!
//! - `json` (default): claims and answers as JSON.
//! - `starter` (default): the embedded starter reference.
//! - `rayon`: `Evaluator::evaluate_many`, many claims at once on all cores.
#![forbid(unsafe_code)]
#![deny(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod advice;
#[cfg(feature = "rayon")]
mod batch;
mod binding;
pub mod claim;
pub mod compare;
mod coverage;
mod engine;
mod evaluation;
mod evidence;
mod explain;
mod finding;
pub mod model;
mod plan;
pub mod policy;
pub mod price;
pub mod profile;
mod question;
pub mod reference;
pub mod report;
mod resolve;
pub mod rule;
pub mod rules;

pub use advice::{Advice, DistinctModifier, Effect, ElsewhereModifier, OpenModifier, Proposal, StoppedModifier};
pub use claim::Claim;
pub use coverage::{Coverage, CoverageTable};
pub use engine::{Evaluator, EvaluatorBuilder, Session, SetupError};
pub use evaluation::{Evaluation, NotEvaluated, Reason, Verdict};
pub use evidence::Evidence;
pub use explain::{CitedSource, ExplainedFinding, Explanation, Gap, RemedyText};
pub use finding::{Applicability, Citation, Disposition, Finding, Remedy};
pub use question::{Answer, Judgement};
pub use resolve::{CodeDay, Line, Pair, SetAside, WholeClaim};
pub use rule::Rule;
