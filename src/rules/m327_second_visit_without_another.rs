use crate::modifier;
use crate::reference::Table;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// Modifier 27 on a line that is no visit, or on the only visit of its day.
    ///
    /// A visit has status indicator V or J2.
    ///
    /// # Why
    /// 27 says that a visit is one of several on the day. Alone it says nothing; and as it is NCCI-associated, it
    /// sets code pairs aside that it should not.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("tob=131 2024-08-06: G0463-27 rev=0510")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M327" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Leave 27 out, or add the day's other visit.
    ///
    /// # Limits
    /// Advice only: the outpatient editor has no such edit. Visits on other claims of the day are not seen;
    /// observation hours have status indicator J2 too, and count as a visit here.
    pub static M327 = {
        name: "second-visit-without-another",
        check: Check::LineInClaim(check),
        on: Trigger::Modifiers(&[modifier!("27")]),
        form: FormKind::Institutional,
        needs: &[Table::OutpatientCodes],
        disposition: Disposition::Advisory,
        sources: &[
            Citation::unverified("AMA, CPT, appendix A", "modifiers of hospital outpatient use: 27"),
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 4, section 180.4"),
        ],
        remedies: &[Remedy::display_only("Leave 27 out, or add the day's other visit.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &LineInClaim<'_>, found: &mut Found<'_>) {
    let is_visit = |line: &Line<'_>| matches!(line.status(), "V" | "J2");
    let others = line.day().filter(|other| other.position() != line.position());
    let several = others.into_iter().any(|other| is_visit(&other)) || line.units().exceeds(1);
    if !(is_visit(line) && several) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} carries 27, and is not one of several visits of its day",
        raised.code()
    )
}
