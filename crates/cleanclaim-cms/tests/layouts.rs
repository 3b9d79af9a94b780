//! Every layout with the quirks that its published files have, on made-up excerpts; and every error that a row, a file
//! or a release can meet.

use cleanclaim::reference::{
    Addendum, Component, FeeScheduleRow, GlobalPeriod, Mai, MueRow, PairIndicator, ReferenceBuilder, Rows, Setting,
    StatusCode, Table,
};
use cleanclaim::{code, date};
use cleanclaim_cms::{Options, ProblemKind, ReadError, ReadRelease, Severity, Source, collect_sources, read};

fn small() -> Options {
    Options::default().allow_small()
}

fn read_one(name: &str, text: impl Into<Vec<u8>>) -> Result<ReadRelease, ReadError> {
    read(Source::bytes(name, text), &small()).map(|mut releases| {
        assert_eq!(releases.len(), 1);
        releases.remove(0)
    })
}

fn problems(read: &ReadRelease) -> Vec<String> {
    read.problems.iter().map(ToString::to_string).collect()
}

fn fee_schedule(read: &ReadRelease) -> &[FeeScheduleRow] {
    match &read.rows {
        Rows::FeeSchedule(rows) => rows,
        other => panic!("{other:?}"),
    }
}

// ---- fee schedule ----------------------------------------------------------------------------------------------------

const NOTICE: &str =
    ",,2024 National Physician Fee Schedule Relative Value File July Release,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r
,,Notice.  Applicable FARS/DFARS Apply. ,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r
,, ,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r
,,RELEASED 06/14/2024,,,,,,,,,,,,,,,,,,,,,,,,,,,,\r\n";

const STACK: &str = ",,  , ,,,,,,,,,,,,,,,,,,,,,,,,,NON-FACILITY,FACILITY,\r
,,,,NOT USED,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,DIAGNOSTIC,PE USED,PE USED,MP USED\r
,,,,FOR,,,NON-FAC,,FACILITY ,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS\r
,,,STATUS,MEDICARE ,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,ASST,CO-,TEAM,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT\r
HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,SURG,SURG,SURG,SURG,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT\r\n";

/// A row of 31 columns; the descriptor holds a comma in quotes, as published ones do.
const ROW: &str = "64632,,\"REDACTED, A\",A,,1.23,1.40,,0.70,NA,0.12,2.75,2.05,0,010,0.10,0.80,0.10,2,1,0,0,0,,33.2875,09,0,99,0.00,0.00,0.00";

fn pprrvu(rows: &[&str]) -> String {
    format!("{NOTICE}{STACK}{}\r\n", rows.join("\r\n"))
}

#[test]
fn a_fee_schedule_is_read_from_csv() {
    let read = read_one(
        "renamed.csv",
        pprrvu(&[ROW, "\u{1a},,REDACTED,,,,,,,,,,,,,,,,,,,,,,,,,,,,"]),
    )
    .unwrap();
    assert_eq!(read.release.table, Table::FeeSchedule);
    assert_eq!(&*read.release.name, "2024C");
    assert_eq!(read.release.in_force, "2024-07-01..2024-09-30".parse().unwrap());
    assert_eq!(problems(&read), Vec::<String>::new());
    let [row] = fee_schedule(&read) else { panic!() };
    assert_eq!(
        (row.code, row.indicators.component),
        (code!("64632"), Component::Global)
    );
    assert_eq!(
        (row.indicators.status, row.indicators.global),
        (StatusCode::Active, GlobalPeriod::Days10)
    );
    assert!(row.indicators.facility_na && !row.indicators.nonfacility_na);
    assert_eq!(
        (row.values.work, row.values.malpractice, row.values.conversion_factor),
        (123, 12, 332_875)
    );
    assert_eq!(
        (
            row.values.preoperative,
            row.values.intraoperative,
            row.values.postoperative
        ),
        (10, 80, 10)
    );
    assert_eq!(
        (&row.values.supervision, row.values.imaging_family, row.values.pricing),
        (b"09", 99, None)
    );
}

#[test]
fn the_column_of_2026_moves_the_columns_behind_it() {
    let stack: String = STACK
        .replace("CO-,TEAM,ENDO", "CO-,TEAM,PRIC,ENDO")
        .replace("SURG,SURG,SURG,SURG,BASE", "SURG,SURG,SURG,SURG,IND,BASE")
        .replace(",,,,,,,NON-FACILITY,FACILITY,\r", ",,,,,,,,NON-FACILITY,FACILITY,\r")
        .replace(",,,PHYSICIAN,", ",,,,PHYSICIAN,")
        .replace(",,SUPERVISION", ",,,SUPERVISION");
    let row = ROW.replace(",2,1,0,0,0,,33.2875", ",2,1,0,0,0,9,43235,33.2875");
    let read = read_one(
        "PPRRVU2026_Apr_nonQPP.csv",
        format!("{}{stack}{row}\n", NOTICE.replace("2024", "2026")),
    )
    .unwrap();
    let [row] = fee_schedule(&read) else {
        panic!("{:?}", problems(&read))
    };
    assert_eq!(
        (row.values.pricing, row.values.endoscopic_base),
        (Some(9), Some(code!("43235")))
    );
    assert_eq!(row.values.conversion_factor, 332_875);
}

