//! The published files themselves, where they are at hand: how many rows each has, and that its forms agree.

use cleanclaim::code;
use cleanclaim::reference::{
    AssistantAtSurgery, Bilateral, CoSurgeon, Component, FeeScheduleRow, GlobalPeriod, Mai, MultipleProcedure, PcTc,
    Rows, StatusCode, Table, TeamSurgery,
};
use cleanclaim_cms::{Options, ReadRelease, Severity, collect};

use crate::common;
use common::{published, releases};

fn of<'a>(read: &'a [ReadRelease], table: Table, name: &str) -> &'a ReadRelease {
    let found = read
        .iter()
        .find(|one| one.release.table == table && &*one.release.name == name);
    found.unwrap_or_else(|| panic!("no {table} {name}"))
}

#[test]
fn fee_schedules_have_their_rows() {
    for (file, name, in_force, rows) in [
        ("PPRRVU2025_Oct.csv", "2025D", "2025-10-01..2025-12-31", 19_090),
        ("PPRRVU2025_Oct.txt", "2025D", "2025-10-01..2025-12-31", 19_090),
        ("PPRRVU2025_Oct.xlsx", "2025D", "2025-10-01..2025-12-31", 19_090),
        // And the placeholder GXXX1, the 19,277th.
        ("PPRRVU2026_Apr_nonQPP.txt", "2026B", "2026-04-01..2026-06-30", 19_276),
        ("PPRRVU24_JUL.csv", "2024C", "2024-07-01..2024-09-30", 18_664),
        // And the end-of-file mark, the 17,601st.
        ("PPRRVU22_JAN.csv", "2022A", "2022-01-01..2022-03-31", 17_600),
    ] {
        let Some(read) = releases(&format!("mpfs/{file}")) else {
            return;
        };
        let [read] = read.as_slice() else { panic!("{file}") };
        assert_eq!(read.release.table, Table::FeeSchedule, "{file}");
        assert_eq!((&*read.release.name, read.rows.len()), (name, rows), "{file}");
        assert_eq!(read.release.in_force, in_force.parse().unwrap(), "{file}");
        assert_eq!(read.errors(), 0, "{file}: {:?}", read.problems);
    }
}

#[test]
fn the_three_forms_of_a_fee_schedule_agree() {
    let read = |form: &str| Some(releases(&format!("mpfs/PPRRVU2025_Oct.{form}"))?.remove(0));
    let (Some(csv), Some(text), Some(xlsx)) = (read("csv"), read("txt"), read("xlsx")) else {
        return;
    };
    assert!(sorted(&csv) == sorted(&text));
    assert!(sorted(&csv) == sorted(&xlsx));
}

fn sorted(read: &ReadRelease) -> Vec<FeeScheduleRow> {
    let Rows::FeeSchedule(rows) = &read.rows else { panic!() };
    let mut rows = rows.clone();
    rows.sort_by_key(|row| (row.code, row.indicators.component));
    rows
}

