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

/// Files of `data/`, or of a folder in it, each with its name. Used in modules that are one folder deep.
macro_rules! embedded {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../data/", $folder, $name)))),+]
    };
}

mod advice;
pub mod claim;
pub mod compare;
mod engine;
mod evaluation;
mod explain;
mod facts;
pub mod kinds;
mod lists;
pub mod model;
pub mod modifiers;
pub mod policy;
pub mod price;
pub mod profile;
pub mod reference;
pub mod report;
mod rows;
pub mod rule;
pub mod rules;

pub use advice::{
    Advice, Answer, DistinctModifier, Effect, ElsewhereModifier, Judgement, OpenModifier, Proposal, StoppedModifier,
};
pub use claim::Claim;
pub use engine::{Coverage, CoverageTable, Evaluator, EvaluatorBuilder, Session, SetupError};
pub use evaluation::{
    Applicability, Citation, Disposition, Evaluation, Finding, NotEvaluated, Reason, Remedy, Verdict,
};
pub use explain::{CitedSource, Evidence, ExplainedFinding, ExplainedGap, Explanation, OtherRules, RemedyText};
pub use facts::{CodeDay, Header, Line, LineInClaim, Pair, SetAside, WholeClaim};
pub use rows::RowProblem;
pub use rule::Rule;