#[test]
fn a_fee_schedule_without_its_stack_of_headings_is_refused() {
    let last = STACK.lines().last().unwrap();
    let error = read_one("PPRRVU24_JUL.csv", format!("{last}\n{ROW}\n")).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("`PPRRVU24_JUL.csv`: no column is headed `STATUS CODE`"),
        "{error}"
    );
}

#[test]
fn bad_rows_are_lost_one_by_one() {
    let rows = [
        ROW,
        &ROW.replace("64632", "6463"),
        &ROW.replace("64632,,", "64633,27,"),
        &ROW.replace("64632", "64634").replace(",010,", ",012,"),
        &ROW.replace("64632", "64635").replace("1.23", "1.2x"),
        &ROW.replace("64632", "64636").replace(",NA,", ",N/A,"),
        &ROW.replace("1.23", "1.24"),
        ROW,
        &ROW.replace("64632", "GXXX1"),
        "64640,,REDACTED",
    ];
    let read = read_one("PPRRVU24_JUL.csv", pprrvu(&rows)).unwrap();
    assert_eq!(read.rows.len(), 1);
    assert_eq!(read.errors(), 7);
    assert_eq!(
        problems(&read),
        [
            "`PPRRVU24_JUL.csv` line 11: field `HCPCS`: `6463` is not valid: expected a procedure code: five digits, four \
             digits and a letter, or a letter and four digits",
            "`PPRRVU24_JUL.csv` line 12: field `MOD`: `27` is not valid: expected one of (empty) 26 TC 53, the values of \
             the modifier column",
            "`PPRRVU24_JUL.csv` line 13: field `GLOB DAYS`: `012` is not valid: expected one of 000 010 090 MMM XXX YYY \
             ZZZ, the values of the global days",
            "`PPRRVU24_JUL.csv` line 14: field `WORK RVU`: `1.2x` is not valid: expected a number with at most 2 decimals",
            "`PPRRVU24_JUL.csv` line 15: field `FACILITY NA INDICATOR`: `N/A` is not valid: expected `NA` or nothing",
            "`PPRRVU24_JUL.csv` line 16: `64632` was listed before with other values: expected one row for it",
            "`PPRRVU24_JUL.csv` line 19: field `STATUS CODE`: `` is not valid: expected one of A B C E I J M N P R T X, \
             the values of the status code",
            "`PPRRVU24_JUL.csv`: rows of placeholders in place of codes, such as `GXXX1`: 1; left out",
            "`PPRRVU24_JUL.csv`: rows that repeat an earlier row: 1; each is kept once",
        ]
    );
}

/// The same row in columns: bytes 1-5 the code, 58 the status, and so on to the malpractice value of the OPPS cap.
const RECORD: &str = "64632  REDACTED                                          A   1.23   1.40     0.70NA  0.12   2.75  2.050010.10.80.1021000             33.2875 090 99      0.00   0.00   0.00";

fn pprrvu_text(records: &[&str]) -> String {
    format!(
        "HDR NOTICE                                        \r\nHDR RESERVED.                                     \r\n{}\r\n",
        records.join("\r\n")
    )
}

#[test]
fn a_fee_schedule_is_read_from_text_as_from_csv() {
    let text = read_one("PPRRVU24_JUL.txt", pprrvu_text(&[RECORD])).unwrap();
    let csv = read_one("PPRRVU24_JUL.csv", pprrvu(&[ROW])).unwrap();
    assert_eq!(problems(&text), Vec::<String>::new());
    assert_eq!((text.rows, text.release.in_force), (csv.rows, csv.release.in_force));
}

#[test]
fn line_feeds_alone_end_a_record_and_2026_has_its_byte() {
    let record = RECORD.replace("21000             33", "210009            33");
    let read = read_one("PPRRVU2026_Apr_nonQPP.txt", pprrvu_text(&[&record]).replace('\r', "")).unwrap();
    assert_eq!(fee_schedule(&read)[0].values.pricing, Some(9));
    assert_eq!(&*read.release.name, "2026B");
}

#[test]
fn a_text_that_states_no_quarter_asks_for_it() {
    let error = read_one("schedule.txt", pprrvu_text(&[RECORD])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`schedule.txt`: says nowhere which quarter it is for: keep the published name, such as \
         `PPRRVU2025_Oct.txt`, or state the release and its period"
    );
    let options = small()
        .release("2024C")
        .period("2024-07-01..2024-09-30".parse().unwrap());
    let read = read(Source::bytes("schedule.txt", pprrvu_text(&[RECORD])), &options).unwrap();
    assert_eq!(&*read[0].release.name, "2024C");
}

