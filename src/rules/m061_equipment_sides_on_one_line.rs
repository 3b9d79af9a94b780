use crate::date;
use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::modifier_groups::{LEFT, RIGHT};
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// RT and LT on one line of equipment, a prosthesis, an orthosis or a supply.
    ///
    /// # Why
    /// The contractors for equipment take each side on a line of its own, with one unit, and send one line for both
    /// back.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @12: L3000-RT-LT x2")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M061" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Bill two lines, one with RT and one with LT.
    ///
    /// # Limits
    /// Whether the item has sides is not looked at.
    pub static M061 = {
        name: "equipment-sides-on-one-line",
        check: Check::Line(check),
        on: Trigger::Modifiers(&[RIGHT]),
        and: Trigger::Kinds(ServiceKinds::of(&[ServiceKind::Dmepos])),
        boundaries: &[date!(2019, 3, 1)],
        disposition: Disposition::ReturnToProvider,
        carc: Some("4"),
        sources: &[Citation::new("Noridian, DME jurisdiction A, refractive lenses", "RT and LT on lines of their own")],
        remedies: &[Remedy::safe("Bill two lines, one with RT and one with LT, each with its units.")],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let both = line.has(RIGHT) && line.has(LEFT);
    if both && line.is(ServiceKind::Dmepos) && line.date() >= date!(2019, 3, 1) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} carries RT and LT, and each side of an item is billed on a line of its own",
        raised.code()
    )
}
