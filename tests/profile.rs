//! The page for a code against the tables, figure by figure, read back from its JSON; and what holds for advice.

#![cfg(all(feature = "json", feature = "starter"))]

#[path = "support/page.rs"]
mod page;

use std::collections::BTreeSet;

use cleanclaim::claim::{Biller, Claim, ServiceLine};
use cleanclaim::model::{Modifier, Payer, PayerName, ProcedureCode, ServiceDate, SiteOfService};
use cleanclaim::policy::{Policy, PolicySet, Topic};
use cleanclaim::profile::CodeProfile;
use cleanclaim::reference::{Reference, Stale};
use cleanclaim::{Evaluator, report, rules};
use proptest::prelude::*;

fn date(text: &str) -> ServiceDate {
    text.parse().unwrap()
}

#[test]
fn every_figure_of_every_page_stands_in_the_tables() {
    let reference = Reference::starter();
    let unknown = ["27130", "ZZZZZ", "99999"].map(|code| code.parse().unwrap());
    for (stale, day) in [(Stale::Refuse, "2024-08-06"), (Stale::Use, "2026-04-06")] {
        let evaluator = Evaluator::builder(reference.clone()).stale(stale).build().unwrap();
        for code in reference.codes().chain(unknown) {
            page::compare(&evaluator, code, date(day));
        }
    }
    // Before every release, and after some.
    for day in ["2018-01-02", "2026-04-06"] {
        for code in reference.codes().step_by(16) {
            page::compare(&Evaluator::starter(), code, date(day));
        }
    }
}

#[test]
fn the_seed_in_april_2026() {
    let page = Evaluator::starter().profile("64632".parse().unwrap(), date("2026-04-06"), &Payer::medicare());
    let text = report::PageText::new(&page).to_string();
    for said in [
        "plantar common digital nerve",
        "50  both sides in one session",
        "135.27 instead of 90.18",
        "26 TC                 M010  modifier 26 asks for a component",
        "11    office                          yes       90.18",
        "22    on-campus outpatient hospital   yes       61.79",
        "47.33",
        "status T",
        "APC 5441",
        "MAI 2",
        "work: 1.23 -> 1.20",
    ] {
        assert!(text.contains(said), "`{said}` is not on the page\n{text}");
    }
    assert!(page.prior_authorisation.is_empty());
    assert_eq!(page.listed, Some(true));
}

#[test]
fn unknown_codes_say_so() {
    let evaluator = Evaluator::starter();
    // Of a code outside the excerpt nothing is known.
    let outside = evaluator.profile("27130".parse().unwrap(), date("2024-08-06"), &Payer::medicare());
    assert_eq!(outside.listed, None);
    assert!(outside.modifiers.proposals.is_empty());
    assert!(
        report::PageText::new(&outside)
            .to_string()
            .contains("not every table answers")
    );
}

/// A code of no system, over tables that all answer and over tables of which one does not.
#[test]
fn a_code_that_no_table_lists_is_told_from_one_that_none_may_list() {
    let starter = Evaluator::starter();
    let whole = page::whole_tables();
    let of = |evaluator: &Evaluator| {
        let page = evaluator.profile("99999".parse().unwrap(), date("2024-08-06"), &Payer::medicare());
        page.listed
    };
    assert_eq!(of(&starter), None);
    assert_eq!(of(&whole), Some(false));
}

#[test]
fn prior_authorisation_is_named_by_site() {
    let page = Evaluator::starter().profile("64633".parse().unwrap(), date("2024-08-06"), &Payer::medicare());
    let sites: Vec<_> = page.prior_authorisation.iter().map(|site| site.code()).collect();
    assert_eq!(sites, ["19", "22"]);
}

/// What a modifier may raise, of all rules, and stop the line with.
fn stopping(evaluator: &Evaluator, line: ServiceLine, payer: &Payer) -> Vec<(&'static str, String)> {
    let claim = Claim::professional("P")
        .payer(payer.clone())
        .line(line)
        .build()
        .unwrap();
    let found = evaluator.check(&claim).findings;
    let stops = found.into_iter().filter(|finding| finding.disposition.stops());
    stops.map(|finding| (finding.rule, finding.message)).collect()
}

/// Modifiers that only say that services were distinct.
const DISTINCT: [&str; 5] = ["59", "XE", "XS", "XP", "XU"];