#[test]
fn a_short_record_is_lost() {
    let read = read_one("PPRRVU24_JUL.txt", pprrvu_text(&[RECORD, "64640  REDACTED"])).unwrap();
    assert!(problems(&read)[0].contains("line 4: field `record`: `64640` is not valid: expected a record of 168"));
}

#[test]
fn few_rows_are_refused_unless_allowed() {
    let error = read(Source::bytes("PPRRVU24_JUL.csv", pprrvu(&[ROW])), &Options::default()).unwrap_err();
    assert!(
        matches!(
            error.problem().kind,
            ProblemKind::TooFewRows {
                found: 1,
                least: 1_000,
                ..
            }
        ),
        "{error}"
    );
    let error = read_one("PPRRVU24_JUL.csv", pprrvu(&[&ROW.replace("64632", "6463")])).unwrap_err();
    assert!(error.to_string().contains("line 10: field `HCPCS`: `6463`"), "{error}");
    // What was lost of the rows is said beside the count.
    let rows = [ROW, &ROW.replace("64632", "6463")];
    let error = read(Source::bytes("PPRRVU24_JUL.csv", pprrvu(&rows)), &Options::default()).unwrap_err();
    assert!(error.to_string().contains("has 1 rows"), "{error}");
    assert_eq!(error.rows().len(), 1);
    let collected = collect_sources(
        vec![Source::bytes("PPRRVU24_JUL.csv", pprrvu(&rows))],
        &Options::default(),
        &mut |_| {},
    );
    let said: Vec<String> = collected.problems.iter().map(ToString::to_string).collect();
    assert!(
        said.iter().any(|said| said.contains("line 11: field `HCPCS`: `6463`")),
        "{said:?}"
    );
}

#[test]
fn forms_of_one_release_must_agree() {
    let csv = || Source::bytes("a/PPRRVU24_JUL.csv", pprrvu(&[ROW]));
    let collected = |other: String| {
        collect_sources(
            vec![csv(), Source::bytes("a/PPRRVU24_JUL.txt", pprrvu_text(&[&other]))],
            &small(),
            &mut |_| {},
        )
    };
    let same = collected(RECORD.to_owned());
    assert_eq!((same.errors(), same.releases.len()), (0, 1));
    assert_eq!(
        same.problems[0].to_string(),
        "`a/PPRRVU24_JUL.txt`: holds the same rows as `a/PPRRVU24_JUL.csv`: read once"
    );
    let differs = collected(RECORD.replace("1.23", "1.24"));
    assert_eq!((differs.errors(), differs.releases.len()), (1, 1));
    assert_eq!(
        differs.problems[0].to_string(),
        "`a/PPRRVU24_JUL.txt`: differs from `a/PPRRVU24_JUL.csv`, which holds the same release, first at 64632: give one \
         of them"
    );
}

#[test]
fn the_schedule_of_the_other_payment_track_is_left_out() {
    let qpp = pprrvu(&[&ROW.replace("33.2875", "33.5675")]).replace("2024 National", "2026 National");
    let other = pprrvu(&[ROW]).replace("2024 National", "2026 National");
    let sources = vec![
        Source::bytes("PPRRVU2026_Jul_QPP.csv", qpp),
        Source::bytes("PPRRVU2026_Jul_nonQPP.csv", other),
    ];
    let collected = collect_sources(sources, &small(), &mut |_| {});
    assert_eq!(collected.errors(), 0);
    assert_eq!(&*collected.releases[0].0.name, "2026C");
    assert!(collected.problems[0].to_string().starts_with(
        "`PPRRVU2026_Jul_QPP.csv`: is the schedule of `PPRRVU2026_Jul_nonQPP.csv` with another conversion factor"
    ));
}

