//! Laws of the engine that no rule's author can break.

use cleanclaim::reference::Reference;
use cleanclaim::rule::prelude::*;
use cleanclaim::{Claim, Evaluator, Reason, SetupError, Verdict, rules};

/// Leaks rules so that they live as long as those of the catalogue, each with an id and a name of its own.
fn numbered(count: usize, rule: impl Fn() -> Rule) -> Vec<&'static Rule> {
    let leak = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    (0..count)
        .map(|number| {
            let mut rule = rule();
            rule.id = leak(format!("H{number}"));
            rule.name = leak(format!("house-rule-{number}"));
            &*Box::leak(Box::new(rule))
        })
        .collect()
}

fn whole() -> Rule {
    let mut rule = Rule::DEFAULTS;
    rule.id = "H";
    rule.name = "house-rule";
    rule.docs = "# What it checks\nNothing but itself.";
    rule.check = Check::Line(|line, found| found.raise(line));
    const SOURCES: &[Citation] = &[Citation::new("house rules", "1")];
    rule.sources = SOURCES;
    rule.message = |raised| raised.code();
    rule
}

fn with(rules: &[&'static Rule]) -> Result<Evaluator, SetupError> {
    let builder = Evaluator::builder(Reference::starter().clone());
    rules.iter().fold(builder, |builder, rule| builder.rule(rule)).build()
}

fn claim(shorthand: &str) -> Claim {
    Claim::from_shorthand(shorthand).unwrap()
}

#[test]
fn a_rule_that_reads_other_lines_is_not_evaluated_on_a_line_over_several_days() {
    let evaluator = Evaluator::starter();
    let evaluation = evaluator.evaluate(&claim("@11: 64632 x3 2024-08-06..2024-08-08"));
    assert_eq!(evaluation.verdict(), Verdict::Incomplete);
    let open: Vec<_> = evaluation
        .not_evaluated()
        .iter()
        .filter(|gap| gap.reason() == Reason::SeveralDays)
        .filter_map(|gap| Some(evaluator.rules().get(gap.rule()?)?.id))
        .collect();
    for rule in ["N001", "N002", "N003", "U002"] {
        assert!(open.contains(&rule), "{rule} is not among {open:?}");
    }
}

#[test]
fn every_check_that_is_given_other_lines_says_that_it_reads_them() {
    for rule in rules::ALL {
        let given = !matches!(rule.check, Check::Line(_) | Check::Header(_));
        assert_eq!(rule.check.reads_other_lines(), given, "{}", rule.id);
    }
}

#[test]
fn an_evaluator_refuses_a_rule_that_lacks_a_part() {
    type Without = fn(&mut Rule);
    let parts: [(&str, Without); 6] = [
        ("id", |rule| rule.id = ""),
        ("name", |rule| rule.name = ""),
        ("documentation", |rule| rule.docs = ""),
        ("check", |rule| rule.check = Rule::DEFAULTS.check),
        ("source", |rule| rule.sources = &[]),
        ("message", |rule| rule.message = Rule::DEFAULTS.message),
    ];
    assert!(with(&[Box::leak(Box::new(whole()))]).is_ok());
    for (part, remove) in parts {
        let mut rule = whole();
        remove(&mut rule);
        let refused = with(&[Box::leak(Box::new(rule))]).unwrap_err();
        assert!(
            matches!(refused, SetupError::Incomplete { missing, .. } if missing == part),
            "without its {part}: {refused}"
        );
    }
}

#[test]
fn ids_and_names_are_unique() {
    let (mut one, mut two) = (whole(), whole());
    one.id = "M010";
    two.name = "component-not-applicable";
    assert_eq!(
        with(&[Box::leak(Box::new(one))]).unwrap_err(),
        SetupError::SameId("M010")
    );
    assert_eq!(
        with(&[Box::leak(Box::new(two))]).unwrap_err(),
        SetupError::SameName("component-not-applicable")
    );
}

#[test]
fn rules_of_lines_are_without_bound() {
    let rules = numbered(1_000, whole);
    let evaluator = with(&rules).unwrap();
    let found = evaluator.check(&claim("2024-08-06 @11: 64632; 99213-26"));
    let catalogue = Evaluator::starter().check(&claim("2024-08-06 @11: 64632; 99213-26"));
    for line in [1, 2] {
        let of_line = || found.findings.iter().filter(|finding| finding.line == Some(line));
        let own = of_line()
            .filter(|finding| finding.name.starts_with("house-rule"))
            .count();
        assert_eq!(own, rules.len(), "line {line}");
        let others: Vec<_> = of_line()
            .filter(|finding| !finding.name.starts_with("house-rule"))
            .collect();
        let expected: Vec<_> = catalogue
            .findings
            .iter()
            .filter(|finding| finding.line == Some(line))
            .collect();
        assert_eq!(others, expected, "line {line}");
    }
    assert_eq!(found.not_evaluated, catalogue.not_evaluated);
}

#[test]
fn many_rules_of_claims_are_refused_or_evaluated() {
    let of_claims = || {
        let mut rule = whole();
        rule.check = Check::Claim(|_, found| found.raise_claim());
        rule
    };
    let rules = numbered(70_000, of_claims);
    assert!(matches!(with(&rules).unwrap_err(), SetupError::TooManyRules(count) if count > 70_000));
    let evaluator = with(&rules[..60_000]).unwrap();
    let findings = evaluator.check(&claim("2024-08-06 @11: 64632")).findings;
    assert_eq!(findings.len(), 60_000);
}

#[test]
fn an_evaluation_is_explained_by_its_own_rules_alone() {
    let reference = Reference::starter();
    let whole = Evaluator::starter();
    let without = Evaluator::builder(reference.clone())
        .skip(["M001"])
        .unwrap()
        .build()
        .unwrap();
    let claim = claim("2024-08-06 @11: 64632-26");
    let evaluation = without.evaluate(&claim);
    assert!(whole.explain(&claim, &evaluation).is_err());
    assert_eq!(without.explain(&claim, &evaluation).unwrap().findings[0].rule, "M010");
    // Another evaluator of the same rules will do.
    assert!(whole.explain(&claim, &Evaluator::starter().evaluate(&claim)).is_ok());
    let evaluation = whole.evaluate(&claim);
    assert_eq!(whole.explain(&claim, &evaluation).unwrap(), whole.check(&claim));
    assert_eq!(whole.session().check(&claim), whole.check(&claim));
}
