//! Which modifiers advice puts into which list, and why.

#![cfg(feature = "starter")]

#[path = "support/tables.rs"]
mod tables;

use std::sync::LazyLock;

use cleanclaim::claim::{Claim, ServiceLine};
use cleanclaim::model::{Modifier, Payer, ProcedureCode, SiteOfService};
use cleanclaim::{Advice, Evaluator, Judgement, Proposal, date, modifier};
use tables::Tables;

/// The codes of the tests, with the indicators that the fee schedule of July 2024 has for them.
const WORLD: &str = "\
fee 64632 global=010 multiple=2 bilateral=1 assistant=0
fee 64620 global=010 multiple=2 bilateral=0 assistant=1
fee 64611 global=010 multiple=2 bilateral=2
fee 93000 pctc=4 global=XXX multiple=6 assistant=0
fee 93005 pctc=3 global=XXX multiple=6 assistant=0
fee 93010 pctc=2 global=XXX assistant=0
fee 70450 pctc=1 global=XXX multiple=4 assistant=0
fee 70450/26 pctc=1 global=XXX
fee 70450/TC pctc=1 global=XXX multiple=4
fee 73660 pctc=1 global=XXX bilateral=3 assistant=0
fee 64999 status=C global=YYY multiple=2 assistant=0 co-surgeon=1 team=1
fee 0440T status=C global=YYY multiple=2 assistant=0
fee 97110 pctc=7 global=XXX multiple=5 assistant=0
fee 00630 status=J pctc=9 global=XXX multiple=9 bilateral=9 assistant=9 co-surgeon=9 team=9
fee 80053 status=X pctc=9 global=XXX multiple=9 bilateral=9 assistant=9 co-surgeon=9 team=9
fee G0480 status=X pctc=9 global=XXX multiple=9 bilateral=9 assistant=9 co-surgeon=9 team=9
fee A4222 status=X pctc=9 global=XXX multiple=9 bilateral=9 assistant=9 co-surgeon=9 team=9
fee 99213 global=XXX assistant=0
mue 64632 1 2
mue 93000 3 3
modifier AA
modifier AD
modifier QK
modifier QX
modifier QY
modifier QZ
modifier QS
modifier G8
modifier G9
modifier 23
modifier P1
modifier P2
modifier P3
modifier P4
modifier P5
modifier P6
modifier GX
";

static EVALUATOR: LazyLock<Evaluator> = LazyLock::new(|| {
    let mut tables = Tables::new();
    tables.read(WORLD);
    Evaluator::new(tables.build())
});

const ASSISTANTS: [&str; 4] = ["80", "81", "82", "AS"];
const DISTINCT: [&str; 5] = ["59", "XE", "XS", "XP", "XU"];
const FACILITY: [&str; 7] = ["27", "73", "74", "PO", "PN", "ER", "CA"];
const NOTICES: [&str; 4] = ["GA", "GX", "GY", "GZ"];
const TOES: [&str; 10] = ["TA", "T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9"];
const UNKNOWN: &str = "no policy of this payer about this is known";

fn line(code: &str) -> ServiceLine {
    ServiceLine::new(1, date!(2024, 8, 6), code.parse::<ProcedureCode>().unwrap()).at_site(SiteOfService::Office)
}

fn carrying(code: &str, modifiers: &[&str]) -> ServiceLine {
    line(code).with_modifiers(modifiers.iter().map(|modifier| modifier.parse::<Modifier>().unwrap()))
}

fn advice(code: &str) -> Advice {
    EVALUATOR.advise(&line(code), &Payer::medicare()).unwrap()
}

fn for_payer(code: &str, payer: &str) -> Advice {
    let payer: Payer = payer.parse().unwrap();
    Evaluator::starter().advise(&line(code), &payer).unwrap()
}

/// Where advice has a modifier: the list, and what it says there.
fn place(advice: &Advice, modifier: &str) -> (&'static str, String) {
    let is = |other: Modifier| other.as_str() == modifier;
    let mut places = Vec::new();
    for proposal in advice.proposals.iter().filter(|proposal| is(proposal.modifier)) {
        places.push((
            "may stand",
            proposal.condition.as_deref().unwrap_or_default().to_owned(),
        ));
    }
    for distinct in advice.distinct.iter().filter(|distinct| is(distinct.modifier)) {
        places.push(("distinct", distinct.when.to_string()));
    }
    for stopped in advice.stopped.iter().filter(|stopped| is(stopped.modifier)) {
        places.push(("stopped", stopped.rule.to_owned()));
    }
    for elsewhere in advice.elsewhere.iter().filter(|elsewhere| is(elsewhere.modifier)) {
        places.push(("elsewhere", elsewhere.of.to_owned()));
    }
    for open in advice.open.iter().filter(|open| is(open.modifier)) {
        places.push(("open", open.why.clone()));
    }
    assert_eq!(places.len(), 1, "{modifier} is in one list: {places:?}");
    places.remove(0)
}

