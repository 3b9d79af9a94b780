//! The one-line text of a claim.

use std::fmt;
use std::str::FromStr;

use super::builder::misplaced;
use super::from_wire::{Age, LineNumber};
use super::{
    Biller, Claim, ClaimBuilder, ClaimError, ClaimForm, FormKind, InstitutionalForm, Patient, Problem, ServiceLine,
};
use crate::model::{
    ConditionCode, DateRange, DiagnosisCode, DiagnosisPointers, Frequency, Location, Measure, Modifier, Money, Npi,
    ParseError, PatientStatus, Payer, ProcedureCode, RevenueCode, ServiceDate, SiteOfService, TypeOfBill, Units,
};

/// The identifier of a claim whose shorthand gives none.
const DEFAULT_ID: &str = "1";

impl Claim {
    /// Reads a claim from its one-line shorthand: `[header :] line [; line]...`.
    ///
    /// The header's words, in any order:
    ///
    /// | word | meaning | if left out |
    /// |---|---|---|
    /// | `medicare`, `bcbs/ND`, `uhc+medicaid+PA` | the payer, `/` its licensee, `+` the line of business, `+` the state | Medicare |
    /// | `asc`, `supplier` | the biller is an ambulatory surgical centre, or a supplier of equipment | a practitioner |
    /// | `tob=131` | an institutional claim with this type of bill, whose days the date says | a professional claim |
    /// | `2024-08-06`, `2024-08-06..2024-08-08` | the date of the lines | each line says its own |
    /// | `@11` | the place of service of the lines | each line says its own |
    /// | `by=1234567893` | the rendering provider of the lines | none |
    /// | `#A1` | the claim's identifier | `1` |
    /// | `age=70`, `sex=female` | the patient | not known |
    /// | `status=01` | the patient's discharge status, institutional | none |
    /// | `dx=G5761,G5762` | the diagnoses | none |
    /// | `cc=G0` | the condition codes, institutional | none |
    /// | `freq=7` | the frequency, professional: `7` replacement, `8` void | an original |
    /// | `ref=2024219000123` | the payer's number of the claim that is replaced or voided | none |
    /// | `unread=2,3` | the numbers of lines that could not be read | none |
    ///
    /// A line begins with its code and modifiers, `64632-50-RT`, or with `-` if it has only a revenue code. Then, in any
    /// order: `x2` units, `@22` site, a date or range of dates, `by=` provider, `$310.00` charge, `rev=0360` revenue code,
    /// `dx=1,2` the diagnoses it is for by their positions, `measure=minutes` what the quantity counts, `L3` line number. The header's values apply to every line that does not give its own.
    ///
    /// A word with a space, `:`, `;` or `"` in it is put in quotation marks, with a backslash before `"` and `\`:
    /// `"#claim 7"`.
    ///
    /// # Errors
    /// If a word cannot be read, or the claim lacks something. All such words are reported, with line, word and value.
    ///
    /// ```
    /// use cleanclaim::claim::Claim;
    ///
    /// let claim = Claim::from_shorthand("medicare 2024-08-06 @11: 64632-RT; 64632-LT; 64455-59 x2 @22")?;
    /// assert_eq!(claim.lines().len(), 3);
    /// assert!(claim.lines()[2].units.exceeds(1));
    ///
    /// let bill = Claim::from_shorthand("tob=131 2025-10-06 age=70 dx=G5761: 64632 rev=0360; - rev=0250")?;
    /// assert_eq!(bill.lines()[1].code, None);
    /// # Ok::<(), cleanclaim::claim::ClaimError>(())
    /// ```
    pub fn from_shorthand(text: &str) -> Result<Self, ClaimError> {
        let parts = split(text).ok_or_else(|| {
            let problem = Problem::malformed("shorthand", "a quotation mark is not closed: expected `\"`");
            ClaimError::new(None, vec![problem])
        })?;
        let mut reading = Reading::default();
        let header = reading.header(parts.header);
        let lines: Vec<ServiceLine> = (1..)
            .zip(parts.lines)
            .map(|(position, words)| reading.line(position, words, header.dates))
            .collect();
        let mut builder = header.into_builder(&mut reading.problems).lines(lines);
        for problem in reading.problems {
            builder.problem(problem);
        }
        builder.build()
    }

