//! A claim in the making: the segments from CLM up to the next claim, level or trailer.

mod finish;
mod next_claim;

use std::borrow::Cow;

use cleanclaim::Claim;
use cleanclaim::claim::{Biller, FormKind};
use cleanclaim::model::{
    ConditionCode, DateRange, DiagnosisCode, Frequency, Location, Money, Npi, PatientStatus, Payer, Sex, SiteOfService,
    TypeOfBill,
};

use self::next_claim::Restart;
use super::line_loop::{DAYS, LineLoop, LineReading, Provider};
use super::note::Notes;
use super::segments::split;
use super::shown::{Shape, segment_id};
use super::values::Day;
use super::{ElementProblem, Note, Problems, Segment, values};

/// More diagnoses and condition codes than any claim has, so that memory stays bounded whatever the file holds.
const MOST_CODES: usize = 200;
/// The most letters of a claim's identifier: X12 has 38 for CLM01, the guides 20.
const LONGEST_ID: usize = 38;

/// What the levels above a claim say of it.
#[derive(Clone, Debug)]
pub(super) struct Surroundings {
    /// Where the CLM stands.
    pub(super) at: Location,
    /// The most lines that a claim may have.
    pub(super) most_lines: usize,
    pub(super) payer: Payer,
    pub(super) billing: Option<Npi>,
    /// Who bills, if a taxonomy says it.
    pub(super) biller: Option<Biller>,
    pub(super) person: Person,
}

/// The patient as a DMG segment tells.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    pub(super) birth: Option<Day>,
    pub(super) sex: Option<Sex>,
    /// Whether something stands there that is no birth date.
    pub(super) has_unread_birth: bool,
    /// Whether something stands there that is no sex.
    pub(super) has_unread_sex: bool,
}

impl Person {
    pub(super) fn read(dmg: &Segment<'_>) -> Self {
        let (_, [_, birth, sex]) = dmg.elements::<3>();
        let (read_birth, read_sex) = (values::day(birth), values::parsed(sex));
        Self {
            birth: read_birth,
            sex: read_sex,
            has_unread_birth: read_birth.is_none() && !birth.is_empty(),
            has_unread_sex: read_sex.is_none() && !sex.is_empty(),
        }
    }
}

/// How a claim came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// Another claim, level or trailer follows.
    Whole,
    /// Segments of another claim follow, but not its CLM.
    NextLost,
    /// Nothing follows, so that something of it may be cut off.
    OfFile,
}

/// What a loop gives.
#[derive(Debug)]
pub(super) enum Ended {
    Claim {
        claim: Box<Claim>,
        notes: Vec<Note>,
        /// What is wrong with elements of lines that are not in the claim, or left out of it.
        problems: Problems,
    },
    Lost(Problems),
    CutOff,
}

#[derive(Debug)]
pub(super) struct ClaimLoop {
    pub(super) id: Box<str>,
    /// Where the CLM stands.
    pub(super) at: Location,
    form: FormKind,
    surroundings: Surroundings,
    /// By which the components are parted in truth.
    component: u8,
    stated: Option<Money>,
    /// `None` if it is unreadable; of an institutional claim the type of bill has it.
    frequency: Option<Frequency>,
    original_reference: Box<str>,
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
    /// The first segment behind the lines that none of this claim can be, until a line follows.
    behind: Option<Place>,
    /// What the lines so far charge, in cents, as long as each says.
    charged: Option<i64>,
    /// Where the lines may be another claim's: their numbers do not go on.
    restart: Option<Restart>,
    has_too_many_lines: bool,
    /// Whether a problem leaves nothing of the claim.
    is_lost: bool,
    problems: Problems,
    notes: Notes,
}

#[derive(Clone, Copy, Debug)]
struct Diagnosis {
    code: DiagnosisCode,
    /// Its place among those given, from 1, by which lines point to it.
    position: u8,
    /// Whether the qualifier says that it is one of ICD-9-CM.
    is_said_icd9: bool,
}

/// Where a segment stands.
#[derive(Clone, Debug)]
pub(super) struct Place {
    id: &'static str,
    pub(super) segment: u64,
    pub(super) byte: u64,
}

impl Place {
    fn of(segment: &Segment<'_>) -> Self {
        Self {
            id: segment_id(segment.id()),
            segment: segment.number,
            byte: segment.byte,
        }
    }
}

