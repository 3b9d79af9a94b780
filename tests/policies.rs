//! Payers' policies: the seed, what a file can say, and which policy answers.

#[path = "support/claims.rs"]
mod claims;
#[path = "support/tables.rs"]
mod tables;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;

use claims::{claim, world};
use cleanclaim::claim::{Biller, ServiceLine};
use cleanclaim::model::{LineOfBusiness, Payer, PayerName, ServiceDate, State};
use cleanclaim::policy::{
    Asked, BilateralFormat, Form, Policy, PolicyError, PolicySet, Resolved, Setting, Status, Topic,
};
use cleanclaim::reference::Reference;
use cleanclaim::{Claim, Coverage, Evaluator, Verdict, date, rules};
use proptest::prelude::*;

static WORLD: LazyLock<Reference> = LazyLock::new(|| world().build());

fn evaluator(policies: PolicySet) -> Evaluator {
    Evaluator::builder(WORLD.clone()).policies(policies).build().unwrap()
}

fn read(text: &str) -> Result<PolicySet, PolicyError> {
    PolicySet::empty().with_files([("test.toml", text)])
}

/// A policy that decides, for Aetna unless `head` says more, with further lines.
fn aetna(entries: &[(&str, &str)]) -> String {
    let mut text = "payer = \"aetna\"\n".to_owned();
    for (id, lines) in entries {
        text.push_str(&format!(
            "[[policy]]\nid = \"{id}\"\ntitle = \"T\"\nread = \"2026-11-23\"\n{lines}\n"
        ));
    }
    text
}

const DECIDES: &str = "status = \"in-force\"\nconfidence = \"own-page\"\nverified = true";
const ONE: &str = "says.bilateral_formats = [\"one-line-one-unit\"]";
const TWO: &str = "says.bilateral_formats = [\"one-line-two-units\"]";

fn refused(entries: &[(&str, &str)]) -> String {
    read(&aetna(entries)).unwrap_err().to_string()
}

fn formats<'s>(set: &'s PolicySet, payer: &Payer, date: ServiceDate) -> Setting<'s> {
    let resolved = set.resolve(payer, Form::Professional, date);
    resolved.on(Topic::BilateralFormats, Asked::default())
}

fn first_format(policy: Option<&Policy>) -> Option<BilateralFormat> {
    policy.map(|policy| policy.says.bilateral_formats[0])
}

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

/// `tests/support/payer_facts.tsv` says for each fact collected which entries carry it, or why none does.
#[test]
fn every_fact_collected_is_carried_or_left_out_for_a_reason() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let ledger = std::fs::read_to_string(root.join("tests/support/payer_facts.tsv")).unwrap();
    let ids: BTreeSet<&str> = PolicySet::seed().policies().map(|policy| &*policy.id).collect();
    let mut carried = BTreeSet::new();
    for (number, line) in (1_u32..).zip(ledger.lines().skip(1)) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [fact, _, _, _, entries, why_not] = fields[..] else {
            panic!("`{line}` has not six fields");
        };
        assert_eq!(fact, number.to_string());
        let entries: Vec<&str> = entries.split_whitespace().collect();
        assert!(entries.is_empty() != why_not.is_empty(), "{line}");
        assert!(entries.iter().all(|entry| ids.contains(entry)), "{line}");
        carried.extend(entries);
    }
    for id in &ids {
        assert!(carried.contains(*id), "`{id}` carries no fact of the list");
    }
    let facts = root.join("../shared/data/payers/payer_facts.csv");
    let Ok(facts) = std::fs::read_to_string(facts) else {
        println!("skipped: the facts themselves are not beside this checkout");
        return;
    };
    assert_eq!(facts.lines().count(), ledger.lines().count());
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

