use crate::model::{Modifier, Modifiers};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// The same modifier twice or more on one line.
    ///
    /// The first four modifiers of the line are looked at.
    ///
    /// # Why
    /// Said again, a modifier says nothing more, and takes one of the four places of the line. Often another modifier was
    /// meant.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @11: 64632-RT-RT")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert_eq!(found[0].rule, "M002");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Give the modifier once, or correct the one that was meant to be another.
    ///
    /// # Limits
    /// The same modifier on two lines is not looked at. CMS's outpatient editor accepts a repeated modifier.
    pub static M002 = {
        name: "duplicate-modifier",
        check: Check::Line(check),
        on: Trigger::SeveralModifiers,
        asc: OnAscClaim::Applies,
        payers: Payers::All,
        disposition: Disposition::LineRejection,
        sources: &[Citation::unverified("NUCC, 1500 Claim Form instruction manual", "item 24D")],
        remedies: &[
            Remedy::safe("Give the modifier once."),
            Remedy::display_only("If another modifier was meant, correct it."),
        ],
        since: "0.1.0",
        message: |raised| format!(
            "{} carries {} more than once",
            raised.code(),
            raised.modifiers(|modifier| raised.line().is_some_and(|line| is_repeated(line.modifiers(), modifier))),
        ),
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let modifiers = line.modifiers();
    if modifiers.iter().any(|modifier| is_repeated(modifiers, modifier)) {
        found.raise(line);
    }
}

fn is_repeated(modifiers: Modifiers, modifier: Modifier) -> bool {
    modifiers.iter().filter(|&other| other == modifier).count() > 1
}
