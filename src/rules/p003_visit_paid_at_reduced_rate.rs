use crate::modifier;
use crate::policy::Procedures;
use crate::reference::{GlobalPeriod, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A visit with modifier 25 beside a procedure, for which the payer pays less than the whole.
    ///
    /// The visit has global days XXX; the procedure, of the same provider and day, has global days 000 or 010, or 090
    /// too where the policy says so.
    ///
    /// # Why
    /// The payer holds that part of the visit's work is in the procedure's price. It reduces the payment; it does not
    /// deny the visit.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("bcbs/Horizon 2024-08-06 @11: 99213-25; 64632-RT")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P003"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Expect the lower amount; do not move the visit to another day.
    ///
    /// # Limits
    /// An advisory: nothing is wrong with the claim. Preventive visits, which some policies name as procedures, are not
    /// looked for. A policy that is announced, known at second hand or not verified only advises, and the rule is then
    /// not evaluated.
    pub static P003 = {
        name: "visit-paid-at-reduced-rate",
        check: Check::LineInClaim(check),
        on: Trigger::Modifiers(&[modifier!("25")]),
        payers: Payers::Policy(Topic::VisitReduction),
        needs: &[Table::FeeSchedule],
        disposition: Disposition::Advisory,
        sources: &[Citation::new("payers' policies (docs/payers.md)", "visit beside a procedure")],
        remedies: &[Remedy::display_only(
            "Expect the lower amount; do not move the visit to another day.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    let Some(reduction) = found.policy().and_then(|policy| policy.says.visit_reduction) else {
        return;
    };
    if global(line) != Some(GlobalPeriod::NotApplicable) {
        return;
    }
    let counts = |other: &Line<'_>| match global(other) {
        Some(GlobalPeriod::Days0 | GlobalPeriod::Days10) => true,
        Some(GlobalPeriod::Days90) => reduction.procedures == Procedures::MinorAndMajor,
        _ => false,
    };
    let procedure = line.day().filter(counts).min_by_key(|other| other.given().number);
    if let Some(procedure) = procedure {
        found.raise_beside(line, &procedure);
    }
}

fn global(line: &Line<'_>) -> Option<GlobalPeriod> {
    line.fee().map(|fee| fee.global)
}

fn message(raised: &Raised<'_>) -> String {
    let reduction = raised.policy().and_then(|policy| policy.says.visit_reduction);
    format!(
        "{} pays {}-25 beside {} at {} percent",
        raised.payer(),
        raised.code(),
        raised.other_code(),
        reduction.map_or_else(String::new, |reduction| reduction.percent.to_string()),
    )
}
