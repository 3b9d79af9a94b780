//! Answers as rows for a spreadsheet: one for each finding, one for each thing that was not evaluated, and one for a claim of
//! which there is nothing to say, so that none is missing. A writer of CSV puts the quotation marks.

use crate::claim::{Claim, ServiceLine};
use crate::explain::{ExplainedFinding, Explanation, Gap};

/// The columns. `kind` is `finding`, `not-evaluated`, `clean`, `incomplete` or `not-read`.
pub const HEADER: [&str; COLUMNS] = [
    "position",
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
];

/// How many columns there are.
pub const COLUMNS: usize = 20;

/// A row, in the order of [`HEADER`].
pub type Row = [String; COLUMNS];

/// The rows of a claim, in the order of its explanation. The position says where the claim stands, in whatever words the
/// reader knows.
///
/// A value that a spreadsheet would take for a formula (one that begins with `=`, `+`, `-`, `@`, a tab or a carriage
/// return) gets an apostrophe before it.
///
/// # Example
/// ```
/// use cleanclaim::{Claim, Evaluator, report::csv};
///
/// let evaluator = Evaluator::starter();
/// let claim = Claim::from_shorthand("#=A1 2024-08-06 @11: 64632-26")?;
/// let explanation = evaluator.explain(&claim, &evaluator.evaluate(&claim));
/// let rows = csv::rows("monday.837, segment 18", &claim, &explanation);
/// let row: Vec<_> = csv::HEADER.iter().zip(&rows[0]).filter(|(_, value)| !value.is_empty()).take(8).collect();
/// assert_eq!(row[1], (&"claim", &"'=A1".to_owned()));
/// assert_eq!(row[6], (&"code", &"64632".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn rows(position: &str, claim: &Claim, explanation: &Explanation) -> Vec<Row> {
    let common = Common {
        position,
        claim,
        explanation,
    };
    let findings = explanation.findings.iter().map(|finding| common.finding(finding));
    let gaps = explanation.not_evaluated.iter().map(|gap| common.gap(gap));
    let rows: Vec<Row> = findings.chain(gaps).collect();
    if rows.is_empty() { vec![common.nothing()] } else { rows }
}

/// The row of a claim that could not be read.
#[must_use]
pub fn not_read(position: &str, claim: Option<&str>, problem: &str) -> Row {
    guarded([
        ("position", position.to_owned()),
        ("claim", claim.unwrap_or_default().to_owned()),
        ("verdict", "not-read".to_owned()),
        ("kind", "not-read".to_owned()),
        ("message", problem.to_owned()),
    ])
}

/// What all rows of a claim have.
struct Common<'a> {
    position: &'a str,
    claim: &'a Claim,
    explanation: &'a Explanation,
}

impl Common<'_> {
    fn finding(&self, finding: &ExplainedFinding) -> Row {
        let sources = finding.citation.iter().map(ToString::to_string);
        let said = [
            ("kind", "finding".to_owned()),
            ("rule", finding.rule.to_owned()),
            ("name", finding.name.to_owned()),
            ("disposition", finding.disposition.to_string()),
            ("edit", finding.edit.map_or_else(String::new, |edit| edit.to_string())),
            ("carc", finding.carc.unwrap_or_default().to_owned()),
            ("other_line", number(finding.other_line)),
            ("message", finding.message.clone()),
            ("remedy", finding.remedy.clone().unwrap_or_default()),
            ("source", sources.collect::<Vec<_>>().join("; ")),
        ];
        self.row(finding.line, said)
    }

    fn gap(&self, gap: &Gap) -> Row {
        let said = [
            ("kind", "not-evaluated".to_owned()),
            ("rule", gap.rule.unwrap_or_default().to_owned()),
            ("message", gap.reason.clone()),
        ];
        self.row(gap.line, said)
    }

    fn nothing(&self) -> Row {
        self.row(None, [("kind", self.explanation.verdict.to_string())])
    }

    fn row<const N: usize>(&self, line: Option<u32>, said: [(&'static str, String); N]) -> Row {
        let of_claim = [
            ("position", self.position.to_owned()),
            ("claim", self.explanation.claim.to_string()),
            ("verdict", self.explanation.verdict.to_string()),
            ("payer", self.claim.payer().to_string()),
            ("line", number(line)),
        ];
        let line = line.and_then(|number| self.claim.lines().iter().find(|line| line.number == number));
        let of_line = line.map(of_line).into_iter().flatten();
        guarded(of_claim.into_iter().chain(of_line).chain(said))
    }
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

/// The values in their columns, none of which a spreadsheet takes for a formula.
fn guarded(values: impl IntoIterator<Item = (&'static str, String)>) -> Row {
    let mut row = Row::default();
    for (column, value) in values {
        let place = HEADER
            .iter()
            .position(|name| *name == column)
            .and_then(|at| row.get_mut(at));
        if let Some(place) = place {
            *place = if value.starts_with(['=', '+', '-', '@', '\t', '\r']) {
                format!("'{value}")
            } else {
                value
            };
        }
    }
    row
}
