//! The page for a code: everything that the loaded tables and the rules say about it on a date.

mod add_ons;
mod changes;
mod descriptions;
mod indicators;
mod meanings;
mod pairs;
mod payers;
mod sites;
mod units;

use crate::advice::Advice;
use crate::claim::ServiceLine;
use crate::engine::Evaluator;
use crate::evaluation::Reason;
use crate::model::{CodeSystem, Payer, ProcedureCode, ServiceDate, SiteOfService};
use crate::reference::{Gap, InRelease, Lookup, Reference, ReleaseId};

pub use self::add_ons::{AddOnPage, AddOnPartners};
pub use self::changes::{Change, Changes, DatedChange};
pub use self::indicators::{AscPage, FeePage, Indicator, OutpatientPage};
pub use self::pairs::{PairList, PairPage};
pub use self::payers::PayerNote;
pub use self::sites::{ComponentPrice, FacilityPage, SitePage};
pub use self::units::UnitsPage;

/// The page for a code: what the tables and the rules say about it, on a date, for a payer.
///
/// Everything on it is looked up or evaluated; where a table does not answer, the page says so. It serialises to JSON, and
/// [`report`](crate::report) prints it as text and as Markdown.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct CodeProfile {
    /// The code.
    pub code: ProcedureCode,
    /// The date of service.
    pub date: ServiceDate,
    /// The payer for whom the modifiers are judged. All else on the page is Medicare's, but for [`payers`](Self::payers).
    pub payer: Payer,
    /// The code system that the code's shape belongs to.
    pub system: Option<CodeSystem>,
    /// What it is, in our own words, where we have them.
    pub what: Option<&'static str>,
    /// Whether some loaded table answers for the date and lists it; `None` if no table lists it and one does not answer.
    pub listed: Option<bool>,
    /// The fee schedule's rows, the whole first.
    pub fee_schedule: Section<Vec<FeePage>>,
    /// Its row in the outpatient editor.
    pub outpatient: Section<OutpatientPage>,
    /// Its entries in the ASC addenda.
    pub asc: Section<Vec<AscPage>>,
    /// The modifiers, as on a plain line in the office.
    pub modifiers: Advice,
    /// The sites of a practitioner's line, judged by Medicare's rules whoever pays.
    pub sites: Vec<SitePage>,
    /// The facilities' own claims, judged likewise.
    pub facilities: Vec<FacilityPage>,
    /// The sites at which Medicare wants prior authorisation.
    pub prior_authorisation: Vec<SiteOfService>,
    /// The most units.
    pub units: Vec<UnitsPage>,
    /// The codes that it is not paid beside, and those not paid beside it.
    pub pairs: Vec<PairPage>,
    /// The primaries it is an add-on to, and its own add-ons.
    pub add_ons: Section<AddOnPage>,
    /// Payers' known policies about it, each with its source.
    pub payers: Vec<PayerNote>,
    /// What changed since the release before.
    pub changes: Changes,
}

/// A table's values for the code, or why there are none.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Section<T> {
    /// The table lists the code.
    Listed {
        /// The release.
        release: String,
        /// What it says.
        says: T,
    },
    /// The table answers for the date and does not list the code.
    NotListed,
    /// The table does not answer.
    NotCovered(String),
}

impl<T> Section<T> {
    /// What the table says, if it lists the code.
    pub fn listed(&self) -> Option<&T> {
        match self {
            Self::Listed { says, .. } => Some(says),
            Self::NotListed | Self::NotCovered(_) => None,
        }
    }

    /// A look-up, put in words.
    fn of<R>(reference: &Reference, lookup: Lookup<InRelease<R>>, say: impl FnOnce(R) -> T) -> Self {
        match lookup {
            Lookup::Found(found) => Self::Listed {
                release: release_name(reference, found.release),
                says: say(found.row),
            },
            Lookup::NotListed => Self::NotListed,
            Lookup::NotCovered(gap) => Self::NotCovered(gap_text(reference, gap)),
        }
    }

    fn is_listed(&self) -> Option<bool> {
        match self {
            Self::Listed { .. } => Some(true),
            Self::NotListed => Some(false),
            Self::NotCovered(_) => None,
        }
    }
}

fn release_name(reference: &Reference, id: ReleaseId) -> String {
    reference
        .release(id)
        .map_or_else(String::new, |release| release.name.to_string())
}

fn gap_text(reference: &Reference, gap: Gap) -> String {
    Reason::Table(gap).text(reference)
}

/// How many codes of a list are named; the rest is counted.
const NAMED: usize = 12;

/// The first codes of a list, in their order.
fn named(codes: &[ProcedureCode]) -> Vec<ProcedureCode> {
    codes.iter().take(NAMED).copied().collect()
}

impl Evaluator {
    /// The page for a code on a date, for a payer.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::model::Payer;
    /// use cleanclaim::{Evaluator, code, date};
    ///
    /// let page = Evaluator::starter().profile(code!("64632"), date!(2024, 8, 6), &Payer::medicare());
    /// let fees = page.fee_schedule.listed().unwrap();
    /// assert_eq!(fees[0].work, "1.23");
    /// assert_eq!(page.units[0].value, Some(1));
    /// ```
    #[must_use]
    pub fn profile(&self, code: ProcedureCode, date: ServiceDate, payer: &Payer) -> CodeProfile {
        let asked = Asked {
            evaluator: self,
            code,
            date,
            codes: self.reference().codes().collect(),
        };
        let line = ServiceLine::new(1, date, code).at_site(SiteOfService::Office);
        let fee_schedule = asked.fee_schedule();
        let outpatient = asked.outpatient();
        let asc = asked.asc();
        let units = asked.units();
        let add_ons = asked.add_ons();
        let of_units = units.iter().map(|page| page.answers.then_some(page.value.is_some()));
        let listed: Vec<Option<bool>> = [
            fee_schedule.is_listed(),
            outpatient.is_listed(),
            asc.is_listed(),
            add_ons.is_listed(),
        ]
        .into_iter()
        .chain(of_units)
        .collect();
        let listed = if listed.contains(&Some(true)) {
            Some(true)
        } else {
            (!listed.contains(&None)).then_some(false)
        };
        let sites = asked.sites(&fee_schedule);
        CodeProfile {
            code,
            date,
            payer: payer.clone(),
            system: code.system(),
            what: descriptions::of(code),
            listed,
            modifiers: self.advise_on(&line, payer),
            prior_authorisation: sites
                .iter()
                .filter(|page| page.prior_authorisation)
                .map(|page| page.site)
                .collect(),
            facilities: asked.facilities(),
            pairs: asked.pairs(),
            payers: asked.payers(),
            changes: asked.changes(),
            fee_schedule,
            outpatient,
            asc,
            sites,
            units,
            add_ons,
        }
    }
}

/// What a page is asked about.
struct Asked<'e> {
    evaluator: &'e Evaluator,
    code: ProcedureCode,
    date: ServiceDate,
    /// Every code of the reference.
    codes: Vec<ProcedureCode>,
}

impl Asked<'_> {
    fn reference(&self) -> &Reference {
        self.evaluator.reference()
    }
}
