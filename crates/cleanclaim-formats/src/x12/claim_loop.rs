//! A claim in the making: the segments from CLM up to the next claim, level or trailer.

use std::mem;

use cleanclaim::Claim;
use cleanclaim::claim::{Biller, ClaimBuilder, FormKind, Patient, ServiceLine};
use cleanclaim::model::{
    ConditionCode, DateRange, DiagnosisCode, DiagnosisPointers, Money, Npi, PatientStatus, Payer, ServiceDate, Sex,
    SiteOfService, TypeOfBill,
};

use super::error::Problem;
use super::line_loop::{DAYS, LineLoop, LineReading, Provider};
use super::segments::split;
use super::values::Day;
use super::{Note, Segment, values};

/// The most lines that a claim may have: loop 2400 repeats 50 times in an 837P and 999 times in an 837I.
const MOST_LINES: usize = 999;
/// More diagnoses, problems and notes than any claim has, so that memory stays bounded whatever the file holds.
const MOST_OTHERS: usize = 200;
/// The first day on which claims carry ICD-10-CM codes (45 CFR 162.1002).
const FIRST_ICD10: (i32, u8, u8) = (2015, 10, 1);

/// What the levels above a claim say of it.
#[derive(Clone, Debug)]
pub(super) struct Surroundings {
    pub(super) payer: Payer,
    pub(super) billing: Option<Npi>,
    pub(super) biller: Biller,
    pub(super) person: Person,
}

/// The patient as a DMG segment tells.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Person {
    pub(super) birth: Option<Day>,
    pub(super) sex: Option<Sex>,
}

/// How a claim came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Another claim, level or trailer follows.
    Whole,
    /// The lines of another claim follow, but not its CLM.
    NextLost,
    /// Nothing follows.
    NotClosed,
}

/// Why a loop gives no claim.
#[derive(Debug)]
pub(super) enum Lost {
    Problems(Vec<Problem>),
    CutOff,
}

#[derive(Debug)]
pub(super) struct ClaimLoop {
    pub(super) id: Box<str>,
    pub(super) segment: u64,
    pub(super) byte: u64,
    form: FormKind,
    surroundings: Surroundings,
    /// By which the components are parted in truth.
    component: u8,
    stated: Option<Money>,
    site: Option<SiteOfService>,
    bill_type: Option<TypeOfBill>,
    patient_status: Option<PatientStatus>,
    statement: Option<DateRange>,
    admission: Option<DateRange>,
    service: Option<DateRange>,
    diagnoses: Vec<Diagnosis>,
    /// How many diagnoses were given, those that could not be read among them.
    given_diagnoses: u8,
    condition_codes: Vec<ConditionCode>,
    provider: Provider,
    /// Whether the segments tell of another payer of the patient (loop 2320), and not of this claim.
    in_other_payer: bool,
    lines: Vec<LineLoop>,
    has_too_many_lines: bool,
    problems: Vec<Problem>,
    notes: Vec<Note>,
}

#[derive(Clone, Copy, Debug)]
struct Diagnosis {
    code: DiagnosisCode,
    /// Its place among those given, from 1, by which lines point to it.
    position: u8,
    /// Whether the qualifier says that it is one of ICD-9-CM.
    is_said_icd9: bool,
}

impl ClaimLoop {
    /// A claim that begins with this CLM. Without a form by the version, CLM05-2 tells it.
    pub(super) fn new(
        segment: &Segment<'_>,
        form: Option<FormKind>,
        surroundings: Surroundings,
        notes: Vec<Note>,
    ) -> Self {
        let (_, [id, charge, _, _, place]) = segment.elements::<5>();
        let said = segment.separators.map_or(b':', |separators| separators.component);
        let mut claim = Self {
            id: values::text(id, segment.separators).into(),
            segment: segment.number,
            byte: segment.byte,
            form: FormKind::Professional,
            surroundings,
            component: said,
            stated: values::money(charge),
            site: None,
            bill_type: None,
            patient_status: None,
            statement: None,
            admission: None,
            service: None,
            diagnoses: Vec::new(),
            given_diagnoses: 0,
            condition_codes: Vec::new(),
            provider: Provider::NotSaid,
            in_other_payer: false,
            lines: Vec::new(),
            has_too_many_lines: false,
            problems: Vec::new(),
            notes,
        };
        if claim.id.is_empty() {
            claim.problem(segment, (1, 0), id, "an identifier of the claim");
        }
        claim.notice_separator(place, said);
        claim.place(segment, form, place);
        claim
    }