fn proposal<'a>(advice: &'a Advice, modifier: &str) -> &'a Proposal {
    let mut proposals = advice.proposals.iter();
    let found = proposals.find(|proposal| proposal.modifier.as_str() == modifier);
    found.unwrap_or_else(|| panic!("{modifier} is not proposed but {:?}", place(advice, modifier)))
}

fn pays<'a>(advice: &'a Advice, modifier: &str) -> &'a str {
    &proposal(advice, modifier).effect.as_ref().unwrap().words
}

#[test]
fn where_no_fee_schedule_answers_nothing_is_asserted() {
    let mut early = line("64632");
    early.dates = date!(2023, 5, 5).into();
    let advice = Evaluator::starter().advise(&early, &Payer::medicare()).unwrap();
    assert_eq!((advice.proposals.len(), advice.distinct.len()), (0, 0));
    let by_form_or_number = |rule: &str| ["M060", "M070", "M082", "M091"].contains(&rule);
    assert!(
        advice.stopped.iter().all(|stopped| by_form_or_number(stopped.rule)),
        "{advice:?}"
    );
    let (list, why) = place(&advice, "22");
    assert_eq!(list, "open");
    assert!(why.contains("before the first loaded release of Medicare Physician Fee Schedule"));
    assert_eq!(place(&advice, "LT"), place(&advice, "22"));
}

#[test]
fn a_code_that_the_fee_schedule_does_not_list_is_known_by_its_number() {
    let advice = advice("L5972");
    assert_eq!(place(&advice, "LT").0, "may stand");
    for modifier in ["22", "AA", "TA"] {
        assert_eq!(place(&advice, modifier).0, "elsewhere", "{modifier}");
    }
}

#[test]
fn permission_is_judged_apart_from_payment() {
    let dakota = for_payer("64632", "bcbs/ND");
    // The format is decided; the share and whether Medicare's indicator counts are not.
    assert_eq!(
        pays(&dakota, "50"),
        "BCBS North Dakota pays 64632-50 at 150 percent of its amount, its bilateral indicator being 1 (by a policy not verified)"
    );
    let effect = proposal(&dakota, "50").effect.as_ref().unwrap();
    assert_eq!((effect.without, effect.with), (None, None));
    assert_eq!(
        pays(&dakota, "52"),
        "BCBS North Dakota pays 64632-52 at 50 percent of its amount"
    );
    assert_eq!(pays(&dakota, "76"), "not known: no policy of this payer says");
    assert_eq!(place(&dakota, "80"), ("stopped", "P008".to_owned()));
    let (list, why) = place(&dakota, "26");
    assert_eq!(list, "open");
    assert!(why.starts_with(UNKNOWN), "{why}");
    // That the day's units count together is Medicare's.
    assert_eq!(proposal(&dakota, "76").advisories, [""; 0]);

    let nebraska = for_payer("64632", "bcbs/NE");
    assert_eq!(pays(&nebraska, "50"), "not known: no policy of this payer says");
    assert_eq!(
        place(&for_payer("28080", "bcbs/Asuris"), "56"),
        ("stopped", "P006".to_owned())
    );
}

/// What a payer refuses are exceptions: of a payer of whom none is known nothing is open for that.
#[test]
fn what_a_payer_refuses_is_stopped() {
    let carolina = for_payer("99211", "bcbs/NC");
    assert_eq!(place(&carolina, "25"), ("stopped", "P013".to_owned()));
    assert_eq!(place(&for_payer("64632", "bcbs/NC"), "22").0, "may stand");
}

#[test]
fn a_format_decides_of_the_codes_that_it_is_about() {
    // The bilateral indicator is 0, of which the format says nothing.
    assert_eq!(place(&for_payer("64620", "bcbs/ND"), "50").0, "open");
}

