//! The report for a browser: whole, harmless, in need of nothing from outside, and at work in a browser where there is one.

#![cfg(feature = "starter")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use cleanclaim::model::Location;
use cleanclaim::report::{Summary, html};
use cleanclaim::{Claim, Evaluator};

const CLAIMS: [&str; 6] = [
    "#A1 2024-08-06 @11: 64632-26",
    "#A2 2024-08-06 @11: 64632-50",
    "#A3 2024-08-06 @22: 76942-TC; 64632-RT",
    "#A4 2024-08-06 @11: 27130-RT",
    r##""#<script>alert('1')</script>" "other/<b>&\"plan" 2024-08-06 @11: 64632-RT"##,
    "#A6 2024-08-06 @11: 64632-26; 64455-59",
];

fn page() -> String {
    let evaluator = Evaluator::starter();
    let mut summary = Summary::default();
    let notes = ["payer `<KEY>` not recognised".to_owned()];
    let mut claims = String::new();
    for (at, text) in CLAIMS.iter().enumerate() {
        let claim = Claim::from_shorthand(text).unwrap();
        let explanation = evaluator.check(&claim);
        let file = if at < 3 { "monday <1>.837" } else { "tuesday.837" };
        let location = Location::in_file(file).at_line(at as u64);
        summary.add(&location.to_string(), &explanation);
        let notes = if at == 0 { &notes[..] } else { &[] };
        notes.iter().for_each(|note| summary.add_note(note));
        let article = html::Article::new(location, &claim, &explanation).with_notes(notes);
        claims.push_str(&article.to_string());
    }
    summary.add_not_read();
    let problems = ["SV101-2 `<646>` is not valid".to_owned()];
    let lost = html::NotRead::new("monday <1>.837", Some("<A7>"), &problems);
    let files = [
        "monday <1>.837: 4 claims".to_owned(),
        "tuesday.837: 3 claims".to_owned(),
    ];
    let lists = [("Input files", &files[..])];
    let notices = ["Interrupted <here>".to_owned()];
    let head = html::Head::new("Monday & <Tuesday>")
        .with_notices(&notices)
        .with_summary(&summary)
        .with_lists(&lists);
    let (not_read, heading) = (html::Heading("Not read"), html::Heading("Claims"));
    format!(
        "{head}{not_read}{lost}{heading}{claims}{}",
        html::Foot::without_summary()
    )
}

#[test]
fn what_a_claim_says_is_text_and_never_markup() {
    let page = page();
    assert_eq!(page.matches("<script>").count(), 1, "the page's own");
    assert!(page.contains("claim &lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; <span"));
    assert!(page.contains("&lt;b&gt;&amp;&quot;plan") && !page.contains("<b>&"));
    assert!(page.contains("<title>Monday &amp; &lt;Tuesday&gt;</title>"));
    for inside in ["<KEY>", "<646>", "<A7>", "<1>", "<here>"] {
        let escaped = inside.replace('<', "&lt;").replace('>', "&gt;");
        assert!(!page.contains(inside) && page.contains(&escaped), "{inside}");
    }
}

#[test]
fn every_tag_is_closed_in_turn() {
    let page = page();
    let (markup, script) = page.split_once("<script>").unwrap();
    let rest = script.split_once("</script>").unwrap().1;
    let mut open: Vec<String> = Vec::new();
    for part in (markup.to_owned() + rest).split('<').skip(1) {
        let tag = part.split('>').next().unwrap();
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        match tag.strip_prefix('/') {
            Some(_) => assert_eq!(open.pop().as_deref(), Some(&*name), "{tag}"),
            None if tag.starts_with('!') || ["meta", "input"].contains(&&*name) => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn what_matters_comes_first() {
    let page = page();
    let order = [
        "Interrupted",
        "<h2>Summary",
        "<h2>Notes",
        "Input files",
        "<form",
        "<h2>Not read",
        "<h2>Claims",
    ];
    let places: Vec<Option<usize>> = order.iter().map(|text| page.find(text)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
}

#[test]
fn nothing_is_fetched() {
    let page = page();
    for outside in ["http", "src=", "href=", "@import", "url(", "fetch(", "XMLHttpRequest"] {
        assert!(!page.contains(outside), "`{outside}`");
    }
}

fn browser() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let folders = std::env::var_os("PATH")?;
    let mut all = std::env::split_paths(&folders).flat_map(|folder| names.map(|name| folder.join(name)));
    all.find(|path| path.is_file())
}

fn browse(browser: &Path, folder: &Path, what: &str) -> String {
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
        ])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(what)
        .arg(format!("file://{}", folder.join("report.html").display()))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_browser_shows_it_with_its_filters() {
    let Some(browser) = browser() else {
        // Not by a macro, whose words the harness keeps from who runs the tests.
        let _ = writeln!(std::io::stderr(), "skipped: no headless browser is installed");
        return;
    };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("html-report");
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("report.html"), page()).unwrap();
    // What the script made of it: the filters are there, every claim is counted, every rule can be chosen.
    let shown = browse(&browser, &folder, "--dump-dom");
    let claims = CLAIMS.len() + 1;
    assert!(shown.contains(&format!("{claims} of {claims} claims")), "{shown}");
    assert!(
        shown.contains("<form>") && shown.contains("<option value=\"M010\">M010 (2)</option>"),
        "{shown}"
    );
    for choice in [">monday &lt;1&gt;.837 (4)</option>", ">medicare (5)</option>"] {
        assert!(shown.contains(choice), "{choice}\n{shown}");
    }
    let picture = folder.join("report.png");
    browse(&browser, &folder, &format!("--screenshot={}", picture.display()));
    assert!(std::fs::read(picture).unwrap().starts_with(b"\x89PNG"));
}