#[test]
fn a_field_or_value_that_there_is_not_is_named_with_what_is_valid() {
    let unknown_field = refused(&[
        ("first", DECIDES),
        ("a", &format!("{DECIDES}\n{ONE}\ncolour = \"red\"")),
    ]);
    assert!(unknown_field.starts_with("test.toml, line "), "{unknown_field}");
    let unknown_field = refused(&[("a", &format!("{DECIDES}\n{ONE}\ncolour = \"red\""))]);
    assert!(
        unknown_field.contains("policy `a`: `colour = \"red\"`: unknown field `colour`, expected one of"),
        "{unknown_field}"
    );
    let unknown_parameter = refused(&[("a", &format!("{DECIDES}\nsays.colour = 1"))]);
    assert!(
        unknown_parameter.contains("unknown field `colour`, expected one of `follows`, `bilateral_formats`"),
        "{unknown_parameter}"
    );
    for (lines, expected) in [
        (
            format!("{DECIDES}\nsays.bilateral_formats = [\"x\"]"),
            "`x` is not a bilateral format: expected one of one-line-one-unit",
        ),
        (
            format!("{DECIDES}\nsays.follows = [\"x\"]"),
            "`x` is not a set of CMS's edits: expected one of ptp, mue",
        ),
        (
            format!("{DECIDES}\nsays.modifier_percents.52 = \"half\""),
            "`half` is not a percentage: expected a number",
        ),
        (
            format!("{DECIDES}\nsays.coverage = {{ codes = [\"6463\"], position = \"covered\" }}"),
            "`6463` is not a procedure code",
        ),
        (
            format!("{DECIDES}\nsays.coverage = {{ codes = [\"64636-64633\"], position = \"covered\" }}"),
            "`64636-64633` is not a run of codes",
        ),
        (
            format!("{DECIDES}\n{ONE}\nfrom = \"2024-13-01\""),
            "`2024-13-01` is not a date",
        ),
        (
            format!("{DECIDES}\n{ONE}\nstates = [\"XX\"]"),
            "`XX` is not a state: expected one of AL",
        ),
        (
            format!("{ONE}\nstatus = \"maybe\"\nconfidence = \"own-page\"\nverified = true"),
            "`maybe` is not a status: expected one of announced, in-force, withdrawn",
        ),
    ] {
        let error = refused(&[("a", &lines)]);
        assert!(error.starts_with("test.toml, line "), "{error}");
        assert!(error.contains("policy `a`"), "{error}");
        assert!(error.contains(expected), "{error}");
    }
    let payer = read("payer = \"humana\"").unwrap_err().to_string();
    assert!(
        payer.contains("the head of the file: `payer = \"humana\"`: `humana` is not a payer: expected one of"),
        "{payer}"
    );
}

#[test]
fn values_that_do_not_go_together_are_refused() {
    let backwards = refused(&[(
        "a",
        &format!("{DECIDES}\n{ONE}\nfrom = \"2024-01-02\"\nto = \"2024-01-01\""),
    )]);
    assert_eq!(
        backwards,
        "test.toml, policy `a`, to: `2024-01-01` is not valid: expected a day that is not before `from`"
    );
    let nothing = refused(&[("a", &format!("{DECIDES}\nsays = {{}}"))]);
    assert!(nothing.contains("policy `a`, says"), "{nothing}");
    let no_code = refused(&[(
        "a",
        &format!("{DECIDES}\nsays.coverage = {{ codes = [], position = \"covered\" }}"),
    )]);
    assert!(no_code.contains("at least one code"), "{no_code}");
    let modifier = refused(&[("a", &format!("{DECIDES}\nsays.unpaid_modifiers = [\"KX\"]"))]);
    assert!(modifier.contains("policy `a`, says: `KX` is not valid"), "{modifier}");
    let plan = refused(&[("a", &format!("{DECIDES}\n{ONE}\nplan = \"Nowhere\""))]);
    assert!(
        plan.contains("policy `a`, plan: `Nowhere` is no plan of this payer"),
        "{plan}"
    );
    let other = read(&aetna(&[("a", &format!("{DECIDES}\n{ONE}"))]).replace("aetna", "other")).unwrap_err();
    assert!(matches!(other, PolicyError::PlanNeeded { .. }), "{other}");
    let names = "payer = \"aetna\"\n[[plan]]\nname = \"A\"\nalso = [\"x y\"]\n[[plan]]\nname = \"B\"\nalso = [\"XY\"]";
    assert_eq!(
        read(names).unwrap_err().to_string(),
        "test.toml, plan `B`: the name `XY` is also one of plan `A`: give it to one of them"
    );
}

