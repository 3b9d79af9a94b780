//! Answers as one page that a browser opens from a file: nothing from outside, filters that work without a server, and all
//! of it readable without them. It has three pieces: a head, a part for each claim, a foot. If the summary is known before the
//! claims are written, put it into the head, where a reader looks first; otherwise put it into the foot.

use std::cmp::Reverse;
use std::fmt;

use super::words::{advice, beside, counted, name, not_checked, numbers, subject};
use super::{Summary, shown};
use crate::claim::Claim;
use crate::evaluation::Disposition;
use crate::evaluation::Verdict;
use crate::explain::{ExplainedFinding, Explanation};
use crate::model::Location;

/// The beginning of the page.
///
/// # Example
/// ```
/// use cleanclaim::report::{Summary, html};
/// use cleanclaim::{Claim, Evaluator};
///
/// let evaluator = Evaluator::starter();
/// let claim = Claim::from_shorthand("#<A1> 2024-08-06 @11: 64632-26")?;
/// let explanation = evaluator.check(&claim);
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
#[must_use]
pub struct Head<'a> {
    title: &'a str,
    notices: &'a [String],
    summary: Option<&'a Summary>,
    lists: &'a [(&'a str, &'a [String])],
}

impl<'a> Head<'a> {
    /// The beginning of a page of this title.
    pub fn new(title: &'a str) -> Self {
        Self {
            title,
            notices: &[],
            summary: None,
            lists: &[],
        }
    }

    /// The same with what must not be missed, such as that the page does not hold every claim.
    ///
    /// ```
    /// use cleanclaim::report::html;
    ///
    /// let notices = ["This page holds the worst 100 of 200 claims.".to_owned()];
    /// assert!(html::Head::new("Monday").with_notices(&notices).to_string().contains("the worst 100 of 200"));
    /// ```
    pub fn with_notices(self, notices: &'a [String]) -> Self {
        Self { notices, ..self }
    }

    /// Adds the summary. [`Foot::without_summary`] then ends the page.
    pub fn with_summary(self, summary: &'a Summary) -> Self {
        Self {
            summary: Some(summary),
            ..self
        }
    }

    /// Adds lists of the page's sources, such as input files and releases of data, each under its title.
    ///
    /// ```
    /// use cleanclaim::report::html;
    ///
    /// let files = ["monday.837: 12 claims".to_owned()];
    /// let lists = [("Input files", &files[..])];
    /// assert!(html::Head::new("Monday").with_lists(&lists).to_string().contains("<li>monday.837: 12 claims</li>"));
    /// ```
    pub fn with_lists(self, lists: &'a [(&'a str, &'a [String])]) -> Self {
        Self { lists, ..self }
    }
}

impl fmt::Display for Head<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = Escaped(self.title);
        write!(
            f,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
             <style>\n{}</style>\n</head>\n<body>\n<h1>{title}</h1>\n",
            include_str!("html.css"),
        )?;
        for notice in self.notices {
            writeln!(f, "<p class=\"notice\">{}</p>", Escaped(notice))?;
        }
        if let Some(summary) = self.summary {
            write_summary(f, summary)?;
        }
        for (title, items) in self.lists {
            write_list(f, title, items)?;
        }
        write_filters(f)?;
        f.write_str("<main>\n")
    }
}

fn write_summary(f: &mut fmt::Formatter<'_>, summary: &Summary) -> fmt::Result {
    let text = summary.without_notes().to_string();
    writeln!(f, "<h2>Summary</h2>\n<pre>{}</pre>", Escaped(&text))?;
    let notes = summary.notes_by_count();
    if notes.is_empty() {
        return Ok(());
    }
    f.write_str("<section class=\"notes\">\n<h2>Notes</h2>\n<ul>\n")?;
    for (note, count) in notes {
        writeln!(
            f,
            "<li>{} <small>{}</small></li>",
            Escaped(&note),
            counted(count, "time")
        )?;
    }
    f.write_str("</ul>\n</section>\n")
}

fn write_list(f: &mut fmt::Formatter<'_>, title: &str, items: &[String]) -> fmt::Result {
    let title = Escaped(title);
    writeln!(f, "<details><summary>{title}: {}</summary>\n<ul>", items.len())?;
    for item in items {
        writeln!(f, "<li>{}</li>", Escaped(item))?;
    }
    f.write_str("</ul>\n</details>\n")
}