impl ClaimLoop {
    /// A claim that begins with this CLM. Without a form by the version, CLM05-2 tells it.
    pub(super) fn new(segment: &Segment<'_>, form: Option<FormKind>, surroundings: Surroundings, notes: Notes) -> Self {
        let (_, [id, charge, _, _, place]) = segment.elements::<5>();
        let said = segment.separators.map_or(b':', |separators| separators.component);
        let mut claim = Self {
            id: values::text(id, segment.separators).into(),
            at: surroundings.at.clone(),
            form: FormKind::Professional,
            surroundings,
            component: said,
            stated: values::money(charge),
            frequency: None,
            original_reference: Box::default(),
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
            behind: None,
            charged: Some(0),
            restart: None,
            has_too_many_lines: false,
            is_lost: false,
            problems: Problems::default(),
            notes,
        };
        claim.identifier(segment, id);
        claim.charge(charge);
        claim.notice_separator(place, said);
        claim.place(segment, form, place);
        claim
    }

    fn identifier(&mut self, segment: &Segment<'_>, id: &[u8]) {
        if self.id.is_empty() || id.len() > LONGEST_ID {
            self.lose(segment, (1, 0), id, "an identifier of the claim, at most 38 letters");
        }
        if id.len() > LONGEST_ID {
            self.id = Box::default();
        }
    }

