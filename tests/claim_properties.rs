//! What claims promise: every form of a claim reads back as the same claim, and every error says where and what.

#![cfg(feature = "json")]

use cleanclaim::claim::{Biller, Claim, ClaimBuilder, ClaimError, Patient, ProblemKind, ServiceLine};
use cleanclaim::model::{
    ConditionCode, DateRange, DiagnosisPointers, Frequency, LineOfBusiness, Location, Measure, Modifier, Money, Npi,
    Payer, PayerName, ProcedureCode, RevenueCode, ServiceDate, Sex, SiteOfService, State, Units,
};
use cleanclaim::{code, date, modifier};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;

fn any_day() -> impl Strategy<Value = ServiceDate> {
    // Few enough for lines to share them.
    prop_oneof![(20_000_u16..20_003), any::<u16>()].prop_map(ServiceDate::from_day_number)
}

fn any_dates() -> impl Strategy<Value = DateRange> {
    (any_day(), any_day(), any::<bool>()).prop_map(|(a, b, single)| {
        if single {
            DateRange::single(a)
        } else {
            DateRange::new(a.min(b), a.max(b)).unwrap()
        }
    })
}

fn any_payer() -> impl Strategy<Value = Payer> {
    let names: Vec<PayerName> = PayerName::ALL.to_vec();
    let lines: Vec<LineOfBusiness> = LineOfBusiness::ALL.to_vec();
    let states: Vec<State> = State::ALL.to_vec();
    (select(names), of(any_text()), of(select(lines)), of(select(states))).prop_map(|(name, licensee, line, state)| {
        let mut payer = Payer::new(name);
        payer.licensee = licensee.map(Into::into);
        payer.line_of_business = line;
        payer.state = state;
        payer
    })
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Z0-9]{1,4}", "[ :;\"\\\\#=+/@a-z\n]{1,8}", "\\PC{1,8}"]
}

fn any_site() -> impl Strategy<Value = SiteOfService> {
    prop_oneof![Just(11), 0_u8..100].prop_map(|number| SiteOfService::from_number(number).unwrap())
}

fn any_provider() -> impl Strategy<Value = Npi> {
    prop_oneof![Just(1_234_567_893), 0_u64..10_000_000_000].prop_map(|number| Npi::from_number(number).unwrap())
}

fn any_units() -> impl Strategy<Value = Units> {
    prop_oneof![Just(1_000), 1..=Units::MAX.thousandths()].prop_map(|number| Units::from_thousandths(number).unwrap())
}

fn any_money() -> impl Strategy<Value = Money> {
    (-Money::MAX.cents()..=Money::MAX.cents()).prop_map(|cents| Money::from_cents(cents).unwrap())
}

fn any_revenue_code() -> impl Strategy<Value = RevenueCode> {
    (0_u16..10_000).prop_map(|number| RevenueCode::from_number(number).unwrap())
}

fn any_code() -> impl Strategy<Value = ProcedureCode> {
    "[0-9A-Z]{5}".prop_map(|text| text.parse().unwrap())
}

fn any_measure() -> impl Strategy<Value = Measure> {
    select(Measure::ALL.to_vec())
}

/// A line without site, revenue code and number.
fn any_line() -> impl Strategy<Value = ServiceLine> {
    let modifiers = vec(
        (0..Modifier::COUNT).prop_map(|index| Modifier::from_index(index).unwrap()),
        0..7,
    );
    (
        any_dates(),
        any_code(),
        modifiers,
        any_units(),
        of(any_provider()),
        of(any_money()),
        any_measure(),
        vec(1..=DiagnosisPointers::LAST, 0..=DiagnosisPointers::MOST),
    )
        .prop_map(|(dates, code, modifiers, units, provider, charge, measure, pointers)| {
            let mut line = ServiceLine::new(0, dates, code)
                .with_modifiers(modifiers)
                .with_units(units)
                .measured_in(measure)
                .for_diagnoses(DiagnosisPointers::new(pointers).unwrap());
            line.provider = provider;
            line.charge = charge;
            line
        })
}

