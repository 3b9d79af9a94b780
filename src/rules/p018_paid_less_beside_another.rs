use crate::model::Percent;
use crate::policy::{PaidBeside, Policy};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A service for which the payer pays less, or nothing, beside another of the same provider and day.
    ///
    /// The policy names both services, the share, and the modifier with which that holds. Where the payer denies the service
    /// without that modifier, so does the rule.
    ///
    /// # Why
    /// A visit for a problem beside a preventive visit shares its work; payers pay it at half, or want 25 to pay it at all.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("other/BridgeSpan+commercial+WA 2024-08-06 @11: 99396; 99213-25")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P018"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Expect the lower amount. Where the modifier is missing, add it if the record shows a separate service.
    ///
    /// # Limits
    /// A reduction is an advisory: nothing is wrong with the claim. Services on other claims of the day are not seen. A
    /// policy that is announced, known at second hand or not verified only advises, and the rule is then not evaluated.
    pub static P018 = {
        name: "paid-less-beside-another",
        check: Check::LineInClaim(check),
        payers: Payers::Policy(Topic::PaidBeside),
        carc: Some("97"),
        sources: &[Citation::new("payers' policies (docs/payers.md)", "services beside one another")],
        remedies: &[Remedy::needs_documentation(
            "Expect the lower amount. Where the modifier is missing, add it if the record shows a separate service.",
        )],
        since: "0.1.0",
        message: message,
    };
}

const WITHOUT_MODIFIER: u32 = 1;

fn paid(policy: Option<&Policy>) -> Option<&PaidBeside> {
    policy?.says.paid_beside.as_ref()
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    let Some(paid) = paid(found.policy()) else {
        return;
    };
    let is_beside = |other: &Line<'_>| {
        other.position() != line.position() && other.code().is_some_and(|code| paid.beside.contains(code))
    };
    let Some(other) = line.day().filter(is_beside).min_by_key(|other| other.given().number) else {
        return;
    };
    if paid.modifier.is_some_and(|modifier| !line.has(modifier)) {
        if paid.denied_without {
            found.raise_as(Disposition::LineDenial, line, Some(&other), WITHOUT_MODIFIER);
        }
    } else if paid.percent == Percent::whole(0) {
        found.raise_beside(line, &other);
    } else {
        found.raise_as(Disposition::Advisory, line, Some(&other), 0);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let Some(paid) = paid(raised.policy()) else {
        return String::new();
    };
    let (payer, code, other) = (raised.payer(), raised.code(), raised.other_code());
    let with = paid
        .modifier
        .map_or_else(String::new, |modifier| format!(" with modifier {modifier}"));
    if raised.finding().detail() == WITHOUT_MODIFIER {
        return format!("{payer} pays {code} beside {other} only{with}");
    }
    if paid.percent == Percent::whole(0) {
        return format!("{payer} does not pay {code}{with} beside {other}");
    }
    format!("{payer} pays {code}{with} beside {other} at {} percent", paid.percent)
}
