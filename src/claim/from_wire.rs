//! A claim read out of its wire form, with every problem collected on the way.

use std::str::FromStr;

use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::builder::{LINE, misplaced, too_many_lines};
use super::wire::{ClaimObject, LineObject, Lines, PatientObject, PayerObject, Scalar, Scalars, Wire};
use super::{
    Biller, Claim, ClaimBuilder, ClaimError, ClaimForm, FormKind, InstitutionalForm, MOST_LINES, Patient, Problem,
    ServiceLine,
};
use crate::model::{DateRange, DiagnosisPointers, ParseError, Payer, PayerName, ServiceDate, TypeOfBill, Units};

impl<'de> Deserialize<'de> for Claim {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        Reading::default().claim(&wire, &[]).map_err(D::Error::custom)
    }
}

/// A field of the wire form whose name is not known.
pub(super) struct UnknownField {
    /// The index of the claim's line, if it is in one.
    pub(super) line: Option<usize>,
    /// Its name, after the names of the fields that it is in.
    pub(super) name: String,
}

/// The number of a line, from 1.
pub(super) struct LineNumber(pub(super) u32);

impl FromStr for LineNumber {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match text.parse() {
            Ok(number @ 1..) if is_digits(text) => Ok(Self(number)),
            _ => Err(ParseError::new("a line number", text, "a whole number from 1")),
        }
    }
}

/// An age in completed years.
pub(super) struct Age(pub(super) u8);

impl FromStr for Age {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        match text.parse() {
            Ok(years) if is_digits(text) => Ok(Self(years)),
            _ => Err(ParseError::new("an age", text, "a whole number of years from 0 to 255")),
        }
    }
}

const POINTERS: &str = "diagnosis_pointers";

/// Keeps out the sign that `parse` would take.
fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What would be valid as a `T`, taken from the error for an empty text, which is never valid.
fn expected<T: FromStr<Err = ParseError>>() -> String {
    T::from_str("")
        .err()
        .map(|error| error.expected().to_owned())
        .unwrap_or_default()
}

/// What is wrong so far, and the number of the line that is being read.
pub(super) struct Reading {
    problems: Vec<Problem>,
    line: Option<u32>,
    most_lines: usize,
}

impl Default for Reading {
    fn default() -> Self {
        Self::of_lines(MOST_LINES)
    }
}

impl Reading {
    /// Of claims of at most so many lines.
    pub(super) fn of_lines(most_lines: usize) -> Self {
        Self {
            problems: Vec::new(),
            line: None,
            most_lines,
        }
    }

    /// The claim, or every problem with it.
    pub(super) fn claim(
        mut self,
        wire: &Wire<'_, ClaimObject<'_>>,
        unknown: &[UnknownField],
    ) -> Result<Claim, ClaimError> {
        let Wire::Object(object) = wire else {
            self.absent_or_wrong("claim", wire, "an object");
            return Err(ClaimError::new(None, self.problems));
        };
        let builder = self.form(object);
        let mut builder = builder
            .payer(self.payer(&object.payer))
            .patient(self.patient(&object.patient))
            .diagnoses(self.list("diagnoses", &object.diagnoses))
            .condition_codes(self.list("condition_codes", &object.condition_codes));
        if let Some(frequency) = self.text("frequency", &object.frequency) {
            builder = builder.frequency(frequency);
        }
        if let Some(number) = self.string("original_reference", &object.original_reference) {
            builder = builder.original_reference(number);
        }
        let unread = self.numbers("unread_lines", &object.unread_lines);
        builder = builder.unread_lines(unread);
        let lines = self.lines(&object.lines, builder.statement_dates());
        for field in unknown {
            let number = field.line.and_then(|index| lines.get(index)).map(|line| line.number);
            self.problems
                .push(Problem::unknown_field(number, field.name.as_str(), known_fields(field)));
        }
        for problem in self.problems {
            builder.problem(problem);
        }
        builder.most_lines(self.most_lines).lines(lines).build()
    }

    fn form(&mut self, object: &ClaimObject<'_>) -> ClaimBuilder {
        let id = self.string("id", &object.id).unwrap_or_default();
        let kind = self.required("form", &object.form);
        let builder = ClaimBuilder::unfinished(id, kind);
        match kind {
            Some(FormKind::Professional) => self.professional(object, builder),
            Some(FormKind::Institutional) => self.institutional(object, builder),
            None => builder,
        }
    }

    fn professional(&mut self, object: &ClaimObject<'_>, mut builder: ClaimBuilder) -> ClaimBuilder {
        let institutional = [
            ("bill_type", &object.bill_type),
            ("from", &object.from),
            ("through", &object.through),
            ("patient_status", &object.patient_status),
        ];
        self.refuse(institutional, FormKind::Institutional);
        if let Some(site) = self.text("site", &object.site) {
            builder = builder.site(site);
        }
        let biller = self.text("biller", &object.biller).unwrap_or(Biller::Practitioner);
        builder.form(ClaimForm::Professional { biller })
    }

