//! Answers as one page that a browser opens from a file: nothing from outside, filters that work without a server, and all
//! of it readable without them. Written piece by piece, so that it takes no memory to speak of.

use std::cmp::Reverse;
use std::fmt;

use super::Summary;
use super::words::{not_checked, numbers, subject};
use crate::claim::Claim;
use crate::evaluation::Verdict;
use crate::explain::{ExplainedFinding, Explanation};
use crate::finding::Disposition;

/// The beginning of the page.
///
/// # Example
/// ```
/// use cleanclaim::report::{Summary, html};
/// use cleanclaim::{Claim, Evaluator};
///
/// let evaluator = Evaluator::starter();
/// let claim = Claim::from_shorthand("#<A1> 2024-08-06 @11: 64632-26")?;
/// let explanation = evaluator.explain(&claim, &evaluator.evaluate(&claim));
/// let mut summary = Summary::default();
/// summary.add("monday.837", &explanation);
/// let page = [
///     html::Head::new("Monday").to_string(),
///     html::Article::new("monday.837", &claim, &explanation).to_string(),
///     html::Foot::new(&summary).to_string(),
/// ]
/// .concat();
/// assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
/// assert!(page.contains("claim &lt;A1&gt;") && !page.contains("<A1>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    title: &'a str,
}

impl<'a> Head<'a> {
    /// The beginning of a page of this title.
    #[must_use]
    pub fn new(title: &'a str) -> Self {
        Self { title }
    }
}

impl fmt::Display for Head<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = Escaped(self.title);
        write!(
            f,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
             <style>\n{}</style>\n</head>\n<body>\n<h1>{title}</h1>\n<form hidden>\n\
             <select name=\"verdict\" aria-label=\"Verdict\"><option value=\"\">every verdict</option>",
            include_str!("html.css"),
        )?;
        for verdict in [Verdict::Findings, Verdict::Incomplete, Verdict::Clean] {
            write!(f, "<option>{verdict}</option>")?;
        }
        f.write_str("</select>\n<select name=\"disposition\" aria-label=\"Disposition\"><option value=\"\">every disposition</option>")?;
        for disposition in <Disposition as strum::VariantArray>::VARIANTS.iter().rev() {
            write!(f, "<option value=\"{disposition}\">{}</option>", disposition.words())?;
        }
        f.write_str(
            "</select>\n<select name=\"rule\" aria-label=\"Rule\"><option value=\"\">every rule</option></select>\n\
             <input name=\"text\" type=\"search\" placeholder=\"claim, code, words\" aria-label=\"Text\">\n\
             <output></output>\n</form>\n<main>\n",
        )
    }
}

/// A claim's part of the page.
#[derive(Clone, Copy, Debug)]
pub struct Article<'a> {
    position: &'a str,
    claim: &'a Claim,
    explanation: &'a Explanation,
}

impl<'a> Article<'a> {
    /// The part of a claim and its explanation. The position says where the claim stands, in whatever words the reader knows.
    #[must_use]
    pub fn new(position: &'a str, claim: &'a Claim, explanation: &'a Explanation) -> Self {
        Self {
            position,
            claim,
            explanation,
        }
    }
}

impl fmt::Display for Article<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = self.explanation.verdict;
        writeln!(
            f,
            "<article class=\"{verdict}\">\n<h2>claim {} <span class=\"tag\">{verdict}</span></h2>\n<div class=\"where\">{}, payer {}</div>",
            Escaped(&self.explanation.claim),
            Escaped(self.position),
            Escaped(&self.claim.payer().to_string()),
        )?;
        let mut findings: Vec<&ExplainedFinding> = self.explanation.findings.iter().collect();
        findings.sort_by_key(|finding| Reverse(finding.disposition));
        for finding in findings {
            self.write_finding(f, finding)?;
        }
        self.write_not_checked(f)?;
        f.write_str("</article>\n")
    }
}

impl Article<'_> {
    fn write_finding(&self, f: &mut fmt::Formatter<'_>, finding: &ExplainedFinding) -> fmt::Result {
        let numbers: Vec<String> = numbers(finding).collect();
        let numbers = match &*numbers {
            [] => String::new(),
            numbers => format!(" ({})", numbers.join(", ")),
        };
        let kind = match finding.disposition {
            Disposition::Advisory => "advisory",
            Disposition::Suspension => "suspension",
            _ => "stop",
        };
        writeln!(
            f,
            "<section class=\"finding\" data-rule=\"{}\" data-disposition=\"{}\">\n<h3>{}</h3>\n\
             <p><span class=\"tag {kind}\">{}</span> {} {}{}</p>\n<p>{}</p>",
            finding.rule,
            finding.disposition,
            Escaped(&subject(self.claim, finding.line)),
            finding.disposition.words(),
            finding.rule,
            finding.name,
            numbers,
            Escaped(&finding.message),
        )?;
        if let Some(remedy) = &finding.remedy {
            writeln!(f, "<p><b>Do:</b> {}</p>", Escaped(remedy))?;
        }
        f.write_str("<details><summary>Sources</summary>\n")?;
        let read = finding.evidence.iter().map(ToString::to_string);
        let written = finding.documents().map(ToString::to_string);
        for source in read.chain(written) {
            writeln!(f, "<div>{}</div>", Escaped(&source))?;
        }
        f.write_str("</details>\n</section>\n")
    }

    fn write_not_checked(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let gaps = &self.explanation.not_evaluated;
        if gaps.is_empty() {
            return Ok(());
        }
        writeln!(f, "<details><summary>Not checked: {}</summary>", gaps.len())?;
        for row in not_checked(gaps) {
            writeln!(f, "<div>{}</div>", Escaped(&row))?;
        }
        f.write_str("</details>\n")
    }
}

/// The end of the page: what the answers come to, and the filters.
#[derive(Clone, Copy, Debug)]
pub struct Foot<'a> {
    summary: &'a Summary,
}

impl<'a> Foot<'a> {
    /// The end of a page of these answers.
    #[must_use]
    pub fn new(summary: &'a Summary) -> Self {
        Self { summary }
    }
}

impl fmt::Display for Foot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "</main>\n<h2>Summary</h2>\n<pre>{}</pre>\n<script>\n{}</script>\n</body>\n</html>\n",
            Escaped(&self.summary.to_string()),
            include_str!("html.js"),
        )
    }
}

/// A text as it stands in a page, in quotation marks or outside of them.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
            let (before, after) = rest.split_at(at);
            let mut characters = after.chars();
            let escaped = match characters.next() {
                Some('&') => "&amp;",
                Some('<') => "&lt;",
                Some('>') => "&gt;",
                Some('"') => "&quot;",
                _ => "&#39;",
            };
            f.write_str(before)?;
            f.write_str(escaped)?;
            rest = characters.as_str();
        }
        f.write_str(rest)
    }
}
