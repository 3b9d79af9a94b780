//! What comes out for a line: an amount, or why there is none.

use crate::evaluation::Reason;
use crate::model::{Measure, Modifier, Money, SiteOfService};
use crate::reference::{Component, Gap, Locality, Reference, StatusCode, Table};

/// What comes out for a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// Medicare's allowed amount.
    Amount(Money),
    /// The line has no separate payment.
    NotPaid(NotPaid),
    /// The contractor sets the amount from the report.
    ByReport(ByReport),
    /// The amount is not known here.
    NotPriced(Unpriced),
}

/// Why a line has no separate payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotPaid {
    /// The fee schedule's status code says so.
    Status(StatusCode),
    /// A code of status T beside another service of the day.
    BesideOther {
        /// The other line's number.
        line: u32,
    },
    /// The fee schedule has no row of the component that the modifier asks for.
    NoComponent(Component),
    /// The code has no rate in a facility (NA).
    NoFacilityRate,
    /// An assistant at surgery is not paid for the code.
    Assistant,
    /// Two surgeons are not paid for the code.
    CoSurgeon,
    /// A team is not paid for the code.
    Team,
    /// The code has no post-operative period that care could be split from.
    NoSplitCare,
    /// The base of an endoscopy family beside an endoscopy of that family.
    IncludedInEndoscopy {
        /// The other line's number.
        line: u32,
    },
    /// The sender says that Medicare does not cover the service (GY), or that it will be denied (GZ).
    ExpectedDenial(Modifier),
    /// The ASC addenda exclude the code, or list it in neither AA nor BB.
    NotOnAscList,
    /// Its payment is packaged into that of other services; the payment indicator or status indicator.
    Packaged([u8; 2]),
    /// The ASC's payment indicator says that no payment is made.
    AscIndicator([u8; 2]),
}

/// Why the contractor sets the amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ByReport {
    /// The code is contractor-priced: status C, or restricted and without relative values.
    ContractorPriced,
    /// The service was reduced (52).
    Reduced,
    /// The procedure was stopped (53), and the code has no row for that.
    Stopped,
    /// A team of surgeons (66).
    Team,
    /// The sixth procedure of a session, or a later one.
    AfterFifthProcedure,
    /// The ASC's payment indicator has no national rate.
    AscIndicator([u8; 2]),
}

/// Why the amount of a line is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unpriced {
    /// A table does not answer.
    Table(Gap),
    /// A table answers, and does not list the code.
    NotListed(Table),
    /// The payer is not Medicare, and no fee schedule of the payer is known.
    NoPolicyKnown,
    /// The line has no procedure.
    NoCode,
    /// The line's days lie in different releases, or nobody knows which procedures share each of its days.
    SeveralDays,
    /// The amount depends on another line, and that one is not priced.
    OtherLine {
        /// The other line's number.
        line: u32,
    },
    /// No rate of the fee schedule is known for the site.
    Site(SiteOfService),
    /// An anaesthesia service: base units are not among the tables.
    Anesthesia,
    /// The table of geographic indices does not list the locality.
    UnknownLocality(Locality),
    /// No conversion factor of the program is known for the year.
    NoConversionFactor(i32),
    /// Two modifiers of the line exclude each other.
    Conflict(Modifier, Modifier),
    /// The modifier changes the amount by a rule that this library does not have.
    Modifier(Modifier),
    /// The modifier is for the claims of other billers: a facility's on a practitioner's claim, or the reverse.
    OutOfPlace(Modifier),
    /// The quantity counts no units of service.
    Measure(Measure),
    /// The charge is below nothing.
    NegativeCharge,
    /// The share of the code's technical component is not published in a row of the code.
    ComponentUnknown,
    /// A device-intensive procedure that was stopped: the share of the device is not among the tables.
    DevicePortion,
    /// The addendum has no rate for the code.
    NoAscRate([u8; 2]),
    /// A hospital's line: its classification is known, rates are not among the tables.
    Outpatient {
        /// The OPPS status indicator.
        status: [u8; 2],
        /// The ambulatory payment classification; 0 where there is none.
        apc: u16,
    },
    /// A claim of another institutional type.
    OtherBillType,
}

