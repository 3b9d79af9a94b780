//! Accessors of other schedules tell "not listed" from "no answer", whether a rule names their tables in `needs` or not.

use cleanclaim::reference::{
    DmeposCategory, DmeposEntry, DmeposJurisdiction, DmeposRow, Gap, HcpcsCoverage, HcpcsEntry, HcpcsPricing, HcpcsRow,
    LaboratoryFee, LaboratoryRateBasis, LaboratoryRow, Lookup, Mai, MueRow, PartBDrug, PartBDrugRow, Reference,
    ReferenceBuilder, Release, Rows, SingleDoseRow, Table,
};
use cleanclaim::rule::prelude::*;
use cleanclaim::{Claim, Evaluator, code, date, modifier};

/// A table, a row of it for a code, and what a line of the code is told.
struct Case {
    table: Table,
    rows: Rows,
    rule: &'static Rule,
}

macro_rules! tells {
    ($id:ident, $name:literal, $table:ident, $accessor:ident) => {
        cleanclaim::rule! {
            /// # What it checks
            /// Whether the accessor tells what is so, of a table that the rule does not name in `needs`.
            pub static $id = {
                name: $name,
                check: Check::Line(|line, found| {
                    if answer(&line.$accessor()) == expected(line, Table::$table) {
                        found.raise(line);
                    }
                }),
                on: Trigger::EveryLine,
                disposition: Disposition::Advisory,
                sources: &[Citation::new("a test", "accessors")],
                since: "0.1.0",
                message: |_| "told".into(),
            };
        }
    };
}

tells!(T901, "tells-laboratory", Laboratory, laboratory_fees);
tells!(T902, "tells-dmepos", Dmepos, dmepos);
tells!(T903, "tells-hcpcs", HcpcsLevel2, hcpcs);
tells!(T904, "tells-single-dose", SingleDoseDrugs, single_dose_drug);
tells!(T905, "tells-part-b", PartBDrugs, part_b_drug);
tells!(T906, "tells-supplier-mue", DmeMue, supplier_mue);

fn answer<T>(found: &Lookup<T>) -> &'static str {
    match found {
        Lookup::Found(_) => "found",
        Lookup::NotListed => "not listed",
        Lookup::NotCovered(Gap::NotLoaded(_)) => "not loaded",
        Lookup::NotCovered(Gap::BeforeFirst(_)) => "before the first",
        Lookup::NotCovered(Gap::Stale(_)) => "stale",
        Lookup::NotCovered(Gap::OutsideExcerpt(_)) => "outside the excerpt",
        Lookup::NotCovered(_) => "another gap",
    }
}

/// A line with the modifier ZZ meets an empty reference.
fn expected(line: &Line<'_>, table: Table) -> &'static str {
    let loaded = !line.has(modifier!("ZZ"));
    match line.date().year() {
        _ if !loaded => "not loaded",
        2023 => "before the first",
        2025 => "stale",
        _ if line.code() == Some(code!("99213")) => "outside the excerpt",
        _ if line.code() == Some(code!("00001")) => {
            assert_eq!(line.gap(table), None);
            "found"
        }
        _ => "not listed",
    }
}

fn cases() -> Vec<Case> {
    let code = code!("00001");
    let fee = LaboratoryFee {
        effective: date!(2024, 1, 1),
        rate: "10.00".parse().unwrap(),
        basis: LaboratoryRateBasis::National,
    };
    let priced = DmeposEntry {
        modifier: Some(modifier!("RR")),
        second_modifier: None,
        jurisdiction: DmeposJurisdiction::Equipment,
        category: DmeposCategory::CappedRental,
    };
    let hcpcs = HcpcsEntry {
        pricing: HcpcsPricing::CappedRental,
        second_pricing: None,
        coverage: HcpcsCoverage::ContractorJudges,
        added: date!(2000, 1, 1),
        terminated: None,
    };
    let mue = MueRow {
        code,
        value: 1,
        mai: Mai::Line,
        rationale: "made up".into(),
    };
    let case = |table, rows, rule| Case { table, rows, rule };
    vec![
        case(
            Table::Laboratory,
            Rows::Laboratory(vec![LaboratoryRow { code, qw: true, fee }]),
            &T901,
        ),
        case(
            Table::Dmepos,
            Rows::Dmepos(vec![DmeposRow { code, entry: priced }]),
            &T902,
        ),
        case(
            Table::HcpcsLevel2,
            Rows::HcpcsLevel2(vec![HcpcsRow { code, entry: hcpcs }]),
            &T903,
        ),
        case(
            Table::SingleDoseDrugs,
            Rows::SingleDoseDrugs(vec![SingleDoseRow { code }]),
            &T904,
        ),
        case(
            Table::PartBDrugs,
            Rows::PartBDrugs(vec![PartBDrugRow {
                code,
                group: PartBDrug::Drug,
            }]),
            &T905,
        ),
        case(Table::DmeMue, Rows::Mue(vec![mue]), &T906),
    ]
}

#[test]
fn accessors_tell_not_listed_from_no_answer() {
    for Case { table, rows, rule } in cases() {
        let year = "2024-01-01..2024-12-31".parse().unwrap();
        let release = Release::new(table, "a year", year, "made up");
        let release = release.excerpt_of(vec![code!("00001"), code!("00002")]);
        let mut builder = ReferenceBuilder::new();
        builder.add(release, rows).unwrap();
        for (modifier, reference) in [("", builder.build().unwrap()), ("-ZZ", Reference::empty())] {
            let evaluator = Evaluator::builder(reference)
                .rule(rule)
                .only([rule.id])
                .unwrap()
                .build()
                .unwrap();
            for day in ["2023-12-31", "2024-08-06", "2025-01-01"] {
                for code in ["00001", "00002", "99213"] {
                    let claim = Claim::from_shorthand(&format!("{day} @11: {code}{modifier}")).unwrap();
                    let told = evaluator.evaluate(&claim).findings().len();
                    assert_eq!(told, 1, "{} on {day}, {code}{modifier}", rule.id);
                }
            }
        }
    }
}