fn sites() -> impl Strategy<Value = SiteOfService> {
    proptest::sample::select(&["11", "21", "22", "24", "49", "18"][..]).prop_map(|site| site.parse().unwrap())
}

fn codes() -> impl Strategy<Value = ProcedureCode> {
    let codes: Vec<_> = Reference::starter().codes().collect();
    proptest::sample::select(codes)
}

fn payers() -> impl Strategy<Value = Payer> {
    let texts = &[
        "medicare",
        "medicare",
        "bcbs/ND",
        "bcbs/NE",
        "bcbs/Asuris",
        "cigna+commercial",
        "other/Unknown",
    ][..];
    proptest::sample::select(texts).prop_map(|payer| payer.parse().unwrap())
}

fn given_modifiers() -> impl Strategy<Value = Vec<Modifier>> {
    let modifiers = proptest::sample::select(&["26", "TC", "50", "RT", "LT", "54", "80", "59", "25", "GA", "ZZ"][..]);
    proptest::collection::vec(modifiers.prop_map(|modifier| modifier.parse().unwrap()), 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_proposal_raises_nothing_that_stops_the_line(
        code in codes(), site in sites(), given in given_modifiers(), payer in payers(), day in 0..2
    ) {
        let evaluator = Evaluator::starter();
        let day = date(["2024-08-06", "2026-04-06"][day as usize]);
        let line = ServiceLine::new(1, day, code).at_site(site).with_modifiers(given.iter().copied());
        let advice = evaluator.advise(&line, &payer).unwrap();
        let before = stopping(&evaluator, line.clone(), &payer);
        for proposal in &advice.proposals {
            prop_assert!(!DISTINCT.contains(&proposal.modifier.as_str()));
            let with = given.iter().copied().chain([proposal.modifier]);
            let mut after = stopping(&evaluator, line.clone().with_modifiers(with), &payer);
            after.retain(|finding| !before.contains(finding));
            prop_assert!(after.is_empty(), "{}-{}: {:?}", code, proposal.modifier, after);
        }
    }

    /// A pair is no reason: what is proposed is the same without the rules of pairs.
    #[test]
    fn no_modifier_is_proposed_because_of_a_pair(code in codes(), site in sites()) {
        let line = ServiceLine::new(1, date("2024-08-06"), code).at_site(site);
        let with = Evaluator::starter().advise(&line, &Payer::medicare()).unwrap();
        let without = page::without_pairs().advise(&line, &Payer::medicare()).unwrap();
        prop_assert_eq!(with, without);
    }
}

#[test]
fn payers_notes_are_those_of_the_date() {
    let evaluator = Evaluator::starter();
    let notes = |code: &str, day: &str| {
        let page = evaluator.profile(code.parse().unwrap(), date(day), &Payer::medicare());
        page.payers
    };
    let dakota = |day: &str| -> Vec<String> {
        let of = |note: &cleanclaim::profile::PayerNote| note.plan.as_deref() == Some("BCBS North Dakota");
        let notes = notes("64632", day).into_iter().filter(of);
        notes
            .flat_map(|note| note.says)
            .filter(|says| says.starts_with("both sides"))
            .collect()
    };
    assert!(dakota("2026-04-06")[0].starts_with("both sides: one line with 50 and one unit"));
    assert_eq!(dakota("2024-08-06"), dakota("2026-04-06"));
    let seed = PolicySet::seed();
    for note in notes("64632", "2026-04-06") {
        let of = |policy: &&Policy| {
            (policy.payer, policy.source.to_string()) == (note.payer, note.source.clone())
                && policy.plan.as_deref() == note.plan.as_deref()
        };
        let caveats: Vec<_> = seed.policies().filter(of).map(|policy| policy.caveat()).collect();
        assert!(caveats.contains(&note.caveat), "{note:?}");
    }
    // A visit has no sides, and no seed policy names it.
    assert!(
        notes("99213", "2024-08-06")
            .iter()
            .all(|note| !note.says.iter().any(|says| says.starts_with("both sides")))
    );
}

fn text(evaluator: &Evaluator, code: &str, day: &str, payer: &str) -> String {
    let payer: Payer = payer.parse().unwrap();
    let page = evaluator.profile(code.parse().unwrap(), date(day), &payer);
    report::PageText::new(&page).to_string()
}

/// A visit's row of the outpatient editor begins anew where only attributes differ, which are not on the page.
#[test]
fn what_changed_is_what_differs() {
    let reference = page::with_outpatient_rows(
        "64632",
        &[
            ("2019-07-01..2023-12-31", *b"T ", 5441),
            ("2024-01-01..2024-06-30", *b"T ", 5442),
            ("2024-07-01..2026-06-30", *b"J1", 5442),
        ],
    );
    let evaluator = Evaluator::new(reference);
    let changed = |day: &str| {
        let page = evaluator.profile("64632".parse().unwrap(), date(day), &Payer::medicare());
        let rows = page.changes.rows.into_iter();
        rows.map(|row| (row.what, row.day.to_string())).collect::<Vec<_>>()
    };
    let both = [
        ("status J1 (was T)", "2024-07-01"),
        ("APC 5442 (was 5441)", "2024-01-01"),
    ];
    let mut both = both.map(|(what, day)| (what.to_owned(), day.to_owned()));
    both.sort_by(|one, other| one.1.cmp(&other.1));
    assert_eq!(changed("2024-08-06"), both);
    assert_eq!(changed("2023-11-01"), []);
}

#[test]
fn an_mue_of_0_is_above_any_unit() {
    let starter = Evaluator::starter();
    let said = text(&starter, "G0463", "2024-08-06", "medicare");
    let (_, units) = said.split_once("Units (MUE)").unwrap();
    let (units, _) = units.split_once("Code pairs").unwrap();
    let practitioner = units.split("outpatient-hospital").next().unwrap();
    assert!(practitioner.contains("any unit is above the MUE"), "{units}");
    assert_eq!(units.matches("any unit is above the MUE").count(), 1, "{units}");
}

#[test]
fn the_page_says_whose_judgement_of_sites_it_is() {
    let starter = Evaluator::starter();
    let other = text(&starter, "64632", "2024-08-06", "other/Unknown");
    assert_eq!(
        other.matches("By Medicare's rules, not by other/Unknown's").count(),
        2,
        "{other}"
    );
    assert_eq!(other.matches("eligible by Medicare").count(), 2, "{other}");
    assert!(other.contains("The modifiers are judged for other/Unknown."), "{other}");
    let own = text(&starter, "64632", "2024-08-06", "medicare");
    assert!(!own.contains("By Medicare's rules"), "{own}");
}

#[test]
fn modifiers_that_differ_in_what_they_say_only_stand_together() {
    let said = text(&Evaluator::starter(), "64632", "2024-08-06", "medicare");
    assert!(said.contains("  LT RT  left side; right side\n"), "{said}");
    assert!(
        said.contains("  T1 T2 T3 T4 T5 T6 T7 T8 T9 TA  left second toe; "),
        "{said}"
    );
    assert!(said.contains("      if      the service is one on toes"), "{said}");
    assert!(said.contains("never to get past the pair"), "{said}");
}

/// How a policy speaks on a topic, of 64632 or of a visit.
fn sample(topic: Topic) -> &'static str {
    match topic {
        Topic::Follows(_) => "",
        Topic::BilateralFormats => "says.bilateral_formats = [\"one-line-one-unit\"]",
        Topic::MultipleProcedures => "says.multiple_procedures = { percents = [100, 50] }",
        Topic::ModifierPercents => "says.modifier_percents.50 = { 1 = 150 }",
        Topic::UnpaidModifiers => "says.unpaid_modifiers = [\"56\"]",
        Topic::DocumentedModifiers => "says.documented_modifiers = [\"22\"]",
        Topic::RefusedModifiers => "says.refused_modifiers = { modifiers = [\"52\"], codes = [\"64632\"] }",
        Topic::CoSurgeonsNeed62 => "says.co_surgeons_need_62 = true",
        Topic::AssistantIndicator2 => "says.assistant_at_indicator_2_only = true",
        Topic::VisitReduction => "says.visit_reduction = { percent = 50, procedures = \"minor\" }",
        Topic::AnatomicModifier => "says.anatomic_modifier = { codes = [\"64632\"], modifiers = [\"LT\", \"RT\"] }",
        Topic::Coverage => "says.coverage = { codes = [\"64632\"], position = \"covered\" }",
        Topic::PriorAuthorisation => "says.prior_authorisation = { codes = [\"64632\"] }",
        Topic::SiteReview => "says.site_review = { codes = [\"64632\"] }",
        Topic::NeverBypassed => "says.never_bypassed = { codes = [\"64632\"] }",
        Topic::RequiredModifiers => "says.required_modifiers = { codes = [\"64632\"], modifiers = [\"GP\"] }",
        Topic::ModifierKinds => "says.modifier_kinds = { modifiers = [\"25\"], codes = [\"99202-99499\"] }",
        Topic::NeedsOtherService => "says.needs_other_service = [\"25\"]",
        Topic::PaidBeside => "says.paid_beside = { codes = [\"64632\"], beside = [\"64640\"], percent = 50 }",
        Topic::SideMustMatchDiagnosis => "says.side_must_match_diagnosis = true",
        Topic::DiagnosisSideNeeded => "says.diagnosis_side_needed = true",
        Topic::RefusedSites => "says.refused_sites = { codes = [\"64632\"] }",
        Topic::TelehealthSites => "says.telehealth_sites = { sites = [\"02\"] }",
        Topic::StatusUnits => "says.status_units = { P3 = 1 }",
        Topic::ComponentBesideWhole => "says.component_beside_whole_denied = true",
        _ => panic!("{topic:?} is new: say here how a policy speaks on it"),
    }
}

