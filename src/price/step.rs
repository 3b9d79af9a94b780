//! One step of a price: what was applied, and the amount after it.

use crate::evaluation::Citation;
use crate::model::{Modifier, Money, Percent, ProcedureCode, SiteRate, Units, fixed};
use crate::reference::{Component, Reference, ReleaseId};

use super::outcome::indicator_text;

/// One step of a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Step {
    /// What was applied.
    pub kind: StepKind,
    /// The line's amount after the step, rounded to the cent.
    pub amount: Money,
}

/// The geographic indices of a locality, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Indices {
    /// Work, with the floor of 1.0.
    pub work: u16,
    /// Practice expense.
    pub practice_expense: u16,
    /// Malpractice.
    pub malpractice: u16,
}

impl Indices {
    /// Those of the nation: 1.
    pub(super) const NATION: Self = Self {
        work: 1_000,
        practice_expense: 1_000,
        malpractice: 1_000,
    };

    pub(super) fn new(work: u16, practice_expense: u16, malpractice: u16) -> Self {
        Self {
            work,
            practice_expense,
            malpractice,
        }
    }
}

/// What a fee schedule amount is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FeeTerms {
    /// The fee schedule's release.
    pub release: ReleaseId,
    /// The row's component.
    pub component: Component,
    /// The rate of the site.
    pub rate: SiteRate,
    /// Work relative value, hundredths.
    pub work: u32,
    /// Practice expense relative value at that rate, hundredths.
    pub practice_expense: u32,
    /// Malpractice relative value, hundredths.
    pub malpractice: u32,
    /// The geographic indices.
    pub indices: Indices,
    /// The release of the indices; `None` for national amounts.
    pub indices_release: Option<ReleaseId>,
    /// Dollars a relative value unit, ten-thousandths.
    pub conversion_factor: u32,
}

/// What a step applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StepKind {
    /// The fee schedule amount of one unit.
    FeeSchedule(FeeTerms),
    /// The ASC rate of one unit, and its payment indicator.
    AscRate {
        /// The release of the addenda.
        release: ReleaseId,
        /// The payment indicator.
        indicator: [u8; 2],
    },
    /// Both sides (50).
    BothSides(Percent),
    /// Both sides, reported as two units.
    TwoUnits(Percent),
    /// The second side, on a line of its own.
    SecondSide {
        /// The line of the first side.
        line: u32,
        /// Its share.
        share: Percent,
    },
    /// What the amount of the other side, on a line of its own, is above that line's charge.
    RestOfOtherSide {
        /// The line of the other side.
        line: u32,
        /// What is added.
        more: Money,
    },
    /// The units of service.
    Units(Units),
    /// Less the base of its endoscopy family.
    LessEndoscopyBase {
        /// The base code.
        base: ProcedureCode,
        /// Its amount.
        amount: Money,
    },
    /// The rank among the procedures of the session.
    Rank {
        /// The rank, from 1.
        rank: u8,
        /// Its share.
        share: Percent,
    },
    /// The technical component beside others of its kind.
    TechnicalReduction {
        /// What is paid of the component.
        share: Percent,
        /// What is taken off.
        less: Money,
    },
    /// The professional component beside others of its kind.
    ProfessionalReduction {
        /// What is paid of the component.
        share: Percent,
        /// What is taken off.
        less: Money,
    },
    /// The practice expense of the therapy units after the day's highest.
    TherapyReduction {
        /// What is taken off.
        less: Money,
    },
    /// Not more than the hospital outpatient amount of the technical component.
    OppsCap {
        /// What is taken off.
        less: Money,
    },
    /// The part of the surgical care that the modifier names.
    Care {
        /// The modifier: 54, 55, 56 or 78.
        modifier: Modifier,
        /// Its share.
        share: Percent,
    },
    /// Each of two surgeons (62).
    CoSurgeon,
    /// An assistant at surgery: a physician (80, 81, 82), or another practitioner (AS).
    Assistant {
        /// The modifier.
        modifier: Modifier,
        /// The share.
        share: Percent,
    },
    /// The provider does not participate.
    NonParticipating,
    /// The ASC's procedure was stopped (73, 74).
    AscStopped {
        /// The modifier.
        modifier: Modifier,
        /// Its share.
        share: Percent,
    },
    /// The rank among the ASC's discounted procedures of the day.
    AscDiscount {
        /// The rank, from 1.
        rank: u8,
        /// Its share.
        share: Percent,
    },
    /// The units of an ASC's procedure that is discounted, after the first.
    AscFurtherUnits {
        /// The share of each.
        share: Percent,
        /// What is taken off.
        less: Money,
    },
    /// Not more than the charge.
    Charge(Money),
}

