//! Nothing unspoken is clean: every modifier on codes of every kind, at several sites, asked four ways.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::sync::LazyLock;

use cleanclaim::claim::ServiceLine;
use cleanclaim::kinds::{Known, ServiceKind};
use cleanclaim::model::{Modifier, Payer, ProcedureCode, ServiceDate, SiteOfService};
use cleanclaim::modifiers::ModifierTable;
use cleanclaim::{Claim, Evaluator, Judgement, Reason, Verdict, date};

#[path = "support/tables.rs"]
mod tables;

use tables::Tables;

const DAY: ServiceDate = date!(2024, 8, 6);

/// A visit, a procedure, anaesthesia, therapy, a laboratory test, a drug, equipment and an ambulance.
const EIGHT: [&str; 8] = ["27447", "99213", "97110", "00100", "85025", "J1885", "E0601", "A0428"];

/// Sixty codes: of every kind of service that there is.
const CODES: &[&str] = &[
    "27447", "99213", "97110", "00100", "85025", "J1885", "E0601", "A0428", "99203", "99223", "99232", "99283",
    "99291", "99309", "99348", "99396", "92014", "G0439", "99490", "20610", "28285", "26055", "67820", "92928",
    "59400", "64999", "11721", "98941", "97161", "92507", "92526", "97802", "96372", "90471", "90686", "G0008",
    "Q4101", "P9016", "L3908", "L5972", "K0001", "A6010", "E0424", "A0425", "T2003", "36415", "90834", "90999",
    "0054T", "70450", "73630", "77067", "78815", "R0075", "88305", "81003", "93000", "92557", "H0020", "45385",
];

const SITES: [SiteOfService; 3] = [
    SiteOfService::Office,
    SiteOfService::OnCampusOutpatientHospital,
    SiteOfService::InpatientHospital,
];

/// Full tables that list every modifier, and a few codes as the fee schedule has them.
static EVALUATOR: LazyLock<Evaluator> = LazyLock::new(|| {
    let mut tables = Tables::new();
    let modifiers = ModifierTable::seed().rows();
    let listed: Vec<String> = modifiers.map(|row| format!("modifier {}", row.modifier)).collect();
    tables.read(&listed.join("\n"));
    tables.read(
        "fee 27447 global=090 multiple=2 bilateral=1 assistant=2 co-surgeon=1\nfee 99213 global=XXX assistant=0\n\
         fee 97110 pctc=7 global=XXX multiple=5 assistant=0\n\
         fee 00100 status=J pctc=9 global=XXX multiple=9 bilateral=9 assistant=9 co-surgeon=9 team=9\n\
         fee 85025 status=X pctc=9 global=XXX multiple=9 bilateral=9 assistant=9 co-surgeon=9 team=9\n\
         fee J1885 status=E pctc=9 global=XXX multiple=9 bilateral=9 assistant=9 co-surgeon=9 team=9\n\
         fee A0428 status=X pctc=9 global=XXX multiple=9 bilateral=9 assistant=9 co-surgeon=9 team=9\n\
         fee 20610 global=000 multiple=2 bilateral=1\nfee 28285 global=090 multiple=2 bilateral=1\n\
         fee 70450 pctc=1 global=XXX multiple=4\nfee 93000 pctc=4 global=XXX",
    );
    Evaluator::new(tables.build())
});

fn usage(code: &str, modifier: Modifier, site: SiteOfService) -> Judgement {
    let code: ProcedureCode = code.parse().unwrap();
    let answer = EVALUATOR.modifier_usage(code, modifier, site, &Payer::medicare(), DAY);
    answer.judgement
}

fn modifiers() -> impl Iterator<Item = Modifier> {
    ModifierTable::seed().rows().map(|row| row.modifier)
}

/// Whether the table's row of a modifier, or its place on an ambulance's line, speaks for it on a code.
fn row_speaks(code: &str, modifier: Modifier) -> bool {
    let claim = Claim::from_shorthand(&format!("2024-08-06 @11: {code}-{modifier}")).unwrap();
    let evaluation = EVALUATOR.evaluate(&claim);
    let open = |reason| {
        matches!(
            reason,
            Reason::NothingSpeaksOf(_) | Reason::KindNotKnown(_) | Reason::KnowledgeOnly(_)
        )
    };
    !evaluation.not_evaluated().iter().any(|gap| open(gap.reason()))
}

