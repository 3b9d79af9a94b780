//! Claims from files, whatever they hold: JSON, or X12 837, told apart by how they begin.

use std::cell::RefCell;
use std::fs::File;
use std::io::{BufRead, BufReader, stdin};
use std::path::Path;
use std::sync::Arc;

use cleanclaim::Claim;
use cleanclaim::claim::{ClaimError, FromJson};
use cleanclaim::model::Location;
use cleanclaim::report::shown;
use cleanclaim_formats::x12::{self, PayerTable, Repeats, X12Error, X12ErrorKind};

use crate::CommandError;
use crate::console::Console;
use crate::inputs::Input;
use crate::json_values::{DEEPEST, Found, JsonValues, LARGEST_MIB};
use crate::patient::Patient;
use crate::start::{Kind, Start, Strange};

/// What a file gave at one position.
pub(crate) struct Given {
    pub(crate) location: Location,
    pub(crate) claim: Result<Claim, Unreadable>,
    /// What could be read, but is not as it should be.
    pub(crate) notes: Vec<String>,
}

/// Why a file gave no claim at a position.
#[derive(Clone, Debug)]
pub(crate) struct Unreadable {
    /// The identifier of the claim that is lost, if it has one.
    pub(crate) claim: Option<String>,
    /// How many claims are lost; none of what is no claim, such as a file that is not there.
    pub(crate) claims: u64,
    /// What is wrong, in the words of the file's reader.
    pub(crate) problems: Vec<String>,
    /// Whether the problems say themselves where they stand.
    says_place: bool,
}

impl Unreadable {
    /// One about a place, with its words for what is wrong.
    pub(crate) fn new(problem: String) -> Self {
        Self {
            claim: None,
            claims: 1,
            problems: vec![problem],
            says_place: false,
        }
    }

    /// The same about an input that cannot be had at all: how many claims it holds, nobody knows.
    pub(crate) fn input(error: &CommandError) -> Self {
        Self {
            claims: 0,
            says_place: true,
            ..Self::new(error.to_string())
        }
    }

    fn too_large(line: u64) -> Self {
        Self::new(format!(
            "the claim begins at line {line} and is larger than {LARGEST_MIB} MiB: expected at most that much of a claim"
        ))
    }

    fn too_deep(line: u64) -> Self {
        Self::new(format!(
            "the claim begins at line {line} and has brackets in more than {DEEPEST} others: expected at most that many"
        ))
    }

    /// The end of an input within its array: how many claims came behind, if any did, nobody knows.
    fn unclosed() -> Self {
        Self {
            claims: 0,
            ..Self::new(
                "the input ends within its array, and what came behind is lost: expected `]` after the last claim"
                    .to_owned(),
            )
        }
    }

    /// What is wrong, one problem a line, each with its place.
    pub(crate) fn lines(&self, location: &Location) -> Vec<String> {
        let location = location.to_string();
        let location = shown(&location);
        let line = |problem: &String| match self.says_place {
            true => shown(problem).into_owned(),
            false => format!("{location}: {}", shown(problem)),
        };
        self.problems.iter().map(line).collect()
    }
}

impl From<ClaimError> for Unreadable {
    fn from(mut error: ClaimError) -> Self {
        // Told one by one, as the value that is wrong may have lines of its own.
        let problems = std::mem::take(&mut error.problems);
        let count = problems.len();
        let told = problems.into_iter().take(MOST_PROBLEMS).map(|problem| {
            error.problems = vec![problem];
            error.to_string()
        });
        Self {
            problems: first_of(count, told.collect()),
            claim: error.claim.as_deref().map(str::to_owned),
            claims: 1,
            says_place: false,
        }
    }
}

/// How many problems of a claim are said.
const MOST_PROBLEMS: usize = 100;

/// The first problems of so many, with how many more there are.
fn first_of(count: usize, mut problems: Vec<String>) -> Vec<String> {
    if count > problems.len() {
        problems.push(format!(
            "{} more problems of this claim: mend these first",
            count - problems.len()
        ));
    }
    problems
}