#[test]
fn every_topic_that_a_rule_reads_is_on_the_page() {
    for topic in rules::ALL.iter().filter_map(|rule| rule.payers.topic()) {
        let says = match topic {
            Topic::Follows(edits) => format!("says.follows = [\"{edits}\"]"),
            own => sample(own).to_owned(),
        };
        let file = format!(
            "payer = \"aetna\"\n[[policy]]\nid = \"a\"\ntitle = \"T\"\nread = \"2026-11-23\"\nstatus = \"in-force\"\n\
             confidence = \"own-page\"\nverified = true\n{says}"
        );
        let policies = PolicySet::empty().with_files([("a.toml", &*file)]).unwrap();
        assert!(policies.policies().all(|policy| policy.says.says(topic)), "{topic:?}");
        let evaluator = Evaluator::builder(Reference::starter().clone())
            .policies(policies)
            .build()
            .unwrap();
        // 64999 is one that two surgeons may share, 99070 is bundled, 76942 has two components.
        let notes = |code: &str| {
            let page = evaluator.profile(code.parse().unwrap(), date("2024-08-06"), &Payer::medicare());
            page.payers
        };
        assert!(
            ["64632", "64999", "99213", "76942", "99070", "00400"]
                .iter()
                .any(|code| !notes(code).is_empty()),
            "no page says anything on {topic:?}"
        );
    }
}

