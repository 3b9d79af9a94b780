//! What the types of the model promise, over arbitrary texts and values.

#![cfg(feature = "json")]

use std::collections::BTreeSet;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use cleanclaim::claim::ServiceLine;
use cleanclaim::model::{
    CodeSystem, DateRange, DiagnosisCode, LineOfBusiness, Modifier, ModifierColumn, Modifiers, Money, Npi, ParseError,
    PatientStatus, Payer, PayerName, ProcedureCode, RevenueCode, ServiceDate, Sex, SiteOfService, SiteRate, State,
    TypeOfBill, Units,
};
use cleanclaim::{code, date, modifier};
use proptest::prelude::*;

/// Prints and reads back, as a text and by way of serde.
fn round_trips<T>(value: &T)
where
    T: FromStr<Err = ParseError> + Display + Debug + PartialEq + serde::Serialize + serde::de::DeserializeOwned,
{
    assert_eq!(value.to_string().parse::<T>().as_ref(), Ok(value));
    through_json(value);
}

fn through_json<T: Debug + PartialEq + serde::Serialize + serde::de::DeserializeOwned>(value: &T) {
    let json = serde_json::to_string(value).unwrap();
    assert_eq!(&serde_json::from_str::<T>(&json).unwrap(), value, "{json}");
}

/// Reading must give the error that names the text, and never panic.
fn reads_or_names<T: FromStr<Err = ParseError>>(text: &str) {
    if let Err(error) = text.parse::<T>() {
        assert!(!error.expected().is_empty());
        assert!(error.to_string().contains("expected "));
    }
}

