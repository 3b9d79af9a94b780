//! What payers say of the code, each with its source.

use crate::model::{PayerName, ProcedureCode};
use crate::policy::{BilateralFormat, Coverage, Form, Parameters, Policy, Position, SiteCondition, Status};
use crate::reference::{Bilateral, Component, Stale};

use super::Asked;

/// What one policy of a payer says of the code on the date.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct PayerNote {
    /// The payer.
    pub payer: PayerName,
    /// The licensee or plan; none for whichever.
    pub plan: Option<String>,
    /// The lines of business and the states that it is confined to; empty where it is to none.
    pub scope: Vec<String>,
    /// What it says, in our own words.
    pub says: Vec<String>,
    /// Why it only advises; none where findings may follow from it.
    pub caveat: Option<&'static str>,
    /// Where it stands written.
    pub source: String,
}

impl Asked<'_> {
    /// The policies for professional claims in effect on the date that are about the code: by its number, or by its
    /// bilateral indicator.
    pub(super) fn payers(&self) -> Vec<PayerNote> {
        let row = self
            .reference()
            .fee_schedule(self.code, Component::Global, self.date, Stale::Use);
        let indicator = row.found().map(|found| found.row.indicators.bilateral);
        let two_sided = indicator == Some(Bilateral::Conditional);
        let in_effect = |policy: &&Policy| {
            policy.status != Status::Withdrawn
                && policy.effective.contains(self.date)
                && (policy.forms.is_empty() || policy.forms.contains(&Form::Professional))
        };
        let policies = self.evaluator.policies().policies().filter(in_effect);
        let mut notes: Vec<PayerNote> = policies
            .filter_map(|policy| note(policy, self.code, two_sided))
            .collect();
        notes.sort_by(|one, two| (one.payer, &one.plan, &one.says).cmp(&(two.payer, &two.plan, &two.says)));
        notes
    }
}

fn note(policy: &Policy, code: ProcedureCode, two_sided: bool) -> Option<PayerNote> {
    let says = sayings(&policy.says, code, two_sided);
    if says.is_empty() {
        return None;
    }
    let lines = policy.lines_of_business.iter().map(ToString::to_string);
    Some(PayerNote {
        payer: policy.payer,
        plan: policy.plan.as_ref().map(ToString::to_string),
        scope: lines.chain(policy.states.iter().map(ToString::to_string)).collect(),
        says,
        caveat: policy.caveat(),
        source: policy.source.to_string(),
    })
}

/// What a policy says of the code, topic by topic.
fn sayings(says: &Parameters, code: ProcedureCode, two_sided: bool) -> Vec<String> {
    let mut texts = Vec::new();
    texts.extend(
        says.coverage
            .as_ref()
            .filter(|coverage| coverage.codes.contains(code))
            .map(covered),
    );
    let asked = |condition: &&SiteCondition| condition.codes.contains(code);
    texts.extend(
        says.prior_authorisation
            .as_ref()
            .filter(asked)
            .map(|it| at_sites("prior authorisation", it)),
    );
    texts.extend(
        says.site_review
            .as_ref()
            .filter(asked)
            .map(|it| at_sites("review of the site", it)),
    );
    if let Some(anatomic) = &says.anatomic_modifier
        && (anatomic.codes.contains(code) || anatomic.at_bilateral_indicator_1 && two_sided)
    {
        let modifiers: Vec<&str> = anatomic.modifiers.iter().map(|modifier| modifier.as_str()).collect();
        texts.push(format!("needs one of {}", modifiers.join(" ")));
    }
    if two_sided && !says.bilateral_formats.is_empty() {
        let formats: Vec<&str> = says
            .bilateral_formats
            .iter()
            .map(|&format| both_sides(format))
            .collect();
        texts.push(format!("both sides: {}", formats.join(", or ")));
    }
    if says
        .never_bypassed
        .as_ref()
        .is_some_and(|pairs| pairs.codes.contains(code))
    {
        texts.push("some pairs with it are not set aside by a modifier".to_owned());
    }
    texts
}

fn covered(coverage: &Coverage) -> String {
    let position = match coverage.position {
        Position::Covered => "covered",
        Position::CoveredWithConditions => "covered under conditions",
        Position::NotCovered => "not covered",
        Position::Investigational => "not covered, as investigational",
    };
    match &coverage.condition {
        Some(condition) => format!("{position}: {condition}"),
        None => position.to_owned(),
    }
}

fn at_sites(what: &str, condition: &SiteCondition) -> String {
    let list = |sites: &[crate::model::SiteOfService]| {
        let sites: Vec<String> = sites.iter().map(ToString::to_string).collect();
        sites.join(" ")
    };
    match (
        condition.asked,
        condition.sites.as_slice(),
        condition.except_sites.as_slice(),
    ) {
        (false, _, _) => format!("no {what}"),
        (true, [], []) => what.to_owned(),
        (true, [], except) => format!("{what}, but not at {}", list(except)),
        (true, sites, _) => format!("{what} at {}", list(sites)),
    }
}

fn both_sides(format: BilateralFormat) -> &'static str {
    match format {
        BilateralFormat::OneLineOneUnit => "one line with 50 and one unit",
        BilateralFormat::OneLineTwoUnits => "one line with 50 and two units",
        BilateralFormat::FiftyOnSecondLine => "two lines, 50 on the second",
        BilateralFormat::RightAndLeftLines => "a line with RT and a line with LT",
        BilateralFormat::RightAndLeftInTwoSessions => "a line with RT and a line with LT, where done in two sessions",
        BilateralFormat::TwoLinesWithoutFifty => "two lines of one unit, without 50",
        BilateralFormat::TwoUnitsWithoutFifty => "one line of two units, without 50",
    }
}