/// A claim's payer for whom a policy holds.
fn payer_of(policy: &Policy) -> Payer {
    let mut payer = Payer::new(policy.payer);
    if let Some(plan) = &policy.plan {
        payer = payer.with_licensee(plan.clone());
    }
    if let Some(&line) = policy.lines_of_business.first() {
        payer = payer.with_line_of_business(line);
    }
    match policy.states.first() {
        Some(&state) => payer.with_state(state),
        None => payer,
    }
}

/// What payers' policies say of a line, by the sources of what is found.
fn sources_of(
    evaluator: &Evaluator,
    payer: &Payer,
    biller: Biller,
    line: ServiceLine,
    day: ServiceDate,
) -> Vec<String> {
    let other = ServiceLine::new(2, day, "64632".parse().unwrap()).at_site(SiteOfService::Office);
    let claim = Claim::professional("P")
        .payer(payer.clone())
        .biller(biller)
        .lines([line, other])
        .build()
        .unwrap();
    let found = evaluator.check(&claim).findings;
    let by_policy = |rule: &str| {
        let rule = rules::ALL.iter().find(|known| known.id == rule).unwrap();
        rule.payers.topic().is_some()
    };
    let of_line = found
        .into_iter()
        .filter(|finding| finding.line == Some(1) && by_policy(finding.rule));
    of_line.map(|finding| finding.citation[0].section.clone()).collect()
}

/// Modifiers that may stand on the code, and none.
fn lines_of(page: &CodeProfile) -> Vec<ServiceLine> {
    let plain = ServiceLine::new(1, page.date, page.code).at_site(SiteOfService::Office);
    let proposed = page.modifiers.proposals.iter().map(|proposal| proposal.modifier);
    let distinct = page.modifiers.distinct.iter().map(|distinct| distinct.modifier);
    let with = proposed
        .chain(distinct)
        .map(|modifier| plain.clone().with_modifiers([modifier]));
    std::iter::once(plain.clone()).chain(with).collect()
}

