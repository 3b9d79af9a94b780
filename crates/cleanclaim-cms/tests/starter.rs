//! The files of the starter under `data/` follow from the published files: each is derived anew and compared byte for
//! byte. `UPDATE=1 cargo test -p cleanclaim-cms starter` writes them instead.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use cleanclaim::model::{DateRange, Money, ProcedureCode, ServiceDate};
use cleanclaim::reference::{
    AddOnRow, Addendum, AscEntry, AscRow, DmeposRow, FeeScheduleRow, HcpcsRow, LaboratoryRow, ModifierFlag,
    ModifierRow, MueRow, OutpatientCodeRow, OutpatientFlag, PairRow, PairRows, PartBDrugRow, Release, Rows, Table,
};
use cleanclaim_cms::ReadRelease;

use crate::common;
use common::{published, releases};

#[test]
fn the_embedded_files_follow_from_the_published_ones() {
    if ["mpfs", "ncci", "asc", "ioce", "starter", "current"]
        .iter()
        .any(|folder| published(folder).is_none())
    {
        return;
    }
    let codes = starter_codes();
    let mut files = BTreeMap::new();
    fee_schedules(&codes, &mut files);
    geography(&mut files);
    ncci(&codes, &mut files);
    schedules(&codes, &mut files);
    asc(&codes, &mut files);
    editor(&codes, &mut files);
    if std::env::var_os("UPDATE").is_some() {
        for (name, text) in &files {
            fs::write(data().join(name), text).unwrap();
        }
    }
    for (name, text) in &files {
        let embedded = fs::read_to_string(data().join(name)).unwrap_or_default();
        let differs = embedded.lines().zip(text.lines()).find(|(a, b)| a != b);
        assert!(
            embedded == *text,
            "data/{name} does not follow from the published files, first at {differs:?}: run with UPDATE=1"
        );
    }
    let there = fs::read_dir(data())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let tables: BTreeSet<String> = there.filter(|name| name.ends_with(".csv") && is_table(name)).collect();
    assert_eq!(
        tables,
        files.keys().cloned().collect(),
        "tables under data/ that no published file stands behind"
    );
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data")
}

fn is_table(name: &str) -> bool {
    fs::read_to_string(data().join(name))
        .unwrap_or_default()
        .starts_with("# table: ")
}

fn starter_codes() -> BTreeSet<ProcedureCode> {
    let text = fs::read_to_string(data().join("codes.txt")).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .flat_map(str::split_whitespace)
        .map(|code| code.parse().unwrap())
        .collect()
}

/// What a file says above its rows.
struct Heading<'a> {
    table: Table,
    release: &'a str,
    in_force: DateRange,
    source: &'a str,
    /// None for the whole list of `codes.txt`.
    answers_for: Option<&'a BTreeSet<ProcedureCode>>,
}

impl<'a> Heading<'a> {
    fn of(release: &'a Release, source: &'a str) -> Self {
        Self {
            table: release.table,
            release: &release.name,
            in_force: release.in_force,
            source,
            answers_for: None,
        }
    }

    fn write(&self) -> String {
        let mut text = format!(
            "# table: {}\n# release: {}\n# in force: {}\n# source: CMS, {}\n",
            self.table, self.release, self.in_force, self.source
        );
        let whole = matches!(self.table, Table::Modifiers | Table::ModifierConflicts | Table::Gpci);
        match self.answers_for {
            None if whole => text.push_str("# answers for: every code\n"),
            None => text.push_str("# answers for: codes.txt\n"),
            Some(codes) => {
                let codes: Vec<&str> = codes.iter().map(ProcedureCode::as_str).collect();
                for line in codes.chunks(16) {
                    writeln!(text, "# answers for: {}", line.join(" ")).unwrap();
                }
            }
        }
        text
    }
}

type Files = BTreeMap<String, String>;

/// Rows in the order of their texts, below the heading and the names of the columns.
fn put(files: &mut Files, name: &str, heading: &Heading<'_>, columns: &str, rows: impl IntoIterator<Item = String>) {
    let rows: BTreeSet<String> = rows.into_iter().collect();
    let rows: Vec<String> = rows.into_iter().collect();
    let text = format!("{}{columns}\n{}\n", heading.write(), rows.join("\n"));
    files.insert(name.to_owned(), text);
}

fn decimal(value: impl Into<u64>, places: u32) -> String {
    let (value, scale) = (value.into(), 10_u64.pow(places));
    format!("{}.{:0width$}", value / scale, value % scale, width = places as usize)
}

