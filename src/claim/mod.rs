//! A claim as it will be sent: who pays, on which form, and its lines.
//!
//! A [`Claim`] is made in one of three ways. Each checks the whole claim and reports every problem at once:
//! - with the builder, [`Claim::professional`] or [`Claim::institutional`];
//! - from JSON, [`Claim::from_json`] (feature `json`), or with serde inside something larger;
//! - from the one-line shorthand of fixtures and examples, [`Claim::from_shorthand`].
//!
//! What these check is the shape: that nothing is missing and each value can be one. Whether the claim holds up is the
//! rules' business, so that a code that does not exist or a modifier that does not apply is no error here.
//!
//! ```
//! use cleanclaim::claim::{Claim, ServiceLine};
//! use cleanclaim::model::SiteOfService;
//! use cleanclaim::{code, date, modifier};
//!
//! let claim = Claim::professional("A1")
//!     .line(
//!         ServiceLine::new(1, date!(2024, 8, 6), code!("64632"))
//!             .with_modifiers([modifier!("RT")])
//!             .at_site(SiteOfService::Office),
//!     )
//!     .build()?;
//! assert_eq!(claim, Claim::from_shorthand("#A1 medicare 2024-08-06 @11: 64632-RT")?);
//! # Ok::<(), cleanclaim::claim::ClaimError>(())
//! ```

mod builder;
mod error;
mod form;
mod from_wire;
#[cfg(feature = "json")]
mod json;
mod line;
mod shorthand;
mod to_wire;
mod wire;

use crate::model::{ConditionCode, DateRange, DiagnosisCode, Frequency, Payer, Sex, TypeOfBill};

pub use builder::{ClaimBuilder, MOST_LINES};
pub use error::{ClaimError, Problem, ProblemKind};
pub use form::{Biller, ClaimForm, FormKind, InstitutionalForm};
#[cfg(feature = "json")]
pub use json::FromJson;
pub use line::ServiceLine;

/// A claim: its identifier, payer, form, patient, diagnoses and lines.
///
/// It has at least one line, be it one that could not be read, the lines' numbers are different, every line of a professional claim has a code and a site,
/// and every line of an institutional claim a code or a revenue code. It cannot be changed, only built anew.
///
/// Serde's form is the object that [`Claim::from_json`] describes; it needs a format that describes itself, as JSON does.
/// Fields that it does not know are passed over there, as is usual in serde; `from_json` refuses them. The text
/// (`FromStr` and `Display`) is the shorthand of [`Claim::from_shorthand`].
///
/// ```
/// use cleanclaim::claim::{Claim, FormKind};
///
/// let claim: Claim = "2024-08-06 @11: 64632-RT; 64632-LT".parse()?;
/// assert_eq!(claim.form().kind(), FormKind::Professional);
/// assert_eq!(claim.lines().len(), 2);
/// # Ok::<(), cleanclaim::claim::ClaimError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Claim {
    id: Box<str>,
    payer: Payer,
    form: ClaimForm,
    patient: Patient,
    diagnoses: Vec<DiagnosisCode>,
    condition_codes: Vec<ConditionCode>,
    frequency: Frequency,
    original_reference: Option<Box<str>>,
    lines: Vec<ServiceLine>,
    unread_lines: Vec<u32>,
}

impl Claim {
    /// The claim with other lines; `None` without any, or with more than it had and a claim may have. The lines are those of
    /// this claim, changed: each is one that a claim of its form takes, and their numbers are different.
    pub(crate) fn with_lines(&self, lines: Vec<ServiceLine>) -> Option<Self> {
        let is_too_long = lines.len() > self.lines.len().max(MOST_LINES);
        let is_empty = lines.is_empty() && self.unread_lines.is_empty();
        (!is_too_long && !is_empty).then(|| Self { lines, ..self.clone() })
    }

    /// A claim of one line, for questions that the library asks itself. It cannot fail: the line is one that a claim of this
    /// form has taken, or is made from typed values.
    pub(crate) fn of_line(form: ClaimForm, payer: Payer, line: ServiceLine) -> Self {
        let frequency = form
            .as_institutional()
            .map_or_else(Frequency::default, |form| form.bill_type.into());
        let number = line.number.max(1);
        Self {
            id: "question".into(),
            payer,
            form,
            patient: Patient::default(),
            diagnoses: Vec::new(),
            condition_codes: Vec::new(),
            frequency,
            original_reference: None,
            lines: vec![ServiceLine { number, ..line }],
            unread_lines: Vec::new(),
        }
    }

