use crate::model::Modifier;
use crate::model::modifier_groups::{PRACTITIONERS, join};
use crate::modifier;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// A modifier of professional claims (26, 51, 53 to 56, 62, 66, 80 to 82, AS) on a hospital outpatient claim.
    ///
    /// # Why
    /// These say what part of a service a clinician did, or with whom. The hospital bills its rooms, staff and
    /// supplies: it stops a procedure by 73 or 74, not by 53.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64632-53 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M360" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Leave the modifier out. A procedure that was stopped has 73 (before anaesthesia) or 74 (after it).
    ///
    /// # Limits
    /// Advice only: the outpatient editor accepts these modifiers on any code. 57 and 24 are left aside: they are
    /// NCCI-associated on hospital claims too.
    pub static M360 = {
        name: "professional-modifier-on-hospital",
        check: Check::Line(check),
        on: Trigger::Modifiers(&PROFESSIONAL),
        form: FormKind::Institutional,
        disposition: Disposition::Advisory,
        sources: &[
            Citation::unverified("AMA, CPT, appendix A", "modifiers approved for hospital outpatient use"),
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 4, section 20.6"),
        ],
        remedies: &[Remedy::display_only(
            "Leave the modifier out; a procedure that was stopped has 73 or 74 on a hospital's claim.",
        )],
        since: "0.1.0",
        message: message,
    };
}

const PROFESSIONAL: [Modifier; 12] = join(&[&[modifier!("51")], &PRACTITIONERS]);

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    found.raise(line);
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} on a hospital's claim carries {}, a modifier of professional claims",
        raised.code(),
        raised.modifiers(|modifier| PROFESSIONAL.contains(&modifier))
    )
}
