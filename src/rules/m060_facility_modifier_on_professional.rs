use crate::claim::Biller;
use crate::model::Modifier;
use crate::model::modifier_groups::{FACILITY_STOPPED, INPATIENT_EMERGENCY, OFF_CAMPUS, join};
use crate::modifier;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A facility's modifier on a professional claim: 27, PO, PN, ER or CA; 73 or 74 on a practitioner's.
    ///
    /// An ambulatory surgical centre's own claim may carry 73 and 74, not the others.
    ///
    /// # Why
    /// These modifiers tell a hospital's claim for what, and where, its outpatient department gave. A practitioner's claim
    /// says the place by its place-of-service code, and a stopped procedure by 53.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @19: 64632-PO")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "M060");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Take the modifier off. If the claim is a hospital's own, send it on the institutional form; if an ambulatory surgical
    /// centre's, name the centre as biller.
    ///
    /// # Limits
    /// Other modifiers that only a facility has use for are not looked at.
    pub static M060 = {
        name: "facility-modifier-on-professional",
        check: Check::Line(check),
        on: Trigger::Modifiers(&FACILITY),
        asc: OnAscClaim::Applies,
        carc: Some("4"),
        sources: &[
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 4, sections 20.6 and 180.7"),
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 14, section 40.4"),
        ],
        remedies: &[Remedy::display_only("Take the modifier off."), FACILITYS_OWN],
        fits: |raised, remedy| {
            *remedy != FACILITYS_OWN || raised.line().and_then(Line::biller) != Some(Biller::Asc)
        },
        since: "0.1.0",
        message: message,
    };
}

/// For a hospital; an ambulatory surgical centre bills on the professional form.
const FACILITYS_OWN: Remedy = Remedy::display_only(
    "If the claim is a hospital's own, send it on the institutional form; if an ambulatory surgical centre's, name the centre \
     as biller.",
);

const FACILITY: [Modifier; 7] = join(&[
    &[modifier!("27")],
    &OFF_CAMPUS,
    &[INPATIENT_EMERGENCY],
    &FACILITY_STOPPED,
]);

/// Whether a modifier is not for the biller of the line.
fn is_out_of_place(modifier: Modifier, line: &Line<'_>) -> bool {
    let allowed = line.biller() == Some(Biller::Asc) && FACILITY_STOPPED.contains(&modifier);
    FACILITY.contains(&modifier) && !allowed
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.modifiers().iter().any(|modifier| is_out_of_place(modifier, line)) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    let (whose, reserved) = match raised.line().and_then(Line::biller) {
        Some(Biller::Asc) => ("an ambulatory surgical centre's", "a hospital's"),
        _ => ("a practitioner's", "a facility's"),
    };
    format!(
        "{} on {whose} claim carries {}, reserved for {reserved} claim",
        raised.code(),
        raised.modifiers(|modifier| raised.line().is_some_and(|line| is_out_of_place(modifier, line))),
    )
}