fn any_professional() -> impl Strategy<Value = ClaimBuilder> {
    let lines = vec(
        (any_line(), any_site()).prop_map(|(line, site)| line.at_site(site)),
        1..6,
    );
    let frequency = select(vec![Frequency::ORIGINAL, Frequency::REPLACEMENT, Frequency::VOID]);
    (any_text(), any::<bool>(), lines, frequency).prop_map(|(id, asc, lines, frequency)| {
        Claim::professional(id)
            .biller(if asc { Biller::Asc } else { Biller::Practitioner })
            .frequency(frequency)
            .lines(lines)
    })
}

fn any_institutional() -> impl Strategy<Value = ClaimBuilder> {
    let line = (any_line(), of(any_revenue_code()), any::<bool>()).prop_map(|(mut line, revenue_code, only)| {
        line.revenue_code = revenue_code;
        if only && revenue_code.is_some() {
            line.code = None;
            line = line.with_modifiers([]);
        }
        line
    });
    (
        any_text(),
        "[1-9]{2}[0-9A-Z]",
        any_dates(),
        of("[0-9A-Z]{2}"),
        vec(
            "[0-9A-Z]{2}".prop_map(|text| text.parse::<ConditionCode>().unwrap()),
            0..3,
        ),
        vec(line, 1..6),
    )
        .prop_map(|(id, bill_type, dates, status, condition_codes, lines)| {
            let claim = Claim::institutional(id, bill_type.parse().unwrap(), dates)
                .condition_codes(condition_codes)
                .lines(lines);
            match status {
                Some(status) => claim.patient_status(status.parse().unwrap()),
                None => claim,
            }
        })
}

fn any_claim() -> impl Strategy<Value = Claim> {
    let sexes: Vec<Sex> = Sex::ALL.to_vec();
    let patient = (of(any::<u8>()), of(select(sexes))).prop_map(|(age, sex)| {
        let mut patient = Patient::unknown();
        patient.age = age;
        patient.sex = sex;
        patient
    });
    let diagnoses = vec("[A-Z][0-9A-Z]{2,6}".prop_map(|text| text.parse().unwrap()), 0..4);
    (
        prop_oneof![any_professional(), any_institutional()],
        any_payer(),
        patient,
        diagnoses,
        any::<bool>(),
        (any_text(), vec(1..3_u32, 0..2)),
    )
        .prop_map(|(claim, payer, patient, diagnoses, renumber, (reference, unread))| {
            let claim = claim
                .original_reference(reference)
                .unread_lines(unread.into_iter().map(|number| 1_000_000 + number))
                .payer(payer)
                .patient(patient)
                .diagnoses(diagnoses)
                .build()
                .unwrap();
            if renumber { renumbered(&claim) } else { claim }
        })
}

/// The same claim with its lines numbered from the last to the first, in tens.
fn renumbered(claim: &Claim) -> Claim {
    let mut json: serde_json::Value = serde_json::from_str(&claim.to_json()).unwrap();
    let lines = json["lines"].as_array_mut().unwrap();
    for (number, line) in lines.iter_mut().rev().enumerate() {
        line["number"] = (10 * number + 1).into();
    }
    Claim::from_json(json.to_string()).unwrap()
}