    /// The claim in its one-line shorthand, from which [`from_shorthand`](Self::from_shorthand) reads the same claim.
    ///
    /// Values that all lines share go into the header.
    ///
    /// ```
    /// use cleanclaim::claim::Claim;
    ///
    /// let claim = Claim::from_shorthand("64632-rt 2024-08-06 @11; 64455 x2 2024-08-06 @11")?;
    /// assert_eq!(claim.to_shorthand(), "medicare 2024-08-06 @11: 64632-RT; 64455 x2");
    /// # Ok::<(), cleanclaim::claim::ClaimError>(())
    /// ```
    #[must_use]
    pub fn to_shorthand(&self) -> String {
        let common = Common::of(self);
        let mut text = header_words(self, &common).join(" ");
        for (position, line) in (1..).zip(self.lines()) {
            text.push_str(if position == 1 { ": " } else { "; " });
            text.push_str(&line_words(position, line, &common).join(" "));
        }
        text
    }
}

impl FromStr for Claim {
    type Err = ClaimError;

    fn from_str(text: &str) -> Result<Self, ClaimError> {
        Self::from_shorthand(text)
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_shorthand())
    }
}

type Words = Vec<String>;

/// Billers that a header names. A practitioner is what is meant without a word.
const BILLERS: [Biller; 2] = [Biller::Asc, Biller::Supplier];

/// The words of the header, and of each line.
#[derive(Default)]
struct Parts {
    header: Words,
    lines: Vec<Words>,
}

/// Splits the text at white space, at `;`, and at the first `:`, but not inside quotation marks. `None` where a quotation
/// mark is not closed.
fn split(text: &str) -> Option<Parts> {
    let mut parts = Parts::default();
    let (mut words, mut word) = (Words::new(), None::<String>);
    let mut has_header = false;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => quoted(&mut characters, word.get_or_insert_default())?,
            ':' if !has_header && parts.lines.is_empty() => {
                words.extend(word.take());
                parts.header = std::mem::take(&mut words);
                has_header = true;
            }
            ';' => {
                words.extend(word.take());
                parts.lines.push(std::mem::take(&mut words));
            }
            _ if character.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    parts.lines.push(words);
    Some(parts)
}

/// Takes the text up to the closing quotation mark. `None` where there is none.
fn quoted(characters: &mut std::str::Chars<'_>, word: &mut String) -> Option<()> {
    loop {
        match characters.next()? {
            '"' => return Some(()),
            '\\' => word.extend(characters.next()),
            character => word.push(character),
        }
    }
}

/// A word in quotation marks if it needs them.
fn quote(word: String) -> String {
    let needs = |character: char| character.is_whitespace() || matches!(character, '"' | ':' | ';');
    if !word.contains(needs) {
        return word;
    }
    format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\""))
}

/// What the header says.
#[derive(Default)]
struct Header {
    id: Option<Box<str>>,
    payer: Option<Payer>,
    biller: Option<Biller>,
    bill_type: Option<TypeOfBill>,
    /// Whether a type of bill was given, be it readable or not.
    institutional: bool,
    dates: Option<DateRange>,
    site: Option<SiteOfService>,
    provider: Option<Npi>,
    patient: Patient,
    patient_status: Option<PatientStatus>,
    diagnoses: Vec<DiagnosisCode>,
    condition_codes: Vec<ConditionCode>,
    frequency: Option<Frequency>,
    original_reference: Option<Box<str>>,
    unread_lines: Vec<u32>,
}

