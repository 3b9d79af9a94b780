mod modifiers;
mod sections;

use std::fmt;

use crate::model::PayerName;
use crate::profile::CodeProfile;

use self::sections::{sections, title};

/// The page for a code as text.
///
/// # Example
/// ```
/// use cleanclaim::model::Payer;
/// use cleanclaim::{Evaluator, code, date, report};
///
/// let page = Evaluator::starter().profile(code!("64632"), date!(2024, 8, 6), &Payer::medicare());
/// assert!(report::PageText::new(&page).to_string().starts_with("64632 on 2024-08-06"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PageText<'a>(&'a CodeProfile);

impl<'a> PageText<'a> {
    /// The page as text.
    #[must_use]
    pub fn new(page: &'a CodeProfile) -> Self {
        Self(page)
    }
}

/// The page for a code as Markdown.
///
/// # Example
/// ```
/// use cleanclaim::model::Payer;
/// use cleanclaim::{Evaluator, code, date, report};
///
/// let page = Evaluator::starter().profile(code!("64632"), date!(2024, 8, 6), &Payer::medicare());
/// assert!(report::PageMarkdown::new(&page).to_string().starts_with("# 64632 on 2024-08-06"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct PageMarkdown<'a>(&'a CodeProfile);

impl<'a> PageMarkdown<'a> {
    /// The page as Markdown.
    #[must_use]
    pub fn new(page: &'a CodeProfile) -> Self {
        Self(page)
    }
}

/// Whether the page answers for Medicare.
fn is_medicares(page: &CodeProfile) -> bool {
    page.payer.name == PayerName::Medicare
}

/// One part of the page, before it becomes text or Markdown.
enum Part {
    Heading(String),
    Paragraph(String),
    Table {
        columns: &'static [&'static str],
        rows: Vec<Vec<String>>,
    },
    /// Like a table, but too wide for one on paper: the first two cells of a row, then each other on its own line, if it
    /// says anything.
    Entries {
        columns: &'static [&'static str],
        rows: Vec<Vec<String>>,
    },
    Items(Vec<String>),
}

impl fmt::Display for PageText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", title(self.0))?;
        for block in sections(self.0) {
            match block {
                Part::Heading(heading) => writeln!(f, "\n{heading}")?,
                Part::Paragraph(text) => write_folded(f, "  ", &text)?,
                Part::Items(items) => items.iter().try_for_each(|item| write_folded(f, "  - ", item))?,
                Part::Table { columns, rows } => write_columns(f, columns, &rows)?,
                Part::Entries { columns, rows } => rows.iter().try_for_each(|row| write_entry(f, columns, row))?,
            }
        }
        Ok(())
    }
}

/// How wide a line of text becomes before it is folded.
const WIDTH: usize = 110;

/// A text on as many lines as it takes, those after the first indented like it.
fn write_folded(f: &mut fmt::Formatter<'_>, head: &str, text: &str) -> fmt::Result {
    let mut line = head.to_owned();
    let mut words = 0;
    for word in text.split(' ') {
        if words > 0 && line.chars().count() + 1 + word.chars().count() > WIDTH {
            writeln!(f, "{line}")?;
            line = " ".repeat(head.chars().count());
            words = 0;
        }
        if words > 0 {
            line.push(' ');
        }
        line.push_str(word);
        words += 1;
    }
    writeln!(f, "{line}")
}

fn write_entry(f: &mut fmt::Formatter<'_>, columns: &[&str], row: &[String]) -> fmt::Result {
    let mut cells = columns.iter().zip(row);
    let (Some((_, first)), Some((_, second))) = (cells.next(), cells.next()) else {
        return Ok(());
    };
    write_folded(f, &format!("  {first}  "), second)?;
    for (column, cell) in cells.filter(|(_, cell)| !cell.is_empty()) {
        write_folded(f, &format!("      {column:7} "), cell)?;
    }
    Ok(())
}

/// A heading and rows in columns; the last is as long as it likes.
fn write_columns(f: &mut fmt::Formatter<'_>, columns: &[&str], rows: &[Vec<String>]) -> fmt::Result {
    let heading: Vec<String> = columns.iter().map(|column| (*column).to_owned()).collect();
    let lines: Vec<&Vec<String>> = [&heading].into_iter().chain(rows).collect();
    let width = |at: usize| {
        lines
            .iter()
            .filter_map(|row| row.get(at))
            .map(|cell| cell.chars().count())
            .max()
    };
    let widths: Vec<usize> = (0..columns.len()).map(|at| width(at).unwrap_or_default()).collect();
    for row in lines {
        let mut head = String::from("  ");
        let Some((last, cells)) = row.split_last() else {
            continue;
        };
        for (cell, width) in cells.iter().zip(&widths) {
            head.push_str(&format!("{cell:width$}  "));
        }
        write_folded(f, &head, last)?;
    }
    Ok(())
}

impl fmt::Display for PageMarkdown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "# {}", title(self.0))?;
        for block in sections(self.0) {
            writeln!(f)?;
            match block {
                Part::Heading(heading) => writeln!(f, "## {heading}")?,
                Part::Paragraph(text) => writeln!(f, "{}", escaped(&text))?,
                Part::Items(items) => items.iter().try_for_each(|item| writeln!(f, "- {}", escaped(item)))?,
                Part::Table { columns, rows } | Part::Entries { columns, rows } => {
                    writeln!(f, "| {} |", columns.join(" | "))?;
                    writeln!(f, "|{}", " --- |".repeat(columns.len()))?;
                    for row in rows {
                        let cells: Vec<_> = row.iter().map(|cell| escaped(cell)).collect();
                        writeln!(f, "| {} |", cells.join(" | "))?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn escaped(text: &str) -> String {
    text.replace('|', "\\|").replace('*', "\\*").replace('<', "&lt;")
}