/// A workbook of one sheet: cells are texts, or numbers where they begin with `=`.
fn workbook(rows: &[Vec<&str>]) -> Vec<u8> {
    use std::io::Write;
    let mut sheet = String::new();
    for (number, row) in (1..).zip(rows) {
        sheet.push_str(&format!("<row r=\"{number}\">"));
        for (column, text) in row.iter().enumerate() {
            let first = column.checked_sub(26).map_or(String::new(), |_| "A".to_owned());
            let cell = format!("{first}{}{number}", char::from(b'A' + (column % 26) as u8));
            match text.strip_prefix('=') {
                Some(value) => sheet.push_str(&format!("<c r=\"{cell}\"><v>{value}</v></c>")),
                None if text.is_empty() => {}
                None => sheet.push_str(&format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")),
            }
        }
        sheet.push_str("</row>");
    }
    let space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let files = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override \
                 PartName=\"/xl/workbook.xml\" ContentType=\"{types}.sheet.main+xml\"/><Override \
                 PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{types}.worksheet+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" \
                 Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{space}\" xmlns:r=\"{office}\"><sheets><sheet name=\"RVU\" sheetId=\"1\" \
                 r:id=\"rId1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"rId1\" \
                 Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{space}\"><sheetData>{sheet}</sheetData></worksheet>"),
        ),
    ];
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in files {
        archive
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn numbers_of_a_workbook_get_back_what_they_lost() {
    let text = format!("{NOTICE}{STACK}");
    let mut rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    let row = [
        "=100",
        "",
        "REDACTED",
        "A",
        "",
        "=1.23",
        "=1.4000000000000001",
        "",
        "=0.7",
        "NA",
        "=0.12",
        "=2.75",
        "=2.05",
        "=0",
        "=10",
        "=0.1",
        "=0.8",
        "=0.1",
        "=2",
        "=1",
        "=0",
        "=0",
        "=0",
        "",
        "=33.2875",
        "=9",
        "=0",
        "=99",
        "=0",
        "=0",
        "=0",
    ];
    let mut bad = row;
    (bad[0], bad[19]) = ("=64632", "=7");
    rows.extend([row.to_vec(), bad.to_vec()]);
    let read = read_one("renamed", workbook(&rows)).unwrap();
    let csv = read_one("PPRRVU24_JUL.csv", pprrvu(&[&ROW.replace("64632", "00100")])).unwrap();
    assert_eq!(read.rows, csv.rows);
    assert_eq!(
        problems(&read),
        [
            "`renamed` sheet `RVU` cell T11: field `BILAT SURG`: `7` is not valid: expected one of 0 1 2 3 9, the values of \
          the bilateral indicator"
        ]
    );
}

// ---- localities ------------------------------------------------------------------------------------------------------

#[test]
fn geographic_indices_are_read_with_and_without_the_floor() {
    let text = "ADDENDUM E. FINAL CY 2026 GEOGRAPHIC PRACTICE COST INDICES (GPCIs),,,,,,,\n,,,,,,,\n\
        Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2026 PW GPCI (without 1.0 Floor),\
        2026 PW GPCI (with 1.0 Floor),2026 PE GPCI,2026 MP GPCI\n\
        10112,AL,00,ALABAMA,0.988,1.000,0.875,0.566\n02102,AK,01,ALASKA*,1.5,1.500,1.065,0.551\n,,,,,,,\n\
        *Work GPCI reflects a floor.,,,,,,,\n99999,AK,100,NOWHERE,1,1,1,1\n";
    let read = read_one("renamed.csv", text).unwrap();
    assert_eq!((read.release.table, &*read.release.name), (Table::Gpci, "2026"));
    assert_eq!(read.release.in_force, "2026-01-01..2026-12-31".parse().unwrap());
    let Rows::Gpci(rows) = &read.rows else { panic!() };
    assert_eq!(
        (rows[0].locality.to_string().as_str(), &*rows[0].state),
        ("10112-00", "AL")
    );
    assert_eq!((rows[0].work, rows[0].work_without_floor), (1_000, Some(988)));
    assert_eq!(
        (rows[1].work_without_floor, rows[1].practice_expense),
        (Some(1_500), 1_065)
    );
    assert!(problems(&read)[0].contains("line 8: field `Locality Number`: `100` is not valid"));
}

#[test]
fn anaesthesia_factors_are_read_with_their_blanks() {
    let text = "Contractor,Locality,Locality Name,National Anes CF of 20.3178\r\n10112 ,00 ,ALABAMA,19.31 \r\n,,,\r\n";
    let read = read_one("ANES2025.csv", text).unwrap();
    let Rows::AnesthesiaFactors(rows) = &read.rows else {
        panic!()
    };
    assert_eq!((rows[0].conversion_factor, rows[0].national), (1_931, 203_178));
    let error = read_one("ANES.csv", text).unwrap_err();
    assert!(
        error.to_string().contains("says nowhere which year it is for"),
        "{error}"
    );
}

#[test]
fn a_state_stands_on_its_first_locality_only() {
    let text = "COUNTIES INCLUDED IN 2025 LOCALITIES.,,,,\r\n,,,,\r\n\
        Medicare Adminstrative Contractor,Locality Number,State ,Fee Schedule Area ,Counties\r\n,,,,\r\n\
        9102,3,FLORIDA ,FORT LAUDERDALE,\"BROWARD, COLLIER\"\r\n9102,4,,MIAMI,DADE AND MONROE\r\n,,,,\r\n\
        *  Payment locality is serviced by two carriers.,,,,\r\n";
    let read = read_one("25LOCCO.csv", text).unwrap();
    let Rows::Localities(rows) = &read.rows else { panic!() };
    assert_eq!(rows.len(), 2);
    assert_eq!(
        (rows[1].locality.to_string().as_str(), &*rows[1].state),
        ("09102-04", "FLORIDA")
    );
    assert_eq!(&*rows[0].counties, "BROWARD, COLLIER");
}

// ---- PTP -------------------------------------------------------------------------------------------------------------

const PTP_HEAD: &str = "CPT only copyright 2023.  All rights reserved.\t\t\t\t\t\t\r
Column1/Column2 Edits\t\t\t\t\t\t\r
Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale\r
\t\tprior to 1996\tDate\tDate\t0=not allowed\t\r
\t\t\t\t*=no data\t1=allowed\t\r
\t\t\t\t\t9=not applicable\t\r\n";

fn ptp(rows: &[&str]) -> String {
    format!("{PTP_HEAD}{}\r\n", rows.join("\r\n"))
}

fn zip_of(name: &str, text: &str) -> Vec<u8> {
    use std::io::Write;
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive
        .start_file(name, zip::write::SimpleFileOptions::default())
        .unwrap();
    archive.write_all(text.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

#[test]
fn pairs_are_read_from_text_in_zips() {
    let text = ptp(&[
        "64632\t20550\t\t20200401\t*\t1\tMisuse of Column Two code with Column One code",
        "64632\t36000\t*\t19960101\t20191231\t0\tStandards of medical/surgical practice",
        "0001A\tG0008\t\t20180101\t20180101\t9\tMisuse of Column Two code with Column One code",
        "64632\t2055\t\t20200401\t*\t1\tx",
        "64632\t20551\t\t20200431\t*\t1\tx",
        "64632\t20551\t\t20200401\tnone\t1\tx",
        "64632\t20551\t\t20200401\t*\t2\tx",
        "64632\t20552\t\t20200401\t20200331\t1\tx",
        "\u{1a}",
    ]);
    let read = read_one("ccipra-v302r0-f1.zip", zip_of("CCIPRA-V302R0-F1.TXT", &text)).unwrap();
    assert_eq!(
        (read.release.table, &*read.release.name),
        (Table::PractitionerPairs, "v30.2")
    );
    // From the first edit that was ever in force, so not from the row of indicator 9.
    assert_eq!(read.release.in_force, "1996-01-01..2024-09-30".parse().unwrap());
    let Rows::Pairs { rows, rationales } = &read.rows else {
        panic!()
    };
    assert_eq!(rows.len(), 4);
    assert_eq!((rows[0].column1, rows[0].column2), (code!("64632"), code!("20550")));
    assert_eq!((rows[0].effective, rows[0].deletion), (date!(2020, 4, 1), None));
    assert_eq!(rows[2].indicator, PairIndicator::NotApplicable);
    assert_eq!(rows[0].rationale, rows[2].rationale);
    assert_eq!(
        &*rationales[usize::from(rows[1].rationale)],
        "Standards of medical/surgical practice"
    );
    assert_eq!(
        problems(&read),
        [
            "`ccipra-v302r0-f1.zip!CCIPRA-V302R0-F1.TXT` line 10: field `Column 2`: `2055` is not valid: expected a \
             procedure code: five digits, four digits and a letter, or a letter and four digits",
            "`ccipra-v302r0-f1.zip!CCIPRA-V302R0-F1.TXT` line 11: field `Effective Date`: `20200431` is not valid: expected \
             YYYYMMDD from 19700101 to 21490606",
            "`ccipra-v302r0-f1.zip!CCIPRA-V302R0-F1.TXT` line 12: field `Deletion Date`: `none` is not valid: expected a \
             date as YYYYMMDD, or `*` for none",
            "`ccipra-v302r0-f1.zip!CCIPRA-V302R0-F1.TXT` line 13: field `Modifier`: `2` is not valid: expected one of 0 1 9, \
             the values of the modifier indicator",
            "`ccipra-v302r0-f1.zip!CCIPRA-V302R0-F1.TXT`: rows that end before they begin, such as `64632 20552`: 1; they \
             are in force on no day",
        ]
    );
}

#[test]
fn parts_of_a_release_are_merged_and_missing_ones_named() {
    // Part 1 from 10000 on, part 2 from 30000, and so on; each with a rationale of its own.
    let part = |n: u32| {
        let first = n * 20_000 - 10_000;
        let row = |code| format!("{code}\t99999\t\t20200401\t*\t1\trationale {n}");
        let rows: Vec<String> = (first..first + 10_000).map(row).collect();
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        Source::bytes(&format!("ccioph-v321r0-f{n}.txt"), ptp(&rows))
    };
    let options = Options::default();
    let whole = collect_sources((1..=4).map(part).collect(), &options, &mut |_| {});
    assert_eq!((whole.errors(), whole.releases.len()), (0, 1), "{:?}", whole.problems);
    let (release, rows) = &whole.releases[0];
    assert_eq!(
        (release.table, &*release.name, *rows),
        (Table::HospitalPairs, "v32.1", 40_000)
    );
    assert_eq!(release.in_force, "2020-04-01..2026-06-30".parse().unwrap());
    let reference = whole.builder.build().unwrap();
    let found = reference.pair_edits(
        Setting::OutpatientHospital,
        code!("75000"),
        code!("99999"),
        date!(2026, 6, 30),
        cleanclaim::reference::Stale::Refuse,
    );
    let edit = found.found().unwrap().row[0];
    assert_eq!(reference.pair_rationale(edit), "rationale 4");

    let some = collect_sources(vec![part(1), part(3)], &options, &mut |_| {});
    assert_eq!(some.releases.len(), 0);
    assert_eq!(
        some.problems[0].to_string(),
        "`ccioph-v321r0-f1.txt`: release `v32.1` is not whole, for want of part f2 and part f4: the table would say \
         `not listed` for what is in there"
    );
    let twice = collect_sources((1..=4).chain([2]).map(part).collect(), &options, &mut |_| {});
    assert_eq!((twice.errors(), twice.releases[0].1), (0, 40_000));
    assert!(
        twice.problems[0]
            .to_string()
            .contains("holds the same rows as `ccioph-v321r0-f2.txt`")
    );
}

#[test]
fn overlapping_pairs_are_one_note() {
    let read = read_one(
        "ccipra-v302r0-f1.txt",
        ptp(&[
            "64632\t20550\t\t20190101\t20191231\t1\tx",
            "64632\t20550\t\t20190101\t*\t0\tx",
        ]),
    )
    .unwrap();
    assert_eq!(read.problems.len(), 1);
    assert_eq!(read.problems[0].severity, Severity::Note);
    assert!(matches!(
        read.problems[0].kind,
        ProblemKind::OverlappingPairs { count: 1 }
    ));
}

#[test]
fn pairs_that_name_no_setting_or_version_ask_for_it() {
    let text = ptp(&["64632\t20550\t\t20190101\t*\t1\tx"]);
    let error = read_one("pairs-v302r0-f1.txt", text.clone()).unwrap_err();
    assert!(matches!(error.problem().kind, ProblemKind::NoSetting { .. }), "{error}");
    let error = read_one("ccipra.txt", text.clone()).unwrap_err();
    assert!(
        matches!(error.problem().kind, ProblemKind::NoRelease { what: "version", .. }),
        "{error}"
    );
    let options = small()
        .setting(Setting::OutpatientHospital)
        .release("mine")
        .period("2024-07-01..2024-09-30".parse().unwrap());
    let read = read(Source::bytes("pairs.txt", text), &options).unwrap();
    assert_eq!(
        (read[0].release.table, &*read[0].release.name),
        (Table::HospitalPairs, "mine")
    );
    assert_eq!(read[0].release.in_force, "2024-07-01..2024-09-30".parse().unwrap());
}

// ---- MUE -------------------------------------------------------------------------------------------------------------

/// A notice with line breaks, a mark of Windows-1252 (AE) and blanks that do not break (A0).
fn mue(whose: &str, rows: &str) -> Vec<u8> {
    let mut bytes = b"\"Notice. \r\n\r\nCPT\xae is a mark.\xa0\r\nApplicable.\",,,\r\n".to_vec();
    let head = format!("\"HCPCS/\r\nCPT Code\",{whose} MUE Values,MUE Adjudication Indicator,MUE Rationale\r\n{rows}");
    bytes.extend_from_slice(head.as_bytes());
    bytes
}

#[test]
fn unlikely_edits_are_told_apart_by_the_second_heading() {
    for (whose, table) in [
        ("Practitioner Services", Table::PractitionerMue),
        ("Outpatient Hospital Services", Table::HospitalMue),
        ("DME Supplier Services", Table::DmeMue),
    ] {
        let text = mue(
            whose,
            "64632,1,2 Date of Service Edit: Policy,CMS Policy\r\n65760,0,1 Line Edit,Clinical: Data\r\n",
        );
        let read = read_one("MUE_Eff_07-01-2024.csv", text).unwrap();
        assert_eq!((read.release.table, &*read.release.name), (table, "2024-07-01"));
        let Rows::Mue(rows) = &read.rows else { panic!() };
        let first = MueRow {
            code: code!("64632"),
            value: 1,
            mai: Mai::DayPolicy,
            rationale: "CMS Policy".into(),
        };
        assert_eq!(rows[0], first);
        assert_eq!((rows[1].value, rows[1].mai), (0, Mai::Line));
    }
}

#[test]
fn bad_unlikely_edits_are_named_by_line_and_value() {
    let text = mue(
        "Practitioner Services",
        "64632,1,2 Day,x\r\n64640,many,2 Day,x\r\n64643,1,4 Week,x\r\n",
    );
    let read = read_one("MUE_Eff_07-01-2024.csv", text).unwrap();
    assert_eq!(
        problems(&read),
        [
            "`MUE_Eff_07-01-2024.csv` line 8: field `Practitioner Services MUE Values`: `many` is not valid: expected a \
             whole number",
            "`MUE_Eff_07-01-2024.csv` line 9: field `MUE Adjudication Indicator`: `4 Week` is not valid: expected one of 1 2 \
             3, the values of the MUE adjudication indicator",
        ]
    );
}

// ---- add-on codes ----------------------------------------------------------------------------------------------------

const AOC: &str = "Notice\t\t\t\t\t\t\t\nAOC_Edit_Type\tAdd-On_Code\tAOC_DelDT\tPrimary_Code\tPrimary_Code_DelDT\tAOC_Edit_EffDT\tAOC_Edit_DelDT\tSpecial_Instruction_Notes\n";

#[test]
fn add_on_edits_have_dates_of_year_and_day() {
    let text = format!(
        "{AOC}1\t64634\t\t64633\t\t2013091\t\t\n2\t0054T\t\tCCCCC\t\t2013091\t2020366\tContractor Defined Primary Codes\n\
         II\t0055T\t2019365\tCCCCC\t\t2013091\t\t\n3\t64636\t\t64635\t2020366\t2013091\t\tPractitioner only\n"
    );
    let read = read_one("AOC_V2026Q2-MCR.txt", text).unwrap();
    assert_eq!((read.release.table, &*read.release.name), (Table::AddOn, "2026Q2"));
    assert_eq!(read.release.in_force, "2013-04-01..2026-06-30".parse().unwrap());
    let Rows::AddOn(rows) = &read.rows else { panic!() };
    assert_eq!(
        (rows[0].primary, rows[0].effective),
        (Some(code!("64633")), date!(2013, 4, 1))
    );
    assert_eq!((rows[1].primary, rows[1].deletion), (None, Some(date!(2020, 12, 31))));
    assert_eq!(rows[2].add_on_deleted, Some(date!(2019, 12, 31)));
    assert_eq!(problems(&read).len(), 1);
    assert!(problems(&read)[0].contains("rows with a special instruction, such as `Practitioner only`: 1"));
}

#[test]
fn add_on_rows_may_overlap_only_where_they_say_the_same() {
    let rows = [
        "1\tG2211\t\t99202\t\t2024275\t2024275\t",
        "1\tG2211\t\t99202\t\t2024001\t\t",
        "3\tG2211\t\t99202\t\t2024100\t\t",
        "1\tG2211\t\t99203\t\t2023366\t\t",
        "1\tG2211\t\t99203\t\t2024010\t2024009\t",
    ];
    let read = read_one("AOC_V2026Q2-MCR.txt", format!("{AOC}{}\n", rows.join("\n"))).unwrap();
    assert_eq!(read.rows.len(), 3);
    assert_eq!(
        problems(&read),
        [
            "`AOC_V2026Q2-MCR.txt` line 5: `G2211 99202` from 2024-04-09 overlaps a row of it that says something else: \
             expected intervals without a day in common",
            "`AOC_V2026Q2-MCR.txt` line 6: field `AOC_Edit_EffDT`: `2023366` is not valid: expected a day as YYYYDDD, the \
             year and the day's number in it",
            "`AOC_V2026Q2-MCR.txt`: rows that overlap an earlier row of the same key and say the same: 1; all are kept",
            "`AOC_V2026Q2-MCR.txt`: rows that end before they begin, such as `G2211 99203`: 1; they are in force on no day",
        ]
    );
}

// ---- ASC -------------------------------------------------------------------------------------------------------------

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

fn addenda(which: &[&str]) -> Vec<Source> {
    let text = |name: &str| match name {
        "AA.txt" => AA,
        "BB.csv" => BB,
        _ => EE,
    };
    which
        .iter()
        .map(|name| Source::bytes(&format!("asc/now/{name}"), text(name)))
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
        "`asc/now/AA.txt`: release `2024-07-01` is not whole, for want of addendum EE: the table would say `not \
         listed` for what is in there"
    );
    let collected = collect_sources(addenda(&["EE.txt"]), &small(), &mut |_| {});
    assert!(
        matches!(collected.problems[0].kind, ProblemKind::NoRelease { .. }),
        "{:?}",
        collected.problems
    );
}

#[test]
fn bad_rows_of_an_addendum_are_named() {
    let text = AA.replace("\tY\tP3", "\tX\tP3").replace("$9,524.01", "$9,524.012");
    let sources = vec![
        Source::bytes("a/AA.txt", text),
        Source::bytes("a/BB.csv", BB),
        Source::bytes("a/EE.txt", EE),
    ];
    let collected = collect_sources(sources, &small(), &mut |_| {});
    let problems: Vec<String> = collected.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "`a/AA.txt` line 6: field `Subject to Multiple Procedure Discounting`: `X` is not valid: expected Y or N",
            "`a/AA.txt` line 7: field `July 2024 Payment Rate`: `$9,524.012` is not valid: expected an amount such as \
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
        "`FF.txt`: holds addendum FF, which no table of the reference takes: left out"
    );
}

// ---- I/OCE -----------------------------------------------------------------------------------------------------------

const VERSIONS: &str = "version,version_id,date_started,date_ended\n103,27.1.0,20260401,20360331\n101,26.3.2,20251001,20251231\n102,27.0.1,20260101,20260331\n";
const MODIFIERS: &str = "modifier,date_activated,ncci,therapy,non_discount,died_transferred,device_req_exclusion,telehealth,assistant_surgeon,lo_version,hi_version\n";

fn editor(tables: &[(&str, &str)]) -> Vec<Source> {
    tables
        .iter()
        .map(|(name, text)| Source::bytes(&format!("ioce/{name}"), *text))
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
    assert_eq!(activated.in_force.last(), date!(2036, 3, 31));
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
            "`ioce/m.csv` line 3: `59` from 2026-04-01 overlaps a row of it that says something else: expected intervals \
             without a day in common",
            "`ioce/m.csv` line 4: field `modifier`: `?!` is not valid: expected a modifier: two ASCII letters or digits",
            "`ioce/m.csv` line 5: field `ncci`: `2` is not valid: expected 0 or 1",
            "`ioce/m.csv` line 6: field `hi_version`: `101` is not valid: expected a version that is not before lo_version",
            "`ioce/m.csv` line 7: field `lo_version`: `100` is not valid: expected a version from 101 to 103",
            "`ioce/m.csv` line 8: the row has 4 columns: expected at least 11",
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
            .contains("the table of versions (`version_range.csv`) in the same folder")
    );
    let gap = VERSIONS.replace("20260101", "20260102");
    let gap = collect_sources(editor(&[("v.csv", &gap), ("m.csv", &table)]), &small(), &mut |_| {});
    assert_eq!(
        gap.problems[0].to_string(),
        "`ioce/v.csv`: version 102 does not begin on the day after version 101 ends: expected versions without a gap"
    );
    let bad = VERSIONS.replace("20260101", "2026-01-01");
    let bad = collect_sources(editor(&[("v.csv", &bad), ("m.csv", &table)]), &small(), &mut |_| {});
    assert!(
        bad.problems[0]
            .to_string()
            .starts_with("`ioce/v.csv` line 4: field `date_started`: `2026-01-01`")
    );
}