#[test]
fn another_payer_has_no_modifiers_judged_by_medicares_rules() {
    for payer in ["cigna", "cigna+commercial", "other/Unknown"] {
        let advice = for_payer("64632", payer);
        let amounts = |proposal: &Proposal| {
            let effect = proposal.effect.as_ref().unwrap();
            effect.without.or(effect.with)
        };
        assert!(advice.proposals.iter().all(|proposal| amounts(proposal).is_none()));
        for modifier in ["26", "50", "54", "62", "80", "25", "GA", "27"] {
            assert_eq!(place(&advice, modifier).0, "open", "{payer} {modifier}");
        }
        // Of these no rule asks whether they may stand: they say what was done.
        for modifier in ["22", "52", "76", "LT"] {
            assert_eq!(
                pays(&advice, modifier).get(..9),
                Some("not known"),
                "{payer} {modifier}"
            );
        }
    }
}

#[test]
fn an_ecg_is_a_test() {
    for code in ["93000", "93005", "93010", "70450"] {
        let advice = advice(code);
        for modifier in ["52", "53", "76", "77"] {
            assert_eq!(
                place(&advice, modifier),
                ("may stand", String::new()),
                "{code}-{modifier}"
            );
        }
        for modifier in ["58", "78", "79"] {
            assert_eq!(place(&advice, modifier).0, "elsewhere", "{code}-{modifier}");
        }
        for modifier in ASSISTANTS {
            assert_eq!(place(&advice, modifier).0, "elsewhere", "{code}-{modifier}");
        }
    }
    for modifier in ["53", "76", "77"] {
        assert_eq!(place(&advice("99213"), modifier).0, "elsewhere", "{modifier}");
    }
    assert_eq!(place(&advice("99213"), "52"), ("stopped", "M070".to_owned()));
    assert_eq!(place(&advice("97110"), "52").0, "may stand");
}

#[test]
fn a_procedure_whose_period_the_contractor_sets_is_one() {
    for code in ["64999", "0440T"] {
        let advice = advice(code);
        for modifier in ["22", "52", "53", "58", "76", "77", "78", "79"] {
            assert_eq!(
                place(&advice, modifier),
                ("may stand", String::new()),
                "{code}-{modifier}"
            );
        }
        assert_eq!(place(&advice, "80"), ("stopped", "M031".to_owned()));
    }
}

#[test]
fn a_side_is_information_whether_or_not_a_second_is_paid() {
    let intercostal = advice("64620");
    for side in ["LT", "RT"] {
        let (list, condition) = place(&intercostal, side);
        assert_eq!(list, "may stand");
        assert!(condition.starts_with("the part of the body has a left and a right side"));
        assert!(
            place(&advice("64611"), side)
                .1
                .starts_with("the code is for one side or for both")
        );
        assert_eq!(place(&advice("64632"), side), ("may stand", String::new()));
        assert_eq!(place(&advice("99213"), side).0, "elsewhere");
    }
    assert_eq!(place(&intercostal, "50"), ("stopped", "M020".to_owned()));
    // Of an amount nothing changes.
    let starter = for_payer("64620", "medicare");
    assert!(pays(&starter, "LT").ends_with(", as without it"));
}

#[test]
fn anaesthesia_has_modifiers_of_its_own() {
    let all = [
        "AA", "AD", "QK", "QX", "QY", "QZ", "QS", "G8", "G9", "23", "P1", "P2", "P3", "P4", "P5", "P6",
    ];
    for modifier in all {
        assert_eq!(
            place(&advice("00630"), modifier),
            ("may stand", String::new()),
            "{modifier}"
        );
        assert_eq!(
            place(&advice("64632"), modifier),
            ("elsewhere", "anaesthesia".to_owned())
        );
    }
    // One person's part, and one state of the patient, on a line.
    let advice = EVALUATOR
        .advise(&carrying("00630", &["AA", "P2"]), &Payer::medicare())
        .unwrap();
    for modifier in ["QK", "QZ"] {
        assert_eq!(place(&advice, modifier), ("stopped", "M004".to_owned()));
    }
    let (list, of) = place(&advice, "P1");
    assert_eq!(
        (list, of.as_str()),
        ("elsewhere", "lines that carry no other modifier of its kind")
    );
    assert_eq!(place(&advice, "QS").0, "may stand");
}