#[test]
fn what_is_found_by_a_policy_is_on_the_page_of_the_code() {
    let evaluator = Evaluator::builder(Reference::starter().clone())
        .stale(Stale::Use)
        .build()
        .unwrap();
    // Medicare's claims are not by policies.
    let others = PolicySet::seed().policies().map(payer_of);
    let payers: BTreeSet<Payer> = others.filter(|payer| payer.name != PayerName::Medicare).collect();
    let mut told = 0;
    for (code, day) in [
        ("64632", "2024-08-06"),
        ("64632", "2026-04-06"),
        ("64640", "2026-04-06"),
        ("64624", "2024-08-06"),
        ("64633", "2020-08-06"),
        ("64634", "2024-08-06"),
        ("64999", "2024-08-06"),
        ("28080", "2024-08-06"),
        ("76942", "2024-08-06"),
        ("99213", "2024-08-06"),
        ("99211", "2024-08-06"),
    ] {
        let page = evaluator.profile(code.parse().unwrap(), date(day), &Payer::medicare());
        let notes: BTreeSet<&str> = page.payers.iter().map(|note| note.source.as_str()).collect();
        for line in lines_of(&page) {
            for (payer, biller) in payers
                .iter()
                .flat_map(|payer| [(payer, Biller::Practitioner), (payer, Biller::Asc)])
            {
                for source in sources_of(&evaluator, payer, biller, line.clone(), page.date) {
                    told += 1;
                    let modifiers: Vec<Modifier> = line.all_modifiers().collect();
                    assert!(
                        notes.contains(&*source),
                        "{payer} {code} {modifiers:?} on {day}: found by `{source}`, which is not on the page"
                    );
                }
            }
        }
    }
    assert!(told > 1000, "{told}");
}

/// No rule asks Medicare's contractors: what they state has no reader but the page.
#[test]
fn what_medicares_contractors_state_is_on_the_page() {
    let page = Evaluator::starter().profile("64632".parse().unwrap(), date("2024-08-06"), &Payer::medicare());
    for policy in PolicySet::seed().policies() {
        let source = policy.source.to_string();
        assert!(
            policy.payer != PayerName::Medicare || page.payers.iter().any(|note| note.source == source),
            "{} is read by nothing",
            policy.id
        );
    }
}

#[test]
fn a_visits_page_names_what_payers_pay_beside_a_procedure() {
    let page = Evaluator::starter().profile("99213".parse().unwrap(), date("2024-08-06"), &Payer::medicare());
    let says = |plan: &str| -> Vec<String> {
        let notes = page.payers.iter().filter(|note| note.plan.as_deref() == Some(plan));
        notes.flat_map(|note| note.says.clone()).collect()
    };
    assert!(says("Horizon BCBSNJ").contains(&"pays it with 25 beside a procedure at 50 percent".to_owned()));
    // Nothing of assistants, sides or parts of the care.
    assert!(says("BCBS Alabama").is_empty());
    assert!(
        page.payers
            .iter()
            .all(|note| note.says.iter().all(|says| !says.contains("56")))
    );
}

#[test]
fn the_page_of_64632_names_who_pays_an_assistant_and_parts_of_the_care() {
    let page = Evaluator::starter().profile("64632".parse().unwrap(), date("2024-08-06"), &Payer::medicare());
    let says = |plan: &str, what: &str| {
        let notes = page.payers.iter().filter(|note| note.plan.as_deref() == Some(plan));
        notes.flat_map(|note| &note.says).any(|says| says == what)
    };
    let no_assistant = "pays no assistant: only at indicator 2, and the code's is 0";
    assert!(says("BCBS North Dakota", no_assistant));
    assert!(says("BCBS Nebraska", no_assistant));
    assert!(!says(
        "BCBS North Dakota",
        "pays 20 percent with 80, 20 percent with 81, 20 percent with 82, 17 percent with AS"
    ));
    for part in [
        "50 percent with 52",
        "25 percent with 53",
        "15 percent with 55",
        "10 percent with 56",
    ] {
        assert!(says("Horizon BCBSNJ", &format!("pays {part}")), "{part}");
    }
    assert!(says(
        "BCBS Nebraska",
        "both sides: one line with 50 and one unit, not two lines"
    ));
}
