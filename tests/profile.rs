//! The page for a code against the tables, figure by figure, read back from its JSON; and what holds for advice.

#![cfg(all(feature = "json", feature = "starter"))]

#[path = "support/page.rs"]
mod page;

use cleanclaim::claim::{Claim, ServiceLine};
use cleanclaim::model::{Modifier, Payer, ProcedureCode, ServiceDate, SiteOfService};
use cleanclaim::reference::{Reference, Stale};
use cleanclaim::{Evaluator, report};
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
    let page = Evaluator::starter()
        .profile("64632".parse().unwrap(), date("2026-04-06"), &Payer::medicare())
        .unwrap();
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
    let outside = evaluator
        .profile("27130".parse().unwrap(), date("2024-08-06"), &Payer::medicare())
        .unwrap();
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
        page.unwrap().listed
    };
    assert_eq!(of(&starter), None);
    assert_eq!(of(&whole), Some(false));
}

#[test]
fn prior_authorisation_is_named_by_site() {
    let page = Evaluator::starter()
        .profile("64633".parse().unwrap(), date("2024-08-06"), &Payer::medicare())
        .unwrap();
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
    let found = evaluator.explain(&claim, &evaluator.evaluate(&claim)).findings;
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
        let page = evaluator
            .profile(code.parse().unwrap(), date(day), &Payer::medicare())
            .unwrap();
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
    let seed = cleanclaim::policy::PolicySet::seed();
    for note in notes("64632", "2026-04-06") {
        let of = |policy: &&cleanclaim::policy::Policy| {
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
    let page = evaluator.profile(code.parse().unwrap(), date(day), &payer).unwrap();
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
        let page = evaluator
            .profile("64632".parse().unwrap(), date(day), &Payer::medicare())
            .unwrap();
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
        said.contains("  TA T1 T2 T3 T4 T5 T6 T7 T8 T9  left great toe; "),
        "{said}"
    );
    assert!(said.contains("      if      the service is one on toes"), "{said}");
    assert!(said.contains("never to get past the pair"), "{said}");
}
