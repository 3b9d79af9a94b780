use crate::evaluation::Reason;
use crate::model::ConditionCode;
use crate::reference::Table;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Nothing: it says once for each claim which edits of the outpatient editor no rule mirrors. On a claim for partial
    /// hospitalisation or intensive outpatient care (condition codes 41 and 92) it says that the edits of those programmes
    /// are among them.
    ///
    /// The page `docs/hospital.md` has every edit, with what becomes of it here.
    ///
    /// # Why
    /// A claim that these rules find nothing in may still come back by an edit that they do not have. Each
    /// claim must say so, not only a manual; such a claim is incomplete, never clean.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator, Verdict};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64632 rev=0360")?;
    /// let evaluation = evaluator.evaluate(&claim);
    /// assert_eq!(evaluation.verdict(), Verdict::Incomplete);
    /// let left_out = evaluator.explain(&claim, &evaluation)?.not_evaluated;
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
        check: Check::Header(check),
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

/// Named only where they could concern the claim: the page has them as out of scope.
const OF_PROGRAMMES: &str = "no rule mirrors the edits of partial hospitalisation and intensive outpatient care: 29, 30, 32-35, 46, 63, 64, 80, 81, 95-97";

/// Partial hospitalisation, and intensive outpatient care.
const PROGRAMMES: [Option<ConditionCode>; 2] = [ConditionCode::try_new("41"), ConditionCode::try_new("92")];

fn check(header: &Header<'_>, found: &mut Found<'_>) {
    found.claim_not_evaluated(Reason::NotSettled(NOT_IMPLEMENTED));
    let codes = header.condition_codes();
    if codes.iter().any(|&code| PROGRAMMES.contains(&Some(code))) {
        found.claim_not_evaluated(Reason::NotSettled(OF_PROGRAMMES));
    }
}