    fn institutional(&mut self, object: &ClaimObject<'_>, builder: ClaimBuilder) -> ClaimBuilder {
        self.refuse(
            [("biller", &object.biller), ("site", &object.site)],
            FormKind::Professional,
        );
        let bill_type: Option<TypeOfBill> = self.required("bill_type", &object.bill_type);
        let patient_status = self.text("patient_status", &object.patient_status);
        let dates = self.dates(("from", &object.from), &object.through, None);
        match (bill_type, dates) {
            (Some(bill_type), Some(dates)) => {
                let form = InstitutionalForm {
                    patient_status,
                    ..InstitutionalForm::new(bill_type, dates)
                };
                builder.form(ClaimForm::Institutional(form))
            }
            _ => builder,
        }
    }

    fn refuse<const N: usize>(&mut self, fields: [(&'static str, &Scalar<'_>); N], only_on: FormKind) {
        for (field, wire) in fields.into_iter().filter(|(_, wire)| !wire.is_absent()) {
            self.problems.push(misplaced(None, field, wire.describe(), only_on));
        }
    }

    fn payer(&mut self, wire: &Wire<'_, PayerObject<'_>>) -> Payer {
        match wire {
            Wire::Object(object) => Payer {
                licensee: self.string("payer.licensee", &object.licensee),
                line_of_business: self.text("payer.line_of_business", &object.line_of_business),
                state: self.text("payer.state", &object.state),
                ..Payer::new(self.required("payer.name", &object.name).unwrap_or(PayerName::Other))
            },
            Wire::Text(text) => self.parsed("payer", text).unwrap_or(Payer::new(PayerName::Other)),
            _ => {
                self.absent_or_wrong("payer", wire, &format!("{}, or an object", expected::<PayerName>()));
                Payer::new(PayerName::Other)
            }
        }
    }

    fn patient(&mut self, wire: &Wire<'_, PatientObject<'_>>) -> Patient {
        match wire {
            Wire::Absent => Patient::unknown(),
            Wire::Object(object) => Patient {
                age: self.decimal("patient.age", &object.age).map(|Age(years)| years),
                sex: self.text("patient.sex", &object.sex),
            },
            _ => {
                self.wrong("patient", wire, "an object with `age` and `sex`");
                Patient::unknown()
            }
        }
    }

    fn lines(&mut self, wire: &Lines<'_>, statement: Option<DateRange>) -> Vec<ServiceLine> {
        match wire {
            Wire::List(lines) if lines.len() > self.most_lines => {
                self.problems.push(too_many_lines(lines.len(), self.most_lines));
                Vec::new()
            }
            Wire::List(lines) => (1..)
                .zip(lines)
                .map(|(position, line)| self.service_line(position, line, statement))
                .collect(),
            _ => {
                self.absent_or_wrong("lines", wire, "a list of at least one line");
                Vec::new()
            }
        }
    }

    fn service_line(
        &mut self,
        position: u32,
        wire: &Wire<'_, LineObject<'_>>,
        statement: Option<DateRange>,
    ) -> ServiceLine {
        self.line = Some(position);
        let line = match wire {
            Wire::Object(object) => self.line_fields(position, object, statement),
            _ => {
                self.wrong(LINE, wire, "an object");
                ServiceLine::blank(position, DateRange::single(ServiceDate::MIN))
            }
        };
        self.line = None;
        line
    }

    fn line_fields(&mut self, position: u32, object: &LineObject<'_>, statement: Option<DateRange>) -> ServiceLine {
        let number = self
            .decimal("number", &object.number)
            .map_or(position, |LineNumber(number)| number);
        self.line = Some(number);
        let dates = self.dates(("date", &object.date), &object.through, statement);
        // If there is no date, a problem says so, and the line is never seen.
        let blank = ServiceLine::blank(number, dates.unwrap_or(DateRange::single(ServiceDate::MIN)));
        ServiceLine {
            code: self.text("code", &object.code),
            units: self.decimal("units", &object.units).unwrap_or(Units::ONE),
            measure: self.text("measure", &object.measure).unwrap_or_default(),
            site: self.text("site", &object.site),
            provider: self.text("provider", &object.provider),
            diagnosis_pointers: self.pointers(&object.diagnosis_pointers),
            charge: self.decimal("charge", &object.charge),
            revenue_code: self.text("revenue_code", &object.revenue_code),
            ..blank.with_modifiers(self.list("modifiers", &object.modifiers))
        }
    }