#[test]
fn entries_of_equal_rank_that_overlap_are_named() {
    let one = format!("{DECIDES}\n{ONE}\nfrom = \"2024-01-01\"\nto = \"2024-12-31\"");
    let two = format!("{DECIDES}\n{TWO}\nfrom = \"2024-12-31\"");
    let error = refused(&[("b", &two), ("a", &one)]);
    assert!(
        error.starts_with("policies `a` and `b` both answer on BilateralFormats"),
        "{error}"
    );
    // The day after, another topic, other codes, other modifiers, or another standing: no contradiction.
    let after = two.replace("2024-12-31", "2025-01-01");
    assert!(read(&aetna(&[("a", &one), ("b", &after)])).is_ok());
    let other_topic = two.replace(TWO, "says.follows = [\"ptp\"]");
    assert!(read(&aetna(&[("a", &one), ("b", &other_topic)])).is_ok());
    let announced = two.replace("in-force", "announced");
    assert!(read(&aetna(&[("a", &one), ("b", &announced)])).is_ok());
    let covered = |codes: &str| format!("{DECIDES}\nsays.coverage = {{ codes = [{codes}], position = \"covered\" }}");
    assert!(
        read(&aetna(&[
            ("a", &covered("\"64632\"")),
            ("b", &covered("\"64633-64636\""))
        ]))
        .is_ok()
    );
    assert!(
        read(&aetna(&[
            ("a", &covered("\"64635\"")),
            ("b", &covered("\"64633-64636\""))
        ]))
        .is_err()
    );
    let percent = |modifier: &str| format!("{DECIDES}\nsays.modifier_percents.{modifier} = 50");
    assert!(read(&aetna(&[("a", &percent("52")), ("b", &percent("53"))])).is_ok());
    assert!(read(&aetna(&[("a", &percent("52")), ("b", &percent("52"))])).is_err());
}

#[test]
fn the_narrower_scope_answers_and_then_the_user() {
    let payer = Payer::new(PayerName::Aetna)
        .with_line_of_business(LineOfBusiness::Commercial)
        .with_state(State::Ct);
    let day = date!(2024, 8, 6);
    let wide = format!("{DECIDES}\n{ONE}");
    let narrow = format!("{DECIDES}\n{TWO}\nstates = [\"CT\"]");
    let set = read(&aetna(&[("wide", &wide), ("narrow", &narrow)])).unwrap();
    assert_eq!(
        first_format(formats(&set, &payer, day).decides),
        Some(BilateralFormat::OneLineTwoUnits)
    );
    // A claim that gives no state is none that the narrower policy is known to hold for.
    let stateless = Payer::new(PayerName::Aetna);
    assert_eq!(
        first_format(formats(&set, &stateless, day).decides),
        Some(BilateralFormat::OneLineOneUnit)
    );

    // The seed's own answer for Nebraska, then a user's of the same scope, then a user's by its id.
    let nebraska = Payer::new(PayerName::BlueCrossBlueShield).with_licensee("NE");
    let seed = PolicySet::seed();
    assert_eq!(
        first_format(formats(seed, &nebraska, day).decides),
        Some(BilateralFormat::OneLineOneUnit)
    );
    let own = |id: &str, status: &str| {
        aetna(&[(
            id,
            &format!("{DECIDES}\n{TWO}\nplan = \"NE\"\nlines_of_business = [\"commercial\"]"),
        )])
        .replace("aetna", "blue-cross-blue-shield")
        .replace("in-force", status)
    };
    let beside = own("mine", "in-force");
    let set = seed.with_files([("mine.toml", beside.as_str())]).unwrap();
    assert_eq!(
        first_format(formats(&set, &nebraska, day).decides),
        Some(BilateralFormat::OneLineTwoUnits)
    );
    let instead = own("bcbs-ne-both-sides", "withdrawn");
    let set = seed.with_files([("mine.toml", instead.as_str())]).unwrap();
    assert_eq!(formats(&set, &nebraska, day), Setting::default());
    let twice = own("mine", "withdrawn");
    let error = seed
        .with_files([("a.toml", beside.as_str()), ("b.toml", twice.as_str())])
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "two policies have the id `mine`, in b.toml and in a.toml: give one of them another"
    );
}

