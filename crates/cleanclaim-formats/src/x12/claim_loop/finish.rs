//! From what was read of a claim to the claim: what is missing, what does not add up, and the lines by their numbers.

use std::mem;

use cleanclaim::Claim;
use cleanclaim::claim::{Biller, ClaimBuilder, FormKind, Patient, ServiceLine};
use cleanclaim::model::{DateRange, DiagnosisPointers, Money, ServiceDate, SiteOfService};

use super::{ClaimLoop, Diagnosis, End, Ended, Person};
use crate::x12::line_loop::{LineLoop, Provider};
use crate::x12::{ElementProblem, Note, values};

/// The most diagnoses that a claim may have: HI has 12 in an 837P; an 837I has the principal one and 24 others.
const MOST_DIAGNOSES: (u8, u8) = (12, 25);
/// As often as loop 2400 repeats in an 837P.
const MOST_PROFESSIONAL_LINES: usize = 50;
/// The first day on which claims carry ICD-10-CM codes (45 CFR 162.1002).
const FIRST_ICD10: (i32, u8, u8) = (2015, 10, 1);

impl ClaimLoop {
    /// The claim with its notes, or why there is none.
    pub(in crate::x12) fn finish(mut self, end: End) -> Ended {
        let charged = self.charged.and_then(Money::from_cents);
        self.note_behind();
        self.note_limits();
        self.check_lines();
        if end == End::OfFile && (!self.problems.is_empty() || self.stated.is_none() || self.stated != charged) {
            return Ended::CutOff;
        }
        match (self.stated, charged) {
            (Some(stated), Some(lines)) if stated != lines => self.notes.push(Note::Charges { stated, lines }),
            _ => {}
        }
        match end {
            End::OfFile => self.notes.push(Note::NotClosed),
            End::NextLost => self.notes.push(Note::NextClaimLost),
            End::Whole => {}
        }
        let days = self.days();
        // A claim whose every line has something wrong is lost; one whose codes are only not judged here is not.
        let is_empty = !self
            .lines
            .iter()
            .any(|line| line.is_whole(self.form) || line.is_not_judged);
        if self.is_lost || is_empty && !self.problems.is_empty() {
            return Ended::Lost(self.problems);
        }
        let (clm, problems) = (self.at.segment.unwrap_or_default(), mem::take(&mut self.problems));
        let (notes, builder) = self.into_builder(days);
        match builder.build() {
            Ok(claim) => Ended::Claim {
                claim: Box::new(claim),
                notes,
                problems,
            },
            // The checks above find all of these with their segments; should one be missed, it is no claim all the same.
            Err(error) => {
                let mut problems = problems;
                problems.push(ElementProblem::missing(clm, ("CLM", 0), None, error.to_string()));
                Ended::Lost(problems)
            }
        }
    }

    /// Says where the claim has more than its guide has room for, and where it names no claim that it is to change.
    fn note_limits(&mut self) {
        let is_professional = self.form == FormKind::Professional;
        let most = if is_professional {
            MOST_DIAGNOSES.0
        } else {
            MOST_DIAGNOSES.1
        };
        let given = self.given_diagnoses;
        if given > most {
            self.notes.push(Note::TooManyDiagnoses { given, most });
        }
        let (given, most) = (self.lines.len(), MOST_PROFESSIONAL_LINES);
        if is_professional && given > most {
            self.notes.push(Note::TooManyLines { given, most });
        }
        if let Some(frequency) = self.frequency
            && (frequency.is_replacement() || frequency.is_void())
            && self.original_reference.is_empty()
        {
            self.notes.push(Note::OriginalReferenceMissing { frequency });
        }
    }