/// The counts are printed: of each code, how many modifiers hold, may with advice, do not, and are not known.
#[test]
fn a_modifier_holds_only_where_its_row_says_so() {
    let mut out = std::io::stderr();
    let all = modifiers().count();
    for code in EIGHT {
        let mut counts = BTreeMap::new();
        for modifier in modifiers() {
            let judgement = usage(code, modifier, SiteOfService::Office);
            *counts.entry(judgement.to_string()).or_insert(0) += 1;
            if judgement == Judgement::Holds {
                let row = ModifierTable::seed().row(modifier).unwrap();
                let kinds = Known::by_number(code.parse().unwrap(), DAY).kinds();
                let on_ambulance = kinds.has(ServiceKind::Ambulance);
                assert!(row.fits(kinds) || on_ambulance, "{code}-{modifier} holds");
            }
        }
        let _ = writeln!(out, "{code}: {counts:?}");
        let holds = counts.get("holds").copied().unwrap_or(0);
        assert!(holds * 3 < all, "{holds} of {all} modifiers hold on {code}");
    }
}

#[test]
fn what_the_issue_names_is_not_clean() {
    for line in ["64632-P3-90-LC", "27447-AA", "20610-TA", "28080-95"] {
        let claim = Claim::from_shorthand(&format!("2024-08-06 @11: {line}")).unwrap();
        assert_ne!(EVALUATOR.evaluate(&claim).verdict(), Verdict::Clean, "{line}");
    }
}

/// A claim of one line is not clean where its modifier was judged by nothing.
#[test]
fn check_leaves_open_what_nothing_speaks_of() {
    for code in CODES {
        for site in SITES {
            for modifier in modifiers() {
                let line = format!("2024-08-06 @{}: {code}-{modifier}", site.code());
                let verdict = EVALUATOR.evaluate(&Claim::from_shorthand(&line).unwrap()).verdict();
                if verdict == Verdict::Clean {
                    assert!(row_speaks(code, modifier), "{line}");
                }
            }
        }
    }
}

/// What holds by `modifier_usage` is proposed, or told apart, by `advise`, and the other way round: both ask the rules.
#[test]
fn advice_and_usage_agree() {
    for code in CODES.iter().step_by(4).copied().chain(EIGHT) {
        let line = ServiceLine::new(1, DAY, code.parse().unwrap()).at_site(SiteOfService::Office);
        let advice = EVALUATOR.advise(&line, &Payer::medicare()).unwrap();
        for proposal in &advice.proposals {
            let judgement = usage(code, proposal.modifier, SiteOfService::Office);
            assert!(
                matches!(judgement, Judgement::Holds | Judgement::WithAdvice),
                "{code}-{} is proposed, and {judgement}",
                proposal.modifier
            );
        }
        for stopped in &advice.stopped {
            let judgement = usage(code, stopped.modifier, SiteOfService::Office);
            assert_eq!(judgement, Judgement::DoesNotHold, "{code}-{}", stopped.modifier);
        }
        for elsewhere in &advice.elsewhere {
            let judgement = usage(code, elsewhere.modifier, SiteOfService::Office);
            assert!(
                matches!(judgement, Judgement::NotKnown | Judgement::DoesNotHold),
                "{code}-{} is for others, and {judgement}",
                elsewhere.modifier
            );
        }
    }
}

/// What is plainly right comes out without a word of the rules of modifiers.
#[test]
fn what_is_plainly_right_is_judged_so() {
    for line in [
        "00100-AA",
        "00100-QX-P3",
        "27447-RT",
        "27447-LT",
        "27447-50",
        "27447-80",
        "97110-GP",
        "97110-GO-59",
        "99213-25",
        "99213-24",
        "99223-57",
        "28285-TA",
        "11721-Q8",
        "26055-F1",
        "67820-E1",
        "92928-LD",
        "E0601-RR-KH-KX",
        "E0114-NU",
        "87880-QW",
        "85025-91",
        "J1745-JZ",
        "J1885-59",
        "98941-AT",
        "71046-26",
        "77065-GG-RT",
        "A0428-RH",
        "A0425-GP",
        "99213-95",
        "99213-GC",
        "45385-PT",
        "90834-95",
        "R0075-UP",
        "78815-PS",
        "92557-AB",
        "L4361-RT",
        "90471-59",
        "93227-26",
        "99396-25",
        "92014-25",
        "99291-25",
        "36415-59",
        "80061-GY",
        "64632-KX",
        "20610-RT",
        "73630-LT",
    ] {
        let claim = Claim::from_shorthand(&format!("2024-08-06 @11: {line}")).unwrap();
        let explained = EVALUATOR.check(&claim);
        let of_modifiers = ["M001", "M004", "M070", "M071"];
        let found: Vec<_> = explained
            .findings
            .iter()
            .filter(|one| of_modifiers.contains(&one.rule))
            .collect();
        assert_eq!(found.len(), 0, "{line}: {found:?}");
        let open: Vec<_> = explained
            .not_evaluated
            .iter()
            .filter(|gap| gap.rule == Some("M070"))
            .collect();
        assert_eq!(open.len(), 0, "{line}: {open:?}");
    }
}