/// How claims in JSON are read, as the arguments ask.
pub(crate) fn from_json(lenient: bool, most_lines: usize) -> FromJson {
    let reader = FromJson::new().most_lines(most_lines);
    if lenient { reader.lenient() } else { reader }
}

impl From<X12Error> for Unreadable {
    fn from(error: X12Error) -> Self {
        Self {
            problems: error.messages(),
            claim: error.claim.as_deref().map(str::to_owned),
            claims: error.lost_claims(),
            says_place: true,
        }
    }
}

/// How claims are read.
pub(crate) struct Reading<'a> {
    /// How claims in JSON are read.
    pub(crate) json: FromJson,
    /// By which the payers of X12 claims are recognised, if not by the one that comes with the reader.
    pub(crate) payers: Option<PayerTable>,
    /// Where it is said how far the reading is.
    pub(crate) console: &'a Console,
    /// Which interchanges and claims of X12 the run met.
    pub(crate) repeats: RefCell<Repeats>,
}

/// What became of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Read,
    /// It holds no claims, for this reason.
    PassedOver(&'static str),
}

type Visit<'a> = dyn FnMut(Given) -> Result<(), CommandError> + 'a;

impl Reading<'_> {
    /// Calls `visit` with each claim of an input.
    pub(crate) fn read(&self, input: &Input, visit: &mut Visit<'_>) -> Result<Outcome, CommandError> {
        let name = &input.name();
        let Some(path) = input.path() else {
            let standard = Path::new(name);
            return self.read_waiting(standard, true, stdin(), visit);
        };
        if matches!(input, Input::InFolder(_)) && is_no_file(path) {
            return Ok(Outcome::PassedOver("it is a pipe, a socket or a device"));
        }
        let failed = |error| ReadError::Input(error).or(path);
        let file = File::open(path).map_err(failed)?;
        let metadata = file.metadata().map_err(failed)?;
        let must_hold_claims = matches!(input, Input::File(_)) || is_named_like_claims(path);
        // Of a folder an error says more than the file's kind.
        if !metadata.is_file() && !metadata.is_dir() {
            return self.read_waiting(path, must_hold_claims, file, visit);
        }
        let bar = self.console.bar(metadata.len());
        let input = BufReader::with_capacity(1 << 20, bar.wrap_read(file));
        let result = self.read_from(name, must_hold_claims, input, visit);
        bar.finish_and_clear();
        result.map_err(|error| error.or(path))
    }

    /// The claims of an input that may keep its reader waiting.
    fn read_waiting(
        &self,
        path: &Path,
        must_hold_claims: bool,
        input: impl std::io::Read + Send + 'static,
        visit: &mut Visit<'_>,
    ) -> Result<Outcome, CommandError> {
        let input = BufReader::with_capacity(1 << 16, Patient::new(input));
        self.read_from(&path.display().to_string(), must_hold_claims, input, visit)
            .map_err(|error| error.or(path))
    }

    fn read_from(
        &self,
        name: &str,
        must_hold_claims: bool,
        input: impl BufRead,
        visit: &mut Visit<'_>,
    ) -> Result<Outcome, ReadError> {
        let start = Start::of(input).map_err(ReadError::Input)?;
        let problem = match start.kind {
            Kind::X12 => return self.x12(name, start.input, visit),
            Kind::Json => return self.json(name, start.lines, start.input, visit),
            Kind::Strange(Strange::PerhapsJson(_)) if must_hold_claims => {
                return self.json(name, start.lines, start.input, visit);
            }
            Kind::Report => return Ok(Outcome::PassedOver("it is a report of this command")),
            Kind::Empty if must_hold_claims => "the file is empty: expected claims as JSON or X12 837".to_owned(),
            Kind::Empty => return Ok(Outcome::PassedOver("it is empty")),
            Kind::Strange(strange) if must_hold_claims || strange.is_surely_claims() => strange.to_string(),
            Kind::Strange(_) => return Ok(Outcome::PassedOver("it begins like neither JSON nor X12")),
        };
        let given = Given {
            location: Location::in_file(name),
            claim: Err(Unreadable::new(problem)),
            notes: Vec::new(),
        };
        visit(given).map_err(ReadError::Visit)?;
        Ok(Outcome::Read)
    }

    fn json(&self, name: &str, lines: u64, input: impl BufRead, visit: &mut Visit<'_>) -> Result<Outcome, ReadError> {
        let file: Arc<str> = name.into();
        let mut values = JsonValues::after_lines(lines, input);
        while let Some(value) = values.next().map_err(ReadError::Input)? {
            let claim = match &value.found {
                Found::Text(text) => self.json.claim(text).map_err(Unreadable::from),
                Found::TooLarge => Err(Unreadable::too_large(value.line)),
                Found::TooDeep => Err(Unreadable::too_deep(value.line)),
                Found::Unclosed => Err(Unreadable::unclosed()),
            };
            let place = Location::in_file(Arc::clone(&file)).at_line(value.line);
            let given = Given {
                location: match value.element {
                    None => place,
                    Some(element) => place.at_element(element),
                },
                claim,
                notes: Vec::new(),
            };
            visit(given).map_err(ReadError::Visit)?;
        }
        Ok(Outcome::Read)
    }

    fn x12(&self, name: &str, input: impl BufRead, visit: &mut Visit<'_>) -> Result<Outcome, ReadError> {
        let mut reader = x12::Reader::new(input).with_name(name);
        if let Some(payers) = &self.payers {
            reader = reader.with_payers(payers.clone());
        }
        for found in reader {
            let given = match found {
                Ok(found) => {
                    let repeated = self.repeats.borrow_mut().take(&found);
                    let notes = found.notes.iter().chain(&repeated);
                    Given {
                        notes: notes.map(ToString::to_string).collect(),
                        location: found.at,
                        claim: Ok(found.claim),
                    }
                }
                Err(X12Error {
                    kind: X12ErrorKind::Input(error),
                    ..
                }) => return Err(ReadError::Input(error)),
                Err(error) => Given {
                    location: error.at.clone(),
                    claim: Err(error.into()),
                    notes: Vec::new(),
                },
            };
            visit(given).map_err(ReadError::Visit)?;
        }
        Ok(Outcome::Read)
    }
}

