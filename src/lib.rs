//! Checks US medical claims before they are sent: whether a claim's modifiers and site of service hold up for the procedure
//! code, the payer and the date of service; why not, with the source of every rule; and what could not be checked.
//!
#![cfg_attr(all(feature = "json", feature = "starter"), doc = "```")]
#![cfg_attr(not(all(feature = "json", feature = "starter")), doc = "```ignore")]
//! use cleanclaim::{Claim, Evaluator, Verdict};
//!
//! let claim = Claim::from_shorthand("medicare 2024-08-06 @11: 64632-26")?;
//! let answer = Evaluator::starter().check(&claim);
//!
//! assert_eq!(answer.verdict, Verdict::Findings);
//! assert_eq!(answer.findings[0].rule, "M010");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Tour
//!
//! 1. A [`Claim`] comes from its [builder](Claim::professional), from JSON, from the one-line [shorthand](Claim::from_shorthand), or from
//!    X12 837 files by [`cleanclaim-formats`](https://docs.rs/cleanclaim-formats). Its words are in [`model`].
//! 2. A [`Reference`](reference::Reference) holds published tables by release and date. A small one is embedded
//!    ([`Evaluator::starter`]); [`cleanclaim-cms`](https://docs.rs/cleanclaim-cms) reads CMS's files. [`compare`] says what changed
//!    between two of them.
//! 3. An [`Evaluator`] applies the [`rules`] and payers' policies ([`policy`]). [`Evaluator::check`] answers in words;
//!    [`Evaluator::evaluate`] answers in plain values; a [`Session`] evaluates claim after claim without allocating.
//! 4. The answer is an [`Evaluation`] or an [`Explanation`]: findings, what was not evaluated, and the [`Verdict`]. [`report`] prints
//!    it for people, programs, spreadsheets and browsers.
//!
//! Beside that, [`price`](mod@price) says what Medicare allows for each line, [`Evaluator::advise`] which modifiers fit a line, and
//! [`Evaluator::profile`] everything known about a code. [`rule!`] writes rules of your own.
//!
//! The [README](https://github.com/cleanclaim/cleanclaim#readme) shows the command; the
//! [examples](https://github.com/cleanclaim/cleanclaim/tree/main/examples) show more of the library.
//!
//! # Features
//!
//! - `json` (default): claims and answers as JSON.
//! - `starter` (default): the embedded starter reference.
//! - `rayon`: `Evaluator::evaluate_many`, many claims at once on all cores.
#![cfg_attr(docsrs, feature(doc_cfg))]
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
pub mod repair;
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
pub use facts::{CodeDay, Header, Line, LineInClaim, ModifierStanding, Pair, SetAside, WholeClaim};
pub use rows::RowProblem;
pub use rule::Rule;

/// The README's code runs, too.
#[cfg(all(doctest, feature = "json", feature = "starter"))]
#[doc = include_str!("../README.md")]
struct Readme;
