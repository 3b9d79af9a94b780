//! The fee schedule amount of a row: relative values by geographic indices, by the conversion factor.
//!
//! Rounded once, at the end, half a cent up: computed so, the national and local amounts equal those that CMS publishes.

use crate::model::{Money, ProcedureCode, ServiceDate, SiteRate};
use crate::reference::{Component, FeeScheduleRow, FeeValues, InRelease, Lookup, Reference, ReleaseId};

use super::cents::{divided, money};
use super::outcome::Unpriced;
use super::step::{FeeTerms, Indices};
use super::terms::{Program, Terms};

/// What one unit of a line's row is paid, and the parts of that amount that some rules reduce.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fees {
    pub(super) row: FeeScheduleRow,
    pub(super) terms: FeeTerms,
    pub(super) amount: Money,
    /// The practice expense alone.
    pub(super) practice_expense: Money,
    /// The technical component, and the most that may be paid for it; `None` if no row states it.
    pub(super) technical: Option<Technical>,
    /// The professional component; `None` if no row states it.
    pub(super) professional: Option<Money>,
}

/// The technical component of a row's amount.
#[derive(Clone, Copy, Debug)]
pub(super) struct Technical {
    pub(super) amount: Money,
    pub(super) cap: Option<Money>,
}

/// Where and when amounts are looked up.
pub(super) struct Schedule<'r> {
    pub(super) reference: &'r Reference,
    pub(super) terms: &'r Terms,
    pub(super) date: ServiceDate,
    pub(super) rate: SiteRate,
}

impl Schedule<'_> {
    /// The row of a code and component; `None` if the schedule answers and does not list it.
    pub(super) fn row(
        &self,
        code: ProcedureCode,
        component: Component,
    ) -> Result<Option<InRelease<FeeScheduleRow>>, Unpriced> {
        match self
            .reference
            .fee_schedule(code, component, self.date, self.terms.stale)
        {
            Lookup::Found(found) => Ok(Some(found)),
            Lookup::NotListed => Ok(None),
            Lookup::NotCovered(gap) => Err(Unpriced::Table(gap)),
        }
    }

    /// What a row is paid at this site's rate.
    pub(super) fn fees(&self, found: InRelease<FeeScheduleRow>) -> Result<Fees, Unpriced> {
        let (indices, indices_release) = self.indices()?;
        let values = &found.row.values;
        let terms = FeeTerms {
            release: found.release,
            component: found.row.indicators.component,
            rate: self.rate,
            work: values.work,
            practice_expense: practice_expense(values, self.rate),
            malpractice: values.malpractice,
            indices,
            indices_release,
            conversion_factor: self.factor(found)?,
        };
        let code = found.row.code;
        let part = |component| -> Result<Option<(FeeTerms, FeeScheduleRow)>, Unpriced> {
            Ok(self.row(code, component)?.map(|found| {
                let values = &found.row.values;
                let part = FeeTerms {
                    component,
                    work: values.work,
                    practice_expense: practice_expense(values, self.rate),
                    malpractice: values.malpractice,
                    ..terms
                };
                (part, found.row)
            }))
        };
        let (technical, professional) = match Parts::of(&found.row) {
            // A share is known only where the rows state both.
            Parts::Both => part(Component::Technical)?.zip(part(Component::Professional)?).unzip(),
            Parts::Technical => (Some((terms, found.row)), None),
            Parts::Professional => (None, Some((terms, found.row))),
            Parts::Unknown => (None, None),
        };
        Ok(Fees {
            row: found.row,
            terms,
            amount: amount(&terms),
            practice_expense: amount(&FeeTerms {
                work: 0,
                malpractice: 0,
                ..terms
            }),
            technical: technical.map(|(terms, row)| Technical {
                amount: amount(&terms),
                cap: cap(&terms, &row.values),
            }),
            professional: professional.map(|(terms, _)| amount(&terms)),
        })
    }

    fn indices(&self) -> Result<(Indices, Option<ReleaseId>), Unpriced> {
        let Some(locality) = self.terms.locality else {
            return Ok((Indices::NATION, None));
        };
        match self.reference.gpci(locality, self.date, self.terms.stale) {
            Lookup::Found(found) => {
                let row = found.row;
                let indices = Indices::new(row.work, row.practice_expense, row.malpractice);
                Ok((indices, Some(found.release)))
            }
            Lookup::NotListed => Err(Unpriced::UnknownLocality(locality)),
            Lookup::NotCovered(gap) => Err(Unpriced::Table(gap)),
        }
    }

    /// The conversion factor of the program: the file's own, or the other one of the year. A packed reference keeps one
    /// of the two files; they differ in nothing else.
    fn factor(&self, found: InRelease<FeeScheduleRow>) -> Result<u32, Unpriced> {
        let year = self.date.year();
        let name = self.reference.release(found.release).map(|release| &release.name);
        let of_file = if name.is_some_and(|name| name.ends_with("QPP") && !name.ends_with("nonQPP")) {
            Program::Qualifying
        } else {
            Program::NotQualifying
        };
        if year < FIRST_YEAR_OF_TWO_FACTORS || of_file == self.terms.program {
            return Ok(found.row.values.conversion_factor);
        }
        let of_year = FACTORS.iter().find(|(of, _, _)| *of == year);
        let factor = of_year.map(|&(_, not_qualifying, qualifying)| match self.terms.program {
            Program::NotQualifying => not_qualifying,
            Program::Qualifying => qualifying,
        });
        factor.ok_or(Unpriced::NoConversionFactor(year))
    }
}

