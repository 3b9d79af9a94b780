//! Every row of the table of modifiers, against itself, the catalogue and the outpatient editor's list.

use std::collections::BTreeSet;

use cleanclaim::model::Modifier;
use cleanclaim::modifiers::{ModifierTable, Refusal, RowConfidence, StopsOn};
use cleanclaim::rule::Trigger;
use cleanclaim::{modifier, rules};

const OWN: &str = include_str!("../data/modifiers.csv");
/// The modifiers that the outpatient editor's versions list, with what it knows of each.
const EDITORS: &str = include_str!("../data/modifiers-v27.1.csv");

#[test]
fn every_row_is_read() {
    let (table, problems) = ModifierTable::read("modifiers.csv", OWN);
    assert_eq!(problems, []);
    let rows = OWN.lines().filter(|line| !line.starts_with('#')).count() - 1;
    assert_eq!(table.rows().count(), rows);
}

/// The editor lists 36 placeholders such as `#0`, which no claim may carry and which are no modifiers here.
#[test]
fn every_modifier_of_the_editor_has_a_row_and_no_other() {
    let listed = EDITORS.lines().filter(|line| !line.starts_with('#')).skip(1);
    let listed: BTreeSet<Modifier> = listed.filter_map(|line| line.split(',').next()?.parse().ok()).collect();
    let own: BTreeSet<Modifier> = ModifierTable::seed().rows().map(|row| row.modifier).collect();
    assert_eq!(own, listed);
}

/// Where the editor's list ends a modifier, the row ends it on the same day or before.
#[test]
fn no_row_outlives_the_editors() {
    for line in EDITORS.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let Ok(last) = fields[2].parse() else { continue };
        let later = EDITORS
            .lines()
            .any(|other| other.starts_with(fields[0]) && other != line && other.contains(",,"));
        if later {
            continue;
        }
        let row = ModifierTable::seed().row(fields[0].parse().unwrap()).unwrap();
        assert!(row.in_force.last() <= last, "{} ends on {last}", row.modifier);
    }
}

#[test]
fn excludes_go_both_ways_and_name_rows() {
    let table = ModifierTable::seed();
    for row in table.rows() {
        for other in &row.excludes {
            assert_ne!(other.modifier, row.modifier);
            let back = table
                .row(other.modifier)
                .unwrap_or_else(|| panic!("{} excludes {}", row.modifier, other.modifier));
            let back = back.excludes.iter().find(|back| back.modifier == row.modifier);
            let same = back.map(|back| (back.stops, back.is_medicares));
            assert_eq!(
                same,
                Some((other.stops, other.is_medicares)),
                "{} and {}",
                row.modifier,
                other.modifier
            );
        }
    }
}

#[test]
fn needed_modifiers_have_rows_and_are_not_excluded() {
    let table = ModifierTable::seed();
    for row in table.rows() {
        for other in &row.needs {
            assert!(table.row(other.modifier).is_some());
            assert!(!row.excludes.iter().any(|excluded| excluded.modifier == other.modifier));
        }
    }
}

#[test]
fn the_rule_that_judges_in_place_of_a_row_is_in_the_catalogue() {
    for row in ModifierTable::seed().rows() {
        let Some(id) = &row.judged_by else { continue };
        let rule = rules::ALL.iter().find(|rule| rule.id == &**id);
        let rule = rule.unwrap_or_else(|| panic!("{} is judged by {id}", row.modifier));
        // Those that are called by kinds of service ask what the line lacks.
        let by_kind = matches!(rule.on, Trigger::Kinds(_)) && !row.needs.is_empty();
        let by_modifier = matches!(rule.on, Trigger::Modifiers(modifiers) if modifiers.contains(&row.modifier));
        assert!(by_kind || by_modifier, "{id} is not called by {}", row.modifier);
    }
}

#[test]
fn knowledge_never_stops_a_claim() {
    for row in ModifierTable::seed().rows() {
        let stops = row.stops_on != StopsOn::None;
        assert!(!stops || row.confidence != RowConfidence::Knowledge, "{}", row.modifier);
        assert_eq!(stops, row.refusal.is_some(), "{}", row.modifier);
        let says_so = row.source.contains("UNVERIFIED");
        assert_eq!(says_so, row.confidence == RowConfidence::Knowledge, "{}", row.modifier);
    }
}

/// Our own words: none of the phrases by which the owners of the codes describe theirs.
#[test]
fn no_row_repeats_the_owners_words() {
    let theirs = [
        "significant, separately identifiable",
        "evaluation and management service",
        "distinct procedural service",
        "increased procedural services",
        "reduced services",
        "discontinued procedure",
        "bilateral procedure",
        "multiple procedures",
        "decision for surgery",
        "repeat procedure or service",
        "unplanned return to the operating/procedure room",
        "assistant surgeon",
        "minimum assistant",
        "physical status",
        "moribund",
        "normal healthy patient",
        "mandated services",
        "preoperative management",
        "postoperative management",
        "surgical care only",
        "synchronous telemedicine",
        "habilitative services",
    ];
    for row in ModifierTable::seed().rows() {
        let words = format!("{} {} {}", row.meaning, row.when, row.record).to_lowercase();
        for phrase in theirs {
            assert!(!words.contains(phrase), "{}: {phrase}", row.modifier);
        }
    }
}

#[test]
fn rows_of_ones_own_are_read_beside_bad_ones() {
    let heading = OWN.lines().find(|line| !line.starts_with('#')).unwrap();
    let good =
        "XE,another visit,procedure,,59@m?,2024-01-01,,both,payment,,visit,denied,used,50,half,when,,record,me,payer";
    let bad = [
        ("kinds", good.replace(",procedure,", ",procedur,")),
        ("excludes", good.replace("59@m?", "599")),
        ("from", good.replace("2024-01-01", "2024-02-30")),
        ("form", good.replace(",both,", ",either,")),
        ("stops_on", good.replace(",payer", ",knowledge")),
        ("disposition", good.replace(",denied,", ",refused,")),
        ("percent", good.replace(",50,", ",half,")),
        ("modifier", good.to_owned()),
        ("row", "XE,too,few".to_owned()),
    ];
    for (column, row) in bad {
        let first = if column == "modifier" { good } else { "" };
        let text = format!("{heading}\n{first}\n{row}\n{}\n", good.replace("XE,", "XS,"));
        let (table, problems) = ModifierTable::read("mine.csv", &text);
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(&*problems[0].column, column);
        assert_eq!(problems[0].line, 3, "{}", problems[0]);
        assert!(table.row(modifier!("XS")).is_some());
    }
    let (table, problems) = ModifierTable::seed().with_rows("mine.csv", &format!("{heading}\n{good}\n"));
    assert_eq!(problems, []);
    let row = table.row(modifier!("XE")).unwrap();
    assert_eq!((&*row.meaning, row.refusal), ("another visit", Some(Refusal::Denied)));
    assert_eq!(table.rows().count(), ModifierTable::seed().rows().count());
}
