use crate::claim::ServiceLine;
use crate::model::Modifier;
use crate::model::modifier_groups::{ASSISTANTS, CO_SURGEON, DISTINCT, REPEATED, RETURN, SPLIT_CARE, TEAM, join};
use crate::modifier;
use crate::reference::{CoSurgeon, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// One procedure of one day on the lines of two providers, without modifier 62, for a payer that pays two surgeons
    /// only with it.
    ///
    /// The code's co-surgeon indicator is 1 or 2. Lines on which another modifier says what the provider's part was
    /// (an assistant, a team, a part of the care, a repeated or distinct service) are not looked at.
    ///
    /// # Why
    /// Without 62 the second line is taken for the same procedure again, and neither is paid; so too where two surgeons
    /// did a side each.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand(
    ///     "bcbs/Premera+commercial+WA 2024-08-06 @22: 64999-RT by=1234567893; 64999-LT by=1245319599",
    /// )?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P014"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill 62 on both lines, where the record of each surgeon shows a distinct part of the procedure.
    ///
    /// # Limits
    /// Two surgeons on two claims are not seen together. Two lines, one of which names no provider, count as one provider's.
    /// A policy that is announced, known at second hand or not verified only advises, and the rule is then not evaluated.
    pub static P014 = {
        name: "two-surgeons-without-62",
        check: Check::LineInClaim(check),
        payers: Payers::Policy(Topic::CoSurgeonsNeed62),
        needs: &[Table::FeeSchedule],
        sources: &[Citation::new("payers' policies (docs/payers.md)", "two surgeons")],
        remedies: &[Remedy::needs_documentation(
            "Bill 62 on both lines, where the record of each surgeon shows a distinct part of the procedure.",
        )],
        since: "0.1.0",
        message: message,
    };
}

/// The modifiers by which a line says that the provider's part was another than a surgeon's of the same procedure.
const OTHER_PART: [Modifier; 17] = join(&[
    &SPLIT_CARE,
    &[TEAM],
    &REPEATED,
    &[RETURN, modifier!("79")],
    &ASSISTANTS,
    &DISTINCT,
]);

fn is_surgeons(line: &ServiceLine) -> bool {
    !line.modifiers.iter().any(|modifier| OTHER_PART.contains(&modifier))
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    let needed = found.policy().and_then(|policy| policy.says.co_surgeons_need_62) == Some(true);
    let permitted = line
        .fee()
        .is_some_and(|fee| matches!(fee.co_surgeon, CoSurgeon::NeedsDocumentation | CoSurgeon::Permitted));
    if !needed || !permitted || line.has(CO_SURGEON) || !is_surgeons(line.given()) {
        return;
    }
    if let Some(other) = other_surgeon(line) {
        found.raise_with(line, other.number);
    }
}

/// The first line of another provider with the same procedure on the same day.
fn other_surgeon<'a>(line: &LineInClaim<'a>) -> Option<&'a ServiceLine> {
    let given = line.given();
    let by_another = |other: &&'a ServiceLine| {
        let providers = given.provider.zip(other.provider);
        other.code == given.code && other.dates == given.dates && providers.is_some_and(|(one, two)| one != two)
    };
    let others = line.whole_claim().lines().map(|line| line.given()).filter(by_another);
    others
        .filter(|other| is_surgeons(other))
        .min_by_key(|other| other.number)
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} is another surgeon's too, on line {}: {} pays neither without modifier 62",
        raised.code(),
        raised.finding().detail(),
        raised.payer(),
    )
}
