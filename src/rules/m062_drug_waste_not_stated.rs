use crate::evaluation::Reason;
use crate::kinds::{ServiceKind, ServiceKinds};
use crate::reference::Lookup;
use crate::rule::prelude::*;
use crate::{date, modifier};

crate::rule! {
    /// # What it checks
    /// A drug on CMS's list of single-dose containers, without JZ, and without a line of the code and day with JW.
    ///
    /// # Why
    /// Medicare pays what is thrown away of a single-dose container, and wants it stated: JW on a line of its own for
    /// the amount, JZ where nothing was. From 2023-10-01 a line without either is sent back.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::reference::{ReferenceBuilder, Release, Rows, SingleDoseRow, Table};
    /// use cleanclaim::{Claim, Evaluator, code};
    ///
    /// let release = Release::new(Table::SingleDoseDrugs, "example", "2025-06-20..2026-06-30".parse()?, "made up");
    /// let mut builder = ReferenceBuilder::new();
    /// builder.add(release, Rows::SingleDoseDrugs(vec![SingleDoseRow { code: code!("J1745") }]))?;
    /// let evaluator = Evaluator::new(builder.build()?);
    /// let claim = Claim::from_shorthand("2026-04-01 @11: J1745")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M062" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Add JZ where the record shows that nothing was thrown away; else bill the rest on a line with JW.
    ///
    /// # Limits
    /// The list is published from time to time; on dates for which none is loaded the rule is not evaluated. A drug
    /// that was given from a multiple-dose container needs neither. Drugs at a hospital are left to S034.
    pub static M062 = {
        name: "drug-waste-not-stated",
        check: Check::LineInClaim(check),
        on: Trigger::Kinds(ServiceKinds::of(&[ServiceKind::Drug])),
        boundaries: &[date!(2023, 10, 1)],
        disposition: Disposition::ReturnToProvider,
        carc: Some("16"),
        sources: &[
            Citation::new("CMS, JW and JZ modifiers", "HCPCS codes of single-dose containers"),
            Citation::new("First Coast, claim submission guidelines", "JW and JZ, returned from 2023-10-01"),
        ],
        remedies: &[Remedy::needs_documentation(
            "JZ where the record shows that nothing of the container was thrown away; else the rest on a line of its own with JW.",
        ).adding(&[modifier!("JZ")])],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    let (thrown_away, nothing) = (modifier!("JW"), modifier!("JZ"));
    let is_stated = |other: Line<'_>| other.code() == line.code() && other.has(thrown_away);
    if !line.is(ServiceKind::Drug) || line.date() < date!(2023, 10, 1) {
        return;
    }
    if line.has(nothing) || line.has(thrown_away) || line.day().any(is_stated) {
        return;
    }
    match line.single_dose_drug() {
        Lookup::Found(()) if line.lines_over_days().any(is_stated) => {
            found.not_evaluated(line, Reason::OtherLineSeveralDays);
        }
        Lookup::Found(()) => found.raise(line),
        Lookup::NotCovered(gap) => found.not_evaluated(line, Reason::Table(gap)),
        _ => {}
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} comes in single-dose containers, and the claim states neither that something was thrown away (JW) nor that \
         nothing was (JZ)",
        raised.code(),
    )
}
