//! What a policy can say: a closed set of typed parameters. Some rule reads each of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CodeSet, ModifierPercent};
use crate::model::modifier_groups::{
    ANAESTHESIA_PROVIDERS, ASSISTANTS, BOTH_SIDES, CO_SURGEON, COMPONENTS, DISTINCT, FACILITY_STOPPED, PHYSICAL_STATUS,
    REDUCED, RETURN, SEPARATE_VISIT, SPLIT_CARE, STOPPED, TEAM, join,
};
use crate::model::{Modifier, ModifierColumn, Percent, ProcedureCode, SiteOfService, closed_set, serde_as_text};
use crate::modifier;

closed_set! {
    what: "a set of CMS's edits";
    /// Edits of CMS that a payer may say it follows. The rules that mirror them are then evaluated on its claims.
    #[strum(serialize_all = "kebab-case")]
    #[non_exhaustive]
    pub enum CmsEdits {
        /// The NCCI pairs of procedures.
        Ptp,
        /// The medically unlikely units.
        Mue,
        /// The add-on codes.
        AddOns,
        /// The fee schedule's bilateral surgery indicator: whether modifier 50 may be used.
        BilateralIndicator,
        /// The fee schedule's assistant at surgery indicator.
        AssistantIndicator,
        /// The fee schedule's co-surgeon indicator.
        CoSurgeonIndicator,
        /// The fee schedule's team surgery indicator.
        TeamIndicator,
        /// The fee schedule's PC/TC indicator: whether 26 and TC may be used.
        PcTcIndicator,
        /// The fee schedule's global days: to which services 24, 25, 51, 54 to 57 belong.
        GlobalDays,
        /// The fee schedule's status B: what is always part of another service.
        BundledStatus,
        /// At a facility a practitioner is paid for the professional component only.
        ComponentSites,
    }
}

closed_set! {
    what: "a bilateral format";
    /// How a procedure done on both sides is billed.
    #[strum(serialize_all = "kebab-case")]
    #[non_exhaustive]
    pub enum BilateralFormat {
        /// One line with modifier 50 and one unit.
        OneLineOneUnit,
        /// One line with modifier 50 and two units.
        OneLineTwoUnits,
        /// Two lines of one unit, modifier 50 on one of them.
        FiftyOnSecondLine,
        /// Two lines of one unit, RT on one and LT on the other.
        RightAndLeftLines,
        /// The same two lines, where the sides were done in two sessions of the day.
        RightAndLeftInTwoSessions,
        /// Two lines of one unit, none of them with modifier 50.
        TwoLinesWithoutFifty,
        /// One line of two units, without modifier 50.
        TwoUnitsWithoutFifty,
    }
}

closed_set! {
    what: "a bilateral format that is denied";
    /// A way of billing both sides that a payer states it denies. Not taking a way is not yet denying it: two lines may be
    /// two services of one side.
    #[strum(serialize_all = "kebab-case")]
    #[non_exhaustive]
    pub enum DeniedFormat {
        /// Two lines, with RT and LT, or with modifier 50 on one of them.
        TwoLines,
        /// One line of two units, with RT or LT.
        TwoUnitsWithASide,
    }
}

closed_set! {
    what: "a ranking";
    /// By what procedures of one day are put in order before all but the first are reduced.
    #[strum(serialize_all = "kebab-case")]
    #[non_exhaustive]
    pub enum Ranking {
        /// The payer's allowed amount.
        Allowance,
        /// Relative value units.
        Rvu,
        /// Relative value units at a facility.
        FacilityRvu,
        /// The amount charged.
        Charge,
    }
}

closed_set! {
    what: "a kind of procedure";
    /// Services that a parameter is about, by their code's row in the fee schedule.
    #[strum(serialize_all = "kebab-case")]
    #[non_exhaustive]
    pub enum Procedures {
        /// Global days 000 and 010.
        Minor,
        /// Global days 000, 010 and 090.
        MinorAndMajor,
    }
}

closed_set! {
    what: "a position on a service";
    /// A payer's position on a service.
    #[strum(serialize_all = "kebab-case")]
    #[non_exhaustive]
    pub enum Position {
        /// Covered.
        Covered,
        /// Covered where the policy's conditions are met.
        CoveredWithConditions,
        /// Not covered.
        NotCovered,
        /// Not covered as experimental, investigational or unproven.
        Investigational,
        /// Paid with another service, never by itself.
        PaidWithAnother,
    }
}