fn write_filters(f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("<form hidden>\n")?;
    f.write_str("<select name=\"verdict\" aria-label=\"Verdict\"><option value=\"\">every verdict</option>")?;
    for verdict in [Verdict::Findings, Verdict::Incomplete, Verdict::Clean] {
        write!(f, "<option>{verdict}</option>")?;
    }
    f.write_str("<option>not-read</option></select>\n")?;
    f.write_str(
        "<select name=\"disposition\" aria-label=\"Disposition\"><option value=\"\">every disposition</option>",
    )?;
    for disposition in Disposition::ALL.iter().rev() {
        write!(f, "<option value=\"{disposition}\">{}</option>", disposition.words())?;
    }
    f.write_str("</select>\n")?;
    // Their values are those of the claims: the page's script fills them in.
    for (field, label) in [("rule", "Rule"), ("payer", "Payer"), ("file", "File")] {
        writeln!(
            f,
            "<select name=\"{field}\" aria-label=\"{label}\"><option value=\"\">every {field}</option></select>"
        )?;
    }
    f.write_str(
        "<input name=\"text\" type=\"search\" placeholder=\"claim, code, words\" aria-label=\"Text\">\n\
         <output></output>\n</form>\n",
    )
}

/// A claim's part of the page.
#[derive(Clone, Debug)]
pub struct Article<'a> {
    location: Location,
    claim: &'a Claim,
    explanation: &'a Explanation,
    notes: &'a [String],
    rules: &'a [&'a str],
}

impl<'a> Article<'a> {
    /// The part of a claim found at a location, and its explanation.
    #[must_use]
    pub fn new(location: impl Into<Location>, claim: &'a Claim, explanation: &'a Explanation) -> Self {
        Self {
            location: location.into(),
            claim,
            explanation,
            notes: &[],
            rules: &[],
        }
    }

    /// Gives the ids of all rules about claims of this form, as [`Text::among`](super::Text::among).
    #[must_use]
    pub fn among(self, rules: &'a [&'a str]) -> Self {
        Self { rules, ..self }
    }

    /// Adds the notes of the claim's reader.
    ///
    /// ```
    /// use cleanclaim::report::html;
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-26")?;
    /// let explanation = evaluator.check(&claim);
    /// let notes = ["payer not recognised".to_owned()];
    /// let article = html::Article::new("monday.837", &claim, &explanation).with_notes(&notes);
    /// assert!(article.to_string().contains("<b>Note:</b> payer not recognised"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn with_notes(self, notes: &'a [String]) -> Self {
        Self { notes, ..self }
    }
}

impl fmt::Display for Article<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = self.explanation.verdict;
        let payer = self.claim.payer().to_string();
        writeln!(
            f,
            "<article class=\"{verdict}\" data-file=\"{}\" data-payer=\"{payer}\">\n\
             <h3>claim {} <span class=\"tag\">{verdict}</span></h3>\n<div class=\"where\">{}, payer {payer}</div>",
            Escaped(self.location.file.as_deref().unwrap_or_default()),
            Escaped(&name(&self.explanation.claim)),
            Escaped(&self.location.to_string()),
            payer = Escaped(&payer),
        )?;
        for note in self.notes {
            writeln!(f, "<p class=\"note\"><b>Note:</b> {}</p>", Escaped(note))?;
        }
        let mut findings: Vec<&ExplainedFinding> = self.explanation.findings.iter().collect();
        findings.sort_by_key(|finding| Reverse(finding.disposition));
        for finding in findings {
            self.write_finding(f, finding)?;
        }
        self.write_repairs(f)?;
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
            "<section class=\"finding\" data-rule=\"{}\" data-disposition=\"{}\">\n<h4>{}</h4>\n\
             <p><span class=\"tag {kind}\">{}</span> {} {}{numbers}{}</p>\n<p>{}</p>",
            finding.rule,
            finding.disposition,
            Escaped(&subject(self.claim, finding.line)),
            finding.disposition.words(),
            finding.rule,
            finding.name,
            beside(finding),
            Escaped(&finding.message),
        )?;
        if let Some(amount) = finding.at_stake {
            writeln!(f, "<p><b>At stake:</b> {amount}</p>")?;
        }
        for remedy in &finding.remedies {
            writeln!(f, "<p><b>Do:</b> {}</p>", Escaped(&advice(remedy)))?;
        }
        write_sources(f, finding)?;
        f.write_str("</section>\n")
    }

    fn write_repairs(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let repairs = &self.explanation.repairs;
        if repairs.is_empty() {
            return Ok(());
        }
        f.write_str("<section class=\"repairs\">\n<h4>Repairs, each by itself</h4>\n<ul>\n")?;
        for repair in repairs {
            writeln!(f, "<li>{}", Escaped(&repair.to_string()))?;
            for record in &repair.record {
                writeln!(f, "<div>The record must show for {}</div>", Escaped(record))?;
            }
            f.write_str("</li>\n")?;
        }
        f.write_str("</ul>\n</section>\n")
    }

    fn write_not_checked(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = not_checked(&self.explanation.not_evaluated, self.rules);
        if rows.is_empty() {
            return Ok(());
        }
        let reasons = counted(rows.len() as u64, "reason");
        writeln!(f, "<details><summary>Not checked, for {reasons}</summary>")?;
        for row in rows {
            writeln!(f, "<div>{}</div>", Escaped(&row))?;
        }
        f.write_str("</details>\n")
    }
}

