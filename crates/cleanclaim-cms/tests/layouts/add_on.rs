//! Add-on code edits.

use cleanclaim::reference::{Rows, Table};
use cleanclaim::{code, date};

use super::{problems, read_one};

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
            "AOC_V2026Q2-MCR.txt:5: `G2211 99202` from 2024-04-09 overlaps a row of it that says something else: \
             expected intervals without a day in common",
            "AOC_V2026Q2-MCR.txt:6: field `AOC_Edit_EffDT`: `2023366` is not valid: expected a day as YYYYDDD, the \
             year and the day's number in it",
            "AOC_V2026Q2-MCR.txt: rows that overlap an earlier row of the same key and say the same: 1; all are kept",
            "AOC_V2026Q2-MCR.txt: rows that end before they begin, such as `G2211 99203`: 1; they are in force on no day",
        ]
    );
}