/// What each of two surgeons is paid.
pub(super) const CO_SURGEON: Percent = Percent::from_hundredths(6_250);
/// The share that a provider who does not participate is paid.
pub(super) const NON_PARTICIPATING: Percent = Percent::whole(95);
/// What that provider may charge the patient of it.
pub(super) const LIMITING_CHARGE: Percent = Percent::whole(115);

const MANUAL: &str = "CMS, Medicare Claims Processing Manual, chapter 12";
const ASC_MANUAL: &str = "CMS, Medicare Claims Processing Manual, chapter 14";
const FILE: &str = "CMS, PFS Relative Value File documentation";

impl StepKind {
    /// The step in words.
    #[must_use]
    pub fn text(self, reference: &Reference) -> String {
        match self {
            Self::FeeSchedule(terms) => fee_text(terms, reference),
            Self::AscRate { release, indicator } => format!(
                "ASC rate, payment indicator {} ({})",
                indicator_text(&indicator),
                named(release, reference)
            ),
            Self::BothSides(share) => format!("both sides (50): {share} percent"),
            Self::TwoUnits(share) => format!("both sides (2 units): {share} percent of one"),
            Self::SecondSide { line, share } => format!("the other side of line {line}: {share} percent"),
            Self::RestOfOtherSide { line, more } => {
                format!("both sides are compared with both charges: {more} of line {line} that its charge left out")
            }
            Self::Units(units) => format!("{units} units"),
            Self::LessEndoscopyBase { base, amount } => format!("less the family's base endoscopy {base}: {amount}"),
            Self::Rank { rank, share } => format!("procedure {rank} of the session: {share} percent"),
            Self::TechnicalReduction { share, less } => {
                format!("technical component beside others: {share} percent of it, {less} less")
            }
            Self::ProfessionalReduction { share, less } => {
                format!("professional component beside others: {share} percent of it, {less} less")
            }
            Self::TherapyReduction { less } => {
                format!("practice expense of therapy after the day's highest: 50 percent of it, {less} less")
            }
            Self::OppsCap { less } => format!("technical component at most the outpatient hospital's: {less} less"),
            Self::Care { modifier, share } => format!("{} ({modifier}): {share} percent", care(modifier)),
            Self::CoSurgeon => format!("one of two surgeons (62): {} percent", CO_SURGEON),
            Self::Assistant { modifier, share } => format!("assistant at surgery ({modifier}): {share} percent"),
            Self::NonParticipating => format!("does not participate: {NON_PARTICIPATING} percent"),
            Self::AscStopped { modifier, share } => {
                format!("stopped {} ({modifier}): {share} percent", stopped(modifier))
            }
            Self::AscDiscount { rank, share } => format!("procedure {rank} of the centre's day: {share} percent"),
            Self::AscFurtherUnits { share, less } => {
                format!("each unit after the first as a procedure of its own: {share} percent, {less} less")
            }
            Self::Charge(charge) => format!("not more than the charge of {charge}"),
        }
    }

