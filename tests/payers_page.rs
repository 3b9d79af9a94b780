//! Keeps `docs/payers.md` as the policies of the library say: rewrites it when it is stale, then fails once saying so.

#![cfg(feature = "json")]

#[path = "support/kept.rs"]
mod kept;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use cleanclaim::model::{PayerName, ServiceDate};
use cleanclaim::policy::{Policy, PolicySet};
use kept::{keep, root};

/// What the page of the payers begins with.
const PAYERS_PAGE: &str = "\
# The payers

Written by `cargo xtask generate` from `data/payers/`; do not edit.

Medicare's rules are the [catalogue](rules.md); what its contractors state beside them stands on the page for a code alone. Of other
payers the library carries what their published policies say, as data: each entry below with the claims and dates for which it
holds, its source, and how well it is known. The rules of family P read them; the rules that mirror CMS's edits go by them where a
payer says that it follows those. What no entry decides is reported as not evaluated.

- **decides**: in force, read on the payer's own page, and shown by it to hold on these dates. Findings may follow.
- **advises**: known at second hand, or not verified to be still in force. What follows is an advisory, and the rule counts as not
  evaluated.
- **announced**: made known; it advises and changes nothing else. **withdrawn**: taken back before it was in force; it answers
  nothing.

Which entry answers where several hold, and how to add your own: the documentation of `cleanclaim::policy`. A claim that gives
no line of business is taken for the plan's usual one where the plan has one; a state that is not given fits no entry that names
states, unless they are all that the plan is of. What a policy says may have changed since it was read. Percentages in
parentheses are by what the fee schedule prints for the code in the column that goes with the modifier (the bilateral indicator
with 50, the assistant's with 80), or by code.
";

#[test]
fn the_page_of_the_payers_is_current() {
    let seed = PolicySet::seed();
    let mut text = PAYERS_PAGE.to_owned();
    for &payer in PayerName::ALL {
        let mut policies: Vec<_> = seed.policies().filter(|policy| policy.payer == payer).collect();
        policies.sort_by_key(|policy| (policy.plan.clone(), policy.effective, policy.id.clone()));
        if policies.is_empty() {
            continue;
        }
        let title = if payer == PayerName::Other {
            "Other payers"
        } else {
            payer.title()
        };
        let _ = write!(
            text,
            "\n## {title}\n\n| claims | says | dates | standing | source |\n| --- | --- | --- | --- | --- |\n"
        );
        for policy in policies {
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {} |",
                claims_of(policy),
                says(policy),
                dates_of(policy),
                standing(policy),
                source(policy),
            );
        }
    }
    text.push_str(&left_out());
    keep(&root().join("docs/payers.md"), &text);
}

fn claims_of(policy: &Policy) -> String {
    fn words(values: &[impl ToString]) -> Option<String> {
        let words: Vec<_> = values.iter().map(ToString::to_string).collect();
        (!words.is_empty()).then(|| words.join(" or "))
    }
    let parts = [
        policy.plan.as_deref().map(str::to_owned),
        words(&policy.lines_of_business),
        words(&policy.states),
        words(&policy.forms),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        "all".to_owned()
    } else {
        parts.join("; ")
    }
}

/// The parameters as the file has them, without its marks; a table within a table in parentheses.
fn says(policy: &Policy) -> String {
    fn plain(value: &serde_json::Value) -> String {
        match value {
            serde_json::Value::Object(fields) => {
                let fields = fields.iter().map(|(name, value)| match value {
                    serde_json::Value::Object(_) => format!("{name} ({})", plain(value)),
                    _ => format!("{name} {}", plain(value)),
                });
                fields.collect::<Vec<_>>().join(", ")
            }
            serde_json::Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(", "),
            serde_json::Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }
    let says = serde_json::to_value(&policy.says).unwrap();
    let parts = says.as_object().unwrap().iter();
    let parts = parts.map(|(name, value)| format!("`{name}` {}", plain(value)));
    let mut text = parts.collect::<Vec<_>>().join("; ").replace("  ", " ");
    if let Some(note) = &policy.note {
        let _ = write!(text, ". *{note}*");
    }
    text
}

fn dates_of(policy: &Policy) -> String {
    let (first, last) = (policy.effective.first(), policy.effective.last());
    match (first == ServiceDate::MIN, last == ServiceDate::MAX) {
        (true, true) => "not stated".to_owned(),
        (true, false) => format!("until {last}"),
        (false, true) => format!("from {first}"),
        (false, false) => format!("{first} to {last}"),
    }
}

fn standing(policy: &Policy) -> String {
    match policy.caveat() {
        None => "decides".to_owned(),
        Some(caveat @ ("announced" | "withdrawn")) => caveat.to_owned(),
        Some(caveat) => format!("advises: {caveat}"),
    }
}

fn source(policy: &Policy) -> String {
    let title = policy.source.title.replace('|', "/");
    let title = match &policy.source.url {
        Some(url) => format!("[{title}]({url})"),
        None => title,
    };
    match &policy.source.number {
        Some(number) => format!("{title}, {number}"),
        None => title,
    }
}

/// The facts that were collected and are in no entry, counted and named.
fn left_out() -> String {
    let ledgers = ["payer_facts.tsv", "further_payer_facts.tsv", "payer_lists.tsv"];
    let ledgers = ledgers.map(|name| std::fs::read_to_string(root().join("tests/support").join(name)).unwrap());
    let mut facts = 0;
    let mut reasons: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in ledgers.iter().flat_map(|ledger| ledger.lines().skip(1)) {
        facts += 1;
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, payer, plan, about, _, why] = fields[..] else {
            panic!("`{line}` has not six fields");
        };
        if !why.is_empty() {
            let who = if plan.contains(payer) {
                plan.to_owned()
            } else {
                format!("{payer}, {plan}")
            };
            reasons
                .entry(why.to_owned())
                .or_default()
                .push(format!("{who} ({about})"));
        }
    }
    let count: usize = reasons.values().map(Vec::len).sum();
    let mut text = format!(
        "\n## Known and left out\n\nOf {facts} facts that were collected, {} are carried in the {} entries above, of which {} decide. \
         {count} are not:\n\n\
         | why | facts | which |\n| --- | --- | --- |\n",
        facts - count,
        PolicySet::seed().policies().count(),
        PolicySet::seed().policies().filter(|policy| policy.decides()).count(),
    );
    for (why, facts) in reasons {
        let _ = writeln!(text, "| {why} | {} | {} |", facts.len(), facts.join("; "));
    }
    text
}