fn problems(error: &ClaimError) -> Vec<(Option<u32>, &str, &str)> {
    error
        .problems
        .iter()
        .map(|problem| (problem.line, &*problem.field, &*problem.value))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn json_round_trips(claim in any_claim()) {
        let json = claim.to_json();
        prop_assert_eq!(Claim::from_json(&json), Ok(claim.clone()), "{}", json);
        prop_assert_eq!(Claim::from_json_lenient(&json), Ok(claim.clone()));
        prop_assert_eq!(&serde_json::from_str::<Claim>(&json).unwrap(), &claim);
        let value = serde_json::to_value(&claim).unwrap();
        prop_assert_eq!(&serde_json::from_value::<Claim>(value).unwrap(), &claim);
    }

    #[test]
    fn the_shorthand_round_trips(claim in any_claim()) {
        let text = claim.to_shorthand();
        prop_assert_eq!(text.parse::<Claim>(), Ok(claim), "{}", text);
    }

    #[test]
    fn lines_get_their_numbers_by_position(claim in any_professional()) {
        let claim = claim.build().unwrap();
        prop_assert!((1..).zip(claim.lines()).all(|(position, line)| line.number == position));
    }

    #[test]
    fn no_text_is_too_odd(text in prop_oneof![any::<String>(), "[-;:#@x$=\"\\\\ .0-9A-Za-z]{0,40}"]) {
        for error in [Claim::from_shorthand(&text).err(), Claim::from_json(&text).err()].into_iter().flatten() {
            prop_assert!(!error.problems.is_empty());
            prop_assert!(!error.to_string().is_empty());
        }
    }

    /// A value of JSON of any kind in any place gives a claim or problems, never a panic, and never the format's error.
    #[test]
    fn no_value_is_too_odd(
        claim in any_claim(),
        place in any::<proptest::sample::Index>(),
        value in select(vec!["null", "true", "-1", "1e30", "0.1", "\"\"", "\"x\"", "[]", "[[]]", "{}", "{\"a\":[{}]}"]),
    ) {
        let mut json: serde_json::Value = serde_json::from_str(&claim.to_json()).unwrap();
        let pointers = pointers("", &json);
        *json.pointer_mut(place.get::<String>(&pointers)).unwrap() = serde_json::from_str(value).unwrap();
        if let Err(error) = Claim::from_json(json.to_string()) {
            prop_assert!(error.problems.iter().all(|problem| problem.kind != ProblemKind::Malformed), "{}", error);
        }
    }
}

fn pointers(prefix: &str, value: &serde_json::Value) -> Vec<String> {
    let mut found = vec![prefix.to_owned()];
    if let Some(object) = value.as_object() {
        found.extend(
            object
                .iter()
                .flat_map(|(key, value)| pointers(&format!("{prefix}/{key}"), value)),
        );
    }
    for (index, value) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(pointers(&format!("{prefix}/{index}"), value));
    }
    found
}

#[test]
fn the_examples_of_the_design_are_read() {
    let professional = Claim::from_json(
        r#"{"id":"A1","form":"professional","payer":"medicare",
            "lines":[{"number":1,"date":"2025-10-06","code":"64632","modifiers":["50"],"units":1,"site":"11",
                      "provider":"1234567893","charge":"310.00"}]}"#,
    )
    .unwrap();
    assert_eq!(
        professional.to_shorthand(),
        "#A1 medicare 2025-10-06 @11 by=1234567893: 64632-50 $310.00"
    );
    let institutional = Claim::from_json(
        r#"{"id":"B1","form":"institutional","payer":"medicare","bill_type":"131","from":"2025-10-06","through":"2025-10-06",
            "patient":{"age":70,"sex":"female"},"patient_status":"01","diagnoses":["G5761"],
            "lines":[{"number":1,"date":"2025-10-06","code":"64632","modifiers":[],"units":1,"revenue_code":"0360","charge":"310.00"}]}"#,
    )
    .unwrap();
    assert_eq!(
        institutional.to_shorthand(),
        "#B1 medicare tob=131 2025-10-06 age=70 sex=female status=01 dx=G5761: 64632 $310.00 rev=0360"
    );
    let plan = Claim::from_json(
        r#"{"id":"A1","form":"professional","site":"11",
            "payer":{"name":"blue-cross-blue-shield","licensee":"ND","line_of_business":"commercial"},
            "lines":[{"date":"2025-10-06","through":"2025-10-07","code":"64632","units":"2.5","charge":310}]}"#,
    )
    .unwrap();
    assert_eq!(
        plan.to_shorthand(),
        "#A1 blue-cross-blue-shield/ND+commercial 2025-10-06..2025-10-07 @11: 64632 x2.5 $310.00"
    );
}