#[test]
fn what_only_sets_services_apart_is_told_and_never_proposed() {
    for modifier in DISTINCT {
        for code in ["64632", "93000", "00630"] {
            let advice = advice(code);
            let (list, when) = place(&advice, modifier);
            assert_eq!(list, "distinct", "{code}-{modifier}");
            assert!(when.contains("the other service of the day"), "{modifier}: {when}");
        }
        let list = place(&advice("99213"), modifier).0;
        assert!(["stopped", "elsewhere"].contains(&list), "{modifier}: {list}");
    }
    let advice = EVALUATOR
        .advise(&carrying("64632", &["59"]), &Payer::medicare())
        .unwrap();
    assert_eq!(place(&advice, "XS"), ("stopped", "M004".to_owned()));
}

#[test]
fn toes_notices_laboratories_and_policies() {
    for toe in TOES {
        assert!(place(&advice("64632"), toe).1.starts_with("the service is one on toes"));
        assert!(place(&advice("73660"), toe).1.starts_with("the service is one on toes"));
        assert_eq!(place(&advice("93000"), toe).0, "elsewhere");
        assert_eq!(place(&advice("99213"), toe).0, "elsewhere");
    }
    for notice in NOTICES {
        // GY and GZ ask for a denial.
        let expected = match notice {
            "GY" | "GZ" => ("stopped", "M091".to_owned()),
            _ => ("may stand", String::new()),
        };
        assert_eq!(place(&advice("99213"), notice), expected);
    }
    let medicare = for_payer("64632", "medicare");
    let words = pays(&medicare, "GX");
    assert!(words.starts_with("not paid") || words.starts_with("denied"), "{words}");
    assert!(
        place(&advice("64632"), "KX")
            .1
            .starts_with("a policy about the code asks for it")
    );
    assert_eq!(place(&advice("80053"), "91"), ("may stand", String::new()));
    assert_eq!(place(&advice("G0480"), "91"), ("may stand", String::new()));
    assert_eq!(
        place(&advice("64632"), "91"),
        ("elsewhere", "laboratory test".to_owned())
    );
}

#[test]
fn what_only_facilities_bill_never_stands_on_a_practitioners_line() {
    for modifier in FACILITY {
        let advice = advice("64632");
        assert_eq!(place(&advice, modifier), ("stopped", "M060".to_owned()));
        let stopped = advice
            .stopped
            .iter()
            .find(|stopped| stopped.modifier.as_str() == modifier);
        assert!(stopped.unwrap().why.contains("reserved for a facility's claim"));
    }
}

/// Without TC the rule only advises; with it, it stops the line.
#[test]
fn a_rule_of_sites_stops_a_modifier_too() {
    let hospital = SiteOfService::OnCampusOutpatientHospital;
    let advice = EVALUATOR
        .advise(&line("70450").at_site(hospital), &Payer::medicare())
        .unwrap();
    assert_eq!(place(&advice, "TC"), ("stopped", "S003".to_owned()));
    assert_eq!(place(&advice, "26").0, "may stand");
    let day = date!(2024, 8, 6);
    let usage = |modifier, site| {
        let code = "70450".parse().unwrap();
        EVALUATOR.modifier_usage(code, modifier, site, &Payer::medicare(), day)
    };
    assert_eq!(usage(modifier!("TC"), hospital).judgement, Judgement::DoesNotHold);
    assert_eq!(
        usage(modifier!("TC"), SiteOfService::Office).judgement,
        Judgement::Holds
    );
}

/// What the line's own modifiers raise is not the doing of another; what both raise is of each.
#[test]
fn a_modifier_is_stopped_by_what_it_causes() {
    let advise = |given: &[&str]| EVALUATOR.advise(&carrying("64632", given), &Payer::medicare()).unwrap();
    assert_eq!(place(&advise(&["26"]), "50"), ("may stand", String::new()));
    assert_eq!(place(&advise(&["26"]), "TC").0, "stopped");
    assert_eq!(place(&advise(&["25"]), "24"), ("stopped", "M041".to_owned()));
    assert_eq!(place(&advise(&["LT"]), "50"), ("stopped", "M004".to_owned()));
    assert_eq!(
        place(&advise(&["LT", "22", "51", "58"]), "79"),
        ("stopped", "M003".to_owned())
    );
}

#[test]
fn a_line_that_no_claim_accepts_is_an_error() {
    let mut line = line("64632");
    line.site = None;
    assert!(EVALUATOR.advise(&line, &Payer::medicare()).is_err());
    assert!(Claim::professional("P").line(line).build().is_err());
}