serde_as_text!(CmsEdits, BilateralFormat, DeniedFormat, Ranking, Procedures, Position);

/// What a policy says. Each parameter that it does not name it says nothing of.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Parameters {
    /// The edits of CMS that the payer says it follows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub follows: Vec<CmsEdits>,
    /// The ways in which it takes a procedure done on both sides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bilateral_formats: Vec<BilateralFormat>,
    /// The ways that it states it denies.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bilateral_denied: Vec<DeniedFormat>,
    /// The bilateral indicators of the codes that the formats apply to; empty means indicator 1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bilateral_indicators: Vec<Box<str>>,
    /// What it pays for several procedures of one day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiple_procedures: Option<MultipleProcedures>,
    /// What it pays for a line with a modifier, of its amount without: `52 = 50`, `22 = 120`, `50 = { 1 = 150, 3 = 200 }`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub modifier_percents: BTreeMap<Modifier, ModifierPercent>,
    /// Modifiers for whose part of a service it never pays.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unpaid_modifiers: Vec<Modifier>,
    /// Modifiers with which it wants the record.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documented_modifiers: Vec<Modifier>,
    /// Modifiers that it does not take on some services.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused_modifiers: Option<RefusedModifiers>,
    /// Whether it pays two surgeons of one procedure only with modifier 62 on the lines of both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub co_surgeons_need_62: Option<bool>,
    /// Whether it pays an assistant only where the fee schedule's indicator is 2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assistant_at_indicator_2_only: Option<bool>,
    /// What it pays for a visit with modifier 25 beside a procedure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visit_reduction: Option<VisitReduction>,
    /// The services that need a modifier of side or site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anatomic_modifier: Option<AnatomicModifier>,
    /// Its position on services.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coverage: Option<CoveragePosition>,
    /// Whether services need its authorisation beforehand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prior_authorisation: Option<SiteCondition>,
    /// Whether it reviews if services had to be done where they were.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub site_review: Option<SiteCondition>,
    /// Pairs that no modifier sets aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub never_bypassed: Option<NeverBypassed>,
    /// The services that need one of some modifiers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_modifiers: Option<RequiredModifiers>,
    /// The services to which some modifiers belong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modifier_kinds: Option<ModifierKinds>,
    /// Modifiers that mean nothing where the provider bills no other service of the day.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs_other_service: Vec<Modifier>,
    /// What it pays for a service beside another of the provider's day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paid_beside: Option<PaidBeside>,
    /// Whether it denies a line with a side other than the diagnosis'.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side_must_match_diagnosis: Option<bool>,
    /// Whether it denies a line with a diagnosis of an unspecified side.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnosis_side_needed: Option<bool>,
    /// Services that it does not pay at some sites.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused_sites: Option<SiteCondition>,
    /// Where it takes services by telehealth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub telehealth_sites: Option<TelehealthSites>,
    /// The units that it adds to an anaesthesia service for the patient's physical status: `P3 = 1`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub status_units: BTreeMap<Modifier, u8>,
    /// Whether it denies a component (26, TC) beside the whole service, whoever bills it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub component_beside_whole_denied: Option<bool>,
}

/// What a payer pays for several procedures of one day and provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct MultipleProcedures {
    /// The share of the first, the second, and so on; the last applies to all that follow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub percents: Vec<Percent>,
    /// By what they are put in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ranking: Option<Ranking>,
    /// Whether further units of one line count as further procedures.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub units: bool,
    /// Whether it wants modifier 51 on all but the first.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub modifier_51: bool,
}

/// Modifiers that a payer does not take on some services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RefusedModifiers {
    /// The modifiers.
    pub modifiers: Vec<Modifier>,
    /// The services; none stands for every service.
    #[serde(default, skip_serializing_if = "CodeSet::is_empty")]
    pub codes: CodeSet,
    /// The sites; none stands for every site.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<SiteOfService>,
}

/// Services that need one of some modifiers.
///
/// ```toml
/// says.required_modifiers = { codes = ["@always-therapy"], modifiers = ["GN", "GO", "GP"], one_only = true }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RequiredModifiers {
    /// The services.
    pub codes: CodeSet,
    /// The modifiers. One of them is enough.
    pub modifiers: Vec<Modifier>,
    /// Whether one is needed at all: a policy may say that none is, or only which exclude one another.
    #[serde(default = "yes")]
    pub needed: bool,
    /// Whether a second of them on the line is denied.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub one_only: bool,
    /// Whether it stands before all other modifiers of the line.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub first: bool,
    /// A modifier that is enough on another line of the code and day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub or_beside: Option<Modifier>,
}