fn write_sources(f: &mut fmt::Formatter<'_>, finding: &ExplainedFinding) -> fmt::Result {
    f.write_str("<details><summary>Sources</summary>\n")?;
    let read = finding.evidence.iter().map(ToString::to_string);
    let written = finding.documents().map(ToString::to_string);
    for source in read.chain(written) {
        writeln!(f, "<div>{}</div>", Escaped(&source))?;
    }
    f.write_str("</details>\n")
}

/// The part of a claim, or of an input, that could not be read.
///
/// # Example
/// ```
/// use cleanclaim::report::html;
///
/// let problems = ["code `6463` is not valid: expected five ASCII letters or digits".to_owned()];
/// let part = html::NotRead::new("monday.837", Some("A1"), &problems).to_string();
/// assert!(part.contains("claim A1 <span class=\"tag\">not-read</span>") && part.contains("`6463`"));
/// ```
#[derive(Clone, Debug)]
pub struct NotRead<'a> {
    location: Location,
    claim: Option<&'a str>,
    problems: &'a [String],
}

impl<'a> NotRead<'a> {
    /// The part of something at a location that could not be read for these reasons; the claim's id, if it is known.
    #[must_use]
    pub fn new(location: impl Into<Location>, claim: Option<&'a str>, problems: &'a [String]) -> Self {
        Self {
            location: location.into(),
            claim,
            problems,
        }
    }
}

impl fmt::Display for NotRead<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.claim {
            Some(id) => format!("claim {}", name(id)),
            None => "input".to_owned(),
        };
        writeln!(
            f,
            "<article class=\"not-read\" data-file=\"{}\">\n<h3>{} <span class=\"tag\">not-read</span></h3>\n\
             <div class=\"where\">{}</div>",
            Escaped(self.location.file.as_deref().unwrap_or_default()),
            Escaped(&what),
            Escaped(&self.location.to_string()),
        )?;
        for problem in self.problems {
            writeln!(f, "<p>{}</p>", Escaped(problem))?;
        }
        f.write_str("</article>\n")
    }
}

/// A heading between the parts of a page.
///
/// ```
/// use cleanclaim::report::html;
///
/// assert_eq!(html::Heading("Claims").to_string(), "<h2>Claims</h2>\n");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a>(pub &'a str);

impl fmt::Display for Heading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "<h2>{}</h2>", Escaped(self.0))
    }
}

/// The end of the page, with what makes the filters work.
#[derive(Clone, Copy, Debug)]
pub struct Foot<'a> {
    summary: Option<&'a Summary>,
}

impl<'a> Foot<'a> {
    /// The end of a page of these answers, with what they come to.
    #[must_use]
    pub fn new(summary: &'a Summary) -> Self {
        Self { summary: Some(summary) }
    }

    /// The end of a page whose head has the summary.
    ///
    /// ```
    /// use cleanclaim::report::{Summary, html};
    ///
    /// let summary = Summary::default();
    /// let page = format!("{}{}", html::Head::new("Monday").with_summary(&summary), html::Foot::without_summary());
    /// assert_eq!(page.matches("0 claims").count(), 1);
    /// ```
    #[must_use]
    pub fn without_summary() -> Self {
        Self { summary: None }
    }
}

impl fmt::Display for Foot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("</main>\n")?;
        if let Some(summary) = self.summary {
            write_summary(f, summary)?;
        }
        let script = include_str!("html.js");
        write!(f, "<script>\n{script}</script>\n</body>\n</html>\n")
    }
}

/// A text escaped for a page, for use inside quotation marks or outside; line ends are kept, other control characters are
/// spelled out.
struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, line) in self.0.split('\n').enumerate() {
            f.write_str(if index > 0 { "\n" } else { "" })?;
            write_escaped(f, &shown(line))?;
        }
        Ok(())
    }
}

fn write_escaped(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let mut rest = text;
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
