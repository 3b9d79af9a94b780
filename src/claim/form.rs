use crate::model::{DateRange, PatientStatus, TypeOfBill, closed_set, serde_as_text};

/// The form of a claim, with the fields that only that form has.
///
/// ```
/// use cleanclaim::claim::{Biller, Claim, ClaimForm};
///
/// let claim = Claim::from_shorthand("asc 2024-08-06 @24: 64632-RT")?;
/// assert_eq!(claim.form(), &ClaimForm::Professional { biller: Biller::Asc });
/// # Ok::<(), cleanclaim::claim::ClaimError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ClaimForm {
    /// CMS-1500 or 837P.
    Professional {
        /// Who bills.
        biller: Biller,
    },
    /// UB-04 or 837I.
    Institutional(InstitutionalForm),
}

impl ClaimForm {
    /// Which form it is, without its particulars.
    #[must_use]
    pub const fn kind(&self) -> FormKind {
        match self {
            Self::Professional { .. } => FormKind::Professional,
            Self::Institutional(_) => FormKind::Institutional,
        }
    }

    /// Who bills a professional claim; `None` for an institutional one.
    #[must_use]
    pub const fn biller(&self) -> Option<Biller> {
        match self {
            Self::Professional { biller } => Some(*biller),
            Self::Institutional(_) => None,
        }
    }

    /// The particulars of an institutional claim; `None` for a professional one.
    #[must_use]
    pub const fn as_institutional(&self) -> Option<&InstitutionalForm> {
        match self {
            Self::Professional { .. } => None,
            Self::Institutional(form) => Some(form),
        }
    }
}

closed_set! {
    what: "a form";
    /// Which form a claim is on.
    ///
    /// ```
    /// use cleanclaim::claim::FormKind;
    ///
    /// assert_eq!("institutional".parse::<FormKind>()?, FormKind::Institutional);
    /// # Ok::<(), cleanclaim::model::ParseError>(())
    /// ```
    #[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
    pub enum FormKind {
        /// CMS-1500 or 837P.
        Professional,
        /// UB-04 or 837I.
        Institutional,
    }
}

closed_set! {
    what: "a biller";
    /// Who bills a professional claim.
    ///
    /// ```
    /// use cleanclaim::claim::Biller;
    ///
    /// assert_eq!(Biller::Asc.to_string(), "asc");
    /// ```
    #[derive(Default)]
    #[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
    #[non_exhaustive]
    pub enum Biller {
        /// A physician or another practitioner, for the professional service.
        #[default]
        Practitioner,
        /// An ambulatory surgical centre, for the use of the facility.
        Asc,
        /// A supplier of durable medical equipment, prosthetics, orthotics and supplies (DMEPOS), for the items.
        Supplier,
    }
}

serde_as_text!(FormKind, Biller);

/// What only an institutional claim has.
///
/// ```
/// use cleanclaim::claim::InstitutionalForm;
/// use cleanclaim::{date, model::DateRange};
///
/// let form = InstitutionalForm::new("131".parse()?, DateRange::single(date!(2025, 10, 6)))
///     .with_patient_status("01".parse()?);
/// assert!(form.bill_type.is_hospital_outpatient());
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct InstitutionalForm {
    /// The type of bill.
    pub bill_type: TypeOfBill,
    /// The days the statement covers, from and through.
    pub dates: DateRange,
    /// The patient's discharge status.
    pub patient_status: Option<PatientStatus>,
}

impl InstitutionalForm {
    /// A bill of this type for these days, without a patient status.
    #[must_use]
    pub const fn new(bill_type: TypeOfBill, dates: DateRange) -> Self {
        Self {
            bill_type,
            dates,
            patient_status: None,
        }
    }

    /// The same with this patient status.
    #[must_use]
    pub const fn with_patient_status(mut self, status: PatientStatus) -> Self {
        self.patient_status = Some(status);
        self
    }
}
