use crate::model::Modifier;
use crate::modifier;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// GZ, or GY: the line is denied without being looked at.
    ///
    /// # Why
    /// GZ says that a denial as not necessary is expected and that no notice was signed: the provider bears it (CARC
    /// 50). GY says that the service is no benefit of Medicare's: the patient bears it (CARC 96).
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-GZ")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M091" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Nothing, if the denial is wanted, for another insurer or the record. Else take the modifier off.
    ///
    /// # Limits
    /// Whether the service would be covered is not looked at.
    pub static M091 = {
        name: "denial-asked-for",
        check: Check::Line(|line, found| found.raise(line)),
        on: Trigger::Modifiers(&DENIED),
        boundaries: &[],
        carc: None,
        sources: &[
            Citation::new("aq-iq.com, GZ", "lines with GZ are denied automatically from 2011-07-01"),
            Citation::new("Palmetto GBA, appeals", "lines with GY are denied automatically"),
        ],
        remedies: &[Remedy::display_only(
            "Leave the line as it is if the denial is wanted; else take the modifier off.",
        )],
        since: "0.1.0",
        message: message,
    };
}

const DENIED: [Modifier; 2] = [modifier!("GY"), modifier!("GZ")];

fn message(raised: &Raised<'_>) -> String {
    let code = raised.code();
    if raised.line().is_some_and(|line| line.has(modifier!("GY"))) {
        format!("{code} carries GY, which asks Medicare to deny it as no benefit, to the patient's account")
    } else {
        format!("{code} carries GZ, by which Medicare denies it as not necessary, to the provider's account")
    }
}
