//! Claims at random over a small world of codes, so that rules meet often.

use cleanclaim::Claim;
use cleanclaim::claim::{Biller, ServiceLine};
use cleanclaim::model::{Modifier, Npi, ProcedureCode, ServiceDate, SiteOfService, Units};
use proptest::prelude::*;

use super::tables::Tables;

/// Small tables in which the codes of [`claim`] have something to say to each other.
pub(crate) const WORLD: &str = "\
fee 64632 global=010 bilateral=1 multiple=2 assistant=0
fee 64455 global=000 bilateral=1 multiple=2 assistant=0
fee 64640 global=010 bilateral=1 assistant=1
fee 64628 global=010 bilateral=0 na=nonfacility
fee 64629 global=ZZZ bilateral=0 na=nonfacility
fee 76942 pctc=1 bilateral=0 assistant=1
fee 76942/26 pctc=1
fee 76942/TC pctc=1 na=facility
fee 99213 global=XXX bilateral=0
fee 28080 global=090 bilateral=0 co-surgeon=1 team=2
fee G0463 status=X pctc=9 bilateral=9
fee 99999 status=B
pair 64632 64455 1
pair 64632 99213 1
pair 64640 64632 0
pair 64628 76942 0
mue 64632 1 2
mue 64455 1 3
mue 76942 2 1
addon 1 64629 64628
addon 2 76942 CCCCC
asc AA 64632 P3
asc EE 64628";

const CODES: [&str; 13] = [
    "64632", "64455", "64640", "64628", "64629", "76942", "99213", "28080", "G0463", "99999", "12345", "D0120", "ZZZZZ",
];

const MODIFIERS: [&str; 20] = [
    "26", "TC", "50", "RT", "LT", "59", "XS", "25", "57", "51", "54", "55", "62", "66", "80", "AS", "73", "PO", "22",
    "ZZ",
];

const SITES: [&str; 6] = ["11", "19", "22", "24", "49", "93"];

/// The small tables.
pub(crate) fn world() -> Tables {
    let mut tables = Tables::new();
    tables.read(WORLD);
    tables
}

pub(crate) fn code() -> impl Strategy<Value = ProcedureCode> {
    proptest::sample::select(&CODES[..]).prop_map(|code| code.parse().unwrap())
}

pub(crate) fn modifier() -> impl Strategy<Value = Modifier> {
    proptest::sample::select(&MODIFIERS[..]).prop_map(|modifier| modifier.parse().unwrap())
}

/// A date near both ends of the tables' quarter, or inside it.
fn date() -> impl Strategy<Value = ServiceDate> {
    let dates = [
        "2024-08-06",
        "2024-08-06",
        "2024-08-06",
        "2024-08-07",
        "2024-06-30",
        "2024-10-01",
    ];
    proptest::sample::select(dates.to_vec()).prop_map(|date| date.parse().unwrap())
}

pub(crate) fn line() -> impl Strategy<Value = ServiceLine> {
    let site = proptest::sample::select(&SITES[..]).prop_map(|site| site.parse::<SiteOfService>().unwrap());
    let provider = proptest::option::of(proptest::sample::select(vec![1_234_567_893_u64, 1_679_576_722]));
    let modifiers = proptest::collection::vec(modifier(), 0..6);
    (date(), code(), modifiers, 1..4_u32, site, provider, 0..20_u16).prop_map(
        |(date, code, modifiers, units, site, provider, span)| {
            let last = if span == 0 { date.next().unwrap() } else { date };
            let dates = cleanclaim::model::DateRange::new(date, last).unwrap();
            let line = ServiceLine::new(0, dates, code)
                .with_modifiers(modifiers)
                .with_units(Units::whole(units).unwrap())
                .at_site(site);
            match provider.and_then(Npi::from_number) {
                Some(provider) => line.by(provider),
                None => line,
            }
        },
    )
}

/// A professional claim of up to seven lines, numbered from 1.
pub(crate) fn claim() -> impl Strategy<Value = Claim> {
    let biller = prop_oneof![4 => Just(Biller::Practitioner), 1 => Just(Biller::Asc), 1 => Just(Biller::Supplier)];
    (proptest::collection::vec(line(), 1..8), biller)
        .prop_map(|(lines, biller)| Claim::professional("P").biller(biller).lines(lines).build().unwrap())
}