const FIRST_YEAR_OF_TWO_FACTORS: i32 = 2026;

/// The conversion factors of a year, in ten-thousandths of a dollar: of all others, and of qualifying participants.
/// Source: CMS, PFS Relative Value Files of 2026, nonQPP and QPP.
const FACTORS: &[(i32, u32, u32)] = &[(2026, 334_009, 335_675)];

/// Which components a row's amount holds.
enum Parts {
    Both,
    Technical,
    Professional,
    Unknown,
}

impl Parts {
    fn of(row: &FeeScheduleRow) -> Self {
        use crate::reference::PcTc;
        match (row.indicators.component, row.indicators.pc_tc) {
            (Component::Technical, _) | (_, PcTc::TechnicalOnly) => Self::Technical,
            (Component::Professional, _) | (_, PcTc::ProfessionalOnly) => Self::Professional,
            (Component::Global, PcTc::BothComponents) => Self::Both,
            _ => Self::Unknown,
        }
    }
}

fn practice_expense(values: &FeeValues, rate: SiteRate) -> u32 {
    match rate {
        SiteRate::Facility => values.facility_practice_expense,
        SiteRate::NonFacility => values.nonfacility_practice_expense,
    }
}

/// Hundredths of a relative value by thousandths of an index by ten-thousandths of a dollar, in a cent.
const A_CENT: u128 = 10_000_000;

fn amount(terms: &FeeTerms) -> Money {
    let part = |value: u32, index: u16| u128::from(value) * u128::from(index);
    let sum = part(terms.work, terms.indices.work)
        + part(terms.practice_expense, terms.indices.practice_expense)
        + part(terms.malpractice, terms.indices.malpractice);
    money(divided(sum * u128::from(terms.conversion_factor), A_CENT))
}

/// The outpatient hospital's amount for a technical component; `None` if the file states none.
fn cap(terms: &FeeTerms, values: &FeeValues) -> Option<Money> {
    let practice_expense = match terms.rate {
        SiteRate::Facility => values.opps_facility_practice_expense,
        SiteRate::NonFacility => values.opps_nonfacility_practice_expense,
    };
    let capped = FeeTerms {
        work: 0,
        practice_expense,
        malpractice: values.opps_malpractice,
        ..*terms
    };
    (practice_expense > 0).then(|| amount(&capped))
}