fn optional<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Empty for a row that is open.
fn last_day(days: DateRange) -> String {
    optional(Some(days.last()).filter(|&last| last != ServiceDate::MAX))
}

fn two(bytes: [u8; 2]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap().trim_end().to_owned()
}

fn compact(date: ServiceDate) -> String {
    date.to_string().replace('-', "")
}

fn family(name: &str) -> Vec<BTreeMap<String, String>> {
    let path = published("starter").unwrap().join(name);
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

const FEE_SCHEDULE: &str = "code,mod,status,work,nf_pe,nf_na,f_pe,f_na,mp,pctc,global,pre,intra,post,multiple,\
                            bilateral,assistant,co_surgeon,team,pricing,endo_base,cf,supervision,calculation,imaging,\
                            opps_nf_pe,opps_f_pe,opps_mp";

fn fee_schedules(codes: &BTreeSet<ProcedureCode>, files: &mut Files) {
    for name in [
        "mpfs/PPRRVU24_JUL.csv",
        "mpfs/PPRRVU2025_Oct.csv",
        "mpfs/PPRRVU2026_Apr_nonQPP.txt",
        "current/mpfs/PPRRVU2026_Jul_nonQPP.csv",
    ] {
        let read = releases(name).unwrap().remove(0);
        let stem = name.split(['/', '.']).rev().nth(1).unwrap();
        let source = format!("PFS Relative Value File {stem}");
        put_fee_schedule(&read, Heading::of(&read.release, &source), codes, files);
    }
}

fn fee_schedule_rows(read: &ReadRelease) -> &[FeeScheduleRow] {
    match &read.rows {
        Rows::FeeSchedule(rows) => rows,
        _ => panic!("not a fee schedule"),
    }
}

fn put_fee_schedule(read: &ReadRelease, heading: Heading<'_>, codes: &BTreeSet<ProcedureCode>, files: &mut Files) {
    let name = format!("fee-schedule-{}.csv", read.release.name.to_lowercase());
    let rows = fee_schedule_rows(read).iter().filter(|row| codes.contains(&row.code));
    put(files, &name, &heading, FEE_SCHEDULE, rows.map(fee_schedule_row));
}

fn fee_schedule_row(row: &FeeScheduleRow) -> String {
    let (policy, values) = (&row.indicators, &row.values);
    let na = |na| if na { "NA" } else { "" }.to_owned();
    [
        row.code.to_string(),
        policy.component.to_string(),
        policy.status.to_string(),
        decimal(values.work, 2),
        decimal(values.nonfacility_practice_expense, 2),
        na(policy.nonfacility_na),
        decimal(values.facility_practice_expense, 2),
        na(policy.facility_na),
        decimal(values.malpractice, 2),
        policy.pc_tc.to_string(),
        policy.global.to_string(),
        values.preoperative.to_string(),
        values.intraoperative.to_string(),
        values.postoperative.to_string(),
        policy.multiple.to_string(),
        policy.bilateral.to_string(),
        policy.assistant.to_string(),
        policy.co_surgeon.to_string(),
        policy.team.to_string(),
        optional(values.pricing),
        optional(values.endoscopic_base),
        decimal(values.conversion_factor, 4),
        two(values.supervision),
        values.calculation.to_string(),
        values.imaging_family.to_string(),
        decimal(values.opps_nonfacility_practice_expense, 2),
        decimal(values.opps_facility_practice_expense, 2),
        decimal(values.opps_malpractice, 2),
    ]
    .join(",")
}

fn ncci(codes: &BTreeSet<ProcedureCode>, files: &mut Files) {
    let older = releases("ncci").unwrap();
    for read in older.into_iter().chain(releases("current/ncci").unwrap()) {
        let release = &read.release;
        match &read.rows {
            Rows::Pairs(PairRows { rows, rationales }) => put_pairs(release, rows, rationales, codes, files),
            Rows::Mue(rows) => {
                let whose = match release.table {
                    Table::HospitalMue => "OutpatientHospitalServices",
                    Table::DmeMue => "DMESupplierServices",
                    _ => "PractitionerServices",
                };
                let first = release.in_force.first();
                let (year, month, day) = (first.year(), first.month(), first.day());
                let source = format!("MCR_MUE_{whose}_Eff_{month:02}-{day:02}-{year}.csv");
                put_mue(
                    &Heading::of(release, &source),
                    rows.iter().filter(|row| codes.contains(&row.code)),
                    files,
                );
            }
            Rows::AddOn(rows) => put_add_on(release, rows, codes, files),
            _ => panic!("{} is not of the NCCI", release.table),
        }
    }
}

fn put_pairs(
    release: &Release,
    rows: &[PairRow],
    rationales: &[Box<str>],
    codes: &BTreeSet<ProcedureCode>,
    files: &mut Files,
) {
    let source = match &*release.name {
        "v32.1" => "NCCI PTP edits ccioph-v321r0 (rebuilt from the I/OCE: 2019-07-01 stands for any earlier day)",
        "v32.2" => {
            "NCCI PTP edits ccipra-v322r0 (the days on which pairs changed since v30.2 are derived from the hospital table \
             and the codes' first and last quarters)"
        }
        _ => {
            "NCCI PTP edits ccipra-v302r0 (effective dates lost in the copy at hand: 2019-01-01 stands for any earlier \
             day)"
        }
    };
    // What ended before is in v30.2, which answers for the days before these.
    let newer: DateRange = "2024-10-01..2026-09-30".parse().unwrap();
    let mut release = release.clone();
    if &*release.name == "v32.2" {
        release.in_force = newer;
    }
    let answers = |row: &&PairRow| row.in_force().is_some_and(|days| days.overlaps(release.in_force));
    let ours = rows
        .iter()
        .filter(|row| codes.contains(&row.column1) && codes.contains(&row.column2));
    // Rows that are in force on no day of the release say nothing.
    let rows = ours.filter(answers).map(|row| {
        [
            row.column1.to_string(),
            row.column2.to_string(),
            compact(row.effective),
            row.deletion.map(compact).unwrap_or_default(),
            row.indicator.to_string(),
            rationales[usize::from(row.rationale)].to_string(),
        ]
        .join(",")
    });
    let name = format!("{}-{}.csv", release.table, release.name);
    put(
        files,
        &name,
        &Heading::of(&release, source),
        "column1,column2,effective,deletion,indicator,rationale",
        rows,
    );
}

fn put_mue<'a>(heading: &Heading<'_>, rows: impl Iterator<Item = &'a MueRow>, files: &mut Files) {
    let rows = rows.map(|row| format!("{},{},{},{}", row.code, row.value, row.mai, row.rationale));
    let name = format!("{}-{}.csv", heading.table, heading.in_force.first());
    put(files, &name, heading, "code,value,mai,rationale", rows);
}