/// Relative values are published with their sums: a column taken for another would show.
#[test]
fn values_add_up_to_the_published_totals() {
    let Some(path) = published("mpfs/PPRRVU2025_Oct.csv") else {
        return;
    };
    let Some(read) = releases("mpfs/PPRRVU2025_Oct.csv") else {
        return;
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_path(path)
        .unwrap();
    let records = reader
        .records()
        .map(Result::unwrap)
        .skip_while(|record| &record[0] != "HCPCS")
        .skip(1);
    let Rows::FeeSchedule(rows) = &read[0].rows else {
        panic!()
    };
    for (row, record) in rows.iter().zip(records) {
        let values = &row.values;
        let total = |column: usize| record[column].replace('.', "").parse::<u32>().unwrap();
        assert_eq!(row.code.as_str(), &record[0]);
        let nonfacility = values.work + values.nonfacility_practice_expense + values.malpractice;
        let facility = values.work + values.facility_practice_expense + values.malpractice;
        assert_eq!((nonfacility, facility), (total(11), total(12)), "{}", row.code);
    }
}

/// RULES.md 1.8.
#[test]
fn the_example_code_has_its_values() {
    let Some(read) = releases("mpfs/PPRRVU2025_Oct.xlsx") else {
        return;
    };
    let Rows::FeeSchedule(rows) = &read[0].rows else {
        panic!()
    };
    let row = rows.iter().find(|row| row.code == code!("64632")).unwrap();
    let (policy, values) = (&row.indicators, &row.values);
    assert_eq!(
        (policy.component, policy.status),
        (Component::Global, StatusCode::Active)
    );
    assert_eq!(
        (policy.pc_tc, policy.global),
        (PcTc::PhysicianService, GlobalPeriod::Days10)
    );
    assert_eq!(
        (policy.multiple, policy.bilateral),
        (MultipleProcedure::Standard, Bilateral::Conditional)
    );
    assert_eq!(policy.assistant, AssistantAtSurgery::NeedsDocumentation);
    assert_eq!(
        (policy.co_surgeon, policy.team),
        (CoSurgeon::NotPermitted, TeamSurgery::NotPermitted)
    );
    assert!(!policy.nonfacility_na && !policy.facility_na);
    assert_eq!(values.work, 123);
    assert_eq!(
        values.work + values.nonfacility_practice_expense + values.malpractice,
        275
    );
    assert_eq!(values.work + values.facility_practice_expense + values.malpractice, 204);
    assert_eq!(
        (values.preoperative, values.intraoperative, values.postoperative),
        (10, 80, 10)
    );
    assert_eq!(values.conversion_factor, 323_465);
}

#[test]
fn edits_of_the_ncci_have_their_rows() {
    let Some(read) = releases("ncci") else { return };
    for (table, name, in_force, rows) in [
        (Table::HospitalPairs, "v32.1", "2019-07-01..2026-06-30", 1_594_456),
        (Table::PractitionerPairs, "v30.2", "2019-01-01..2024-09-30", 2_217_986),
        (Table::AddOn, "2026Q2", "2013-04-01..2026-06-30", 9_000),
        (Table::PractitionerMue, "2024-07-01", "2024-07-01..2024-09-30", 14_677),
        (Table::HospitalMue, "2024-07-01", "2024-07-01..2024-09-30", 14_628),
    ] {
        let one = of(&read, table, name);
        assert_eq!(one.rows.len(), rows, "{table}");
        assert_eq!(one.release.in_force, in_force.parse().unwrap(), "{table}");
        assert_eq!(one.errors(), 0, "{table}: {:?}", one.problems);
    }
    let Rows::Mue(rows) = &of(&read, Table::PractitionerMue, "2024-07-01").rows else {
        panic!()
    };
    let row = rows.iter().find(|row| row.code == code!("64632")).unwrap();
    assert_eq!((row.value, row.mai, &*row.rationale), (1, Mai::DayPolicy, "CMS Policy"));
}

#[test]
fn addenda_of_the_asc_have_their_rows() {
    let Some(read) = releases("asc") else { return };
    for (name, rows) in [
        ("2024-07-01", 8_629),
        ("2025-10-01", 8_844),
        ("2026-01-01", 8_882),
        ("2026-04-01", 8_917),
    ] {
        let one = of(&read, Table::Asc, name);
        assert_eq!((one.rows.len(), one.errors()), (rows, 0), "{name}: {:?}", one.problems);
    }
    let rate = |name| {
        let Rows::Asc(rows) = &of(&read, Table::Asc, name).rows else {
            panic!()
        };
        let row = rows.iter().find(|row| row.code == code!("64632")).unwrap();
        (row.entry.payment_indicator, row.entry.rate.map(|rate| rate.to_string()))
    };
    assert_eq!(rate("2025-10-01"), (*b"P3", Some("45.93".to_owned())));
    assert_eq!(rate("2026-04-01"), (*b"P3", Some("47.33".to_owned())));
}

#[test]
fn tables_of_the_editor_have_their_rows() {
    let Some(read) = releases("ioce") else { return };
    for (table, rows) in [
        (Table::OutpatientCodes, 31_213),
        (Table::Modifiers, 421),
        (Table::ModifierConflicts, 12),
    ] {
        let one = of(&read, table, "v27.1");
        let errors = one
            .problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .count();
        assert_eq!((one.rows.len(), errors), (rows, 0), "{table}");
        assert_eq!(
            one.release.in_force,
            "2019-07-01..2026-06-30".parse().unwrap(),
            "{table}"
        );
    }
}

#[test]
fn other_schedules_and_lists_have_their_rows() {
    for (file, table, name, in_force, rows) in [
        (
            "clfs/PUF_CLFS_CY2026_Q2V1.csv",
            Table::Laboratory,
            "2026-04-01",
            "2026-04-01..2026-06-30",
            2_179,
        ),
        (
            "dmepos/dmepos_2026_jul.csv.gz",
            Table::Dmepos,
            "2026-07-01",
            "2026-07-01..2026-09-30",
            3_531,
        ),
        (
            "hcpcs/hcpcs_level2_2024_jul.csv",
            Table::HcpcsLevel2,
            "2024-07-01",
            "2024-07-01..2024-09-30",
            8_033,
        ),
        (
            "drugs/jw_jz_single_dose_hcpcs_2025-06-20.csv",
            Table::SingleDoseDrugs,
            "2025-06-20",
            "2025-06-20..2026-06-30",
            438,
        ),
        (
            "drugs/part_b_priced_codes_2026q3.csv",
            Table::PartBDrugs,
            "2026-07-01",
            "2026-07-01..2026-09-30",
            890,
        ),
    ] {
        let Some(read) = releases(&format!("current/{file}")) else {
            return;
        };
        let [read] = read.as_slice() else { panic!("{file}") };
        let found = (read.release.table, &*read.release.name, read.rows.len(), read.errors());
        assert_eq!(found, (table, name, rows, 0), "{file}: {:?}", read.problems);
        assert_eq!(read.release.in_force, in_force.parse().unwrap(), "{file}");
    }
}

#[test]
fn edits_of_the_editor_have_their_dispositions() {
    let folders = [published("ioce"), published("ioce_more")];
    let [Some(ioce), Some(more)] = folders else { return };
    let collected = collect(&[ioce, more], &Options::default(), &mut |_| {});
    let edits = collected
        .releases
        .iter()
        .find(|(release, _)| release.table == Table::Edits);
    let (release, rows) = edits.unwrap();
    assert_eq!((*rows, &*release.name), (151, "v27.1"));
    assert_eq!(collected.errors(), 0, "{:?}", collected.problems);
}

#[test]
fn everything_together_is_one_reference() {
    let folders = ["mpfs", "ncci", "asc", "ioce", "excerpts"];
    let paths: Vec<_> = folders.iter().filter_map(|folder| published(folder)).collect();
    if paths.len() < folders.len() {
        return;
    }
    let mut files = 0;
    let collected = collect(&paths[..4], &Options::default(), &mut |_| files += 1);
    assert_eq!(collected.errors(), 0, "{:?}", collected.problems);
    assert_eq!(collected.releases.len(), 20);
    assert!(files > 40);
    // Excerpts are refused, every one of them by name.
    let excerpts = collect(&paths[4..], &Options::default(), &mut |_| {});
    assert_eq!(
        (excerpts.releases.len(), excerpts.errors()),
        (0, 3),
        "{:?}",
        excerpts.problems
    );
}

#[test]
fn the_newest_layouts_are_read_from_their_first_rows() {
    let Some(path) = published("excerpts") else { return };
    let collected = collect(&[path], &Options::default().allow_small(), &mut |_| {});
    let tables: Vec<(Table, &str)> = collected
        .releases
        .iter()
        .map(|(release, _)| (release.table, &*release.name))
        .collect();
    assert_eq!(
        tables,
        [(Table::FeeSchedule, "2026C"), (Table::PractitionerPairs, "v32.2")]
    );
    // The excerpt of the MUE has no date in its name.
    assert!(
        collected.problems[0].to_string().contains("says nowhere which quarter"),
        "{:?}",
        collected.problems
    );
}