/// The services to which some modifiers belong: on others the payer denies them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ModifierKinds {
    /// The modifiers.
    pub modifiers: Vec<Modifier>,
    /// The services on which they may stand.
    pub codes: CodeSet,
}

/// What a payer pays for a service beside another of the same provider and day.
///
/// ```toml
/// says.paid_beside = { codes = ["99202-99215"], beside = ["99381-99397"], percent = 50, modifier = "25", denied_without = true }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PaidBeside {
    /// The services.
    pub codes: CodeSet,
    /// The services beside which that holds.
    pub beside: CodeSet,
    /// The share that is paid; 0 where it is denied.
    pub percent: Percent,
    /// The modifier with which that holds; none for whatever modifiers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub modifier: Option<Modifier>,
    /// Whether it is denied without that modifier.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub denied_without: bool,
}

/// Where a payer takes services by telehealth, told by the site (02, 10) or a modifier (95, 93, GT, GQ, FQ).
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct TelehealthSites {
    /// The sites at which it takes them; `None` if it does not say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<SiteOfService>,
    /// The sites at which it pays less for them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reduced_sites: Vec<SiteOfService>,
    /// The modifiers, one of which it wants at those sites; `None` if the site says enough.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub modifiers: Vec<Modifier>,
}

/// What a payer pays for a visit with modifier 25 on the day of a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct VisitReduction {
    /// The share of the visit's amount.
    pub percent: Percent,
    /// The procedures beside which it is reduced.
    pub procedures: Procedures,
}

/// Services that need a modifier of side or site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AnatomicModifier {
    /// The codes that the policy names.
    #[serde(default, skip_serializing_if = "CodeSet::is_empty")]
    pub codes: CodeSet,
    /// Whether every code with bilateral indicator 1 needs one.
    #[serde(default)]
    pub at_bilateral_indicator_1: bool,
    /// The modifiers; one of them is enough.
    pub modifiers: Vec<Modifier>,
}

/// A payer's position on some services.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CoveragePosition {
    /// The services.
    pub codes: CodeSet,
    /// The position.
    pub position: Position,
    /// On what it depends, in our own words, where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Box<str>>,
}

/// Services with a site-specific requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SiteCondition {
    /// The services.
    pub codes: CodeSet,
    /// The sites; empty means every site.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<SiteOfService>,
    /// The sites at which it does not ask it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except_sites: Vec<SiteOfService>,
    /// Whether it asks at all: a policy may say that it does not for these services.
    #[serde(default = "yes")]
    pub asked: bool,
}

fn yes() -> bool {
    true
}

impl SiteCondition {
    /// Whether the payer asks it of a service at a site.
    #[must_use]
    pub fn is_asked_at(&self, site: SiteOfService) -> bool {
        let named = self.sites.is_empty() || self.sites.contains(&site);
        self.asked && named && !self.except_sites.contains(&site)
    }
}

/// Pairs whose edit no modifier sets aside at a payer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct NeverBypassed {
    /// The codes; one of them is in the pair.
    pub codes: CodeSet,
    /// The codes that the other may be; empty means every code.
    #[serde(default, skip_serializing_if = "CodeSet::is_empty")]
    pub with: CodeSet,
    /// The modifiers that do not help; empty means every modifier.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modifiers: Vec<Modifier>,
}

impl NeverBypassed {
    /// Whether the policy is about the pair of two codes, in either order.
    #[must_use]
    pub fn is_about(&self, one: ProcedureCode, two: ProcedureCode) -> bool {
        let other = |code| self.with.is_empty() || self.with.contains(code);
        self.codes.contains(one) && other(two) || self.codes.contains(two) && other(one)
    }
}

