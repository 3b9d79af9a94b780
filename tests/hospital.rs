//! What holds for every hospital outpatient claim, and for the page that says which edits are mirrored.

#[path = "support/tables.rs"]
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use cleanclaim::claim::{Claim, ServiceLine};
use cleanclaim::model::{DateRange, Modifier, ServiceDate, Units};
use cleanclaim::rule::Order;
use cleanclaim::{Evaluator, date, rules};
use proptest::prelude::*;
use tables::Tables;

/// Small tables in which the codes of [`claim`] have something to say to each other.
const WORLD: &str = "\
outpatient 64632 T bilateral_conditional ncci_code1 ncci_code2
outpatient 64455 T bilateral_conditional ncci_code1 ncci_code2
outpatient 64600 T bilateral_inherent ncci_code1
outpatient 64633 J1 ncci_code1
outpatient 99155 N ncci_code2
outpatient 64634 N
outpatient 35216 C ncci_code1
outpatient 33999 C separate_procedure
outpatient G0101 V ncci_code2
outpatient 71046 S
outpatient 95870 Q1
outpatient 90989 E1 non_covered statutory_exclusion not_recognized_mcare
outpatient E0110 Y dmerc_billable_only
outpatient 45385 T colorectal
hospital-pair 64632 64455 1
hospital-pair 64632 99155 0
hospital-pair 64600 G0101 1
hospital-mue 64632 1 2
hospital-mue 64455 1 3
hospital-mue 71046 2 1
conflict PO PN
conflict PN PO
modifier CS
modifier PT";

const CODES: [&str; 15] = [
    "64632", "64455", "64600", "64633", "99155", "64634", "35216", "33999", "G0101", "71046", "95870", "90989",
    "E0110", "45385", "ZZZZZ",
];

const MODIFIERS: [&str; 15] = [
    "25", "27", "50", "52", "53", "59", "73", "74", "76", "RT", "PO", "PN", "CA", "PT", "ZQ",
];

static EVALUATOR: LazyLock<Evaluator> = LazyLock::new(|| {
    let mut tables = Tables::new();
    tables.read(WORLD);
    Evaluator::new(tables.build())
});

const FIRST_DAY: ServiceDate = date!(2024, 8, 6);

fn modifiers() -> impl Strategy<Value = Vec<Modifier>> {
    let one = proptest::sample::select(&MODIFIERS[..]).prop_map(|modifier| modifier.parse().unwrap());
    proptest::collection::vec(one, 0..3)
}

/// A line on one of two days; now and then over both.
fn line() -> impl Strategy<Value = ServiceLine> {
    let code = proptest::sample::select(&CODES[..]).prop_map(|code| code.parse().unwrap());
    let revenue_code = proptest::sample::select(vec!["0360", "0510", "0540"]);
    (code, modifiers(), 1..4_u32, 0..40_u8, revenue_code).prop_map(|(code, modifiers, units, day, revenue_code)| {
        let next = FIRST_DAY.next().unwrap();
        let dates = match day {
            0 => DateRange::new(FIRST_DAY, next).unwrap(),
            1..=15 => DateRange::single(next),
            _ => DateRange::single(FIRST_DAY),
        };
        ServiceLine::new(0, dates, code)
            .with_modifiers(modifiers)
            .with_units(Units::whole(units).unwrap())
            .with_revenue_code(revenue_code.parse().unwrap())
    })
}

fn claim_of(lines: impl IntoIterator<Item = ServiceLine>) -> Claim {
    let dates = DateRange::new(FIRST_DAY, date!(2024, 8, 31)).unwrap();
    Claim::institutional("H", "131".parse().unwrap(), dates)
        .lines(lines)
        .build()
        .unwrap()
}

fn claim() -> impl Strategy<Value = Claim> {
    proptest::collection::vec(line(), 1..8).prop_map(claim_of)
}

/// The (line, rule, code of the other line) of each finding, by the lines' own numbers.
fn findings(claim: &Claim) -> Vec<(Option<u32>, &'static str, Option<String>)> {
    let explained = EVALUATOR.check(claim);
    let code = |number: u32| {
        let line = claim.lines().iter().find(|line| line.number == number).unwrap();
        line.code.unwrap().to_string()
    };
    let mut found: Vec<_> = explained
        .findings
        .iter()
        .map(|finding| (finding.line, finding.rule, finding.other_line.map(code)))
        .collect();
    found.sort();
    found
}

fn raised(claim: &Claim, line: u32) -> BTreeSet<&'static str> {
    let found = findings(claim).into_iter();
    found
        .filter(|(on, ..)| *on == Some(line))
        .map(|(_, rule, _)| rule)
        .collect()
}

