//! The fee schedule: PPRRVU as csv, text and workbook.

use cleanclaim::code;
use cleanclaim::reference::{Component, FeeScheduleRow, GlobalPeriod, Rows, StatusCode, Table};
use cleanclaim_cms::{FileProblemKind, FileSource, Options, ReadRelease, collect_sources, read};

use super::{problems, read_one, small};

fn fee_schedule(read: &ReadRelease) -> &[FeeScheduleRow] {
    match &read.rows {
        Rows::FeeSchedule(rows) => rows,
        other => panic!("{other:?}"),
    }
}

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
pub(super) const ROW: &str = "64632,,\"REDACTED, A\",A,,1.23,1.40,,0.70,NA,0.12,2.75,2.05,0,010,0.10,0.80,0.10,2,1,0,0,0,,33.2875,09,0,99,0.00,0.00,0.00";

pub(super) fn pprrvu(rows: &[&str]) -> String {
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
            .starts_with("PPRRVU24_JUL.csv: no column is headed `STATUS CODE`"),
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
            "PPRRVU24_JUL.csv:11: field `HCPCS`: `6463` is not valid: expected a procedure code: five digits, four \
             digits and a letter, or a letter and four digits",
            "PPRRVU24_JUL.csv:12: field `MOD`: `27` is not valid: expected one of (empty) 26 TC 53, the values of \
             the modifier column",
            "PPRRVU24_JUL.csv:13: field `GLOB DAYS`: `012` is not valid: expected one of 000 010 090 MMM XXX YYY \
             ZZZ, the values of the global days",
            "PPRRVU24_JUL.csv:14: field `WORK RVU`: `1.2x` is not valid: expected a number with at most 2 decimals",
            "PPRRVU24_JUL.csv:15: field `FACILITY NA INDICATOR`: `N/A` is not valid: expected `NA` or nothing",
            "PPRRVU24_JUL.csv:16: `64632` was listed before with other values: expected one row for it",
            "PPRRVU24_JUL.csv:19: field `STATUS CODE`: `` is not valid: expected one of A B C E I J M N P R T X, \
             the values of the status code",
            "PPRRVU24_JUL.csv: rows of placeholders in place of codes, such as `GXXX1`: 1; left out",
            "PPRRVU24_JUL.csv: rows that repeat an earlier row: 1; each is kept once",
        ]
    );
}

/// The same row in columns: bytes 1-5 the code, 58 the status, and so on to the malpractice value of the OPPS cap.
const RECORD: &str = "64632  REDACTED                                          A   1.23   1.40     0.70NA  0.12   2.75  2.050010.10.80.1021000             33.2875 090 99      0.00   0.00   0.00";

pub(super) fn pprrvu_text(records: &[&str]) -> String {
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
        "schedule.txt: says nowhere which quarter it is for: keep the published name, such as \
         `PPRRVU2025_Oct.txt`, or state the release and its period"
    );
    let options = small()
        .release("2024C")
        .period("2024-07-01..2024-09-30".parse().unwrap());
    let read = read(FileSource::bytes("schedule.txt", pprrvu_text(&[RECORD])), &options).unwrap();
    assert_eq!(&*read[0].release.name, "2024C");
}

#[test]
fn a_short_record_is_lost() {
    let read = read_one("PPRRVU24_JUL.txt", pprrvu_text(&[RECORD, "64640  REDACTED"])).unwrap();
    assert!(problems(&read)[0].contains(":4: field `record`: `64640` is not valid: expected a record of 168"));
}

#[test]
fn few_rows_are_refused_unless_allowed() {
    let error = read(
        FileSource::bytes("PPRRVU24_JUL.csv", pprrvu(&[ROW])),
        &Options::default(),
    )
    .unwrap_err();
    assert!(
        matches!(
            error.problem().kind,
            FileProblemKind::TooFewRows {
                found: 1,
                least: 1_000,
                ..
            }
        ),
        "{error}"
    );
    let error = read_one("PPRRVU24_JUL.csv", pprrvu(&[&ROW.replace("64632", "6463")])).unwrap_err();
    assert!(error.to_string().contains(":10: field `HCPCS`: `6463`"), "{error}");
    // What was lost of the rows is said beside the count.
    let rows = [ROW, &ROW.replace("64632", "6463")];
    let error = read(
        FileSource::bytes("PPRRVU24_JUL.csv", pprrvu(&rows)),
        &Options::default(),
    )
    .unwrap_err();
    assert!(error.to_string().contains("has 1 rows"), "{error}");
    assert_eq!(error.rows().len(), 1);
    let collected = collect_sources(
        vec![FileSource::bytes("PPRRVU24_JUL.csv", pprrvu(&rows))],
        &Options::default(),
        &mut |_| {},
    );
    let said: Vec<String> = collected.problems.iter().map(ToString::to_string).collect();
    assert!(
        said.iter().any(|said| said.contains(":11: field `HCPCS`: `6463`")),
        "{said:?}"
    );
}

#[test]
fn forms_of_one_release_must_agree() {
    let csv = || FileSource::bytes("a/PPRRVU24_JUL.csv", pprrvu(&[ROW]));
    let collected = |other: String| {
        collect_sources(
            vec![csv(), FileSource::bytes("a/PPRRVU24_JUL.txt", pprrvu_text(&[&other]))],
            &small(),
            &mut |_| {},
        )
    };
    let same = collected(RECORD.to_owned());
    assert_eq!((same.errors(), same.releases.len()), (0, 1));
    assert_eq!(
        same.problems[0].to_string(),
        "a/PPRRVU24_JUL.txt: holds the same rows as `a/PPRRVU24_JUL.csv`: read once"
    );
    let differs = collected(RECORD.replace("1.23", "1.24"));
    assert_eq!((differs.errors(), differs.releases.len()), (1, 1));
    assert_eq!(
        differs.problems[0].to_string(),
        "a/PPRRVU24_JUL.txt: differs from `a/PPRRVU24_JUL.csv`, which holds the same release, first at 64632: give one \
         of them"
    );
}

#[test]
fn the_schedule_of_the_other_payment_track_is_left_out() {
    let qpp = pprrvu(&[&ROW.replace("33.2875", "33.5675")]).replace("2024 National", "2026 National");
    let other = pprrvu(&[ROW]).replace("2024 National", "2026 National");
    let sources = vec![
        FileSource::bytes("PPRRVU2026_Jul_QPP.csv", qpp),
        FileSource::bytes("PPRRVU2026_Jul_nonQPP.csv", other),
    ];
    let collected = collect_sources(sources, &small(), &mut |_| {});
    assert_eq!(collected.errors(), 0);
    assert_eq!(&*collected.releases[0].0.name, "2026C");
    assert!(collected.problems[0].to_string().starts_with(
        "PPRRVU2026_Jul_QPP.csv: is the schedule of `PPRRVU2026_Jul_nonQPP.csv` with another conversion factor"
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
            "renamed: sheet `RVU` cell T11: field `BILAT SURG`: `7` is not valid: expected one of 0 1 2 3 9, the values of \
          the bilateral indicator"
        ]
    );
}
