use crate::evaluation::Reason;
use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::Modifier;
use crate::modifier;
use crate::rule::prelude::*;

use super::equipment::{Category, Paid, category};

crate::rule! {
    /// # What it checks
    /// An inexpensive or routinely purchased item, or a capped rental item, without NU, UE or RR; a capped rental
    /// item with RR without KH, KI or KJ, too.
    ///
    /// # Why
    /// The modifier says whether the item was sold new (NU), sold used (UE) or rented (RR), by which its fee differs;
    /// of a capped rental also which months the rent is for: KH the first, KI the second and third, KJ the others. A
    /// line without is sent back.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{HcpcsCoverage, HcpcsEntry, HcpcsPricing, HcpcsRow, ReferenceBuilder, Release, Rows, Table};
    /// use cleanclaim::{Claim, Evaluator, code, date};
    ///
    /// let entry = HcpcsEntry {
    ///     pricing: HcpcsPricing::CappedRental,
    ///     second_pricing: None,
    ///     coverage: HcpcsCoverage::SpecialInstructions,
    ///     added: date!(1993, 1, 1),
    ///     terminated: None,
    /// };
    /// let release = Release::new(Table::HcpcsLevel2, "example", "2024-07-01..2024-09-30".parse()?, "made up");
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(release, Rows::HcpcsLevel2(vec![HcpcsRow { code: code!("E0601"), entry }]))?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("2024-08-06 @12: E0601-RR")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M097" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Add the modifier that says how the patient has the item; for the rent of a capped rental item also the one of
    /// the month.
    ///
    /// # Limits
    /// The category is read from the DMEPOS fee schedule, else from HCPCS Level II; on dates for which neither is
    /// loaded the rule is not evaluated for equipment. Power wheelchairs and items that are sold outright by a rule
    /// of their own are not distinguished.
    pub static M097 = {
        name: "equipment-purchase-or-rental",
        check: Check::Line(check),
        on: Trigger::Kinds(ServiceKinds::of(&[ServiceKind::Dmepos])),
        disposition: Disposition::ReturnToProvider,
        carc: Some("4"),
        sources: &[
            Citation::new("Ossur, DMEPOS modifiers", "NU, UE, RR, and KH, KI, KJ"),
            Citation::new("CMS, HCPCS Level II and DMEPOS fee schedule", "categories of payment"),
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 20, section 30"),
        ],
        remedies: &[Remedy::needs_documentation(
            "NU where the item was sold new, UE used, RR rented; with RR of a capped rental item KH, KI or KJ for the month.",
        ).adding(&HAD)],
        since: "0.1.0",
        message: message,
    };
}

const HAD: [Modifier; 3] = [modifier!("NU"), modifier!("UE"), modifier!("RR")];
const MONTHS: [Modifier; 3] = [modifier!("KH"), modifier!("KI"), modifier!("KJ")];

/// What is missing, in words.
fn missing(line: &Line<'_>, paid: Paid) -> Option<&'static str> {
    if !line.has_any(&HAD) {
        return Some("one of NU, UE and RR");
    }
    let is_rent = paid == Paid::CappedRental && line.has(modifier!("RR"));
    (is_rent && !line.has_any(&MONTHS)).then_some("one of KH, KI and KJ beside RR")
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    match category(line) {
        Category::Paid(paid) if missing(line, paid).is_some() => found.raise(line),
        Category::NotKnown(gap) if !line.has_any(&HAD) => found.not_evaluated(line, Reason::Table(gap)),
        _ => {}
    }
}

fn message(raised: &Raised<'_>) -> String {
    let missing = raised.line().and_then(|line| match category(line) {
        Category::Paid(paid) => missing(line, paid),
        _ => None,
    });
    format!("{} needs {}", raised.code(), missing.unwrap_or_default())
}
