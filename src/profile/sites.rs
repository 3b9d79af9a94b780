//! Where a code may be billed, and what is paid there.

use crate::advice::{Answer, Judgement};
use crate::claim::{Biller, Claim, ClaimForm, InstitutionalForm, ServiceLine};
use crate::model::{DateRange, Modifier, Money, Payer, SiteOfService, TypeOfBill};
use crate::price::{Outcome, Terms, price};

use super::indicators::FeePage;
use super::{Asked, Section};

/// A site of a practitioner's line.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct SitePage {
    /// The place of service code.
    pub site: SiteOfService,
    /// Its name, in our words.
    pub name: &'static str,
    /// Whether a plain line holds up there.
    pub judgement: Judgement,
    /// Whether Medicare wants prior authorisation there.
    pub prior_authorisation: bool,
    /// What the rules of codes and sites found.
    pub findings: Vec<String>,
    /// What was not evaluated, each reason once.
    pub not_evaluated: Vec<String>,
    /// What is paid there, component by component.
    pub prices: Vec<ComponentPrice>,
}

/// What is paid for a component at a site.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct ComponentPrice {
    /// The component: empty for the whole, else the modifier.
    pub component: &'static str,
    /// The amount, if there is one.
    pub amount: Option<Money>,
    /// Why there is no amount, or what the amount depends on.
    pub words: Option<String>,
}

/// A facility's own claim.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct FacilityPage {
    /// Whose claim.
    pub facility: &'static str,
    /// Whether a plain line holds up there.
    pub judgement: Judgement,
    /// What the rules found.
    pub findings: Vec<String>,
    /// What was not evaluated, each reason once.
    pub not_evaluated: Vec<String>,
    /// What is paid.
    pub price: ComponentPrice,
}

/// The sites that are looked at: the office, hospitals, the surgical centre, and where patients live.
const SITES: [SiteOfService; 9] = [
    SiteOfService::Office,
    SiteOfService::OffCampusOutpatientHospital,
    SiteOfService::OnCampusOutpatientHospital,
    SiteOfService::AmbulatorySurgicalCenter,
    SiteOfService::InpatientHospital,
    SiteOfService::EmergencyDepartment,
    SiteOfService::SkilledNursingFacility,
    SiteOfService::NursingFacility,
    SiteOfService::IndependentClinic,
];

/// The bill of a hospital's outpatient department: admitted through discharged.
const HOSPITAL_BILL: &str = "131";

impl Asked<'_> {
    pub(super) fn sites(&self, fees: &Section<Vec<FeePage>>) -> Vec<SitePage> {
        let components: Vec<&'static str> = match fees.listed() {
            Some(rows) => rows.iter().map(|row| row.component).collect(),
            None => vec![""],
        };
        SITES.iter().map(|&site| self.site(site, &components)).collect()
    }

    fn site(&self, site: SiteOfService, components: &[&'static str]) -> SitePage {
        let biller = Biller::Practitioner;
        let answer = self.eligibility(site, biller);
        let line = ServiceLine::new(1, self.date, self.code).at_site(site);
        let price = |&component: &&'static str| {
            let modifiers: Vec<Modifier> = component.parse().into_iter().collect();
            let line = line.clone().with_modifiers(modifiers);
            let claim = Claim::of_line(ClaimForm::Professional { biller }, Payer::medicare(), line);
            self.component_price(component, &claim)
        };
        SitePage {
            site,
            name: site.name(),
            judgement: answer.judgement,
            prior_authorisation: answer
                .findings
                .iter()
                .any(|finding| finding.rule == PRIOR_AUTHORISATION),
            findings: answer.findings.into_iter().map(|finding| finding.message).collect(),
            not_evaluated: distinct(answer.not_evaluated.into_iter().map(|gap| gap.reason)),
            prices: components.iter().map(price).collect(),
        }
    }

    pub(super) fn facilities(&self) -> Vec<FacilityPage> {
        let centre = SiteOfService::AmbulatorySurgicalCenter;
        let biller = Biller::Asc;
        let answer = self.eligibility(centre, biller);
        let line = ServiceLine::new(1, self.date, self.code);
        let own = ClaimForm::Professional { biller };
        let claim = Claim::of_line(own, Payer::medicare(), line.clone().at_site(centre));
        let mut pages = vec![self.facility("ambulatory surgical centre", answer, &claim)];
        if let Ok(bill) = HOSPITAL_BILL.parse::<TypeOfBill>() {
            let dates = DateRange::single(self.date);
            let form = ClaimForm::Institutional(InstitutionalForm::new(bill, dates));
            let claim = Claim::of_line(form, Payer::medicare(), line);
            pages.push(self.facility("hospital outpatient department", self.hospital(&claim), &claim));
        }
        pages
    }

    /// Medicare's answer, as the prices beside it are Medicare's.
    fn eligibility(&self, site: SiteOfService, biller: Biller) -> Answer {
        let medicare = Payer::medicare();
        self.evaluator
            .site_eligibility(self.code, site, biller, &medicare, self.date)
    }

    fn facility(&self, facility: &'static str, answer: Answer, claim: &Claim) -> FacilityPage {
        FacilityPage {
            facility,
            judgement: answer.judgement,
            findings: answer.findings.into_iter().map(|finding| finding.message).collect(),
            not_evaluated: distinct(answer.not_evaluated.into_iter().map(|gap| gap.reason)),
            price: self.component_price("", claim),
        }
    }

    /// The outpatient editor's edits of codes and sites on a plain line.
    fn hospital(&self, claim: &Claim) -> Answer {
        self.evaluator.check(claim).about_sites(self.evaluator)
    }

    fn component_price(&self, component: &'static str, claim: &Claim) -> ComponentPrice {
        let reference = self.reference();
        let terms = Terms::national().with_stale(self.evaluator.stale());
        let prices = price(claim, reference, &terms);
        let line = prices.lines.first();
        let words = line.and_then(|line| match line.outcome {
            Outcome::Amount(_) => {
                let conditions: Vec<_> = line.conditions.iter().map(|condition| condition.text()).collect();
                (!conditions.is_empty()).then(|| conditions.join("; "))
            }
            Outcome::NotPaid(why) => Some(why.text()),
            Outcome::ByReport(why) => Some(why.text()),
            Outcome::NotPriced(why) => Some(why.text(reference)),
        });
        ComponentPrice {
            component,
            amount: line.and_then(|line| line.amount()),
            words,
        }
    }
}

/// The rule that asks for prior authorisation.
const PRIOR_AUTHORISATION: &str = "S020";

fn distinct(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut texts: Vec<_> = texts.into_iter().collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}
