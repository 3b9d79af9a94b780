//! The rows of a table of payers, and their text.

use cleanclaim::model::{LineOfBusiness, ParseError, Payer, PayerName};

use super::payer_name::NameText;

/// The headings of the table's text.
pub(super) const HEADINGS: &str = "match,pattern,payer,licensee,line_of_business,source,why";

/// Why a text is no table of payers.
///
/// ```
/// use cleanclaim_formats::x12::PayerTable;
///
/// let error = PayerTable::from_csv("name,payer").unwrap_err();
/// assert!(error.to_string().starts_with("payer table, line 1: `name,payer` is not the heading"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PayerTableError {
    /// The first row names other columns, or there is none.
    #[error("payer table, line {line}: `{found}` is not the heading: expected `{HEADINGS}`")]
    Heading {
        /// The line of the text, from 1.
        line: usize,
        /// What stands there.
        found: String,
    },
    /// A row has too few or too many columns, or matches by something unknown.
    #[error(
        "payer table, line {line}: `{found}` is not a row: expected `id`, `name`, `prefix`, `word`, `supplement` (of no \
         payer) or `contractor` (of medicare) and six more columns, those with commas in quotes"
    )]
    Row {
        /// The line of the text, from 1.
        line: usize,
        /// What stands there.
        found: String,
    },
    /// A payer or a line of business that there is not.
    #[error("payer table, line {line}: {error}")]
    Value {
        /// The line of the text, from 1.
        line: usize,
        /// What is wrong.
        error: ParseError,
    },
}

#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) kind: Match,
    pub(super) pattern: NameText,
    /// None in a row that tells only of the plan.
    pub(super) payer: Option<Payer>,
    pub(super) line: Option<LineOfBusiness>,
    /// Whether the row is a user's and not of the table that comes with the crate.
    pub(super) is_users: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match {
    Id,
    Name,
    /// The name's beginning; with `open` its last word may go on.
    Prefix {
        open: bool,
    },
    /// Words anywhere in the name.
    Word,
    /// Words anywhere in the name that say that it is a supplement to Medicare.
    Supplement,
    /// The beginning of a name that is Medicare's where the indicator says so.
    Contractor,
}

impl Match {
    fn read(kind: &str, pattern: &str) -> Option<Self> {
        Some(match kind {
            "id" => Self::Id,
            "name" => Self::Name,
            "prefix" => Self::Prefix {
                open: pattern.ends_with('*'),
            },
            "word" => Self::Word,
            "supplement" => Self::Supplement,
            "contractor" => Self::Contractor,
            _ => return None,
        })
    }
}

impl Row {
    pub(super) fn name(&self) -> Option<PayerName> {
        self.payer.as_ref().map(|payer| payer.name)
    }

    /// Whether the row says of a payer only that it is none of those with policies.
    pub(super) fn is_nobody(&self) -> bool {
        self.payer
            .as_ref()
            .is_some_and(|payer| payer.name == PayerName::Other && payer.licensee.is_none())
    }
}

/// The rows of a text. A mark of the byte order, quotes and empty rows are taken as spreadsheets write them.
pub(super) fn read(text: &str) -> Result<Vec<Row>, PayerTableError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = (1..)
        .zip(text.lines())
        .map(|(number, line)| (number, line, cells(line)))
        .filter(|(_, _, cells)| !is_comment(cells));
    match lines.next() {
        Some((_, _, cells)) if cells.iter().map(String::as_str).eq(HEADINGS.split(',')) => {}
        other => {
            let (line, found) = other.map_or((1, ""), |(line, found, _)| (line, found));
            let found = found.to_owned();
            return Err(PayerTableError::Heading { line, found });
        }
    }
    lines.map(|(number, line, cells)| row(number, line, &cells)).collect()
}

/// A row without anything, or with words for people only.
fn is_comment(cells: &[String]) -> bool {
    cells.first().is_some_and(|first| first.starts_with('#')) || cells.iter().all(String::is_empty)
}

/// The cells of a line. A quoted one may hold commas, and quotes as two.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut in_quotes = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if in_quotes && letters.peek() == Some(&'"') => {
                letters.next();
                push(&mut cells, '"');
            }
            '"' => in_quotes = !in_quotes,
            ',' if !in_quotes => cells.push(String::new()),
            _ => push(&mut cells, letter),
        }
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

fn push(cells: &mut [String], letter: char) {
    if let Some(cell) = cells.last_mut() {
        cell.push(letter);
    }
}

fn row(line: usize, text: &str, cells: &[String]) -> Result<Row, PayerTableError> {
    let no_row = || PayerTableError::Row {
        line,
        found: text.to_owned(),
    };
    // Spreadsheets leave the empty cells at a row's end out, or put more of them.
    let mut columns: [&str; 7] = [""; 7];
    if cells.iter().skip(columns.len()).any(|cell| !cell.is_empty()) || cells.len() < 3 {
        return Err(no_row());
    }
    for (column, cell) in columns.iter_mut().zip(cells) {
        *column = cell;
    }
    let [kind, pattern, name, licensee, business, _source, _why] = columns;
    let value = |error| PayerTableError::Value { line, error };
    let kind = Match::read(kind, pattern).ok_or_else(no_row)?;
    let pattern = NameText::new(pattern);
    let only_of_plan = matches!(kind, Match::Word | Match::Supplement) && name.is_empty() && licensee.is_empty();
    let business = Some(business).filter(|text| !text.is_empty());
    let business = business.map(str::parse).transpose().map_err(value)?;
    let payer = if only_of_plan {
        None
    } else {
        Some(payer(name, licensee).map_err(value)?)
    };
    let is_medicares = payer.as_ref().is_some_and(|payer| payer.name == PayerName::Medicare);
    let is_wrong_kind = match kind {
        Match::Contractor => !is_medicares,
        Match::Supplement => payer.is_some() || business.is_some(),
        _ => false,
    };
    if pattern.is_empty() || is_wrong_kind {
        return Err(no_row());
    }
    Ok(Row {
        kind,
        pattern,
        payer,
        line: business,
        is_users: true,
    })
}

fn payer(name: &str, licensee: &str) -> Result<Payer, ParseError> {
    let payer = Payer::new(name.parse()?);
    Ok(if licensee.is_empty() {
        payer
    } else {
        payer.with_licensee(licensee)
    })
}
