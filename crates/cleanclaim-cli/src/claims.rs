//! Claims from files, whatever they hold.

use std::fs::File;
use std::io::{BufRead, BufReader, stdin};

use cleanclaim::Claim;
use cleanclaim::claim::ClaimError;
use indicatif::{ProgressBar, ProgressStyle};

use crate::CommandError;
use crate::json_values::JsonValues;

/// What a file gave at one position.
pub(crate) struct Given {
    /// The file and the line.
    pub(crate) position: String,
    pub(crate) claim: Result<Claim, Unreadable>,
}

/// Why a file gave no claim at a position.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("{0}")]
    Claim(#[from] ClaimError),
    #[error("the file is empty: expected claims as JSON")]
    Empty,
    #[error("an X12 interchange: this release reads claims as JSON; convert the file first")]
    X12,
}

/// Calls `visit` with each claim of a file, or of standard input for `-`.
pub(crate) fn read(
    path: &str,
    lenient: bool,
    visit: &mut dyn FnMut(Given) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let file_error = |error| CommandError::File {
        path: path.to_owned(),
        error,
    };
    if path == "-" {
        return read_from("standard input", stdin().lock(), lenient, visit).map_err(|error| error.or(file_error));
    }
    let file = File::open(path).map_err(file_error)?;
    let bar = progress(file.metadata().map_or(0, |metadata| metadata.len()));
    let input = BufReader::with_capacity(1 << 20, bar.wrap_read(file));
    let result = read_from(path, input, lenient, visit).map_err(|error| error.or(file_error));
    bar.finish_and_clear();
    result
}

/// An error while reading, or one from the visitor.
enum ReadError {
    Input(std::io::Error),
    Visit(CommandError),
}

impl ReadError {
    fn or(self, input: impl FnOnce(std::io::Error) -> CommandError) -> CommandError {
        match self {
            Self::Input(error) => input(error),
            Self::Visit(error) => error,
        }
    }
}

fn read_from(
    name: &str,
    mut input: impl BufRead,
    lenient: bool,
    visit: &mut dyn FnMut(Given) -> Result<(), CommandError>,
) -> Result<(), ReadError> {
    let head = input.fill_buf().map_err(ReadError::Input)?;
    let refused = match head {
        [] => Some(Unreadable::Empty),
        head if head.trim_ascii_start().starts_with(b"ISA") => Some(Unreadable::X12),
        _ => None,
    };
    if let Some(why) = refused {
        let given = Given {
            position: name.to_owned(),
            claim: Err(why),
        };
        return visit(given).map_err(ReadError::Visit);
    }
    let mut values = JsonValues::new(input);
    while let Some(value) = values.next().map_err(ReadError::Input)? {
        let claim = if lenient {
            Claim::from_json_lenient(&value.bytes)
        } else {
            Claim::from_json(&value.bytes)
        };
        let given = Given {
            position: format!("{name}:{}", value.line),
            claim: claim.map_err(Unreadable::Claim),
        };
        visit(given).map_err(ReadError::Visit)?;
    }
    Ok(())
}

/// A bar for files that take a while; it draws on a terminal only.
fn progress(length: u64) -> ProgressBar {
    const SHORT: u64 = 8 << 20;
    if length < SHORT {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {bytes}/{total_bytes} {eta}");
    ProgressBar::new(length).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