    fn charge(&mut self, charge: &[u8]) {
        match self.stated {
            None => self.notes.push(Note::ClaimChargeNotRead {
                value: Shape::Number.shown(charge),
            }),
            Some(charge) if charge.cents() < 0 => self.notes.push(Note::NegativeClaimCharge { charge }),
            Some(_) => {}
        }
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
            FormKind::Institutional => self.bill_type(segment, place, (facility, frequency)),
            FormKind::Professional => {
                self.site(segment, facility);
                self.frequency(segment, frequency);
            }
        }
    }

    /// The type of bill: facility and frequency in components of their own.
    fn bill_type(&mut self, segment: &Segment<'_>, place: &[u8], (facility, frequency): (&[u8], &[u8])) {
        self.bill_type = values::parsed(&[facility, frequency].concat());
        match self.bill_type {
            None => {
                let expected = "a facility type of two digits in CLM05-1 and a frequency in CLM05-3, such as `13:A:1`";
                self.lose(segment, (5, 0), place, expected);
            }
            Some(taken) if facility.len() != 2 => self.notes.push(Note::BillTypeInOne {
                value: Shape::Parts.shown(place),
                taken,
            }),
            Some(_) => {}
        }
        self.frequency = self.bill_type.map(Frequency::from);
    }

    /// The place of service of lines that say none.
    fn site(&mut self, segment: &Segment<'_>, facility: &[u8]) {
        self.site = values::parsed(facility);
        if self.site.is_none() && !facility.is_empty() {
            self.problem(segment, (5, 1), facility, "a place of service of two digits");
        }
    }

    /// What the claim is to an earlier one. Senders that leave it out send originals.
    fn frequency(&mut self, segment: &Segment<'_>, text: &[u8]) {
        self.frequency = match text {
            b"" => Some(Frequency::ORIGINAL),
            _ => values::parsed(text).filter(|frequency: &Frequency| frequency.is_professional()),
        };
        if self.frequency.is_none() {
            self.lose(segment, (5, 3), text, "`1` (original), `7` (replacement) or `8` (void)");
        }
    }

    pub(super) fn has_lines(&self) -> bool {
        !self.lines.is_empty()
    }

    /// Takes a segment that stands within the claim.
    pub(super) fn take(&mut self, segment: &Segment<'_>) {
        match segment.id() {
            b"LX" => self.begin_line(values::whole(segment.elements::<1>().1[0]), segment),
            b"SV1" | b"SV2" => self.service(segment),
            // What comes behind a segment that is not this claim's is neither.
            _ if self.behind.is_some() => {}
            b"DTP" => self.date(segment),
            b"NM1" => self.name(segment),
            b"HI" | b"CL1" if self.has_lines() => self.behind = Some(Place::of(segment)),
            b"HI" => self.codes(segment),
            b"REF" => self.reference(segment),
            b"CL1" => self.status(segment),
            b"SBR" => self.in_other_payer = true,
            _ => {}
        }
        if segment.is_cut {
            self.lose(segment, (0, 0), b"?", "a segment of less than a megabyte");
        }
    }

    /// REF F8: the payer's number of the claim that this one replaces or voids.
    fn reference(&mut self, segment: &Segment<'_>) {
        let (_, [qualifier, number]) = segment.elements::<2>();
        if qualifier == b"F8" && !self.has_lines() && !self.in_other_payer {
            self.original_reference = values::text(number, segment.separators).into();
        }
    }

    /// CL1: the patient's status.
    fn status(&mut self, segment: &Segment<'_>) {
        let text = segment.elements::<3>().1[2];
        // Systems that hold it as a number lose the zero.
        let padded = if text.len() == 1 && text.iter().all(u8::is_ascii_digit) {
            [b"0", text].concat()
        } else {
            text.to_vec()
        };
        self.patient_status = values::parsed(&padded);
        let value = || Shape::Short.shown(text);
        match self.patient_status {
            _ if text.is_empty() => {}
            None => self.notes.push(Note::PatientStatusLeftOut { value: value() }),
            Some(taken) if padded != text => self.notes.push(Note::PatientStatusPadded { value: value(), taken }),
            Some(_) => {}
        }
    }

    fn begin_line(&mut self, number: Option<u32>, segment: &Segment<'_>) {
        self.in_other_payer = false;
        self.note_behind();
        self.note_restart(number, segment);
        let most = self.surroundings.most_lines;
        if self.lines.len() < most {
            self.lines
                .push(LineLoop::new(number.filter(|&number| number > 0), segment.number));
        } else if !self.has_too_many_lines {
            self.has_too_many_lines = true;
            self.lose(
                segment,
                (0, 0),
                b"?",
                format!("at most {most} lines in a claim: split it"),
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
                reading.problem((0, 0), id, expected);
                None
            }
        };
        line.is_not_judged = reading.is_not_judged;
        let charge = line.service.as_ref().and_then(|service| service.charge);
        self.charged = self
            .charged
            .zip(charge)
            .and_then(|(sum, charge)| sum.checked_add(charge.cents()));
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
            is_not_judged: false,
            problems: &mut self.problems,
            notes: &mut self.notes,
        };
        (line, reading)
    }

    fn date(&mut self, segment: &Segment<'_>) {
        let qualifier = segment.elements::<1>().1[0];
        if self.has_lines() {
            if qualifier == b"472" {
                if let (Some(line), mut reading) = self.line_reading(segment) {
                    reading.date(line);
                }
            }
            // Those of a statement and of an admission are no line's.
            if matches!(qualifier, b"434" | b"435") {
                self.behind = Some(Place::of(segment));
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
            Some(line) if matches!(line.provider, Provider::NotSaid) => line.provider = provider,
            Some(line) => line.other_provider = provider,
            None => self.provider = provider,
        }
    }

    /// The codes of an HI segment: diagnoses, and condition codes of an institutional claim.
    fn codes(&mut self, segment: &Segment<'_>) {
        let Some(separators) = segment.separators else {
            return;
        };
        if self.in_other_payer {
            self.notes.push(Note::BehindOtherPayer {
                segment: segment.number,
            });
        }
        for element in split(segment.bytes, separators.element, separators.release).skip(1) {
            let mut parts = split(element, self.component, separators.release).map(<[u8]>::trim_ascii);
            let qualifier = parts.next().unwrap_or_default();
            let code = parts.next().unwrap_or_default();
            match qualifier {
                b"ABK" | b"BK" | b"ABF" | b"BF" if self.diagnoses.len() < MOST_CODES => {
                    self.diagnosis(qualifier, code);
                }
                b"BG" if self.form == FormKind::Institutional && self.condition_codes.len() < MOST_CODES => {
                    match values::parsed(code) {
                        Some(code) => self.condition_codes.push(code),
                        None => self.notes.push(Note::ConditionCodeLeftOut {
                            value: Shape::Short.shown(code),
                        }),
                    }
                }
                _ => {}
            }
        }
    }

    fn diagnosis(&mut self, qualifier: &[u8], code: &[u8]) {
        self.given_diagnoses = self.given_diagnoses.saturating_add(1);
        let Some(code) = values::parsed(code) else {
            self.notes.push(Note::DiagnosisLeftOut {
                position: self.given_diagnoses,
                value: Shape::Code.shown(code),
            });
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

    fn problem(&mut self, segment: &Segment<'_>, at: (u8, u8), value: &[u8], expected: impl Into<Cow<'static, str>>) {
        self.problems.push(ElementProblem::new(segment, at, value, expected));
    }

    /// A problem that leaves nothing of the claim.
    fn lose(&mut self, segment: &Segment<'_>, at: (u8, u8), value: &[u8], expected: impl Into<Cow<'static, str>>) {
        self.is_lost = true;
        self.problem(segment, at, value, expected);
    }
}
