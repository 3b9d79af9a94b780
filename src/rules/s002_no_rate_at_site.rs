use crate::evaluation::Reason;
use crate::kinds::ServiceKind;
use crate::model::{SiteOfService, SiteRate};
use crate::modifier;
use crate::reference::{PcTc, PolicyIndicators, Table};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A service at a site for which the fee schedule has no rate: non-facility NA at a site paid at the non-facility rate,
    /// or facility NA at one paid at the facility rate.
    ///
    /// Only rows of status A, R and T are looked at: the row of the line's component (26, TC or 53) where the fee schedule
    /// has one, else of the whole code. Facility NA with a PC/TC indicator of 1 is left to S003: there the facility is paid
    /// for the technical component.
    ///
    /// # Why
    /// Non-facility NA marks what is rarely or never done outside a facility: CMS's own amounts then pay the facility rate.
    /// Facility NA marks what a facility, and not the practitioner, is paid for.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64628")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "S002");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Compare the site with the record. If it is right, ask the contractor whether it pays for the service there.
    ///
    /// # Limits
    /// Telehealth, Medicare's wellness visits, and care after an operation by another provider (55) are left out: their place
    /// says nothing of where the service is usually done. At sites whose rate is not known to us (05 to 08, 18, 66) a service with either NA is not evaluated. At unassigned
    /// ones nothing is said: S001 reports them.
    pub static S002 = {
        name: "no-rate-at-site",
        check: Check::Line(check),
        on: Trigger::NaIndicator,
        about_site: true,
        needs: &[Table::FeeSchedule],
        disposition: Disposition::Advisory,
        sources: &[
            Citation::new("CMS, PFS Relative Value File documentation", "non-facility and facility NA indicators"),
            Citation::new("CMS, PFS payment amounts 2026", "codes with non-facility NA carry the facility amount"),
            Citation::unverified("CMS, Medicare Claims Processing Manual, chapter 12", "section 20.4.2"),
        ],
        remedies: &[Remedy::display_only(
            "Compare the site with the record; if it is right, ask the contractor whether it pays for the service there.",
        )],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let Some(fee) = line.fee().filter(|fee| fee.status.is_priced()) else {
        return;
    };
    let is_telehealth = matches!(
        line.site(),
        Some(SiteOfService::TelehealthHome | SiteOfService::TelehealthElsewhere)
    );
    if is_telehealth || line.is(ServiceKind::WellnessVisit) || line.has(modifier!("55")) {
        return;
    }
    match line.site().and_then(SiteOfService::rate) {
        Some(rate) if has_no_rate(&fee, rate) => found.raise(line),
        None if [SiteRate::NonFacility, SiteRate::Facility]
            .iter()
            .any(|&rate| has_no_rate(&fee, rate)) =>
        {
            found.not_evaluated(line, Reason::NotSettled(UNKNOWN_RATE));
        }
        _ => {}
    }
}

const UNKNOWN_RATE: &str = "which rate the fee schedule pays at this site is not settled by the sources read";

fn has_no_rate(fee: &PolicyIndicators, rate: SiteRate) -> bool {
    match rate {
        SiteRate::NonFacility => fee.nonfacility_na,
        SiteRate::Facility => fee.facility_na && fee.pc_tc != PcTc::BothComponents,
    }
}

fn message(raised: &Raised<'_>) -> String {
    let line = raised.line();
    let rate = line.and_then(Line::site).and_then(|site| site.rate());
    let rate = rate.map(|rate| rate.to_string()).unwrap_or_default();
    let component = line
        .and_then(Line::fee)
        .and_then(|fee| fee.component.modifier())
        .map(|modifier| format!(" with {modifier}"));
    format!(
        "{}{} has no rate for site {}, which is paid at the {rate} rate: its {rate} indicator is NA",
        raised.code(),
        component.unwrap_or_default(),
        raised.site(),
    )
}
