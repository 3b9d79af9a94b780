use std::collections::BTreeSet;

use super::{Biller, Claim, ClaimError, ClaimForm, FormKind, Patient, Problem, ProblemKind, ServiceLine};
use crate::model::{
    ConditionCode, DateRange, DiagnosisCode, Frequency, Npi, PatientStatus, Payer, ServiceDate, SiteOfService,
};

/// A claim in the making, from [`Claim::professional`] or [`Claim::institutional`].
///
/// ```
/// use cleanclaim::claim::{Claim, ServiceLine};
/// use cleanclaim::model::{PayerName, SiteOfService};
/// use cleanclaim::{code, date};
///
/// let claim = Claim::professional("A1")
///     .payer(PayerName::Aetna)
///     .site(SiteOfService::Office)
///     .line(ServiceLine::new(0, date!(2024, 8, 6), code!("64632")))
///     .build()?;
/// assert_eq!(claim.lines()[0].number, 1);
/// assert_eq!(claim.lines()[0].site, Some(SiteOfService::Office));
/// # Ok::<(), cleanclaim::claim::ClaimError>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a claim is only there once it is built"]
pub struct ClaimBuilder {
    id: Box<str>,
    payer: Payer,
    /// `None` if a problem says why it is not known.
    kind: Option<FormKind>,
    /// `None` if a problem says why it is not known.
    form: Option<ClaimForm>,
    patient: Patient,
    diagnoses: Vec<DiagnosisCode>,
    condition_codes: Vec<ConditionCode>,
    /// As it was given; `None` if it was not.
    frequency: Option<Frequency>,
    original_reference: Option<Box<str>>,
    unread_lines: Vec<u32>,
    site: Option<SiteOfService>,
    provider: Option<Npi>,
    lines: Vec<ServiceLine>,
    most_lines: usize,
    problems: Vec<Problem>,
}

/// How many lines a claim may have unless more are allowed: as many as the guides of the 837 give an institutional claim. A
/// professional claim has at most 50 there.
///
/// ```
/// use cleanclaim::Claim;
/// use cleanclaim::claim::{MOST_LINES, ServiceLine};
/// use cleanclaim::model::SiteOfService;
/// use cleanclaim::{code, date};
///
/// let line = ServiceLine::new(0, date!(2024, 8, 6), code!("64632"));
/// let claim = Claim::professional("A1").site(SiteOfService::Office).lines(vec![line; MOST_LINES + 1]);
/// let error = claim.clone().build().unwrap_err();
/// assert_eq!(error.to_string(), "claim `A1`: lines `1000` is not valid: expected at most 999 of them; send the rest as another claim");
/// assert!(claim.most_lines(1_000).build().is_ok());
/// ```
pub const MOST_LINES: usize = 999;

/// The field of a problem with a line that could not be read at all.
pub(super) const LINE: &str = "line";

impl ClaimBuilder {
    pub(super) fn new(id: Box<str>, form: ClaimForm) -> Self {
        Self::unfinished(id, Some(form.kind())).form(form)
    }

    /// A claim whose form, or the form's own fields, are not known yet. If that does not change,
    /// a [`problem`](Self::problem) must say why.
    pub(super) const fn unfinished(id: Box<str>, kind: Option<FormKind>) -> Self {
        Self {
            id,
            payer: Payer::medicare(),
            kind,
            form: None,
            patient: Patient::unknown(),
            diagnoses: Vec::new(),
            condition_codes: Vec::new(),
            frequency: None,
            original_reference: None,
            unread_lines: Vec::new(),
            site: None,
            provider: None,
            lines: Vec::new(),
            most_lines: MOST_LINES,
            problems: Vec::new(),
        }
    }

    pub(super) const fn form(mut self, form: ClaimForm) -> Self {
        self.form = Some(form);
        self
    }

    /// The days of the lines that give none: those that an institutional claim covers. On a professional claim each line
    /// must give its own.
    pub(super) const fn statement_dates(&self) -> Option<DateRange> {
        match (self.kind, &self.form) {
            (Some(FormKind::Professional), _) => None,
            (_, Some(ClaimForm::Institutional(form))) => Some(form.dates),
            // A problem says why the days are not known; no line needs to say it again.
            _ => Some(DateRange::single(ServiceDate::MIN)),
        }
    }

    /// Sets who pays.
    pub fn payer(mut self, payer: impl Into<Payer>) -> Self {
        self.payer = payer.into();
        self
    }

    /// Sets who bills. Only a professional claim has it; on another it is a problem.
    pub fn biller(mut self, biller: Biller) -> Self {
        match &mut self.form {
            Some(ClaimForm::Professional { biller: current }) => *current = biller,
            _ => {
                self.problems
                    .push(misplaced(None, "biller", biller.to_string(), FormKind::Professional));
            }
        }
        self
    }