    /// Some senders part components by another byte than ISA16 says. CLM05 begins with a code of two characters, so that
    /// the byte after it shows.
    fn notice_separator(&mut self, place: &[u8], said: u8) {
        if let Some(&used) = place.get(2)
            && !place.contains(&said)
            && used.is_ascii_punctuation()
        {
            self.component = used;
            self.notes.push(Note::ComponentSeparator {
                said: said.into(),
                used: used.into(),
            });
        }
    }

    fn place(&mut self, segment: &Segment<'_>, form: Option<FormKind>, place: &[u8]) {
        let mut parts = split(place, self.component, None).map(<[u8]>::trim_ascii);
        let (facility, qualifier) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let frequency = parts.next().unwrap_or_default();
        let by_qualifier = if qualifier == b"A" {
            FormKind::Institutional
        } else {
            FormKind::Professional
        };
        self.form = form.unwrap_or(by_qualifier);
        match self.form {
            FormKind::Institutional => {
                self.bill_type = values::parsed(&[facility, frequency].concat());
                if self.bill_type.is_none() {
                    let expected =
                        "a facility type of two digits in CLM05-1 and a frequency in CLM05-3, such as `13:A:1`";
                    self.problem(segment, (5, 0), place, expected);
                }
            }
            FormKind::Professional if facility.is_empty() => {}
            FormKind::Professional => {
                self.site = values::parsed(facility);
                if self.site.is_none() {
                    self.problem(segment, (5, 1), facility, "a place of service of two digits");
                }
            }
        }
    }

    pub(super) const fn has_lines(&self) -> bool {
        !self.lines.is_empty()
    }

    /// Whether this LX begins the lines of another claim whose CLM is lost: it is the first by its number, and nothing is
    /// missing of what the claim charges.
    pub(super) fn is_past(&self, lx: &Segment<'_>) -> bool {
        self.has_lines() && values::whole(lx.elements::<1>().1[0]) == Some(1) && self.stated == self.charged()
    }

    /// Takes a segment that stands within the claim.
    pub(super) fn take(&mut self, segment: &Segment<'_>) {
        match segment.id() {
            b"LX" => self.begin_line(values::whole(segment.elements::<1>().1[0]), segment),
            b"SV1" | b"SV2" => self.service(segment),
            b"DTP" => self.date(segment),
            b"NM1" => self.name(segment),
            b"HI" if !self.in_other_payer => self.codes(segment),
            b"CL1" => self.patient_status = values::parsed(segment.elements::<3>().1[2]),
            b"SBR" => self.in_other_payer = true,
            _ => {}
        }
        if segment.is_cut {
            self.problem(segment, (0, 0), b"", "a segment of less than a megabyte");
        }
        self.problems.truncate(MOST_OTHERS);
        self.notes.truncate(MOST_OTHERS);
    }

    fn begin_line(&mut self, number: Option<u32>, segment: &Segment<'_>) {
        self.in_other_payer = false;
        if self.lines.len() < MOST_LINES {
            self.lines
                .push(LineLoop::new(number.filter(|&number| number > 0), segment.number));
        } else if !self.has_too_many_lines {
            self.has_too_many_lines = true;
            let count = (MOST_LINES + 1).to_string();
            self.problem(
                segment,
                (0, 0),
                count.as_bytes(),
                "at most 999 lines in a claim: split it",
            );
        }
    }

