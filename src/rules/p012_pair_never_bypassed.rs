use crate::model::Modifier;
use crate::reference::{PairIndicator, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A pair of procedures that a modifier would set aside, although the payer says that no modifier does, or not this
    /// one.
    ///
    /// The PTP edit's indicator is 1, and one of the lines carries an NCCI-associated modifier.
    ///
    /// # Why
    /// The payer holds that the two services are one whatever is said: two parts of one shoulder, for example.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::policy::PolicySet;
    /// use cleanclaim::reference::Reference;
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let contract = r#"
    ///     payer = "aetna"
    ///     [[policy]]
    ///     id = "one nerve"
    ///     status = "in-force"
    ///     confidence = "own-page"
    ///     verified = true
    ///     title = "Our contract"
    ///     read = "2026-11-23"
    ///     says.never_bypassed = { codes = ["64632"], with = ["64455"] }
    /// "#;
    /// let policies = PolicySet::empty().with_files([("contract.toml", contract)])?;
    /// let evaluator = Evaluator::builder(Reference::starter().clone()).policies(policies).build()?;
    /// let claim = Claim::from_shorthand("aetna 2024-08-06 @11: 64632; 64455-59")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "P012");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the column 2 code off the claim, or appeal with the record.
    ///
    /// # Limits
    /// The pair is told as CMS lists it; the payer's own pairs are not known. A policy that is announced, known at
    /// second hand or not verified only advises, and the rule is then not evaluated.
    pub static P012 = {
        name: "pair-never-bypassed",
        check: Check::Pair(check),
        payers: Payers::Policy(Topic::NeverBypassed),
        needs: &[Table::PractitionerPairs, Table::Modifiers],
        carc: Some("236"),
        sources: &[Citation::new("payers' policies (docs/payers.md)", "pairs that no modifier sets aside")],
        remedies: &[Remedy::display_only(
            "Take the column 2 code off the claim, or appeal with the record.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(pair: &Pair<'_>, found: &mut Found<'_>) {
    let limit = found.policy().and_then(|policy| policy.says.never_bypassed.as_ref());
    let codes = pair.column1.code().zip(pair.column2.code());
    let (Some(limit), Some((one, two))) = (limit, codes) else {
        return;
    };
    let modifier = pair
        .bypassing_modifier()
        .filter(|_| pair.edit.indicator == PairIndicator::Allowed);
    let barred = |modifier| limit.modifiers.is_empty() || limit.modifiers.contains(&modifier);
    if let Some(modifier) = modifier.filter(|&modifier| limit.is_about(one, two) && barred(modifier)) {
        let index = u32::try_from(modifier.index()).unwrap_or_default();
        found.raise_as(Disposition::LineDenial, &pair.column2, Some(&pair.column1), index);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let modifier = Modifier::from_index(raised.finding().detail() as usize);
    format!(
        "{} does not let modifier {} set the edit between {} and {} aside",
        raised.payer(),
        modifier.map_or_else(String::new, |modifier| modifier.to_string()),
        raised.other_code(),
        raised.code(),
    )
}
