use crate::policy::Position;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A service that the payer does not cover, or covers on conditions, as far as its policies say.
    ///
    /// Not covered or investigational is a denial; where that depends on a condition, or the service is covered on
    /// conditions, it is an advisory that names them.
    ///
    /// # Why
    /// Coverage of one code differs by payer: destruction of a plantar nerve is medically necessary to one, after other
    /// care failed, and investigational to another.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("bcbs/Anthem 2024-08-06 @11: 64624")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P009"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Tell the patient before the service, and see what the policy would accept.
    ///
    /// # Limits
    /// Conditions are about diagnosis, earlier care and technique, and are not checked. A code that the payer's
    /// policies do not mention is not evaluated: it may or may not be covered. A policy that is announced, known at
    /// second hand or not verified only advises, and the rule is then not evaluated.
    pub static P009 = {
        name: "service-not-covered",
        check: Check::Line(check),
        about_site: true,
        payers: Payers::Policy(Topic::Coverage),
        sources: &[Citation::new("payers' policies (docs/payers.md)", "coverage")],
        remedies: &[Remedy::display_only(
            "See what the policy accepts; where it accepts nothing, tell the patient before the service.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let Some(coverage) = found.policy().and_then(|policy| policy.says.coverage.as_ref()) else {
        return;
    };
    let conditions = coverage.condition.is_some();
    match coverage.position {
        Position::NotCovered | Position::Investigational | Position::PaidWithAnother if !conditions => {
            found.raise(line)
        }
        Position::Covered if !conditions => {}
        _ => found.raise_as(Disposition::Advisory, line, None, 0),
    }
}

fn message(raised: &Raised<'_>) -> String {
    let coverage = raised.policy().and_then(|policy| policy.says.coverage.as_ref());
    let (payer, code) = (raised.payer(), raised.code());
    let position = match coverage.map(|coverage| coverage.position) {
        Some(Position::NotCovered) => format!("{payer} does not cover {code}"),
        Some(Position::Investigational) => format!("{payer} holds {code} to be investigational"),
        Some(Position::PaidWithAnother) => format!("{payer} pays {code} with another service, never by itself"),
        Some(Position::CoveredWithConditions) => format!("{payer} covers {code} on conditions"),
        Some(Position::Covered) | None => format!("{payer} covers {code}"),
    };
    match coverage.and_then(|coverage| coverage.condition.as_deref()) {
        Some(condition) => format!("{position}: {condition}"),
        None => position,
    }
}