// ---- files -----------------------------------------------------------------------------------------------------------

#[test]
fn what_is_not_known_is_named() {
    let sources = vec![
        Source::bytes("readme.txt", "Dear reader\n"),
        Source::bytes("PPRRVU24_JUL.csv", pprrvu(&[ROW])),
    ];
    let collected = collect_sources(sources, &small(), &mut |_| {});
    assert_eq!((collected.errors(), collected.releases.len()), (0, 1));
    assert!(
        collected.problems[0]
            .to_string()
            .starts_with("`readme.txt`: is not in a layout that is read here")
    );
    let error = read_one("readme.txt", "Dear reader\n").unwrap_err();
    assert_eq!(error.problem().kind, ProblemKind::UnknownLayout);
}

#[test]
fn a_stated_release_is_for_one_release() {
    let sources = vec![
        Source::bytes("PPRRVU24_JUL.csv", pprrvu(&[ROW])),
        Source::bytes(
            "MUE_Eff_07-01-2024.csv",
            mue("Practitioner Services", "64632,1,2 Day,x\n"),
        ),
    ];
    let options = small().release("x");
    let collected = collect_sources(sources, &options, &mut |_| {});
    assert!(collected.releases.is_empty());
    assert!(matches!(
        collected.problems[0].kind,
        ProblemKind::StatedForSeveral { found: 2 }
    ));
}

#[test]
fn damaged_containers_are_named() {
    let zip = zip_of("ccipra-v302r0-f1.txt", &ptp(&["64632\t20550\t\t20190101\t*\t1\tx"]));
    let error = read_one("x.zip", zip[..zip.len() - 10].to_vec()).unwrap_err();
    assert!(
        error.to_string().starts_with("`x.zip`: is no sound zip file: "),
        "{error}"
    );
    let error = read_one("x.csv.gz", b"\x1f\x8b\x08\x00broken".to_vec()).unwrap_err();
    assert!(
        error.to_string().starts_with("`x.csv.gz`: is no sound gzip file: "),
        "{error}"
    );
    let error = read("no/such/file", &small()).unwrap_err();
    assert!(
        error.to_string().starts_with("`no/such/file`: cannot be read: "),
        "{error}"
    );
}

#[test]
fn descriptors_do_not_reach_the_packed_file() {
    let read = read_one("PPRRVU24_JUL.csv", pprrvu(&[ROW])).unwrap();
    let mut builder = ReferenceBuilder::new();
    builder.add(read.release, read.rows).unwrap();
    let packed = builder.pack().unwrap();
    assert!(!packed.windows(8).any(|bytes| bytes == b"REDACTED"));
}
