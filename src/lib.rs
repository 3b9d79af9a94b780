//! Checks US medical claims before they are sent.
#![forbid(unsafe_code)]

pub mod claim;
mod engine;
mod evaluation;
mod evidence;
mod explain;
mod finding;
pub mod model;
mod plan;
mod question;
pub mod reference;
pub mod report;
mod resolve;
pub mod rule;
pub mod rules;

pub use claim::Claim;
pub use engine::{Evaluator, EvaluatorBuilder, Session, SetupError};
pub use evaluation::{Evaluation, NotEvaluated, Reason, Verdict};
pub use evidence::Evidence;
pub use explain::{CitedSource, ExplainedFinding, Explanation, Gap, RemedyText};
pub use finding::{Applicability, Citation, Disposition, Finding, Remedy};
pub use question::{Answer, Judgement};
pub use resolve::{CodeDay, Line, Pair, SetAside, WholeClaim};
pub use rule::Rule;
