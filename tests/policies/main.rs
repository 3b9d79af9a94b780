//! Payers' policies: the seed, what a file can say, and which policy answers.

#[path = "../support/claims.rs"]
mod claims;
mod files;
mod properties;
mod seed;
#[path = "../support/tables.rs"]
mod tables;

use std::sync::LazyLock;

use cleanclaim::model::{LineOfBusiness, Payer, PayerName, ServiceDate, State};
use cleanclaim::policy::{Asked, BilateralFormat, Form, Policy, PolicyAnswer, PolicyError, PolicySet, Topic};
use cleanclaim::reference::Reference;
use cleanclaim::{Claim, Evaluator, Verdict, date};

use claims::world;

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

fn formats<'s>(set: &'s PolicySet, payer: &Payer, date: ServiceDate) -> PolicyAnswer<'s> {
    let resolved = set.resolve(payer, Form::Professional, date);
    resolved.on(Topic::BilateralFormats, Asked::default())
}

fn first_format(policy: Option<&Policy>) -> Option<BilateralFormat> {
    policy.map(|policy| policy.says.bilateral_formats[0])
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

    // Nor a claim of a plan of several states, but for a policy that names them all.
    let plan = "[[plan]]\nname = \"P\"\nstates = [\"CT\", \"NY\"]\n";
    let of_plan = |states: &str, state: Option<State>| {
        let entry = format!("{DECIDES}\n{ONE}\nplan = \"P\"\nstates = [{states}]");
        let text = aetna(&[("a", &entry)]).replacen('\n', &format!("\n{plan}"), 1);
        let set = read(&text).unwrap();
        let payer = Payer::new(PayerName::Aetna).with_licensee("P");
        let payer = state.map_or(payer.clone(), |state| payer.with_state(state));
        formats(&set, &payer, day).decides.is_some()
    };
    assert!(!of_plan("\"CT\"", None));
    assert!(of_plan("\"CT\", \"NY\", \"NJ\"", None));
    assert!(of_plan("\"CT\"", Some(State::Ct)));
    assert!(!of_plan("\"CT\"", Some(State::Ny)));

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
    assert_eq!(formats(&set, &nebraska, day), PolicyAnswer::default());
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
        let explained = evaluator.check(&claim);
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
    let explained = second_hand.check(&claim);
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