    /// A service; one without an LX before it begins a line as well.
    fn service(&mut self, segment: &Segment<'_>) {
        if self.lines.last().is_none_or(|line| line.has_service) {
            self.begin_line(None, segment);
        }
        let (id, form) = (segment.id(), self.form);
        let (Some(line), mut reading) = self.line_reading(segment) else {
            return;
        };
        line.has_service = true;
        line.segment = segment.number;
        line.service = match form {
            FormKind::Professional if id == b"SV1" => reading.professional(),
            FormKind::Institutional if id == b"SV2" => reading.institutional(),
            _ => {
                let expected = match form {
                    FormKind::Professional => "SV1, as the transaction is an 837P",
                    FormKind::Institutional => "SV2, as the transaction is an 837I",
                };
                let problem = Problem::new(segment, (0, 0), id, expected);
                reading.problems.push(problem);
                None
            }
        };
    }

    /// The last line and what to read a segment of it with.
    fn line_reading<'a>(&'a mut self, segment: &'a Segment<'a>) -> (Option<&'a mut LineLoop>, LineReading<'a>) {
        let position = u32::try_from(self.lines.len()).unwrap_or(u32::MAX);
        let line = self.lines.last_mut();
        let number = line.as_ref().and_then(|line| line.number).unwrap_or(position);
        let reading = LineReading {
            segment,
            component: self.component,
            line: number,
            problems: &mut self.problems,
            notes: &mut self.notes,
        };
        (line, reading)
    }

    fn date(&mut self, segment: &Segment<'_>) {
        let qualifier = segment.elements::<1>().1[0];
        if self.has_lines() {
            if qualifier == b"472"
                && let (Some(line), mut reading) = self.line_reading(segment)
            {
                line.dates = reading.days();
                line.has_dates = true;
            }
            return;
        }
        // The rest of the qualifiers tell of other things: 431, the onset of the illness, may be years before the service.
        if !matches!(qualifier, b"434" | b"435" | b"472") || self.in_other_payer {
            return;
        }
        let text = segment.elements::<3>().1[2];
        let days = values::days(text);
        match qualifier {
            b"434" => self.statement = days,
            b"472" => self.service = days,
            _ => self.admission = days,
        }
        if days.is_none() && qualifier != b"435" {
            self.problem(segment, (3, 0), text, DAYS);
        }
    }

    fn name(&mut self, segment: &Segment<'_>) {
        if segment.elements::<1>().1[0] != b"82" || self.in_other_payer {
            return;
        }
        let provider = Provider::read(segment, &mut self.notes);
        match self.lines.last_mut() {
            Some(line) => line.provider = provider,
            None => self.provider = provider,
        }
    }

    /// The codes of an HI segment: diagnoses, and condition codes of an institutional claim.
    fn codes(&mut self, segment: &Segment<'_>) {
        let Some(separators) = segment.separators else {
            return;
        };
        for element in split(segment.bytes, separators.element, separators.release).skip(1) {
            let mut parts = split(element, self.component, separators.release).map(<[u8]>::trim_ascii);
            let qualifier = parts.next().unwrap_or_default();
            let code = parts.next().unwrap_or_default();
            let value = || values::text(element, segment.separators);
            match qualifier {
                b"ABK" | b"BK" | b"ABF" | b"BF" if self.diagnoses.len() < MOST_OTHERS => {
                    self.diagnosis(qualifier, code, value);
                }
                b"BG" if self.form == FormKind::Institutional && self.condition_codes.len() < MOST_OTHERS => {
                    match values::parsed(code) {
                        Some(code) => self.condition_codes.push(code),
                        None => self.notes.push(Note::ConditionCodeLeftOut { value: value() }),
                    }
                }
                _ => {}
            }
        }
    }

    fn diagnosis(&mut self, qualifier: &[u8], code: &[u8], value: impl Fn() -> String) {
        self.given_diagnoses = self.given_diagnoses.saturating_add(1);
        let Some(code) = values::parsed(code) else {
            self.notes.push(Note::DiagnosisLeftOut { value: value() });
            return;
        };
        let is_principal = qualifier.ends_with(b"K");
        let place = if is_principal { 0 } else { self.diagnoses.len() };
        let diagnosis = Diagnosis {
            code,
            position: self.given_diagnoses,
            is_said_icd9: qualifier.len() == 2,
        };
        self.diagnoses.insert(place, diagnosis);
    }

    fn problem(&mut self, segment: &Segment<'_>, at: (u8, u8), value: &[u8], expected: &'static str) {
        self.problems.push(Problem::new(segment, at, value, expected));
    }

    /// The sum of what the lines charge, if each says.
    fn charged(&self) -> Option<Money> {
        let cents = self.lines.iter().try_fold(0_i64, |sum, line| {
            sum.checked_add(line.service.as_ref()?.charge?.cents())
        });
        Money::from_cents(cents?)
    }

    /// The claim with its notes, or why there is none.
    pub(super) fn finish(mut self, end: End) -> Result<(Claim, Vec<Note>), Lost> {
        let charged = self.charged();
        self.check_lines();
        match (end, self.stated, charged) {
            (End::NotClosed, stated, charged) => {
                if !self.problems.is_empty() || stated.is_none() || stated != charged {
                    return Err(Lost::CutOff);
                }
                self.notes.push(Note::NotClosed);
            }
            (_, Some(stated), Some(lines)) if stated != lines => self.notes.push(Note::Charges { stated, lines }),
            _ => {}
        }
        match end {
            End::NextLost => self.notes.push(Note::NextClaimLost),
            End::Whole | End::NotClosed => {}
        }
        let days = self.days();
        if !self.problems.is_empty() {
            return Err(Lost::Problems(self.problems));
        }
        let (clm, notes, builder) = self.into_builder(days);
        match builder.build() {
            Ok(claim) => Ok((claim, notes)),
            // The checks above find all of these with their segments; should one be missed, it is no claim all the same.
            Err(error) => Err(Lost::Problems(vec![Problem {
                segment: clm,
                id: "CLM".into(),
                element: 0,
                component: 0,
                line: None,
                value: String::new(),
                expected: error.to_string().into(),
            }])),
        }
    }

    /// Finds what lines lack, and gives them their dates, sites, providers and numbers.
    fn check_lines(&mut self) {
        if self.lines.is_empty() {
            self.missing(
                self.segment,
                ("LX", 0),
                None,
                "at least one line, an LX with an SV1 or SV2",
            );
        }
        self.number_lines();
        let professional = self.form == FormKind::Professional;
        let fallback = self.surroundings.billing.map_or(Provider::NotSaid, Provider::Is);
        let provider = self.provider.or(fallback);
        let (claim_site, claim_days) = (self.site, self.service);
        let mut missing = Vec::new();
        for line in &mut self.lines {
            if !line.has_service {
                missing.push((
                    line.segment,
                    (if professional { "SV1" } else { "SV2" }, 0),
                    line.number,
                    "a service in the line",
                ));
                continue;
            }
            line.dates = line.dates.or(claim_days);
            if professional && line.dates.is_none() && !line.has_dates {
                missing.push((
                    line.segment,
                    ("DTP", 3),
                    line.number,
                    "a DTP*472 in the line with the day of service",
                ));
            }
            let Some(service) = &mut line.service else {
                continue;
            };
            service.number = line.number.unwrap_or_default();
            if professional {
                service.site = service.site.or(claim_site);
                service.provider = line.provider.or(provider).npi();
                if service.site.is_none() {
                    let expected = "a place of service here, or for all lines in CLM05-1";
                    missing.push((line.segment, ("SV1", 5), line.number, expected));
                }
            }
        }
        // A place that could not be read is not missing as well.
        let place_is_wrong = self
            .problems
            .iter()
            .any(|problem| &*problem.id == "CLM" && problem.element == 5);
        for (segment, at, line, expected) in missing {
            if !(place_is_wrong && at == ("SV1", 5)) {
                self.missing(segment, at, line, expected);
            }
        }
        self.problems.truncate(MOST_OTHERS);
    }

    /// Keeps the numbers of LX01 if they can tell the lines apart, else numbers the lines by their position.
    fn number_lines(&mut self) {
        let ascending = self.lines.is_sorted_by(|one, two| one.number < two.number);
        if ascending && self.lines.first().is_none_or(|line| line.number.is_some()) {
            return;
        }
        for (position, line) in (1..).zip(&mut self.lines) {
            line.number = Some(position);
        }
        self.notes.push(Note::Renumbered);
    }

    fn missing(&mut self, segment: u64, (id, element): (&str, u8), line: Option<u32>, expected: &'static str) {
        self.problems.push(Problem {
            segment,
            id: id.into(),
            element,
            component: 0,
            line,
            value: String::new(),
            expected: expected.into(),
        });
    }

    /// The days of the claim: what its statement covers, or its lines do. Without any it is a problem, if there is none yet.
    fn days(&mut self) -> DateRange {
        let of_lines =
            self.lines.iter().filter_map(|line| line.dates).reduce(|all, one| {
                DateRange::new(all.first().min(one.first()), all.last().max(one.last())).unwrap_or(all)
            });
        if self.form == FormKind::Professional {
            return of_lines.unwrap_or(DateRange::single(ServiceDate::MIN));
        }
        if let Some(days) = self.statement {
            return days;
        }
        let Some(days) = of_lines.or(self.admission) else {
            if self.problems.is_empty() {
                let expected = "a DTP*434 in the claim with the days that the statement covers";
                self.missing(self.segment, ("DTP", 3), None, expected);
            }
            return DateRange::single(ServiceDate::MIN);
        };
        self.notes.push(Note::StatementDates);
        days
    }

    fn into_builder(mut self, days: DateRange) -> (u64, Vec<Note>, ClaimBuilder) {
        let builder = match (self.form, self.bill_type) {
            (FormKind::Institutional, Some(bill_type)) => {
                let builder = Claim::institutional(mem::take(&mut self.id), bill_type, days);
                match self.patient_status {
                    Some(status) => builder.patient_status(status),
                    None => builder,
                }
            }
            _ => Claim::professional(mem::take(&mut self.id)).biller(self.surroundings.biller),
        };
        let patient = self.patient(days.first());
        let diagnoses = self.icd10(days.first());
        let pointed_to = |pointer: u8| {
            (1..)
                .zip(&diagnoses)
                .find(|(_, diagnosis)| diagnosis.position == pointer)
        };
        let lines: Vec<ServiceLine> = mem::take(&mut self.lines)
            .into_iter()
            .filter_map(|line| {
                let mut service = line.service?;
                service.dates = line.dates.unwrap_or(days);
                let pointers = service.diagnosis_pointers.iter().filter_map(pointed_to);
                service.diagnosis_pointers =
                    DiagnosisPointers::new(pointers.map(|(place, _)| place)).unwrap_or_default();
                Some(service)
            })
            .collect();
        let builder = builder
            .payer(self.surroundings.payer)
            .patient(patient)
            .diagnoses(diagnoses.into_iter().map(|diagnosis| diagnosis.code))
            .condition_codes(self.condition_codes)
            .lines(lines);
        (self.segment, self.notes, builder)
    }

    fn patient(&mut self, first: ServiceDate) -> Patient {
        let Person { birth, sex } = self.surroundings.person;
        let mut patient = Patient::unknown();
        patient.sex = sex;
        patient.age = birth.and_then(|birth| values::age(birth, first));
        if let (Some(birth), None) = (birth, patient.age) {
            self.notes.push(Note::BirthDateLeftOut {
                value: birth.to_string(),
            });
        }
        patient
    }

    /// The diagnoses of ICD-10-CM. Codes that are said to be of ICD-9-CM are taken for such if the service was before claims
    /// changed over; after it, the qualifier is what is wrong, as there are no other codes any more.
    fn icd10(&mut self, first: ServiceDate) -> Vec<Diagnosis> {
        let (year, month, day) = FIRST_ICD10;
        let is_before = (first.year(), first.month(), first.day()) < (year, month, day);
        let (old, new): (Vec<_>, Vec<_>) = mem::take(&mut self.diagnoses)
            .into_iter()
            .partition(|diagnosis| diagnosis.is_said_icd9 && is_before);
        self.notes
            .extend(old.into_iter().map(|diagnosis| Note::DiagnosisLeftOut {
                value: diagnosis.code.to_string(),
            }));
        new
    }
}