/// Short texts near the border of what codes accept, and quite other ones.
fn near_text(length: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = String> {
    let character = prop_oneof![
        6 => proptest::char::range('0', '9'),
        6 => proptest::char::range('A', 'Z'),
        2 => proptest::char::range('a', 'z'),
        1 => proptest::char::range(' ', '~'),
        1 => any::<char>(),
    ];
    proptest::collection::vec(character, length).prop_map(String::from_iter)
}

fn any_code() -> impl Strategy<Value = ProcedureCode> {
    "[0-9A-Z]{5}|[0-9]{5}|[0-9]{4}[A-Z]|[A-Z][0-9]{4}".prop_map(|text| text.parse().unwrap())
}

fn any_modifier() -> impl Strategy<Value = Modifier> {
    (0..Modifier::COUNT).prop_map(|index| Modifier::from_index(index).unwrap())
}

#[test]
fn sizes_are_as_promised() {
    assert_eq!(size_of::<ProcedureCode>(), 5);
    assert_eq!(size_of::<Option<ProcedureCode>>(), 5);
    assert_eq!(size_of::<Modifier>(), 2);
    assert_eq!(size_of::<Option<Modifier>>(), 2);
    assert_eq!(size_of::<Modifiers>(), 8);
    assert_eq!(size_of::<ServiceDate>(), 2);
    assert_eq!(size_of::<DateRange>(), 4);
    assert_eq!(size_of::<SiteOfService>(), 2);
    assert_eq!(size_of::<Option<SiteOfService>>(), 2);
    assert_eq!(size_of::<Option<Units>>(), 8);
    assert_eq!(size_of::<Option<Npi>>(), 8);
    assert_eq!(size_of::<Option<Money>>(), 8);
    assert_eq!(size_of::<Option<RevenueCode>>(), 2);
    assert_eq!(size_of::<ServiceLine>(), 64);
    assert_eq!(size_of::<TypeOfBill>(), 3);
}

#[test]
fn every_index_is_of_one_code() {
    for index in 0..ProcedureCode::INDEX_LIMIT {
        let code = ProcedureCode::from_index(index).unwrap();
        assert_eq!(code.index(), Some(index), "{code}");
    }
    assert_eq!(ProcedureCode::from_index(ProcedureCode::INDEX_LIMIT), None);
    assert_eq!(ProcedureCode::from_index(u32::MAX), None);
}

#[test]
fn codes_know_their_system() {
    let systems = [
        (code!("99213"), Some(CodeSystem::CptCategoryI)),
        (code!("0001A"), Some(CodeSystem::CptCategoryI)),
        (code!("2028F"), Some(CodeSystem::CptCategoryII)),
        (code!("0440T"), Some(CodeSystem::CptCategoryIII)),
        (code!("0016U"), Some(CodeSystem::Pla)),
        (code!("0011M"), Some(CodeSystem::Maaa)),
        (code!("G0260"), Some(CodeSystem::HcpcsLevelII)),
        (code!("v5299"), Some(CodeSystem::HcpcsLevelII)),
        (code!("D0120"), Some(CodeSystem::Cdt)),
        (code!("W0001"), None),
        (code!("0001B"), None),
        (code!("A000A"), None),
        (code!("00A00"), None),
    ];
    for (code, system) in systems {
        assert_eq!(code.system(), system, "{code}");
    }
}

#[test]
fn every_modifier_is_in_the_order_of_its_text() {
    let all: Vec<Modifier> = (0..Modifier::COUNT)
        .map(|index| Modifier::from_index(index).unwrap())
        .collect();
    assert!(all.iter().map(|modifier| modifier.as_str()).is_sorted_by(|a, b| a < b));
    assert!(all.is_sorted_by(|a, b| a < b));
    for (index, modifier) in all.iter().enumerate() {
        assert_eq!(modifier.index(), index);
        round_trips(modifier);
    }
    assert_eq!(Modifier::from_index(Modifier::COUNT), None);
    assert_eq!(Modifier::from_index(usize::MAX), None);
}

#[test]
fn every_day_is_a_day_of_the_calendar() {
    for number in 0..=u16::MAX {
        let day = ServiceDate::from_day_number(number);
        assert_eq!(ServiceDate::from_ymd(day.year(), day.month(), day.day()), Some(day));
        assert_eq!(ServiceDate::parse_compact(&day.to_string().replace('-', "")), Ok(day));
        assert_eq!(day.to_string().parse(), Ok(day));
        assert_eq!(day.next().and_then(ServiceDate::previous), day.next().map(|_| day));
    }
    assert_eq!(ServiceDate::MIN.to_string(), "1970-01-01");
    assert_eq!(ServiceDate::MAX.to_string(), "2149-06-06");
    assert_eq!((ServiceDate::MIN.previous(), ServiceDate::MAX.next()), (None, None));
    assert_eq!(ServiceDate::from_ymd(2149, 6, 7), None);
    assert_eq!(ServiceDate::from_ymd(1969, 12, 31), None);
    assert_eq!(ServiceDate::from_ymd(2023, 2, 29), None);
    assert_eq!(ServiceDate::from_ordinal(2024, 366), Some(date!(2024, 12, 31)));
    assert_eq!(ServiceDate::from_ordinal(2023, 366), None);
}

#[test]
fn dates_have_one_form() {
    for text in [
        "",
        "2024",
        "2024-7-1",
        "24-07-01",
        "2024/07/01",
        "20240701",
        "2024-07-01 ",
        " 2024-07-01",
        "+024-07-01",
        "2024-07-0a",
        "2024-13-01",
        "2024-00-10",
        "2024-07-32",
        "2024-07-01T00:00",
        "02024-07-01",
        "2024-07--1",
    ] {
        assert!(text.parse::<ServiceDate>().is_err(), "{text}");
    }
    for text in [
        "",
        "2024-07-01",
        "240701",
        "2024071",
        "202407011",
        "+2024701",
        "2024\u{e9}0701",
        "20241301",
    ] {
        assert!(ServiceDate::parse_compact(text).is_err(), "{text}");
    }
}

#[test]
fn every_two_digits_are_a_site() {
    let assigned: BTreeSet<u8> = SiteOfService::ALL.iter().map(|site| site.number()).collect();
    let table = [
        1..=27,
        31..=34,
        41..=42,
        49..=58,
        60..=62,
        65..=66,
        71..=72,
        81..=81,
        99..=99,
    ];
    assert_eq!(assigned, table.into_iter().flatten().collect());
    assert!(SiteOfService::ALL.is_sorted());
    for number in 0..100 {
        let site = SiteOfService::from_number(number).unwrap();
        assert_eq!(site.code(), format!("{number:02}"));
        assert_eq!(site.number(), number);
        assert_eq!(site.is_assigned(), assigned.contains(&number));
        assert_eq!(site.kind().is_some(), site.is_assigned());
        round_trips(&site);
    }
    assert_eq!(SiteOfService::from_number(100), None);
}

#[test]
fn columns_of_modifiers_print_what_the_fee_schedule_prints() {
    use cleanclaim::reference::{AssistantAtSurgery, Bilateral, CoSurgeon, GlobalPeriod, TeamSurgery};
    fn printed<T: Copy>(all: &[T], text: fn(T) -> &'static str) -> Vec<&'static str> {
        all.iter().map(|&value| text(value)).collect()
    }
    for &column in ModifierColumn::ALL {
        let values = match column {
            ModifierColumn::Bilateral => printed(Bilateral::ALL, Bilateral::text),
            ModifierColumn::AssistantAtSurgery => printed(AssistantAtSurgery::ALL, AssistantAtSurgery::text),
            ModifierColumn::CoSurgeon => printed(CoSurgeon::ALL, CoSurgeon::text),
            ModifierColumn::TeamSurgery => printed(TeamSurgery::ALL, TeamSurgery::text),
            ModifierColumn::GlobalDays => printed(GlobalPeriod::ALL, GlobalPeriod::text),
            _ => panic!("{column} is not known to this test"),
        };
        assert_eq!(column.values(), values, "{column}");
    }
}

#[test]
fn sites_are_paid_at_the_rate_of_the_manual() {
    let of = |rate| {
        SiteOfService::ALL
            .iter()
            .filter(|site| site.rate() == rate)
            .map(|site| site.number())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        of(Some(SiteRate::Facility)),
        [2, 19, 21, 22, 23, 24, 26, 31, 34, 41, 42, 51, 52, 53, 56, 61]
    );
    assert_eq!(
        of(Some(SiteRate::NonFacility)),
        [
            1, 3, 4, 9, 10, 11, 12, 13, 14, 15, 16, 17, 20, 25, 27, 32, 33, 49, 50, 54, 55, 57, 58, 60, 62, 65, 71, 72,
            81, 99
        ]
    );
    assert_eq!(of(None), [5, 6, 7, 8, 18, 66]);
}

#[test]
fn a_pain_clinic_is_no_site() {
    for text in [
        "pain clinic",
        "Specialised Pain Clinic",
        "PAIN CENTRE",
        "pain-management center",
        "painclinic",
    ] {
        let error = text.parse::<SiteOfService>().unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("`{text}` is not a place of service")),
            "{error}"
        );
        for site in ["11", "49", "19", "22"] {
            assert!(error.contains(site), "{error}");
        }
    }
    assert!(
        !"office"
            .parse::<SiteOfService>()
            .unwrap_err()
            .to_string()
            .contains("pain")
    );
}

