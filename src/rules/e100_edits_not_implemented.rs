use crate::evaluation::Reason;
use crate::reference::Table;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Nothing: it says once for each claim which edits of the outpatient editor no rule mirrors.
    ///
    /// The page `docs/hospital.md` has every edit, with what becomes of it here.
    ///
    /// # Why
    /// A claim that these rules find nothing in may still come back by an edit that they do not have. That must be
    /// said of each claim, not only in a manual; such a claim is incomplete, never clean.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator, Verdict};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64632 rev=0360")?;
    /// let evaluation = evaluator.evaluate(&claim);
    /// assert_eq!(evaluation.verdict(), Verdict::Incomplete);
    /// let left_out = evaluator.explain(&claim, &evaluation).not_evaluated;
    /// assert!(left_out.iter().any(|gap| gap.rule == Some("E100")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Send the claim through an editor that has the edits. Whoever knows that they cannot concern their claims
    /// leaves this rule out by its id.
    ///
    /// # Limits
    /// Whether such an edit could concern the claim at hand is not looked at.
    pub static E100 = {
        name: "edits-not-implemented",
        check: Check::Claim(|_, found| found.claim_not_evaluated(Reason::NotSettled(NOT_IMPLEMENTED))),
        form: FormKind::Institutional,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::Advisory,
        sources: &[Citation::unverified("CMS, I/OCE specifications", "the list of edits")],
        message: |_| String::new(),
        since: "0.1.0",
    };
}

/// In this order in `docs/hospital.md`, where a test looks for them.
const NOT_IMPLEMENTED: &str = "no rule mirrors these edits of the outpatient editor: 1-3, 5, 7, 8, 10-12, 38, 41, 43, 44, 47, 48, 54, 55, 58, 59, 65-69, 71, 73, 76-79, 82-87, 92, 93, \
    98-101, 105-119, 121, 122, 125-127";