#[test]
fn all_the_problems_of_a_claim_are_reported() {
    let error = Claim::from_json(
        r#"{"id":"A1","form":"professional","payer":{"name":"nobody"},"bill_type":"131","colour":1,
            "patient":{"age":300,"hair":"red"},"diagnoses":["G5761",7],
            "lines":[
              {"number":4,"date":"2025-02-29","code":64632,"modifiers":["5",50],"units":0,"site":"pain clinic"},
              {"date":"2025-10-06","through":"2025-10-05","code":"64632","modifers":[],"charge":1.005,"site":"11"},
              7,
              {"number":4,"provider":"1"}]}"#,
    )
    .unwrap_err();
    assert_eq!(
        problems(&error),
        [
            (None, "bill_type", "131"),
            (None, "payer.name", "nobody"),
            (None, "patient.age", "300"),
            (None, "diagnoses", "7"),
            (None, "colour", ""),
            (None, "patient.hair", ""),
            (Some(2), "through", "2025-10-05"),
            (Some(2), "charge", "1.005"),
            (Some(2), "modifers", ""),
            (Some(3), "line", "7"),
            (Some(4), "date", "2025-02-29"),
            (Some(4), "code", "64632"),
            (Some(4), "units", "0"),
            (Some(4), "site", "pain clinic"),
            (Some(4), "modifiers", "5"),
            (Some(4), "modifiers", "50"),
            (Some(4), "date", ""),
            (Some(4), "provider", "1"),
            (Some(4), "number", "4"),
        ]
    );
    assert_eq!(error.claim.as_deref(), Some("A1"));
    assert_eq!(error.to_string().lines().count(), error.problems.len());
    assert!(
        error
            .to_string()
            .contains("claim `A1`, line 2: unknown field `modifers`: expected one of number, date")
    );
}

