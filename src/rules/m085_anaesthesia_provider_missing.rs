use crate::code;
use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::modifier_groups::ANAESTHESIA_PROVIDERS;
use crate::rule::prelude::*;

crate::rule! {
    /// # What it checks
    /// An anaesthesia code without any of AA, AD, QK, QX, QY and QZ.
    ///
    /// 01996, daily care of a pain catheter, is left out: it is no anaesthesia by time.
    ///
    /// # Why
    /// One of these modifiers says who gave the anaesthesia or directed it, and sets the share that is paid. QS, G8,
    /// G9, 23, GC and the physical status P1 to P6 only inform. A line without it is sent back.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @22: 00400-P2 x75 measure=minutes")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M085" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Add the modifier that names who gave or directed the anaesthesia, before the others.
    ///
    /// # Limits
    /// Who gave it is not seen. Two of them on a line are left to M004.
    pub static M085 = {
        name: "anaesthesia-provider-missing",
        check: Check::Line(check),
        on: Trigger::Kinds(ServiceKinds::of(&[ServiceKind::Anaesthesia])),
        disposition: Disposition::ReturnToProvider,
        carc: Some("4"),
        sources: &[
            Citation::new("anesthesiabilling.org", "anaesthesia modifiers: one must name who gave or directed the service"),
            Citation::new("medicalbillingcptmodifiers.com", "informational modifiers stand beside a pricing modifier"),
            Citation::unverified("CMS, Medicare Claims Processing Manual", "chapter 12, section 50"),
        ],
        remedies: &[Remedy::needs_documentation(
            "Add, in the first place, AA, AD, QK, QX, QY or QZ, as the anaesthesia record shows who gave or directed it.",
        ).adding(&ANAESTHESIA_PROVIDERS)],
        since: "0.1.0",
        message: message,
    };
}

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    if line.is(ServiceKind::Anaesthesia) && line.code() != Some(code!("01996")) && !line.has_any(&ANAESTHESIA_PROVIDERS)
    {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} needs one of AA, AD, QK, QX, QY and QZ, which say who gave or directed the anaesthesia",
        raised.code()
    )
}