#[test]
fn names_are_read_in_any_case_and_by_their_aliases() {
    assert_eq!("UHC".parse(), Ok(PayerName::UnitedHealthcare));
    assert_eq!("united-healthcare".parse(), Ok(PayerName::UnitedHealthcare));
    assert_eq!(PayerName::UnitedHealthcare.to_string(), "unitedhealthcare");
    assert_eq!("Bcbs".parse(), Ok(PayerName::BlueCrossBlueShield));
    assert_eq!("M".parse(), Ok(Sex::Male));
    assert_eq!(
        "humana".parse::<PayerName>().unwrap_err().to_string(),
        "`humana` is not a payer: expected one of medicare, medicaid, aetna, blue-cross-blue-shield, cigna, \
         unitedhealthcare, other"
    );
    for &column in ModifierColumn::ALL {
        round_trips(&column);
    }
    for &name in PayerName::ALL {
        round_trips(&name);
    }
    for &line in LineOfBusiness::ALL {
        round_trips(&line);
    }
    for &system in CodeSystem::ALL {
        round_trips(&system);
    }
    for &sex in Sex::ALL {
        round_trips(&sex);
    }
}

#[test]
fn units_and_money_are_strict_decimals() {
    for text in [
        "",
        "0",
        "0.000",
        "-1",
        "1.",
        ".5",
        "1.2345",
        "1e3",
        "+1",
        " 1",
        "1,000",
        "10000000000",
        "x",
        "1.0000",
    ] {
        assert!(text.parse::<Units>().is_err(), "{text}");
    }
    for (text, thousandths) in [
        ("1", 1_000),
        ("0.001", 1),
        ("2.50", 2_500),
        ("007", 7_000),
        ("9999999999.999", 9_999_999_999_999),
    ] {
        assert_eq!(text.parse::<Units>().unwrap().thousandths(), thousandths, "{text}");
    }
    for text in [
        "",
        "-",
        "1.",
        ".5",
        "1.234",
        "$1",
        "1,344.10",
        "+1",
        "--1",
        "100000000000",
        "9".repeat(40).as_str(),
    ] {
        assert!(text.parse::<Money>().is_err(), "{text}");
    }
    for (text, cents) in [
        ("310", 31_000),
        ("310.5", 31_050),
        ("-1.5", -150),
        ("-0", 0),
        ("-99999999999.99", -9_999_999_999_999),
    ] {
        assert_eq!(text.parse::<Money>().unwrap().cents(), cents, "{text}");
    }
    assert_eq!(Money::from_cents(-5).unwrap().to_string(), "-0.05");
    assert_eq!(Units::whole(0), None);
    assert_eq!(Units::whole(1), Some(Units::ONE));
    assert_eq!(Units::MAX.saturating_add(Units::ONE), Units::MAX);
    assert_eq!(serde_json::from_str::<Units>("2.5").unwrap().thousandths(), 2_500);
    assert_eq!(serde_json::from_str::<Money>("1344.1").unwrap().cents(), 134_410);
    assert!(serde_json::from_str::<Money>("0.125").is_err());
}