#[test]
fn an_unknown_payer_is_incomplete_whatever_it_bills() {
    let evaluator = evaluator(PolicySet::seed().clone());
    for payer in ["other/Unknown", "bcbs/WY", "aetna", "cigna", "uhc", "medicaid"] {
        for line in ["64632-50", "64632-26", "99213", "64640-RT"] {
            let claim = Claim::from_shorthand(&format!("{payer} 2024-08-06 @11: {line}")).unwrap();
            let evaluation = evaluator.evaluate(&claim);
            assert_eq!(evaluation.verdict(), Verdict::Incomplete, "{payer} {line}");
            assert!(
                evaluation.findings().is_empty(),
                "{payer} {line}: Medicare's rule in disguise"
            );
        }
    }
}

#[test]
fn a_payer_that_follows_cms_meets_its_edits() {
    let text = aetna(&[(
        "ncci",
        &format!("{DECIDES}\nsays.follows = [\"ptp\", \"mue\", \"bilateral-indicator\"]"),
    )]);
    let follows = evaluator(read(&text).unwrap());
    let found = |evaluator: &Evaluator, claim: &str| {
        let claim = Claim::from_shorthand(claim).unwrap();
        let explained = evaluator.explain(&claim, &evaluator.evaluate(&claim));
        explained
            .findings
            .iter()
            .map(|finding| (finding.rule, finding.disposition.stops()))
            .collect::<Vec<_>>()
    };
    let claim = "aetna 2024-08-06 @11: 64640; 64632 x2; 64628-50";
    assert_eq!(found(&follows, claim), [("N001", true), ("U002", true), ("M020", true)]);
    // At second hand the same, as advice.
    let second_hand = evaluator(read(&text.replace("own-page", "second-hand")).unwrap());
    assert_eq!(
        found(&second_hand, claim),
        [("N001", false), ("U002", false), ("M020", false)]
    );
    // The payer's own entry stands among the sources, with its caveat.
    let claim = Claim::from_shorthand(claim).unwrap();
    let explained = second_hand.explain(&claim, &second_hand.evaluate(&claim));
    assert!(
        explained.findings[0]
            .message
            .ends_with("(by a policy known at second hand)")
    );
    let cited = &explained.findings[0].citation[0];
    assert_eq!(
        (cited.source.as_str(), cited.section.as_str(), cited.verified),
        ("Aetna", "T, read 2026-11-23", false)
    );
    assert!(found(&evaluator(PolicySet::empty()), &claim.to_shorthand()).is_empty());
}

/// Policies of two payers in several scopes, statuses and dates, each with one parameter.
fn entry(number: usize) -> impl Strategy<Value = String> {
    let scope = proptest::sample::select(vec![
        "",
        "states = [\"CT\"]",
        "lines_of_business = [\"commercial\"]",
        "forms = [\"professional\"]",
    ]);
    let standing = proptest::sample::select(vec![
        DECIDES,
        "status = \"in-force\"\nconfidence = \"second-hand\"\nverified = false",
        "status = \"announced\"\nconfidence = \"own-page\"\nverified = true",
        "status = \"withdrawn\"\nconfidence = \"own-page\"\nverified = true",
    ]);
    let dates = proptest::sample::select(vec![
        "",
        "to = \"2024-08-06\"",
        "from = \"2024-08-07\"",
        "from = \"2024-08-06\"",
    ]);
    let says = proptest::sample::select(vec![
        ONE,
        TWO,
        "says.follows = [\"ptp\"]",
        "says.follows = [\"mue\", \"bilateral-indicator\", \"global-days\", \"assistant-indicator\"]",
        "says.anatomic_modifier = { codes = [\"64632\"], at_bilateral_indicator_1 = true, modifiers = [\"LT\", \"RT\", \"50\"] }",
        "says.coverage = { codes = [\"64632\"], position = \"investigational\" }",
        "says.coverage = { codes = [\"64640\"], position = \"covered\" }",
        "says.prior_authorisation = { codes = [\"64632\"], sites = [\"22\"] }",
        "says.modifier_percents.52 = 50",
        "says.modifier_percents = { 80 = 16, 62 = \"62.5\" }",
        "says.unpaid_modifiers = [\"54\"]",
        "says.visit_reduction = { percent = 50, procedures = \"minor\" }",
        "says.assistant_at_indicator_2_only = true",
        "says.never_bypassed = { codes = [\"64632\"] }",
    ]);
    (scope, standing, dates, says).prop_map(move |(scope, standing, dates, says)| {
        aetna(&[(
            &format!("entry-{number:02}"),
            &format!("{scope}\n{standing}\n{dates}\n{says}"),
        )])
    })
}

