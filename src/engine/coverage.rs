//! Which rules were evaluated on which lines of a claim.

use crate::claim::Claim;
use crate::engine::Evaluator;
use crate::evaluation::Reason;

/// Whether a rule was evaluated on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coverage {
    /// It was evaluated, and raised something or not.
    Evaluated,
    /// It does not concern the line.
    NotApplicable,
    /// It concerns the line, or may, and could not be evaluated.
    NotEvaluated(Reason),
}

/// Whether every rule of an evaluator was evaluated on every line of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverageTable {
    lines: usize,
    /// Line after line of each rule.
    states: Vec<Coverage>,
}

impl CoverageTable {
    /// The state of a rule, by its index in [`Evaluator::rules`], on the line at a position; `None` if either is out of range.
    #[must_use]
    pub fn of(&self, rule: usize, line: usize) -> Option<Coverage> {
        if line >= self.lines {
            return None;
        }
        self.states
            .get(rule.checked_mul(self.lines)?.checked_add(line)?)
            .copied()
    }

    /// Every state, with the rule's index and the line's position.
    pub fn iter(&self) -> impl Iterator<Item = (usize, usize, Coverage)> + '_ {
        let lines = self.lines.max(1);
        self.states
            .iter()
            .enumerate()
            .map(move |(at, state)| (at / lines, at % lines, *state))
    }
}

impl Evaluator {
    /// Whether every rule was evaluated on every line of a claim.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Coverage, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-26")?;
    /// let coverage = evaluator.coverage(&claim);
    /// let place = |id| evaluator.rules().iter().position(|rule| rule.id == id).unwrap_or(usize::MAX);
    /// assert_eq!(coverage.of(place("M010"), 0), Some(Coverage::Evaluated));
    /// assert_eq!(coverage.of(place("M020"), 0), Some(Coverage::NotApplicable));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn coverage(&self, claim: &Claim) -> CoverageTable {
        let mut session = self.session();
        session.evaluate(claim);
        let lines = claim.lines().len();
        let mut states = vec![Coverage::NotApplicable; self.rules().len() * lines];
        for plan in self.plans(claim) {
            for (line, called) in session.called(claim, plan).into_iter().enumerate() {
                for rule in plan.applying(called) {
                    if let Some(state) = states.get_mut(rule * lines + line) {
                        *state = Coverage::Evaluated;
                    }
                }
            }
        }
        for gap in session.answer().not_evaluated() {
            let rules = gap.rule().map_or(0..self.rules().len(), |rule| rule..rule + 1);
            for rule in rules {
                let positions = gap.line().map_or(0..lines, |line| line..line + 1);
                for state in positions.map(|line| rule * lines + line) {
                    if let Some(state) = states.get_mut(state) {
                        *state = Coverage::NotEvaluated(gap.reason());
                    }
                }
            }
        }
        CoverageTable { lines, states }
    }
}