    /// Where the step is written down.
    #[must_use]
    pub fn source(self) -> Citation {
        match self {
            Self::FeeSchedule(_) => Citation::new(FILE, "relative values, conversion factor; addendum E, GPCI"),
            Self::AscRate { .. } => {
                Citation::new("CMS, ASC Approved HCPCS Codes and Payment Rates", "addenda AA and BB")
            }
            Self::BothSides(_) | Self::TwoUnits(_) | Self::SecondSide { .. } | Self::RestOfOtherSide { .. } => {
                Citation::new(FILE, "bilateral surgery indicator")
            }
            Self::Units(_) => Citation::unverified(MANUAL, "section 20.1"),
            Self::LessEndoscopyBase { .. } => {
                Citation::new(FILE, "multiple procedure indicator 3, endoscopic base code")
            }
            Self::Rank { .. } => Citation::new(FILE, "multiple procedure indicator"),
            Self::TechnicalReduction { .. } => Citation::new(FILE, "multiple procedure indicators 4, 6 and 7"),
            Self::ProfessionalReduction { .. } => Citation::new(
                "CMS, change request 9647",
                "95 percent of the professional component from 2017-01-01",
            ),
            Self::TherapyReduction { .. } => Citation::new(FILE, "multiple procedure indicator 5"),
            Self::OppsCap { .. } => Citation::new(
                "Deficit Reduction Act of 2005",
                "section 5102(b); values of the PFS Relative Value File, compared after the reduction",
            ),
            Self::Care { .. } => {
                Citation::unverified(MANUAL, "section 40.4; percentages of the PFS Relative Value File")
            }
            Self::CoSurgeon => Citation::new("Noridian, co-surgeons, article 10534", "62.5 percent each"),
            Self::Assistant { .. } => Citation::unverified(MANUAL, "sections 20.4.3 and 110.2"),
            Self::NonParticipating => Citation::unverified("Social Security Act", "section 1848(a)(3)"),
            Self::AscDiscount { .. } => Citation::new(
                "CMS, ASC Approved HCPCS Codes and Payment Rates",
                "addendum AA, subject to multiple procedure discounting",
            ),
            Self::AscFurtherUnits { .. } => Citation::unverified(ASC_MANUAL, "section 40.5"),
            Self::AscStopped { .. } => Citation::new(
                "Novitas and Palmetto GBA, terminated ASC procedures",
                "half before anaesthesia, in full after it",
            ),
            Self::Charge(_) => Citation::unverified("42 CFR", "414.21, the lesser of the charge and the fee"),
        }
    }
}

fn named(release: ReleaseId, reference: &Reference) -> String {
    reference.release(release).map_or_else(String::new, |release| {
        format!("{} {}", release.table.title(), release.name)
    })
}

fn fee_text(terms: FeeTerms, reference: &Reference) -> String {
    let component = match terms.component.modifier() {
        None => String::new(),
        Some(modifier) => format!(", row {modifier}"),
    };
    let local = terms.indices_release.is_some();
    let part = |value: u32, index: u16| {
        if local {
            format!("{} x {}", fixed::text(value, 2), fixed::text(index, 3))
        } else {
            fixed::text(value, 2)
        }
    };
    format!(
        "{} rate{component}: ({} work + {} practice expense + {} malpractice) x {} ({})",
        terms.rate,
        part(terms.work, terms.indices.work),
        part(terms.practice_expense, terms.indices.practice_expense),
        part(terms.malpractice, terms.indices.malpractice),
        fixed::text(terms.conversion_factor, 4),
        named(terms.release, reference),
    )
}

fn care(modifier: Modifier) -> &'static str {
    match modifier.as_str() {
        "54" => "the operation and the care before it",
        "55" => "the care after the operation",
        "56" => "the care before the operation",
        _ => "return to the operating room, the operation alone",
    }
}

fn stopped(modifier: Modifier) -> &'static str {
    if modifier.as_str() == "73" {
        "before anaesthesia"
    } else {
        "after anaesthesia"
    }
}
