use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use super::{ParseError, closed_set, serde_as_text};

closed_set! {
    what: "a rate";
    /// At which of its two rates Medicare's physician fee schedule pays at a site.
    ///
    /// ```
    /// use cleanclaim::model::{SiteOfService, SiteRate};
    ///
    /// assert_eq!(SiteOfService::Office.rate(), Some(SiteRate::NonFacility));
    /// ```
    #[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
    pub enum SiteRate {
        /// The facility is paid for its own costs, so that the practitioner is paid less.
        Facility,
        /// The practitioner's payment includes the costs of the place.
        NonFacility,
    }
}

closed_set! {
    what: "a kind of site";
    /// What a place of service is, coarsely.
    ///
    /// The grouping is this library's own and decides nothing: the rules read the code or the rate.
    ///
    /// ```
    /// use cleanclaim::model::{SiteKind, SiteOfService};
    ///
    /// assert_eq!(SiteOfService::OffCampusOutpatientHospital.kind(), Some(SiteKind::HospitalOutpatient));
    /// ```
    #[strum(serialize_all = "kebab-case", ascii_case_insensitive)]
    #[non_exhaustive]
    pub enum SiteKind {
        /// A practitioner's office.
        Office,
        /// A clinic or centre that is neither an office nor a hospital's department.
        Clinic,
        /// A hospital's outpatient department.
        HospitalOutpatient,
        /// A hospital's beds.
        HospitalInpatient,
        /// A hospital's emergency department.
        EmergencyDepartment,
        /// An ambulatory surgical centre.
        AmbulatorySurgicalCenter,
        /// The patient is elsewhere.
        Telehealth,
        /// Where the patient lives, with or without care.
        Residence,
        /// A facility that nurses or treats those who live in it.
        ResidentialFacility,
        /// An ambulance.
        Ambulance,
        /// An independent laboratory.
        Laboratory,
        /// A facility of the Indian Health Service or of a tribe.
        Tribal,
        /// Anywhere else people are: a pharmacy, a school, a workplace, the street.
        Community,
    }
}

serde_as_text!(SiteRate, SiteKind);

/// A two-digit code that is no assigned place of service, kept as it was given.
///
/// Made only by [`SiteOfService::from_number`] and by reading a text, so that an assigned code is never in it.
///
/// ```
/// use cleanclaim::model::SiteOfService;
///
/// let SiteOfService::Unassigned(site) = "98".parse()? else { panic!("98 is assigned") };
/// assert_eq!(site.number(), 98);
/// # Ok::<(), cleanclaim::model::ParseError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnassignedSite(u8);

impl UnassignedSite {
    /// The number that the two digits write, 0 to 99.
    #[must_use]
    pub const fn number(self) -> u8 {
        self.0
    }
}

/// The two digits of every number below 100, one after the other.
const CODES: &str = "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051\
                     52535455565758596061626364656667686970717273747576777879808182838485868788899091929394959697\
                     9899";

const FACILITY: Option<SiteRate> = Some(SiteRate::Facility);
const NON_FACILITY: Option<SiteRate> = Some(SiteRate::NonFacility);
const NO_RATE: Option<SiteRate> = None;