impl Header {
    fn into_builder(self, problems: &mut Vec<Problem>) -> ClaimBuilder {
        let kind = if self.institutional {
            FormKind::Institutional
        } else {
            FormKind::Professional
        };
        let id = self.id.unwrap_or_else(|| DEFAULT_ID.into());
        let mut builder = ClaimBuilder::unfinished(id, Some(kind))
            .payer(self.payer.unwrap_or(Payer::medicare()))
            .patient(self.patient)
            .diagnoses(self.diagnoses)
            .condition_codes(self.condition_codes)
            .original_reference(self.original_reference.unwrap_or_default())
            .unread_lines(self.unread_lines);
        if let Some(frequency) = self.frequency {
            builder = builder.frequency(frequency);
        }
        if let Some(site) = self.site {
            builder = builder.site(site);
        }
        if let Some(provider) = self.provider {
            builder = builder.provider(provider);
        }
        if !self.institutional {
            if let Some(status) = self.patient_status {
                problems.push(misplaced(
                    None,
                    "patient_status",
                    status.as_str(),
                    FormKind::Institutional,
                ));
            }
            return builder.form(ClaimForm::Professional {
                biller: self.biller.unwrap_or_default(),
            });
        }
        if let Some(biller) = self.biller {
            problems.push(misplaced(None, "biller", biller.to_string(), FormKind::Professional));
        }
        match (self.bill_type, self.dates) {
            (Some(bill_type), Some(dates)) => {
                let form = InstitutionalForm {
                    patient_status: self.patient_status,
                    ..InstitutionalForm::new(bill_type, dates)
                };
                builder.form(ClaimForm::Institutional(form))
            }
            // That the type of bill could not be read has been said.
            (None, _) => builder,
            (Some(_), None) => {
                problems.push(Problem::missing(
                    None,
                    "date",
                    "the days that the claim covers, as `2025-10-06`",
                ));
                builder
            }
        }
    }
}

/// The problems so far, and how far the reading is.
#[derive(Default)]
struct Reading {
    problems: Vec<Problem>,
    line: Option<u32>,
    word: u64,
}

impl Reading {
    fn header(&mut self, words: Words) -> Header {
        let mut header = Header::default();
        for (number, word) in (1..).zip(words.iter()) {
            self.word = number;
            self.header_word(word, &mut header);
        }
        header
    }

    fn header_word(&mut self, word: &str, header: &mut Header) {
        if let Some(id) = word.strip_prefix('#') {
            self.once("id", word, &mut header.id, Some(id.into()));
        } else if let Some(site) = word.strip_prefix('@') {
            self.read("site", site, &mut header.site);
        } else if let Some((name, value)) = word.split_once('=') {
            self.header_value(name, value, word, header);
        } else if let Some(biller) = BILLERS
            .into_iter()
            .find(|biller| word.eq_ignore_ascii_case(biller.as_str()))
        {
            self.once("biller", word, &mut header.biller, Some(biller));
        } else if word.starts_with(|first: char| first.is_ascii_digit()) {
            self.read("date", word, &mut header.dates);
        } else {
            self.read("payer", word, &mut header.payer);
        }
    }

    fn header_value(&mut self, name: &str, value: &str, word: &str, header: &mut Header) {
        match name {
            "by" => self.read("provider", value, &mut header.provider),
            "tob" => {
                header.institutional = true;
                self.read("bill_type", value, &mut header.bill_type);
            }
            "age" => {
                let age = self.parsed(value, "patient.age").map(|Age(years)| years);
                self.once("patient.age", value, &mut header.patient.age, age);
            }
            "sex" => self.read("patient.sex", value, &mut header.patient.sex),
            "status" => self.read("patient_status", value, &mut header.patient_status),
            "dx" => {
                header.diagnoses.extend(
                    value
                        .split(',')
                        .filter_map(|code| self.parsed::<DiagnosisCode>(code, "diagnoses")),
                );
            }
            "cc" => {
                header.condition_codes.extend(
                    value
                        .split(',')
                        .filter_map(|code| self.parsed::<ConditionCode>(code, "condition_codes")),
                );
            }
            "freq" => self.read("frequency", value, &mut header.frequency),
            "ref" => self.once(
                "original_reference",
                word,
                &mut header.original_reference,
                Some(value.into()),
            ),
            "unread" => header.unread_lines.extend(
                value
                    .split(',')
                    .filter_map(|number| self.parsed(number, "unread_lines"))
                    .map(|LineNumber(number)| number),
            ),
            // A licensee may hold an equals sign.
            _ if name.contains('/') => self.read("payer", word, &mut header.payer),
            _ => self.invalid(
                "word",
                word,
                "one of by=, tob=, age=, sex=, status=, dx=, cc=, freq=, ref=, unread=",
            ),
        }
    }

