//! What each report of `check` says, and in which order.

use crate::common;

use cleanclaim_formats::x12::example;
use common::{file, folder, run};

/// One claim of the starter's quarter, with a modifier that does not go with its code.
fn component(id: &str) -> String {
    named(id, &example().replace("HC:64632:RT", "HC:64632:26"))
}

/// The same file with a claim of this name, in an interchange of a number of its own.
fn named(id: &str, text: &str) -> String {
    text.replace("CLM*A1*", &format!("CLM*{id}*"))
        .replace("000000001", &control(id))
}

fn control(id: &str) -> String {
    let number = id
        .bytes()
        .fold(0_u32, |number, byte| (number * 31 + u32::from(byte)) % 1_000_000);
    format!("{number:09}")
}

/// One without findings but advisories.
fn clean(id: &str) -> String {
    named(id, &example().replace("*120*UN*2*", "*120*UN*1*"))
}

fn unknown_payer(id: &str) -> String {
    clean(id)
        .replace("SBR*P*18*******MB", "SBR*P*18*******CI")
        .replace("NM1*PR*2*MEDICARE*****PI*01112", "NM1*PR*2*KEY INSURANCE*****PI*KEY01")
}

/// The rows of a CSV report as maps from column to value.
fn rows(text: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn the_worst_claims_come_first_with_their_places() {
    let folder = folder("worst-first");
    let one = file(
        &folder,
        "one.837",
        clean("clean") + &unknown_payer("unknown") + &component("denied"),
    );
    let two = file(
        &folder,
        "two.837",
        component("gone").replace("11:B:1", "11:B:9") + &component("later"),
    );
    let ran = run(&["check", &one, &two]);
    ran.exits(2);
    let headings: Vec<&str> = ran.out.lines().filter(|line| line.starts_with("claim ")).collect();
    assert_eq!(
        headings,
        [
            "claim gone: not read",
            "claim denied: findings",
            "claim later: findings",
            "claim unknown: incomplete",
            "claim clean: clean"
        ]
    );
    ran.says(&format!(
        "claim later: findings\n  at {two}: interchange `{}`, group `1`, transaction `0001`, segment ",
        control("later")
    ));
    let page = run(&["check", "--format", "html", &one, &two]).out;
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("`{text}` is not in the page"));
    let order = [
        "<h2>Summary</h2>",
        "<h2>Notes</h2>",
        "KEY INSURANCE",
        "Input files: 2",
        "one.837: 3 claims",
        "Releases of reference data",
        "2024C",
        "<form hidden>",
        "<h2>Not read</h2>",
        "claim gone ",
        "<h2>Claims</h2>",
        "claim denied ",
        "claim later ",
        "claim unknown ",
        "claim clean ",
    ];
    let places: Vec<usize> = order.iter().map(|text| place(text)).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn a_spreadsheet_has_places_notes_and_amounts_in_columns() {
    let folder = folder("csv-columns");
    let path = file(&folder, "monday.837", unknown_payer("A") + &example());
    let json = file(&folder, "tuesday.json", "\n{\"id\":\"B\"}");
    let ran = run(&["check", "--format", "csv", "--amounts", &path, &json]);
    let rows = rows(&ran.exits(2).out);
    let note = rows.iter().find(|row| row["kind"] == "note").unwrap();
    assert!(note["message"].contains("KEY INSURANCE") && note["claim"] == "A");
    let gaps = rows
        .iter()
        .filter(|row| row["claim"] == "A" && row["kind"] == "not-evaluated");
    assert_eq!(gaps.count(), 1, "one row for one reason: {rows:#?}");
    let units = rows.iter().find(|row| row["rule"] == "U002").unwrap();
    assert_eq!(
        (units["file"].as_str(), units["transaction"].as_str()),
        (path.as_str(), "0001")
    );
    assert!(units["segment"].parse::<u64>().unwrap() > 28 && units["at_stake"] == "49.93");
    let lost = rows.iter().find(|row| row["claim"] == "B").unwrap();
    assert_eq!(
        (lost["file"].as_str(), lost["file_line"].as_str()),
        (json.as_str(), "2")
    );
}

#[test]
fn repairs_stand_in_every_report_that_has_room_for_them() {
    let folder = folder("repairs");
    let claim = r#"{"id":"A","form":"professional","payer":"medicare","lines":[{"number":1,"date":"2024-08-06","code":"64632","modifiers":["26"],"units":1,"site":"11","provider":"1234567893"}]}"#;
    let path = file(&folder, "claims.json", claim);
    let words = "line 1: remove modifier 26 (needs-documentation): resolves M010 on line 1";
    run(&["check", "--repairs", &path]).exits(1).says(words);
    run(&["check", "--repairs", "--format", "html", &path])
        .exits(1)
        .says(words);
    let object = run(&["check", "--repairs", "--format", "ndjson", &path])
        .exits(1)
        .out
        .clone();
    assert!(
        object.contains(r#""kind":"remove-modifier""#) && object.contains(r#""resolves":[{"rule":"M010""#),
        "{object}"
    );
    let without = run(&["check", "--format", "ndjson", &path]).exits(1).out.clone();
    assert!(!without.contains(r#""repairs""#));
}

#[test]
fn a_worklist_holds_what_is_to_do_and_nothing_else() {
    let folder = folder("worklist");
    let path = file(
        &folder,
        "monday.837",
        clean("clean") + &unknown_payer("unknown") + &component("denied"),
    );
    let list = ["check", &path, "--min-disposition", "line-rejection", "--format"];
    let ran = run(&[list.as_slice(), &["csv"]].concat());
    ran.exits(1).complains("note: 2 of 3 claims have no finding that");
    let rows = rows(&ran.out);
    assert!(
        rows.iter()
            .all(|row| row["claim"] == "denied" && row["kind"] == "finding"),
        "{rows:#?}"
    );
    let page = run(&[list.as_slice(), &["html"]].concat()).out;
    assert_eq!(page.matches("<article").count(), 1);
    assert!(page.contains("2 others were left out by --min-disposition"), "{page}");
    run(&["check", &path, "--min-disposition", "claim-denial"])
        .exits(1)
        .says("claim denied: findings")
        .says("milder than claim-denial");
    let quiet = run(&[list.as_slice(), &["csv", "--quiet"]].concat());
    assert_eq!(quiet.err, "");
    run(&["check", &path, "--min-disposition", "terrible"])
        .exits(2)
        .complains(
            "advisory, suspension, line-rejection, line-denial, return-to-provider, claim-rejection, claim-denial",
        );
    let help = run(&["check", "--help"]).out;
    let help: Vec<&str> = help.split_whitespace().collect();
    let help = help.join(" ");
    assert!(
        help.contains("values are listed mildest first") && help.contains("- line-rejection"),
        "{help}"
    );
}

#[test]
fn a_page_has_the_words_that_a_text_has() {
    let folder = folder("html-words");
    let path = file(
        &folder,
        "monday.837",
        example().replace("HC:64455:59*120*UN*2*", "HC:64455*120*UN*2*"),
    );
    let text = run(&["check", "--amounts", &path]).out;
    let page = run(&["check", "--amounts", "--format", "html", &path]).out;
    for words in [", beside line 1", "(needs documentation)"] {
        assert!(text.contains(words) && page.contains(words), "{words}\n{text}\n{page}");
    }
    assert_eq!(
        page.matches("<b>Do:</b>").count(),
        text.matches("      do:     ").count()
    );
    assert_eq!(
        page.matches("<b>At stake:</b>").count(),
        text.matches("      stake:  ").count()
    );
    assert!(text.contains("      stake:  "), "{text}");
}

#[test]
fn a_selection_of_rules_is_said_beside_the_counts() {
    let folder = folder("selection");
    let path = file(&folder, "monday.837", component("A"));
    run(&["check", "--only", "N,U002", &path]).says("0 incomplete; only N, U002 ran\n");
    run(&["check", "--skip", "M", &path]).says("; all rules but M ran\n");
    run(&["check", "--only", "M", "--skip", "M010", &path]).says("; only M without M010 ran\n");
    run(&["check", "--only", "M010", "--skip", "M", &path])
        .exits(2)
        .complains("leave no rule to run");
    run(&["check", "--only", "C172", &path])
        .exits(3)
        .says("none of the rules that were chosen is about claims of this form");
}

#[test]
fn an_older_report_stays_until_the_new_one_is_whole() {
    let folder = folder("older-report");
    let path = file(&folder, "monday.837", component("A"));
    let keep = file(&folder, "keep.html", "the older report");
    let out = ["check", &path, "--format", "html", "--out", &keep];
    for wrong in [
        ["--payers", "nofile"],
        ["--policies", "nofile"],
        ["--data", "nofile"],
        ["--only", "M999"],
    ] {
        run(&[out.as_slice(), &wrong].concat()).exits(2);
        assert_eq!(std::fs::read_to_string(&keep).unwrap(), "the older report", "{wrong:?}");
    }
    run(&out).exits(1);
    assert!(std::fs::read_to_string(&keep).unwrap().ends_with("</html>\n"));
    let names = std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(names, 2, "nothing else is left in the folder");
    let nowhere = folder.join("no-folder/report.html");
    run(&["check", &path, "--out", nowhere.to_str().unwrap()])
        .exits(2)
        .complains("no-folder");
}

#[cfg(unix)]
#[test]
fn a_report_goes_where_a_link_or_a_device_leads() {
    let folder = folder("linked-report");
    let path = file(&folder, "monday.837", component("A"));
    let report = file(&folder, "report.txt", "");
    let link = folder.join("link.txt");
    std::os::unix::fs::symlink(&report, &link).unwrap();
    run(&["check", &path, "--out", link.to_str().unwrap()]).exits(1);
    assert!(link.is_symlink() && std::fs::read_to_string(&report).unwrap().contains("M010"));
    run(&["check", &path, "--out", "/dev/null"]).exits(1);
    if cfg!(target_os = "linux") {
        run(&["check", &path, "--out", "/dev/full"])
            .exits(2)
            .complains("could not be written");
        run(&["check", &path, "--out", "/dev/stdout"]).exits(1).says("M010");
    }
}

/// Forty ids tell nobody anything.
#[test]
fn what_most_rules_did_not_check_is_said_of_all_but_the_others() {
    let folder = folder("most-rules");
    let path = file(&folder, "monday.837", unknown_payer("A"));
    let ran = run(&["check", &path]);
    ran.exits(3)
        .says(" rules but ")
        .says("M001-M004")
        .says(": no policy of this payer about this is known");
    assert!(!ran.out.contains("A001"), "{}", ran.out);
    assert!(run(&["check", "--format", "html", &path]).out.contains("rules but "));
}

/// A page shows so many claims that a browser can search them, and says where the others are.
#[test]
fn a_page_of_very_many_claims_holds_the_worst() {
    let folder = folder("large-page");
    let line = r#"{"number":1,"date":"2024-08-06","code":"64632","modifiers":["MODIFIER"],"units":1,"site":"11"}"#;
    let claim = |id: &str, modifier: &str| {
        let line = line.replace("MODIFIER", modifier);
        format!(r#"{{"id":"{id}","form":"professional","payer":"medicare","lines":[{line}]}}"#)
    };
    let mut text = format!("{}\n", claim("clean", "RT")).repeat(20_000);
    text.push_str(&claim("denied", "26"));
    text.push_str("\nno claim\n");
    let path = file(&folder, "many.ndjson", text);
    let page = run(&["check", "--only", "M", "--format", "html", &path]).out;
    assert!(page.contains("holds the worst 20000 of 20002 claims"));
    assert_eq!(page.matches("<article").count(), 20_000);
    assert!(page.contains("many.ndjson: 20002 claims"));
    let place = |text: &str| page.find(text).unwrap();
    assert!(place("class=\"not-read\"") < place("claim denied ") && place("claim denied ") < place("claim clean "));
}
