//! The kinds of service, and sets of them.

use std::fmt;

use crate::model::{ParseError, closed_set};

closed_set! {
    what: "a kind of service";
    /// A kind of service. A code has any number of them on a date: a visit to an office is a `visit` and an `office-new`
    /// visit and may be one by `telehealth`.
    #[derive(strum::FromRepr)]
    #[strum(serialize_all = "kebab-case")]
    #[repr(u8)]
    #[non_exhaustive]
    pub enum ServiceKind {
        /// Any visit: the narrower kinds of visits have this one too.
        Visit,
        /// A visit of a new patient to an office or outpatient department.
        OfficeNew,
        /// A visit of an established patient to an office or outpatient department.
        OfficeEstablished,
        /// A consultation.
        Consultation,
        /// A visit to an inpatient, from 2023 also to a patient under observation.
        HospitalVisit,
        /// A visit to a patient under observation.
        ObservationVisit,
        /// A visit to an emergency department.
        EmergencyVisit,
        /// Critical care.
        CriticalCare,
        /// A visit in a nursing facility.
        NursingFacilityVisit,
        /// A visit to a home or residence, before 2023 also to a domiciliary.
        HomeVisit,
        /// A preventive visit, by age.
        PreventiveVisit,
        /// An eye examination.
        EyeVisit,
        /// Medicare's own preventive visits.
        WellnessVisit,
        /// Management of care, advice and remote monitoring, which are no visits.
        CareManagement,
        /// Anaesthesia.
        Anaesthesia,
        /// A procedure.
        Procedure,
        /// No global days but the day itself: `000`.
        #[strum(serialize = "global-0")]
        Global0,
        /// Ten global days: `010`.
        #[strum(serialize = "global-10")]
        Global10,
        /// Ninety global days: `090`.
        #[strum(serialize = "global-90")]
        Global90,
        /// An add-on by its global days, `ZZZ`.
        AddOn,
        /// Maternity care, `MMM`.
        Maternity,
        /// Global days that the contractor sets, `YYY`.
        GlobalByContractor,
        /// Radiology.
        Radiology,
        /// A laboratory test; pathology is one too.
        Laboratory,
        /// Pathology: a code of the laboratory section that the fee schedule pays.
        Pathology,
        /// A diagnostic test that is neither radiology nor laboratory.
        Test,
        /// A service of CPT's section of medicine.
        Medicine,
        /// Psychiatric and behavioural care.
        Behavioural,
        /// Therapy whoever gives it.
        TherapyAlways,
        /// Therapy where a therapist gives it.
        TherapySometimes,
        /// Chiropractic manipulation.
        Chiropractic,
        /// Teaching of patients, nutrition therapy among it.
        Education,
        /// Administration of a drug: injection, infusion, immunotherapy.
        DrugAdministration,
        /// A vaccine.
        Vaccine,
        /// Administration of a vaccine.
        VaccineAdministration,
        /// A drug or biological.
        Drug,
        /// A substitute for skin.
        SkinSubstitute,
        /// A blood product.
        Blood,
        /// Equipment, a prosthesis, an orthosis or a supply.
        Dmepos,
        /// Oxygen and its equipment.
        Oxygen,
        /// A dressing of a wound.
        WoundDressing,
        /// A prosthesis of the leg.
        LegProsthesis,
        /// An orthosis.
        Orthosis,
        /// A cast, a splint, or what they are made of.
        CastSupply,
        /// An ambulance's service.
        Ambulance,
        /// Transport other than by ambulance.
        Transport,
        /// Taking or handling a specimen.
        SpecimenCollection,
        /// A service that may be given by telehealth.
        Telehealth,
        /// A preventive service of Medicare's.
        Preventive,
        /// Dialysis.
        Dialysis,
        /// A measure that is reported and not paid.
        Measure,
        /// A dentist's service.
        Dental,
        /// A service of a state's programme.
        StateProgramme,
        /// A service that private payers made a code for.
        PrivatePayer,
        /// New technology, CPT's category III.
        NewTechnology,
        /// What only a hospital bills.
        HospitalOnly,
        /// A service that the physician fee schedule pays by its own values or by the contractor's.
        FeeSchedule,
        /// An X-ray picture that may be on film.
        FilmXRay,
        /// A picture by computed tomography.
        CtScan,
        /// A service in which a colorectal screening may end.
        Colorectal,
        /// A service on an eyelid.
        Eyelid,
        /// A service on a toe.
        Toe,
        /// A service on a finger.
        Finger,
        /// A service on a coronary artery.
        Coronary,
        /// A visit that a resident may give alone in a clinic with the primary care exception.
        PrimaryCareException,
        /// Routine care of feet.
        RoutineFootCare,
        /// Positron emission tomography.
        Pet,
        /// Mammography.
        Mammography,
        /// Portable X-ray: its transport and setting up.
        PortableXRay,
        /// A test of hearing or balance.
        Audiology,
    }
}