/// Whether what lies in a folder is there and no file: to open it may take until somebody opens its other end.
fn is_no_file(path: &Path) -> bool {
    let is_other = |metadata: std::fs::Metadata| !metadata.is_file() && !metadata.is_dir();
    std::fs::metadata(path).is_ok_and(is_other)
}

/// Whether a file's name says that it holds claims: one that does must not be passed over, whatever is wrong with it.
fn is_named_like_claims(path: &Path) -> bool {
    const CLAIMS: [&str; 8] = ["837", "837p", "837i", "x12", "edi", "json", "ndjson", "jsonl"];
    const PACKED: [&str; 6] = ["gz", "zip", "bz2", "xz", "zst", "gpg"];
    let has = |path: &Path, endings: &[&str]| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| endings.iter().any(|one| one.eq_ignore_ascii_case(ending)))
    };
    has(path, &CLAIMS) || has(path, &PACKED) && path.file_stem().is_some_and(|stem| has(Path::new(stem), &CLAIMS))
}

/// An error while reading, or one from the visitor.
enum ReadError {
    Input(std::io::Error),
    Visit(CommandError),
}

impl ReadError {
    fn or(self, path: &Path) -> CommandError {
        match self {
            Self::Input(error) if Patient::was_interrupted(&error) => CommandError::Interrupted,
            Self::Input(error) => CommandError::File {
                path: path.to_owned(),
                error,
            },
            Self::Visit(error) => error,
        }
    }
}