    /// Reads the positions of diagnoses, each a number or a text.
    fn pointers(&mut self, wire: &Scalars<'_>) -> DiagnosisPointers {
        let text = match wire {
            Wire::Absent => return DiagnosisPointers::none(),
            Wire::List(pointers) => {
                let texts: Vec<String> = pointers.iter().map(Wire::describe).collect();
                texts.join(",")
            }
            _ => {
                self.wrong(POINTERS, wire, "a list of positions of diagnoses, from 1 to 12");
                return DiagnosisPointers::none();
            }
        };
        if text.is_empty() {
            return DiagnosisPointers::none();
        }
        self.parsed(POINTERS, &text).unwrap_or_default()
    }

    /// A day, or the days up to `through`; without any, `otherwise`.
    fn dates(
        &mut self,
        (field, first): (&'static str, &Scalar<'_>),
        through: &Scalar<'_>,
        otherwise: Option<DateRange>,
    ) -> Option<DateRange> {
        if let (Wire::Absent, Wire::Absent, Some(dates)) = (first, through, otherwise) {
            return Some(dates);
        }
        let day: Option<ServiceDate> = self.required(field, first);
        let last: Option<ServiceDate> = self.text("through", through);
        let range = DateRange::new(day?, last.or(day)?);
        if range.is_none() {
            let expected = format!("a day that is not before `{field}`");
            self.problems
                .push(Problem::invalid(self.line, "through", through.describe(), expected));
        }
        range
    }

    /// Reads a list of texts; empty if the list is absent.
    fn list<T: FromStr<Err = ParseError>>(&mut self, field: &'static str, wire: &Scalars<'_>) -> Vec<T> {
        match wire {
            Wire::Absent => Vec::new(),
            Wire::List(elements) => elements
                .iter()
                .filter_map(|element| self.required(field, element))
                .collect(),
            _ => {
                self.wrong(field, wire, "a list of texts");
                Vec::new()
            }
        }
    }

    /// Reads a list of line numbers; empty if the list is absent.
    fn numbers(&mut self, field: &'static str, wire: &Scalars<'_>) -> Vec<u32> {
        match wire {
            Wire::Absent => Vec::new(),
            Wire::List(elements) => elements
                .iter()
                .filter_map(|element| self.decimal(field, element).map(|LineNumber(number)| number))
                .collect(),
            _ => {
                self.wrong(field, wire, "a list of line numbers");
                Vec::new()
            }
        }
    }

    /// Reads a text that must be there.
    fn required<T: FromStr<Err = ParseError>>(&mut self, field: &'static str, wire: &Scalar<'_>) -> Option<T> {
        if wire.is_absent() {
            self.problems.push(Problem::missing(self.line, field, expected::<T>()));
        }
        self.text(field, wire)
    }

    /// Reads a text if it is there.
    fn text<T: FromStr<Err = ParseError>>(&mut self, field: &'static str, wire: &Scalar<'_>) -> Option<T> {
        match wire {
            Wire::Absent => None,
            Wire::Text(text) => self.parsed(field, text),
            _ => {
                self.wrong(field, wire, &format!("{}, as a text", expected::<T>()));
                None
            }
        }
    }

    /// Reads a number, or a text that holds one, if it is there.
    fn decimal<T: FromStr<Err = ParseError>>(&mut self, field: &'static str, wire: &Scalar<'_>) -> Option<T> {
        match wire {
            Wire::Number(number) => self.parsed(field, &number.to_string()),
            Wire::Absent | Wire::Text(_) => self.text(field, wire),
            _ => {
                self.wrong(field, wire, &expected::<T>());
                None
            }
        }
    }

    /// Reads any text at all if it is there.
    fn string(&mut self, field: &'static str, wire: &Scalar<'_>) -> Option<Box<str>> {
        match wire {
            Wire::Absent => None,
            Wire::Text(text) => Some(text.as_ref().into()),
            _ => {
                self.wrong(field, wire, "a text");
                None
            }
        }
    }

    fn parsed<T: FromStr<Err = ParseError>>(&mut self, field: &'static str, text: &str) -> Option<T> {
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.problems.push(Problem::unreadable(self.line, field, &error));
                None
            }
        }
    }

    fn wrong<O, I>(&mut self, field: &'static str, wire: &Wire<'_, O, I>, expected: &str) {
        self.problems
            .push(Problem::invalid(self.line, field, wire.describe(), expected));
    }

    fn absent_or_wrong<O, I>(&mut self, field: &'static str, wire: &Wire<'_, O, I>, expected: &str) {
        if wire.is_absent() {
            self.problems.push(Problem::missing(self.line, field, expected));
        } else {
            self.wrong(field, wire, expected);
        }
    }
}

/// The names that the object with the unknown field knows.
fn known_fields(field: &UnknownField) -> String {
    let names = match (field.line, field.name.split_once('.')) {
        (Some(_), _) => LineObject::FIELDS,
        (None, Some(("payer", _))) => PayerObject::FIELDS,
        (None, Some(("patient", _))) => PatientObject::FIELDS,
        (None, _) => ClaimObject::FIELDS,
    };
    format!("one of {}", names.join(", "))
}