    /// Sets the patient's discharge status. Only an institutional claim has it; on another it is a problem.
    pub fn patient_status(mut self, status: PatientStatus) -> Self {
        match &mut self.form {
            Some(ClaimForm::Institutional(form)) => form.patient_status = Some(status),
            _ => {
                self.problems.push(misplaced(
                    None,
                    "patient_status",
                    status.as_str(),
                    FormKind::Institutional,
                ));
            }
        }
        self
    }

    /// Sets the patient's age and sex, as far as they are known.
    pub const fn patient(mut self, patient: Patient) -> Self {
        self.patient = patient;
        self
    }

    /// Adds diagnoses in their order, the principal one first.
    pub fn diagnoses(mut self, diagnoses: impl IntoIterator<Item = DiagnosisCode>) -> Self {
        self.diagnoses.extend(diagnoses);
        self
    }

    /// Adds condition codes. Only an institutional claim has them; on another they are a problem.
    pub fn condition_codes(mut self, codes: impl IntoIterator<Item = ConditionCode>) -> Self {
        self.condition_codes.extend(codes);
        self
    }

    /// Sets what the claim is to an earlier one. Without it a professional claim is an original. An institutional claim says
    /// it in its type of bill; another is a problem.
    pub const fn frequency(mut self, frequency: Frequency) -> Self {
        self.frequency = Some(frequency);
        self
    }

    /// Sets the payer's control number of the claim that this one replaces or voids; an empty one is none.
    pub fn original_reference(mut self, number: impl Into<Box<str>>) -> Self {
        self.original_reference = Some(number.into()).filter(|number| !number.is_empty());
        self
    }

    /// Adds the numbers of lines that the claim has, but that could not be read.
    pub fn unread_lines(mut self, numbers: impl IntoIterator<Item = u32>) -> Self {
        self.unread_lines.extend(numbers);
        self
    }

    /// Sets the place of service of the lines that give none. Only a professional claim has it.
    pub const fn site(mut self, site: SiteOfService) -> Self {
        self.site = Some(site);
        self
    }

    /// Sets the rendering provider of the lines that give none.
    pub const fn provider(mut self, provider: Npi) -> Self {
        self.provider = Some(provider);
        self
    }

    /// Adds a line.
    pub fn line(mut self, line: ServiceLine) -> Self {
        self.lines.push(line);
        self
    }

    /// Adds lines.
    pub fn lines(mut self, lines: impl IntoIterator<Item = ServiceLine>) -> Self {
        self.lines.extend(lines);
        self
    }

    /// Sets how many lines the claim may have, which otherwise is [`MOST_LINES`]. The time of an evaluation may grow with the
    /// square of the lines of one provider and day.
    pub const fn most_lines(mut self, most: usize) -> Self {
        self.most_lines = most;
        self
    }

    /// Finishes the claim: numbers the lines that have no number by their position, gives them the claim's site and
    /// provider where they have none, and checks the whole.
    ///
    /// # Errors
    /// Every problem there is: no identifier, no line or too many, a number that two lines have, a professional line without code or
    /// site, an institutional line without code and revenue code, a frequency that the form does not have, or a field that
    /// does not belong on the form.
    pub fn build(mut self) -> Result<Claim, ClaimError> {
        self.complete_lines();
        self.check();
        let frequency = self.frequency.or(self.frequency_of_form()).unwrap_or_default();
        let Self {
            id,
            payer,
            form,
            patient,
            diagnoses,
            condition_codes,
            original_reference,
            unread_lines,
            lines,
            mut problems,
            ..
        } = self;
        if let (Some(form), []) = (form, problems.as_slice()) {
            return Ok(Claim {
                id,
                payer,
                form,
                patient,
                diagnoses,
                condition_codes,
                frequency,
                original_reference,
                lines,
                unread_lines,
            });
        }
        // Those of the whole claim first, then line by line; within a line as they were found.
        problems.sort_by_key(|problem| problem.line);
        Err(ClaimError::new(Some(id).filter(|id| !id.is_empty()), problems))
    }

    /// Adds a problem that was met in reading the claim, which [`build`](Self::build) will report.
    pub(super) fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// The frequency that the type of bill says.
    fn frequency_of_form(&self) -> Option<Frequency> {
        let form = self.form.as_ref()?.as_institutional()?;
        Some(form.bill_type.into())
    }

    fn check_frequency(&self) -> Option<Problem> {
        let given = self.frequency?;
        let expected = match (self.kind?, self.frequency_of_form()) {
            (FormKind::Professional, _) if !given.is_professional() => {
                "`1` (original), `7` (replacement) or `8` (void)".to_owned()
            }
            (FormKind::Institutional, Some(said)) if said != given => {
                format!("`{said}`, as the type of bill says, or none")
            }
            _ => return None,
        };
        Some(Problem::invalid(None, "frequency", given.to_string(), expected))
    }

