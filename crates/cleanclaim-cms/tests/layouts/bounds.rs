//! Files that are small and stand for much: refused, with what the most is.

use std::io::Write as _;

use cleanclaim_cms::{FileSource, Options, collect_sources};
use zip::write::SimpleFileOptions;

fn problems(name: &str, bytes: Vec<u8>) -> String {
    let options = Options::default().allow_small();
    let collected = collect_sources(vec![FileSource::bytes(name, bytes)], &options, &mut |_| {});
    let problems: Vec<String> = collected.problems.iter().map(ToString::to_string).collect();
    problems.join("\n")
}

fn zipped(members: &[(&str, &[&[u8]])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, parts) in members {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        parts.iter().for_each(|part| archive.write_all(part).unwrap());
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook of one sheet with these cells.
fn workbook(cells: &str) -> Vec<u8> {
    const SHEET: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINK: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let links = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"r1\" Type=\"{LINK}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let book = format!(
        "<workbook xmlns=\"{SHEET}\" xmlns:r=\"{LINK}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let sheet = format!("<worksheet xmlns=\"{SHEET}\"><sheetData>{cells}</sheetData></worksheet>");
    zipped(&[
        ("[Content_Types].xml", &[types.as_bytes()]),
        ("_rels/.rels", &[links("officeDocument", "xl/workbook.xml").as_bytes()]),
        ("xl/workbook.xml", &[book.as_bytes()]),
        (
            "xl/_rels/workbook.xml.rels",
            &[links("worksheet", "worksheets/sheet1.xml").as_bytes()],
        ),
        ("xl/worksheets/sheet1.xml", &[sheet.as_bytes()]),
    ])
}

fn cell(place: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>x</t></is></c>")
}

#[test]
fn a_sheet_is_as_large_as_its_cells() {
    let sparse = |last: &str, row: u32| {
        workbook(&format!(
            "<row r=\"1\">{}</row><row r=\"{row}\">{}</row>",
            cell("A1"),
            cell(last)
        ))
    };
    let said = problems("AOC_V2026Q2.xlsx", sparse("XFD1048576", 1_048_576));
    assert!(said.contains("has more than 1024 columns"), "{said}");
    // A table that is long and not wide is one, though nothing stands in most of its rows.
    let said = problems("AOC_V2026Q2.xlsx", sparse("ALL1048576", 1_048_576));
    assert!(said.contains("is not in a layout"), "{said}");
    let rows: String = (1..=5_000)
        .map(|row| format!("<row r=\"{row}\">{}</row>", cell(&format!("ALL{row}"))))
        .collect();
    let said = problems("AOC_V2026Q2.xlsx", workbook(&rows));
    assert!(said.contains("has more than 4194304 cells"), "{said}");
    let said = problems(
        "AOC_V2026Q2.xlsx",
        workbook(&format!("<row r=\"1\">{}</row>", cell("ZZZZZZZZZZ99999999999999"))),
    );
    assert!(
        said.contains("`ZZZZZZZZZZ99999999999999` is no cell: expected one up to XFD1048576"),
        "{said}"
    );
}

#[test]
fn what_comes_out_of_a_file_has_an_end() {
    let nothing = vec![b'x'; 1 << 20];
    let large: Vec<&[u8]> = vec![&nothing; 257];
    let said = problems("a.zip", zipped(&[("PPRRVU24_JUL.csv", &large)]));
    assert!(said.contains("a.zip!PPRRVU24_JUL.csv"), "{said}");
    assert!(said.contains("it holds more than 256 MiB"), "{said}");
    let half: Vec<&[u8]> = vec![&nothing; 250];
    let names = ["a.csv", "b.csv", "c.csv", "d.csv", "e.csv", "f.csv"];
    let said = problems("a.zip", zipped(&names.map(|name| (name, half.as_slice()))));
    assert!(
        said.contains("a.zip!e.csv") && said.contains("more than 1024 MiB come out of it in all"),
        "{said}"
    );
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&nothing).unwrap();
    let said = problems("MUE.csv.gz", packed.finish().unwrap().repeat(257));
    assert!(said.contains("it holds more than 256 MiB"), "{said}");
    let sheets = zipped(&[
        ("[Content_Types].xml", &[b"<Types/>"]),
        ("xl/sharedStrings.xml", &large),
    ]);
    let said = problems("AOC_V2026Q2.xlsx", sheets);
    assert!(said.contains("more than 256 MiB come out of it in all"), "{said}");
}

#[test]
fn a_text_of_too_many_cells_is_no_table() {
    let heading = "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n";
    let said = problems(
        "MCR_MUE_PractitionerServices_Eff_07-01-2024.csv",
        [heading.as_bytes(), &vec![b','; 33 << 20]].concat(),
    );
    assert!(said.contains("has more than 33554432 cells"), "{said}");
}

#[test]
fn a_value_is_shown_as_far_as_tells_which_it_is() {
    let text = format!(
        "HCPCS/CPT Code,Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n64632,1,{},x\n",
        "y".repeat(1 << 20)
    );
    let said = problems("MCR_MUE_PractitionerServices_Eff_07-01-2024.csv", text.into_bytes());
    assert!(said.contains("yyy...`") && said.len() < 2_000, "{}", said.len());
}

#[cfg(unix)]
#[test]
fn folders_are_read_once_and_what_is_no_file_is_named() {
    use std::os::unix::fs::symlink;
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("strange-folder");
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(folder.join("a/b")).unwrap();
    std::fs::write(folder.join("a/notes.txt"), "nothing").unwrap();
    // Each link doubles the ways to a file.
    for name in ["x", "y", "z"] {
        symlink(&folder, folder.join("a/b").join(name)).unwrap();
    }
    let pipe = folder.join("a/pipe");
    assert!(
        std::process::Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let _socket = std::os::unix::net::UnixListener::bind(folder.join("a/socket")).unwrap();
    let collected = collect_sources(vec![FileSource::path(&folder)], &Options::default(), &mut |_| {});
    let said: Vec<String> = collected.problems.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert_eq!(
        said.iter().filter(|said| said.contains("is no file: left out")).count(),
        2,
        "{said:?}"
    );
}
