use crate::kinds::ServiceKind;
use crate::model::{Modifier, ServiceDate};
use crate::rule::prelude::*;
use crate::{date, modifier};

crate::rule! {
    /// # What it checks
    /// A modifier by which Medicare pays less for the line, as an advisory: CQ and CO, QK, QX, QY and AD, FX, FY and
    /// CT, PD.
    ///
    /// # Why
    /// The claim is right, and the amount is not that of the fee schedule: 85 percent where an assistant gave therapy
    /// (from 2022), half of anaesthesia that was directed, three base units of anaesthesia that was supervised, the
    /// technical part of a picture less 20 percent on film, 10 percent by computed radiography (7 percent to 2022),
    /// 15 percent by a scanner below the standard, and the facility rate in the days before an admission.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 97110-GP-CQ")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M094" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Nothing: expect the lower amount.
    ///
    /// # Limits
    /// Amounts are what `price` says. The modifier on a service that it does not concern is left to M070.
    pub static M094 = {
        name: "modifier-lowers-payment",
        check: Check::Line(check),
        on: Trigger::Modifiers(&LOWERING),
        boundaries: &[date!(2022, 1, 1)],
        disposition: Disposition::Advisory,
        sources: &[
            Citation::new("CMS, CQ and CO modifiers", "85 percent from 2022-01-01"),
            Citation::new("anesthesiabilling.org", "QK, QX, QY half; AD three base units"),
            Citation::new("XIFIN, CT modifier reduction", "FX 20, FY 7 and 10, CT 15 percent of the technical component"),
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 12, section 90.7: PD"),
        ],
        since: "0.1.0",
        message: message,
    };
}

const LOWERING: [Modifier; 10] = [
    modifier!("CQ"),
    modifier!("CO"),
    modifier!("QK"),
    modifier!("QX"),
    modifier!("QY"),
    modifier!("AD"),
    modifier!("FX"),
    modifier!("FY"),
    modifier!("CT"),
    modifier!("PD"),
];

/// By which the payment of a line is lowered, in words.
fn lowered(modifier: Modifier, line: &Line<'_>) -> Option<&'static str> {
    let since = |day: ServiceDate| line.date() >= day;
    let is_therapy = line.is(ServiceKind::TherapyAlways) || line.is(ServiceKind::TherapySometimes);
    match modifier.as_str() {
        "CQ" | "CO" if is_therapy && since(date!(2022, 1, 1)) => Some("85 percent, as an assistant gave it"),
        "QK" | "QX" | "QY" if line.is(ServiceKind::Anaesthesia) => Some("half, as the anaesthesia was directed"),
        "AD" if line.is(ServiceKind::Anaesthesia) => Some("three base units, as more than four cases were supervised"),
        "FX" if line.is(ServiceKind::FilmXRay) => Some("the technical part less 20 percent, as it is on film"),
        "FY" if line.is(ServiceKind::FilmXRay) => {
            Some("the technical part less 10 percent (7 to 2022), as it is computed radiography")
        }
        "CT" if line.is(ServiceKind::CtScan) => {
            Some("the technical part less 15 percent, as the scanner does not meet the standard")
        }
        "PD" => Some("the facility rate, in the days before an admission to the owning hospital"),
        _ => None,
    }
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line
        .modifiers()
        .iter()
        .any(|modifier| lowered(modifier, line).is_some())
    {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let Some(line) = raised.line() else {
        return String::new();
    };
    let carried = line.modifiers();
    let effects = carried
        .iter()
        .filter_map(|modifier| Some((modifier, lowered(modifier, line)?)));
    let effects: Vec<String> = effects
        .map(|(modifier, effect)| format!("with {modifier} {effect}"))
        .collect();
    format!("Medicare pays for {} {}", raised.code(), effects.join(", and "))
}