    fn complete_lines(&mut self) {
        for (number, line) in (1..).zip(&mut self.lines) {
            if line.number == 0 {
                line.number = number;
            }
            line.site = line.site.or(self.site);
            line.provider = line.provider.or(self.provider);
        }
    }

    fn check(&mut self) {
        let count = self.lines.len() + self.unread_lines.len();
        if count > self.most_lines {
            // Of lines that are too many not each is worth a word.
            self.problems.retain(|problem| problem.line.is_none());
            self.problems.push(too_many_lines(count, self.most_lines));
            return;
        }
        let mut found = Vec::new();
        if self.id.is_empty() {
            found.push(Problem::missing(None, "id", "a text that tells this claim from others"));
        }
        if self.lines.is_empty() && self.unread_lines.is_empty() {
            found.push(Problem::missing(None, "lines", "at least one line"));
        }
        if let (Some(FormKind::Professional), false) = (self.kind, self.condition_codes.is_empty()) {
            let codes: Vec<&str> = self.condition_codes.iter().map(ConditionCode::as_str).collect();
            found.push(misplaced(
                None,
                "condition_codes",
                codes.join(","),
                FormKind::Institutional,
            ));
        }
        found.extend(self.check_frequency());
        found.extend(repeated_numbers(&self.lines, &self.unread_lines));
        let wrong = self.wrong_fields();
        let lines = self.lines.iter();
        for line in lines.filter(|line| !wrong.contains(&(Some(line.number), LINE))) {
            match self.kind {
                Some(FormKind::Professional) => check_professional(line, &mut found),
                Some(FormKind::Institutional) => check_institutional(line, &mut found),
                None => {}
            }
        }
        // A value that could not be read, on the line or for the whole claim, is not missing as well.
        found.retain(|problem| {
            let field = problem.field.as_str();
            !wrong.contains(&(problem.line, field)) && !wrong.contains(&(None, field))
        });
        self.problems.append(&mut found);
    }

    /// The fields whose values are known to be wrong, with their lines.
    fn wrong_fields(&self) -> BTreeSet<(Option<u32>, &str)> {
        let known = self.problems.iter();
        known
            .filter(|problem| problem.kind != ProblemKind::UnknownField)
            .map(|problem| (problem.line, problem.field.as_str()))
            .collect()
    }
}

/// The problem of a claim with more lines than it may have.
pub(super) fn too_many_lines(count: usize, most: usize) -> Problem {
    let expected = format!("at most {most} of them; send the rest as another claim");
    Problem::invalid(None, "lines", count.to_string(), expected)
}

/// The numbers that occur more than once among the lines and those that could not be read.
fn repeated_numbers(lines: &[ServiceLine], unread: &[u32]) -> Vec<Problem> {
    let read = lines.iter().map(|line| line.number);
    let mut numbers: Vec<u32> = read.chain(unread.iter().copied()).collect();
    numbers.sort_unstable();
    let mut repeated: Vec<u32> = numbers
        .windows(2)
        .filter_map(|pair| match *pair {
            [one, two] if one == two => Some(one),
            _ => None,
        })
        .collect();
    repeated.dedup();
    repeated
        .into_iter()
        .map(|number| {
            Problem::invalid(
                Some(number),
                "number",
                number.to_string(),
                "a number that no other line of the claim has",
            )
        })
        .collect()
}

fn check_professional(line: &ServiceLine, found: &mut Vec<Problem>) {
    let number = Some(line.number);
    if line.code.is_none() {
        found.push(Problem::missing(
            number,
            "code",
            "the procedure code, as every professional line has one",
        ));
    }
    if line.site.is_none() {
        found.push(Problem::missing(
            number,
            "site",
            "a two-digit place of service code, on the line or for the claim",
        ));
    }
    if let Some(code) = line.revenue_code {
        found.push(misplaced(
            number,
            "revenue_code",
            code.to_string(),
            FormKind::Institutional,
        ));
    }
}

fn check_institutional(line: &ServiceLine, found: &mut Vec<Problem>) {
    let number = Some(line.number);
    if line.code.is_none() && (line.revenue_code.is_none() || !line.modifiers.is_empty()) {
        found.push(Problem::missing(
            number,
            "code",
            "a procedure code, or a revenue code and no modifier",
        ));
    }
    if let Some(site) = line.site {
        found.push(misplaced(number, "site", site.code(), FormKind::Professional));
    }
}

/// A field that only claims of the other form have.
pub(super) fn misplaced(
    line: Option<u32>,
    field: &'static str,
    value: impl Into<String>,
    only_on: FormKind,
) -> Problem {
    let expected = match (field, only_on) {
        ("site", _) => "none: the site of an institutional claim follows from its type of bill",
        (_, FormKind::Professional) => "none: only a professional claim has it",
        (_, FormKind::Institutional) => "none: only an institutional claim has it",
    };
    Problem::invalid(line, field, value, expected)
}