/// One thing that a policy may say: what rules ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Topic {
    /// Whether the payer follows a set of CMS's edits.
    Follows(CmsEdits),
    /// [`Parameters::bilateral_formats`].
    BilateralFormats,
    /// [`Parameters::multiple_procedures`].
    MultipleProcedures,
    /// [`Parameters::modifier_percents`].
    ModifierPercents,
    /// [`Parameters::unpaid_modifiers`].
    UnpaidModifiers,
    /// [`Parameters::documented_modifiers`].
    DocumentedModifiers,
    /// [`Parameters::refused_modifiers`].
    RefusedModifiers,
    /// [`Parameters::co_surgeons_need_62`].
    CoSurgeonsNeed62,
    /// [`Parameters::assistant_at_indicator_2_only`].
    AssistantIndicator2,
    /// [`Parameters::visit_reduction`].
    VisitReduction,
    /// [`Parameters::anatomic_modifier`].
    AnatomicModifier,
    /// [`Parameters::coverage`].
    Coverage,
    /// [`Parameters::prior_authorisation`].
    PriorAuthorisation,
    /// [`Parameters::site_review`].
    SiteReview,
    /// [`Parameters::never_bypassed`].
    NeverBypassed,
    /// [`Parameters::required_modifiers`].
    RequiredModifiers,
    /// [`Parameters::modifier_kinds`].
    ModifierKinds,
    /// [`Parameters::needs_other_service`].
    NeedsOtherService,
    /// [`Parameters::paid_beside`].
    PaidBeside,
    /// [`Parameters::side_must_match_diagnosis`].
    SideMustMatchDiagnosis,
    /// [`Parameters::diagnosis_side_needed`].
    DiagnosisSideNeeded,
    /// [`Parameters::refused_sites`].
    RefusedSites,
    /// [`Parameters::telehealth_sites`].
    TelehealthSites,
    /// [`Parameters::status_units`].
    StatusUnits,
    /// [`Parameters::component_beside_whole_denied`].
    ComponentBesideWhole,
}

/// The modifiers that say how much of a service was done, by whom and how: those whose payment is each payer's own.
pub const PAYMENT_MODIFIERS: [Modifier; 24] = join(&[
    &[modifier!("22"), BOTH_SIDES, REDUCED, STOPPED],
    &SPLIT_CARE,
    &[CO_SURGEON, TEAM],
    &FACILITY_STOPPED,
    &[RETURN],
    &ASSISTANTS,
    &ANAESTHESIA_PROVIDERS,
    &[modifier!("93"), modifier!("GZ")],
]);

/// Those, and the modifiers that say that a service was distinct, a component, or not covered: those that payers refuse on
/// some services, or ask the record for.
pub const RECORD_MODIFIERS: [Modifier; 37] = join(&[
    &PAYMENT_MODIFIERS,
    &[SEPARATE_VISIT, modifier!("57")],
    &DISTINCT,
    &COMPONENTS,
    &[modifier!("23"), modifier!("GA"), modifier!("GX"), modifier!("GY")],
]);

const OWN: [Topic; 24] = [
    Topic::BilateralFormats,
    Topic::MultipleProcedures,
    Topic::ModifierPercents,
    Topic::UnpaidModifiers,
    Topic::DocumentedModifiers,
    Topic::RefusedModifiers,
    Topic::CoSurgeonsNeed62,
    Topic::AssistantIndicator2,
    Topic::VisitReduction,
    Topic::AnatomicModifier,
    Topic::Coverage,
    Topic::PriorAuthorisation,
    Topic::SiteReview,
    Topic::NeverBypassed,
    Topic::RequiredModifiers,
    Topic::ModifierKinds,
    Topic::NeedsOtherService,
    Topic::PaidBeside,
    Topic::SideMustMatchDiagnosis,
    Topic::DiagnosisSideNeeded,
    Topic::RefusedSites,
    Topic::TelehealthSites,
    Topic::StatusUnits,
    Topic::ComponentBesideWhole,
];

impl Topic {
    /// Every topic.
    pub fn all() -> impl Iterator<Item = Self> {
        let edits = CmsEdits::ALL;
        edits.iter().map(|&edits| Self::Follows(edits)).chain(OWN)
    }

    /// The modifiers that the topic is about, each asked separately; `None` if it is not about modifiers.
    #[must_use]
    pub const fn modifiers(self) -> Option<&'static [Modifier]> {
        match self {
            Self::ModifierPercents | Self::UnpaidModifiers => Some(&PAYMENT_MODIFIERS),
            Self::DocumentedModifiers | Self::RefusedModifiers | Self::ModifierKinds | Self::NeedsOtherService => {
                Some(&RECORD_MODIFIERS)
            }
            Self::StatusUnits => Some(&PHYSICAL_STATUS),
            _ => None,
        }
    }

    /// Whether policies on the topic name what they are about, so that a payer with one says nothing against any other
    /// service: what it refuses, asks for or pays less. Where a policy states a position on each service, a share for each
    /// modifier or a way of billing, what it does not name stays unknown.
    #[must_use]
    pub const fn names_all(self) -> bool {
        matches!(
            self,
            Self::UnpaidModifiers
                | Self::DocumentedModifiers
                | Self::RefusedModifiers
                | Self::RequiredModifiers
                | Self::ModifierKinds
                | Self::NeedsOtherService
                | Self::PaidBeside
                | Self::RefusedSites
        )
    }
}