#[test]
fn other_shapes_are_as_documented() {
    for text in ["131", "0131", "13z", "999"] {
        round_trips(&text.parse::<TypeOfBill>().unwrap());
    }
    for text in ["", "13", "013", "031", "103", "1131", "00131", "13-", "1é", "A31"] {
        assert!(text.parse::<TypeOfBill>().is_err(), "{text}");
    }
    assert_eq!("13q".parse::<TypeOfBill>().unwrap().to_string(), "13Q");
    for text in ["", "36", "03600", "36A", "+36", "é1"] {
        assert!(text.parse::<RevenueCode>().is_err(), "{text}");
    }
    for text in ["G57.61", "g5761", "M1A", "C4A.9", "T88.8XXA"] {
        round_trips(&text.parse::<DiagnosisCode>().unwrap());
    }
    for text in [
        "",
        "G5",
        "5761",
        "G5.761",
        "G57.",
        "G57.61.1",
        "G57612345",
        "G57-61",
        "é57",
    ] {
        assert!(text.parse::<DiagnosisCode>().is_err(), "{text}");
    }
    for text in ["", "1", "001", "0-", "é"] {
        assert!(text.parse::<PatientStatus>().is_err(), "{text}");
    }
    for text in ["", "123456789", "12345678901", "123456789a", "+123456789"] {
        assert!(text.parse::<Npi>().is_err(), "{text}");
    }
    round_trips(&"0000000000".parse::<Npi>().unwrap());
    round_trips(&"9999999999".parse::<Npi>().unwrap());
}

