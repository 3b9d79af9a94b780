//! What holds for every claim.

#[path = "support/claims.rs"]
mod claims;
#[path = "support/tables.rs"]
mod tables;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use claims::{claim, modifier, world};
use cleanclaim::claim::ServiceLine;
use cleanclaim::{Claim, Evaluation, Evaluator, Verdict, code, date};
use proptest::prelude::*;

static EVALUATOR: LazyLock<Evaluator> = LazyLock::new(|| Evaluator::new(world().build()));

/// Findings and gaps by the lines' own numbers, so that claims whose lines stand in another order compare.
fn by_number(claim: &Claim, evaluation: &Evaluation) -> BTreeSet<(Option<u32>, Option<u32>, String)> {
    let number = |at: Option<usize>| at.map(|at| claim.lines()[at].number);
    let findings = evaluation.findings().iter().map(|finding| {
        let what = format!("{} {:?} {}", finding.rule(), finding.disposition(), finding.detail());
        (number(finding.line()), number(finding.other_line()), what)
    });
    let gaps = evaluation.not_evaluated().iter().map(|gap| {
        let what = format!("{:?} {:?}", gap.rule(), gap.reason());
        (number(gap.line()), None, what)
    });
    findings.chain(gaps).collect()
}

fn rebuilt(claim: &Claim, lines: Vec<ServiceLine>) -> Claim {
    let biller = claim.form().biller().unwrap();
    Claim::professional(claim.id())
        .biller(biller)
        .lines(lines)
        .build()
        .unwrap()
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
        let lines = order.iter().map(|&at| claim.lines()[at].clone()).collect();
        let shuffled = rebuilt(&claim, lines);
        prop_assert_eq!(
            by_number(&claim, &EVALUATOR.evaluate(&claim)),
            by_number(&shuffled, &EVALUATOR.evaluate(&shuffled))
        );
    }

    #[test]
    fn a_batch_equals_its_claims_one_by_one(claims in proptest::collection::vec(claim(), 1..6)) {
        let mut session = EVALUATOR.session();
        for claim in &claims {
            prop_assert_eq!(session.evaluate(claim), &EVALUATOR.evaluate(claim));
        }
    }

    #[test]
    fn removing_a_table_never_makes_a_claim_clean(
        claim in claim(),
        table in proptest::sample::select(vec!["fee", "pairs", "mue", "addon", "asc", "modifiers"]),
    ) {
        let mut less = world();
        less.read(&format!("without {table}"));
        let less = Evaluator::new(less.build());
        if less.evaluate(&claim).verdict() == Verdict::Clean {
            prop_assert_eq!(EVALUATOR.evaluate(&claim).verdict(), Verdict::Clean);
        }
    }

    #[test]
    fn no_modifier_clears_an_indicator_0_pair(
        one in proptest::collection::vec(modifier(), 0..5),
        two in proptest::collection::vec(modifier(), 0..5),
    ) {
        let day = date!(2024, 8, 6);
        let site = "11".parse().unwrap();
        let claim = Claim::professional("P")
            .site(site)
            .line(ServiceLine::new(1, day, code!("64640")).with_modifiers(one))
            .line(ServiceLine::new(2, day, code!("64632")).with_modifiers(two))
            .build()
            .unwrap();
        let explained = EVALUATOR.check(&claim);
        prop_assert!(explained.findings.iter().any(|finding| finding.rule == "N001" && finding.line == Some(2)));
    }

    #[test]
    fn every_claim_can_be_explained(claim in claim()) {
        let evaluation = EVALUATOR.evaluate(&claim);
        let explained = EVALUATOR.explain(&claim, &evaluation).unwrap();
        prop_assert_eq!(explained.findings.len(), evaluation.findings().len());
        for finding in &explained.findings {
            prop_assert!(!finding.message.is_empty());
        }
        let text = cleanclaim::report::Text::new(&claim, &explained).to_string();
        prop_assert!(text.starts_with("claim P: "));
    }
}
