//! Fee schedules and lists beside the physician's: laboratory, DMEPOS, HCPCS Level II, drugs.

use cleanclaim::reference::{
    DmeposCategory, HcpcsCoverage, HcpcsPricing, LaboratoryRateBasis, PartBDrug, Reference, Stale, Table,
};
use cleanclaim::{code, date, modifier};
use cleanclaim_cms::{FileSource, collect_sources};

use super::small;

/// The reference of one file, its release in words, and the problems.
fn read(name: &str, text: &str) -> (Reference, String, Vec<String>) {
    let collected = collect_sources(vec![FileSource::bytes(name, text)], &small(), &mut |_| {});
    let problems = collected.problems.iter().map(ToString::to_string).collect();
    let [(release, rows)] = collected.releases.as_slice() else {
        panic!("{problems:?}")
    };
    let words = format!("{} {} {rows}", release.table, release.in_force);
    (collected.builder.build().unwrap(), words, problems)
}

#[test]
fn laboratory_tests_have_a_row_for_qw() {
    let text = "2026 Clinical Diagnostic Laboratory Fee Schedule\nA notice.\n\"\"\n\"\"\n\
        YEAR,HCPCS,MOD,EFF_DATE,INDICATOR,RATE,SHORTDESC,LONGDESC,EXTENDEDLONGDESC\n\
        2026,83036,,20260101,N,00009.71,A,\"B, C\",D\n2026,83036,QW,20260101,N,00009.71,A,B,C\n\
        2026,0001U,,20260401,L,00720.00,A,B,C\n\
        2026,82947,ZZ,20260101,N,00001.00,A,B,C\n2026,82948,,2026-01-01,N,00001.00,A,B,C\n\
        2026,82950,,20260101,X,00001.00,A,B,C\n2026,82951,,20260101,N,1.005,A,B,C\n2026,829,,20260101,N,1,A,B,C\n";
    let (reference, release, problems) = read("PUF_CLFS_CY2026_Q2V1.csv", text);
    assert_eq!(release, "laboratory 2026-04-01..2026-06-30 3");
    let fees = |code| {
        reference
            .laboratory(code, date!(2026, 4, 1), Stale::Refuse)
            .found()
            .unwrap()
            .row
    };
    let tested = fees(code!("83036"));
    assert_eq!(tested.qw, tested.plain);
    assert_eq!(tested.qw.unwrap().rate.to_string(), "9.71");
    assert_eq!(fees(code!("0001U")).qw, None);
    assert_eq!(fees(code!("0001U")).plain.unwrap().basis, LaboratoryRateBasis::Local);
    assert_eq!(
        problems,
        [
            "PUF_CLFS_CY2026_Q2V1.csv:9: field `MOD`: `ZZ` is not valid: expected QW, or nothing",
            "PUF_CLFS_CY2026_Q2V1.csv:10: field `EFF_DATE`: `2026-01-01` is not valid: expected YYYYMMDD from 19700101 to \
             21490606",
            "PUF_CLFS_CY2026_Q2V1.csv:11: field `INDICATOR`: `X` is not valid: expected one of N L, the values of the CLFS \
             indicator",
            "PUF_CLFS_CY2026_Q2V1.csv:12: field `RATE`: `1.005` is not valid: expected a number with at most 2 decimals",
            "PUF_CLFS_CY2026_Q2V1.csv:13: field `HCPCS`: `829` is not valid: expected a procedure code: five digits, four \
             digits and a letter, or a letter and four digits",
        ]
    );
}