macro_rules! places_of_service {
    ($($number:literal $site:ident $rate:ident $kind:ident $name:literal)+) => {
        /// A place of service of the CMS set, the site of a professional claim's line.
        ///
        /// The text is the two-digit code. A code that is not assigned is kept as [`Unassigned`](Self::Unassigned): that is
        /// a finding on a claim, not a claim lost. Ordered by the code. The names are in our own words.
        ///
        /// "Pain clinic" is not a place of service: it is 11 if it is a practice's office, 49 if it is an independent
        /// clinic, 19 or 22 if it is a hospital's department. Reading it by that name gives an error that says so.
        ///
        /// Sources: the codes and what they are, CMS's place of service code set, and Medicare Claims Processing Manual,
        /// chapter 26, section 10.5; the rates, the same, chapter 12, section 20.4.2. Unverified: that 05 to 08 and 18 have
        /// no rate (one secondary source has 05, 07 and 18 at the non-facility rate and 06 and 08 at the facility rate),
        /// and 66, said to have been added in 2024, whose rate is not known to us and given as none.
        ///
        /// ```
        /// use cleanclaim::model::{SiteOfService, SiteRate};
        ///
        /// let site: SiteOfService = "22".parse()?;
        /// assert_eq!(site, SiteOfService::OnCampusOutpatientHospital);
        /// assert!(site.is_hospital_outpatient());
        /// assert_eq!(site.rate(), Some(SiteRate::Facility));
        /// assert!("pain clinic".parse::<SiteOfService>().unwrap_err().to_string().contains("49"));
        /// # Ok::<(), cleanclaim::model::ParseError>(())
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum SiteOfService {
            $(
                #[doc = concat!($name, " (", stringify!($number), ").")]
                $site,
            )+
            /// A two-digit code that is not assigned.
            Unassigned(UnassignedSite),
        }

        impl SiteOfService {
            /// The assigned places of service in the order of their codes.
            pub const ALL: &'static [Self] = &[$(Self::$site),+];

            /// The place of service whose two digits write this number, or `None` if it has more digits than that.
            #[must_use]
            pub const fn from_number(number: u8) -> Option<Self> {
                Some(match number {
                    $($number => Self::$site,)+
                    100.. => return None,
                    _ => Self::Unassigned(UnassignedSite(number)),
                })
            }

            /// The number that the two digits of the code write, 0 to 99.
            #[must_use]
            pub const fn number(self) -> u8 {
                match self {
                    $(Self::$site => $number,)+
                    Self::Unassigned(site) => site.0,
                }
            }

            /// At which rate Medicare's physician fee schedule pays there; `None` if it sets none for the place, or none is
            /// known to us (see the type's sources), or the code is not assigned.
            #[must_use]
            pub const fn rate(self) -> Option<SiteRate> {
                match self {
                    $(Self::$site => $rate,)+
                    Self::Unassigned(_) => NO_RATE,
                }
            }

            /// What the place is, coarsely, or `None` if the code is not assigned.
            #[must_use]
            pub const fn kind(self) -> Option<SiteKind> {
                match self {
                    $(Self::$site => Some(SiteKind::$kind),)+
                    Self::Unassigned(_) => None,
                }
            }

            /// A short name in our own words; `unassigned` if the code is not assigned.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$site => $name,)+
                    Self::Unassigned(_) => "unassigned",
                }
            }
        }
    };
}

places_of_service! {
     1 Pharmacy                         NON_FACILITY Community                "pharmacy"
     2 TelehealthElsewhere              FACILITY     Telehealth               "telehealth, patient not at home"
     3 School                           NON_FACILITY Community                "school"
     4 HomelessShelter                  NON_FACILITY Community                "homeless shelter"
     5 IndianHealthServiceFreeStanding  NO_RATE      Tribal                   "Indian Health Service, free-standing"
     6 IndianHealthServiceProviderBased NO_RATE      Tribal                   "Indian Health Service, provider-based"
     7 TribalFreeStanding               NO_RATE      Tribal                   "tribal facility, free-standing"
     8 TribalProviderBased              NO_RATE      Tribal                   "tribal facility, provider-based"
     9 Prison                           NON_FACILITY Community                "prison"
    10 TelehealthHome                   NON_FACILITY Telehealth               "telehealth, patient at home"
    11 Office                           NON_FACILITY Office                   "office"
    12 Home                             NON_FACILITY Residence                "home"
    13 AssistedLiving                   NON_FACILITY Residence                "assisted living"
    14 GroupHome                        NON_FACILITY Residence                "group home"
    15 MobileUnit                       NON_FACILITY Community                "mobile unit"
    16 TemporaryLodging                 NON_FACILITY Residence                "temporary lodging"
    17 WalkInRetailClinic               NON_FACILITY Clinic                   "walk-in retail clinic"
    18 Worksite                         NO_RATE      Community                "worksite"
    19 OffCampusOutpatientHospital      FACILITY     HospitalOutpatient       "off-campus outpatient hospital"
    20 UrgentCare                       NON_FACILITY Clinic                   "urgent care"
    21 InpatientHospital                FACILITY     HospitalInpatient        "inpatient hospital"
    22 OnCampusOutpatientHospital       FACILITY     HospitalOutpatient       "on-campus outpatient hospital"
    23 EmergencyDepartment              FACILITY     EmergencyDepartment      "emergency department"
    24 AmbulatorySurgicalCenter         FACILITY     AmbulatorySurgicalCenter "ambulatory surgical centre"
    25 BirthingCenter                   NON_FACILITY Clinic                   "birthing centre"
    26 MilitaryTreatmentFacility        FACILITY     Clinic                   "military treatment facility"
    27 OutreachSite                     NON_FACILITY Community                "outreach site or street"
    31 SkilledNursingFacility           FACILITY     ResidentialFacility      "skilled nursing facility"
    32 NursingFacility                  NON_FACILITY ResidentialFacility      "nursing facility"
    33 CustodialCareFacility            NON_FACILITY ResidentialFacility      "custodial care facility"
    34 Hospice                          FACILITY     ResidentialFacility      "hospice"
    41 LandAmbulance                    FACILITY     Ambulance                "ambulance on land"
    42 AirOrWaterAmbulance              FACILITY     Ambulance                "ambulance by air or water"
    49 IndependentClinic                NON_FACILITY Clinic                   "independent clinic"
    50 FederallyQualifiedHealthCenter   NON_FACILITY Clinic                   "federally qualified health centre"
    51 InpatientPsychiatricFacility     FACILITY     HospitalInpatient        "inpatient psychiatric facility"
    52 PsychiatricPartialHospital       FACILITY     Clinic                   "psychiatric partial hospitalisation"
    53 CommunityMentalHealthCenter      FACILITY     Clinic                   "community mental health centre"
    54 IntermediateCareFacility         NON_FACILITY ResidentialFacility      "intermediate care, intellectual disabilities"
    55 ResidentialSubstanceUseFacility  NON_FACILITY ResidentialFacility      "residential substance use treatment"
    56 PsychiatricResidentialCenter     FACILITY     ResidentialFacility      "psychiatric residential treatment"
    57 SubstanceUseTreatmentFacility    NON_FACILITY Clinic                   "non-residential substance use treatment"
    58 OpioidTreatmentProgram           NON_FACILITY Clinic                   "non-residential opioid treatment"
    60 MassImmunizationCenter           NON_FACILITY Community                "mass immunisation centre"
    61 InpatientRehabilitationFacility  FACILITY     HospitalInpatient        "inpatient rehabilitation facility"
    62 OutpatientRehabilitationFacility NON_FACILITY Clinic                   "comprehensive outpatient rehabilitation"
    65 DialysisFacility                 NON_FACILITY Clinic                   "end-stage renal disease treatment"
    66 PaceCenter                       NO_RATE      Clinic                   "all-inclusive care for the elderly (PACE) centre"
    71 PublicHealthClinic               NON_FACILITY Clinic                   "public health clinic"
    72 RuralHealthClinic                NON_FACILITY Clinic                   "rural health clinic"
    81 IndependentLaboratory            NON_FACILITY Laboratory               "independent laboratory"
    99 OtherPlace                       NON_FACILITY Community                "other place"
}