/// Files of one entry each, those that contradict one before left out.
fn files() -> impl Strategy<Value = Vec<(String, String)>> {
    proptest::collection::vec(any::<proptest::sample::Index>(), 1..12)
        .prop_flat_map(|entries| (0..entries.len()).map(entry).collect::<Vec<_>>())
        .prop_map(|texts| {
            let mut files: Vec<(String, String)> = Vec::new();
            for (number, text) in texts.into_iter().enumerate() {
                files.push((format!("{number}.toml"), text));
                if set_of(&files).is_err() {
                    files.pop();
                }
            }
            files
        })
}

fn set_of(files: &[(String, String)]) -> Result<PolicySet, PolicyError> {
    PolicySet::empty().with_files(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

/// Claims of practitioners for a payer of which policies are known, or nearly.
fn other_payers_claim(payers: Vec<Payer>) -> impl Strategy<Value = Claim> {
    (claim(), proptest::sample::select(payers)).prop_map(|(claim, payer)| {
        let lines: Vec<ServiceLine> = claim.lines().to_vec();
        Claim::professional("P")
            .payer(payer)
            .biller(Biller::Practitioner)
            .lines(lines)
            .build()
            .unwrap()
    })
}

fn aetnas() -> Vec<Payer> {
    let aetna = Payer::new(PayerName::Aetna);
    let commercial = aetna.clone().with_line_of_business(LineOfBusiness::Commercial);
    vec![
        aetna.clone(),
        aetna.with_state(State::Ct),
        commercial.clone(),
        commercial.with_state(State::Ct),
    ]
}

fn of_the_seed() -> Vec<Payer> {
    [
        "aetna+commercial",
        "cigna+commercial",
        "uhc+commercial",
        "uhc+medicaid",
        "uhc+commercial+IA",
        "bcbs/ND",
        "bcbs/NE",
        "bcbs/Horizon",
        "bcbs/Anthem",
        "bcbs/Regence",
        "bcbs/Asuris",
        "bcbs/Independence",
        "other/Humana+commercial",
        "other/Nobody",
    ]
    .map(|text| text.parse().unwrap())
    .to_vec()
}

/// Rules, each on a line.
type Places = BTreeSet<(usize, usize)>;

/// The rules and lines that were not evaluated for want of a policy, and every rule and line not evaluated at all.
fn open(evaluator: &Evaluator, claim: &Claim) -> (Places, Places) {
    let coverage = evaluator.coverage(claim);
    let all = coverage.iter().filter_map(|(rule, line, state)| match state {
        Coverage::NotEvaluated(reason) => Some((rule, line, reason)),
        _ => None,
    });
    let all: Vec<_> = all.collect();
    let no_policy = |reason| {
        matches!(
            reason,
            cleanclaim::Reason::NoPolicyKnown | cleanclaim::Reason::PolicyNotVerified
        )
    };
    (
        all.iter()
            .filter(|(.., reason)| no_policy(*reason))
            .map(|&(rule, line, _)| (rule, line))
            .collect(),
        all.iter().map(|&(rule, line, _)| (rule, line)).collect(),
    )
}

fn ids(resolved: &Resolved<'_>) -> Vec<String> {
    resolved.policies().iter().map(|policy| policy.id.to_string()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn resolution_is_total_and_the_order_of_files_does_not_matter(
        (files, order) in files().prop_flat_map(|files| {
            let order: Vec<usize> = (0..files.len()).collect();
            (Just(files), Just(order).prop_shuffle())
        }),
        payer in proptest::sample::select(aetnas()),
        day in 0..u16::MAX,
    ) {
        let set = set_of(&files).unwrap();
        let shuffled: Vec<_> = order.iter().map(|&at| files[at].clone()).collect();
        prop_assert_eq!(&set, &set_of(&shuffled).unwrap());
        let day = ServiceDate::from_day_number(day);
        let resolved = set.resolve(&payer, Form::Professional, day);
        prop_assert!(resolved.days().contains(day));
        // The answer holds on each of its days, and changes on none of them.
        for same in [resolved.days().first(), resolved.days().last()] {
            prop_assert_eq!(ids(&resolved), ids(&set.resolve(&payer, Form::Professional, same)));
        }
        for topic in Topic::all() {
            let setting = resolved.on(topic, Asked::default());
            prop_assert!(setting.decides.is_none_or(|policy| policy.decides() && policy.effective.contains(day)));
            prop_assert!(setting.advises.is_none_or(|policy| !policy.decides() && policy.status == Status::InForce));
            prop_assert!(setting.announced.is_none_or(|policy| policy.status == Status::Announced));
        }
    }

    #[test]
    fn removing_a_policy_never_makes_not_evaluated_clean(
        files in files(),
        keep in proptest::collection::vec(any::<bool>(), 12),
        claim in other_payers_claim(aetnas()),
    ) {
        let set = set_of(&files).unwrap();
        let kept: Vec<_> = files.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(file, _)| file.clone()).collect();
        let (more, less) = (evaluator(set), evaluator(set_of(&kept).unwrap()));
        let (without_policy, _) = open(&more, &claim);
        let (_, still_open) = open(&less, &claim);
        prop_assert!(without_policy.is_subset(&still_open));
        if more.evaluate(&claim).verdict() == Verdict::Incomplete {
            prop_assert_ne!(less.evaluate(&claim).verdict(), Verdict::Clean);
        }
    }

    #[test]
    fn removing_policies_of_the_seed_never_makes_not_evaluated_clean(
        claim in other_payers_claim(of_the_seed()),
        drop in any::<u64>(),
    ) {
        let seed = PolicySet::seed();
        let dropped: BTreeSet<String> = (0_u32..).zip(seed.policies())
            .filter(|(at, _)| drop >> (at % 64) & 1 == 1)
            .map(|(_, policy)| policy.id.to_string())
            .collect();
        let (more, less) = (evaluator(seed.clone()), evaluator(seed.without(|policy| dropped.contains(&*policy.id))));
        prop_assert!(open(&more, &claim).0.is_subset(&open(&less, &claim).1));
        if more.evaluate(&claim).verdict() == Verdict::Incomplete {
            prop_assert_ne!(less.evaluate(&claim).verdict(), Verdict::Clean);
        }
    }

    #[test]
    fn what_only_advises_never_changes_a_verdict(files in files(), claim in other_payers_claim(aetnas())) {
        let set = set_of(&files).unwrap();
        let decides = set.without(|policy| !policy.decides());
        let (all, less) = (evaluator(set.clone()), evaluator(decides));
        prop_assert_eq!(all.evaluate(&claim).verdict(), less.evaluate(&claim).verdict());
        // An announced policy does not even change what was evaluated, nor why not.
        let not_announced = evaluator(set.without(|policy| policy.status == Status::Announced));
        let (with, without) = (all.evaluate(&claim), not_announced.evaluate(&claim));
        prop_assert_eq!(with.verdict(), without.verdict());
        prop_assert_eq!(all.coverage(&claim), not_announced.coverage(&claim));
        for finding in with.findings() {
            prop_assert!(!finding.is_advice() || !finding.disposition().stops());
        }
    }

    #[test]
    fn medicares_claims_do_not_depend_on_policies(claim in claim(), files in files()) {
        let with = evaluator(set_of(&files).unwrap()).evaluate(&claim);
        let without = evaluator(PolicySet::empty()).evaluate(&claim);
        prop_assert_eq!(with, without);
    }

    #[test]
    fn every_claim_of_another_payer_can_be_explained(claim in other_payers_claim(of_the_seed())) {
        let evaluator = evaluator(PolicySet::seed().clone());
        let evaluation = evaluator.evaluate(&claim);
        let explained = evaluator.explain(&claim, &evaluation);
        prop_assert_eq!(explained.findings.len(), evaluation.findings().len());
        for (finding, explained) in evaluation.findings().iter().zip(&explained.findings) {
            prop_assert!(!explained.message.is_empty());
            if explained.rule.starts_with('P') {
                prop_assert!(explained.citation[0].section.contains("read 2026-11-23"), "{:?}", explained);
                prop_assert_eq!(finding.is_advice(), explained.message.contains("(by a policy "));
            }
        }
    }
}
