//! A policy file: TOML, one payer's plans and policies.

use serde::Deserialize;

use crate::model::{DateRange, LineOfBusiness, PayerName, ServiceDate, State};

use super::entry::Layer;
use super::{Confidence, Form, Parameters, Plan, Policy, PolicyError, Source, Status, Topic};

/// What a file holds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    payer: PayerName,
    #[serde(default)]
    plan: Vec<Plan>,
    #[serde(default)]
    policy: Vec<PolicyText>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PolicyText {
    id: Box<str>,
    plan: Option<Box<str>>,
    #[serde(default)]
    lines_of_business: Vec<LineOfBusiness>,
    #[serde(default)]
    states: Vec<State>,
    #[serde(default)]
    forms: Vec<Form>,
    from: Option<ServiceDate>,
    to: Option<ServiceDate>,
    status: Status,
    confidence: Confidence,
    verified: bool,
    title: Box<str>,
    number: Option<Box<str>>,
    url: Option<Box<str>>,
    read: ServiceDate,
    note: Option<Box<str>>,
    says: Parameters,
}

/// A file that was read.
#[derive(Debug)]
pub(super) struct PolicyFile {
    pub(super) name: Box<str>,
    pub(super) payer: PayerName,
    pub(super) plans: Vec<Plan>,
    pub(super) policies: Vec<Policy>,
}

pub(super) fn read(name: &str, text: &str, layer: Layer) -> Result<PolicyFile, PolicyError> {
    let file: FileText = toml::from_str(text).map_err(|error| unreadable(name, text, &error))?;
    let payer = file.payer;
    let policies: Result<_, _> = file
        .policy
        .into_iter()
        .map(|policy| policy.into_policy(name, payer, layer))
        .collect();
    Ok(PolicyFile {
        name: name.into(),
        payer,
        plans: file.plan,
        policies: policies?,
    })
}

impl PolicyText {
    fn into_policy(self, file: &str, payer: PayerName, layer: Layer) -> Result<Policy, PolicyError> {
        let invalid = |Fault { field, value, expected }| PolicyError::Invalid {
            file: file.into(),
            policy: self.id.clone(),
            field,
            value,
            expected,
        };
        if let Some(fault) = self.fault() {
            return Err(invalid(fault));
        }
        let first = self.from.unwrap_or(ServiceDate::MIN);
        let last = self.to.unwrap_or(ServiceDate::MAX);
        let Some(effective) = DateRange::new(first, last) else {
            return Err(invalid(Fault::new(
                "to",
                last.to_string(),
                "a day that is not before `from`",
            )));
        };
        Ok(Policy {
            id: self.id,
            payer,
            plan: self.plan,
            lines_of_business: self.lines_of_business,
            states: self.states,
            forms: self.forms,
            effective,
            status: self.status,
            confidence: self.confidence,
            verified: self.verified,
            source: Source {
                title: self.title,
                number: self.number,
                url: self.url,
                read: self.read,
            },
            note: self.note,
            says: self.says,
            layer,
        })
    }

    /// What is wrong with the name of the entry or with what it says.
    fn fault(&self) -> Option<Fault> {
        if self.id.trim().is_empty() {
            return Some(Fault::new("id", self.id.to_string(), "a name that no other policy has"));
        }
        if !Topic::all().any(|topic| self.says.says(topic)) {
            return Some(Fault::new(
                "says",
                "{}".to_owned(),
                "at least one parameter with a value",
            ));
        }
        if let Some((topic, modifier)) = self.says.misplaced_modifier() {
            return Some(Fault::new("says", modifier.to_string(), modifiers_of(topic)));
        }
        if self.says.bilateral_formats.is_empty() && self.says.has_bilateral_limits() {
            let expected = "`bilateral_denied` and `bilateral_indicators` beside `bilateral_formats`";
            return Some(Fault::new("says", "no `bilateral_formats`".to_owned(), expected));
        }
        if let Some(word) = self.says.misplaced_indicator() {
            return Some(Fault::new(
                "says.bilateral_indicators",
                word.to_owned(),
                "0, 1, 2, 3 or 9",
            ));
        }
        if let Some(word) = self.says.misplaced_percent() {
            let expected = "a value that the fee schedule prints in the modifier's column, as `1`, or a procedure code";
            return Some(Fault::new("says.modifier_percents", word.to_owned(), expected));
        }
        let has_no_code = |topic| self.says.codes(topic).is_some_and(super::CodeSet::is_empty);
        let mut said = Topic::all().filter(|&topic| self.says.says(topic));
        said.any(has_no_code)
            .then(|| Fault::new("says", "codes = []".to_owned(), "at least one code"))
    }
}

/// What is wrong with a field of an entry.
struct Fault {
    field: &'static str,
    value: String,
    expected: &'static str,
}

impl Fault {
    fn new(field: &'static str, value: String, expected: &'static str) -> Self {
        Self { field, value, expected }
    }
}

/// The modifiers that a topic takes, in words.
fn modifiers_of(topic: Topic) -> &'static str {
    match topic {
        Topic::StatusUnits => "a physical status, P1 to P6",
        Topic::DocumentedModifiers | Topic::RefusedModifiers | Topic::ModifierKinds | Topic::NeedsOtherService => {
            "a modifier with which payers ask for the record (`policy::RECORD_MODIFIERS`)"
        }
        _ => "a modifier that changes payment (`policy::PAYMENT_MODIFIERS`)",
    }
}

/// An error of the TOML reader, located in the file's own terms: the entry, the line, and the text there.
fn unreadable(file: &str, text: &str, error: &toml::de::Error) -> PolicyError {
    let at = error.span().map_or(0, |span| span.start);
    let before = text.get(..at).unwrap_or(text);
    let line = before.lines().count().max(1);
    let line = if before.ends_with('\n') { line + 1 } else { line };
    PolicyError::Unreadable {
        file: file.into(),
        line,
        entry: entry_at(text, before),
        found: text.lines().nth(line - 1).unwrap_or_default().trim().into(),
        message: error.message().trim().into(),
    }
}

/// The name of the entry that begins before a place of a file.
fn entry_at(text: &str, before: &str) -> Box<str> {
    let heading = |line: &&str| line.trim_start().starts_with("[[");
    // The error may lie on the heading's own line.
    let lines = before.lines().count().max(1);
    let mut here = text.lines().take(lines).collect::<Vec<_>>().into_iter().rev();
    let Some(kind) = here.find(heading) else {
        return "the head of the file".into();
    };
    let kind = kind.trim().trim_matches(['[', ']']);
    let number = text
        .lines()
        .take(lines)
        .filter(|line| line.trim().trim_matches(['[', ']']) == kind && heading(line));
    let number = number.count();
    let entry = text
        .split("[[")
        .skip(1)
        .filter(|entry| entry.starts_with(kind))
        .nth(number.saturating_sub(1));
    let name = entry.into_iter().flat_map(str::lines).find_map(|line| {
        let (key, value) = line.split_once('=')?;
        matches!(key.trim(), "id" | "name").then(|| value.trim().trim_matches('"').to_owned())
    });
    match name {
        Some(name) => format!("{kind} `{name}`").into(),
        None => format!("{kind} {number}").into(),
    }
}
