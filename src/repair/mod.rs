//! The smallest changes to a claim that would remove its findings.
//!
//! Each repair is one edit. It is tried on a copy of the claim, and what it resolves and leaves is what the evaluation of that
//! copy says. No repair adds a finding that stops. Nothing here knows what was done to the patient: what the record must show
//! is said beside each repair, and whoever bills decides.

mod edit;
mod search;

use std::fmt;

pub use self::edit::Edit;
use crate::claim::Claim;
use crate::engine::Evaluator;
use crate::evaluation::Applicability;

/// A change to a claim that would remove findings.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Repair {
    /// The change.
    pub edit: Edit,
    /// On what grounds it may be made. `Safe` is a matter of format alone, and never adds a finding, not even an advisory.
    pub applicability: Applicability,
    /// What the record must show, from the table of modifiers; empty where no modifier comes or goes, or all is a matter of
    /// format.
    pub record: Vec<String>,
    /// The findings that stop the claim as it is, and that are gone after the change.
    pub resolves: Vec<FindingRef>,
    /// The findings that stop the claim after the change as well.
    pub leaves: Vec<FindingRef>,
    /// Advisories that the change brings.
    pub adds: Vec<FindingRef>,
}

/// A finding by its rule and the numbers of its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[non_exhaustive]
pub struct FindingRef {
    /// The rule's id.
    pub rule: &'static str,
    /// The number of the line; `None` for a finding on the whole claim.
    pub line: Option<u32>,
    /// The number of the other line, if the rule is about two.
    pub other_line: Option<u32>,
}

impl fmt::Display for FindingRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.rule)?;
        match self.line {
            Some(line) => write!(f, " on line {line}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Repair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |findings: &[FindingRef]| findings.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        write!(
            f,
            "{} ({}): resolves {}",
            self.edit,
            self.applicability,
            list(&self.resolves)
        )?;
        if !self.leaves.is_empty() {
            write!(f, "; leaves {}", list(&self.leaves))?;
        }
        if !self.adds.is_empty() {
            write!(f, "; brings the advisory {}", list(&self.adds))?;
        }
        Ok(())
    }
}

impl Evaluator {
    /// The single changes that would remove findings of a claim: first those of format alone, then those that the record must
    /// support, then that a service is not billed. A modifier that sets a pair aside comes last, and only after another way.
    ///
    /// Findings that are advisories ask for no repair. Looked at are the first 64 findings that stop, at most 1,024 changes, and
    /// for each line at most 16 others of its day: a longer claim may have repairs that are not named. Of an institutional claim
    /// modifiers, units and lines change in the same way; its type of bill and its codes are left alone.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let repairs = |claim: &str| -> Result<Vec<String>, Box<dyn std::error::Error>> {
    ///     let claim = Claim::from_shorthand(claim)?;
    ///     Ok(evaluator.repairs(&claim).iter().map(ToString::to_string).collect())
    /// };
    /// assert_eq!(
    ///     repairs("2024-08-06 @11: 64632-26")?,
    ///     ["line 1: remove modifier 26 (needs-documentation): resolves M010 on line 1"],
    /// );
    /// assert!(repairs("2024-08-06 @11: 64632 x2")?[0].starts_with("line 1: bill modifier 50 and 1 unit in place of 2 units"));
    /// assert!(repairs("2024-08-06 @11: 64632-50")?.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn repairs(&self, claim: &Claim) -> Vec<Repair> {
        search::repairs(self, claim)
    }
}