#[test]
fn a_payer_is_a_name_or_an_object() {
    let plan = Payer::new(PayerName::BlueCrossBlueShield).with_licensee("ND");
    assert_eq!(serde_json::to_string(&Payer::medicare()).unwrap(), r#""medicare""#);
    assert_eq!(
        serde_json::to_string(&plan).unwrap(),
        r#"{"name":"blue-cross-blue-shield","licensee":"ND"}"#
    );
    assert!(serde_json::from_str::<Payer>(r#"{"name":"bcbs","licence":"ND"}"#).is_err());
    for text in [
        "",
        "/",
        "+",
        "bcbs+",
        "bcbs+ND",
        "bcbs/ND+x",
        "bcbs/a+b+ND",
        "medicare+medicaid/x",
        "nobody",
    ] {
        assert!(text.parse::<Payer>().is_err(), "{text}");
    }
}

#[test]
fn a_fifth_modifier_is_remembered_but_not_kept() {
    let five: Modifiers = "50-RT-59-76-77".parse().unwrap();
    assert!(five.more_were_given());
    assert_eq!(five.len(), 4);
    assert!(!five.contains(modifier!("77")));
    assert_eq!(five.to_string(), "50-RT-59-76+");
    assert_ne!(five, "50-RT-59-76".parse().unwrap());
    assert_eq!(serde_json::to_string(&five).unwrap(), r#"["50","RT","59","76","+"]"#);
    for text in ["-", "50-", "+", "50+", "RT59", "RT,59", "50-RT-59-76++"] {
        assert!(text.parse::<Modifiers>().is_err(), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_code_is_any_five_letters_or_digits(text in near_text(4..=6)) {
        let valid = text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let code = text.parse::<ProcedureCode>();
        prop_assert_eq!(code.is_ok(), valid);
        if let Ok(code) = code {
            let upper = text.to_ascii_uppercase();
            prop_assert_eq!(code.as_str(), &upper);
            let shaped = |letter: usize| upper.char_indices().all(|(at, c)| (at == letter) == c.is_ascii_uppercase());
            prop_assert_eq!(code.index().is_some(), shaped(9) || shaped(0) || shaped(4));
            prop_assert!(code.system().is_none() || code.index().is_some());
            prop_assert_eq!(code.index().map(ProcedureCode::from_index), code.index().map(|_| Some(code)));
        } else {
            prop_assert_eq!(ProcedureCode::try_new(&text), None);
        }
    }

    #[test]
    fn codes_are_ordered_as_their_texts(a in any_code(), b in any_code()) {
        prop_assert_eq!(a.cmp(&b), a.as_str().cmp(b.as_str()));
        prop_assert_eq!(a.index().is_some() && a.index() == b.index(), a == b && a.index().is_some());
        round_trips(&a);
    }

    #[test]
    fn a_modifier_is_any_two_letters_or_digits(text in near_text(1..=3)) {
        let valid = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        prop_assert_eq!(text.parse::<Modifier>().is_ok(), valid);
        prop_assert_eq!(Modifier::try_new(&text).map(|modifier| modifier.as_str().to_owned()),
            valid.then(|| text.to_ascii_uppercase()));
    }

    #[test]
    fn a_site_is_any_two_digits(text in near_text(1..=3)) {
        let valid = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        prop_assert_eq!(text.parse::<SiteOfService>().is_ok(), valid);
    }

    #[test]
    fn modifiers_are_a_list(list in proptest::collection::vec(any_modifier(), 0..7), other in any_modifier()) {
        let modifiers = Modifiers::new(list.iter().copied());
        let kept: Vec<Modifier> = list.iter().copied().take(4).collect();
        prop_assert_eq!(modifiers.iter().collect::<Vec<_>>(), kept.clone());
        prop_assert_eq!(modifiers.iter().len(), kept.len());
        prop_assert_eq!(modifiers.len(), kept.len());
        prop_assert_eq!(modifiers.is_empty(), list.is_empty());
        prop_assert_eq!(modifiers.more_were_given(), list.len() > 4);
        prop_assert_eq!(modifiers.contains(other), kept.contains(&other));
        prop_assert!(kept.iter().all(|&modifier| modifiers.contains(modifier)));
        prop_assert_eq!(list.iter().copied().fold(Modifiers::none(), Modifiers::with), modifiers);
        round_trips(&modifiers);
    }

    #[test]
    fn lists_of_modifiers_are_ordered_one_by_one(
        a in proptest::collection::vec(any_modifier(), 0..5), b in proptest::collection::vec(any_modifier(), 0..5),
    ) {
        prop_assert_eq!(Modifiers::new(a.clone()).cmp(&Modifiers::new(b.clone())), a.cmp(&b));
    }

    #[test]
    fn units_and_money_round_trip(thousandths in 1..=Units::MAX.thousandths(), small in 1_u64..10_000, cents in any::<i64>()) {
        for thousandths in [thousandths, small] {
            let units = Units::from_thousandths(thousandths).unwrap();
            round_trips(&units);
            // A number of JSON is read as exactly as a text.
            prop_assert_eq!(serde_json::from_str::<Units>(&units.to_string()).unwrap(), units);
            prop_assert_eq!(units.is_whole(), !units.to_string().contains('.'));
            prop_assert_eq!(units.exceeds(3), thousandths > 3_000);
        }
        let cents = cents % (Money::MAX.cents() + 1);
        let money = Money::from_cents(cents).unwrap();
        round_trips(&money);
        prop_assert_eq!(serde_json::from_str::<Money>(&money.to_string()).unwrap(), money);
    }

    #[test]
    fn ranges_round_trip(a: u16, b: u16, day: u16) {
        let [a, b, day] = [a, b, day].map(ServiceDate::from_day_number);
        prop_assert_eq!(DateRange::new(a, b).is_some(), a <= b);
        let range = DateRange::new(a.min(b), a.max(b)).unwrap();
        prop_assert_eq!(range.contains(day), range.first() <= day && day <= range.last());
        prop_assert_eq!(range.overlaps(DateRange::single(day)), range.contains(day));
        round_trips(&range);
        round_trips(&DateRange::single(day));
        prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
    }

    #[test]
    fn payers_round_trip(
        name in proptest::sample::select(PayerName::ALL.to_vec()),
        licensee in proptest::option::of("[+/A-Za-z]{0,6}|.*"),
        line in proptest::option::of(
            proptest::sample::select(LineOfBusiness::ALL.to_vec())
        ),
        state in proptest::option::of(
            proptest::sample::select(State::ALL.to_vec())
        ),
    ) {
        let mut payer = Payer::new(name);
        payer.licensee = licensee.map(Into::into);
        payer.line_of_business = line;
        payer.state = state;
        round_trips(&payer);
    }

    #[test]
    fn no_text_is_too_odd(text in prop_oneof![any::<String>(), near_text(0..=12), "[-+./0-9 $:;#]{0,16}"]) {
        reads_or_names::<ProcedureCode>(&text);
        reads_or_names::<Modifier>(&text);
        reads_or_names::<Modifiers>(&text);
        reads_or_names::<SiteOfService>(&text);
        reads_or_names::<TypeOfBill>(&text);
        reads_or_names::<Payer>(&text);
        reads_or_names::<Units>(&text);
        reads_or_names::<Money>(&text);
        reads_or_names::<ServiceDate>(&text);
        reads_or_names::<DateRange>(&text);
        reads_or_names::<Npi>(&text);
        reads_or_names::<RevenueCode>(&text);
        reads_or_names::<DiagnosisCode>(&text);
        reads_or_names::<PatientStatus>(&text);
        reads_or_names::<Sex>(&text);
        let _ = ServiceDate::parse_compact(&text);
    }

    #[test]
    fn what_is_read_prints_as_it_can_be_read(text in near_text(2..=8)) {
        if let Ok(bill) = text.parse::<TypeOfBill>() { round_trips(&bill) }
        if let Ok(code) = text.parse::<DiagnosisCode>() { round_trips(&code) }
        if let Ok(code) = text.parse::<RevenueCode>() { round_trips(&code) }
        if let Ok(status) = text.parse::<PatientStatus>() { round_trips(&status) }
    }
}
