//! Many claims at once, on all cores: the feature `rayon`.

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use crate::claim::Claim;
use crate::engine::Evaluator;
use crate::evaluation::Evaluation;

/// The fewest claims that are worth a session of their own.
const FEWEST: usize = 256;

impl Evaluator {
    /// Evaluates many claims on all cores: what [`evaluate`](Self::evaluate) answers to each, in the order of the claims.
    ///
    /// Runs in the thread pool of [`rayon`], and in another where it is called within `ThreadPool::install`. Each worker
    /// has [sessions](Self::session) of its own; what is allocated for a claim is its own answer. For claims that do not
    /// all fit into memory, call it batch by batch, some ten thousand claims each.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator, Verdict};
    ///
    /// let claims = [
    ///     Claim::from_shorthand("2024-08-06 @11: 64632-50")?,
    ///     Claim::from_shorthand("2024-08-06 @11: 64632-26")?,
    /// ];
    /// let answers = Evaluator::starter().evaluate_many(&claims);
    /// assert_eq!(answers[0].verdict(), Verdict::Clean);
    /// assert_eq!(answers[1].verdict(), Verdict::Findings);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn evaluate_many(&self, claims: &[Claim]) -> Vec<Evaluation> {
        claims
            .par_iter()
            .with_min_len(FEWEST)
            .map_init(|| self.session(), |session, claim| session.evaluate(claim).clone())
            .collect()
    }
}
