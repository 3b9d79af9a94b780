//! Keeps `docs/modifiers.md` as the table of modifiers says: rewrites it when it is stale, then fails once saying so.

#[path = "support/kept.rs"]
mod kept;

use std::fmt::Write as _;

use cleanclaim::model::{Modifier, ServiceDate};
use cleanclaim::modifiers::{
    Companion, MedicareUse, ModifierEntry, ModifierForm, ModifierTable, RowConfidence, ambulance_pair_words,
};
use kept::{keep, root};

const HEAD: &str = "\
# The modifiers

Written by `cargo test` from `data/modifiers.csv`; do not edit.

Every modifier in use, in our own words: what it says, when it is used, what it may stand on, what it needs and does not go with,
what the record must show, and who says so. Rules, advice and the page for a code read the same rows. A row marked
UNVERIFIED is known from the field only: it advises and never stops a claim. Where a code is of a kind by its number only, so is
what follows. The columns of the file: the documentation of `cleanclaim::modifiers`.

";

#[test]
fn the_page_of_the_modifiers_is_current() {
    let mut text = HEAD.to_owned();
    text.push_str("| modifier | says | when to use |\n| --- | --- | --- |\n");
    for row in ModifierTable::seed().rows() {
        let _ = writeln!(
            text,
            "| [{0}](#{1}) | {2} | {3} |",
            row.modifier,
            anchor(row.modifier),
            row.meaning,
            row.when
        );
    }
    text.push_str(
        "\n## An ambulance's pairs\n\nOn an ambulance's service two letters say where the trip begins and ends:\n\n",
    );
    let all: Vec<Modifier> = (0..Modifier::COUNT).filter_map(Modifier::from_index).collect();
    let pairs = all.iter().filter_map(|&pair| Some((pair, ambulance_pair_words(pair)?)));
    for (pair, (from, to)) in pairs {
        let _ = writeln!(text, "- {pair}: from {from} to {to}");
    }
    for row in ModifierTable::seed().rows() {
        push(row, &mut text);
    }
    keep(&root().join("docs/modifiers.md"), &text);
}

fn anchor(modifier: Modifier) -> String {
    format!("modifier-{}", modifier.as_str().to_lowercase())
}

fn push(row: &ModifierEntry, text: &mut String) {
    let _ = writeln!(text, "\n## Modifier {}\n\n{}\n", row.modifier, sentence(&row.meaning));
    let _ = writeln!(text, "- use: {}", row.when);
    let _ = writeln!(text, "- stands on: {}", row.stands_on_words());
    for (what, value) in [
        ("if", row.condition.to_string()),
        ("needs one of", companions(&row.needs)),
        ("does not go with", companions(&row.excludes)),
        ("in use", days(row)),
        ("claims", form(row).to_owned()),
        ("payment", row.effect.to_string()),
        (
            "share of the payment",
            row.percent
                .map_or_else(String::new, |percent| format!("{percent} percent")),
        ),
        ("Medicare", medicare(row).to_owned()),
        ("judged by", row.judged_by.as_deref().unwrap_or_default().to_owned()),
        ("record", row.record.to_string()),
        ("source", source(row)),
    ] {
        if !value.is_empty() {
            let _ = writeln!(text, "- {what}: {value}");
        }
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

fn companions(others: &[Companion]) -> String {
    let said = others.iter().map(|other| {
        let how = match (other.is_medicares, other.stops) {
            (false, true) => "",
            (true, true) => " (Medicare)",
            (_, false) => " (UNVERIFIED)",
        };
        format!("{}{how}", other.modifier)
    });
    said.collect::<Vec<_>>().join(", ")
}

fn days(row: &ModifierEntry) -> String {
    let (first, last) = (row.in_force.first(), row.in_force.last());
    match (first > ServiceDate::MIN, last < ServiceDate::MAX) {
        (false, false) => String::new(),
        (true, false) => format!("from {first}"),
        (false, true) => format!("to {last}"),
        (true, true) => format!("from {first} to {last}"),
    }
}

fn form(row: &ModifierEntry) -> &'static str {
    match row.form {
        ModifierForm::Professional => "professional",
        ModifierForm::Institutional => "institutional",
        _ => "professional and institutional",
    }
}

fn medicare(row: &ModifierEntry) -> &'static str {
    match row.medicare {
        MedicareUse::Ignored => "takes it and pays no heed",
        MedicareUse::NotUsed => "makes no use of it",
        _ => "",
    }
}

fn source(row: &ModifierEntry) -> String {
    match row.confidence {
        RowConfidence::Secondary => format!("{}, at second hand", row.source),
        _ => row.source.to_string(),
    }
}
