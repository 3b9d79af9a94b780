//! Lines that practices were paid (`../shared/data/practice/combos.csv`): each code, modifiers and site as a Medicare
//! claim of one line. The payers were of every kind, so that a few lines are ones that Medicare would not pay.

use std::collections::{BTreeMap, BTreeSet};

use cleanclaim::{Claim, Evaluator};

use super::common::published;
use super::{EVALUATOR, show};

/// The rules that used to stop what Medicare pays, and the share of lines that they may stop together.
const FALSE_ALARMS: [&str; 8] = ["C004", "C005", "M001", "M002", "S002", "U001", "U002", "U003"];
const MOST: f64 = 0.01;

/// The rules by which the table of modifiers judges, and the shares of lines that they may stop, and leave open.
const OF_MODIFIERS: [&str; 4] = ["M001", "M004", "M070", "M071"];
const MOST_STOPPED: f64 = 0.01;
const MOST_OPEN: f64 = 0.02;

struct Combination {
    shorthand: String,
    lines: u32,
    stops: BTreeSet<&'static str>,
    /// The rules of modifiers that were not evaluated, with the reason.
    open: BTreeSet<String>,
}

fn combinations(evaluator: &Evaluator, text: &str) -> Vec<Combination> {
    let rows = text.lines().skip(1).map(|row| {
        let fields: Vec<&str> = row.split(',').collect();
        let [code, modifiers, site, lines] = fields[..] else {
            panic!("{row}");
        };
        let modifiers: String = modifiers
            .split_whitespace()
            .map(|modifier| format!("-{modifier}"))
            .collect();
        let shorthand = format!("2024-08-06 @{site}: {code}{modifiers}");
        let claim = Claim::from_shorthand(&shorthand).unwrap_or_else(|error| panic!("{row}: {error}"));
        let evaluation = evaluator.evaluate(&claim);
        let stopping = evaluation
            .findings()
            .iter()
            .filter(|finding| finding.disposition().stops());
        Combination {
            shorthand,
            lines: lines.parse().unwrap(),
            stops: stopping.map(|finding| evaluator.rules()[finding.rule()].id).collect(),
            open: evaluation
                .not_evaluated()
                .iter()
                .filter(|gap| {
                    gap.rule()
                        .is_some_and(|rule| OF_MODIFIERS.contains(&evaluator.rules()[rule].id))
                })
                .map(|gap| gap.reason().text(evaluator.reference()))
                .collect(),
        }
    });
    rows.collect()
}

fn weight<'c>(combinations: impl Iterator<Item = &'c Combination>) -> u32 {
    combinations.map(|combination| combination.lines).sum()
}

#[test]
fn lines_that_were_paid() {
    let (Some(path), Some(evaluator)) = (published("practice/combos.csv"), EVALUATOR.as_ref()) else {
        return;
    };
    let combinations = combinations(evaluator, &std::fs::read_to_string(path).unwrap());
    let all = weight(combinations.iter());
    let mut by_rule = BTreeMap::<&str, Vec<&Combination>>::new();
    for combination in &combinations {
        for rule in &combination.stops {
            by_rule.entry(rule).or_default().push(combination);
        }
    }
    let mut said = vec![format!("{} combinations, {all} lines; stopped by", combinations.len())];
    for (rule, stopped) in &by_rule {
        let lines = weight(stopped.iter().copied());
        let share = 100.0 * f64::from(lines) / f64::from(all);
        let named: Vec<&str> = stopped.iter().map(|one| &one.shorthand[16..]).take(12).collect();
        let more = if stopped.len() > named.len() { ", ..." } else { "" };
        said.push(format!("{rule} {lines:>6} {share:>6.2} %  {}{more}", named.join(", ")));
    }
    let is_alarm = |one: &&Combination| one.stops.iter().any(|rule| FALSE_ALARMS.contains(rule));
    let alarms = f64::from(weight(combinations.iter().filter(is_alarm))) / f64::from(all);
    said.push(format!("{} together {:.2} %", FALSE_ALARMS.join(" "), 100.0 * alarms));
    show(&said);
    assert!(alarms < MOST, "{:.2} % of lines", 100.0 * alarms);
}

/// The table of modifiers on lines that were paid: it stops few, and leaves few open.
#[test]
fn modifiers_of_lines_that_were_paid() {
    let (Some(path), Some(evaluator)) = (published("practice/combos.csv"), EVALUATOR.as_ref()) else {
        return;
    };
    let combinations = combinations(evaluator, &std::fs::read_to_string(path).unwrap());
    let all = f64::from(weight(combinations.iter()));
    let stopped = |one: &&Combination| one.stops.iter().any(|rule| OF_MODIFIERS.contains(rule));
    let open = |one: &&Combination| !one.open.is_empty();
    let share = |which: &dyn Fn(&&Combination) -> bool| f64::from(weight(combinations.iter().filter(which))) / all;
    let (share_stopped, share_open) = (share(&stopped), share(&open));
    let mut said = vec![format!(
        "modifiers stopped on {:.2} % of lines, left open on {:.2} %",
        100.0 * share_stopped,
        100.0 * share_open
    )];
    for one in combinations.iter().filter(|one| stopped(one) || open(one)) {
        let why: Vec<&str> = one
            .stops
            .iter()
            .copied()
            .chain(one.open.iter().map(String::as_str))
            .collect();
        said.push(format!("{:>5} {}: {}", one.lines, &one.shorthand[16..], why.join("; ")));
    }
    show(&said);
    assert!(share_stopped < MOST_STOPPED, "{share_stopped}");
    assert!(share_open < MOST_OPEN, "{share_open}");
}