fn put_add_on(release: &Release, rows: &[AddOnRow], codes: &BTreeSet<ProcedureCode>, files: &mut Files) {
    // All primaries of a starter code, so that "none of its primaries" is true.
    let rows = rows.iter().filter(|row| codes.contains(&row.add_on)).map(|row| {
        [
            row.kind.to_string(),
            row.add_on.to_string(),
            optional(row.primary),
            row.effective.to_string(),
            optional(row.deletion),
            optional(row.add_on_deleted),
            optional(row.primary_deleted),
        ]
        .join(",")
    });
    let heading = Heading::of(release, "NCCI add-on code edits AOC_V2026Q2-MCR");
    let columns = "type,add_on,primary,effective,deletion,add_on_deleted,primary_deleted";
    put(files, "add-on-2026q2.csv", &heading, columns, rows);
}

/// Fee schedules beside the physician's, and lists.
fn schedules(codes: &BTreeSet<ProcedureCode>, files: &mut Files) {
    for (name, source) in [
        (
            "clfs/PUF_CLFS_CY2026_Q2V1.csv",
            "Clinical Laboratory Fee Schedule PUF_CLFS_CY2026_Q2V1",
        ),
        (
            "dmepos/dmepos_codes_mods_2026_jul.csv",
            "DMEPOS fee schedule of July 2026",
        ),
        ("hcpcs/hcpcs_level2_2024_jul.csv", "HCPCS Level II of July 2024"),
        (
            "drugs/jw_jz_single_dose_hcpcs_2025-06-20.csv",
            "list of single-dose containers for JW and JZ of 2025-06-20, taken to hold for a year",
        ),
        (
            "drugs/part_b_priced_codes_2026q3.csv",
            "Part B drug pricing files of July 2026",
        ),
    ] {
        let read = releases(&format!("current/{name}")).unwrap().remove(0);
        let (columns, rows) = schedule(&read.rows);
        let ours = rows.into_iter().filter(|(code, _)| codes.contains(code));
        let name = format!("{}-{}.csv", read.release.table, read.release.name);
        put(
            files,
            &name,
            &Heading::of(&read.release, source),
            columns,
            ours.map(|(_, row)| row),
        );
    }
}