/// What an amount depends on beyond the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Condition {
    /// Status R: only where the contractor covers the service.
    RestrictedCoverage,
    /// Status T: only where nothing else of the day is paid to the provider.
    NothingElseThatDay,
    /// Non-facility NA: outside a facility the facility's rate is paid, where the contractor finds that the service can be
    /// done there.
    FacilityRateElsewhere,
    /// An assistant at surgery with indicator 0: only where shown to be medically necessary.
    AssistantNeedsDocumentation,
    /// Two surgeons with indicator 1: only where shown to be necessary.
    CoSurgeonNeedsDocumentation,
    /// Modifier 22: a higher amount is set by report.
    UnusualWork,
    /// Several units, or two sides paid in full, of a service that is reduced beside others: those of a line are not
    /// compared with each other.
    UnitsNotRanked,
    /// Several units of an ASC's procedure: each is taken for a procedure of its own, by a text that was not read.
    UnitsAreProcedures,
    /// Modifier 55: divided by days where post-operative care was shared.
    SharedByDays,
    /// Modifier 56 is seldom used with Medicare, which pays pre-operative care with the operation.
    PreoperativeAlone,
    /// An ASC's national rate, before the wage index of its area.
    BeforeWageIndex,
}

impl NotPaid {
    /// The reason in words.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::Status(status) => format!("status {status}: {}", of_status(status)),
            Self::BesideOther { line } => {
                format!("status T: paid only where nothing else of the day is, and line {line} is")
            }
            Self::NoComponent(component) => format!("the fee schedule has no {} component of the code", of(component)),
            Self::NoFacilityRate => {
                "no facility rate (NA): in a facility only a professional component, if the code has one (26), is paid \
                 to the practitioner"
                    .to_owned()
            }
            Self::Assistant => "an assistant at surgery is not paid for the code".to_owned(),
            Self::CoSurgeon => "two surgeons are not paid for the code".to_owned(),
            Self::Team => "a surgical team is not paid for the code".to_owned(),
            Self::NoSplitCare => "the code has no period of 10 or 90 days whose care could be split".to_owned(),
            Self::IncludedInEndoscopy { line } => {
                format!("the base of an endoscopy family: included in the endoscopy on line {line}")
            }
            Self::ExpectedDenial(modifier) => format!("modifier {modifier}: billed to be denied"),
            Self::NotOnAscList => "not paid to ambulatory surgical centres".to_owned(),
            Self::Packaged(indicator) => format!(
                "packaged into the payment of other services (indicator {})",
                indicator_text(&indicator)
            ),
            Self::AscIndicator(indicator) => format!(
                "payment indicator {}: {}",
                indicator_text(&indicator),
                without_payment(&indicator)
            ),
        }
    }
}

/// Why an ASC is paid nothing for a code of this payment indicator.
fn without_payment(indicator: &[u8; 2]) -> &'static str {
    match indicator {
        b"K5" => "neither a price nor claims to set one from, so that no payment is made",
        b"D1" => "an ancillary dental service, for which no separate payment is made",
        b"D5" => "a deleted code, with which a line is not processed",
        b"B5" => "another code may be the one to use; with this one a line is not processed",
        _ => "not paid to ambulatory surgical centres",
    }
}

fn of(component: Component) -> &'static str {
    match component {
        Component::Global => "whole",
        Component::Professional => "professional",
        Component::Technical => "technical",
        Component::Discontinued => "stopped",
    }
}

fn of_status(status: StatusCode) -> &'static str {
    match status {
        StatusCode::Bundled => "always bundled into other services",
        StatusCode::BundledOrExcluded => "bundled where incident to another service, else excluded",
        StatusCode::NotValidForMedicare => "not valid for Medicare, which uses another code",
        StatusCode::NotCovered => "not covered by Medicare",
        StatusCode::NotPhysicianService => "not a physician's service by statute",
        StatusCode::ExcludedByRegulation => "excluded from the fee schedule by regulation",
        StatusCode::MeasurementOnly => "for measurement and reporting only",
        StatusCode::Active
        | StatusCode::ContractorPriced
        | StatusCode::Anesthesia
        | StatusCode::Restricted
        | StatusCode::InjectionLike => "paid otherwise",
    }
}

/// A padded indicator as text.
pub(super) fn indicator_text(indicator: &[u8; 2]) -> &str {
    std::str::from_utf8(indicator).unwrap_or_default().trim_end()
}

