//! Claims as JSON.

use serde::Deserialize;
use serde_ignored::Path;

use super::from_wire::{Reading, UnknownField};
use super::wire::{ClaimObject, Wire};
use super::{Claim, ClaimError, MOST_LINES, Problem};
use crate::model::Location;

/// How claims are read from JSON, where the choices of [`Claim::from_json`] do not do.
///
/// ```
/// use cleanclaim::Claim;
/// use cleanclaim::claim::FromJson;
///
/// let json = Claim::from_shorthand("2024-08-06 @11: 64632")?.to_json();
/// let line = json.split_once("[{").map_or("", |(_, line)| line.trim_end_matches("]}"));
/// let lines: Vec<String> = (1..=2_000).map(|number| format!("{{{line}").replace("1,", &format!("{number},"))).collect();
/// let large = json.replace(&format!("{{{line}"), &lines.join(","));
/// assert!(Claim::from_json(&large).is_err());
/// assert_eq!(FromJson::new().most_lines(2_000).claim(&large)?.lines().len(), 2_000);
/// # Ok::<(), cleanclaim::claim::ClaimError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct FromJson {
    is_lenient: bool,
    most_lines: usize,
}

impl Default for FromJson {
    fn default() -> Self {
        Self::new()
    }
}

impl FromJson {
    /// As [`Claim::from_json`] reads.
    pub const fn new() -> Self {
        Self {
            is_lenient: false,
            most_lines: MOST_LINES,
        }
    }

    /// Passing over fields that are not known.
    pub const fn lenient(mut self) -> Self {
        self.is_lenient = true;
        self
    }

    /// With at most so many lines a claim instead of [`MOST_LINES`].
    pub const fn most_lines(mut self, most: usize) -> Self {
        self.most_lines = most;
        self
    }

    /// Reads a claim from a JSON object.
    ///
    /// # Errors
    /// Those of [`Claim::from_json`].
    pub fn claim(self, json: impl AsRef<[u8]>) -> Result<Claim, ClaimError> {
        let mut unknown = UnknownFields::default();
        let wire = wire(json.as_ref(), |path| {
            if !self.is_lenient {
                unknown.take(path);
            }
        })?;
        if unknown
            .fields
            .iter()
            .any(|field| field.line.is_none() && field.name == "resourceType")
        {
            let what =
                "it is a resource of FHIR (`resourceType`), which is not read: expected a claim as `from_json` has it";
            return Err(ClaimError::new(None, vec![Problem::malformed("claim", what)]));
        }
        Reading::of_lines(self.most_lines).claim(&wire, &unknown.fields)
    }
}

/// Fields that are not known. A claim has at most some, and of a text that is none they would be without number.
#[derive(Default)]
struct UnknownFields {
    fields: Vec<UnknownField>,
}

impl UnknownFields {
    const MOST: usize = 1_000;

    fn take(&mut self, path: &Path<'_>) {
        if self.fields.len() < Self::MOST {
            self.fields.push(unknown_field(path));
        }
    }
}

impl Claim {
    /// Reads a claim from a JSON object.
    ///
    /// On a professional claim, each line or else the claim has a `site`; `biller` is `practitioner` unless it is said to
    /// be `asc` or `supplier`. An institutional claim has `bill_type`, `from`, `through` (the same day if it is left out) and perhaps
    /// `patient_status` and `condition_codes`. Any claim may have `patient` and `diagnoses`. `payer` is a name, or an object with `name`,
    /// `licensee`, `line_of_business` and `state`. A professional claim is an original unless its `frequency` is `7`
    /// (replacement) or `8` (void); an institutional one says it in its type of bill. `original_reference` is the payer's
    /// control number of the claim that is replaced or voided; `unread_lines` are the numbers of lines that whoever wrote the
    /// claim could not read. A line has `date`, to `through` if it spans days; on an institutional claim the
    /// default is the days of the claim. Its `number` is its position unless given, its `units` are one, and count units of service unless its `measure` is
    /// `minutes`, `days` or `international-units`; its `diagnosis_pointers` are positions of diagnoses, from 1. Units, charge,
    /// number and age may be numbers or texts; a number with a fraction is taken by its shortest decimal text. Null is the
    /// same as nothing.
    ///
    /// # Errors
    /// If it is no JSON, or a field is missing, unknown, or has a value that it cannot have. All such fields are reported.
    ///
    /// ```
    /// use cleanclaim::claim::Claim;
    ///
    /// let claim = Claim::from_json(r#"{"id":"A1","form":"professional","payer":"medicare","lines":[
    ///     {"number":1,"date":"2025-10-06","code":"64632","modifiers":["50"],"units":1,"site":"11",
    ///      "provider":"1234567893","charge":"310.00"}]}"#)?;
    /// assert_eq!(claim.lines()[0].charge.map(|charge| charge.cents()), Some(31_000));
    ///
    /// let error = Claim::from_json(&claim.to_json().replace("modifiers", "modifers")).unwrap_err();
    /// assert!(error.to_string().starts_with("claim `A1`, line 1: unknown field `modifers`"));
    /// # Ok::<(), cleanclaim::claim::ClaimError>(())
    /// ```
    pub fn from_json(json: impl AsRef<[u8]>) -> Result<Self, ClaimError> {
        FromJson::new().claim(json)
    }

