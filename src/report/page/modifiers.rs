//! The page's part about modifiers.

use crate::advice::{Advice, DistinctModifier, Proposal};
use crate::model::Modifier;
use crate::profile::CodeProfile;

use super::super::words::grouped;
use super::{Part, is_medicares};

pub(super) fn modifiers(page: &CodeProfile, sections: &mut Vec<Part>) {
    let advice = &page.modifiers;
    proposals(page, sections);
    distinct(&advice.distinct, sections);
    stopped(advice, sections);
    elsewhere(advice, sections);
    if !advice.open.is_empty() {
        sections.push(Part::Heading("Modifiers that could not be judged".to_owned()));
        sections.push(Part::Items(notes(
            advice.open.iter().map(|open| (open.modifier, open.why.clone())),
        )));
    }
}

fn proposals(page: &CodeProfile, sections: &mut Vec<Part>) {
    let proposals = &page.modifiers.proposals;
    if proposals.is_empty() {
        return;
    }
    sections.push(Part::Heading("Modifiers that may stand, in their order".to_owned()));
    if !is_medicares(page) {
        sections.push(Part::Paragraph(format!(
            "No policy that is known to bind {} speaks against these. Of what kind the code is, Medicare's fee schedule says.",
            page.payer
        )));
    }
    sections.push(Part::Entries {
        columns: &["modifier", "says", "pays", "when", "if", "record"],
        rows: proposals.chunk_by(same_but_for_meaning).filter_map(proposal).collect(),
    });
    let advisories = proposals
        .iter()
        .map(|proposal| (proposal.modifier, &proposal.advisories));
    push_advisories(advisories, sections);
}

/// Whether two modifiers differ in nothing but what they say, as the toes do.
fn same_but_for_meaning(one: &Proposal, other: &Proposal) -> bool {
    (&one.when, &one.condition, &one.documentation, &one.effect)
        == (&other.when, &other.condition, &other.documentation, &other.effect)
}

fn proposal(same: &[Proposal]) -> Option<Vec<String>> {
    let first = same.first()?;
    let modifiers: Vec<_> = same.iter().map(|proposal| proposal.modifier).collect();
    let meanings: Vec<&str> = same.iter().map(|proposal| &*proposal.meaning).collect();
    let pays = first.effect.as_ref().map_or("", |effect| &effect.words);
    Some(vec![
        list(&modifiers),
        meanings.join("; "),
        pays.to_owned(),
        first.when.to_string(),
        first.condition.as_deref().unwrap_or_default().to_owned(),
        first.documentation.to_string(),
    ])
}

fn distinct(modifiers: &[DistinctModifier], sections: &mut Vec<Part>) {
    if modifiers.is_empty() {
        return;
    }
    sections.push(Part::Heading(
        "Modifiers that tell it from another service of the day".to_owned(),
    ));
    sections.push(Part::Paragraph(
        "Only beside another service with which it forms a code pair of indicator 1, and only where the record shows what they \
         say: never to get past the pair. A pair of indicator 0 none of them sets aside."
            .to_owned(),
    ));
    sections.push(Part::Entries {
        columns: &["modifier", "says", "when", "record"],
        rows: modifiers
            .iter()
            .map(|distinct| {
                vec![
                    distinct.modifier.to_string(),
                    distinct.meaning.to_string(),
                    distinct.when.to_string(),
                    distinct.documentation.to_string(),
                ]
            })
            .collect(),
    });
    let advisories = modifiers
        .iter()
        .map(|distinct| (distinct.modifier, &distinct.advisories));
    push_advisories(advisories, sections);
}

fn stopped(advice: &Advice, sections: &mut Vec<Part>) {
    if advice.stopped.is_empty() {
        return;
    }
    sections.push(Part::Heading("Modifiers that never do".to_owned()));
    let rows = by_text(advice.stopped.iter().map(|stopped| (stopped.modifier, stopped.rule)));
    let why = |rule: &str| {
        let first = advice.stopped.iter().find(|stopped| stopped.rule == rule);
        first.map_or_else(String::new, |first| first.why.clone())
    };
    sections.push(Part::Table {
        columns: &["modifiers", "rule", "why, of the first"],
        rows: rows
            .into_iter()
            .map(|(rule, modifiers)| vec![list(&modifiers), rule.to_owned(), why(rule)])
            .collect(),
    });
}

fn elsewhere(advice: &Advice, sections: &mut Vec<Part>) {
    if advice.elsewhere.is_empty() {
        return;
    }
    sections.push(Part::Heading("Modifiers that speak of other codes".to_owned()));
    let rows = by_text(
        advice
            .elsewhere
            .iter()
            .map(|elsewhere| (elsewhere.modifier, elsewhere.of.as_str())),
    );
    sections.push(Part::Table {
        columns: &["modifiers", "of"],
        rows: rows
            .into_iter()
            .map(|(of, modifiers)| vec![list(&modifiers), of.to_owned()])
            .collect(),
    });
}

/// What the rules add, each text once.
fn push_advisories<'a>(modifiers: impl Iterator<Item = (Modifier, &'a Vec<String>)>, sections: &mut Vec<Part>) {
    let texts = modifiers.flat_map(|(modifier, advisories)| {
        let each = advisories.iter();
        each.map(move |advisory| (modifier, without_modifier(advisory, modifier)))
    });
    let notes = notes(texts);
    if !notes.is_empty() {
        sections.push(Part::Items(notes));
    }
}

/// An advisory that names its modifier, so that those of several say the same.
fn without_modifier(advisory: &str, modifier: Modifier) -> String {
    advisory.replacen(&format!("modifier {modifier} on "), "", 1)
}

/// Each text once, behind the modifiers that it is about.
fn notes(texts: impl IntoIterator<Item = (Modifier, String)>) -> Vec<String> {
    by_text(texts)
        .into_iter()
        .map(|(text, modifiers)| format!("{}: {text}", list(&modifiers)))
        .collect()
}

fn by_text<T: PartialEq>(texts: impl IntoIterator<Item = (Modifier, T)>) -> Vec<(T, Vec<Modifier>)> {
    grouped(texts.into_iter().map(|(modifier, text)| (text, modifier)))
}

fn list(modifiers: &[Modifier]) -> String {
    let texts: Vec<_> = modifiers.iter().map(Modifier::to_string).collect();
    texts.join(" ")
}
