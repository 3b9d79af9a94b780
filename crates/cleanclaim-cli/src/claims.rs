//! Claims from files, whatever they hold: JSON, or X12 837, told apart by how they begin.

use std::fs::File;
use std::io::{BufRead, BufReader, stdin};

use cleanclaim::Claim;
use cleanclaim::claim::ClaimError;
use cleanclaim_formats::x12::{self, PayerTable, X12Error, X12ErrorKind};

use crate::CommandError;
use crate::console::Console;
use crate::inputs::Input;
use crate::json_values::JsonValues;

/// What a file gave at one position.
pub(crate) struct Given {
    /// The file, and the line of a JSON object or the segment of an X12 claim.
    pub(crate) position: String,
    pub(crate) claim: Result<Claim, Unreadable>,
    /// What could be read, but is not as it should be.
    pub(crate) notes: Vec<String>,
}

/// Why a file gave no claim at a position.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("{0}")]
    Claim(#[from] ClaimError),
    #[error("{0}")]
    X12(#[from] Box<X12Error>),
    #[error("the file is empty: expected claims as JSON or X12 837")]
    Empty,
}

impl Unreadable {
    /// The identifier of the claim that is lost, if it has one.
    pub(crate) fn claim(&self) -> Option<&str> {
        match self {
            Self::Claim(error) => error.claim.as_deref(),
            Self::X12(error) => error.claim.as_deref(),
            Self::Empty => None,
        }
    }

    /// How many claims are lost.
    pub(crate) fn claims(&self) -> u64 {
        match self {
            Self::X12(error) => match error.kind {
                X12ErrorKind::Version { claims, .. } => claims.max(1),
                _ => 1,
            },
            Self::Claim(_) | Self::Empty => 1,
        }
    }

    /// What is wrong, one problem a line, each with its place.
    pub(crate) fn lines(&self, position: &str) -> Vec<String> {
        let text = self.to_string();
        match self {
            // It begins with the file and says the segment.
            Self::X12(_) => text.lines().map(str::to_owned).collect(),
            Self::Claim(_) | Self::Empty => text.lines().map(|line| format!("{position}: {line}")).collect(),
        }
    }
}

/// How claims are read.
pub(crate) struct Reading<'a> {
    /// Whether fields that a claim should not have are passed over.
    pub(crate) lenient: bool,
    /// By which the payers of X12 claims are recognised, if not by the one that comes with the reader.
    pub(crate) payers: Option<PayerTable>,
    /// Where it is said what is passed over, and how far the reading is.
    pub(crate) console: &'a Console,
}

type Visit<'a> = dyn FnMut(Given) -> Result<(), CommandError> + 'a;

impl Reading<'_> {
    /// Calls `visit` with each claim of an input.
    pub(crate) fn read(&self, input: &Input, visit: &mut Visit<'_>) -> Result<(), CommandError> {
        let (path, is_named) = match input {
            Input::Standard => {
                let name = "standard input";
                return self
                    .read_from(name, true, stdin().lock(), visit)
                    .map_err(|error| error.or("-"));
            }
            Input::File(path) => (path, true),
            Input::InFolder(path) => (path, false),
        };
        let file = File::open(path).map_err(|error| ReadError::Input(error).or(path))?;
        let bar = self.console.bar(file.metadata().map_or(0, |metadata| metadata.len()));
        let input = BufReader::with_capacity(1 << 20, bar.wrap_read(file));
        let result = self
            .read_from(path, is_named, input, visit)
            .map_err(|error| error.or(path));
        bar.finish_and_clear();
        result
    }

    fn read_from(
        &self,
        name: &str,
        is_named: bool,
        mut input: impl BufRead,
        visit: &mut Visit<'_>,
    ) -> Result<(), ReadError> {
        match Kind::of(input.fill_buf().map_err(ReadError::Input)?) {
            Kind::X12 => self.x12(name, input, visit),
            Kind::Json => self.json(name, input, visit),
            Kind::Other if is_named => self.json(name, input, visit),
            Kind::Empty if is_named => visit(Given {
                position: name.to_owned(),
                claim: Err(Unreadable::Empty),
                notes: Vec::new(),
            })
            .map_err(ReadError::Visit),
            Kind::Other | Kind::Empty => {
                self.console.say(format_args!(
                    "note: {name}: passed over, as it begins like neither JSON nor X12"
                ));
                Ok(())
            }
        }
    }

    fn json(&self, name: &str, input: impl BufRead, visit: &mut Visit<'_>) -> Result<(), ReadError> {
        let mut values = JsonValues::new(input);
        while let Some(value) = values.next().map_err(ReadError::Input)? {
            let claim = if self.lenient {
                Claim::from_json_lenient(&value.bytes)
            } else {
                Claim::from_json(&value.bytes)
            };
            let given = Given {
                position: format!("{name}:{}", value.line),
                claim: claim.map_err(Unreadable::Claim),
                notes: Vec::new(),
            };
            visit(given).map_err(ReadError::Visit)?;
        }
        Ok(())
    }

    fn x12(&self, name: &str, input: impl BufRead, visit: &mut Visit<'_>) -> Result<(), ReadError> {
        let mut reader = x12::Reader::new(input).with_name(name);
        if let Some(payers) = &self.payers {
            reader = reader.with_payers(payers.clone());
        }
        for found in reader {
            let given = match found {
                Ok(found) => Given {
                    position: found.at.to_string(),
                    notes: found.notes.iter().map(ToString::to_string).collect(),
                    claim: Ok(found.claim),
                },
                Err(X12Error {
                    kind: X12ErrorKind::Input(error),
                    ..
                }) => return Err(ReadError::Input(error)),
                Err(error) => Given {
                    position: error.at.to_string(),
                    claim: Err(Unreadable::X12(Box::new(error))),
                    notes: Vec::new(),
                },
            };
            visit(given).map_err(ReadError::Visit)?;
        }
        Ok(())
    }
}

/// What a file holds, by how it begins.
enum Kind {
    Json,
    X12,
    Other,
    Empty,
}

impl Kind {
    fn of(head: &[u8]) -> Self {
        const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
        let head = head.strip_prefix(BYTE_ORDER_MARK).unwrap_or(head);
        match head.trim_ascii_start() {
            [] => Self::Empty,
            [b'{' | b'[', ..] => Self::Json,
            text if text.starts_with(b"ISA") => Self::X12,
            _ => Self::Other,
        }
    }
}

/// An error while reading, or one from the visitor.
enum ReadError {
    Input(std::io::Error),
    Visit(CommandError),
}

impl ReadError {
    fn or(self, path: &str) -> CommandError {
        match self {
            Self::Input(error) => CommandError::File {
                path: path.to_owned(),
                error,
            },
            Self::Visit(error) => error,
        }
    }
}
