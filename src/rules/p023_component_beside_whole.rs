use crate::claim::ServiceLine;
use crate::model::Modifier;
use crate::model::modifier_groups::{COMPONENTS, DISTINCT, REPEATED, join};
use crate::reference::{PcTc, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A component of a service (26 or TC) beside the whole service of the same day, whoever bills it, for a payer that
    /// denies the component.
    ///
    /// # Why
    /// The whole holds both components: the second line is paid for already.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("bcbs/OK 2024-08-06 @11: 76942; 76942-26")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P023"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill either the whole or its components, as they were given.
    ///
    /// # Limits
    /// Lines on other claims are not seen. Two lines, one of which says that it is a repeated or distinct service, are not looked
    /// at. A policy that is announced, known at second hand or not verified only advises, and the rule is then not
    /// evaluated.
    pub static P023 = {
        name: "component-beside-whole",
        check: Check::LineInClaim(check),
        on: Trigger::Modifiers(&COMPONENTS),
        payers: Payers::Policy(Topic::ComponentBesideWhole),
        needs: &[Table::FeeSchedule],
        carc: Some("18"),
        sources: &[Citation::new("payers' policies (docs/payers.md)", "component beside the whole")],
        remedies: &[Remedy::needs_documentation(
            "Bill either the whole or its components, as they were given.",
        )],
        since: "0.1.0",
        message: message,
    };
}

const ANOTHER: [Modifier; 7] = join(&[&DISTINCT, &REPEATED]);

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    let denied = found
        .policy()
        .and_then(|policy| policy.says.component_beside_whole_denied)
        == Some(true);
    let has_both = line.fee().is_some_and(|fee| fee.pc_tc == PcTc::BothComponents);
    if !denied || !has_both || line.has_any(&ANOTHER) {
        return;
    }
    if let Some(whole) = whole(line) {
        found.raise_with(line, whole.number);
    }
}

/// The first line of the same code and days without a component.
fn whole<'a>(line: &LineInClaim<'a>) -> Option<&'a ServiceLine> {
    let given = line.given();
    let says_more = |modifier: Modifier| COMPONENTS.contains(&modifier) || ANOTHER.contains(&modifier);
    let is_whole = |other: &&'a ServiceLine| {
        other.code == given.code && other.dates == given.dates && !other.modifiers.iter().any(says_more)
    };
    let lines = line.whole_claim().lines().map(|line| line.given());
    lines.filter(is_whole).min_by_key(|other| other.number)
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{}-{} stands beside the whole service on line {}: {} denies the component",
        raised.code(),
        raised.modifier(&COMPONENTS),
        raised.finding().detail(),
        raised.payer(),
    )
}
