//! Repairs: the smallest changes that would remove findings, each held against an evaluation.
#![cfg(feature = "starter")]

use std::collections::BTreeSet;

use cleanclaim::repair::{Edit, Repair};
use cleanclaim::{Applicability, Claim, Evaluator};
use proptest::prelude::*;

fn repairs(claim: &str) -> Vec<Repair> {
    Evaluator::starter().repairs(&Claim::from_shorthand(claim).unwrap())
}

fn said(claim: &str) -> Vec<String> {
    repairs(claim).iter().map(ToString::to_string).collect()
}

#[test]
fn a_modifier_less() {
    assert_eq!(
        said("2024-08-06 @11: 64632-26"),
        ["line 1: remove modifier 26 (needs-documentation): resolves M010 on line 1"]
    );
    // Said twice is a matter of format, and so is a side beside 50.
    assert_eq!(
        repairs("2024-08-06 @11: 64632-RT-RT")[0].applicability,
        Applicability::Safe
    );
    assert_eq!(
        repairs("2024-08-06 @11: 64632-50-RT")[0].applicability,
        Applicability::Safe
    );
}

#[test]
fn both_sides_on_one_line() {
    let first = &repairs("2024-08-06 @11: 64632 x2")[0];
    assert_eq!(first.edit, Edit::OneLineForBothSides { line: 1, other: None });
    assert_eq!(first.applicability, Applicability::NeedsDocumentation);
    assert!(first.record[0].starts_with("50: "), "{:?}", first.record);
    let claim = Claim::from_shorthand("2024-08-06 @11: 64632-RT $100.00; 64632-LT $100.00").unwrap();
    let repairs = Evaluator::starter().repairs(&claim);
    let merged = repairs[0].edit.apply(&claim).unwrap();
    assert_eq!(
        merged.to_shorthand().matches("64632-50").count(),
        1,
        "{}",
        merged.to_shorthand()
    );
    assert!(merged.to_shorthand().contains("$200.00"));
    assert_eq!(repairs[0].applicability, Applicability::Safe);
}

#[test]
fn a_charge_that_is_not_known_is_not_made_up() {
    let claim = "2024-08-06 @11: 64632-RT $100.00; 64632-LT";
    let merges = |repair: &Repair| matches!(repair.edit, Edit::OneLineForBothSides { other: Some(_), .. });
    assert!(!repairs(claim).iter().any(merges));
}

#[test]
fn who_takes_a_modifier_off_is_told_what_that_asserts() {
    let repairs = repairs("2024-08-06 @22: 64632-62");
    let removal = repairs
        .iter()
        .find(|repair| matches!(repair.edit, Edit::RemoveModifier { .. }))
        .unwrap();
    assert_eq!(removal.applicability, Applicability::NeedsDocumentation);
    assert!(
        removal.record[0].starts_with("62 to go: that it was not so"),
        "{:?}",
        removal.record
    );
}

#[test]
fn what_is_required_is_added_by_name_with_what_the_record_must_show() {
    let therapy = &repairs("2026-05-05 @11: 97110")[0];
    assert_eq!(therapy.edit.to_string(), "line 1: add modifier GN, GO or GP");
    assert_eq!(therapy.applicability, Applicability::NeedsDocumentation);
    assert_eq!(therapy.record.len(), 3);
}

#[test]
fn a_modifier_moves_to_the_line_that_it_is_about() {
    let said = said("2026-05-05 @11: 99213; 20610-25-RT");
    assert!(
        said.iter()
            .any(|repair| repair.starts_with("move modifier 25 from line 2 to line 1 (needs-documentation)")),
        "{said:?}"
    );
}

#[test]
fn a_modifier_that_sets_a_pair_aside_is_last_and_needs_the_record() {
    let repairs = repairs("2024-08-06 @11: 64632; 64455");
    let bypass = repairs.last().unwrap();
    assert!(
        matches!(&bypass.edit, Edit::AddModifier { one_of, .. } if one_of.len() > 1),
        "{bypass}"
    );
    assert_eq!(bypass.applicability, Applicability::NeedsDocumentation);
    assert_eq!(repairs[0].edit, Edit::RemoveLine { line: 2 });
}

