use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::modifier_groups::IN_GLOBAL_PERIOD;
use crate::reference::{GlobalPeriod, Table};
use crate::rule::prelude::*;

use super::global_package::{days_afterwards, is_open, package, procedure_before};

crate::rule! {
    /// # What it checks
    /// A procedure with global days 000, 010 or 090 without 58, 78 or 79, in the 10 or 90 days after a procedure of
    /// the same provider on the claim.
    ///
    /// # Why
    /// The payment of the first procedure includes what follows from it without a return to the operating room. The
    /// modifier says what the second is: 58 planned or more extensive, 78 a complication in the operating room, 79
    /// unrelated.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("@11: 64632-RT 2024-08-06; 64632-LT 2024-08-12")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "G004" && finding.line == Some(2)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Put the modifier on the second procedure that the record supports.
    ///
    /// # Limits
    /// Procedures on other claims are not seen.
    pub static G004 = {
        name: "procedure-after-procedure",
        check: Check::LineInClaim(check),
        on: Trigger::Kinds(ServiceKinds::of(&[
            ServiceKind::Global0,
            ServiceKind::Global10,
            ServiceKind::Global90,
        ])),
        needs: &[Table::FeeSchedule],
        carc: Some("97"),
        sources: &[
            Citation::new("CMS, PFS Relative Value File documentation", "global days 010 and 090"),
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 12, section 40.2"),
        ],
        remedies: &[Remedy::needs_documentation(
            "58 where the second procedure was planned or more extensive, 78 for a complication treated in the operating room, 79 \
             where it has nothing to do with the first, as the record shows.",
        ).adding(&IN_GLOBAL_PERIOD)],
        since: "0.1.0",
        message: message,
    };
}

fn is_procedure(line: &Line<'_>) -> bool {
    matches!(
        package(line),
        Some(GlobalPeriod::Days0 | GlobalPeriod::Days10 | GlobalPeriod::Days90)
    )
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    if line.has_any(&IN_GLOBAL_PERIOD) || !is_procedure(line) {
        return;
    }
    match procedure_before(line) {
        Some(procedure) => found.raise_beside(line, &procedure),
        None => {
            is_open(line, line.earlier(), found);
        }
    }
}

fn message(raised: &Raised<'_>) -> String {
    let procedure = raised.other();
    format!(
        "{} has none of 58, 78 and 79 within the {} days after {} of {}, whose payment includes the care afterwards",
        raised.code(),
        procedure.and_then(days_afterwards).unwrap_or_default(),
        raised.other_code(),
        procedure.map(|line| line.date().to_string()).unwrap_or_default(),
    )
}