    /// Finds what lines lack, and gives them their dates, sites, providers and numbers.
    fn check_lines(&mut self) {
        if self.lines.is_empty() {
            self.is_lost = true;
            let expected = "at least one line, an LX with an SV1 or SV2";
            self.problems.push(ElementProblem::missing(
                self.at.segment.unwrap_or_default(),
                ("LX", 0),
                None,
                expected,
            ));
        }
        self.number_lines();
        let fallback = self.surroundings.billing.map_or(Provider::NotSaid, Provider::Is);
        let of_claim = OfClaim {
            form: self.form,
            provider: self.provider.or(fallback),
            site: self.site,
            // A place that could not be read is not missing as well.
            is_site_wrong: self.site.is_none() && self.has_problem_with("CLM", 5),
            days: self.service,
            is_day_wrong: self.service.is_none() && self.has_claim_problem_with("DTP"),
        };
        for line in &mut self.lines {
            if let Some(problem) = of_claim.complete(line) {
                self.problems.push(problem);
            }
        }
    }

    fn has_problem_with(&self, id: &str, element: u8) -> bool {
        let is = |problem: &ElementProblem| &*problem.id == id && problem.element == element;
        self.problems.shown.iter().any(is)
    }

    fn has_claim_problem_with(&self, id: &str) -> bool {
        let is = |problem: &ElementProblem| &*problem.id == id && problem.line.is_none();
        self.problems.shown.iter().any(is)
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

    /// The days of the claim: what its statement covers, or its lines do. Without any the claim is lost.
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
            self.is_lost = true;
            if self.problems.is_empty() {
                let expected = "a DTP*434 in the claim with the days that the statement covers";
                self.problems.push(ElementProblem::missing(
                    self.at.segment.unwrap_or_default(),
                    ("DTP", 3),
                    None,
                    expected,
                ));
            }
            return DateRange::single(ServiceDate::MIN);
        };
        if !self.has_claim_problem_with("DTP") {
            self.notes.push(Note::StatementDates);
        }
        days
    }

    /// Who bills a professional claim: by the taxonomy, else by the codes of its lines, which is said.
    fn biller(&mut self) -> Biller {
        let stated = self.surroundings.biller;
        let codes = self.lines.iter().filter_map(|line| line.service.as_ref()?.code);
        let (items, others): (Vec<_>, Vec<_>) = codes.partition(|code| is_item(code.as_str()));
        if stated.is_none() && !items.is_empty() && others.is_empty() {
            self.notes.push(Note::SupplierByCodes);
            return Biller::Supplier;
        }
        stated.unwrap_or_default()
    }

    fn into_builder(mut self, days: DateRange) -> (Vec<Note>, ClaimBuilder) {
        let builder = match (self.form, self.bill_type) {
            (FormKind::Institutional, Some(bill_type)) => {
                let builder = Claim::institutional(mem::take(&mut self.id), bill_type, days);
                match self.patient_status {
                    Some(status) => builder.patient_status(status),
                    None => builder,
                }
            }
            _ => Claim::professional(mem::take(&mut self.id))
                .biller(self.biller())
                .frequency(self.frequency.unwrap_or_default()),
        };
        let patient = self.patient(days.first());
        let diagnoses = self.icd10(days.first());
        let mut notes = mem::take(&mut self.notes);
        let pointers = Pointers {
            given: self.given_diagnoses,
            diagnoses: &diagnoses,
        };
        let is_whole = |line: &LineLoop| line.is_whole(self.form);
        let (whole, unread): (Vec<_>, Vec<_>) = mem::take(&mut self.lines).into_iter().partition(is_whole);
        let lines = whole.into_iter().filter_map(|line| {
            let mut service = line.service?;
            service.dates = line.dates.unwrap_or(days);
            let number = service.number;
            let without = pointers.without_diagnosis(service.diagnosis_pointers);
            notes.extend(without.map(|pointer| Note::PointerWithoutDiagnosis { line: number, pointer }));
            service.diagnosis_pointers = pointers.of_claim(service.diagnosis_pointers);
            Some(service)
        });
        let lines: Vec<ServiceLine> = lines.collect();
        let builder = builder
            .payer(self.surroundings.payer)
            .original_reference(self.original_reference)
            .patient(patient)
            .diagnoses(diagnoses.iter().map(|diagnosis| diagnosis.code))
            .condition_codes(self.condition_codes)
            .unread_lines(unread.iter().filter_map(|line| line.number))
            .lines(lines);
        (notes.into_vec(), builder)
    }

    fn patient(&mut self, first: ServiceDate) -> Patient {
        let Person {
            birth,
            sex,
            has_unread_birth,
            has_unread_sex,
        } = mem::take(&mut self.surroundings.person);
        let mut patient = Patient::unknown();
        patient.sex = sex;
        patient.age = birth.and_then(|birth| values::age(birth, first));
        if has_unread_birth || birth.is_some() && patient.age.is_none() {
            self.notes.push(Note::BirthDateLeftOut);
        }
        if has_unread_sex {
            self.notes.push(Note::SexLeftOut);
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
                position: diagnosis.position,
                value: diagnosis.code.to_string(),
            }));
        new
    }
}