    /// Reads a claim from a JSON object as [`from_json`](Self::from_json) does, but passes over fields it does not know.
    ///
    /// # Errors
    /// If it is no JSON, or a field is missing or has a value that it cannot have. All such fields are reported.
    ///
    /// ```
    /// use cleanclaim::claim::Claim;
    ///
    /// let json = Claim::from_shorthand("2024-08-06 @11: 64632")?.to_json();
    /// let with_more = json.replacen('{', r#"{"batch":7,"#, 1);
    /// assert!(Claim::from_json(&with_more).is_err());
    /// assert!(Claim::from_json_lenient(&with_more).is_ok());
    /// # Ok::<(), cleanclaim::claim::ClaimError>(())
    /// ```
    pub fn from_json_lenient(json: impl AsRef<[u8]>) -> Result<Self, ClaimError> {
        FromJson::new().lenient().claim(json)
    }

    /// The claim as a JSON object on one line, from which [`from_json`](Self::from_json) reads the same claim.
    ///
    /// Each line states its number, date, modifiers, units and site itself.
    ///
    /// ```
    /// use cleanclaim::claim::Claim;
    ///
    /// let claim = Claim::from_shorthand("#A1 2024-08-06 @11: 64632-RT")?;
    /// assert_eq!(
    ///     claim.to_json(),
    ///     r#"{"id":"A1","form":"professional","payer":"medicare","lines":[{"number":1,"date":"2024-08-06","code":"64632","modifiers":["RT"],"units":1,"site":"11"}]}"#
    /// );
    /// # Ok::<(), cleanclaim::claim::ClaimError>(())
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        // Never fails: every key is a text and every number finite.
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Reads JSON, and hands over the path of each field that is not known.
fn wire<'a>(json: &'a [u8], mut ignored: impl FnMut(&Path<'_>)) -> Result<Wire<'a, ClaimObject<'a>>, ClaimError> {
    let mut text = serde_json::Deserializer::from_slice(json);
    let mut callback = |path: Path<'_>| ignored(&path);
    Wire::deserialize(serde_ignored::Deserializer::new(&mut text, &mut callback))
        .and_then(|wire| text.end().map(|()| wire))
        .map_err(|error| malformed(&error))
}

fn malformed(error: &serde_json::Error) -> ClaimError {
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    let message = message
        .strip_suffix(&format!(" at line {line} column {column}"))
        .unwrap_or(&message);
    let at = Location::default().at_line(line as u64).at_column(column as u64);
    ClaimError::new(None, vec![Problem::malformed("JSON", message).at(at)])
}

fn unknown_field(path: &Path<'_>) -> UnknownField {
    let mut steps = Vec::new();
    let line = walk(path, &mut steps);
    UnknownField {
        line,
        name: steps.join("."),
    }
}

/// Collects the names of the fields on the path, but not those that lead to a line: its index is returned.
fn walk(path: &Path<'_>, steps: &mut Vec<String>) -> Option<usize> {
    match path {
        Path::Root => None,
        Path::Seq { parent, index } => {
            let outer = walk(parent, steps);
            if outer.is_none() && steps.len() == 1 && steps.first().is_some_and(|step| step == "lines") {
                steps.clear();
                return Some(*index);
            }
            steps.push(index.to_string());
            outer
        }
        Path::Map { parent, key } => {
            let line = walk(parent, steps);
            steps.push(key.clone());
            line
        }
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => walk(parent, steps),
    }
}