impl SiteOfService {
    /// The two-digit code.
    #[must_use]
    pub fn code(self) -> &'static str {
        let start = 2 * usize::from(self.number());
        CODES.get(start..start + 2).unwrap_or_default()
    }

    /// Whether the code is an assigned place of service.
    #[must_use]
    pub const fn is_assigned(self) -> bool {
        !matches!(self, Self::Unassigned(_))
    }

    /// Whether this is a hospital's outpatient department: 19 or 22.
    #[must_use]
    pub const fn is_hospital_outpatient(self) -> bool {
        matches!(
            self,
            Self::OffCampusOutpatientHospital | Self::OnCampusOutpatientHospital
        )
    }

    /// Whether this is an ambulatory surgical centre: 24.
    #[must_use]
    pub const fn is_ambulatory_surgical_center(self) -> bool {
        matches!(self, Self::AmbulatorySurgicalCenter)
    }
}

impl PartialOrd for SiteOfService {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SiteOfService {
    fn cmp(&self, other: &Self) -> Ordering {
        self.number().cmp(&other.number())
    }
}

impl Hash for SiteOfService {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.number().hash(state);
    }
}

impl FromStr for SiteOfService {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        let number = match *text.as_bytes() {
            [tens @ b'0'..=b'9', ones @ b'0'..=b'9'] => Some(10 * (tens - b'0') + (ones - b'0')),
            _ => None,
        };
        number.and_then(Self::from_number).ok_or_else(|| {
            let expected = if means_pain_clinic(text) {
                "11 (physician's office), 49 (independent clinic), or 19 or 22 (hospital outpatient department off or on \
                 campus): a pain clinic is billed as what it is"
            } else {
                "a two-digit place of service code, such as `11`"
            };
            ParseError::new("a place of service", text, expected)
        })
    }
}

/// Whether the text speaks of a pain clinic or pain centre, however it is spelt.
fn means_pain_clinic(text: &str) -> bool {
    let letters: String = text
        .chars()
        .filter(char::is_ascii_alphabetic)
        .collect::<String>()
        .to_ascii_lowercase();
    letters.contains("pain")
        && ["clinic", "center", "centre"]
            .iter()
            .any(|place| letters.contains(place))
}

impl fmt::Display for SiteOfService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

serde_as_text!(SiteOfService);
