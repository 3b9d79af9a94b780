//! Payers' policies about the code, each with its source.

mod topic_text;

use crate::claim::ServiceLine;
use crate::model::{Modifier, Payer, PayerName, SiteOfService};
use crate::policy::{Form, Policy, Status};
use crate::reference::{Component, Lookup, Stale};

use self::topic_text::{About, Row};
use super::Asked;

/// One policy of a payer about the code on the date.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct PayerNote {
    /// The payer.
    pub payer: PayerName,
    /// The licensee or plan; `None` for all of them.
    pub plan: Option<String>,
    /// The lines of business and the states that it is confined to, and `asc` where it is of centres' claims alone; empty
    /// where it is confined to none.
    pub scope: Vec<String>,
    /// What it says, in our own words.
    pub says: Vec<String>,
    /// Why it only advises; `None` if findings may follow from it.
    pub caveat: Option<&'static str>,
    /// Its source.
    pub source: String,
}

/// The forms of claims that rules of payers' policies look at.
const FORMS: [Form; 2] = [Form::Professional, Form::Asc];

impl Asked<'_> {
    /// The policies in effect on the date that can concern the code: by its number, or by its row in the fee schedule.
    pub(super) fn payers(&self) -> Vec<PayerNote> {
        let about = self.about();
        let in_effect = |policy: &&Policy| {
            policy.status != Status::Withdrawn
                && policy.effective.contains(self.date)
                && (policy.forms.is_empty() || policy.forms.iter().any(|form| FORMS.contains(form)))
        };
        let policies = self.evaluator.policies().policies().filter(in_effect);
        let mut notes: Vec<PayerNote> = policies.filter_map(|policy| note(policy, &about)).collect();
        notes.sort_by(|one, two| (one.payer, &one.plan, &one.says).cmp(&(two.payer, &two.plan, &two.says)));
        notes
    }

    fn about(&self) -> About {
        let row = match self
            .reference()
            .fee_schedule(self.code, Component::Global, self.date, Stale::Use)
        {
            Lookup::Found(found) => Row::Listed(found.row.indicators),
            Lookup::NotListed => Row::NotListed,
            Lookup::NotCovered(_) => Row::NotKnown,
        };
        let elsewhere = match row {
            Row::NotKnown => Vec::new(),
            Row::Listed(_) | Row::NotListed => self.modifiers_of_other_codes(),
        };
        About {
            code: self.code,
            row,
            elsewhere,
        }
    }

    /// The modifiers that speak of other codes, or that the fee schedule's indicators keep from the code.
    fn modifiers_of_other_codes(&self) -> Vec<Modifier> {
        let line = ServiceLine::new(1, self.date, self.code).at_site(SiteOfService::Office);
        let advice = self.evaluator.advise(&line, &Payer::medicare());
        let modifiers = advice.map(|advice| {
            let elsewhere = advice.elsewhere.into_iter().map(|elsewhere| elsewhere.modifier);
            let stopped = advice.stopped.into_iter().map(|stopped| stopped.modifier);
            elsewhere.chain(stopped).collect()
        });
        modifiers.unwrap_or_default()
    }
}

fn note(policy: &Policy, about: &About) -> Option<PayerNote> {
    let says = about.texts(&policy.says);
    if says.is_empty() {
        return None;
    }
    let lines = policy.lines_of_business.iter().map(ToString::to_string);
    let states = policy.states.iter().map(ToString::to_string);
    let of_centres = (policy.forms.as_slice() == [Form::Asc]).then(|| Form::Asc.to_string());
    Some(PayerNote {
        payer: policy.payer,
        plan: policy.plan.as_ref().map(ToString::to_string),
        scope: lines.chain(states).chain(of_centres).collect(),
        says,
        caveat: policy.caveat(),
        source: policy.source.to_string(),
    })
}
