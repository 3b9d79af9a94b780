//! Answers as rows for a spreadsheet: one for each finding, one for each line and reason for which rules were not evaluated, one
//! for each note, and one for a claim without any of these, so that no claim is missing. The caller's CSV writer adds the
//! quotation marks.

use std::sync::Arc;

use crate::claim::{Claim, ServiceLine};
use crate::evaluation::Verdict;
use crate::explain::{ExplainedFinding, Explanation};
use crate::model::Location;

use super::shown;
use super::words::{advice, not_checked_by_line};

/// The columns.
///
/// `kind` says what a row is: a `finding`; what was `not-evaluated`, with the rules as ranges of ids; a `note` of the claim's
/// reader; a claim that is `clean` or `incomplete` without further rows, or whose findings were taken out of its
/// explanation (`findings-left-out`); one that was `not-read`; or, the last of a file that was not finished, `interrupted`.
///
/// `segment` counts the segments of an X12 file, `file_line` the lines of a JSON file. `at_stake` is an amount in US dollars.
pub const HEADER: [&str; COLUMNS] = [
    "file",
    "transaction",
    "segment",
    "file_line",
    "claim",
    "verdict",
    "payer",
    "kind",
    "line",
    "code",
    "modifiers",
    "units",
    "date",
    "site",
    "rule",
    "name",
    "disposition",
    "edit",
    "carc",
    "other_line",
    "message",
    "remedy",
    "source",
    "at_stake",
];

/// How many columns there are.
pub const COLUMNS: usize = 24;

/// A row, in the order of [`HEADER`].
pub type Row = [String; COLUMNS];

/// The rows of a claim, in the order of its explanation, with what its reader noted.
///
/// A value that a spreadsheet would take for a formula (one that begins with `=`, `+`, `-` or `@`, or with one of them in full
/// width, behind blanks or not) gets an apostrophe before it; control characters and those that are not seen are spelled out.
///
/// # Example
/// ```
/// use cleanclaim::{Claim, Evaluator, report::csv};
///
/// let evaluator = Evaluator::starter();
/// let claim = Claim::from_shorthand("#=A1 2024-08-06 @11: 64632-26")?;
/// let explanation = evaluator.check(&claim);
/// let rows = csv::rows("monday.837", &claim, &explanation, &[]);
/// let row: Vec<_> = csv::HEADER.iter().zip(&rows[0]).filter(|(_, value)| !value.is_empty()).take(8).collect();
/// assert_eq!(row[0], (&"file", &"monday.837".to_owned()));
/// assert_eq!(row[1], (&"claim", &"'=A1".to_owned()));
/// assert_eq!(row[6], (&"code", &"64632".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn rows(location: impl Into<Location>, claim: &Claim, explanation: &Explanation, notes: &[String]) -> Vec<Row> {
    let common = Common {
        location: location.into(),
        claim,
        explanation,
    };
    let findings = explanation.findings.iter().map(|finding| common.finding(finding));
    let gaps = not_checked_by_line(&explanation.not_evaluated);
    let gaps = gaps.iter().map(|gap| common.gap(gap));
    let mut rows: Vec<Row> = findings.chain(gaps).collect();
    if rows.is_empty() {
        rows.push(common.nothing());
    }
    rows.extend(notes.iter().map(|note| common.note(note)));
    rows
}

/// The row of a claim that could not be read.
///
/// ```
/// use cleanclaim::report::csv;
///
/// let row = csv::not_read("monday.837", Some("A1"), "code `6463` is not valid");
/// assert_eq!((&*row[0], &*row[4], &*row[5]), ("monday.837", "A1", "not-read"));
/// ```
#[must_use]
pub fn not_read(location: impl Into<Location>, claim: Option<&str>, problem: &str) -> Row {
    let said = [
        ("claim", claim.unwrap_or_default().to_owned()),
        ("verdict", "not-read".to_owned()),
        ("kind", "not-read".to_owned()),
        ("message", problem.to_owned()),
    ];
    guarded(of_location(&location.into()).into_iter().chain(said))
}

/// The last row where the input was not read to its end.
///
/// ```
/// use cleanclaim::report::csv;
///
/// assert!(csv::interrupted().contains(&"interrupted".to_owned()));
/// ```
#[must_use]
pub fn interrupted() -> Row {
    guarded([
        ("kind", "interrupted".to_owned()),
        ("message", "the input was not read to its end".to_owned()),
    ])
}

/// What all rows of a claim have.
struct Common<'a> {
    location: Location,
    claim: &'a Claim,
    explanation: &'a Explanation,
}

