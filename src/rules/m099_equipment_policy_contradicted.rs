use crate::kinds::{ServiceKind, ServiceKinds};
use crate::model::Modifier;
use crate::rule::prelude::*;
use crate::{date, modifier};

crate::rule! {
    /// # What it checks
    /// More than one of KX, GA, GY and GZ on a line of equipment, a prosthesis, an orthosis or a supply.
    ///
    /// # Why
    /// KX says that the policy is met; GA, GY and GZ each expect a denial for another reason. A line with two of them
    /// is sent back.
    ///
    /// # Example
    /// ```
    /// use cleanclaim::{Claim, Evaluator};
    ///
    /// let evaluator = Evaluator::starter();
    /// let claim = Claim::from_shorthand("2024-08-06 @12: E0260-RR-KH-KX-GZ")?;
    /// let found = evaluator.check(&claim).findings;
    /// assert!(found.iter().any(|finding| finding.rule == "M099" && finding.line == Some(1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # What to do
    /// Keep the one that the record supports.
    ///
    /// # Limits
    /// Which items have a policy that asks for one of them is not known here, so that a line without any is not
    /// looked at.
    pub static M099 = {
        name: "equipment-policy-contradicted",
        check: Check::Line(check),
        on: Trigger::Kinds(ServiceKinds::of(&[ServiceKind::Dmepos])),
        boundaries: &[date!(2009, 11, 1)],
        disposition: Disposition::ReturnToProvider,
        carc: Some("4"),
        sources: &[Citation::new("DME MAC news of 2009-07-22", "exactly one of KX, GA, GZ and GY")],
        remedies: &[Remedy::needs_documentation(
            "Keep KX where the record shows that the policy is met; else the one that says why a denial is expected.",
        )],
        since: "0.1.0",
        message: message,
    };
}

const EXCLUSIVE: [Modifier; 4] = [modifier!("KX"), modifier!("GA"), modifier!("GY"), modifier!("GZ")];

fn check(line: &Line<'_>, found: &mut Found<'_>) {
    let carried = EXCLUSIVE.into_iter().filter(|&modifier| line.has(modifier)).count();
    if carried > 1 && line.is(ServiceKind::Dmepos) && line.date() >= date!(2009, 11, 1) {
        found.raise(line);
    }
}

fn message(raised: &Raised<'_>) -> String {
    format!(
        "{} carries {}: a line takes one of them",
        raised.code(),
        raised.modifiers(|modifier| EXCLUSIVE.contains(&modifier)),
    )
}