/// The columns of a schedule, and its rows with the codes that they are about.
fn schedule(rows: &Rows) -> (&'static str, Vec<(ProcedureCode, String)>) {
    match rows {
        Rows::Laboratory(rows) => {
            let row = |row: &LaboratoryRow| {
                let (qw, fee) = (if row.qw { "QW" } else { "" }, row.fee);
                (
                    row.code,
                    format!("{},{qw},{},{},{}", row.code, fee.effective, fee.rate, fee.basis),
                )
            };
            ("code,mod,effective,rate,basis", rows.iter().map(row).collect())
        }
        Rows::Dmepos(rows) => {
            let row = |row: &DmeposRow| {
                let entry = row.entry;
                let modifiers = [entry.modifier, entry.second_modifier].map(optional).join(",");
                (
                    row.code,
                    format!("{},{modifiers},{},{}", row.code, entry.jurisdiction, entry.category),
                )
            };
            ("code,mod,mod2,jurisdiction,category", rows.iter().map(row).collect())
        }
        Rows::HcpcsLevel2(rows) => {
            let row = |row: &HcpcsRow| {
                let entry = row.entry;
                let pricing = format!("{},{}", entry.pricing, optional(entry.second_pricing));
                let days = format!("{},{}", entry.added, optional(entry.terminated));
                (row.code, format!("{},{pricing},{},{days}", row.code, entry.coverage))
            };
            (
                "code,pricing,second_pricing,coverage,added,terminated",
                rows.iter().map(row).collect(),
            )
        }
        Rows::SingleDoseDrugs(rows) => (
            "code",
            rows.iter().map(|row| (row.code, row.code.to_string())).collect(),
        ),
        Rows::PartBDrugs(rows) => {
            let row = |row: &PartBDrugRow| (row.code, format!("{},{}", row.code, row.group));
            ("code,group", rows.iter().map(row).collect())
        }
        _ => panic!("no such schedule"),
    }
}

fn asc(codes: &BTreeSet<ProcedureCode>, files: &mut Files) {
    for read in releases("asc").unwrap() {
        let Rows::Asc(rows) = &read.rows else {
            panic!("not of an ASC")
        };
        let heading = Heading::of(&read.release, "ASC addenda AA, BB and EE");
        put_asc(&heading, rows.iter().filter(|row| codes.contains(&row.code)), files);
    }
    let all = family("family_asc_by_release.csv");
    let answers_for = family_codes();
    for (first, last) in [
        ("2024-10-01", "2024-12-31"),
        ("2025-01-01", "2025-03-31"),
        ("2025-04-01", "2025-06-30"),
        ("2025-07-01", "2025-09-30"),
    ] {
        let rows: Vec<AscRow> = all
            .iter()
            .filter(|row| row["effective"] == first.replace('-', ""))
            .map(asc_row)
            .collect();
        let heading = Heading {
            table: Table::Asc,
            release: first,
            in_force: format!("{first}..{last}").parse().unwrap(),
            source: "ASC addenda AA, BB and EE, the family's rows",
            answers_for: Some(&answers_for),
        };
        put_asc(&heading, rows.iter(), files);
    }
}

/// The codes for which the published files were searched when the family's rows were compiled.
fn family_codes() -> BTreeSet<ProcedureCode> {
    family("family_mpfs_by_release.csv")
        .iter()
        .map(|row| row["hcpcs"].parse().unwrap())
        .collect()
}

fn asc_row(row: &BTreeMap<String, String>) -> AscRow {
    let mut entry = AscEntry::new(Addendum::parse(&row["addendum"]).unwrap());
    entry.multiple_procedure_discount = match row["mult_disc"].as_str() {
        "" => None,
        flag => Some(flag == "Y"),
    };
    if let &[a, b] = row["payment_indicator"].as_bytes() {
        entry.payment_indicator = [a, b];
    }
    entry.weight = ten_thousandths(&row["weight"]);
    entry.rate = row["rate"].parse::<Money>().ok();
    AscRow {
        code: row["hcpcs"].parse().unwrap(),
        entry,
    }
}

fn ten_thousandths(text: &str) -> Option<u32> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{fraction:0<4}")
        .parse()
        .ok()
        .filter(|_| !text.is_empty())
}