    fn line(&mut self, position: u32, words: Words, dates: Option<DateRange>) -> ServiceLine {
        let number = words
            .iter()
            .skip(1)
            .find_map(|word| word.strip_prefix('L')?.parse().ok());
        self.line = Some(number.map_or(position, |LineNumber(number)| number));
        let mut said = LineWords::default();
        for (number, word) in (1..).zip(words.iter()) {
            self.word = number;
            if number == 1 {
                self.service(word, &mut said)
            } else {
                self.line_word(word, &mut said)
            }
        }
        if words.is_empty() {
            self.problems.push(Problem::missing(
                self.line,
                "code",
                "a procedure code, or `-` and a revenue code",
            ));
        }
        let here = |line: Option<u32>| line.is_none() || line == self.line;
        let unreadable = |problem: &Problem| here(problem.line) && problem.field == "date";
        if said.dates.or(dates).is_none() && !self.problems.iter().any(unreadable) {
            self.problems.push(Problem::missing(
                self.line,
                "date",
                "a date as YYYY-MM-DD, on the line or in the header",
            ));
        }
        let line = said.into_line(self.line.unwrap_or(position), dates);
        self.line = None;
        line
    }

    /// The code and modifiers that a line begins with.
    fn service(&mut self, word: &str, said: &mut LineWords) {
        if word == "-" {
            return;
        }
        let mut parts = word.split('-');
        said.code = parts.next().and_then(|code| self.parsed(code, "code"));
        said.modifiers = parts
            .filter_map(|modifier| self.parsed(modifier, "modifiers"))
            .collect();
    }

    fn line_word(&mut self, word: &str, said: &mut LineWords) {
        if let Some(site) = word.strip_prefix('@') {
            self.read("site", site, &mut said.site);
        } else if let Some(units) = word.strip_prefix('x') {
            self.read("units", units, &mut said.units);
        } else if let Some(charge) = word.strip_prefix('$') {
            self.read("charge", charge, &mut said.charge);
        } else if let Some(provider) = word.strip_prefix("by=") {
            self.read("provider", provider, &mut said.provider);
        } else if let Some(code) = word.strip_prefix("rev=") {
            self.read("revenue_code", code, &mut said.revenue_code);
        } else if let Some(pointers) = word.strip_prefix("dx=") {
            self.read("diagnosis_pointers", pointers, &mut said.diagnosis_pointers);
        } else if let Some(measure) = word.strip_prefix("measure=") {
            self.read("measure", measure, &mut said.measure);
        } else if let Some(number) = word.strip_prefix('L') {
            let number = self.parsed(number, "number").map(|LineNumber(number)| number);
            self.once("number", word, &mut said.number, number);
        } else if word.starts_with(|first: char| first.is_ascii_digit()) {
            self.read("date", word, &mut said.dates);
        } else {
            self.invalid(
                "word",
                word,
                "a date, or a word that begins with one of x, @, $, by=, rev=, dx=, measure=, L",
            );
        }
    }

    /// Reads a value that may be given once.
    fn read<T: FromStr<Err = ParseError>>(&mut self, field: &str, text: &str, place: &mut Option<T>) {
        let value = self.parsed(text, field);
        self.once(field, text, place, value);
    }

    fn once<T>(&mut self, field: &str, text: &str, place: &mut Option<T>, value: Option<T>) {
        if place.is_some() {
            self.invalid(field, text, "it to be given once");
        } else {
            *place = value;
        }
    }

    fn parsed<T: FromStr<Err = ParseError>>(&mut self, text: &str, field: &str) -> Option<T> {
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.problems
                    .push(Problem::unreadable(self.line, field, &error).at(Location::default().at_word(self.word)));
                None
            }
        }
    }

    fn invalid(&mut self, field: &str, value: &str, expected: &str) {
        self.problems
            .push(Problem::invalid(self.line, field, value, expected).at(Location::default().at_word(self.word)));
    }
}

/// What a line says.
#[derive(Default)]
struct LineWords {
    number: Option<u32>,
    dates: Option<DateRange>,
    code: Option<ProcedureCode>,
    modifiers: Vec<Modifier>,
    units: Option<Units>,
    site: Option<SiteOfService>,
    provider: Option<Npi>,
    charge: Option<Money>,
    revenue_code: Option<RevenueCode>,
    diagnosis_pointers: Option<DiagnosisPointers>,
    measure: Option<Measure>,
}