fn has(claim: &Claim, rule: &str) -> bool {
    findings(claim).iter().any(|(_, raised, _)| *raised == rule)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn permuting_lines_permutes_findings(
        (claim, order) in claim().prop_flat_map(|claim| {
            let order: Vec<usize> = (0..claim.lines().len()).collect();
            (Just(claim), Just(order).prop_shuffle())
        })
    ) {
        let shuffled = claim_of(order.iter().map(|&at| claim.lines()[at].clone()));
        prop_assert_eq!(findings(&claim), findings(&shuffled));
    }

    #[test]
    fn a_line_of_another_day_never_changes_a_days_pairs(claim in claim(), more in line()) {
        let more = ServiceLine::new(0, date!(2024, 8, 20), more.code.unwrap()).with_units(more.units);
        let longer = claim_of(claim.lines().iter().cloned().chain([more]));
        // Edit 27 ends all, and a line more may keep it from being raised.
        prop_assume!(!has(&claim, "E127"));
        let pairs = |claim: &Claim| {
            let mut found = findings(claim);
            found.retain(|(_, rule, _)| rule.starts_with('N'));
            found
        };
        prop_assert_eq!(pairs(&claim), pairs(&longer));
    }

    #[test]
    fn no_modifier_clears_an_indicator_0_pair(one in modifiers(), two in modifiers()) {
        let line = |code: &str, modifiers| {
            ServiceLine::new(0, FIRST_DAY, code.parse().unwrap()).with_modifiers(modifiers)
        };
        let claim = claim_of([line("64632", one), line("99155", two)]);
        prop_assert!(raised(&claim, 2).contains("N120"));
    }

    #[test]
    fn a_line_set_aside_meets_no_later_edit(claim in claim()) {
        let last: BTreeMap<_, _> = rules::ALL.iter().map(|rule| (rule.id, rule.order)).collect();
        for line in claim.lines() {
            let raised = raised(&claim, line.number);
            if raised.contains("S118") || raised.contains("S149") {
                prop_assert!(raised.iter().all(|rule| last[rule] < Order::AfterSetAside), "{raised:?}");
            }
        }
    }

    #[test]
    fn a_batch_equals_its_claims_one_by_one(claims in proptest::collection::vec(claim(), 1..6)) {
        let mut session = EVALUATOR.session();
        for claim in &claims {
            prop_assert_eq!(session.evaluate(claim), &EVALUATOR.evaluate(claim));
        }
    }

    #[test]
    fn every_claim_can_be_explained(claim in claim()) {
        let explained = EVALUATOR.check(&claim);
        for finding in &explained.findings {
            prop_assert!(!finding.message.is_empty());
        }
        for gap in &explained.not_evaluated {
            prop_assert!(!gap.reason.is_empty());
        }
    }
}

/// The rows of the page's table: the edit, what becomes of it here, and the rule or the reason.
fn page() -> BTreeMap<u16, (String, String)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/hospital.md");
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let edit = cells.get(1)?.parse().ok()?;
        Some((edit, (cells[3].to_owned(), cells[4].to_owned())))
    });
    rows.collect()
}

#[test]
fn the_page_names_the_rule_of_every_edit() {
    let page = page();
    let edits: BTreeMap<u16, &str> = rules::ALL
        .iter()
        .filter_map(|rule| Some((rule.edit?, rule.id)))
        .collect();
    for (edit, (state, rule)) in &page {
        match edits.get(edit) {
            Some(id) => assert!(
                state == "implemented" && rule.contains(id),
                "edit {edit}: {id} mirrors it"
            ),
            None => assert_ne!(state, "implemented", "edit {edit}: no rule mirrors it"),
        }
    }
    assert!(edits.keys().all(|edit| page.contains_key(edit)));
    assert_eq!(page.keys().copied().collect::<Vec<_>>(), (1..=127).collect::<Vec<_>>());
}

#[test]
fn every_claim_names_the_edits_that_are_not_implemented() {
    let line = ServiceLine::new(0, FIRST_DAY, "64632".parse().unwrap());
    let claim = claim_of([line]);
    let explained = EVALUATOR.check(&claim);
    let mut gaps = explained.not_evaluated.iter();
    let reason = &gaps.find(|gap| gap.rule == Some("E100")).unwrap().reason;
    let (_, list) = reason.split_once(": ").unwrap();
    let named: BTreeSet<u16> = list
        .split(", ")
        .flat_map(|range| {
            let (first, last) = range.split_once('-').unwrap_or((range, range));
            first.parse::<u16>().unwrap()..=last.parse().unwrap()
        })
        .collect();
    let page = page();
    let not_implemented = page.iter().filter(|(_, (state, _))| state == "not implemented");
    assert_eq!(named, not_implemented.map(|(edit, _)| *edit).collect());
}
