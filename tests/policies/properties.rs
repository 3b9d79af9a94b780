//! What holds for all policies and claims.

use std::collections::BTreeSet;

use cleanclaim::claim::{Biller, ServiceLine};
use cleanclaim::model::{LineOfBusiness, Payer, PayerName, ServiceDate, State};
use cleanclaim::policy::{Asked, Form, PolicyError, PolicySet, Resolved, Status, Topic};
use cleanclaim::{Claim, Coverage, Evaluator, Verdict};
use proptest::prelude::*;

use super::claims::claim;
use super::{DECIDES, ONE, TWO, aetna, evaluator};

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
        "says.modifier_percents.50 = { 1 = 150, 3 = 200, 64640 = 100 }",
        "says.refused_modifiers = { modifiers = [\"50\", \"59\"], codes = [\"64632\"] }",
        "says.co_surgeons_need_62 = true",
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
        let explained = evaluator.explain(&claim, &evaluation).unwrap();
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