impl LineWords {
    fn into_line(self, number: u32, dates: Option<DateRange>) -> ServiceLine {
        // If there is no date, a problem says so, and the line is never seen.
        let dates = self.dates.or(dates).unwrap_or(DateRange::single(ServiceDate::MIN));
        ServiceLine {
            code: self.code,
            units: self.units.unwrap_or(Units::ONE),
            site: self.site,
            provider: self.provider,
            charge: self.charge,
            revenue_code: self.revenue_code,
            diagnosis_pointers: self.diagnosis_pointers.unwrap_or_default(),
            measure: self.measure.unwrap_or_default(),
            ..ServiceLine::blank(number, dates).with_modifiers(self.modifiers)
        }
    }
}

/// What all the lines of a claim have in common, to be said once.
struct Common {
    dates: Option<DateRange>,
    site: Option<SiteOfService>,
    provider: Option<Npi>,
}

impl Common {
    fn of(claim: &Claim) -> Self {
        let same_dates = common(claim, |line| Some(line.dates));
        Self {
            dates: claim
                .form()
                .as_institutional()
                .map_or(same_dates, |form| Some(form.dates)),
            site: common(claim, |line| line.site),
            provider: common(claim, |line| line.provider),
        }
    }
}

fn common<T: PartialEq>(claim: &Claim, of: impl Fn(&ServiceLine) -> Option<T>) -> Option<T> {
    let (first, others) = claim.lines().split_first()?;
    let value = of(first)?;
    others
        .iter()
        .all(|line| of(line).as_ref() == Some(&value))
        .then_some(value)
}

fn header_words(claim: &Claim, common: &Common) -> Words {
    let mut words = Words::new();
    if claim.id() != DEFAULT_ID {
        words.push(quote(format!("#{}", claim.id())));
    }
    words.push(quote(claim.payer().to_string()));
    let institutional = claim.form().as_institutional();
    match claim.form().biller() {
        None | Some(Biller::Practitioner) => {}
        Some(biller) => words.push(biller.to_string()),
    }
    words.extend(institutional.map(|form| format!("tob={}", form.bill_type)));
    words.extend(common.dates.map(|dates| dates.to_string()));
    words.extend(common.site.map(|site| format!("@{site}")));
    words.extend(common.provider.map(|provider| format!("by={provider}")));
    words.extend(claim.patient().age.map(|years| format!("age={years}")));
    words.extend(claim.patient().sex.map(|sex| format!("sex={sex}")));
    words.extend(
        institutional
            .and_then(|form| form.patient_status)
            .map(|status| format!("status={status}")),
    );
    if !claim.diagnoses().is_empty() {
        let codes: Words = claim.diagnoses().iter().map(ToString::to_string).collect();
        words.push(format!("dx={}", codes.join(",")));
    }
    if !claim.condition_codes().is_empty() {
        let codes: Words = claim.condition_codes().iter().map(ToString::to_string).collect();
        words.push(format!("cc={}", codes.join(",")));
    }
    if institutional.is_none() && claim.frequency() != Frequency::ORIGINAL {
        words.push(format!("freq={}", claim.frequency()));
    }
    words.extend(claim.original_reference().map(|number| quote(format!("ref={number}"))));
    if !claim.unread_lines().is_empty() {
        let numbers: Words = claim.unread_lines().iter().map(ToString::to_string).collect();
        words.push(format!("unread={}", numbers.join(",")));
    }
    words
}

fn line_words(position: u32, line: &ServiceLine, common: &Common) -> Words {
    let mut service = line.code.map_or_else(|| "-".to_owned(), |code| code.to_string());
    for modifier in line.all_modifiers() {
        service.push('-');
        service.push_str(modifier.as_str());
    }
    let mut words = vec![service];
    words.extend((line.units != Units::ONE).then(|| format!("x{}", line.units)));
    words.extend((Some(line.dates) != common.dates).then(|| line.dates.to_string()));
    words.extend(
        line.site
            .filter(|_| common.site.is_none())
            .map(|site| format!("@{site}")),
    );
    words.extend(
        line.provider
            .filter(|_| common.provider.is_none())
            .map(|provider| format!("by={provider}")),
    );
    words.extend(line.charge.map(|charge| format!("${charge}")));
    words.extend(line.revenue_code.map(|code| format!("rev={code}")));
    words.extend((!line.diagnosis_pointers.is_empty()).then(|| format!("dx={}", line.diagnosis_pointers)));
    words.extend((line.measure != Measure::Units).then(|| format!("measure={}", line.measure)));
    words.extend((line.number != position).then(|| format!("L{}", line.number)));
    words
}