/// The code and modifier a policy is asked about: the code if the topic is about codes, the modifier if it is about
/// modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub struct Asked {
    /// The code.
    pub code: Option<ProcedureCode>,
    /// The modifier.
    pub modifier: Option<Modifier>,
}

impl Asked {
    /// Of a code.
    #[must_use]
    pub const fn of_code(code: ProcedureCode) -> Self {
        Self {
            code: Some(code),
            modifier: None,
        }
    }

    /// Of a modifier on a code.
    #[must_use]
    pub const fn of_modifier(code: Option<ProcedureCode>, modifier: Modifier) -> Self {
        Self {
            code,
            modifier: Some(modifier),
        }
    }
}

impl Parameters {
    /// Whether its statements about procedures done on both sides apply to codes with this bilateral indicator in the fee
    /// schedule.
    #[must_use]
    pub fn takes_both_sides_at(&self, indicator: &str) -> bool {
        if self.bilateral_indicators.is_empty() {
            return indicator == "1";
        }
        self.bilateral_indicators.iter().any(|named| **named == *indicator)
    }

    /// Whether the policy says something on a topic.
    #[must_use]
    pub fn says(&self, topic: Topic) -> bool {
        match topic {
            Topic::Follows(edits) => self.follows.contains(&edits),
            Topic::BilateralFormats => !self.bilateral_formats.is_empty(),
            Topic::MultipleProcedures => self.multiple_procedures.is_some(),
            Topic::ModifierPercents => !self.modifier_percents.is_empty(),
            Topic::UnpaidModifiers => !self.unpaid_modifiers.is_empty(),
            Topic::DocumentedModifiers => !self.documented_modifiers.is_empty(),
            Topic::RefusedModifiers => self.refused_modifiers.is_some(),
            Topic::CoSurgeonsNeed62 => self.co_surgeons_need_62.is_some(),
            Topic::AssistantIndicator2 => self.assistant_at_indicator_2_only.is_some(),
            Topic::VisitReduction => self.visit_reduction.is_some(),
            Topic::AnatomicModifier => self.anatomic_modifier.is_some(),
            Topic::Coverage => self.coverage.is_some(),
            Topic::PriorAuthorisation => self.prior_authorisation.is_some(),
            Topic::SiteReview => self.site_review.is_some(),
            Topic::NeverBypassed => self.never_bypassed.is_some(),
            Topic::RequiredModifiers => self.required_modifiers.is_some(),
            Topic::ModifierKinds => self.modifier_kinds.is_some(),
            Topic::NeedsOtherService => !self.needs_other_service.is_empty(),
            Topic::PaidBeside => self.paid_beside.is_some(),
            Topic::SideMustMatchDiagnosis => self.side_must_match_diagnosis.is_some(),
            Topic::DiagnosisSideNeeded => self.diagnosis_side_needed.is_some(),
            Topic::RefusedSites => self.refused_sites.is_some(),
            Topic::TelehealthSites => self.telehealth_sites.is_some(),
            Topic::StatusUnits => !self.status_units.is_empty(),
            Topic::ComponentBesideWhole => self.component_beside_whole_denied.is_some(),
        }
    }

    /// The codes the policy limits this topic to; `None` if it applies to every code.
    #[must_use]
    pub fn codes(&self, topic: Topic) -> Option<&CodeSet> {
        match topic {
            Topic::Coverage => self.coverage.as_ref().map(|coverage| &coverage.codes),
            Topic::PriorAuthorisation => self.prior_authorisation.as_ref().map(|condition| &condition.codes),
            Topic::SiteReview => self.site_review.as_ref().map(|condition| &condition.codes),
            Topic::RefusedModifiers => {
                let codes = self.refused_modifiers.as_ref().map(|refused| &refused.codes);
                codes.filter(|codes| !codes.is_empty())
            }
            Topic::RequiredModifiers => self.required_modifiers.as_ref().map(|required| &required.codes),
            Topic::PaidBeside => self.paid_beside.as_ref().map(|paid| &paid.codes),
            Topic::RefusedSites => self.refused_sites.as_ref().map(|condition| &condition.codes),
            _ => None,
        }
    }