fn put_asc<'a>(heading: &Heading<'_>, rows: impl Iterator<Item = &'a AscRow>, files: &mut Files) {
    let rows = rows.map(|row| {
        let entry = &row.entry;
        [
            entry.addendum.to_string(),
            row.code.to_string(),
            entry
                .multiple_procedure_discount
                .map_or("", |yes| if yes { "Y" } else { "N" })
                .to_owned(),
            two(entry.payment_indicator),
            entry.weight.map(|weight| decimal(weight, 4)).unwrap_or_default(),
            optional(entry.rate),
        ]
        .join(",")
    });
    let name = format!("asc-{}.csv", heading.in_force.first());
    put(
        files,
        &name,
        heading,
        "addendum,code,discount,indicator,weight,rate",
        rows,
    );
}

fn editor(codes: &BTreeSet<ProcedureCode>, files: &mut Files) {
    for read in releases("ioce").unwrap() {
        let release = &read.release;
        let versions = format!("v20.2 to {}", release.name);
        match &read.rows {
            Rows::OutpatientCodes(rows) => {
                let source = format!("I/OCE reference tables {versions}");
                let rows = rows.iter().filter(|row| codes.contains(&row.code)).map(outpatient_row);
                let columns = "code,first,last,status,apc,payment_indicator,low_age,high_age,approved,terminated,flags";
                put(
                    files,
                    "outpatient-codes-v27.1.csv",
                    &Heading::of(release, &source),
                    columns,
                    rows,
                );
            }
            Rows::Modifiers(rows) => {
                let source = format!("I/OCE modifier table {versions}");
                let heading = Heading::of(release, &source);
                let columns = "modifier,first,last,activated,flags";
                put(
                    files,
                    "modifiers-v27.1.csv",
                    &heading,
                    columns,
                    rows.iter().map(modifier_row),
                );
            }
            Rows::ModifierConflicts(rows) => {
                let source = format!("I/OCE modifier conflict table {versions}");
                let rows = rows.iter().map(|row| {
                    format!(
                        "{},{},{},{}",
                        row.first,
                        row.second,
                        row.in_force.first(),
                        last_day(row.in_force)
                    )
                });
                let columns = "first_modifier,second_modifier,first,last";
                put(
                    files,
                    "modifier-conflicts-v27.1.csv",
                    &Heading::of(release, &source),
                    columns,
                    rows,
                );
            }
            _ => panic!("{} is not of the editor", release.table),
        }
    }
}

fn geography(files: &mut Files) {
    for year in ["2025", "2026"] {
        let read = releases(&format!("mpfs/GPCI{year}.csv")).unwrap().remove(0);
        let Rows::Gpci(rows) = &read.rows else {
            panic!("{} is no table of indices", read.release.table)
        };
        let rows = rows.iter().map(|row| {
            format!(
                "{},{},{},{},{},{},{}",
                row.locality,
                row.state,
                // The starter's fields are told apart by commas alone.
                row.name.replace(", ", " and "),
                decimal(row.work, 3),
                optional(row.work_without_floor.map(|index| decimal(index, 3))),
                decimal(row.practice_expense, 3),
                decimal(row.malpractice, 3)
            )
        });
        put(
            files,
            &format!("gpci-{year}.csv"),
            &Heading::of(
                &read.release,
                &format!("PFS Relative Value Files, addendum E of {year}"),
            ),
            "locality,state,name,work,work_without_floor,practice_expense,malpractice",
            rows,
        );
    }
}

fn flags<F: Copy + Into<&'static str>>(all: &[F], has: impl Fn(F) -> bool) -> String {
    let names: Vec<&'static str> = all.iter().filter(|&&flag| has(flag)).map(|&flag| flag.into()).collect();
    names.join(" ")
}

fn outpatient_row(row: &OutpatientCodeRow) -> String {
    let entry = &row.entry;
    [
        row.code.to_string(),
        entry.in_force.first().to_string(),
        last_day(entry.in_force),
        two(entry.status),
        entry.apc.to_string(),
        entry.payment_indicator.to_string(),
        entry.low_age.to_string(),
        entry.high_age.to_string(),
        optional(entry.approved),
        optional(entry.terminated),
        flags(OutpatientFlag::ALL, |flag| entry.flags.has(flag)),
    ]
    .join(",")
}

fn modifier_row(row: &ModifierRow) -> String {
    [
        row.modifier.to_string(),
        row.in_force.first().to_string(),
        last_day(row.in_force),
        optional(row.activated),
        flags(ModifierFlag::ALL, |flag| row.flags.has(flag)),
    ]
    .join(",")
}