impl Common<'_> {
    fn finding(&self, finding: &ExplainedFinding) -> Row {
        let sources = finding.citation.iter().map(ToString::to_string);
        let remedies = finding.remedies.iter().map(advice);
        let said = [
            ("kind", "finding".to_owned()),
            ("rule", finding.rule.to_owned()),
            ("name", finding.name.to_owned()),
            ("disposition", finding.disposition.to_string()),
            ("edit", finding.edit.map_or_else(String::new, |edit| edit.to_string())),
            ("carc", finding.carc.unwrap_or_default().to_owned()),
            ("other_line", number(finding.other_line)),
            ("message", finding.message.clone()),
            ("remedy", remedies.collect::<Vec<_>>().join(" ")),
            ("source", sources.collect::<Vec<_>>().join("; ")),
            (
                "at_stake",
                finding.at_stake.map_or_else(String::new, |amount| amount.to_string()),
            ),
        ];
        self.row(finding.line, said)
    }

    fn gap(&self, (line, reason, rules): &(Option<u32>, &str, String)) -> Row {
        let said = [
            ("kind", "not-evaluated".to_owned()),
            ("rule", rules.clone()),
            ("message", (*reason).to_owned()),
        ];
        self.row(*line, said)
    }

    fn note(&self, note: &str) -> Row {
        self.row(None, [("kind", "note".to_owned()), ("message", note.to_owned())])
    }

    fn nothing(&self) -> Row {
        let kind = match self.explanation.verdict {
            Verdict::Findings => "findings-left-out".to_owned(),
            verdict => verdict.to_string(),
        };
        self.row(None, [("kind", kind)])
    }

    fn row<const N: usize>(&self, line: Option<u32>, said: [(&'static str, String); N]) -> Row {
        let of_claim = [
            ("claim", self.explanation.claim.to_string()),
            ("verdict", self.explanation.verdict.to_string()),
            ("payer", self.claim.payer().to_string()),
            ("line", number(line)),
        ];
        let line = line.and_then(|number| self.claim.lines().iter().find(|line| line.number == number));
        let of_line = line.map(of_line).into_iter().flatten();
        let of_location = of_location(&self.location).into_iter();
        guarded(of_location.chain(of_claim).chain(of_line).chain(said))
    }
}

fn of_location(location: &Location) -> [(&'static str, String); 4] {
    let number = |number: Option<u64>| number.map_or_else(String::new, |number| number.to_string());
    let text = |text: &Option<Arc<str>>| text.as_deref().unwrap_or_default().to_owned();
    [
        ("file", text(&location.file)),
        ("transaction", text(&location.transaction)),
        ("segment", number(location.segment)),
        ("file_line", number(location.line)),
    ]
}

fn of_line(line: &ServiceLine) -> [(&'static str, String); 5] {
    let modifiers: Vec<&str> = line.all_modifiers().map(|modifier| modifier.as_str()).collect();
    [
        ("code", line.code.map_or_else(String::new, |code| code.to_string())),
        ("modifiers", modifiers.join(" ")),
        ("units", line.units.to_string()),
        ("date", line.dates.to_string()),
        ("site", line.site.map_or_else(String::new, |site| site.to_string())),
    ]
}

fn number(line: Option<u32>) -> String {
    line.map_or_else(String::new, |line| line.to_string())
}

/// The values in their columns, guarded so that a spreadsheet takes none for a formula.
fn guarded(values: impl IntoIterator<Item = (&'static str, String)>) -> Row {
    let mut row = Row::default();
    for (column, value) in values {
        let cell = HEADER
            .iter()
            .position(|name| *name == column)
            .and_then(|at| row.get_mut(at));
        if let Some(cell) = cell {
            let value = shown(&value);
            *cell = if is_formula(&value) {
                format!("'{value}")
            } else {
                value.into_owned()
            };
        }
    }
    row
}

/// Whether a spreadsheet may take a value for a formula: some drop the blanks before it, and read full width as plain.
fn is_formula(value: &str) -> bool {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    value.trim_start().starts_with(SIGNS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_is_a_formula() {
        for blank in [
            "",
            " ",
            "\u{a0}",
            "\u{3000}",
            "\t",
            "\u{feff}",
            "\u{200b}",
            " \u{2060}\u{a0}",
        ] {
            for sign in ["=", "+", "-", "@", "\u{ff1d}", "\u{ff0b}", "\u{ff0d}", "\u{ff20}"] {
                let row = not_read("a", Some(&format!("{blank}{sign}1")), "");
                // An apostrophe, or the backslash of what is spelled out.
                assert!(row[4].trim_start().starts_with(['\'', '\\']), "{:?}", row[4]);
            }
        }
        assert_eq!(not_read("a", Some("A=1"), "")[4], "A=1");
    }
}