#[test]
fn equipment_is_priced_by_its_modifiers() {
    let text = "HCPCS,Mod,Mod2,JURIS,CATG,Ceiling,Floor,Description,AL (NR),AL (R)\n\
        E0601,RR,,D,CR,60.1,50,A,1,2\nE0601,RR,KU,D,CR,60.1,50,A,1,2\nA4216,,,J,OS,0.63,0.54,\"A, B\",0.58,\n\
        A4217,,,X,SU,1,1,A,1,\nA4221,!,,D,SU,1,1,A,1,\nA4222,,,D,ZZ,1,1,A,1,\n";
    let (reference, release, problems) = read("DMEPOS26_JUL.csv", text);
    assert_eq!(release, "dmepos 2026-07-01..2026-09-30 3");
    let rows = reference
        .dmepos(code!("E0601"), date!(2026, 7, 1), Stale::Refuse)
        .found()
        .unwrap()
        .row;
    assert!(
        rows.iter()
            .all(|row| row.modifier == Some(modifier!("RR")) && row.category == DmeposCategory::CappedRental)
    );
    assert_eq!(
        rows.iter()
            .filter(|row| row.second_modifier == Some(modifier!("KU")))
            .count(),
        1
    );
    assert_eq!(problems.len(), 3, "{problems:?}");
    assert!(problems[0].starts_with("DMEPOS26_JUL.csv:5: field `JURIS`: `X` is not valid: expected one of D L J"));
    assert!(problems[1].starts_with("DMEPOS26_JUL.csv:6: field `Mod`: `!` is not valid"));
    assert!(problems[2].starts_with("DMEPOS26_JUL.csv:7: field `CATG`: `ZZ` is not valid"));
}

#[test]
fn codes_of_level_two_are_read_from_both_layouts() {
    let cms = "HCPC,SEQNUM,RECID,LONG DESCRIPTION,PRICE1,PRICE2,COV,ADD DT,ACT EFF DT,TERM DT\n\
        E0601,00100,3,a text,36,,D,19930101,19930101,\nE0601,00200,4,goes on,,,,,,\n\
        G0124,00100,3,a text,11,21,D,19980401,19980401,20301231\n   A1,00100,7,a modifier,,,,,,\n\
        A0021,00100,3,a text,77,,I,19850101,19850101,\n";
    let copy = "hcpcs_code,price,multi,cov,betos,date_term,date_added\nE0601,36,A,D,X,,19930101\n\
        G0124,11:21,C,D,X,20301231,19980401\nA0021,00,A,Q,X,0,19850101\n";
    for (name, text, field) in [
        ("HCPC2024_JUL_ANWEB.csv", cms, "`PRICE`: `77`"),
        ("hcpcs_level2_2024_jul.csv", copy, "`COV`: `Q`"),
    ] {
        let (reference, release, problems) = read(name, text);
        assert_eq!(release, "hcpcs-level2 2024-07-01..2024-09-30 2");
        let entry = |code| {
            reference
                .hcpcs(code, date!(2024, 8, 6), Stale::Refuse)
                .found()
                .unwrap()
                .row
        };
        let rented = entry(code!("E0601"));
        assert_eq!(
            (rented.pricing, rented.coverage),
            (HcpcsPricing::CappedRental, HcpcsCoverage::SpecialInstructions)
        );
        let smear = entry(code!("G0124"));
        assert_eq!(smear.second_pricing, Some(HcpcsPricing::LaboratoryNationalLimit));
        assert_eq!(smear.in_use().unwrap().to_string(), "1998-04-01..2030-12-31");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].contains(field), "{problems:?}");
    }
}

#[test]
fn lists_of_drugs_are_told_by_heading_or_name() {
    let (reference, release, problems) = read("jw_jz_single_dose_hcpcs_2025-06-20.csv", "hcpcs\nJ0172\nJ0O12\n");
    assert_eq!(release, "single-dose-drugs 2025-06-20..2026-06-30 1");
    assert!(
        reference
            .single_dose_drug(code!("J0172"), date!(2026, 4, 1), Stale::Refuse)
            .found()
            .is_some()
    );
    assert!(problems[0].contains(":3: field `HCPCS`: `J0O12`"), "{problems:?}");

    let (reference, release, problems) = read(
        "part_b_priced_codes_2026q3.csv",
        "hcpcs,group\n90632,vaccine\nJ1885,drug or biological\nJ1886,device\n",
    );
    assert_eq!(release, "part-b-drugs 2026-07-01..2026-09-30 2");
    let group = reference
        .part_b_drug(code!("90632"), date!(2026, 7, 1), Stale::Refuse)
        .found();
    assert_eq!(group.unwrap().row, PartBDrug::Vaccine);
    assert!(problems[0].contains("field `group`: `device` is not valid: expected one of drug or biological vaccine"));

    // Another list of codes is no list of drugs.
    let other = collect_sources(
        vec![FileSource::bytes("codes_2024_jul.csv", "hcpcs\nA0999\n")],
        &small(),
        &mut |_| {},
    );
    assert!(other.releases.is_empty() && other.problems.len() == 1);
    assert_eq!(Table::PartBDrugs.title(), "Part B drug payment limits");
}