#[test]
fn what_cannot_be_repaired_has_none() {
    assert!(repairs("2024-08-06 @11: 64632-50").is_empty());
    assert!(repairs("2024-08-06 @99: 99999").is_empty());
}

/// A finding by its rule and the numbers of its lines.
type Found = (&'static str, Option<u32>, Option<u32>);

/// The findings that stop, and all of them.
fn findings(claim: &Claim) -> [BTreeSet<Found>; 2] {
    let evaluator = Evaluator::starter();
    let found = evaluator.check(claim).findings;
    let key = |finding: &cleanclaim::ExplainedFinding| (finding.rule, finding.line, finding.other_line);
    [
        found
            .iter()
            .filter(|finding| finding.disposition.stops())
            .map(key)
            .collect(),
        found.iter().map(key).collect(),
    ]
}

fn any_claim() -> impl Strategy<Value = Claim> {
    let code = prop::sample::select(vec![
        "64632", "64455", "99213", "20610", "97110", "73630", "11721", "00400", "E0601", "J1885", "98941", "80053",
        "64640",
    ]);
    let modifiers = prop::sample::subsequence(
        vec!["RT", "LT", "50", "26", "25", "59", "GP", "AT", "XS", "80", "62", "54"],
        0..3,
    );
    let line = (code, modifiers, 1..4_u32, any::<bool>()).prop_map(|(code, modifiers, units, doubled)| {
        let mut modifiers: Vec<&str> = modifiers;
        if doubled {
            modifiers.extend(modifiers.first().copied());
        }
        let modifiers: String = modifiers.iter().map(|modifier| format!("-{modifier}")).collect();
        format!("{code}{modifiers} x{units}")
    });
    let day = prop::sample::select(vec!["2024-08-06", "2026-05-05"]);
    (day, prop::collection::vec(line, 1..5))
        .prop_map(|(day, lines)| Claim::from_shorthand(&format!("{day} @11: {}", lines.join("; "))).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_repair_does_what_it_says(claim in any_claim()) {
        let [stops, all] = findings(&claim);
        let repairs = Evaluator::starter().repairs(&claim);
        for repair in &repairs {
            let [stops_after, all_after] = findings(&repair.edit.apply(&claim).unwrap());
            let resolved: BTreeSet<_> = stops.difference(&stops_after).copied().collect();
            let says: BTreeSet<_> =
                repair.resolves.iter().map(|finding| (finding.rule, finding.line, finding.other_line)).collect();
            prop_assert_eq!(&resolved, &says, "{}", repair);
            prop_assert!(stops_after.is_subset(&stops), "{} brings a stop", repair);
            let leaves: BTreeSet<_> =
                repair.leaves.iter().map(|finding| (finding.rule, finding.line, finding.other_line)).collect();
            prop_assert_eq!(&leaves, &stops_after);
            if repair.applicability == Applicability::Safe {
                prop_assert!(all_after.is_subset(&all), "{} is safe and adds a finding", repair);
            }
            if let Edit::AddModifier { .. } = repair.edit {
                prop_assert_eq!(repair.applicability, Applicability::NeedsDocumentation);
            }
        }
    }

    #[test]
    fn every_alternative_resolves_the_same(claim in any_claim()) {
        let [stops, _] = findings(&claim);
        for repair in Evaluator::starter().repairs(&claim) {
            if let Edit::AddModifier { line, one_of } = &repair.edit {
                for &modifier in one_of {
                    let edit = Edit::AddModifier { line: *line, one_of: vec![modifier] };
                    let [after, _] = findings(&edit.apply(&claim).unwrap());
                    prop_assert_eq!(stops.difference(&after).count(), repair.resolves.len());
                }
            }
        }
    }
}
