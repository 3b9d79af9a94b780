//! The ASC addenda.

use cleanclaim::reference::{Addendum, Table};
use cleanclaim::{code, date};
use cleanclaim_cms::{FileProblemKind, FileSource, collect_sources};

use super::{read_one, small};

const AA: &str = "\"Addendum AA -- ASC Covered Surgical Procedures for CY 2024 \n(Including more)\"\t\t\t\t\t\t\r
Notice.\t\t\t\t\t\t\r
\t\t\t\t\t\t\r
HCPCS Code\t\tShort Descriptor\tSubject to Multiple Procedure Discounting\tJuly 2024  Payment Indicator\tJuly 2024  Payment Weight  \tJuly 2024 Payment Rate \r
64632\t *\tREDACTED\tY\tP3\t\t$47.33 \r
64628\t\tREDACTED\tY\tJ8\t173.495\t\"$9,524.01 \"\r
64629\t\tREDACTED\tN\tn1\t\t\r
\t\t\t\t\t\t\r
NOTE 1: Payment indicators for office-based procedures.\t\t\t\t\t\t\r\n";

const BB: &str = "Addendum BB -- ASC Covered Ancillary Services for CY 2024,,,,,,,\nNotice.,,,,,,,\n,,,,,,,\n\
HCPCS Code,,Short Descriptor,Drug and Device Pass-Through Expiration during Calendar Year,July 2024 Payment Indicator,July 2024 Payment Weight  ,July 2024 Payment Rate ,July 2024 IRA-22 Adjusted Copayment1\n\
J3301,**,REDACTED,*,N1,,,$0.24\n";

const EE: &str = "Addendum EE -- Surgical Procedures to be Excluded for CY 2024\t\nNotice.\t\n\t\nHCPCS Code\tShort Descriptor\n64999\tREDACTED\n";

fn addenda(which: &[&str]) -> Vec<FileSource> {
    let text = |name: &str| match name {
        "AA.txt" => AA,
        "BB.csv" => BB,
        _ => EE,
    };
    which
        .iter()
        .map(|name| FileSource::bytes(&format!("asc/now/{name}"), text(name)))
        .collect()
}

#[test]
fn three_addenda_are_one_release() {
    let collected = collect_sources(addenda(&["AA.txt", "BB.csv", "EE.txt"]), &small(), &mut |_| {});
    assert_eq!(collected.errors(), 0, "{:?}", collected.problems);
    let (release, rows) = &collected.releases[0];
    assert_eq!((release.table, &*release.name, *rows), (Table::Asc, "2024-07-01", 5));
    let reference = collected.builder.build().unwrap();
    let entry = |code| {
        let found = reference.asc(code, date!(2024, 8, 6), cleanclaim::reference::Stale::Refuse);
        found.found().map(|found| found.row[0])
    };
    let covered = entry(code!("64628")).unwrap();
    assert_eq!(
        (covered.addendum, covered.multiple_procedure_discount),
        (Addendum::Aa, Some(true))
    );
    assert_eq!(
        (covered.weight, covered.rate.map(|rate| rate.cents())),
        (Some(1_734_950), Some(952_401))
    );
    assert_eq!(entry(code!("64629")).unwrap().payment_indicator, *b"N1");
    assert_eq!(entry(code!("J3301")).unwrap().addendum, Addendum::Bb);
    assert_eq!(entry(code!("64999")).unwrap().addendum, Addendum::Ee);
    assert_eq!(entry(code!("64640")), None);
}

#[test]
fn an_addendum_alone_is_refused() {
    let collected = collect_sources(addenda(&["AA.txt", "BB.csv"]), &small(), &mut |_| {});
    assert!(collected.releases.is_empty());
    assert_eq!(
        collected.problems[0].to_string(),
        "asc/now/AA.txt: release `2024-07-01` is missing addendum EE: its codes would wrongly be \
         reported as not listed"
    );
    let collected = collect_sources(addenda(&["EE.txt"]), &small(), &mut |_| {});
    assert!(
        matches!(collected.problems[0].kind, FileProblemKind::NoRelease { .. }),
        "{:?}",
        collected.problems
    );
}

#[test]
fn bad_rows_of_an_addendum_are_named() {
    let text = AA.replace("\tY\tP3", "\tX\tP3").replace("$9,524.01", "$9,524.012");
    let sources = vec![
        FileSource::bytes("a/AA.txt", text),
        FileSource::bytes("a/BB.csv", BB),
        FileSource::bytes("a/EE.txt", EE),
    ];
    let collected = collect_sources(sources, &small(), &mut |_| {});
    let problems: Vec<String> = collected.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "a/AA.txt:6: field `Subject to Multiple Procedure Discounting`: `X` is not valid: expected Y or N",
            "a/AA.txt:7: field `July 2024 Payment Rate`: `$9,524.012` is not valid: expected an amount such as \
             `$1,344.10`",
        ]
    );
}

#[test]
fn other_addenda_are_named_and_left_out() {
    let text = EE.replace("Addendum EE", "Addendum FF");
    let error = read_one("FF.txt", text).unwrap_err();
    assert_eq!(
        error.to_string(),
        "FF.txt: holds addendum FF, which no table of the reference takes: left out"
    );
}
