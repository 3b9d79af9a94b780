//! From what was read of a claim to the claim: what is missing, what does not add up, and the lines by their numbers.

use std::mem;

use cleanclaim::Claim;
use cleanclaim::claim::{ClaimBuilder, FormKind, Patient, ServiceLine};
use cleanclaim::model::{DateRange, DiagnosisPointers, Money, ServiceDate};

use super::{ClaimLoop, Diagnosis, End, Lost, MOST_OTHERS, Person};
use crate::x12::error::Problem;
use crate::x12::line_loop::Provider;
use crate::x12::{Note, values};

/// The most diagnoses that a claim may have: HI has 12 in an 837P; an 837I has the principal one and 24 others.
const MOST_DIAGNOSES: (u8, u8) = (12, 25);
/// The first day on which claims carry ICD-10-CM codes (45 CFR 162.1002).
const FIRST_ICD10: (i32, u8, u8) = (2015, 10, 1);

impl ClaimLoop {
    /// The claim with its notes, or why there is none.
    pub(in crate::x12) fn finish(mut self, end: End) -> Result<(Claim, Vec<Note>), Lost> {
        let charged = self.charged.and_then(Money::from_cents);
        self.note_behind();
        self.count_diagnoses();
        self.check_lines();
        match (end, self.stated, charged) {
            (End::OfFile, stated, charged) => {
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
            End::Whole | End::OfFile => {}
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

    fn count_diagnoses(&mut self) {
        let most = match self.form {
            FormKind::Professional => MOST_DIAGNOSES.0,
            FormKind::Institutional => MOST_DIAGNOSES.1,
        };
        let given = self.given_diagnoses;
        if given > most {
            self.notes.push(Note::TooManyDiagnoses { given, most });
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
                service.provider = line.other_provider.or(line.provider).or(provider).npi();
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
        let given = self.given_diagnoses;
        let diagnoses = self.icd10(days.first());
        let mut notes = mem::take(&mut self.notes);
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
                let number = service.number;
                let without = service.diagnosis_pointers.iter().filter(|&pointer| pointer > given);
                notes.extend(without.map(|pointer| Note::PointerWithoutDiagnosis { line: number, pointer }));
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
        (self.segment, notes, builder)
    }

    fn patient(&mut self, first: ServiceDate) -> Patient {
        let Person { birth, sex, unread } = mem::take(&mut self.surroundings.person);
        let mut patient = Patient::unknown();
        patient.sex = sex;
        patient.age = birth.and_then(|birth| values::age(birth, first));
        let [mut birth_text, sex_text] = unread.map_or_else(Default::default, |unread| *unread);
        if let (Some(birth), None) = (birth, patient.age) {
            birth_text = birth.to_string();
        }
        if !birth_text.is_empty() {
            self.notes.push(Note::BirthDateLeftOut { value: birth_text });
        }
        if !sex_text.is_empty() {
            self.notes.push(Note::SexLeftOut { value: sex_text });
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
