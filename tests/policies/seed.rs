//! The policies that come with the library.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::PathBuf;

use cleanclaim::model::{Payer, PayerName, ServiceDate};
use cleanclaim::policy::{Form, PolicySet, Topic};
use cleanclaim::{date, rules};

#[test]
fn the_seed_is_read_whole() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/payers");
    let mut entries = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        entries += text.lines().filter(|line| *line == "[[policy]]").count();
        // So that the reason is told, which the embedded seed does not do.
        if let Err(error) = PolicySet::empty().with_files([("seed", text.as_str())]) {
            panic!("{error}");
        }
    }
    assert!(entries > 100);
    assert_eq!(PolicySet::seed().policies().count(), entries);
}

#[test]
fn every_entry_of_the_seed_says_where_it_stands() {
    for policy in PolicySet::seed().policies() {
        let (id, source) = (&policy.id, &policy.source);
        assert!(!source.title.is_empty(), "{id} has no title");
        assert!(
            source.url.is_some() || policy.note.as_deref().is_some_and(|note| note.contains("taken over")),
            "{id} has no address, and does not say why"
        );
        assert!(
            !policy.decides()
                || policy.effective.last() < ServiceDate::MAX
                || policy.effective.first() > ServiceDate::MIN,
            "{id} decides, and says neither since when nor until when"
        );
    }
}

/// For each fact collected, which entries carry it, or why none does; and the facts themselves, where a file holds them.
const LEDGERS: [(&str, Option<&str>); 3] = [
    ("payer_facts.tsv", Some("payers/payer_facts.csv")),
    ("further_payer_facts.tsv", Some("world/new_payer_facts.csv")),
    ("payer_lists.tsv", None),
];

#[test]
fn every_fact_collected_is_carried_or_left_out_for_a_reason() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let ids: BTreeSet<&str> = PolicySet::seed().policies().map(|policy| &*policy.id).collect();
    let mut carried = BTreeSet::<String>::new();
    for (ledger, facts) in LEDGERS {
        let ledger = std::fs::read_to_string(root.join("tests/support").join(ledger)).unwrap();
        for (number, line) in (1_u32..).zip(ledger.lines().skip(1)) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [fact, _, _, _, entries, why_not] = fields[..] else {
                panic!("`{line}` has not six fields");
            };
            assert_eq!(fact, number.to_string());
            let entries: Vec<&str> = entries.split_whitespace().collect();
            assert!(entries.is_empty() != why_not.is_empty(), "{line}");
            assert!(entries.iter().all(|entry| ids.contains(entry)), "{line}");
            carried.extend(entries.into_iter().map(str::to_owned));
        }
        let Some(facts) = facts else { continue };
        let Ok(facts) = std::fs::read_to_string(root.join("../shared/data").join(facts)) else {
            // Not by a macro, whose words the harness keeps from who runs the tests.
            let _ = writeln!(
                std::io::stderr(),
                "skipped: the facts themselves are not beside this checkout"
            );
            continue;
        };
        assert_eq!(facts.lines().count(), ledger.lines().count());
    }
    for id in &ids {
        assert!(carried.contains(*id), "`{id}` carries no fact of the lists");
    }
}

#[test]
fn every_payer_of_the_seed_has_policies() {
    let payers: BTreeSet<_> = PolicySet::seed().policies().map(|policy| policy.payer).collect();
    for payer in [
        PayerName::Medicare,
        PayerName::Aetna,
        PayerName::BlueCrossBlueShield,
        PayerName::Cigna,
        PayerName::UnitedHealthcare,
    ] {
        assert!(payers.contains(&payer), "{payer}");
    }
    for licensee in [
        "ND",
        "NE",
        "Independence",
        "Anthem",
        "Horizon",
        "Regence",
        "nebraska",
        "blue cross blue shield of north dakota",
    ] {
        let payer = Payer::new(PayerName::BlueCrossBlueShield).with_licensee(licensee);
        let resolved = PolicySet::seed().resolve(&payer, Form::Professional, date!(2026, 6, 30));
        assert!(!resolved.policies().is_empty(), "{licensee}");
    }
}

#[test]
fn every_parameter_is_read_by_a_rule() {
    let read: BTreeSet<Topic> = rules::ALL.iter().filter_map(|rule| rule.payers.topic()).collect();
    assert_eq!(read, Topic::all().collect());
}
