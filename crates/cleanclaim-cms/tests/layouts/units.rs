//! MUE.

use cleanclaim::code;
use cleanclaim::reference::{Mai, MueRow, Rows, Table};

use super::{problems, read_one};

/// A notice with line breaks, a mark of Windows-1252 (AE) and blanks that do not break (A0).
pub(super) fn mue(whose: &str, rows: &str) -> Vec<u8> {
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
            "MUE_Eff_07-01-2024.csv:8: field `Practitioner Services MUE Values`: `many` is not valid: expected a \
             whole number",
            "MUE_Eff_07-01-2024.csv:9: field `MUE Adjudication Indicator`: `4 Week` is not valid: expected one of 1 2 \
             3, the values of the MUE adjudication indicator",
        ]
    );
}