    /// Begins a professional claim (CMS-1500, 837P) with this identifier.
    ///
    /// The payer is Medicare and the biller a practitioner until said otherwise.
    pub fn professional(id: impl Into<Box<str>>) -> ClaimBuilder {
        ClaimBuilder::new(
            id.into(),
            ClaimForm::Professional {
                biller: Biller::Practitioner,
            },
        )
    }

    /// Begins an institutional claim (UB-04, 837I) with this identifier, type of bill, and the dates it covers.
    ///
    /// The payer is Medicare until said otherwise.
    pub fn institutional(id: impl Into<Box<str>>, bill_type: TypeOfBill, dates: DateRange) -> ClaimBuilder {
        ClaimBuilder::new(
            id.into(),
            ClaimForm::Institutional(InstitutionalForm::new(bill_type, dates)),
        )
    }

    /// The identifier, as the sender gave it. Never empty.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Who pays.
    #[must_use]
    pub const fn payer(&self) -> &Payer {
        &self.payer
    }

    /// The form, with what only that form has.
    #[must_use]
    pub const fn form(&self) -> &ClaimForm {
        &self.form
    }

    /// The patient's age and sex, as far as the claim gives them.
    #[must_use]
    pub const fn patient(&self) -> Patient {
        self.patient
    }

    /// The diagnoses in their order; the first is the principal one.
    #[must_use]
    pub fn diagnoses(&self) -> &[DiagnosisCode] {
        &self.diagnoses
    }

    /// The condition codes; empty on a professional claim.
    #[must_use]
    pub fn condition_codes(&self) -> &[ConditionCode] {
        &self.condition_codes
    }

    /// What the claim is to an earlier one: an original, a replacement or a void. Of an institutional claim it is the last
    /// character of the type of bill.
    ///
    /// A void asks for no payment, so that no rule is evaluated on it.
    ///
    /// ```
    /// use cleanclaim::{Claim, model::Frequency};
    ///
    /// let void = Claim::from_shorthand("2024-08-06 @11 freq=8 ref=2024219000123: 64632")?;
    /// assert_eq!(void.frequency(), Frequency::VOID);
    /// assert_eq!(void.original_reference(), Some("2024219000123"));
    /// # Ok::<(), cleanclaim::claim::ClaimError>(())
    /// ```
    #[must_use]
    pub const fn frequency(&self) -> Frequency {
        self.frequency
    }

    /// The payer's control number of the earlier claim that this one replaces or voids (REF F8 of an 837).
    #[must_use]
    pub fn original_reference(&self) -> Option<&str> {
        self.original_reference.as_deref()
    }

    /// The numbers of lines that the claim has, but that could not be read: rules that compare lines are not evaluated.
    ///
    /// ```
    /// use cleanclaim::Claim;
    ///
    /// let claim = Claim::from_shorthand("2024-08-06 @11 unread=2: 64632")?;
    /// assert_eq!(claim.unread_lines(), [2]);
    /// # Ok::<(), cleanclaim::claim::ClaimError>(())
    /// ```
    #[must_use]
    pub fn unread_lines(&self) -> &[u32] {
        &self.unread_lines
    }

    /// The lines in their order; at least one, unless none could be read.
    #[must_use]
    pub fn lines(&self) -> &[ServiceLine] {
        &self.lines
    }
}

/// The patient's age and sex, which rules may ask for.
///
/// ```
/// use cleanclaim::{claim::Patient, model::Sex};
///
/// let patient = Patient::unknown().with_age(70).with_sex(Sex::Female);
/// assert_eq!(patient.age, Some(70));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub struct Patient {
    /// The age in completed years on the claim's first day.
    pub age: Option<u8>,
    /// The sex.
    pub sex: Option<Sex>,
}

impl Patient {
    /// A patient whose age and sex the claim does not give.
    #[must_use]
    pub const fn unknown() -> Self {
        Self { age: None, sex: None }
    }

    /// The same patient of this age, in completed years.
    #[must_use]
    pub const fn with_age(mut self, years: u8) -> Self {
        self.age = Some(years);
        self
    }

    /// The same patient of this sex.
    #[must_use]
    pub const fn with_sex(mut self, sex: Sex) -> Self {
        self.sex = Some(sex);
        self
    }
}