/// What a claim says for lines that do not say it themselves.
struct OfClaim {
    form: FormKind,
    provider: Provider,
    site: Option<SiteOfService>,
    is_site_wrong: bool,
    days: Option<DateRange>,
    is_day_wrong: bool,
}

impl OfClaim {
    /// Completes a line, and says what is missing all the same.
    fn complete(&self, line: &mut LineLoop) -> Option<ElementProblem> {
        let is_professional = self.form == FormKind::Professional;
        let (segment, number) = (line.segment, line.number);
        let missing = |at, expected: &'static str| Some(ElementProblem::missing(segment, at, number, expected));
        if !line.has_service {
            let id = if is_professional { "SV1" } else { "SV2" };
            return missing((id, 0), "a service in the line");
        }
        line.dates = line.dates.or(self.days.filter(|_| !line.has_dates));
        if let Some(service) = &mut line.service {
            service.number = number.unwrap_or_default();
            if is_professional {
                service.site = service.site.or(self.site);
                service.provider = line.other_provider.or(line.provider).or(self.provider).npi();
            }
        }
        let lacks_site = is_professional && line.service.as_ref().is_some_and(|service| service.site.is_none());
        if is_professional && line.dates.is_none() && !line.has_dates && !self.is_day_wrong {
            return missing(("DTP", 3), "a DTP*472 in the line with the day of service");
        }
        if lacks_site && !self.is_site_wrong {
            return missing(("SV1", 5), "a place of service here, or for all lines in CLM05-1");
        }
        None
    }
}

/// The diagnoses that lines point to.
struct Pointers<'a> {
    /// How many were given, those that are left out among them.
    given: u8,
    diagnoses: &'a [Diagnosis],
}

impl Pointers<'_> {
    /// The positions that are those of no diagnosis.
    fn without_diagnosis(&self, pointers: DiagnosisPointers) -> impl Iterator<Item = u8> {
        let given = self.given;
        pointers.iter().filter(move |&pointer| pointer > given)
    }

    /// The pointers by the positions that the claim's diagnoses have.
    fn of_claim(&self, pointers: DiagnosisPointers) -> DiagnosisPointers {
        let place = |pointer: u8| {
            let mut places = (1..).zip(self.diagnoses);
            places.find(|(_, diagnosis)| diagnosis.position == pointer)
        };
        let places = pointers.iter().filter_map(place).map(|(place, _)| place);
        DiagnosisPointers::new(places).unwrap_or_default()
    }
}

/// Whether a code is one of equipment, supplies, prosthetics or orthotics by its number.
///
/// Source: CMS, HCPCS Level II, the sections of codes (A4 to A8, B4 and B9, E, K and L).
fn is_item(code: &str) -> bool {
    matches!(
        code.as_bytes(),
        [b'E' | b'K' | b'L', ..] | [b'A', b'4'..=b'8', ..] | [b'B', b'4' | b'9', ..]
    )
}