impl ByReport {
    /// The reason in words.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::ContractorPriced => "the contractor prices the code".to_owned(),
            Self::Reduced => "a reduced service (52) is priced by report, at most as the whole".to_owned(),
            Self::Stopped => "a stopped procedure (53) is priced by report, at most as the whole".to_owned(),
            Self::Team => "a surgical team (66) is priced by report".to_owned(),
            Self::AfterFifthProcedure => {
                "the sixth procedure of a session and later ones are priced by report".to_owned()
            }
            Self::AscIndicator(indicator) => format!(
                "payment indicator {} has no national rate: the contractor prices it",
                indicator_text(&indicator)
            ),
        }
    }
}

impl Unpriced {
    /// The reason in words, with the names of the releases.
    #[must_use]
    pub fn text(self, reference: &Reference) -> String {
        match self {
            Self::Table(gap) => Reason::Table(gap).text(reference),
            Self::NotListed(table) => format!("the code is not listed in {}", table.title()),
            Self::NoPolicyKnown => {
                "no fee schedule of this payer is known; Medicare's amounts are not assumed to be its own".to_owned()
            }
            Self::NoCode => "the line has no procedure code".to_owned(),
            Self::SeveralDays => "the line, or one that it is ranked with, covers several days".to_owned(),
            Self::OtherLine { line } => {
                format!("the amount depends on line {line}, whose own amount is not known here")
            }
            Self::Site(site) => format!("no rate of the fee schedule is known for site {site}"),
            Self::Anesthesia => {
                "an anaesthesia service: its base units are not in the published files that are read".to_owned()
            }
            Self::UnknownLocality(locality) => {
                format!("`{locality}` is no locality of the {}", Table::Gpci.title())
            }
            Self::NoConversionFactor(year) => {
                format!(
                    "no conversion factor of this program is known for {year}: load the other file, or ask for the other program"
                )
            }
            Self::Conflict(one, other) => format!("{one} and {other} exclude each other"),
            Self::Modifier(modifier) => {
                format!("modifier {modifier} changes the amount by a rule that this library does not have")
            }
            Self::OutOfPlace(modifier) => format!("modifier {modifier} does not belong on this biller's claim"),
            Self::Measure(measure) => format!("the quantity counts {measure}, not units of service"),
            Self::NegativeCharge => "the charge is below nothing".to_owned(),
            Self::ComponentUnknown => {
                "the reduction is on the technical component, whose share no row of the code states".to_owned()
            }
            Self::DevicePortion => {
                "device-intensive and stopped: the device's share is not in the published files that are read"
                    .to_owned()
            }
            Self::NoAscRate(indicator) => format!(
                "the ASC addendum has no rate for payment indicator {}",
                indicator_text(&indicator)
            ),
            Self::Outpatient { status, apc: 0 } => format!(
                "OPPS status indicator {}, no APC; OPPS rates are not in the published files that are read",
                indicator_text(&status)
            ),
            Self::Outpatient { status, apc } => format!(
                "OPPS status indicator {}, APC {apc}; OPPS rates are not in the published files that are read",
                indicator_text(&status)
            ),
            Self::OtherBillType => "bills of this type are not priced".to_owned(),
        }
    }
}

impl Condition {
    /// The condition in words.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::RestrictedCoverage => "status R: only where the contractor covers the service",
            Self::NothingElseThatDay => "status T: only where nothing else is paid to the provider for the day",
            Self::FacilityRateElsewhere => {
                "no non-facility rate (NA): the facility's is paid where the contractor finds that the service can be \
                 done there"
            }
            Self::AssistantNeedsDocumentation => {
                "assistant at surgery indicator 0: paid only where shown to be medically necessary"
            }
            Self::CoSurgeonNeedsDocumentation => {
                "co-surgeon indicator 1: paid only where two surgeons are shown to be necessary"
            }
            Self::UnusualWork => "modifier 22: a higher amount is by report",
            Self::UnitsNotRanked => {
                "several units or sides: whether those of a line after the first are reduced is not settled by the \
                 sources read"
            }
            Self::UnitsAreProcedures => {
                "several units: each is taken for a procedure of its own, as two lines would be (UNVERIFIED)"
            }
            Self::SharedByDays => "modifier 55: divided by days where others shared the post-operative care",
            Self::PreoperativeAlone => {
                "modifier 56: Medicare pays pre-operative care with the operation and seldom alone (UNVERIFIED)"
            }
            Self::BeforeWageIndex => "the national rate, before the wage index of the centre's area",
        }
    }
}
