//! The values of a code in the fee schedule, the outpatient editor and the ASC addenda, with their meanings.

use crate::model::{DateRange, Money, ProcedureCode, fixed};
use crate::reference::{
    Addendum, AscEntry, Component, FeeScheduleRow, GlobalPeriod, InRelease, Lookup, OutpatientEntry, OutpatientFlag,
    Stale,
};

use super::{Asked, Section, meanings};

/// An indicator of the fee schedule and its meaning.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Indicator {
    /// Its name.
    pub name: &'static str,
    /// Its value, as published.
    pub value: &'static str,
    /// What that means, in our words.
    pub meaning: &'static str,
}

/// A row of the fee schedule.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct FeePage {
    /// The component: empty for the whole, else the modifier of the row.
    pub component: &'static str,
    /// The indicators.
    pub indicators: Vec<Indicator>,
    /// The work relative value.
    pub work: String,
    /// The practice expense relative value outside a facility.
    pub nonfacility_practice_expense: String,
    /// The practice expense relative value in a facility.
    pub facility_practice_expense: String,
    /// The malpractice relative value.
    pub malpractice: String,
    /// Rarely or never done outside a facility.
    pub nonfacility_na: bool,
    /// Not paid to a practitioner in a facility.
    pub facility_na: bool,
    /// Dollars a relative value unit.
    pub conversion_factor: String,
    /// The shares of the payment before, during and after the operation, in percent; `None` if it is not split.
    pub shares: Option<[u8; 3]>,
    /// The base of its endoscopy family.
    pub endoscopic_base: Option<ProcedureCode>,
}

/// What the outpatient editor says.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct OutpatientPage {
    /// The OPPS status indicator.
    pub status: String,
    /// What that means, in our words; empty where we have none.
    pub meaning: &'static str,
    /// The ambulatory payment classification.
    pub apc: Option<u16>,
    /// The editor's attributes, by its own names.
    pub flags: Vec<&'static str>,
    /// The days on which the row holds.
    pub in_force: DateRange,
}

/// What an ASC addendum says.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct AscPage {
    /// The addendum.
    pub addendum: &'static str,
    /// The payment indicator; empty in addendum EE.
    pub indicator: String,
    /// What that means, in our words; empty where we have none.
    pub meaning: &'static str,
    /// The national rate.
    pub rate: Option<Money>,
    /// Whether it is discounted beside another procedure.
    pub discounted: Option<bool>,
}

impl Asked<'_> {
    pub(super) fn fee_schedule(&self) -> Section<Vec<FeePage>> {
        let (reference, stale) = (self.reference(), self.evaluator.stale());
        let rows = fee_rows(self, stale);
        match rows.first() {
            Some(first) => Section::Listed {
                release: super::release_name(reference, first.release),
                says: rows.iter().map(|found| fee_page(&found.row)).collect(),
            },
            None => {
                let whole = reference.fee_schedule(self.code, Component::Global, self.date, stale);
                Section::of(reference, whole, |_| Vec::new())
            }
        }
    }

    pub(super) fn outpatient(&self) -> Section<OutpatientPage> {
        let reference = self.reference();
        let found = reference.outpatient_code(self.code, self.date, self.evaluator.stale());
        Section::of(reference, found, |entry| outpatient_page(&entry))
    }

    pub(super) fn asc(&self) -> Section<Vec<AscPage>> {
        let reference = self.reference();
        let found = reference.asc(self.code, self.date, self.evaluator.stale());
        Section::of(reference, found, |entries| entries.iter().map(asc_page).collect())
    }
}

/// The rows of the code's components, the whole first.
pub(super) fn fee_rows(asked: &Asked<'_>, stale: Stale) -> Vec<InRelease<FeeScheduleRow>> {
    let row = |&component: &Component| match asked.reference().fee_schedule(asked.code, component, asked.date, stale) {
        Lookup::Found(found) => Some(found),
        Lookup::NotListed | Lookup::NotCovered(_) => None,
    };
    Component::ALL.iter().filter_map(row).collect()
}

fn fee_page(row: &FeeScheduleRow) -> FeePage {
    let (policy, values) = (&row.indicators, &row.values);
    FeePage {
        component: policy.component.text(),
        indicators: indicators(row),
        work: fixed::text(values.work, 2),
        nonfacility_practice_expense: fixed::text(values.nonfacility_practice_expense, 2),
        facility_practice_expense: fixed::text(values.facility_practice_expense, 2),
        malpractice: fixed::text(values.malpractice, 2),
        nonfacility_na: policy.nonfacility_na,
        facility_na: policy.facility_na,
        conversion_factor: fixed::text(values.conversion_factor, 4),
        shares: matches!(policy.global, GlobalPeriod::Days10 | GlobalPeriod::Days90).then_some([
            values.preoperative,
            values.intraoperative,
            values.postoperative,
        ]),
        endoscopic_base: values.endoscopic_base,
    }
}

pub(super) fn indicators(row: &FeeScheduleRow) -> Vec<Indicator> {
    let policy = &row.indicators;
    let indicator = |name, value, meaning| Indicator { name, value, meaning };
    vec![
        indicator("status", policy.status.text(), meanings::status(policy.status)),
        indicator("PC/TC", policy.pc_tc.text(), meanings::pc_tc(policy.pc_tc)),
        indicator("global days", policy.global.text(), meanings::global(policy.global)),
        indicator(
            "multiple procedures",
            policy.multiple.text(),
            meanings::multiple(policy.multiple),
        ),
        indicator(
            "both sides",
            policy.bilateral.text(),
            meanings::bilateral(policy.bilateral),
        ),
        indicator(
            "assistant at surgery",
            policy.assistant.text(),
            meanings::assistant(policy.assistant),
        ),
        indicator(
            "two surgeons",
            policy.co_surgeon.text(),
            meanings::co_surgeon(policy.co_surgeon),
        ),
        indicator("surgical team", policy.team.text(), meanings::team(policy.team)),
    ]
}

fn outpatient_page(entry: &OutpatientEntry) -> OutpatientPage {
    let status = entry.status_text().to_owned();
    let has = |flag: &&OutpatientFlag| entry.flags.has(**flag);
    OutpatientPage {
        meaning: meanings::outpatient_status(&status),
        status,
        apc: (entry.apc != 0).then_some(entry.apc),
        flags: OutpatientFlag::ALL.iter().filter(has).map(|flag| flag.into()).collect(),
        in_force: entry.in_force,
    }
}

pub(super) fn asc_page(entry: &AscEntry) -> AscPage {
    let indicator = std::str::from_utf8(&entry.payment_indicator)
        .unwrap_or_default()
        .trim_end();
    AscPage {
        addendum: entry.addendum.text(),
        meaning: match entry.addendum {
            Addendum::Ee => "excluded from payment to ambulatory surgical centres",
            Addendum::Aa | Addendum::Bb => meanings::asc_indicator(indicator),
        },
        indicator: indicator.to_owned(),
        rate: entry.rate,
        discounted: entry.multiple_procedure_discount,
    }
}
