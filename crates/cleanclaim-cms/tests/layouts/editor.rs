//! The tables of the outpatient editor (I/OCE).

use cleanclaim::date;
use cleanclaim::model::ServiceDate;
use cleanclaim::reference::{EditDisposition, Stale, Table};
use cleanclaim_cms::{FileSource, collect_sources};

use super::small;

const VERSIONS: &str = "version,version_id,date_started,date_ended\n103,27.1.0,20260401,20360331\n101,26.3.2,20251001,20251231\n102,27.0.1,20260101,20260331\n";
const MODIFIERS: &str = "modifier,date_activated,ncci,therapy,non_discount,died_transferred,device_req_exclusion,telehealth,assistant_surgeon,lo_version,hi_version\n";

fn editor(tables: &[(&str, &str)]) -> Vec<FileSource> {
    tables
        .iter()
        .map(|(name, text)| FileSource::bytes(&format!("ioce/{name}"), *text))
        .collect()
}

#[test]
fn versions_of_the_editor_become_dates() {
    let table = format!(
        "{MODIFIERS}#0,0,0,0,0,0,0,0,0,101,103\n59,0,1,0,0,0,0,0,0,101,102\nX1,20260215,0,0,0,0,0,0,1,103,103\n"
    );
    let conflicts = "modifier1,modifier2,lo_version,hi_version\nCT,FX,101,103\n";
    let sources = editor(&[
        ("version_range.csv", VERSIONS),
        ("data_modifier.csv", &table),
        ("map.csv", conflicts),
    ]);
    let collected = collect_sources(sources, &small(), &mut |_| {});
    assert_eq!(collected.errors(), 0, "{:?}", collected.problems);
    let (release, rows) = &collected.releases[0];
    assert_eq!((release.table, &*release.name, *rows), (Table::Modifiers, "v27.1", 2));
    // The last version is open, and answers to the end of its quarter.
    assert_eq!(release.in_force, "2025-10-01..2026-06-30".parse().unwrap());
    assert_eq!(collected.releases[1].0.table, Table::ModifierConflicts);
    let reference = collected.builder.build().unwrap();
    let row = |text: &str, date| {
        let found = reference.modifier(text.parse().unwrap(), date, cleanclaim::reference::Stale::Refuse);
        found.found().map(|found| found.row)
    };
    assert!(row("59", date!(2026, 3, 31)).is_some());
    assert!(row("59", date!(2026, 4, 1)).is_none());
    let activated = row("X1", date!(2026, 6, 30)).unwrap();
    assert_eq!(activated.activated, Some(date!(2026, 2, 15)));
    // Who uses stale tables uses the newest version, also beyond the last day that is made up for it.
    assert_eq!(activated.in_force.last(), ServiceDate::MAX);
}

#[test]
fn edits_are_read_without_their_texts() {
    const EDITS: &str = "k1,disposition_id,buffer,name,description,lo_version,hi_version\n";
    let table = format!(
        "{EDITS}27,1,Claim,a name,\"a text, of several words\",101,102\n27,5,Claim,a name,another,103,103\n\
         102,7,Procedure,a name,a text,101,103\n1000,3,Procedure,a name,a text,101,103\n"
    );
    // The versions stand in another folder.
    let mut sources = editor(&[("version_range.csv", VERSIONS)]);
    sources.push(FileSource::bytes("more/dsc_edit.csv", table));
    let collected = collect_sources(sources, &small(), &mut |_| {});
    let problems: Vec<String> = collected.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "more/dsc_edit.csv:4: field `disposition_id`: `7` is not valid: expected one of 1 2 3 4 5 6, the values of \
             the edit disposition",
            "more/dsc_edit.csv:5: field `k1`: `1000` is not valid: expected the number of an edit, below 1000",
        ]
    );
    let reference = collected.builder.build().unwrap();
    let disposition = |date| {
        let found = reference.edit(27, date, Stale::Refuse).found();
        found.map(|found| found.row.disposition)
    };
    assert_eq!(disposition(date!(2026, 3, 31)), Some(EditDisposition::ClaimRejection));
    assert_eq!(disposition(date!(2026, 4, 1)), Some(EditDisposition::LineItemRejection));
}

#[test]
fn bad_rows_of_the_editor_are_named() {
    let rows = [
        "59,0,1,0,0,0,0,0,0,101,103",
        "59,0,0,0,0,0,0,0,0,103,103",
        "?!,0,0,0,0,0,0,0,0,101,103",
        "25,0,2,0,0,0,0,0,0,101,103",
        "26,0,0,0,0,0,0,0,0,103,101",
        "27,0,0,0,0,0,0,0,0,100,103",
        "50,0,0,0",
    ];
    let table = format!("{MODIFIERS}{}\n", rows.join("\n"));
    let collected = collect_sources(editor(&[("v.csv", VERSIONS), ("m.csv", &table)]), &small(), &mut |_| {});
    let problems: Vec<String> = collected.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "ioce/m.csv:3: `59` from 2026-04-01 overlaps a row of it that says something else: expected intervals \
             without a day in common",
            "ioce/m.csv:4: field `modifier`: `?!` is not valid: expected a modifier: two ASCII letters or digits",
            "ioce/m.csv:5: field `ncci`: `2` is not valid: expected 0 or 1",
            "ioce/m.csv:6: field `hi_version`: `101` is not valid: expected a version that is not before lo_version",
            "ioce/m.csv:7: field `lo_version`: `100` is not valid: expected a version from 101 to 103",
            "ioce/m.csv:8: the row has 4 columns: expected at least 11",
        ]
    );
}

#[test]
fn the_editor_needs_its_versions_without_a_gap() {
    let table = format!("{MODIFIERS}59,0,1,0,0,0,0,0,0,101,103\n");
    let alone = collect_sources(editor(&[("m.csv", &table)]), &small(), &mut |_| {});
    assert!(
        alone.problems[0]
            .to_string()
            .contains("the table of versions (`version_range.csv`)")
    );
    let gap = VERSIONS.replace("20260101", "20260102");
    let gap = collect_sources(editor(&[("v.csv", &gap), ("m.csv", &table)]), &small(), &mut |_| {});
    assert_eq!(
        gap.problems[0].to_string(),
        "ioce/v.csv: version 102 does not begin on the day after version 101 ends: expected versions without a gap"
    );
    let bad = VERSIONS.replace("20260101", "2026-01-01");
    let bad = collect_sources(editor(&[("v.csv", &bad), ("m.csv", &table)]), &small(), &mut |_| {});
    assert!(
        bad.problems[0]
            .to_string()
            .starts_with("ioce/v.csv:4: field `date_started`: `2026-01-01`")
    );
}