#[test]
fn missing_fields_are_problems() {
    let error = Claim::from_json(r#"{"lines":[{}]}"#).unwrap_err();
    assert_eq!(error.claim, None);
    assert_eq!(
        problems(&error),
        [(None, "form", ""), (None, "payer", ""), (None, "id", "")]
    );
    let error = Claim::from_json(r#"{"id":"1","payer":"medicare","form":"professional","lines":[{}]}"#).unwrap_err();
    assert_eq!(
        problems(&error),
        [(Some(1), "date", ""), (Some(1), "code", ""), (Some(1), "site", "")]
    );
    let error = Claim::from_json(r#"{"id":"1","payer":"medicare","form":"institutional"}"#).unwrap_err();
    assert_eq!(
        problems(&error),
        [(None, "bill_type", ""), (None, "from", ""), (None, "lines", "")]
    );
    for json in ["null", "[]", "7", "\"x\""] {
        assert_eq!(Claim::from_json(json).unwrap_err().problems[0].field, "claim");
    }
}

#[test]
fn broken_json_says_where() {
    for (json, line, column) in [
        ("", 1, 0),
        ("{\"id\":\n x}", 2, 2),
        ("{} {}", 1, 4),
        (r#"{"id":"1","id":"2"}"#, 1, 14),
    ] {
        let error = Claim::from_json(json).unwrap_err();
        assert_eq!(error.problems[0].kind, ProblemKind::Malformed, "{json}");
        let expected = Location::default().at_line(line).at_column(column);
        assert_eq!(error.problems[0].location, Some(expected), "{json}");
    }
    assert!(Claim::from_json(b"\xff").is_err());
}

#[test]
fn every_field_that_an_error_offers_is_known() {
    let base = |extra: &str, line: &str| {
        format!(
            r#"{{"id":"1","payer":{{{extra}}},"patient":{{{extra}}},{extra}{}"lines":[{{{line}}}]}}"#,
            if extra.is_empty() { "" } else { "," }
        )
    };
    let error = Claim::from_json(base(r#""zz":1"#, r#""zz":1"#)).unwrap_err();
    let offers: Vec<_> = error
        .problems
        .iter()
        .filter(|problem| problem.kind == ProblemKind::UnknownField)
        .collect();
    assert_eq!(offers.len(), 4);
    for offer in offers {
        let names = offer.expected.strip_prefix("one of ").unwrap().split(", ");
        for name in names {
            let field = format!(r#""{name}":null"#);
            let json = match (offer.line, offer.field.split_once('.')) {
                (Some(_), _) => base("", &field),
                (None, Some((outer, _))) => format!(r#"{{"{outer}":{{{field}}}}}"#),
                (None, None) => format!("{{{field}}}"),
            };
            let error = Claim::from_json(&json).unwrap_err();
            assert!(
                error
                    .problems
                    .iter()
                    .all(|problem| problem.kind != ProblemKind::UnknownField),
                "{json}: {error}"
            );
        }
    }
}

#[test]
fn the_shorthand_says_which_word() {
    let error = Claim::from_shorthand("medicare 2024-08-06 @1 colour=red: 6463-RT-5 x0; 64632 L7 frog; 64632 @11 @12")
        .unwrap_err();
    let found: Vec<_> = error
        .problems
        .iter()
        .map(|problem| {
            (
                problem.line,
                problem.location.as_ref().and_then(|at| at.word),
                &*problem.field,
                &*problem.value,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            (None, Some(3), "site", "1"),
            (None, Some(4), "word", "colour=red"),
            (Some(1), Some(1), "code", "6463"),
            (Some(1), Some(1), "modifiers", "5"),
            (Some(1), Some(2), "units", "0"),
            (Some(3), Some(3), "site", "12"),
            (Some(7), Some(3), "word", "frog"),
        ]
    );
    for text in [
        "",
        ":",
        "64632",
        "2024-08-06 @11:",
        "2024-08-06 @11: 64632;",
        "\"#A: 64632",
        "tob=131: 64632",
    ] {
        assert!(Claim::from_shorthand(text).is_err(), "{text}");
    }
}

#[test]
fn the_header_holds_for_lines_that_say_nothing_else() {
    let claim = Claim::from_shorthand(
        "by=1234567893 #A1 @11 2024-08-06: 64632; 64632-59 2024-08-07..2024-08-09 @22 by=1000000004 L9 $-1.5",
    )
    .unwrap();
    let [first, second] = claim.lines() else {
        panic!("two lines")
    };
    let provider: Npi = "1234567893".parse().unwrap();
    assert_eq!(
        *first,
        ServiceLine::new(1, date!(2024, 8, 6), code!("64632"))
            .at_site(SiteOfService::Office)
            .by(provider)
    );
    assert_eq!((second.number, second.date()), (9, date!(2024, 8, 7)));
    assert_eq!(second.site.map(SiteOfService::code), Some("22"));
    assert_eq!(claim.payer(), &Payer::medicare());
}

#[test]
fn a_claim_is_refused_on_the_wrong_form() {
    let line = || ServiceLine::new(0, date!(2024, 8, 6), code!("64632"));
    let bill = || Claim::institutional("B1", "131".parse().unwrap(), date!(2024, 8, 6).into());
    let claim = || Claim::professional("A1").site(SiteOfService::Office);
    assert!(bill().line(line()).build().is_ok());
    assert!(claim().line(line()).build().is_ok());
    let field = |builder: ClaimBuilder| builder.build().unwrap_err().problems[0].field.clone();
    assert_eq!(field(bill().line(line().at_site(SiteOfService::Office))), "site");
    assert_eq!(field(bill().line(line()).biller(Biller::Asc)), "biller");
    assert_eq!(
        field(claim().line(line()).patient_status("01".parse().unwrap())),
        "patient_status"
    );
    assert_eq!(
        field(claim().line(line().with_revenue_code("0360".parse().unwrap()))),
        "revenue_code"
    );
    assert_eq!(
        field(claim().line(ServiceLine::revenue_only(1, date!(2024, 8, 6), "0360".parse().unwrap()))),
        "code"
    );
    assert_eq!(
        field(claim().lines([line(), ServiceLine::new(1, date!(2024, 8, 6), code!("64455"))])),
        "number"
    );
    assert_eq!(field(claim()), "lines");
    assert_eq!(
        field(Claim::professional("").site(SiteOfService::Office).line(line())),
        "id"
    );
}

#[test]
fn modifiers_beyond_the_fourth_are_kept_for_print() {
    let claim = Claim::from_shorthand("2024-08-06 @11: 64632-50-RT-59-76-77-78").unwrap();
    let line = &claim.lines()[0];
    assert_eq!(line.extra_modifiers(), [modifier!("77"), modifier!("78")]);
    assert!(line.modifiers.more_were_given());
    assert_eq!(line.all_modifiers().count(), 6);
    assert!(claim.to_json().contains(r#"["50","RT","59","76","77","78"]"#));
}