    /// Whether what the policy says on a topic names a modifier; so too where the topic is not about modifiers.
    fn names_modifier(&self, topic: Topic, modifier: Modifier) -> bool {
        match topic {
            Topic::ModifierPercents => self.modifier_percents.contains_key(&modifier),
            Topic::UnpaidModifiers => self.unpaid_modifiers.contains(&modifier),
            Topic::DocumentedModifiers => self.documented_modifiers.contains(&modifier),
            Topic::RefusedModifiers => {
                let refused = self.refused_modifiers.as_ref();
                refused.is_some_and(|refused| refused.modifiers.contains(&modifier))
            }
            Topic::ModifierKinds => {
                let kinds = self.modifier_kinds.as_ref();
                kinds.is_some_and(|kinds| kinds.modifiers.contains(&modifier))
            }
            Topic::NeedsOtherService => self.needs_other_service.contains(&modifier),
            Topic::StatusUnits => self.status_units.contains_key(&modifier),
            _ => true,
        }
    }

    /// A modifier that the policy names and that its topic is not about.
    pub(super) fn misplaced_modifier(&self) -> Option<(Topic, Modifier)> {
        let refused = self.refused_modifiers.iter().flat_map(|refused| &refused.modifiers);
        let kinds = self.modifier_kinds.iter().flat_map(|kinds| &kinds.modifiers);
        let named: [(Topic, Vec<Modifier>); 7] = [
            (
                Topic::ModifierPercents,
                self.modifier_percents.keys().copied().collect(),
            ),
            (Topic::UnpaidModifiers, self.unpaid_modifiers.clone()),
            (Topic::DocumentedModifiers, self.documented_modifiers.clone()),
            (Topic::RefusedModifiers, refused.copied().collect()),
            (Topic::ModifierKinds, kinds.copied().collect()),
            (Topic::NeedsOtherService, self.needs_other_service.clone()),
            (Topic::StatusUnits, self.status_units.keys().copied().collect()),
        ];
        named.into_iter().find_map(|(topic, modifiers)| {
            let about = topic.modifiers()?;
            let misplaced = modifiers.into_iter().find(|modifier| !about.contains(modifier))?;
            Some((topic, misplaced))
        })
    }

    /// Whether it says something that has a meaning only beside the ways in which it takes both sides.
    pub(super) fn has_bilateral_limits(&self) -> bool {
        !self.bilateral_denied.is_empty() || !self.bilateral_indicators.is_empty()
    }

    /// A bilateral indicator that the fee schedule does not print.
    pub(super) fn misplaced_indicator(&self) -> Option<&str> {
        let mut named = self.bilateral_indicators.iter().map(AsRef::as_ref);
        named.find(|indicator| !ModifierColumn::Bilateral.values().contains(indicator))
    }

    /// A word by which a percentage is given that is neither a code nor a value of its modifier's column; empty for a table
    /// that holds none.
    pub(super) fn misplaced_percent(&self) -> Option<&str> {
        let mut percents = self.modifier_percents.iter();
        percents.find_map(|(&modifier, percent)| percent.misplaced(modifier))
    }

    /// Whether the policy says something on a topic about this code and modifier.
    #[must_use]
    pub fn says_of(&self, topic: Topic, asked: Asked) -> bool {
        let names = |codes: &CodeSet| asked.code.is_some_and(|code| codes.contains(code));
        self.says(topic)
            && self.codes(topic).is_none_or(names)
            && asked
                .modifier
                .is_none_or(|modifier| self.names_modifier(topic, modifier))
    }

    /// Whether two policies answer on a topic for something that is the same.
    pub(super) fn meets(&self, other: &Self, topic: Topic) -> bool {
        let same_codes = match (self.codes(topic), other.codes(topic)) {
            (Some(one), Some(two)) => one.overlaps(two),
            _ => true,
        };
        let both_name =
            |modifier: &Modifier| self.names_modifier(topic, *modifier) && other.names_modifier(topic, *modifier);
        let same_modifier = topic
            .modifiers()
            .is_none_or(|modifiers| modifiers.iter().any(both_name));
        self.says(topic) && other.says(topic) && same_codes && same_modifier
    }
}
