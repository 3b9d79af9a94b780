//! What the rules share that need the final status indicators of a claim.

use crate::evaluation::Reason;
use crate::rule::prelude::*;

const FINAL_STATUS_UNKNOWN: &str = "a line of status indicator J1, J2 or Q1 to Q4 changes the final status indicators of \
    the claim by conditional packaging, which is not done here";

/// Whether the final status indicators are those of the editor's codes. Where they are not, says that the rule is not
/// evaluated on the claim.
pub(super) fn is_settled(claim: &WholeClaim<'_>, found: &mut Found<'_>) -> bool {
    if claim.has_conditional_packaging() {
        found.claim_not_evaluated(Reason::NotSettled(FINAL_STATUS_UNKNOWN));
    }
    !claim.has_conditional_packaging()
}