impl ServiceKind {
    /// The kind in a sentence: `nursing facility visit`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Dmepos => "equipment or supply".to_owned(),
            Self::Global0 => "procedure with 0 global days".to_owned(),
            Self::Global10 => "procedure with 10 global days".to_owned(),
            Self::Global90 => "procedure with 90 global days".to_owned(),
            Self::FeeSchedule => "service of the fee schedule".to_owned(),
            Self::Laboratory => "laboratory test".to_owned(),
            Self::TherapyAlways => "therapy".to_owned(),
            Self::TherapySometimes => "therapy by a therapist".to_owned(),
            Self::AddOn => "add-on".to_owned(),
            Self::Toe | Self::Finger | Self::Eyelid | Self::Coronary => format!("{} service", self.as_str()),
            _ => self.as_str().replace('-', " "),
        }
    }

    /// Whether the kind says how a service is paid or reported, and not what it is.
    #[must_use]
    pub fn is_way_of_payment(self) -> bool {
        matches!(
            self,
            Self::Global0
                | Self::Global10
                | Self::Global90
                | Self::AddOn
                | Self::Maternity
                | Self::GlobalByContractor
                | Self::Telehealth
                | Self::Preventive
                | Self::HospitalOnly
                | Self::FeeSchedule
        )
    }

    /// The kind that a table writes as `text`.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        text.parse().map_err(|error: ParseError| error.expected().to_owned())
    }
}

/// A set of kinds of service, a bit each.
///
/// ```
/// use cleanclaim::kinds::{ServiceKind, ServiceKinds};
///
/// let kinds = ServiceKinds::of(&[ServiceKind::Visit, ServiceKind::OfficeNew]);
/// assert!(kinds.has(ServiceKind::Visit));
/// assert!(!kinds.has_any_of(ServiceKinds::of(&[ServiceKind::Drug])));
/// assert_eq!(kinds.to_string(), "visit office-new");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ServiceKinds(u128);

impl ServiceKinds {
    /// No kind.
    pub const NONE: Self = Self(0);

    /// Every kind.
    pub const ALL: Self = Self(u128::MAX);

    /// These kinds.
    #[must_use]
    pub const fn of(kinds: &[ServiceKind]) -> Self {
        let mut set = Self::NONE;
        let mut rest = kinds;
        while let [kind, after @ ..] = rest {
            set = set.with(*kind);
            rest = after;
        }
        set
    }

    /// The same set with one kind more.
    #[must_use]
    pub const fn with(self, kind: ServiceKind) -> Self {
        Self(self.0 | 1 << kind as u8)
    }

    /// The kinds of both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The kinds that both sets have.
    #[must_use]
    #[inline]
    pub const fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether the kind is one of them.
    #[must_use]
    #[inline]
    pub const fn has(self, kind: ServiceKind) -> bool {
        self.0 >> kind as u8 & 1 == 1
    }

    /// Whether one of the other set's kinds is one of them.
    #[must_use]
    #[inline]
    pub const fn has_any_of(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is none.
    #[must_use]
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The kinds, in the order of [`ServiceKind::ALL`].
    pub fn iter(self) -> impl Iterator<Item = ServiceKind> {
        ServiceKind::ALL.iter().copied().filter(move |&kind| self.has(kind))
    }
}

impl FromIterator<ServiceKind> for ServiceKinds {
    fn from_iter<I: IntoIterator<Item = ServiceKind>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Display for ServiceKinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, kind) in self.iter().enumerate() {
            if place > 0 {
                f.write_str(" ")?;
            }
            f.write_str(kind.as_str())?;
        }
        Ok(())
    }
}
