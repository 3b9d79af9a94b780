//! Laws of the engine that no rule's author can break.
#![cfg(feature = "starter")]

use std::collections::BTreeSet;

use cleanclaim::claim::{Biller, ServiceLine};
use cleanclaim::model::{Payer, PayerName, SiteOfService};
use cleanclaim::reference::{Gap, OutpatientFlag, Reference, ReferenceBuilder, Table};
use cleanclaim::rule::prelude::*;
use cleanclaim::{Claim, Evaluator, Judgement, Reason, SetupError, Verdict, code, date, modifier, rules};

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

fn ignore<T>(_: T) {}

/// A check of each accessor of facts, with the table that it reads, on a claim of each form.
type Read = (&'static str, Table, Check);

fn reads_of_professional_claims() -> Vec<Read> {
    use cleanclaim::reference::AddOnType;
    vec![
        ("fee", Table::FeeSchedule, Check::Line(|line, _| ignore(line.fee()))),
        ("mue", Table::PractitionerMue, Check::Line(|line, _| ignore(line.mue()))),
        (
            "is_add_on",
            Table::AddOn,
            Check::Line(|line, _| ignore(line.is_add_on())),
        ),
        (
            "add_on_edits",
            Table::AddOn,
            Check::Line(|line, _| ignore(line.add_on_edits().count())),
        ),
        (
            "has_primary",
            Table::AddOn,
            Check::LineInClaim(|line, _| ignore(line.day().any(|other| line.has_primary(&other, AddOnType::Listed)))),
        ),
        (
            "is_listed",
            Table::Asc,
            Check::Line(|line, _| ignore(line.is_listed(Table::Asc))),
        ),
        (
            "asc_entries",
            Table::Asc,
            Check::Line(|line, _| ignore(line.asc_entries().count())),
        ),
        (
            "knows_modifier",
            Table::Modifiers,
            Check::Line(|line, _| ignore(line.knows_modifier(modifier!("50")))),
        ),
        (
            "is_unknown",
            Table::Modifiers,
            Check::Line(|line, _| ignore(line.is_unknown(modifier!("QZ")))),
        ),
        (
            "modifier_row",
            Table::Modifiers,
            Check::Line(|line, _| ignore(line.modifier_row(modifier!("50")))),
        ),
        (
            "conflicting_modifiers",
            Table::ModifierConflicts,
            Check::Line(|line, _| ignore(line.conflicting_modifiers())),
        ),
        (
            "CodeDay::mue",
            Table::PractitionerMue,
            Check::CodeDay(|day, _| ignore(day.mue())),
        ),
        (
            "edits_in_column2",
            Table::PractitionerPairs,
            Check::LineInClaim(|line, _| line.edits_in_column2(|_| {})),
        ),
    ]
}

fn reads_of_institutional_claims() -> Vec<Read> {
    vec![
        ("mue", Table::HospitalMue, Check::Line(|line, _| ignore(line.mue()))),
        (
            "entry",
            Table::OutpatientCodes,
            Check::Line(|line, _| ignore(line.entry())),
        ),
        (
            "status",
            Table::OutpatientCodes,
            Check::Line(|line, _| ignore(line.status())),
        ),
        (
            "flag",
            Table::OutpatientCodes,
            Check::Line(|line, _| ignore(line.flag(OutpatientFlag::NonCovered))),
        ),
        (
            "edits_in_column2",
            Table::HospitalPairs,
            Check::LineInClaim(|line, _| line.edits_in_column2(|_| {})),
        ),
    ]
}

/// What a rule that needs nothing and only reads answers, over a reference.
fn answer(reference: &Reference, check: Check, form: FormKind, claim: &Claim) -> Vec<Reason> {
    let mut rule = whole();
    (rule.check, rule.form) = (check, form);
    let evaluator = Evaluator::builder(reference.clone())
        .rule(Box::leak(Box::new(rule)))
        .only(["H"])
        .unwrap()
        .build()
        .unwrap();
    let evaluation = evaluator.evaluate(claim);
    evaluation.not_evaluated().iter().map(|gap| gap.reason()).collect()
}

#[test]
fn a_table_that_does_not_answer_is_not_a_table_that_lists_nothing() {
    let nothing = ReferenceBuilder::new().build().unwrap();
    for (form, reads, shorthand) in [
        (
            FormKind::Professional,
            reads_of_professional_claims(),
            "2024-08-06 @11: 64632-50",
        ),
        (
            FormKind::Institutional,
            reads_of_institutional_claims(),
            "tob=131 2024-08-06: 64632-50 rev=0360",
        ),
    ] {
        for (accessor, table, check) in reads {
            let found = answer(&nothing, check, form, &claim(shorthand));
            assert_eq!(found, [Reason::Table(Gap::NotLoaded(table))], "{accessor}");
        }
    }
    // The starter's tables answer for this code, whether they list it or not: then the rule is evaluated.
    for (accessor, table, check) in reads_of_professional_claims() {
        if table != Table::ModifierConflicts {
            let found = answer(
                Reference::starter(),
                check,
                FormKind::Professional,
                &claim("2024-08-06 @11: 64632-50"),
            );
            assert_eq!(found, [], "{accessor}");
        }
    }
}

#[test]
fn what_a_rule_found_in_a_table_that_does_not_answer_is_dropped() {
    let check = Check::Line(|line, found| {
        if line.fee().is_none() {
            found.raise(line);
        }
    });
    // The starter is an excerpt: it does not answer for this code, which is in use.
    let outside = answer(
        Reference::starter(),
        check,
        FormKind::Professional,
        &claim("2024-08-06 @11: 70551"),
    );
    assert!(
        matches!(outside[..], [Reason::Table(Gap::OutsideExcerpt(_))]),
        "{outside:?}"
    );
    let other = Check::LineInClaim(|line, found| {
        if line.day().any(|other| other.fee().is_none()) {
            found.raise(line);
        }
    });
    let beside = answer(
        Reference::starter(),
        other,
        FormKind::Professional,
        &claim("2024-08-06 @11: 64632; 70551"),
    );
    assert!(
        matches!(beside[..], [Reason::OtherLine(_), Reason::Table(_)]),
        "{beside:?}"
    );
    // A table of the other form is never read.
    let hospital = Check::Line(|line, _| ignore(line.status()));
    let wrong_form = answer(
        Reference::starter(),
        hospital,
        FormKind::Professional,
        &claim("2024-08-06 @11: 64632"),
    );
    assert!(matches!(wrong_form[..], [Reason::NotSettled(_)]), "{wrong_form:?}");
}

#[test]
fn every_accessor_that_reads_a_table_relies_on_it() {
    // Those that tell themselves what is missing, and those that name a row that another accessor gave.
    const EXEMPT: [&str; 6] = ["gap", "look_up_fee", "primary", "kinds", "set_aside", "is_on_t_day"];
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/facts");
    let mut checked = 0;
    for file in ["line.rs", "line_in_claim.rs", "outpatient.rs", "day.rs"] {
        let text = std::fs::read_to_string(root.join(file)).unwrap();
        for accessor in text.split("\n    pub fn ").skip(1) {
            let (name, _) = accessor.split_once('(').unwrap();
            let body = accessor.split_once("\n    }\n").map_or(accessor, |(body, _)| body);
            let reads = [
                "self.tables()",
                "self.code_facts",
                "facts.mue",
                "has_modifier(",
                "self.period",
                "Pair::between",
            ];
            if reads.iter().any(|read| body.contains(read)) && !EXEMPT.contains(&name) {
                assert!(
                    body.contains("rely_on("),
                    "{file}: `{name}` reads a table and does not rely on it"
                );
                checked += 1;
            }
        }
    }
    assert!(checked >= 12, "only {checked} accessors were found");
}

#[test]
fn a_rule_needs_the_tables_that_trigger_it() {
    use cleanclaim::reference::StatusCode;
    let mut rule = whole();
    rule.on = Trigger::Status(&[StatusCode::Bundled]);
    let refused = with(&[Box::leak(Box::new(rule))]).unwrap_err();
    assert_eq!(
        refused,
        SetupError::TableNotNeeded {
            rule: "H",
            table: Table::FeeSchedule
        }
    );
    let mut rule = whole();
    rule.on = Trigger::Status(&[StatusCode::Bundled]);
    rule.needs = &[Table::FeeSchedule];
    assert!(with(&[Box::leak(Box::new(rule))]).is_ok());
    // `Evaluator::new` does not ask: the catalogue holds.
    assert!(Evaluator::builder(Reference::starter().clone()).build().is_ok());
}

#[test]
fn a_summary_is_the_whole_first_sentence() {
    for rule in rules::ALL {
        let summary = rule.summary();
        assert!(summary.ends_with('.'), "{}: `{summary}` is no sentence", rule.id);
        let text = rule.section("What it checks");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let rest = text
            .strip_prefix(&summary)
            .unwrap_or_else(|| panic!("{}: `{summary}`", rule.id));
        let next = rest.trim_start().chars().next();
        assert!(
            next.is_none_or(|next| !next.is_lowercase()),
            "{}: `{summary}` is cut before `{rest}`",
            rule.id
        );
    }
}

#[test]
fn a_message_always_names_the_payer() {
    fn check_claim(_: &WholeClaim<'_>, found: &mut Found<'_>) {
        found.raise_claim();
    }
    let mut rule = whole();
    rule.check = Check::Claim(check_claim);
    rule.payers = Payers::All;
    rule.message = |raised| format!("to {}", raised.payer());
    let evaluator = with(&[Box::leak(Box::new(rule))]).unwrap();
    for (shorthand, payer) in [
        ("2024-08-06 @11: 64632", "to Medicare"),
        ("cigna 2024-08-06 @11: 64632", "to Cigna"),
    ] {
        let found = evaluator.check(&claim(shorthand)).findings;
        assert!(found.iter().any(|finding| finding.message == payer), "{found:?}");
    }
}

#[test]
fn every_rule_whose_answer_depends_on_the_site_alone_is_about_sites() {
    let evaluator = Evaluator::starter();
    let about: BTreeSet<&str> = rules::ALL
        .iter()
        .filter(|rule| rule.is_about_site())
        .map(|rule| rule.id)
        .collect();
    let sites = [
        SiteOfService::Office,
        SiteOfService::OnCampusOutpatientHospital,
        SiteOfService::AmbulatorySurgicalCenter,
    ];
    let mut compared = 0;
    for code in evaluator.reference().codes() {
        let found = sites.map(|site| {
            let claim = Claim::professional("1")
                .line(ServiceLine::new(1, date!(2024, 8, 6), code).at_site(site))
                .build()
                .unwrap();
            let findings = evaluator.check(&claim).findings;
            findings
                .into_iter()
                .map(|finding| finding.rule)
                .collect::<BTreeSet<_>>()
        });
        for rule in found.iter().flatten() {
            if found.iter().any(|found| !found.contains(rule)) {
                assert!(about.contains(rule), "{rule} on {code} depends on the site");
                compared += 1;
            }
        }
    }
    assert!(compared > 10, "only {compared} findings depend on the site");
}

#[test]
fn rules_of_codes_and_sites_are_about_sites() {
    for rule in rules::ALL.iter().filter(|rule| ["C", "S"].contains(&rule.family())) {
        assert!(rule.is_about_site(), "{}: declare `about_site: true`", rule.id);
    }
}

#[test]
fn site_eligibility_asks_own_rules_and_the_payer() {
    let evaluator = {
        let mut own = whole();
        own.on = Trigger::Sites(&[SiteOfService::Office]);
        own.payers = Payers::All;
        own.disposition = Disposition::LineDenial;
        with(&[Box::leak(Box::new(own))]).unwrap()
    };
    let ask = |site, payer: Payer| {
        evaluator.site_eligibility(code!("64632"), site, Biller::Practitioner, &payer, date!(2024, 8, 6))
    };
    let office = ask(SiteOfService::Office, Payer::medicare());
    assert_eq!(
        office.findings.iter().map(|finding| finding.rule).collect::<Vec<_>>(),
        ["H"]
    );
    let hospital = ask(SiteOfService::OnCampusOutpatientHospital, Payer::medicare());
    assert_eq!(hospital.judgement, Judgement::Holds);
    let cigna = ask(SiteOfService::OnCampusOutpatientHospital, Payer::new(PayerName::Cigna));
    assert_eq!(cigna.judgement, Judgement::NotKnown);
}
