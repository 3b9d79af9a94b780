use crate::model::Modifier;
use crate::model::modifier_groups::{FACILITY_STOPPED, STOPPED, join};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Two of modifiers 53, 73 and 74 on one line of a hospital outpatient claim.
    ///
    /// # Why
    /// A procedure is stopped once: before anaesthesia (73) or after it (74). 53 is the clinician's own word for
    /// either.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: 64632-73-74 rev=0360")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M373" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Keep the one that the record supports; it decides between half and full payment.
    ///
    /// # Limits
    /// The outpatient editor has no such edit: what becomes of the claim is the contractor's to say. Other pairs
    /// that contradict each other (M004) are not looked at on a hospital's claim.
    pub static M373 = {
        name: "stopped-before-and-after-anaesthesia",
        check: Check::Line(check),
        on: Trigger::Modifiers(&FACILITY_STOPPED),
        form: FormKind::Institutional,
        disposition: Disposition::Suspension,
        carc: Some("4"),
        sources: &[
            Citation::unverified("AMA, CPT, appendix A", "modifiers of hospital outpatient use: 73, 74"),
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 4, section 20.6.4"),
        ],
        remedies: &[Remedy::needs_documentation(
            "Keep 73 if the procedure was stopped before anaesthesia, 74 if after it.",
        )],
        since: "0.1.0",
        message: message,
    };
}

const EVERY_STOPPED: [Modifier; 3] = join(&[&[STOPPED], &FACILITY_STOPPED]);

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if EVERY_STOPPED.iter().filter(|&&modifier| line.has(modifier)).count() > 1 {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} carries {}, and a procedure is stopped once: before anaesthesia or after it",
        raised.code(),
        raised.modifiers(|modifier| EVERY_STOPPED.contains(&modifier))
    )
}
