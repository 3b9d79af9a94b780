use crate::model::{Modifier, SiteOfService};
use crate::modifier;
use crate::policy::{Policy, TelehealthSites};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A service by telehealth at a site at which the payer does not take it, or pays less for it, or without the modifier
    /// that the payer wants there.
    ///
    /// A service is one by telehealth at sites 02 and 10, and with 93, 95, FQ, GQ or GT.
    ///
    /// # Why
    /// Payers differ, and change from year to year: some want 02 or 10, some the office and a modifier.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("uhc+commercial 2024-08-06 @11: 99213-95")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "P020"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill the site and the modifier as the payer wants them, where the service was by telehealth.
    ///
    /// # Limits
    /// Which services the payer takes by telehealth is not looked at. A lower payment is an advisory. A policy that is
    /// announced, known at second hand or not verified only advises, and the rule is then not evaluated.
    pub static P020 = {
        name: "telehealth-site",
        check: Check::Line(check),
        about_site: true,
        payers: Payers::Policy(Topic::TelehealthSites),
        carc: Some("5"),
        sources: &[Citation::new("payers' policies (docs/payers.md)", "telehealth")],
        remedies: &[Remedy::needs_documentation(
            "Bill the site and the modifier as the payer wants them, where the service was by telehealth.",
        )],
        since: "0.1.0",
        message: message,
    };
}

const TELEHEALTH: [Modifier; 5] = [
    modifier!("93"),
    modifier!("95"),
    modifier!("FQ"),
    modifier!("GQ"),
    modifier!("GT"),
];

const REFUSED: u32 = 0;
const REDUCED: u32 = 1;
const WITHOUT_MODIFIER: u32 = 2;

fn says(policy: Option<&Policy>) -> Option<&TelehealthSites> {
    policy?.says.telehealth_sites.as_ref()
}

fn is_of_telehealth(site: SiteOfService) -> bool {
    matches!(site.code(), "02" | "10")
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let (Some(says), Some(site)) = (says(found.policy()), line.site()) else {
        return;
    };
    if !is_of_telehealth(site) && !line.has_any(&TELEHEALTH) {
        return;
    }
    if says.reduced_sites.contains(&site) {
        found.raise_as(Disposition::Advisory, line, None, REDUCED);
    } else if !says.sites.is_empty() && !says.sites.contains(&site) {
        found.raise_with(line, REFUSED);
    } else if !says.modifiers.is_empty() && !line.has_any(&says.modifiers) {
        found.raise_with(line, WITHOUT_MODIFIER);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let Some(says) = says(raised.policy()) else {
        return String::new();
    };
    let (code, site, payer) = (raised.code(), raised.site(), raised.payer());
    let sites: Vec<_> = says.sites.iter().map(ToString::to_string).collect();
    let modifiers: Vec<_> = says.modifiers.iter().map(|modifier| modifier.as_str()).collect();
    match raised.finding().detail() {
        REDUCED => format!("{code} is a service by telehealth at site {site}: {payer} pays less for it there"),
        WITHOUT_MODIFIER => format!(
            "{code} is a service by telehealth at site {site} without modifier: {payer} wants one of {}",
            modifiers.join(", ")
        ),
        _ => format!(
            "{code} is a service by telehealth at site {site}: {payer} takes it at {}",
            sites.join(" or ")
        ),
    }
}
